"""Do the steps that an engine runs give what a record gives? Here the engine is pyarrow in one process, so no Java is needed."""

from __future__ import annotations

from typing import Any

import pyarrow
import pyarrow.compute
import pytest

import sayso
from sayso import _sayso
from sayso._coder import coder


def step(name: str, table: Any) -> Any:
    return pyarrow.table(pyarrow.record_batch(_sayso.step(name, table)))


def together(*tables: Any) -> Any:
    """Tables of other columns one after another; what one lacks is null."""
    loose = [pyarrow.table({name: table[name] for name in table.column_names}) for table in tables]
    return pyarrow.concat_tables(loose, promote_options="default").combine_chunks()


def exploded(table: Any, column: str, name: str, *others: str) -> Any:
    """A row for each item of a list."""
    at = pyarrow.compute.list_parent_indices(table[column].combine_chunks())
    items = pyarrow.compute.list_flatten(table[column].combine_chunks())
    return pyarrow.table({name: items, **{other: table[other].take(at) for other in others}})


@pytest.fixture(scope="module")
def numbered(reports: list[dict[str, Any]]) -> Any:
    """Coded reports, numbered in the order of their ids."""
    given = pyarrow.Table.from_pylist(sorted(reports, key=lambda report: report["id"]))
    batches = [pyarrow.record_batch(batch) for batch in coder("fast", ()).code_nested(given, {}, 0)]
    coded = pyarrow.Table.from_batches(batches).combine_chunks()
    numbers = pyarrow.array(range(1, coded.num_rows + 1), pyarrow.int64())
    return pyarrow.table({"number": numbers, "document": coded["document"], "statements": coded["statements"]})


@pytest.fixture(scope="module")
def record(reports: list[dict[str, Any]]) -> sayso.Record:
    record = sayso.Record(":memory:")
    record.add(sorted(reports, key=lambda report: report["id"]), profile="fast")
    record.link()
    return record


def overlapping(numbered: Any) -> Any:
    """The pairs of copies."""
    pairs = step("pairs", step("sketches", numbered)).group_by(["one", "other"])
    counted = pairs.aggregate([("size_one", "max"), ("size_other", "max"), ("shared", "sum")])
    counted = counted.rename_columns(["one", "other", "size_one", "size_other", "shared"])
    near = step("candidates", counted)
    documents = numbered["document"].combine_chunks()
    sides = {f"document_{side}": documents.take(pyarrow.compute.subtract(near[side], 1).combine_chunks()) for side in ("one", "other")}
    found = step("overlaps", pyarrow.table({"one": near["one"], "other": near["other"], **sides}))
    return found.filter(found["copy"])


@pytest.fixture(scope="module")
def told(numbered: Any) -> Any:
    """The reports, each with the texts that it repeats."""
    rows = together(numbered.select(["number", "document"]), overlapping(numbered).select(["overlap"]))
    origins = step("origins", rows)
    repeats = dict(zip(origins["number"].to_pylist(), origins["repeats"].to_pylist()))
    of_all = [repeats.get(number) for number in numbered["number"].to_pylist()]
    return numbered.append_column("repeats", pyarrow.array(of_all, origins.schema.field("repeats").type))


def test_every_third_report_is_a_copy(told: Any, reports: list[dict[str, Any]]) -> None:
    first = [None if repeats is None else repeats[0]["of"] for repeats in told["repeats"].to_pylist()]
    by_credit = {at + 1: at - 1 for at, report in enumerate(sorted(reports, key=lambda report: report["id"])) if report["credit"]}
    assert len(by_credit) == 80
    assert {number: first[number - 1] for number in by_credit} == by_credit
    assert all(first[number - 1] is None for number in set(range(1, 241)) - set(by_credit))


def linked(told: Any) -> dict[str, list[dict[str, Any]]]:
    """Events, relations and series by the steps."""
    stories, tellings = step("stories", told), step("tellings", told)
    edges = step("edges", exploded(stories, "keys", "key", "account", "happening"))
    edges = edges.group_by(["one", "other"]).aggregate([("score", "max")]).rename_columns(["one", "other", "score"])
    # All components may stand in one table, as all keys may.
    belongings = step("events", together(stories.select(["story", "members"]), edges))
    at = {key: row for row, key in enumerate(tellings["key"].to_pylist())}
    rows = pyarrow.array([at[key] for key in belongings["key"].to_pylist()])
    own = ["statement", "report"]
    events = belongings
    for name in own:
        events = events.append_column(name, tellings[name].take(rows))
    nothing = {"joined_to": pyarrow.int64(), "score": pyarrow.float32()}

    def apart(table: Any) -> Any:
        for name, of in nothing.items():
            table = table.append_column(name, pyarrow.nulls(table.num_rows, of))
        return table

    relations = apart(exploded(tellings, "relations", "of", "key", *own))
    counted = tellings.filter(pyarrow.compute.is_valid(tellings["estimate"])).select(["estimate", "key", *own])
    estimates = apart(counted.rename_columns(["of", "key", *own]))
    found = {"events": ("event_groups", events), "relations": ("relation_groups", relations), "estimates": ("estimate_groups", estimates)}
    return {name: sorted(step(of, table).to_pylist(), key=lambda row: row["id"]) for name, (of, table) in found.items()}


def test_the_steps_give_the_groups_of_a_record(told: Any, record: sayso.Record) -> None:
    members = record.table("members").to_pyarrow().to_pylist()
    for name, found in linked(told).items():
        expected = sorted(record.table(name).to_pyarrow().to_pylist(), key=lambda row: row["id"])  # type: ignore[arg-type]
        assert [{key: value for key, value in row.items() if key != "members"} for row in found] == expected, name
        told_by = {(row["id"], member["statement_id"], member["joined_to"]) for row in found for member in row["members"]}
        ids = {row["id"] for row in expected}
        assert told_by == {(m["group_id"], m["statement_id"], m["joined_to"]) for m in members if m["group_id"] in ids}, name


@pytest.mark.parametrize("name", ["sketches", "pairs", "candidates", "overlaps", "components", "stories", "edges", "event_groups"])
def test_a_step_refuses_a_table_of_another(name: str) -> None:
    with pytest.raises(sayso.Error) as caught:
        step(name, pyarrow.table({"weather": ["fine"]}))
    assert caught.value.kind == "columns"


def test_there_is_no_other_step() -> None:
    with pytest.raises(sayso.Error, match="there is no step `dance`"):
        step("dance", pyarrow.table({"a": [1]}))
