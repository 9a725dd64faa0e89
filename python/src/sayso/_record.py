"""A record in a file: what was read, what it speaks of, and all questions to it."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from types import TracebackType
from typing import Any, Literal

from sayso import _sayso
from sayso._coder import Path, Profile, code, coder
from sayso._document import Document, Statement
from sayso._errors import Error, NotUnderstood
from sayso._table import Coded, Table

What = Literal["documents", "statements", "events", "relations", "estimates", "members"]
"""A table of a record; ``members`` says which statement belongs to which event, relation or series."""

Found = Literal["events", "relations", "estimates", "documents", "statements"]
"""As what a question is answered."""

Rule = Literal["sources", "ucdp", "acled", "gtd"]
"""By which rule one value of several is shown."""


Mode = Literal["change", "read", "open"]
"""What is done with a record: it is changed, only read, or read without what is restricted."""


class Record:
    """A record: one SQLite file, the same that the command line and the workbench use.

    It is made where there is none. ``as_of`` (a release's name, a date or a time) opens it as it stood then, to be asked only;
    ``mode="read"`` opens it without changing anything, ``mode="open"`` shows only what people have not restricted.

    >>> record = Record(":memory:")
    >>> record.add([{"id": "1", "text": "Gunmen killed six farmers near Jos on Tuesday, police said."}], profile="fast")["new"]
    1
    >>> linked = record.link()
    >>> len(record.search("farmers"))
    1
    """

    _open: _sayso.Record | None = None

    def __init__(self, path: Path, *, as_of: str | None = None, mode: Mode = "change") -> None:
        self._path = os.fspath(path)
        self._open = _sayso.Record(path, as_of, mode, _now())

    def __enter__(self) -> Record:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<sayso.Record {self._path}{'' if self._open else ', closed'}>"

    def close(self) -> None:
        """Close the file. What was added is on the disk already."""
        self._open = None

    @property
    def _native(self) -> _sayso.Record:
        if self._open is None:
            raise Error("invalid", f"{self._path}: this record was closed; open it again")
        return self._open

    def size(self) -> dict[str, int]:
        """How many documents and statements it holds."""
        return _object(self._native.size())

    def add(
        self,
        articles: Any,
        *,
        columns: Mapping[str, str] | None = None,
        profile: Profile = "balanced",
        registry: Sequence[Path] = (),
        threads: int | None = None,
    ) -> dict[str, Any]:
        """Keep articles: a table that is coded as :func:`sayso.code` does, or what that function gave.

        Gives how many documents are ``new``, ``unchanged`` …, how many ``statements`` were written, and under ``errors`` the rows that
        gave no document. Adding the same again changes nothing.
        """
        coded = articles if isinstance(articles, Coded) else None
        if coded is None:
            coded = code(articles, columns=columns, profile=profile, registry=registry, threads=threads)
        added = _object(self._native.add(coded.documents, coded.statements, _now()))
        return {**added, "errors": coded.errors}

    def read(
        self,
        *paths: Path,
        profile: Profile = "balanced",
        registry: Sequence[Path] = (),
        threads: int | None = None,
    ) -> dict[str, Any]:
        """Read files and directories, as ``sayso read`` does.

        What cannot be read is named under ``errors``, and the rest is read. Ctrl-C ends it after the running batch; reading the same
        again goes on where it ended.
        """
        return _object(self._native.read(coder(profile, registry), list(paths), threads, _now()))

    def link(self, *, everything: bool = False, threads: int | None = None) -> dict[str, int]:
        """Find copies, and make events, relations and series of the statements: of those that changed, or of ``everything``.

        It is one transaction: an end in the middle of it leaves the record as it was. Ctrl-C is heeded when it is done.
        """
        return _object(self._native.link(everything, threads, _now()))

    def search(self, question: str = "", what: Found = "events", *, limit: int | None = None) -> Table:
        """What a question finds, newest first.

        The language is that of the workbench: ``mosque OR church -type:protest country:NG date:2014..2015-03 sources:2``. What is not
        understood of it is told in a warning, :class:`sayso.NotUnderstood`.
        """
        table, remarks = self._native.search(question, what, limit)
        for remark in remarks:
            warnings.warn(remark, NotUnderstood, stacklevel=2)
        return Table(table)

    def table(self, what: What) -> Table:
        """A whole table of the record, in memory; :meth:`export` writes one of any size."""
        return Table(self._native.table(what))

    def export(self, what: What, path: Path) -> int:
        """Write a table as Parquet, in the same memory whatever its size; gives the number of rows."""
        return self._native.write_parquet(what, path)

    def event(self, id: str, *, rule: Rule = "sources") -> dict[str, Any]:
        """An event with its accounts: every value with who gives it, who says so independently, and its statements.

        Relations and series of estimates go by their ids too.
        """
        view = self._native.group(id, rule)
        if view is None:
            raise Error("unknown", f"{self._path}: no event, relation or series has the id `{id}`")
        return _object(view)

    def document(self, id: str) -> Document:
        """A document with its statements, by its id or the beginning of it."""
        answer = _object(self._native.document(id))
        return Document.of(answer["document"], answer["statements"])

    def statement(self, id: str) -> Statement:
        """A statement, by its id or the beginning of it."""
        return Statement.of(_object(self._native.statement(id)))


def _object(answer: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(answer)
    return read


def _now() -> str:
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
