"""A report as linking sees it, and how near the sentences of two reports are in meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from relaas.linking.facts import Facts

Matrix = NDArray[np.float64]
TIES = 1e-6


@dataclass(frozen=True, slots=True)
class Report:
    """The facts of a report's claims in its order, with a centred vector of length one for each (zeros where there is none)."""

    id: str
    facts: tuple[Facts, ...]
    vectors: Matrix

    @property
    def order(self) -> tuple[int, str]:
        """By the first day of the report, then its id: which of two is the later does not hang on when it was read."""
        days = [one.reported[0] for one in self.facts if one.reported]
        return (min(days) if days else 0), self.id


@dataclass(frozen=True, slots=True)
class Likeness:
    """For each pair of claims of two reports: cosine, cosine beyond what the reports as wholes share, and nearness by rank.

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
    vectors = np.zeros((len(facts), width))
    for place, one in enumerate(facts):
        row = rows.get(one.row)
        if row is not None and len(row) == width:
            vectors[place] = _unit(row.astype(np.float64) - (centre if centre is not None else 0.0))
    return Report(id, tuple(facts), vectors)


def likeness(one: Report, other: Report) -> Likeness:
    """How near the claims of two reports are; the same values whatever else is compared at the time."""
    cosine = _cosines(one.vectors, other.vectors)
    specific = _cosines(_specific(one.vectors), _specific(other.vectors))
    if one.id == other.id:
        return Likeness(cosine, specific, np.zeros_like(cosine))
    nearer = (cosine[:, :, None] + TIES < cosine[:, None, :]).sum(2) + (
        cosine[:, :, None] + TIES < cosine.T[None, :, :]
    ).sum(2)
    return Likeness(cosine, specific, np.round(1.0 / (1.0 + nearer), 3))


def _cosines(one: Matrix, other: Matrix) -> Matrix:
    return np.round(one @ other.T, 3) if one.size and other.size else np.zeros((len(one), len(other)))


def _specific(vectors: Matrix) -> Matrix:
    """Vectors beyond what the whole report is about."""
    if len(vectors) < 2:
        return np.zeros_like(vectors)
    shifted: Matrix = vectors - vectors.mean(0)
    lengths = np.linalg.norm(shifted, axis=1, keepdims=True)
    made: Matrix = np.divide(shifted, lengths, out=np.zeros_like(shifted), where=lengths > TIES)
    return made


def _unit(vector: Matrix) -> Matrix:
    length = float(np.linalg.norm(vector))
    return vector / length if length > TIES else np.zeros_like(vector)
