"""How a user writes it, with types: mypy checks this file strictly."""

from __future__ import annotations

import sayso


def killed(text: str) -> dict[str, int]:
    """How many were killed, by place."""
    document: sayso.Document = sayso.read(text, published="2017-08-31", profile="fast")
    found: dict[str, int] = {}
    for statement in document.statements:
        count = statement.quantity("killed")
        if statement.place is not None and statement.place.name is not None and count is not None and count.best is not None:
            found[statement.place.name] = count.best
    return found


def sources(record: sayso.Record) -> list[str]:
    """The events that at least two independent sources tell."""
    events = record.search("sources:2", "events", limit=10).to_pyarrow()
    return [str(id) for id in events["id"].to_pylist()]


def rows(texts: list[str]) -> int:
    """How many statements there are."""
    try:
        coded: sayso.Coded = sayso.code({"text": texts}, columns={"text": "text"}, threads=2)
    except sayso.Error as error:
        kind: str = error.kind
        raise SystemExit(kind) from error
    return len(coded.statements)
