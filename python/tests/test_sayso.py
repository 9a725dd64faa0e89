"""Is what Python gets what the program makes, and does every fault reach it as one?"""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import duckdb
import pandas
import polars
import pyarrow
import pyarrow.parquet
import pytest

import sayso
from conftest import EXAMPLES, REPORT, ROOT


def printed_by_the_program(paths: list[Path]) -> list[dict[str, Any]]:
    """What `sayso code` prints."""
    program = os.environ.get("SAYSO_PROGRAM")
    if not program:
        pytest.skip("SAYSO_PROGRAM names no program to compare with; `cargo xtask python` does")
    lines = subprocess.run([program, "code", *paths], check=True, capture_output=True, text=True).stdout.splitlines()
    return [json.loads(line) for line in lines]


def test_a_text_is_read_with_its_statements() -> None:
    document = sayso.read(REPORT, published="2017-08-31", publisher="Daily Lamp")
    (statement,) = document.statements
    assert (statement.type, statement.time and statement.time.edtf) == ("assault", "2017-08-29")
    assert [quantity.best for quantity in statement.quantities] == [6]
    assert document.publisher == "Daily Lamp"
    assert statement.attribution[0].source == "police"
    assert statement.to_dict()["id"] == statement.id


def test_all_words_stand_in_the_text() -> None:
    document = sayso.read(html=(EXAMPLES / "sahel-market.html").read_bytes())
    assert document.statements
    for statement in document.statements:
        words = [statement.evidence, statement.evidence.trigger, *statement.roles, *statement.quantities]
        for one in words:
            assert document.text[one.start : one.end] == one.text


def test_the_statements_are_those_that_the_program_prints(articles: list[dict[str, Any]]) -> None:
    expected = printed_by_the_program([EXAMPLES])
    paths = [path for path in sorted(EXAMPLES.iterdir()) if path.suffix in (".txt", ".html")]
    by_path = [statement.to_dict() for path in paths for statement in sayso.read(path=path).statements]
    assert by_path == [statement for statement in expected if statement in by_path]
    ids = [row["id"] for row in sayso.code(articles).statements.to_pyarrow().to_pylist()]
    assert sorted(ids) == sorted(statement["id"] for statement in expected)


@pytest.mark.parametrize("profile", ["fast", "balanced", "deep"])
def test_every_profile_reads(profile: Any) -> None:
    assert sayso.read(REPORT, profile=profile).statements[0].type == "assault"


def table_of(library: str) -> Any:
    rows = {"key": ["a", "b"], "body": [REPORT, "The weather was fine in Jos on Tuesday."]}
    match library:
        case "pyarrow":
            return pyarrow.table(rows)
        case "record batch":
            return pyarrow.record_batch(rows)
        case "reader":
            return pyarrow.table(rows).to_reader()
        case "dictionary":
            return pyarrow.table({name: pyarrow.array(column).dictionary_encode() for name, column in rows.items()})
        case "polars":
            return polars.DataFrame(rows)
        case "pandas":
            return pandas.DataFrame(rows)
        case "duckdb":
            known = pyarrow.table(rows)
            assert known is not None
            return duckdb.sql("SELECT * FROM known")
        case "dictionaries":
            return [{"key": "a", "body": REPORT}, {"key": "b", "body": "The weather was fine in Jos on Tuesday."}]
    return rows


LIBRARIES = ["pyarrow", "record batch", "reader", "dictionary", "polars", "pandas", "duckdb", "dictionaries", "lists"]


@pytest.mark.parametrize("library", LIBRARIES)
def test_tables_of_every_library_are_coded(library: str) -> None:
    coded = sayso.code(table_of(library), columns={"id": "key", "text": "body"}, profile="fast")
    assert (len(coded.documents), len(coded.statements), len(coded.errors)) == (2, 1, 0)
    assert coded.documents.to_pyarrow()["id"].to_pylist() == ["a", "b"]


def test_what_is_coded_goes_to_every_library() -> None:
    statements = sayso.code([{"text": REPORT}], profile="fast").statements
    assert statements.to_polars()["type"].to_list() == ["assault"]
    assert list(statements.to_pandas()["type"]) == ["assault"]
    told = statements.to_pyarrow()
    assert told is not None
    found = duckdb.sql("SELECT unnest(quantities).best AS best FROM told").fetchall()
    assert found == [(6,)]
    assert statements.to_pyarrow().schema.metadata[b"sayso.table"] == b"statements"


def test_a_bad_row_is_a_row_of_the_errors() -> None:
    rows = [{"id": "a", "text": REPORT}, {"id": "b", "text": ""}, {"id": "c", "text": REPORT, "published": "soon"}]
    errors = sayso.code(rows, profile="fast").errors.to_pyarrow().to_pylist()
    assert [(row["row"], row["id"], row["kind"]) for row in errors] == [(1, "b", "page"), (2, "c", "page")]


def test_a_large_table_keeps_its_rows_in_order_on_any_number_of_threads() -> None:
    texts = [f"Gunmen killed {number + 2} farmers near Jos on Tuesday, police said." for number in range(600)]
    one, two = (sayso.code({"text": texts}, profile="fast", threads=threads) for threads in (1, 2))
    assert one.statements.to_pyarrow().equals(two.statements.to_pyarrow())
    best = [row[0]["best"] for row in one.statements.to_pyarrow()["quantities"].to_pylist()]
    assert best == [number + 2 for number in range(600)]


