"""Coding and linking on Apache Spark, with the functions and the results of one machine.

:func:`code` makes documents and statements of articles; write what it gives to Parquet once and go on from there. :func:`origins` finds
copies, :func:`link` makes events, relations and series of the statements of all documents. Nothing but data frames passes between the
steps, so the same runs on classic Spark, over Spark Connect and on Sail.

The package has to be on the executors: :func:`archive` packs it for ``spark.archives``.
"""

from __future__ import annotations

import glob
import json
import os
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow
from pyspark.sql import functions as F
from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StructType
from pyspark.sql.window import Window

from sayso import _sayso

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

__all__ = ["Linked", "Warc", "archive", "code", "documents", "errors", "link", "numbered", "origins", "statements"]

BLOCKS = 200
"""Into how many parts each step is cut, unless another number is given."""


def archive(path: str | os.PathLike[str]) -> dict[str, str]:
    """Pack the installed package for executors; gives the settings of the session that ship it.

    >>> builder = SparkSession.builder
    >>> for key, value in sayso.spark.archive("sayso.zip").items():
    ...     builder = builder.config(key, value)
    """
    package = Path(_sayso.__file__ or "").parent
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for file in sorted(package.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                packed.write(file, Path("sayso") / file.relative_to(package))
    return {"spark.archives": f"{os.fspath(path)}#sayso_package", "spark.executorEnv.PYTHONPATH": "sayso_package"}


def code(
    articles: DataFrame,
    *,
    columns: Mapping[str, str] | None = None,
    profile: str = "balanced",
    registry: Sequence[str] = (),
) -> DataFrame:
    """Code articles, one a row: as :func:`sayso.code`, with the document, its statements or the error in one row.

    The columns of what it gives are ``row`` (within its partition), ``id``, ``document``, ``statements`` and ``error``; see
    :func:`documents`, :func:`statements` and :func:`errors`. A row that fails costs itself alone. ``registry`` names tables of your own
    actors by paths that the executors can read.
    """
    return articles.mapInArrow(_coding(dict(columns or {}), profile, tuple(registry)), _schema("coded"))


class Warc(DataSource):
    """Web archives as a data source: one task for each file, their pages batch by batch.

    The columns are ``url``, ``retrieved``, ``html`` or ``text`` (bytes), ``place`` (where in the file) and ``fault`` (why this record
    cannot be read; reading goes on behind it). The path may be a pattern; the files lie where all executors reach them.

    >>> spark.dataSource.register(sayso.spark.Warc)
    >>> pages = spark.read.format("sayso-warc").load("crawl/*.warc.gz")
    >>> coded = sayso.spark.code(pages.where("fault IS NULL"))
    """

    @classmethod
    def name(cls) -> str:
        """What it is called in ``format``."""
        return "sayso-warc"

    def schema(self) -> str:
        """Its columns."""
        return "url string, retrieved string, html binary, text binary, place string, fault string"

    def reader(self, schema: StructType) -> DataSourceReader:
        """What reads it."""
        return _WarcReader(self.options.get("path", ""), int(self.options.get("rows", "200")))


class _WarcReader(DataSourceReader):
    """Reads one archive in each task."""

    def __init__(self, path: str, rows: int) -> None:
        self.path = path
        self.rows = rows

    def partitions(self) -> Sequence[InputPartition]:
        """The files of the pattern."""
        found = sorted(glob.glob(self.path.removeprefix("file://")))
        if not found:
            raise FileNotFoundError(f"{self.path}: there is no such web archive; check the path")
        return [InputPartition(path) for path in found]

    def read(self, partition: InputPartition) -> Iterator[Any]:
        """The pages of a file."""
        from sayso import _sayso

        pages = _sayso.Pages(partition.value)
        while (batch := pages.batch(self.rows)) is not None:
            yield pyarrow.record_batch(batch)


def documents(coded: DataFrame) -> DataFrame:
    """The documents of coded articles."""
    return coded.where("document IS NOT NULL").select("document.*")


def statements(coded: DataFrame) -> DataFrame:
    """The statements of coded articles."""
    return coded.select(F.explode("statements").alias("statement")).select("statement.*")


def errors(coded: DataFrame) -> DataFrame:
    """The articles that gave no document, and why."""
    return coded.where("error IS NOT NULL").select("row", "id", F.col("error.kind").alias("kind"), F.col("error.reason").alias("reason"))


def numbered(coded: DataFrame) -> DataFrame:
    """Coded articles with the ``number`` of each document: from 1, in the order of their ids, each id once.

    The order of numbers is the order of reading: of documents that are alike in all else, the one that was read first is the original.
    A column ``number`` that is there already is kept. Only the ids pass through one task.
    """
    read = coded.where("document IS NOT NULL")
    if "number" in coded.columns:
        return read.select("number", "id", "document", "statements")
    read = read.select(F.col("document.id").alias("id"), "document", "statements").dropDuplicates(["id"])
    numbers = read.select("id").withColumn("number", F.row_number().over(Window.orderBy("id")).cast("long"))
    return read.join(numbers, "id").select("number", "id", "document", "statements")


def origins(coded: DataFrame, *, blocks: int = BLOCKS, workspace: str | None = None) -> DataFrame:
    """Which documents repeat the text of which: rows of (number, id, repeats), the text of which it holds most first.

    Documents that share words are found by winnowed runs of words (``applyInArrow`` over the blocks of a key), compared in pairs, and
    grouped by the components that copies make. The pairs of copies, two numbers each, pass through the driver.
    """
    kept = _Kept(workspace, blocks)
    read = kept.table("numbered", numbered(coded))
    return _origins(read, kept).join(read.select("number", "id"), "number").select("number", "id", "repeats")


@dataclass(frozen=True)
class Linked:
    """What the statements of all documents speak of, as on one machine."""

    documents: DataFrame
    """The documents by number: (number, id, document, statements, repeats)."""
    events: DataFrame
    """The events, each with its ``members``: the statements that tell of it, and to which each was joined."""
    relations: DataFrame
    """The relations of two actors, each with its members."""
    estimates: DataFrame
    """The series of estimates, each with its members."""


def link(coded: DataFrame, *, blocks: int = BLOCKS, workspace: str | None = None) -> Linked:
    """Make events, relations and series of the statements of all documents, copies told apart from independent sources.

    ``blocks`` is into how many parts each step is cut: more of them take less memory each. ``workspace`` is a directory that all
    executors reach, in which what several steps need is kept as Parquet; without one it is persisted in the cluster.

    What people decided in a record is not known here: read the results, or the coded articles, into a record for that.
    """
    kept = _Kept(workspace, blocks)
    read = kept.table("numbered", numbered(coded))
    repeats = kept.table("origins", _origins(read, kept))
    told = kept.table("told", read.join(repeats, "number", "left"))
    tellings = kept.table("tellings", told.mapInArrow(_mapped("tellings"), _schema("tellings")))
    stories = kept.table("stories", told.mapInArrow(_mapped("stories"), _schema("stories")))
    own = tellings.select("key", "statement", "report")
    events = kept.grouped(_belongings(stories, kept).join(own, "key"), F.crc32("of"), "event_groups", "linked")
    apart: list[Column | str] = [F.lit(None).cast("long").alias("joined_to"), F.lit(None).cast("float").alias("score"), "statement", "report"]
    relations = tellings.select(F.explode("relations").alias("of"), "key", *apart)
    estimates = tellings.where("estimate IS NOT NULL").select(F.col("estimate").alias("of"), "key", *apart)
    return Linked(
        documents=told,
        events=events,
        relations=kept.grouped(relations, F.crc32("of"), "relation_groups", "linked"),
        estimates=kept.grouped(estimates, F.crc32("of"), "estimate_groups", "linked"),
    )


def _origins(read: DataFrame, kept: _Kept) -> DataFrame:
    """Rows of (number, repeats) for the documents that repeat another."""
    own = read.select("number", "document")
    sketches = own.mapInArrow(_mapped("sketches"), _schema("sketches"))
    pairs = kept.grouped(sketches, F.col("key"), "pairs", "pairs").groupBy("one", "other")
    counted = pairs.agg(F.max("size_one").alias("size_one"), F.max("size_other").alias("size_other"), F.sum("shared").alias("shared"))
    near = counted.mapInArrow(_mapped("candidates"), _schema("pairs")).select("one", "other")
    near = near.join(own.select(F.col("number").alias("one"), F.col("document").alias("document_one")), "one")
    near = near.join(own.select(F.col("number").alias("other"), F.col("document").alias("document_other")), "other")
    overlaps = kept.table("overlaps", near.mapInArrow(_mapped("overlaps"), _schema("overlaps"))).where("copy")
    components = kept.components(overlaps)
    no_overlap, no_document = F.lit(None).cast("string").alias("overlap"), F.lit(None).cast(own.schema["document"].dataType)
    rows = own.join(components, "number").select("component", "number", "document", no_overlap)
    ties = overlaps.join(components, overlaps["one"] == components["number"])
    ties = ties.select("component", F.lit(None).cast("long").alias("number"), no_document.alias("document"), "overlap")
    return kept.grouped(rows.unionByName(ties), F.col("component"), "origins", "origins")


def _belongings(stories: DataFrame, kept: _Kept) -> DataFrame:
    """Rows of (of, key, joined_to, score): the statements of each event."""
    keyed = stories.select(F.explode("keys").alias("key"), "account", "happening")
    # A key under which one story stands alone leads to nothing, and most do.
    shared = stories.select(F.explode("keys").alias("key")).groupBy("key").count().where("count > 1").select("key")
    edges = kept.grouped(keyed.join(shared, "key"), F.col("key"), "edges", "edges").dropDuplicates(["one", "other"])
    edges = kept.table("edges", edges)
    components = kept.components(edges.where(F.col("score") >= F.lit(_sayso.THRESHOLD).cast("float")))
    nothing = [F.lit(None).cast("long").alias("one"), F.lit(None).cast("long").alias("other"), F.lit(None).cast("float").alias("score")]
    of_story = components.withColumnRenamed("number", "story")
    rows = stories.select("story", "members").join(of_story, "story", "left")
    rows = rows.select(F.coalesce("component", "story").alias("component"), "story", "members", *nothing)
    one = components.withColumnRenamed("number", "one")
    other = components.select(F.col("number").alias("other"), F.col("component").alias("component_other"))
    within = edges.join(one, "one").join(other, "other").where("component = component_other")
    no_members = F.lit(None).cast(stories.schema["members"].dataType).alias("members")
    within = within.select("component", F.lit(None).cast("long").alias("story"), no_members, "one", "other", "score")
    return kept.grouped(rows.unionByName(within), F.col("component"), "events", "belongings")


@dataclass(frozen=True)
class _Kept:
    """Where what several steps need is kept, and into how many parts they are cut."""

    workspace: str | None
    blocks: int

    def table(self, name: str, frame: DataFrame) -> DataFrame:
        """The data frame, computed once."""
        if self.workspace is None:
            return frame.persist()
        path = f"{self.workspace.rstrip('/')}/{name}.parquet"
        frame.write.mode("overwrite").parquet(path)
        # Its schema goes along: some engines write no file where there is no row.
        return frame.sparkSession.read.schema(frame.schema).parquet(path)

    def grouped(self, frame: DataFrame, by: Any, step: str, schema: str) -> DataFrame:
        """A step over the parts in which rows of one key stand together. Any number of keys may share a part: the step parts them."""
        blocked = frame.withColumn("block", F.pmod(by, F.lit(self.blocks)))
        return blocked.groupBy("block").applyInArrow(_of_block(step, _schema(schema)), _schema(schema))

    def components(self, ties: DataFrame) -> DataFrame:
        """The component of each number that is tied to another: (number, component). The ties pass through the driver."""
        collected = ties.select("one", "other").toArrow()
        found = pyarrow.table(pyarrow.record_batch(_sayso.step("components", collected)))
        if found.num_rows == 0:
            return ties.sparkSession.createDataFrame([], _schema("components"))
        return ties.sparkSession.createDataFrame(found, _schema("components"))


def _schema(name: str) -> StructType:
    """The schema of a table as Spark has it; there every column may be null."""
    native: Any = _sayso.table_schema(name)
    return _nullable(from_arrow_schema(pyarrow.schema(native)))


def _nullable(schema: StructType) -> StructType:
    loosened = schema.json().replace('"nullable":false', '"nullable":true').replace('"containsNull":false', '"containsNull":true')
    return StructType.fromJson(_parsed(loosened))


def _parsed(text: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(text)
    return read


Batches = Iterator[pyarrow.RecordBatch]


def _coding(columns: dict[str, str], profile: str, registry: tuple[str, ...]) -> Callable[[Batches], Batches]:
    def work(batches: Batches) -> Batches:
        from sayso._coder import coder

        native, row = coder(profile, registry), 0
        for batch in batches:
            for coded in native.code_nested(batch, columns, row):
                yield pyarrow.record_batch(coded)
            row += batch.num_rows

    return work


def _mapped(step: str) -> Callable[[Batches], Batches]:
    def work(batches: Batches) -> Batches:
        from sayso import _sayso

        for batch in batches:
            yield pyarrow.record_batch(_sayso.step(step, batch))

    return work


def _of_block(step: str, schema: StructType) -> Callable[[pyarrow.Table], pyarrow.Table]:
    def work(block: pyarrow.Table) -> pyarrow.Table:
        from pyspark.sql.pandas.types import to_arrow_schema

        from sayso import _sayso

        made = pyarrow.Table.from_batches([pyarrow.record_batch(_sayso.step(step, block))])
        # Spark wants its own names of the items of lists, and that all may be null.
        return made.cast(to_arrow_schema(schema))

    return work
