"""Are the results on Spark those of one machine, also where an executor dies or a document is poisoned?"""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

import sayso

pytest.importorskip("pyspark")

import sayso.spark
from on_cluster import builder
from pyspark.sql import DataFrame, SparkSession

BLOCKS = 4
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    session = builder("local[2]", tmp_path_factory.mktemp("spark")).getOrCreate()
    yield session
    session.stop()


def frame(spark: SparkSession, rows: list[dict[str, Any]]) -> DataFrame:
    return spark.createDataFrame(pyarrow.Table.from_pylist(rows)).repartition(3)


@pytest.fixture(scope="module")
def coded(spark: SparkSession, reports: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> DataFrame:
    """The invented reports, coded once and kept as a user would."""
    path = str(tmp_path_factory.mktemp("coded") / "coded.parquet")
    sayso.spark.code(frame(spark, reports), profile="fast").write.parquet(path)
    return spark.read.parquet(path)


@pytest.fixture(scope="module")
def record(reports: list[dict[str, Any]]) -> sayso.Record:
    """The same reports in a record on one machine, read in the order of their ids."""
    record = sayso.Record(":memory:")
    record.add(sorted(reports, key=lambda report: report["id"]), profile="fast")
    record.link()
    return record


def rows(table: Any, by: str = "id") -> list[dict[str, Any]]:
    return sorted(table.to_pylist(), key=lambda row: row[by])


def test_documents_and_statements_are_those_of_one_machine(coded: DataFrame, reports: list[dict[str, Any]]) -> None:
    expected = sayso.code(reports, profile="fast")
    assert rows(sayso.spark.documents(coded).toArrow()) == rows(expected.documents.to_pyarrow())
    statements = rows(sayso.spark.statements(coded).toArrow())
    assert {row["document_id"] for row in statements} == {report["id"] for report in reports}
    assert statements == rows(expected.statements.to_pyarrow())
    assert sayso.spark.errors(coded).count() == 0


def test_a_poisoned_document_is_an_error_and_the_others_are_read(spark: SparkSession, reports: list[dict[str, Any]]) -> None:
    poisoned = {"id": "poisoned", "text": "\x00\x01" * 5000, "published": "the day after never"}
    empty = {"id": "empty", "text": None}
    given = [{key: report.get(key) for key in reports[0]} for report in [*reports[:40], poisoned, empty]]
    read = sayso.spark.code(frame(spark, given), profile="fast").persist()
    assert sayso.spark.documents(read).count() == 40
    errors = {row["id"]: row["kind"] for row in sayso.spark.errors(read).collect()}
    assert errors == {"poisoned": "page", "empty": "page"}


def test_columns_go_by_their_own_names(spark: SparkSession, reports: list[dict[str, Any]]) -> None:
    given = [{"key": report["id"], "body": report["text"]} for report in reports[:5]]
    read = sayso.spark.code(frame(spark, given), columns={"id": "key", "text": "body"}, profile="fast")
    assert sorted(row["id"] for row in read.select("id").collect()) == [report["id"] for report in reports[:5]]
    with pytest.raises(Exception, match="its columns are key, body"):
        sayso.spark.code(frame(spark, given), profile="fast").collect()


def test_copies_are_those_of_one_machine(coded: DataFrame, reports: list[dict[str, Any]]) -> None:
    found = sayso.spark.origins(coded, blocks=BLOCKS).toArrow().to_pylist()
    number = {report["id"]: at + 1 for at, report in enumerate(sorted(reports, key=lambda report: report["id"]))}
    expected = {report["id"]: number[f"report-{int(report['id'][-5:]) - 2:05d}"] for report in reports if report["credit"]}
    assert len(expected) == len(reports) // 3
    first = {row["id"]: row["repeats"][0]["of"] for row in found}
    assert set(first) >= set(expected)
    assert all(row["number"] == number[row["id"]] and row["repeats"][0]["why"] for row in found)


def groups(table: Any) -> list[dict[str, Any]]:
    """Events, relations or series, by id."""
    return rows(table)


def without(columns: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [{key: value for key, value in row.items() if key != name} for row in columns]


def test_events_relations_and_series_are_those_of_one_machine(coded: DataFrame, record: sayso.Record) -> None:
    linked = sayso.spark.link(coded, blocks=BLOCKS)
    members = record.table("members").to_pyarrow().to_pylist()
    for name in ("events", "relations", "estimates"):
        found = groups(getattr(linked, name).toArrow())
        expected = groups(record.table(name).to_pyarrow())
        assert without(found, "members") == expected, name
        told = {(row["id"], member["statement_id"], member["joined_to"]) for row in found for member in row["members"]}
        ids = {row["id"] for row in expected}
        assert told == {(m["group_id"], m["statement_id"], m["joined_to"]) for m in members if m["group_id"] in ids}, name
    events = linked.events
    assert events.where("documents > 1").count() > 5
    # A copy is no further source.
    assert events.where("documents > sources").count() > 5


def test_what_several_steps_need_can_be_kept_in_a_workspace(coded: DataFrame, tmp_path: Path) -> None:
    few = coded.where("id < 'report-00045'")
    kept = sayso.spark.link(few, blocks=1, workspace=str(tmp_path / "workspace"))
    persisted = sayso.spark.link(few, blocks=7)
    assert rows(kept.events.toArrow()) == rows(persisted.events.toArrow())
    assert (tmp_path / "workspace" / "stories.parquet").exists()


def warc(pages: list[tuple[str, str]]) -> bytes:
    """A web archive of pages, packed record by record."""
    packed = b""
    for url, html in pages:
        body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-04-01T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, url)}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        packed += gzip.compress(head.encode() + body + b"\r\n\r\n")
    return packed