@pytest.mark.parametrize(
    ("work", "kind"),
    [
        (lambda: sayso.read(""), "page"),
        (lambda: sayso.read(path="no/such/file.txt"), "unreadable"),
        (lambda: sayso.read(path=EXAMPLES / "wires.jsonl"), "page"),
        (lambda: sayso.read(REPORT, published="soon"), "page"),
        (lambda: sayso.read(REPORT, profile="quick"), "invalid"),
        (lambda: sayso.read(REPORT, registry=["no/such/table.tsv"]), "unreadable"),
        (lambda: sayso.code({"words": [REPORT]}), "columns"),
        (lambda: sayso.code({"text": [REPORT]}, columns={"text": "body"}), "columns"),
        (lambda: sayso.code({"text": [REPORT]}, columns={"words": "text"}), "columns"),
        (lambda: sayso.Record("no/such/folder/x.sayso"), "unreachable"),
        (lambda: sayso.Record(ROOT / "Cargo.toml"), "not-a-record"),
        (lambda: sayso.Record("no-such.sayso", mode="read"), "not-found"),
    ],
)
def test_a_fault_is_an_error_with_its_kind(work: Any, kind: str) -> None:
    with pytest.raises(sayso.Error) as caught:
        work()
    assert caught.value.kind == kind
    assert str(caught.value)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.kind, str(again)) == (kind, str(caught.value))


@pytest.mark.parametrize(
    "work",
    [lambda: sayso.read(), lambda: sayso.read(REPORT, html="<p>"), lambda: sayso.read(REPORT, paper="x"), lambda: sayso.code(7)],
)
def test_what_is_not_meant_is_a_type_error(work: Any) -> None:
    with pytest.raises(TypeError):
        work()


def test_a_record_is_read_linked_and_asked(tmp_path: Path) -> None:
    path = tmp_path / "examples.sayso"
    with sayso.Record(path) as record:
        read = record.read(EXAMPLES)
        assert read["new"] > 5 and read["errors"] == []
        assert record.read(EXAMPLES)["new"] == 0
        assert record.link()["groups"] > 0
        events = record.search("country:Mali OR country:NER OR assault", "events").to_pyarrow()
        assert record.search("killed").to_pyarrow().num_rows > 0
        all_events = record.search().to_pyarrow()
        assert all_events.num_rows == record.table("events").to_pyarrow().num_rows >= events.num_rows
        most = max(all_events.to_pylist(), key=lambda event: event["documents"])
        view = record.event(most["id"])
        assert len(view["told_by"]) == most["statements"] and view["account"]
        statement = record.statement(view["told_by"][0]["statement"]["id"])
        assert statement in record.document(statement.document_id).statements
        assert record.export("statements", tmp_path / "statements.parquet") == len(record.table("statements"))
    written = pyarrow.parquet.read_table(tmp_path / "statements.parquet")
    assert duckdb.sql("SELECT count(*) FROM written").fetchall() == [(written.num_rows,)]
    with pytest.raises(sayso.Error, match="closed"):
        record.size()


def test_a_record_is_asked_as_of_a_date(tmp_path: Path) -> None:
    path = tmp_path / "dated.sayso"
    with sayso.Record(path) as record:
        assert record.add([{"id": "1", "text": REPORT}, {"id": "2"}], profile="fast")["errors"].to_pyarrow()["id"].to_pylist() == ["2"]
    with sayso.Record(path, as_of="2001") as before:
        assert len(before.search("farmers", "statements")) == 0
    with sayso.Record(path, as_of="2999") as after:
        assert len(after.search("farmers", "statements")) == 1
        with pytest.raises(sayso.Error) as caught:
            after.add([{"id": "3", "text": REPORT}], profile="fast")
        assert caught.value.kind == "read-only"


def test_what_is_not_understood_of_a_question_is_told() -> None:
    record = sayso.Record(":memory:")
    with pytest.warns(sayso.NotUnderstood, match="soon"):
        record.search("date:soon")


def test_two_threads_work_at_the_same_time() -> None:
    """The interpreter's lock is let go: while one thread codes, another counts."""
    texts = [f"Gunmen killed {number + 2} farmers near Jos on Tuesday, police said." for number in range(400)]
    done = threading.Event()
    counted = 0

    def work() -> None:
        sayso.code({"text": texts}, profile="fast", threads=1)
        done.set()

    thread = threading.Thread(target=work)
    thread.start()
    while not done.is_set():
        counted += 1
        time.sleep(0.001)
    thread.join()
    assert counted > 5


INTERRUPTED = """
import sayso
texts = ["Gunmen killed six farmers near Jos on Tuesday, police said. " * 40] * 200_000
print("begun", flush=True)
try:
    sayso.code({"text": texts}, profile="fast")
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


def test_control_c_ends_it() -> None:
    process = subprocess.Popen([sys.executable, "-c", INTERRUPTED], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=60)[0] == "interrupted\n"


FORKED = """
import os, sayso
sayso.code({"text": ["Gunmen killed six farmers near Jos."] * 4}, profile="fast")
child = os.fork()
if child == 0:
    sayso.code({"text": ["Gunmen killed six farmers near Jos."] * 4}, profile="fast")
    os._exit(0)
print(os.waitpid(child, 0)[1])
"""


def test_a_forked_process_codes_too() -> None:
    done = subprocess.run([sys.executable, "-c", FORKED], capture_output=True, text=True, timeout=120)
    assert done.stdout == "0\n", done.stderr


def test_the_docstrings_tell_the_truth() -> None:
    import doctest

    from sayso import _coder, _record

    for module in (_coder, _record):
        failed, tried = doctest.testmod(module)
        assert tried and not failed


def test_the_package_and_an_example_are_typed() -> None:
    from mypy import api

    here = Path(__file__).parent
    for checked in ([str(here / "typed_example.py")], ["-p", "sayso"]):
        out, err, status = api.run(["--strict", "--python-executable", sys.executable, *checked])
        assert status == 0, out + err
