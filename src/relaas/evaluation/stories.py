"""Reads the gold stories: a few reports on one course of events, labelled with what speaks of what (gold/stories/README.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from relaas.dates import is_date
from relaas.errors import GoldError
from relaas.model.document import Document
from relaas.model.link import DIRECTED, STATES, TYPES
from relaas.model.span import Span
from relaas.readers.plain import PlainText
from relaas.readers.reader import Options
from relaas.text import occurrences

FILE = "story.yaml"
SAME = "same_event"
SENSES = frozenset({"full", "partial", "contested", "encircled", "legal"})
ROLES = frozenset({"killed", "injured", "missing", "captured"})
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Story:
    """Reports by name, labelled claims as report and quote, and what is said of them.

    ``links`` holds every typed pair, the names of a pair in order; ``primaries`` groups the claims of a cluster by the source that
    they go back to.
    """

    name: str
    path: Path
    reports: Mapping[str, Document]
    claims: Mapping[str, tuple[str, Span]]
    clusters: tuple[frozenset[str], ...]
    primaries: tuple[frozenset[str], ...]
    states: tuple[tuple[frozenset[str], Mapping[str, str]], ...]
    links: Mapping[Pair, str]
    control: tuple[Mapping[str, Any], ...]
    casualties: tuple[Mapping[str, Any], ...]
    conditions: tuple[Mapping[str, Any], ...]

    @property
    def files(self) -> list[Path]:
        """The files of its reports by name."""
        return [self.path.parent / f"{name}.txt" for name in sorted(self.reports)]

    def across(self) -> Iterator[Pair]:
        """Pairs of labelled claims of different reports, each in the order of its names."""
        for one, other in combinations(sorted(self.claims), 2):
            if self.claims[one][0] != self.claims[other][0]:
                yield one, other


def load(folder: Path) -> list[Story]:
    """Every story of a folder by name; raises GoldError where there is none or one contradicts its texts."""
    files = sorted(folder.rglob(FILE))
    if not files:
        raise GoldError(f"{folder} holds no stories: no {FILE} in it or below it")
    return [read(file) for file in files]


def read(file: Path) -> Story:
    """One story; raises GoldError with every fault that is found in it."""
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    reports = {
        path.stem: PlainText().read(path.read_bytes(), path.name, Options())
        for path in sorted(file.parent.glob("*.txt"))
    }
    name = file.parent.name
    faults: list[str] = []
    claims: dict[str, tuple[str, Span]] = {}
    for key, row in data["claims"].items():
        if (found := _quote(reports, row)) is None:
            faults.append(f"{name}: the quote of {key} is not in {row['report']}: {row['quote']!r}")
        else:
            claims[key] = row["report"], found
    clusters = tuple(frozenset(row["claims"]) for row in data.get("clusters") or ())
    faults += [f"{name}: {fault}" for fault in _faults(data, set(data["claims"]))]
    if faults:
        raise GoldError("; ".join(faults))
    return Story(
        name=name,
        path=file,
        reports=reports,
        claims=claims,
        clusters=clusters,
        primaries=tuple(
            frozenset(group) for row in data.get("clusters") or () for group in _primaries(row, row["claims"])
        ),
        states=tuple((frozenset(row["claims"]), _dated(row.get("states"))) for row in data.get("clusters") or ()),
        links=_links(data, claims, clusters),
        control=tuple(data.get("control") or ()),
        casualties=tuple(data.get("casualties") or ()),
        conditions=tuple(data.get("conditions") or ()),
    )


def _quote(reports: Mapping[str, Document], row: Mapping[str, Any]) -> Span | None:
    report = reports.get(row["report"])
    starts = occurrences(report.text, row["quote"]) if report else []
    nth = int(row.get("nth") or 1)
    return Span(starts[nth - 1], starts[nth - 1] + len(row["quote"])) if len(starts) >= nth else None


def _faults(data: Mapping[str, Any], known: set[str]) -> Iterator[str]:
    seen: set[str] = set()
    for row in data.get("clusters") or ():
        members = list(row["claims"])
        if again := seen & set(members):
            yield f"{', '.join(sorted(again))} in two clusters"
        seen |= set(members)
        listed = [one for group in row.get("primaries") or () for one in group]
        if set(listed) - set(members) or len(listed) != len(set(listed)):
            yield f"the primaries of {members} are no partition of it"
        if wrong := set((row.get("states") or {}).values()) - set(STATES):
            yield f"no states: {', '.join(sorted(wrong))}"
    for row in data.get("links") or ():
        if row["type"] not in TYPES:
            yield f"{row['type']} is no type of link"
        if row["type"] in DIRECTED and len(row["claims"]) != 2:
            yield f"a {row['type']} has two claims, the later first"
    for row in data.get("control") or ():
        if row["sense"] not in SENSES:
            yield f"{row['sense']} is no sense of control"
    for row in data.get("casualties") or ():
        if row["role"] not in ROLES or row["kind"] not in {"total", "event"}:
            yield f"no role or kind: {row['role']}, {row['kind']}"
    sections = ("clusters", "links", "control", "casualties", "conditions")
    named = {one for section in sections for row in data.get(section) or () for one in row["claims"]}
    if named - known:
        yield f"unknown claims {', '.join(sorted(named - known))}"


def _primaries(row: Mapping[str, Any], members: Sequence[str]) -> list[list[str]]:
    groups: list[list[str]] = list(row.get("primaries") or ())
    listed = {one for group in groups for one in group}
    return groups + [[one] for one in members if one not in listed]


def _dated(states: Mapping[Any, str] | None) -> dict[str, str]:
    found = {str(day): state for day, state in (states or {}).items()}
    if wrong := [day for day in found if not is_date(day)]:
        raise GoldError(f"{', '.join(wrong)} is no date")
    return dict(sorted(found.items()))


def _links(
    data: Mapping[str, Any], claims: Mapping[str, tuple[str, Span]], clusters: Sequence[frozenset[str]]
) -> dict[Pair, str]:
    """Typed pairs; inside a cluster, pairs of different reports that nobody typed are of the same event."""
    found: dict[Pair, str] = {}
    for row in data.get("links") or ():
        for one, other in combinations(row["claims"], 2):
            found[(min(one, other), max(one, other))] = row["type"]
    for cluster in clusters:
        for one, other in combinations(sorted(cluster), 2):
            if claims[one][0] != claims[other][0]:
                found.setdefault((one, other), SAME)
    return found
