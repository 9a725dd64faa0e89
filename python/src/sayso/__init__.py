"""A sourced record of armed conflict, read from news reports: who did what to whom, where, when, how many, and on whose say-so.

:func:`read` reads one document; :func:`code` codes a table of articles to Arrow tables; :class:`Record` is a record in a file, with its
events and all questions to it; :mod:`sayso.spark` does the same on Apache Spark.
"""

from sayso._coder import Profile, code, read
from sayso._document import (
    Attribution,
    Document,
    Evidence,
    Place,
    Quantity,
    Responsibility,
    Role,
    Statement,
    Time,
    Words,
)
from sayso._errors import Error, NotUnderstood
from sayso._record import Record
from sayso._sayso import SCHEMA_VERSION
from sayso._sayso import VERSION as __version__
from sayso._table import Coded, Table

__all__ = [
    "SCHEMA_VERSION",
    "Attribution",
    "Coded",
    "Document",
    "Error",
    "Evidence",
    "NotUnderstood",
    "Place",
    "Profile",
    "Quantity",
    "Record",
    "Responsibility",
    "Role",
    "Statement",
    "Table",
    "Time",
    "Words",
    "__version__",
    "code",
    "read",
]
