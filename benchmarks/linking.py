"""How long linking takes: ``python benchmarks/linking.py [--week 100] [CLAIMS …]`` (100,000 claims unless told), and one report more.

The record is made up like that of a desk that follows one war: a hundred reports a week of eighteen claims each, about four hundred towns of which few
are often named, three of them fought over for six weeks at a time and in every other report; one report in seven takes its sentences from another of
the same days. Vectors are random, but alike for what tells of the same event, so that about as many pairs are near as in read reports.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from relaas.ids import bytes_hash, content_hash
from relaas.linkage import link
from relaas.linking.weights import Weights
from relaas.model.claim import Claim, Sentence
from relaas.model.document import Document, Passage
from relaas.model.event import Event
from relaas.model.place import Place
from relaas.model.quantity import Quantity
from relaas.model.run import Run
from relaas.model.source import Source
from relaas.model.span import Span
from relaas.store.store import Store

CLAIMS, TOWNS, FRONT, SEASON, COPIES, BEGIN = 18, 400, 3, 42, 1 / 7, date(2022, 3, 1)
RUN = Run({"benchmark": "1"})
SAID = (
    ("the army captured the town of {town}", "control", None),
    ("rebels hold the eastern districts of {town}", "control", None),
    ("{town} is back in the hands of the army", "control", None),
    ("at least {count} people were killed in {town}", "casualties", "killed"),
    ("{count} civilians were wounded when shells hit the market of {town}", "casualties", "injured"),
    ("the hospital of {town} counted {count} dead", "casualties", "killed"),
    ("power has been cut off in {town}", "services", None),
    ("the pumping station of {town} was repaired overnight", "services", None),
    ("{count} families have fled {town}", "displacement", "displaced"),
    ("heavy fighting was under way around {town}", "battle", None),
    ("artillery struck the northern road into {town} before dawn", "battle", None),
    ("the advance on {town} has slowed in the mud", "offensive", None),
    ("trenches are being dug west of {town}", "defence", None),
    ("the brigade near {town} is short of shells", "forces", None),
    ("the minister called the attack on {town} a crime", "statement", None),
    ("talks about a truce for {town} broke down", "agreement", None),
    ("a convoy with flour reached {town}", "aid", None),
    ("a third of the houses of {town} lies in ruins", "damage", None),
    ("residents of {town} queue for bread", "civilians", None),
    ("{count} men were detained at a checkpoint outside {town}", "arrest", "detained"),
)
ASIDE = (
    "since the weekend",
    "according to two people there",
    "for the second time",
    "as snow fell",
    "after a quiet month",
    "",
    "",
    "",
)
SPEAKERS = (
    "army",
    "hospital",
    "residents",
    "mayor",
    "ministry of defence",
    "rebels",
    "aid group",
    "police",
    None,
    None,
)
KINDS = {"army": "military", "rebels": "armed_group", "mayor": "official", "ministry of defence": "official"}
CENTRE = Weights.shipped().centre


@dataclass(frozen=True)
class Sentenced:
    """A sentence of a report that is to be made."""

    quote: str
    topic: str
    town: int
    quantity: tuple[int, str] | None
    speaker: str | None
    vector: bytes


def main() -> None:
    """Link so many claims from nothing, then one report more, and say how long each took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("claims", nargs="*", type=int, default=[100_000])
    parser.add_argument("--week", type=int, default=100, help="reports a week")
    options = parser.parse_args()
    for wanted in options.claims:
        with tempfile.TemporaryDirectory() as folder, Store.open(str(Path(folder, "bench.db"))) as store:
            reports = list(archive(wanted // CLAIMS + 1, options.week))
            for day, told in reports[:-1]:
                add(store, day, told)
            start, wall = time.process_time(), time.perf_counter()
            link(store)
            taken, waited = time.process_time() - start, time.perf_counter() - wall
            add(store, *reports[-1])
            stored, clock = time.process_time(), time.perf_counter()
            link(store)
            more, later = time.process_time() - stored, time.perf_counter() - clock
            with store.engine.connect() as connection:
                links = connection.exec_driver_sql("SELECT count(*) FROM links").scalar()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{wanted} claims: linked in {taken:.1f} s of one processor ({waited:.1f} s on the clock, {1e6 * taken / wanted:.0f} µs a claim), "
            f"{links} links, {memory:.0f} MB; one report more {more:.2f} s ({later:.2f} s on the clock)",
            flush=True,
        )


def archive(count: int, week: int) -> Iterator[tuple[date, list[Sentenced]]]:
    """So many reports, week after week."""
    chance = random.Random(1)
    often = [1 / (rank + 3) for rank in range(TOWNS)]
    lately: list[list[Sentenced]] = []
    for number in range(count):
        day = number * 7 // week
        front = random.Random(day // SEASON).sample(range(TOWNS), FRONT)
        towns = [*chance.choices(range(TOWNS), often, k=2), *([chance.choice(front)] if chance.random() < 0.5 else [])]
        told = [sentence(chance, chance.choice(towns), day) for _ in range(CLAIMS)]
        if lately and chance.random() < COPIES:
            kept = chance.choice(lately)[: CLAIMS * 3 // 4]
            told = kept + told[len(kept) :]
        lately = [*lately, told][-max(1, 2 * week // 7) :]
        yield BEGIN + timedelta(days=day), told


def sentence(chance: random.Random, town: int, day: int) -> Sentenced:
    """A sentence about a town on a day; what is told of it in one half week is one event."""
    at = chance.randrange(len(SAID))
    words, topic, unit = SAID[at]
    event = np.random.default_rng((at, town, day // 4))
    count = int(event.integers(2, 60)) + chance.choice((0, 0, 0, 1, 4))
    quote = f"{words.format(town=f'Town{town}', count=count)} {chance.choice(ASIDE)}".strip()
    kind = np.random.default_rng(at)
    noise = np.random.default_rng(chance.randrange(1 << 30))
    parts = [0.35 * each.normal(size=384) / 20 for each in (kind, event, noise)]
    vector = ((CENTRE if CENTRE is not None else 0.0) + sum(parts)).astype("<f2").tobytes()
    return Sentenced(quote, topic, town, (count, unit) if unit else None, chance.choice(SPEAKERS), vector)


def add(store: Store, day: date, told: list[Sentenced]) -> None:
    """One more report in the record, unlinked."""
    text = " ".join(f"{one.quote}." for one in told)
    number = content_hash(day.isoformat(), text)
    outlet = f"Outlet {int(number[:6], 16) % 40}"
    document = Document(
        content_hash(number, text), bytes_hash(text.encode()), f"{number}.txt", text, Span(0, len(text)), outlet, day.isoformat(), None, "en"
    )  # fmt: skip
    made, start = [], 0
    for index, one in enumerate(told):
        made.append(claim(document, one, Span(start, start + len(one.quote)), index))
        start += len(one.quote) + 2
    vectors = {index: one.vector for index, one in enumerate(told)}
    with store.writer() as writer:
        settled = writer.add_document(document, text.encode())
        words = [one.quote for one in told]
        lemmas = [" ".join(f"{word.lower()}/{word.lower()}" for word in quote.split()) for quote in words]
        writer.add_reading(settled, RUN, made, words, [], lemmas=lemmas, vectors=vectors)


def claim(document: Document, one: Sentenced, quote: Span, index: int) -> Claim:
    """A claim about a town, with a figure where its words have one."""
    where = random.Random(one.town)
    at, name = (where.uniform(46, 52), where.uniform(30, 40)), f"Town{one.town}"
    town = Place(name, name, one.town + 1, "populated place", "location", False, *at, 4.0, None, None, "XX")
    counts: tuple[Quantity, ...] = ()
    if one.quantity:
        count, unit = one.quantity
        counts = (Quantity(str(count), count, count, count, "=", unit, None, False, quote.start, quote.end),)
    labels = {
        "source": Source(one.speaker, KINDS.get(one.speaker, "organisation")) if one.speaker else None,
        "event": Event("ASSAULT", "heavy-weapons") if one.topic == "battle" else None,
        "places": (town,),
        "quantities": counts,
        "reported": document.published,
    }
    told, passage = "attributed" if one.speaker else "stated", Passage("body", document.body, "en")
    return Claim(document.id, quote, 0, Sentence(index, quote), passage, told, "CT+", one.topic, **labels)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
