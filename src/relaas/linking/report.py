"""A report as linking sees it, and how near the sentences of reports are in meaning.

Vectors are whole numbers, so that their products are exact and the same in any company: sums of floats hang on how many rows are multiplied at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from relaas.linking.duplicates import signature
from relaas.linking.facts import Facts

Matrix = NDArray[np.float64]
LENGTH = 4_000
"""Length of a vector: with rounding below 4,096, so that every sum of products stays below 2**24, where 32-bit floats count without loss."""
TIES = 1e-6
WIDE = 64
"""Claims of a report up to which values are counted one against the other, beyond which they are sorted."""


@dataclass(frozen=True)
class Report:
    """The facts of a report's claims in its order, with a centred vector of whole numbers for each (zeros where there is none)."""

    id: str
    facts: tuple[Facts, ...]
    vectors: NDArray[np.float32]

    @cached_property
    def order(self) -> tuple[int, str]:
        """By the first day of the report, then its id: which of two is the later does not hang on when it was read."""
        days = [one.reported[0] for one in self.facts if one.reported]
        return (min(days) if days else 0), self.id

    @cached_property
    def signature(self) -> NDArray[np.uint64]:
        """The MinHash of all its sentences."""
        return signature(frozenset().union(*(one.shingles for one in self.facts)))

    @cached_property
    def lengths(self) -> Matrix:
        """The lengths of its vectors beyond what the whole report is about; 0 where nothing is left."""
        count = len(self.facts)
        if count < 2:
            return np.zeros(count)
        products = (self.vectors @ self.vectors.T).astype(np.float64)
        squares = products.diagonal() - 2 * products.sum(1) / count + products.sum() / count**2
        found: Matrix = np.sqrt(np.maximum(squares, 0.0))
        return np.where(found > TIES * LENGTH, found, 0.0)


@dataclass(frozen=True, slots=True)
class Likeness:
    """For each pair of a claim of one report (row) and one of some others (columns, report after report): cosine, cosine beyond what the two
    reports as wholes are about, and nearness by rank.

    ``rank`` is 1 where each is the other's nearest in its report and sinks with the number of nearer ones; 0 within one report.
    """

    cosine: Matrix
    specific: Matrix
    rank: Matrix


def report_of(
    id: str, facts: Sequence[Facts], rows: Mapping[int, NDArray[np.float32]], centre: Matrix | None
) -> Report:
    """A report with the vectors of its sentences by their number, centred by what all sentences share."""
    width = len(centre) if centre is not None else max((len(row) for row in rows.values()), default=0)
    vectors = np.zeros((len(facts), width), np.float32)
    for place, one in enumerate(facts):
        row = rows.get(one.row)
        if row is not None and len(row) == width:
            vectors[place] = _whole(row.astype(np.float64) - (centre if centre is not None else 0.0))
    return Report(id, tuple(facts), vectors)


def likeness(one: Report, others: Sequence[Report]) -> Likeness:
    """How near the claims of a report are to those of others; the same values whatever else is compared at the time."""
    starts = np.cumsum([0, *(len(other.facts) for other in others)])
    if not len(one.facts) or not starts[-1]:
        return Likeness(*(np.zeros((len(one.facts), starts[-1])) for _ in range(3)))
    theirs = np.concatenate([_as_wide(other.vectors, one.vectors.shape[1]) for other in others])
    products = (one.vectors @ theirs.T).astype(np.float64)
    cosine = np.round(products / LENGTH**2, 3)
    nearer = _nearer(cosine.T).T + _nearer_in_report(cosine, starts)
    ranks: Matrix = np.round(1.0 / (1.0 + nearer), 3)
    for number, other in enumerate(others):
        if other.id == one.id:
            ranks[:, starts[number] : starts[number + 1]] = 0.0
    return Likeness(cosine, _specific(one, others, products, starts), ranks)


def _as_wide(vectors: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    """Vectors of another model's width have nothing in common with these."""
    return vectors if vectors.shape[1] == width else np.zeros((len(vectors), width), np.float32)


def _specific(one: Report, others: Sequence[Report], products: Matrix, starts: NDArray[np.int64]) -> Matrix:
    """The cosine of two vectors less the means of their reports."""
    counts = np.diff(starts)
    owner = np.repeat(np.arange(len(others)), counts)
    filled = np.flatnonzero(counts)
    sums = np.zeros((len(products), len(others)))
    sums[:, filled] = np.add.reduceat(products, starts[:-1][filled], axis=1)
    mine = products.sum(0) / len(products)
    theirs = sums[:, owner] / counts[owner]
    both = sums.sum(0)[owner] / (len(products) * counts[owner])
    lengths = one.lengths[:, None] * np.concatenate([other.lengths for other in others])
    shared = (products + both) - (mine + theirs)
    made: Matrix = np.divide(shared, lengths, out=np.zeros_like(products), where=lengths > 0)
    return np.round(made, 3)


def _nearer_in_report(cosine: Matrix, starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each value, how many of its row and report are greater; reports of common length are counted together."""
    found = np.zeros(cosine.shape, np.int64)
    counts = np.diff(starts)
    for number in np.flatnonzero(counts > WIDE):
        part = slice(starts[number], starts[number + 1])
        found[:, part] = _nearer(cosine[:, part])
    small = np.flatnonzero((counts > 0) & (counts <= WIDE))
    if len(small):
        widest = int(counts[small].max())
        filled = np.arange(widest) < counts[small, None]
        columns = (starts[small, None] + np.arange(widest))[filled]
        padded = np.full((len(cosine), len(small), widest), -np.inf)
        padded[:, filled] = cosine[:, columns]
        found[:, columns] = _nearer(padded.reshape(-1, widest)).reshape(padded.shape)[:, filled]
    return found


def _nearer(cosine: Matrix) -> NDArray[np.int64]:
    """For each value, how many of its row are greater."""
    if cosine.shape[1] > WIDE:
        rising = np.sort(cosine, axis=1)
        lines = zip(rising, cosine, strict=True)
        return np.stack([len(line) - np.searchsorted(line, values + TIES, side="right") for line, values in lines])
    found, least = np.zeros(cosine.shape, np.int64), cosine + TIES
    for column in cosine.T:
        found += least < column[:, None]
    return found


def _whole(vector: Matrix) -> Matrix:
    length = float(np.linalg.norm(vector))
    return np.rint(vector * (LENGTH / length)) if length > TIES else np.zeros_like(vector)
