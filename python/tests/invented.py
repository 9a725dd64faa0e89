"""Invented reports, with copies among them."""

from __future__ import annotations

import random
from typing import Any

PLACES = ["Kano", "Jos", "Maiduguri", "Kaduna", "Sokoto", "Zaria", "Gusau", "Katsina"]
DAYS = ["3 March 2024", "9 March 2024", "14 March 2024", "22 March 2024", "30 March 2024"]
PEOPLE = ["A teacher", "A baker", "A nurse", "A driver", "A trader", "An elder", "A mechanic", "A tailor", "A fisherman", "A farmer"]
DEEDS = ["counted", "carried", "remembered", "described", "found", "repaired", "photographed", "hid", "collected", "buried"]
THINGS = ["three carts", "the school bell", "two bicycles", "a radio", "broken lamps", "sacks of millet", "an old map", "the well's rope"]
WAYS = ["behind the clinic", "near the river", "under a tree", "by the old bridge", "at the bus stop", "along the canal", "in the yard"]
TIMES = ["before noon", "after the rain", "at dusk", "during prayers", "once the road was open", "while others waited", "the next morning"]


def details(story: str) -> str:
    """What only this story has: so that two stories share no run of words, as two news reports do not."""
    choose = random.Random(story)

    def word() -> str:
        return "".join(choose.choice(("ba", "do", "ki", "lu", "me", "no", "ra", "su", "ti", "wo")) for _ in range(4))

    def sentence() -> str:
        who, did, what, where, when = (choose.choice(words) for words in (PEOPLE, DEEDS, THINGS, WAYS, TIMES))
        return f"{who} from {word()} {did} {what} of {word()} {where}, next to {word()} and {word()}, {when}."

    return " ".join(sentence() for _ in range(14))


def invented(number: int) -> dict[str, Any]:
    """A report: of every three, the second tells the first's event in its own words, and the third copies the first."""
    story, telling = divmod(number, 3)
    place, day, killed = PLACES[story % len(PLACES)], DAYS[story % len(DAYS)], 3 + story % 23
    told = f"Gunmen attacked a market in {place} on {day}, killing {killed} traders and wounding {killed + 4} others, police said. "
    told += details(f"told {story}") + " Nobody has claimed responsibility for the attack."
    retold = (
        f"At least {killed} people died on {day} when armed men raided the market of {place}, according to the Red Cross. "
        f"{details(f'retold {story}')} Boko Haram is active in the region."
    )
    base: dict[str, Any] = {
        "id": f"report-{number:05d}",
        "publisher": f"Paper {number % 7}",
        "published": f"2024-04-{1 + story % 26 + telling:02d}",
        "title": f"Attack in {place}",
        "credit": f"Paper {(number - 2) % 7}" if telling == 2 else None,
    }
    texts = [told, retold, told + " This report was received by wire."]
    return {**base, "text": texts[telling]}
