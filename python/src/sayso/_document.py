"""A document and its statements, as Python has them: frozen, with every value by its name.

The names are those of the JSON form. Offsets count code points, as Python's strings do, so ``document.text[words.start:words.end] ==
words.text`` for all words that a statement points at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Words:
    """A stretch of the document's text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Role(Words):
    """Who takes part, as what."""

    role: str
    actor_id: str | None
    name: str | None


@dataclass(frozen=True)
class Place(Words):
    """Where."""

    name: str | None
    country: str | None
    admin1: str | None
    geonames_id: int | None
    latitude: float | None
    longitude: float | None
    geo_precision: int | None
    where_prec: int | None
    level: str
    from_: Words | None = None


@dataclass(frozen=True)
class Time(Words):
    """When, in EDTF, with the first and the last day that it can mean."""

    edtf: str
    earliest: str | None
    latest: str | None
    time_precision: int
    date_prec: int
    level: str
    from_: Words | None = None


@dataclass(frozen=True)
class Quantity(Words):
    """How many; a number that the words do not give is ``None``."""

    of: str
    low: int | None
    best: int | None
    high: int | None
    rule: str


@dataclass(frozen=True)
class Attribution:
    """One link of the chain of who says so."""

    source: str
    start: int
    end: int
    actor_id: str | None
    name: str | None
    kind: str
    cue: str
    cue_start: int
    cue_end: int


@dataclass(frozen=True)
class Responsibility:
    """Who claims it, denies it, is blamed for it or confirmed to have done it."""

    stance: str
    by: str
    start: int
    end: int
    actor_id: str | None
    name: str | None


@dataclass(frozen=True)
class Evidence(Words):
    """Where a statement stands."""

    sentence: int
    trigger: Words
    also: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Statement:
    """One thing that a document states: who did what to whom, where, when, how many, and on whose say-so."""

    id: str
    document_id: str
    kind: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    outcome: str | None
    acled: dict[str, str] | None
    phase: str | None
    aggregate: bool
    roles: tuple[Role, ...]
    place: Place | None
    time: Time | None
    quantities: tuple[Quantity, ...]
    modality: str
    hedge: Words | None
    negated: bool
    tense: str
    attribution: tuple[Attribution, ...]
    responsibility: tuple[Responsibility, ...]
    unclaimed: bool
    evidence: Evidence
    confidence: float
    coder: dict[str, str]
    _json: dict[str, Any] = field(repr=False, compare=False)

    @property
    def actors(self) -> tuple[Role, ...]:
        """Those who act."""
        return tuple(role for role in self.roles if role.role == "actor")

    @property
    def recipients(self) -> tuple[Role, ...]:
        """Those to whom it is done."""
        return tuple(role for role in self.roles if role.role == "recipient")

    def quantity(self, of: str) -> Quantity | None:
        """The first quantity of a kind: ``killed``, ``injured`` …"""
        return next((quantity for quantity in self.quantities if quantity.of == of), None)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, as ``sayso code`` prints it."""
        return dict(self._json)

    @staticmethod
    def of(json: dict[str, Any]) -> Statement:
        """The statement of a JSON form."""
        return Statement(
            id=json["id"],
            document_id=json["document_id"],
            kind=json["kind"],
            type=json["type"],
            mode=json.get("mode"),
            contexts=tuple(json.get("contexts") or ()),
            outcome=json.get("outcome"),
            acled=json.get("acled"),
            phase=json.get("phase"),
            aggregate=json["aggregate"],
            roles=tuple(Role(**role) for role in json["roles"]),
            place=_place(json["place"]),
            time=_time(json["time"]),
            quantities=tuple(Quantity(**quantity) for quantity in json["quantities"]),
            modality=json["modality"],
            hedge=_words(json["hedge"]),
            negated=json["negated"],
            tense=json["tense"],
            attribution=tuple(Attribution(**link) for link in json["attribution"]),
            responsibility=tuple(Responsibility(**by) for by in json["responsibility"]),
            unclaimed=json.get("unclaimed", False),
            evidence=_evidence(json["evidence"]),
            confidence=json["confidence"],
            coder=json["coder"],
            _json=json,
        )


@dataclass(frozen=True)
class Document:
    """One document: its frozen text, what its page says of itself, and its statements in the order of the text."""

    id: str
    text: str
    url: str | None
    title: str | None
    byline: str | None
    publisher: str | None
    credit: dict[str, str] | None
    published: str | None
    published_found: str | None
    retrieved: str | None
    language: str
    coded: bool
    raw_sha256: str
    text_sha256: str
    blocks: tuple[dict[str, Any], ...] = field(repr=False)
    statements: tuple[Statement, ...] = field(repr=False)
    _json: dict[str, Any] = field(repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, with the statements under ``statements``."""
        return {**self._json, "statements": [statement.to_dict() for statement in self.statements]}

    @staticmethod
    def of(json: dict[str, Any], statements: list[dict[str, Any]]) -> Document:
        """The document of a JSON form."""
        values = {**json, "blocks": tuple(json["blocks"])}
        return Document(**values, statements=tuple(Statement.of(statement) for statement in statements), _json=json)


def _words(json: dict[str, Any] | None) -> Words | None:
    return None if json is None else Words(**json)


def _with_from(json: dict[str, Any]) -> dict[str, Any]:
    values = {name: value for name, value in json.items() if name != "from"}
    return {**values, "from_": _words(json.get("from"))}


def _place(json: dict[str, Any] | None) -> Place | None:
    return None if json is None else Place(**_with_from(json))


def _time(json: dict[str, Any] | None) -> Time | None:
    return None if json is None else Time(**_with_from(json))


def _evidence(json: dict[str, Any]) -> Evidence:
    also = tuple(_evidence(further) for further in json.get("also", ()))
    return Evidence(**{**json, "trigger": Words(**json["trigger"]), "also": also})
