"""A cluster of two executors in processes of their own, to which the package is shipped; and the settings of all sessions of the tests."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pyarrow
from pyspark.sql import SparkSession


def builder(master: str, folder: Path) -> Any:
    """A session's settings, everything on this machine."""
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.executor.memory": "1g",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "50",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.task.maxFailures": "4",
    }
    made = SparkSession.builder.master(master).appName("sayso")
    for key, value in settings.items():
        made = made.config(key, value)
    return made


def main() -> None:
    """Codes invented reports, and says how many processes did."""
    import sayso.spark
    from invented import invented

    folder = Path(sys.argv[1])
    made = builder("local-cluster[2,1,1024]", folder)
    for key, value in sayso.spark.archive(folder / "package.zip").items():
        made = made.config(key, value)
    spark = made.getOrCreate()
    rows = [{key: invented(number)[key] for key in ("id", "text", "published", "publisher", "credit")} for number in range(3000)]
    rows.append({"id": "poisoned", "text": "\x00" * 100})
    articles = spark.createDataFrame(pyarrow.Table.from_pylist(rows)).repartition(24)
    print("begun", flush=True)
    coded = sayso.spark.code(articles, profile="fast")
    pids = coded.mapInArrow(lambda batches: (pyarrow.record_batch({"pid": [os.getpid()] * b.num_rows}) for b in batches), "pid long")
    coded.write.parquet(str(folder / "coded.parquet"))
    print("coded", flush=True)
    workers = [row["pid"] for row in pids.distinct().collect()]
    print(json.dumps({"workers": len(workers)}), flush=True)
    spark.stop()


if __name__ == "__main__":
    main()
