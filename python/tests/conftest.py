"""What the tests read: the repository's examples, and invented reports with copies among them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

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


PLACES = ["Kano", "Jos", "Maiduguri", "Kaduna", "Sokoto", "Zaria", "Gusau", "Katsina"]
DAYS = ["3 March 2024", "9 March 2024", "14 March 2024", "22 March 2024", "30 March 2024"]


def invented(number: int) -> dict[str, Any]:
    """A report: of every three, the second tells the first's event in its own words, and the third copies the first."""
    story, telling = divmod(number, 3)
    place, day, killed = PLACES[story % len(PLACES)], DAYS[story % len(DAYS)], 3 + story % 23
    told = (
        f"Gunmen attacked a market in {place} on {day}, killing {killed} traders and wounding {killed + 4} others, police said. "
        f"The attackers came on motorcycles at dawn and set shops on fire before soldiers arrived, residents told reporters in {place}. "
        f"A spokesman for the state police, number {story}, said that {killed} bodies had been taken to the hospital of the town. "
        "Nobody has claimed responsibility for the attack. The governor visited the market and promised help to the families."
    )
    retold = (
        f"At least {killed} people died on {day} when armed men raided the market of {place}, according to the Red Cross. "
        f"Witness {story} in {place} said the raiders had burned stalls. Boko Haram is active in the region."
    )
    published = f"2024-04-{1 + (number % 28):02d}"
    base = {"id": f"report-{number:05d}", "publisher": f"Paper {number % 7}", "published": published, "title": f"Attack in {place}"}
    base["credit"] = None
    if telling == 1:
        return {**base, "text": retold}
    if telling == 2:
        return {**base, "text": told + " This report was received by wire.", "credit": f"Paper {(number - 2) % 7}"}
    return {**base, "text": told}


@pytest.fixture(scope="session")
def reports() -> list[dict[str, Any]]:
    """Some hundred invented reports."""
    return [invented(number) for number in range(240)]
