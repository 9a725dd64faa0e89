"""The same code as on Spark, on Sail: run by an interpreter that has pysail and its client."""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow
import pyarrow.parquet
from invented import invented
from pysail.spark import SparkConnectServer
from pyspark.sql import SparkSession

import sayso.spark

server = SparkConnectServer()
server.start()
_, port = server.listening_address
spark = SparkSession.builder.remote(f"sc://localhost:{port}").getOrCreate()
articles = spark.createDataFrame(pyarrow.Table.from_pylist([invented(number) for number in range(60)]))
folder = Path(sys.argv[1])
sayso.spark.code(articles, profile="fast").write.parquet(str(folder / "coded"))
coded = spark.read.parquet(str(folder / "coded"))
pyarrow.parquet.write_table(sayso.spark.statements(coded).toArrow(), str(folder / "sail.parquet"))
linked = sayso.spark.link(coded, blocks=4, workspace=str(folder / "workspace"))
pyarrow.parquet.write_table(linked.events.toArrow(), str(folder / "events.parquet"))
