"""The situation report: what is said about a place in a period, by topic, with what is disputed and what is unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from relaas.ontology.display import labels, standing
from relaas.ontology.loader import language_data, languages
from relaas.queries.disputes import Dispute, disputes
from relaas.queries.ledgers import ledgers
from relaas.queries.picture import Picture, picture
from relaas.queries.place import Found
from relaas.queries.rows import Ledgers
from relaas.store.view import Filter, View

Claim = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One claim as the report shows it: its standing, and the number of the report that it cites."""

    claim: Claim
    standing: str
    report: int

    @property
    def sentence(self) -> int:
        """The sentence as people count, from 1."""
        return int(self.claim["sentence"]["index"]) + 1


@dataclass(frozen=True, slots=True)
class Section:
    """A topic with its lines, firmest standing first, then by report and place in it."""

    topic: str
    lines: tuple[Line, ...]

    def count(self, standing: str) -> int:
        """How many lines have this standing."""
        return sum(line.standing == standing for line in self.lines)


@dataclass(frozen=True, slots=True)
class Figure:
    """One claimant's figure, with every line that gives it."""

    quantity: Mapping[str, Any]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Disputed:
    """Lines that contradict each other, what is said to be so first, and why they are held to."""

    dispute: Dispute
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A report that the lines cite by its number."""

    number: int
    document: Mapping[str, Any]
    claims: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a situation report shows. ``asked`` holds the period as the person gave it; ``key`` the ledgers, from which the key changes are told."""

    place: Found
    asked: Mapping[str, str]
    accepted: bool
    sections: tuple[Section, ...]
    unknown: tuple[Line, ...]
    figures: tuple[Figure, ...]
    disputed: tuple[Disputed, ...]
    reports: tuple[Cited, ...]
    claims: int
    unreviewed: int
    picture: Picture
    key: Ledgers

    @property
    def standings(self) -> tuple[str, ...]:
        """The standings that occur, in the ontology's order."""
        present = {line.standing for section in self.sections for line in section.lines} | (
            {"unknown"} if self.unknown else set()
        )
        return tuple(one for one in labels("standings") if one in present)


def situation(view: View, place: Found, wanted: Filter, asked: Mapping[str, str], *, disputed: bool = False) -> Report:
    """The report on one place; ``wanted`` already holds the place and the period, ``disputed`` keeps what others contradict.

    Rejected claims have no part in it.
    """
    found = picture(view, wanted)
    claims = [
        claim
        for claim in found.claims
        if claim["id"] in found.asked and (not disputed or found.state(claim["id"]) == "disputed")
    ]
    numbers = _numbered(claims)
    lines = [
        Line(claim, standing(claim["evidence"], claim["certainty"]), numbers[claim["document"]["id"]].number)
        for claim in claims
    ]
    by_id = {line.claim["id"]: line for line in lines}
    return Report(
        place=place,
        asked=asked,
        accepted=wanted.accepted,
        sections=_sections(lines),
        unknown=tuple(line for line in lines if line.standing == "unknown"),
        figures=_figures(lines),
        disputed=tuple(Disputed(found, _sides([by_id[id] for id in found.claims])) for found in disputes(claims)),
        reports=tuple(numbers.values()),
        claims=len(claims),
        unreviewed=sum(claim["status"] == "unreviewed" for claim in claims),
        picture=found,
        key=ledgers(found, disputed=disputed),
    )


def _numbered(claims: Sequence[Claim]) -> dict[str, Cited]:
    """Reports numbered in the order of the claims: by date, then name."""
    counts: dict[str, int] = {}
    documents: dict[str, Mapping[str, Any]] = {}
    for claim in claims:
        id = claim["document"]["id"]
        documents.setdefault(id, claim["document"])
        counts[id] = counts.get(id, 0) + 1
    return {id: Cited(number, document, counts[id]) for number, (id, document) in enumerate(documents.items(), start=1)}


def _sections(lines: Sequence[Line]) -> tuple[Section, ...]:
    order = {name: rank for rank, name in enumerate(labels("standings"))}
    sections = []
    for topic in labels("topics"):
        own = [line for line in lines if line.claim["topic"] == topic and line.standing != "unknown"]
        if own:
            sections.append(Section(topic, tuple(sorted(own, key=lambda line: order[line.standing]))))
    return tuple(sections)


def _sides(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: line.standing == "denied"))


def _figures(lines: Sequence[Line]) -> tuple[Figure, ...]:
    """Figures of people and things, the killed first, then by report; the same figure of one claimant is one row."""
    rows: dict[tuple[str, ...], tuple[Mapping[str, Any], list[Line]]] = {}
    measures = {name for tongue in languages() for name in language_data(tongue, "units").get("measures", {})}
    order = {unit: rank for rank, unit in enumerate(language_data("en", "units").get("nouns", {}))}
    for line in lines:
        for quantity in line.claim["quantities"]:
            if not quantity["unit"] or quantity["unit"] in measures:
                continue
            claimant = str(
                (line.claim["source"] or {}).get("name")
                or line.claim["document"]["publisher"]
                or line.claim["document"]["name"]
            )
            time = str((line.claim["time"] or {}).get("edtf") or "")
            parts = (
                quantity["unit"],
                claimant,
                quantity["of"],
                quantity["low"],
                quantity["high"],
                quantity["value"],
                quantity["bound"],
                line.standing,
            )
            rows.setdefault((*map(str, parts), time), (quantity, []))[1].append(line)
    ordered = sorted(
        rows.values(),
        key=lambda row: (order.get(str(row[0]["unit"]), len(order)), str(row[0]["unit"]), row[1][0].report),
    )
    return tuple(Figure(quantity, tuple(cited)) for quantity, cited in ordered)
