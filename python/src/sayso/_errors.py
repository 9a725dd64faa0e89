"""What can go wrong, and how it is told."""

from __future__ import annotations


class Error(Exception):
    """A fault, with what kind it is and what can be done about it.

    ``kind`` is one of ``page`` (what was given is no document), ``columns`` (a table lacks a column), ``data``, ``unreadable``, ``json``,
    ``file``, ``invalid``, ``not-found``, ``not-a-record``, ``newer``, ``older``, ``unreachable``, ``read-only``, ``locked``, ``full``,
    ``damaged``, ``unknown``, ``ambiguous``, ``record`` and ``internal`` (a fault of sayso).
    """

    kind: str

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind

    def __reduce__(self) -> tuple[type[Error], tuple[str, str]]:
        return (type(self), (self.kind, str(self)))


class NotUnderstood(UserWarning):
    """Something of a question was not understood; the message says what was made of it."""
