"""What speaks for one candidate of a toponym, as numbers a person can read."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from relaas.knowledge.gazetteer import Candidate
from relaas.knowledge.names import key
from relaas.knowledge.sources import capitals
from relaas.ontology.loader import language_data, languages

Array = NDArray[np.float64]
KINDS = (
    "country",
    "first-order division",
    "second-order division",
    "populated place",
    "region",
    "water",
    "continent",
    "site",
)
_GROUP = {
    "river": "water",
    "sea": "water",
    "lake": "water",
    "gulf": "water",
    "strait": "water",
    "ocean": "water",
    "bay": "water",
    "canal": "water",
    "former country": "region",
    "former division": "second-order division",
    "peninsula": "region",
    "island": "region",
    "islands": "region",
    "mountains": "region",
    "mountain": "site",
    "pass": "site",
    "desert": "region",
    "facility": "site",
    "seat of government": "site",
    "square": "site",
    "district": "site",
    "border": "site",
}
_ARTICLED_WATERS = ("river", "sea", "ocean", "canal", "strait")
SPELLINGS = ("name", "curated", "alternate", "rule nl", "rule en", "rule", "short", "old", "code", "sound", "typing")
NAMES = (
    *(f"spelled: {how}" for how in SPELLINGS),
    *(f"kind: {kind}" for kind in KINDS),
    "log population of a town",
    "log population of a division",
    "renown of a town",
    "capital of a country",
    "largest of its name",
    "namesakes",
    "kind word agrees",
    "kind word disagrees",
    "home country",
    "likeness",
    "country of the same name",
    "division of the same town",
    "likeness to its main name",
    "water without an article",
    "adjective agrees",
    "adjective disagrees",
    "country could hold the others",
    "division could hold the others",
    "could lie near the others",
    "country named",
    "division named",
    "country with a rival",
    "share of its country",
    "share of its division",
    "share of its country nearby",
    "share of its division nearby",
    "near the others",
    "far from all others",
    "held by the next name",
    "not held by the next name",
    "like its neighbours",
)
INDEX = {name: number for number, name in enumerate(NAMES)}
# Characters of text over which the bond between two names falls to a third.
REACH = 200.0
# Divisions in the world, about: a name with one bearer tells this much more than one with a bearer in each.
_DIVISIONS = 3000.0
# Above so many candidates in a report their distances to one another are not asked: it says enough without them.
_MOST_PAIRED = 600


@dataclass(slots=True)
class Name:
    """One distinct name of a report, with its candidates and what the words around it say."""

    text: str
    key: str
    candidates: Sequence[Candidate]
    kinds: tuple[str, ...] = ()
    container: tuple[int, ...] = ()  # numbers of the names that follow it as "Lyman, Oekraïne"
    neighbours: tuple[int, ...] = ()  # numbers of the names it is enumerated with
    mentions: int = 1
    spots: tuple[int, ...] = ()  # where in the text it stands
    articled: bool = False  # "the Dnipro"
    holders: frozenset[str] = frozenset()  # codes of what an adjective before it belongs to: "het Belgische Waterloo"
    plain: Array | None = None
    places: list[str] = field(default_factory=list)


@cache
def home(language: str) -> frozenset[str]:
    """The countries a language's papers report on without naming them."""
    data = language_data(language if language in languages() else "en", "places")
    return frozenset(data.get("home", []))


def group_of(kind: str) -> str:
    """The kind as the features know it."""
    return kind if kind in KINDS else _GROUP.get(kind, "site")


