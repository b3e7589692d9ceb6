"""Links what the record holds: each reading that has not been linked yet with every linked one that it may share a thing with."""

from __future__ import annotations

from collections.abc import Callable

from relaas.linking.blocking import keys
from relaas.linking.facts import Facts, facts_of
from relaas.linking.identity import linker_identity
from relaas.linking.linker import Weights, links
from relaas.linking.report import Report, report_of
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
    weights, kept, done = Weights.shipped(), _Kept(), 0
    while waiting := _waiting(store):
        for first in range(0, len(waiting), batch):
            some = waiting[first : first + batch]
            with store.writer() as writer:
                base = LinkStore(writer.connection, linker_identity())
                for reading, document in base.unlinked(some):
                    _link_reading(base, reading, document, weights, kept)
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

    def __init__(self) -> None:
        self.reports: dict[int, Report] = {}

    def add(self, number: int, report: Report) -> None:
        self.reports[number] = report
        if len(self.reports) > KEPT:
            del self.reports[next(iter(self.reports))]


def _link_reading(base: LinkStore, reading: int, document: str, weights: Weights, kept: _Kept) -> None:
    facts = facts_of(base.claims(reading), base.claim_words(reading), credits=base.named_bodies(reading))
    report = report_of(document, facts, base.vectors([reading])[reading], weights.centre)
    found = keys(facts)
    for number, other in _reports(base, base.sharing(found), weights, kept):
        later = report if report.order >= other.order else other
        order = (reading, number) if later is report else (number, reading)
        base.add_links(order, links(report, other, weights))
    base.add_links((reading, reading), links(report, report, weights))
    base.add(reading, [one.to_json() for one in facts], found)
    kept.add(reading, report)


def _reports(base: LinkStore, numbers: list[int], weights: Weights, kept: _Kept) -> list[tuple[int, Report]]:
    missing = [number for number in numbers if number not in kept.reports]
    facts, vectors = base.facts(missing), base.vectors(missing)
    made = {
        number: report_of(id, [Facts.from_json(row) for row in rows], vectors[number], weights.centre)
        for number, (id, rows) in facts.items()
    }
    for number, report in made.items():
        kept.add(number, report)
    return [(number, made.get(number) or kept.reports[number]) for number in numbers]
