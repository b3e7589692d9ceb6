"""Holds the figures of an evaluation against their floors and says what fell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from relaas.errors import GoldError
from relaas.evaluation.floors import Book, fallen, guarded
from relaas.evaluation.gold import Gold, gold_hash
from relaas.evaluation.metrics import Comparison, compare, figures
from relaas.evaluation.predictions import Predictions, narration


@dataclass(frozen=True, slots=True)
class Measured:
    """One gold set, scored: its name (the folder's), the hash of its files, our figures and the baseline's."""

    name: str
    hash: str
    comparison: Comparison
    ours: dict[str, float]
    baseline: dict[str, float]


def measure(folder: Path, golds: Sequence[Gold], predictions: Predictions) -> Measured:
    """Score predictions, and the baseline, on the gold of one folder."""
    comparison, plain = compare(golds, predictions), compare(golds, narration(golds))
    return Measured(folder.name, gold_hash(folder), comparison, figures(comparison), figures(plain))


def verdict(measured: Measured, book: Book) -> Iterator[str]:
    """A sentence for each floor that does not hold; nothing where all hold or the set has none."""
    floors = book.sets.get(measured.name)
    if floors is None:
        return
    if floors.gold != measured.hash:
        yield f"{measured.name}: its floors were measured on another gold; set them anew with --raise --reason"
        return
    for figure, least, reached in fallen(floors.ours, measured.ours):
        yield f"{measured.name}: {figure} fell to {reached:.3f}, its floor is {least:.3f}"
    for figure, least, reached in fallen(floors.baseline, measured.baseline):
        yield f"{measured.name}: the baseline's {figure} fell from {least:.3f} to {reached:.3f}: we measure otherwise"


def lift(measured: Measured, book: Book, reason: str | None) -> Iterator[str]:
    """Raise the floors of a set and say which rose."""
    ours, baseline = (guarded(measured.comparison, each) for each in (measured.ours, measured.baseline))
    risen = book.lift(measured.name, measured.hash, ours, baseline, reason)
    yield f"{measured.name}: {len(risen)} of {len(ours)} floors rose"


def lower(measured: Measured, book: Book, wanted: Sequence[str], reason: str | None) -> Iterator[str]:
    """Let down the floors named; one that this set does not have is passed over, one that no set has is the caller's
    to refuse.
    """
    floors = book.sets.get(measured.name)
    for figure in wanted:
        if floors is not None and figure in floors.ours:
            if figure not in measured.ours:
                raise GoldError(f"{figure} is not measured any more")
            book.lower(measured.name, figure, measured.ours[figure], reason or "")
            yield f"{measured.name}: the floor of {figure} is {floors.ours[figure]:.3f} now"
