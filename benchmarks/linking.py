"""How long linking takes: ``python benchmarks/linking.py [CLAIMS …]`` (100,000 unless told), and one report more.

Reports are made up from sentences of war at thousands of places over years, twenty claims each; some are about the same few places, as in news.
Vectors are random, but alike for what tells of the same event, so that about as many pairs are near as in read reports.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from relaas.ids import bytes_hash, content_hash
from relaas.linkage import link
from relaas.linking.linker import Weights
from relaas.model.claim import Claim, Sentence
from relaas.model.document import Document, Passage
from relaas.model.place import Place
from relaas.model.quantity import Quantity
from relaas.model.run import Run
from relaas.model.source import Source
from relaas.model.span import Span
from relaas.store.store import Store

CLAIMS_A_REPORT, PLACES, DAYS, HOT = 20, 4_000, 3_650, 0.15
RUN = Run({"benchmark": "1"})
SAID = (
    ("the army captured the town of {place}", "control"),
    ("rebels have withdrawn from {place}", "control"),
    ("at least {count} people were killed in {place}", "casualties"),
    ("{count} civilians were wounded when shells hit the market of {place}", "casualties"),
    ("power has been cut off in {place}", "services"),
    ("{count} families have fled {place}", "displacement"),
    ("heavy fighting was under way around {place}", "battle"),
    ("the minister called the attack on {place} a crime", "statement"),
)
SPEAKERS = ("army", "hospital", "residents", "mayor", "ministry of defence", "rebels", "aid group", None)


def main() -> None:
    """Link so many claims from nothing, then one report more, and say how long each took."""
    for wanted in [int(one) for one in sys.argv[1:]] or [100_000]:
        with tempfile.TemporaryDirectory() as folder, Store.open(str(Path(folder, "bench.db"))) as store:
            chance = random.Random(1)
            for number in range(wanted // CLAIMS_A_REPORT):
                add(store, chance, number)
            start, wall = time.process_time(), time.perf_counter()
            link(store)
            taken, waited = time.process_time() - start, time.perf_counter() - wall
            add(store, chance, wanted)
            stored = time.process_time()
            link(store)
            more = time.process_time() - stored
            with store.engine.connect() as connection:
                links = connection.exec_driver_sql("SELECT count(*) FROM links").scalar()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{wanted} claims: linked in {taken:.1f} s of one processor ({waited:.1f} s on the clock, {1e6 * taken / wanted:.0f} µs a claim), "
            f"{links} links, {memory:.0f} MB; one report more {more:.2f} s"
        )


def add(store: Store, chance: random.Random, number: int) -> None:
    """One more report in the record, unlinked."""
    day = date(2014, 1, 1) + timedelta(days=chance.randrange(DAYS))
    hot = chance.random() < HOT
    places = [chance.randrange(20) if hot else chance.randrange(PLACES) for _ in range(2)]
    text, claims, vectors = "", [], {}
    for index in range(CLAIMS_A_REPORT):
        place = chance.choice(places)
        words, topic = chance.choice(SAID)
        count = chance.randrange(2, 60)
        quote = words.format(place=f"Town{place}", count=count)
        start = len(text)
        text += quote + ". "
        claims.append((Span(start, start + len(quote)), topic, place, count, chance.choice(SPEAKERS), index))
        event = np.random.default_rng(SAID.index((words, topic)) * 7919 + place)
        noise = np.random.default_rng(number * 100 + index)
        centre = Weights.shipped().centre
        base = centre if centre is not None else 0.0
        vectors[index] = (
            (base + 0.35 * event.normal(size=384) / 20 + 0.35 * noise.normal(size=384) / 20).astype("<f2").tobytes()
        )
    document = Document(
        content_hash(number, text), bytes_hash(text.encode()), f"{number}.txt", text, Span(0, len(text)),
        f"Outlet {chance.randrange(40)}", day.isoformat(), None, "en",
    )  # fmt: skip
    made = [claim(document, *one) for one in claims]
    with store.writer() as writer:
        settled = writer.add_document(document, text.encode())
        words = [one.quote.of(text) for one in made]
        lemmas = [" ".join(f"{word.lower()}/{word.lower()}" for word in quote.split()) for quote in words]
        writer.add_reading(settled, RUN, made, words, [], lemmas=lemmas, vectors=vectors)


def claim(
    document: Document, quote: Span, topic: str, place: int, count: int, speaker: str | None, index: int
) -> Claim:
    """A claim about a town, with a figure where its words have one."""
    where = random.Random(place)
    town = Place(
        f"Town{place}", f"Town{place}", place + 1, "populated place", "location", False, where.uniform(-50, 60), where.uniform(-100, 100), 4.0, None, None, "XX"
    )  # fmt: skip
    unit = {"casualties": "killed", "displacement": "displaced"}.get(topic)
    counts = (
        (Quantity(str(count), count, count, count, "=", unit, None, False, quote.start, quote.end),) if unit else ()
    )
    return Claim(
        document.id, quote, 0, Sentence(index, quote), Passage("body", document.body, "en"), "attributed" if speaker else "stated", "CT+", topic,
        source=Source(speaker, "military") if speaker else None, places=(town,), quantities=counts, reported=document.published,
    )  # fmt: skip


if __name__ == "__main__":
    main()
