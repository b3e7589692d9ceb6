"""Fits the ranker's weights on reports invented from the gazetteer; no annotated corpus is read.

A report is a set of names: of one district ("local"), of one country, of the world, or of a war (many small places of
one region). What makes such a set is known of any newspaper: places named together lie together, large ones are named
more, and papers name the country or the division of a small place more often than not. Names are drawn as GeoNames
spells them or by an alternate. Weights are pulled towards START where invented reports say little (old names, typing
errors).

    python training/places/train.py            # writes src/relaas/places/weights.json
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from relaas.knowledge.gazetteer import _COLUMNS, Candidate, Entry, Gazetteer
from relaas.knowledge.names import key
from relaas.knowledge.sources import capitals
from relaas.places.features import NAMES, Array, Name
from relaas.places.ranking import WEIGHTS, rank

REPORTS, EPOCHS, RATE, PULL = 3000, 14, 0.06, 0.002
START = {
    "spelled: name": 0.5,
    "spelled: curated": 0.9,
    "spelled: alternate": 0.0,
    "spelled: rule nl": -0.6,
    "spelled: rule en": -0.9,
    "spelled: rule": -1.8,
    "spelled: short": -0.3,
    "spelled: old": 0.0,
    "spelled: code": 1.0,
    "spelled: sound": -2.0,
    "spelled: typing": -3.0,
    "kind: country": 8.0,
    "kind: first-order division": 3.6,
    "kind: second-order division": -0.8,
    "kind: populated place": 0.0,
    "kind: region": 5.0,
    "kind: water": 4.0,
    "kind: continent": 7.0,
    "kind: site": 1.0,
    "log population of a town": 1.6,
    "log population of a division": 0.6,
    "renown of a town": 0.8,
    "capital of a country": 1.5,
    "largest of its name": 0.8,
    "namesakes": 0.0,
    "country named": 2.0,
    "division named": 1.5,
    "share of its country": 2.5,
    "share of its division": 2.0,
    "near the others": 2.5,
    "far from all others": -0.5,
    "kind word agrees": 4.0,
    "kind word disagrees": -3.5,
    "held by the next name": 5.0,
    "not held by the next name": -2.0,
    "home country": 0.8,
    "likeness": 6.0,
    "country of the same name": -1.5,
    "division of the same town": -2.5,
    "like its neighbours": 2.0,
    "country with a rival": -4.0,
    "likeness to its main name": 1.0,
    "water without an article": -4.0,
    "adjective agrees": 3.0,
    "adjective disagrees": -2.0,
    "country could hold the others": 0.5,
    "division could hold the others": 1.0,
    "could lie near the others": 1.5,
    "share of its country nearby": 1.0,
    "share of its division nearby": 1.0,
}
WARS = [
    "UA",
    "SY",
    "IQ",
    "SD",
    "PS",
    "IL",
    "AF",
    "YE",
    "LY",
    "ET",
    "CD",
    "ML",
    "NE",
    "BF",
    "NG",
    "MZ",
    "MM",
    "AZ",
    "AM",
    "GE",
    "RU",
    "LB",
    "SO",
    "SS",
    "CF",
    "TD",
    "PK",
]
ENGLISH = {"US": 9.0, "GB": 3.0, "CA": 1.5, "AU": 1.5, "IE": 0.5, "NZ": 0.4, "ZA": 0.4, "IN": 0.8, "NG": 0.4, "KE": 0.3}
DUTCH = {"NL": 9.0, "BE": 4.0, "DE": 1.0, "FR": 1.0, "GB": 0.8, "US": 1.0}


@dataclass
class World:
    """The gazetteer as lists to draw from."""

    towns: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    by_division: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    divisions: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    counties: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    countries: list[Entry] = field(default_factory=list)
    regions: list[Entry] = field(default_factory=list)
    cities: list[Entry] = field(default_factory=list)
    names: dict[int, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))


def main() -> None:
    """Invent, fit, write."""
    gazetteer = Gazetteer.open()
    world = _world(gazetteer)
    dice = random.Random(20)
    reports = [_report(world, gazetteer, dice) for _ in range(REPORTS)]
    reports = [report for report in reports if len(report[0]) > 0]
    held_out = reports[: len(reports) // 6]
    training = reports[len(reports) // 6 :]
    start = np.array([START[name] for name in NAMES])
    weight = start.copy()
    print("start:", _accuracy(held_out, weight))
    moment, second = np.zeros_like(weight), np.zeros_like(weight)
    step = 0
    for epoch in range(EPOCHS):
        dice.shuffle(training)
        for at in range(0, len(training), 50):
            gradient = np.zeros_like(weight)
            count = 0
            for names, gold, language in training[at : at + 50]:
                chance, rows, stacked = rank(names, language, weight)
                for number, right in enumerate(gold):
                    begin, end = stacked.starts[number], stacked.starts[number + 1]
                    gradient += chance[begin:end] @ rows[begin:end] - rows[begin + right]
                    count += 1
            gradient = gradient / max(count, 1) + PULL * (weight - start)
            step += 1
            moment = 0.9 * moment + 0.1 * gradient
            second = 0.99 * second + 0.01 * gradient**2
            rate = RATE * (1 - epoch / EPOCHS)
            weight -= rate * (moment / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
        print(epoch, _accuracy(held_out, weight))
    about = "Weights of the place ranker; made by training/places/train.py from reports invented out of the gazetteer."
    values = {name: round(float(value), 2) for name, value in zip(NAMES, weight, strict=True)}
    WEIGHTS.write_text(json.dumps({"about": about, "weights": values}, indent=1) + "\n", encoding="utf-8")


def _accuracy(reports: list[tuple[list[Name], list[int], str]], weight: Array) -> float:
    right = total = 0
    for names, gold, language in reports:
        chance, _, stacked = rank(names, language, weight)
        for number, wanted in enumerate(gold):
            begin, end = stacked.starts[number], stacked.starts[number + 1]
            right += int(np.argmax(chance[begin:end])) == wanted
            total += 1
    return round(right / max(total, 1), 4)


def _world(gazetteer: Gazetteer) -> World:
    world = World()
    base = gazetteer._connection()
    for row in base.execute(f"SELECT {_COLUMNS} FROM places WHERE country != '' OR kind != 'populated place'"):
        entry = gazetteer._entry(row)
        if entry.kind == "populated place":
            world.towns[entry.country].append(entry)
            world.by_division[entry.admin1].append(entry)
            if entry.population > 400_000:
                world.cities.append(entry)
        elif entry.kind == "first-order division":
            world.divisions[entry.country].append(entry)
        elif entry.kind == "second-order division":
            world.counties[entry.admin1].append(entry)
        elif entry.kind == "country":
            world.countries.append(entry)
        elif entry.region:
            world.regions.append(entry)
    for spelled, place, how in base.execute("SELECT key, place, how FROM names"):
        if spelled.isascii() and how <= 4:
            world.names[place].append((spelled, how))
    return world


def _draw(entries: list[Entry], dice: random.Random, power: float, count: int) -> list[Entry]:
    if not entries:
        return []
    weights = [_weight(entry) ** power for entry in entries]
    return list({entry.id: entry for entry in dice.choices(entries, weights, k=count)}.values())


def _weight(entry: Entry) -> float:
    """Inhabitants, more where the world has many spellings of the town, and a government's seat counts as three million
    more: papers name it for what it decides.
    """
    seat = entry.kind == "populated place" and (entry.country, entry.name) in capitals()
    known = (1 + entry.renown / 5) if entry.kind == "populated place" else 1.0
    return (max(entry.population, 300) + (3_000_000 if seat else 0)) * known


def _report(world: World, gazetteer: Gazetteer, dice: random.Random) -> tuple[list[Name], list[int], str]:
    language = dice.choice(["en", "en", "en", "nl"])
    pool = ENGLISH if language == "en" else DUTCH
    style = dice.choices(["local", "national", "world", "war"], [0.42, 0.2, 0.2, 0.18])[0]
    lands = {entry.country: entry for entry in world.countries}
    chosen: list[tuple[Entry, Entry | None]] = []  # a place, and the one named right after it

    def add(entries: list[Entry]) -> None:
        chosen.extend((entry, None) for entry in entries)

    if style in ("local", "national"):
        country = (
            dice.choices(list(pool), list(pool.values()))[0]
            if dice.random() < 0.75
            else dice.choice(sorted(world.towns))
        )
        if style == "local":
            division = dice.choice(_draw(world.divisions[country], dice, 0.5, 3) or [lands[country]])
            towns = _draw(world.by_division[division.admin1], dice, dice.choice([0.35, 0.6, 0.85]), dice.randint(1, 7))
            for town in towns:
                held = dice.random()
                chosen.append((town, division if held < 0.2 else lands.get(country) if held < 0.25 else None))
            if dice.random() < 0.5:
                add([division])
            if dice.random() < 0.4:
                add(_draw(world.counties[division.admin1], dice, 0.3, dice.randint(1, 2)))
            if dice.random() < 0.3:
                add([lands[country]] if country in lands else [])
            if dice.random() < 0.35:
                add(_draw(world.divisions[country], dice, 0.6, dice.randint(1, 3)))
        else:
            add(_draw(world.towns[country], dice, 0.9, dice.randint(2, 8)))
            add(_draw(world.divisions[country], dice, 0.5, dice.randint(0, 4)))
            if dice.random() < 0.7 and country in lands:
                add([lands[country]])
        if dice.random() < 0.4:
            add(_draw(world.cities, dice, 0.8, dice.randint(1, 3)))
            add(_draw(world.countries, dice, 0.35, dice.randint(0, 3)))
    elif style == "world":
        add(_draw(world.countries, dice, 0.35, dice.randint(2, 8)))
        add(_draw(world.cities, dice, 1.0, dice.randint(0, 6)))
        add(
            _draw(
                [
                    r
                    for lists in (world.divisions[c] for c in ("US", "GB", "CN", "IN", "CA", "AU", "RU"))
                    for r in lists
                ],
                dice,
                0.5,
                dice.randint(0, 3),
            )
        )
        add(_draw(world.regions, dice, 0.4, dice.randint(0, 3)))
    else:
        country = dice.choice(WARS)
        division = dice.choice(_draw(world.divisions[country], dice, 0.3, 3))
        add(_draw(world.by_division[division.admin1], dice, 0.35, dice.randint(1, 8)))
        if dice.random() < 0.6:
            add([division])
        if dice.random() < 0.8:
            add([lands[country]])
        add(_draw(world.towns[country], dice, 0.9, dice.randint(0, 3)))
        add(_draw(world.countries, dice, 0.3, dice.randint(0, 2)))
        add([r for r in _draw(world.regions, dice, 0.3, 12) if r.country == country])
    return (*_names(chosen, world, gazetteer, dice, language), language)


def _names(
    chosen: list[tuple[Entry, Entry | None]], world: World, gazetteer: Gazetteer, dice: random.Random, language: str
) -> tuple[list[Name], list[int]]:
    names: dict[str, Name] = {}
    gold: dict[str, int] = {}
    links: list[tuple[str, str]] = []
    spot = 0
    for entry, holder in chosen:
        spelled = _named(entry, world, gazetteer, dice, language, names, gold)
        spot += dice.choice([15, 40, 90, 160, 300])
        if spelled:
            names[spelled].spots = (*names[spelled].spots, spot)
            names[spelled].articled = entry.kind in ("river", "sea", "canal", "strait", "ocean") or dice.random() < 0.02
            if entry.country and dice.random() < 0.04:
                names[spelled].holders = frozenset([entry.country])
        if spelled and holder is not None:
            other = _named(holder, world, gazetteer, dice, language, names, gold)
            if other:
                names[other].spots = (*names[other].spots, spot + 12)
            if other and other != spelled:
                links.append((spelled, other))
    order = {spelled: number for number, spelled in enumerate(names)}
    for spelled, other in links:
        names[spelled].container = (order[other],)
    listed = list(names)
    for number, (one, other) in enumerate(pairwise(listed)):
        kinds = {names[spelled].candidates[gold[spelled]].entry.kind for spelled in (one, other)}
        if dice.random() < (0.35 if len(kinds) == 1 else 0.04):
            names[one].neighbours = (*names[one].neighbours, number + 1)
            names[other].neighbours = (*names[other].neighbours, number)
    return list(names.values()), [gold[spelled] for spelled in names]


def _named(
    entry: Entry,
    world: World,
    gazetteer: Gazetteer,
    dice: random.Random,
    language: str,
    names: dict[str, Name],
    gold: dict[str, int],
) -> str | None:
    spellings = world.names[entry.id]
    if not spellings:
        return None
    main = key(entry.name)
    spelled = main if dice.random() < 0.8 or entry.kind == "second-order division" else dice.choice(spellings)[0]
    if entry.kind == "first-order division" and dice.random() < 0.5:
        # Not by its seat's name: a bare "Kharkiv" is the town.
        spelled = min((s for s, how in spellings if how != 6), key=len, default=main)
    candidates: list[Candidate] = gazetteer.candidates(spelled, language)
    right = next((n for n, candidate in enumerate(candidates) if candidate.entry.id == entry.id), None)
    if right is None or (spelled in names and gold[spelled] != right):
        return None
    if spelled in names:
        names[spelled].mentions += 1
        return spelled
    kinds: tuple[str, ...] = ()
    seat = entry.kind.endswith("division") and any(
        c.entry.kind == "populated place"
        and c.entry.admin1 == entry.admin1
        and c.how != "short"
        and c.entry.population > 0.01 * entry.population
        for c in candidates
    )
    if seat and dice.random() < 0.85:
        # Not by its seat's name alone: a bare "Kidal" is the town.
        kinds = (entry.kind,)
    elif dice.random() < {"populated place": 0.12, "first-order division": 0.3}.get(entry.kind, 0.05):
        kinds = (entry.kind,)
    names[spelled] = Name(spelled, spelled, candidates, kinds, mentions=dice.choice([1, 1, 1, 2, 3]))
    gold[spelled] = right
    return spelled


if __name__ == "__main__":
    main()
