"""Arrow tables: what they hold is sayso's, what is done with them is the business of pyarrow, Polars, pandas or DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sayso import _sayso

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


class Table:
    """An Arrow table, which any library with the Arrow PyCapsule interface takes without a copy.

    ``pyarrow.table(table)``, ``polars.DataFrame(table)``; in DuckDB a table that is a variable can be named in a query after
    ``to_pyarrow()``.
    """

    def __init__(self, native: _sayso.NativeTable) -> None:
        self._native = native

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._native.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        return self._native.__arrow_c_schema__()

    def __len__(self) -> int:
        return len(self._native)

    def __repr__(self) -> str:
        return f"<sayso.Table of {len(self)} rows: {', '.join(self.column_names)}>"

    @property
    def column_names(self) -> list[str]:
        """The names of the columns."""
        return list(self._native.column_names)

    def to_pyarrow(self) -> pyarrow.Table:
        """The same as a table of pyarrow."""
        import pyarrow

        return pyarrow.table(self)

    def to_polars(self) -> polars.DataFrame:
        """The same as a data frame of Polars."""
        import polars

        return polars.DataFrame(self)

    def to_pandas(self) -> pandas.DataFrame:
        """The same as a data frame of pandas; what is nested becomes lists and dictionaries."""
        frame: pandas.DataFrame = self.to_pyarrow().to_pandas()
        return frame


class Coded:
    """What came of a table of articles: documents, their statements, and the rows that gave no document."""

    def __init__(self, documents: Table, statements: Table, errors: Table) -> None:
        self.documents = documents
        self.statements = statements
        self.errors = errors

    def __repr__(self) -> str:
        return f"<sayso.Coded: {len(self.documents)} documents, {len(self.statements)} statements, {len(self.errors)} errors>"


def arrow(table: Any) -> Any:
    """The table as something with the Arrow interface: itself, or what pyarrow makes of a list of dictionaries or a dictionary of lists."""
    if hasattr(table, "__arrow_c_stream__") or hasattr(table, "__arrow_c_array__"):
        return table
    import pyarrow

    if isinstance(table, dict):
        return pyarrow.table(table)
    if isinstance(table, (list, tuple)):
        # pyarrow itself would take the columns of the first row for all there are.
        names = dict.fromkeys(name for row in table for name in row)
        return pyarrow.table({name: [row.get(name) for row in table] for name in names})
    if hasattr(table, "iloc"):
        return pyarrow.Table.from_pandas(table, preserve_index=False)
    raise TypeError(
        f"{type(table).__name__} is no table: give one of pyarrow, Polars, pandas or DuckDB, a list of dictionaries or a dictionary of lists"
    )
