"""Reading documents, one by one or a table of them."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

from sayso import _sayso
from sayso._document import Document
from sayso._table import Coded, Table, arrow

Profile = Literal["fast", "balanced", "deep"]
"""How much is spent on reading: ``fast`` with linear models alone, ``balanced`` with the encoder for the sentences that can yield a
statement, ``deep`` with the encoder for all."""

Path = str | os.PathLike[str]


@lru_cache(maxsize=8)
def _loaded(profile: str, registry: tuple[str, ...], _process: int) -> _sayso.Coder:
    return _sayso.Coder(profile, list(registry))


def coder(profile: str, registry: Sequence[Path]) -> _sayso.Coder:
    """The coder of a profile with a user's own tables of actors, loaded once in a process."""
    return _loaded(profile, tuple(os.fspath(path) for path in registry), os.getpid())


def read(
    text: str | None = None,
    *,
    html: str | bytes | None = None,
    path: Path | None = None,
    profile: Profile = "balanced",
    registry: Sequence[Path] = (),
    coded: bool = True,
    **known: str,
) -> Document:
    """Read one document and code it.

    Give ``text``, ``html`` (as bytes it is decoded as its page says) or the ``path`` of a file with one document. What is known besides
    goes by name: ``id``, ``title``, ``url``, ``publisher``, ``published`` (EDTF: ``2017-08``), ``credit``, ``byline``, ``language``,
    ``retrieved``. ``registry`` names tables of your own actors. With ``coded=False`` only the page is read, and there are no statements.

    Raises :class:`sayso.Error` of the kind ``page`` where there is no document in it.

    >>> document = read("Gunmen killed six farmers near Jos on Tuesday, police said.", profile="fast")
    >>> document.statements[0].type
    'assault'
    """
    given = [content is not None for content in (text, html, path)]
    if sum(given) != 1:
        raise TypeError("give one of text, html and path")
    unknown = sorted(set(known) - _KNOWN)
    if unknown:
        raise TypeError(f"{unknown[0]!r} is nothing that is known of a document; name {', '.join(sorted(_KNOWN))}")
    native = coder(profile, registry)
    if text is not None:
        answer = native.read_text(text, known, coded)
    elif path is not None:
        answer = native.read_path(path, known, coded)
    elif isinstance(html, bytes):
        answer = native.read_html_bytes(html, known, coded)
    else:
        answer = native.read_html(html or "", known, coded)
    read = json.loads(answer)
    return Document.of(read["document"], read["statements"])


_KNOWN = {"id", "title", "url", "publisher", "published", "credit", "byline", "language", "retrieved"}


def code(
    table: Any,
    *,
    columns: Mapping[str, str] | None = None,
    profile: Profile = "balanced",
    registry: Sequence[Path] = (),
    threads: int | None = None,
) -> Coded:
    """Code a table of articles, one a row.

    ``table`` is anything with the Arrow interface (pyarrow, Polars, pandas, DuckDB), a list of dictionaries or a dictionary of lists. It
    has a column ``text`` or ``html``, and as far as they are known ``id``, ``title``, ``url``, ``publisher``, ``published``, ``credit``,
    ``byline``, ``language`` and ``retrieved``; ``columns`` says what they are called otherwise: ``{"text": "body"}``. ``threads`` is by
    default one for each core.

    A row that gives no document is a row of ``errors``, with its number in ``table``. The lock of the interpreter is let go, and Ctrl-C
    ends it within some hundred rows.

    >>> coded = code([{"id": "1", "text": "Gunmen killed six farmers near Jos on Tuesday, police said."}, {"id": "2"}], profile="fast")
    >>> coded
    <sayso.Coded: 1 documents, 1 statements, 1 errors>
    """
    native = coder(profile, registry).code(arrow(table), dict(columns or {}), threads)
    return Coded(*(Table(one) for one in native))