def plain_features(name: Name, language: str) -> Array:
    """One row for each candidate, from the name alone."""
    rows = np.zeros((len(name.candidates), len(NAMES)))
    most = max((c.entry.population for c in name.candidates if c.entry.kind == "populated place"), default=0)
    towns = sum(c.entry.kind == "populated place" for c in name.candidates)
    seats: dict[str, int] = {}
    for c in name.candidates:
        if c.entry.kind == "populated place" and c.how not in ("short", "old", "code", "sound", "typing"):
            seats[c.entry.admin1] = max(seats.get(c.entry.admin1, 0), c.entry.population)
    has_country = any(c.entry.kind == "country" for c in name.candidates)
    at_home = home(language)
    for row, candidate in zip(rows, name.candidates, strict=True):
        entry = candidate.entry
        row[INDEX[f"spelled: {candidate.how}"]] = 1
        group = group_of(entry.kind)
        row[INDEX[f"kind: {group}"]] = 1
        if entry.kind == "populated place":
            row[INDEX["log population of a town"]] = math.log10(max(entry.population, 100)) - 4
            row[INDEX["renown of a town"]] = math.log10(1 + entry.renown) - 0.7
            row[INDEX["capital of a country"]] = (entry.country, entry.name) in capitals()
            row[INDEX["largest of its name"]] = entry.population == most
            row[INDEX["namesakes"]] = math.log10(max(towns, 1))
        else:
            row[INDEX["log population of a division"]] = math.log10(max(entry.population, 1000)) - 6
        kinds = candidate.kinds or name.kinds
        if kinds:
            agrees = entry.kind in kinds
            row[INDEX["kind word agrees"]] = agrees
            row[INDEX["kind word disagrees"]] = not agrees
        # The fewer countries write the language, the more one of theirs is meant.
        row[INDEX["home country"]] = 2 / len(at_home) if entry.country in at_home and entry.kind != "country" else 0.0
        row[INDEX["likeness"]] = candidate.likeness - 1
        # "Kidal" is the town: the division of the same name has a word before it, or is a hundred times as large.
        row[INDEX["division of the same town"]] = (
            entry.kind.endswith("division") and seats.get(entry.admin1, 0) > 0.01 * entry.population
        )
        row[INDEX["likeness to its main name"]] = (
            0.0 if candidate.how == "name" else Levenshtein.normalized_similarity(name.key, key(entry.name)) - 0.5
        )
        row[INDEX["water without an article"]] = entry.kind in _ARTICLED_WATERS and not name.articled
        if name.holders:
            held = bool(name.holders & {entry.country, entry.admin1, entry.region})
            row[INDEX["adjective agrees"]] = held
            row[INDEX["adjective disagrees"]] = not held
        row[INDEX["country of the same name"]] = has_country and entry.kind != "country"
    return rows


@dataclass(slots=True)
class Stack:
    """All candidates of a report in one array: who owns them, where they lie."""

    owner: NDArray[np.int64]
    starts: list[int]
    lat: Array
    lon: Array
    country: NDArray[np.int64]
    division: NDArray[np.int64]
    specific: Array
    weight: Array
    near: Array  # how close two names stand in the text, from 0 to 1; 0 for a name to itself


def stack(names: Sequence[Name]) -> Stack:
    """The arrays that the context features are computed from."""
    countries: dict[str, int] = {"": 0}
    divisions: dict[str, int] = {"": 0}
    owner: list[int] = []
    lat: list[float] = []
    lon: list[float] = []
    country: list[int] = []
    division: list[int] = []
    specific: list[bool] = []
    starts: list[int] = []
    for number, name in enumerate(names):
        starts.append(len(owner))
        for candidate in name.candidates:
            entry = candidate.entry
            owner.append(number)
            lat.append(entry.lat)
            lon.append(entry.lon)
            country.append(countries.setdefault(entry.country, len(countries)))
            division.append(divisions.setdefault(entry.admin1, len(divisions)))
            specific.append(entry.kind not in ("country", "continent") and entry.extent_km < 400)
    starts.append(len(owner))
    weight = np.array([math.sqrt(min(name.mentions, 4)) for name in names])
    return Stack(
        np.array(owner, dtype=np.int64),
        starts,
        np.radians(np.array(lat)),
        np.radians(np.array(lon)),
        np.array(country, dtype=np.int64),
        np.array(division, dtype=np.int64),
        np.array(specific, dtype=np.float64),
        weight,
        _closeness(names),
    )