def test_web_archives_are_a_data_source(spark: SparkSession, reports: list[dict[str, Any]], tmp_path: Path) -> None:
    def page(report: dict[str, Any]) -> tuple[str, str]:
        title, text = report["title"], report["text"]
        return f"https://paper.example/{report['id']}", f"<html><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"

    for name, some in (("one", reports[:6]), ("two", reports[6:10])):
        (tmp_path / f"{name}.warc.gz").write_bytes(warc([page(report) for report in some]))
    (tmp_path / "cut.warc.gz").write_bytes(warc([page(report) for report in reports[10:12]])[:-200])
    spark.dataSource.register(sayso.spark.Warc)
    pages = spark.read.format("sayso-warc").load(str(tmp_path / "*.warc.gz"))
    faults = pages.where("fault IS NOT NULL").select("place", "fault").collect()
    assert faults and all(row["fault"] for row in faults)
    coded = sayso.spark.code(pages.where("fault IS NULL"), profile="fast")
    urls = {row["url"] for row in sayso.spark.documents(coded).select("url").collect()}
    assert {f"https://paper.example/{report['id']}" for report in reports[:10]} <= urls
    assert sayso.spark.statements(coded).count() > 10
    with pytest.raises(Exception, match="there is no such web archive"):
        spark.read.format("sayso-warc").load(str(tmp_path / "none-*.warc")).count()


def test_nothing_to_link_is_no_fault(spark: SparkSession) -> None:
    read = sayso.spark.code(frame(spark, [{"id": "1", "text": "The weather was fine."}]), profile="fast")
    linked = sayso.spark.link(read, blocks=BLOCKS)
    assert [linked.events.count(), linked.relations.count(), linked.estimates.count()] == [0, 0, 0]



def executors() -> list[int]:
    """The processes of executors below this one."""
    listed = subprocess.run(["ps", "-ww", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout.splitlines()[1:]
    processes = {int(line.split()[0]): (int(line.split()[1]), line) for line in listed}

    def is_ours(pid: int) -> bool:
        while pid in processes and pid > 1:
            if pid == os.getpid():
                return True
            pid = processes[pid][0]
        return False

    return [pid for pid, (_, line) in processes.items() if "CoarseGrainedExecutorBackend" in line and "java" in line and is_ours(pid)]


def test_a_killed_executor_costs_no_row(tmp_path: Path) -> None:
    """Two executors in processes of their own, the package shipped to them; one is killed in the middle."""
    process = subprocess.Popen(
        [sys.executable, str(HERE / "on_cluster.py"), str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    killed: list[int] = []

    def kill() -> None:
        # Not before it works: the first rows are on the disk.
        until = time.monotonic() + 400
        while time.monotonic() < until and not killed and process.poll() is None:
            if any((tmp_path / "coded.parquet").rglob("*.parquet")):
                for pid in executors()[:1]:
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)
            time.sleep(0.05)

    lines = iter(process.stdout.readline, "")
    assert "begun\n" in lines
    killer = threading.Thread(target=kill)
    killer.start()
    rest = list(lines)
    killer.join()
    assert process.wait(timeout=300) == 0
    assert "coded\n" in rest and killed
    read = pyarrow.parquet.read_table(tmp_path / "coded.parquet").to_pylist()
    assert len(read) == 3001 == len({row["id"] for row in read})
    assert [row["id"] for row in read if row["error"] is not None] == ["poisoned"]


def test_the_same_code_runs_on_sail(reports: list[dict[str, Any]], tmp_path: Path) -> None:
    sail = os.environ.get("SAYSO_SAIL_PYTHON")
    if not sail:
        pytest.skip("SAYSO_SAIL_PYTHON names no interpreter with pysail, whose client is another PySpark than this one")
    package = Path(sayso.__file__).parents[1]
    (tmp_path / "sayso").symlink_to(package / "sayso")
    # Nothing of this process's own PySpark is to reach the other one.
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", ""), "PYTHONPATH": str(tmp_path)}
    done = subprocess.run([sail, str(HERE / "on_sail.py"), str(tmp_path)], capture_output=True, text=True, timeout=300, env=environment)
    assert done.returncode == 0, done.stderr[-3000:]
    expected = sayso.code(reports[:60], profile="fast")
    read = pyarrow.parquet.read_table(tmp_path / "sail.parquet").to_pylist()
    assert sorted(row["id"] for row in read) == sorted(row["id"] for row in expected.statements.to_pyarrow().to_pylist())
    record = sayso.Record(":memory:")
    record.add(expected)
    record.link()
    events = without(groups(pyarrow.parquet.read_table(tmp_path / "events.parquet")), "members")
    assert events == groups(record.table("events").to_pyarrow())

