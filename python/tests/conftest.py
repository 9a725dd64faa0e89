"""What the tests read: the repository's examples, and invented reports with copies among them."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from invented import invented

# Spark's own processes are to find this interpreter, whoever starts the tests.
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
os.environ.pop("SPARK_HOME", None)

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"

REPORT = "Gunmen killed six farmers near Jos on Tuesday, police said."


@pytest.fixture(scope="session")
def articles() -> list[dict[str, Any]]:
    """The examples as articles: pages, texts and JSON lines."""
    found: list[dict[str, Any]] = []
    for path in sorted(EXAMPLES.iterdir()):
        if path.suffix == ".jsonl":
            found.extend(json.loads(line) for line in path.read_text().splitlines() if line.strip())
        elif path.suffix in (".txt", ".html"):
            found.append({"text" if path.suffix == ".txt" else "html": path.read_text()})
    keys = {key for article in found for key in article}
    return [{key: article.get(key) for key in sorted(keys)} for article in found]


@pytest.fixture(scope="session")
def reports() -> list[dict[str, Any]]:
    """Some hundred invented reports."""
    return [invented(number) for number in range(240)]