def _closeness(names: Sequence[Name]) -> Array:
    """For each pair of names how near their nearest mentions stand: a sentence apart counts half."""
    owner = np.array([number for number, name in enumerate(names) for _ in name.spots], dtype=np.int64)
    spots = np.array([spot for name in names for spot in name.spots], dtype=np.float64)
    near = np.zeros((len(names), len(names)))
    if len(spots):
        pairs = np.exp(-np.abs(spots[:, None] - spots[None, :]) / REACH)
        rows = np.repeat(owner, len(spots)).reshape(len(spots), len(spots))
        np.maximum.at(near, (rows, rows.T), pairs)
    np.fill_diagonal(near, 0.0)
    return near


def context_features(rows: Array, names: Sequence[Name], stacked: Stack, chance: Array) -> None:
    """Fill the columns that depend on the other names, given each candidate's chance so far."""
    s = stacked
    own = s.owner
    weighted = chance * s.weight[own]
    is_country = rows[:, INDEX["kind: country"]] > 0
    is_division = rows[:, INDEX["kind: first-order division"]] > 0
    total = max(float(s.weight.sum()), 1e-9)
    for values, column, named_column, named in (
        (s.country, "share of its country", "country named", is_country),
        (s.division, "share of its division", "division named", is_division),
    ):
        size = int(values.max()) + 1
        mine = np.bincount(own * size + values, weights=weighted, minlength=len(names) * size).reshape(-1, size)
        rest = mine.sum(axis=0)[values] - mine[own, values]
        rest[values == 0] = 0
        others = np.maximum(total - s.weight[own], 0.7)
        rows[:, INDEX[column]] = np.minimum(rest / others, 1.0)
        beside = (s.near @ mine)[own, values] / np.maximum(s.near @ s.weight, 0.3)[own]
        rows[:, INDEX[column + " nearby"]] = np.where(values == 0, 0.0, beside)
        bare = np.bincount(values, weights=np.where(named, chance, 0.0), minlength=size)
        seen = np.minimum(bare[values] - np.where(named, chance, 0.0), 1.0)
        seen[values == 0] = 0
        rows[:, INDEX[named_column]] = np.where(named, 0.0, seen)
    # A country that nothing else belongs to, while another bearer of its name lies where the report is (Georgia,
    # Jordan, Niger).
    rivals = np.where(is_country, 0.0, rows[:, INDEX["share of its country"]])
    best = np.zeros(len(names))
    np.maximum.at(best, own, rivals)
    rows[:, INDEX["country with a rival"]] = np.where(
        is_country & (rows[:, INDEX["share of its country"]] < 0.05), best[own], 0.0
    )
    _nearness(rows, s, chance)
    _containers(rows, names, s, chance)
    _neighbours(rows, names, s, chance)


def possible_features(rows: Array, s: Stack) -> None:
    """Where all names could lie together, however little known each is there; a name with many bearers says less."""
    count = len(s.starts) - 1
    others = max(count - 1, 1)
    for values, column in (
        (s.country, "country could hold the others"),
        (s.division, "division could hold the others"),
    ):
        present = np.zeros((count, int(values.max()) + 1))
        present[s.owner, values] = 1.0
        present[:, 0] = 0.0
        present *= _telling(present.sum(axis=1))[:, None]
        rest = present.sum(axis=0)[values] - present[s.owner, values]
        rows[:, INDEX[column]] = np.where(values == 0, 0.0, rest / others)
    if len(s.owner) > _MOST_PAIRED or count < 2:
        return
    x = (s.lon[:, None] - s.lon[None, :]) * np.cos((s.lat[:, None] + s.lat[None, :]) / 2)
    close = np.exp(-6371 / 60 * np.hypot(x, s.lat[:, None] - s.lat[None, :])) * s.specific[None, :]
    best = np.maximum.reduceat(close, s.starts[:-1], axis=1)
    best[np.arange(len(s.owner)), s.owner] = 0.0
    telling = _telling(np.bincount(s.owner, minlength=count).astype(np.float64))
    rows[:, INDEX["could lie near the others"]] = s.specific * (best @ telling) / others


