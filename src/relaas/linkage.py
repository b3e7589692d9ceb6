"""Links what the record holds: each reading that has not been linked yet with every linked one that it may share a thing with."""

from __future__ import annotations

from collections.abc import Callable

from relaas.linking.blocking import keys
from relaas.linking.facts import Facts, facts_of
from relaas.linking.identity import linker_identity
from relaas.linking.linker import links
from relaas.linking.report import Report, report_of
from relaas.linking.sieve import Held, Sieve
from relaas.linking.weights import Weights
from relaas.store.linking import LinkStore
from relaas.store.store import Store

BATCH = 200
KEPT = 4_000


def link(
    store: Store,
    *,
    batch: int = BATCH,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> int:
    """Link everything that is not linked yet, ``batch`` readings a transaction; returns how many readings that were. ``stop`` is asked
    after each transaction.

    A process that is killed leaves whole readings linked or not; two at once wait for each other. What links two readings hangs on the
    two alone, so neither order nor batch changes the outcome.
    """
    kept, done = _Kept(Weights.shipped()), 0
    while waiting := _waiting(store):
        for first in range(0, len(waiting), batch):
            some = waiting[first : first + batch]
            with store.writer() as writer:
                base = LinkStore(writer.connection, linker_identity())
                for reading, document in base.unlinked(some):
                    _link_reading(base, reading, document, kept)
            done += len(some)
            if progress:
                progress(done, done + len(waiting) - first - len(some))
            if stop is not None and stop():
                return done
    return done


def _waiting(store: Store) -> list[int]:
    with store.view() as view:
        return [reading for reading, _ in LinkStore(view.connection, linker_identity()).unlinked()]


class _Kept:
    """Reports that were just used, so that a long run need not make them anew; the oldest go first."""

    def __init__(self, weights: Weights) -> None:
        self.sieve = Sieve(weights)
        self.reports: dict[int, Held] = {}

    def add(self, number: int, report: Report) -> Held:
        held = self.reports[number] = self.sieve.hold(report)
        if len(self.reports) > KEPT:
            del self.reports[next(iter(self.reports))]
        return held


def _link_reading(base: LinkStore, reading: int, document: str, kept: _Kept) -> None:
    facts = facts_of(base.claims(reading), base.claim_words(reading), credits=base.named_bodies(reading))
    centre = kept.sieve.weights.centre
    report = kept.add(reading, report_of(document, facts, base.vectors([reading])[reading], centre))
    found = keys(facts)
    numbers = base.sharing(found)
    others = _reports(base, numbers, kept)
    found_links = [
        (_ends(report, reading, others[at], numbers[at]), one) for at, one in links(report, others, kept.sieve)
    ]
    found_links += [((reading, reading), one) for _, one in links(report, [report], kept.sieve)]
    base.add_links(found_links)
    base.add(reading, [one.to_json() for one in facts], found)


def _ends(mine: Held, reading: int, other: Held, number: int) -> tuple[int, int]:
    """The two readings, that of the later report first."""
    return (reading, number) if mine.report.order >= other.report.order else (number, reading)


def _reports(base: LinkStore, numbers: list[int], kept: _Kept) -> list[Held]:
    missing = [number for number in numbers if number not in kept.reports]
    facts, vectors = base.facts(missing), base.vectors(missing)
    centre = kept.sieve.weights.centre
    made = {
        number: kept.add(number, report_of(id, [Facts.from_json(row) for row in rows], vectors[number], centre))
        for number, (id, rows) in facts.items()
    }
    return [made.get(number) or kept.reports[number] for number in numbers]