def _telling(bearers: Array) -> Array:
    weights: Array = np.maximum(np.log(_DIVISIONS / np.maximum(bearers, 1.0)) / math.log(_DIVISIONS), 0.0)
    return weights


def _nearness(rows: Array, s: Stack, chance: Array) -> None:
    picked = np.array(
        [
            start + int(np.argmax(chance[start:end]))
            for start, end in zip(s.starts, s.starts[1:], strict=False)
            if end > start
        ],
        dtype=np.int64,
    )
    picked = picked[(s.specific[picked] > 0) & (chance[picked] > 0.4)]
    rows[:, INDEX["near the others"]] = 0
    rows[:, INDEX["far from all others"]] = 0
    if len(picked) == 0:
        return
    x = (s.lon[:, None] - s.lon[None, picked]) * np.cos((s.lat[:, None] + s.lat[None, picked]) / 2)
    distance = 6371 * np.hypot(x, s.lat[:, None] - s.lat[None, picked])
    closeness = np.exp(-distance / 120) * chance[picked][None, :]
    same = s.owner[:, None] == s.owner[picked][None, :]
    closeness[same] = 0
    distance[same] = 1e9
    near = np.minimum(closeness.max(axis=1) + 0.25 * (closeness.sum(axis=1) - closeness.max(axis=1)), 1.5)
    rows[:, INDEX["near the others"]] = np.where(s.specific > 0, near, 0)
    nearest = distance.min(axis=1)
    rows[:, INDEX["far from all others"]] = np.where((s.specific > 0) & (nearest > 700) & (nearest < 1e8), 1.0, 0.0)


def _containers(rows: Array, names: Sequence[Name], s: Stack, chance: Array) -> None:
    rows[:, INDEX["held by the next name"]] = 0
    rows[:, INDEX["not held by the next name"]] = 0
    for number, name in enumerate(names):
        for other in name.container:
            holders = Counter[str]()
            for at in range(s.starts[other], s.starts[other + 1]):
                holder = names[other].candidates[at - s.starts[other]].entry
                code = holder.admin2 or holder.admin1 or holder.country
                if holder.kind != "populated place" and code:
                    holders[code] += chance[at]
            if not holders:
                continue
            for at in range(s.starts[number], s.starts[number + 1]):
                entry = name.candidates[at - s.starts[number]].entry
                held = max(
                    (holders[code] for code in {entry.country, entry.admin1, entry.admin2} if code and code in holders),
                    default=0.0,
                )
                if entry.kind == "country":
                    held = 0.0
                rows[at, INDEX["held by the next name"]] = held
                rows[at, INDEX["not held by the next name"]] = 1 - held


def _neighbours(rows: Array, names: Sequence[Name], s: Stack, chance: Array) -> None:
    """Things enumerated together are of one kind: "Georgia, Alabama and Florida" are states."""
    column = INDEX["like its neighbours"]
    first, last = INDEX[f"kind: {KINDS[0]}"], INDEX[f"kind: {KINDS[-1]}"]
    rows[:, column] = 0
    for number, name in enumerate(names):
        if not name.neighbours:
            continue
        mass = np.zeros(len(KINDS))
        for other in name.neighbours:
            begin, end = s.starts[other], s.starts[other + 1]
            mass += chance[begin:end] @ rows[begin:end, first : last + 1]
        begin, end = s.starts[number], s.starts[number + 1]
        rows[begin:end, column] = rows[begin:end, first : last + 1] @ (mass / len(name.neighbours))


def describe(row: Array) -> dict[str, float]:
    """The features that are not zero, by name."""
    return {name: round(float(value), 3) for name, value in zip(NAMES, row, strict=True) if value}
