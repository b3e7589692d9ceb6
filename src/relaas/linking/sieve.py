"""Which pairs of claims are worth a closer look: the odds of all pairs of a report with many others at once, by the very features that decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from relaas.linking.comparison import COLUMNS, CROSSED, INSIDE, Column, Features, completed
from relaas.linking.features.meaning import HIGH, LOW, MIDDLE
from relaas.linking.kinds import Following, may_follow, phase
from relaas.linking.overlap import Sets, joined, sets_of, shared
from relaas.linking.report import Likeness, Report, likeness
from relaas.linking.table import Ids, Table
from relaas.linking.weights import Weights

Matrix = NDArray[np.float64] | NDArray[np.float32]
MARGIN = 0.05
"""Odds below what a link asks for at which a pair is still looked at: what is rounded here and there may differ by so much."""
SETS = ("stems", "concepts", "names", "shingles")
FLAGS = ("place", "after", "speaker", "quotation")
"""Features that are looked at one by one too."""
LONG_AGO, LATE = -(1 << 40), 1 << 40
AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Held:
    """A report with what the sieve knows its claims by: the numbers of their values (a column a table), sets, language and days of the report."""

    report: Report
    numbers: Ids
    sets: Mapping[str, Sets]
    languages: Ids
    first: Ids
    last: Ids


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim of a report (``mine``) and one of another (``number`` among those it was compared with), with how near they are."""

    number: int
    mine: int
    theirs: int
    cosine: float
    specific: float
    rank: float


class Sieve:
    """Finds the pairs for one set of weights; what it has worked out serves all reports that it holds."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._tables = [
            *(Table(column, _sums(column, weights)) for column in COLUMNS),
            Table(Column(phase, {"follow": may_follow}), {"follow": {"follow": 1.0}}),
        ]
        self._inside = sum(max(0.0, weights.features.get(name, 0.0)) for name in INSIDE)

    def hold(self, report: Report) -> Held:
        """A report made ready to be compared."""
        days = [one.reported or (LONG_AGO, LATE) for one in report.facts]
        return Held(
            report,
            np.array([[table.number(one) for table in self._tables] for one in report.facts], np.int64).reshape(
                len(report.facts), len(self._tables)
            ),
            {name: sets_of([getattr(one, name) for one in report.facts]) for name in SETS},
            np.array([crc32(one.language.encode()) for one in report.facts], np.int64),
            np.array([first for first, _ in days], np.int64),
            np.array([last for _, last in days], np.int64),
        )

    def compared(self, later: Held, i: int, earlier: Held, j: int, pair: Pair) -> Features:
        """Every feature of two claims by their place in their reports."""
        found: Features = {}
        for table, one, other in zip(
            self._tables[:-1], later.numbers[i].tolist(), earlier.numbers[j].tolist(), strict=False
        ):
            found |= table.compared(one, other)
        ends = later.report.facts[i], earlier.report.facts[j]
        return completed(found, *ends, pair.cosine, pair.specific, pair.rank)

    def pairs(self, mine: Held, others: Sequence[Held]) -> Iterator[Pair]:
        """The pairs that may come to a link, some reports at a time; of one report with itself the later claim first."""
        for first, last in _portions(others):
            yield from self._pairs(mine, others[first:last], first)

    def _pairs(self, mine: Held, others: Sequence[Held], before: int) -> Iterator[Pair]:
        near = likeness(mine.report, [one.report for one in others])
        if not near.cosine.size:
            return
        theirs = _joined(others)
        within = others[0].report.id == mine.report.id
        found = self._looked_up(mine, theirs)
        odds = self._odds(mine, theirs, near, found, within=within)
        enough = self.weights.firm if within else self.weights.proposed
        kept = odds >= log(enough / (1.0 - enough)) - MARGIN - (self._inside if within else 0.0)
        kept |= (found["speaker"] == 1.0) & (found["quotation"] > 0)
        kept |= _follows(mine, theirs, found)
        if within:
            kept &= np.tri(kept.shape[0], kept.shape[1], -1, dtype=bool)
        owner = np.repeat(np.arange(len(others)), [len(one.report.facts) for one in others])
        start = np.cumsum([0, *(len(one.report.facts) for one in others)])
        for i, j in zip(*(each.tolist() for each in np.nonzero(kept)), strict=True):
            number = int(owner[j])
            values = (float(each[i, j]) for each in (near.cosine, near.specific, near.rank))
            yield Pair(before + number, i, j - int(start[number]), *values)

    def _looked_up(self, mine: Held, theirs: Held) -> dict[str, Matrix]:
        """The features that tables know: weighed and summed, what weighs more with the meaning apart, and those that are looked at alone."""
        found: dict[str, Matrix] = {}
        for at, table in enumerate(self._tables):
            for name, values in table.look_up(mine.numbers[:, at], theirs.numbers[:, at]).items():
                found[name] = found[name] + values if name in found else values
        return found

    def _odds(self, mine: Held, theirs: Held, near: Likeness, found: Mapping[str, Matrix], *, within: bool) -> Matrix:
        weight = self.weights.features.get
        meaning = np.clip(near.cosine, LOW, HIGH)
        odds: Matrix = self.weights.bias + found["odds"] + found["slope"] * np.maximum(near.cosine, 0.0)
        odds += weight("meaning", 0.0) * meaning + weight("meaning_high", 0.0) * np.maximum(0.0, meaning - MIDDLE)
        odds += weight("specific", 0.0) * np.clip(near.specific, LOW, HIGH)
        odds += weight("nearest", 0.0) * near.rank + weight("each_nearest", 0.0) * (near.rank == 1.0)
        for name, values in _wording(mine, theirs, within=within).items():
            odds += weight(name, 0.0) * values
        return odds


def _sums(column: Column, weights: Weights) -> dict[str, dict[str, float]]:
    """The odds that a column adds, those that it adds with the meaning, and the features that are looked at alone."""
    sums = {
        "odds": {name: weights.features.get(name, 0.0) for name in column.features},
        "slope": {name: weights.features.get(f"{name}*meaning", 0.0) for name in CROSSED if name in column.features},
    }
    sums |= {name: {name: 1.0} for name in FLAGS if name in column.features}
    return {name: each for name, each in sums.items() if each}


def _wording(mine: Held, theirs: Held, *, within: bool) -> dict[str, Matrix]:
    """The features of wording, as features/wording.py and features/report.py have them."""
    common = {name: shared(mine.sets[name], theirs.sets[name]) for name in SETS}
    sizes = {
        name: (mine.sets[name].sizes[:, None].astype(float), theirs.sets[name].sizes[None, :].astype(float))
        for name in SETS
    }
    fewest = {name: np.minimum(*sizes[name]) for name in ("names", "shingles")}
    both = {name: sizes[name][0] + sizes[name][1] - common[name] for name in ("stems", "concepts")}
    alike = mine.languages[:, None] == theirs.languages[None, :]
    named = _share(common["names"], fewest["names"])
    return {
        "words": _share(common["stems"], both["stems"]) * alike,
        "concepts": _share(common["concepts"], both["concepts"]),
        "names": named,
        "strange_names": np.where(fewest["names"] > 0, 1.0 - named, 0.0),
        "copied": _share(common["shingles"], fewest["shingles"]) * (not within),
    }


def _share(some: Matrix, whole: Matrix) -> Matrix:
    return np.divide(some, whole, out=np.zeros_like(some), where=whole > 0)


def _follows(mine: Held, theirs: Held, found: Mapping[str, Matrix]) -> NDArray[np.bool_]:
    """Pairs of which the one may tell of the next phase of the other, told in reports of other days."""
    apart = (mine.first[:, None] > theirs.last) | (theirs.first > mine.last[:, None])
    may, place = found["follow"], found["place"]
    there = (may == Following.MAY) | ((may == Following.AFTER) & (found["after"] > 0))
    follows: NDArray[np.bool_] = apart & ((there & (place > 0)) | ((may == Following.RESTORED) & (place >= 0)))
    return follows


def _joined(others: Sequence[Held]) -> Held:
    """Reports one after another as one; only the first lends its name."""
    return Held(
        others[0].report,
        np.concatenate([one.numbers for one in others]),
        {name: joined([one.sets[name] for one in others]) for name in SETS},
        *(np.concatenate([getattr(one, name) for one in others]) for name in ("languages", "first", "last")),
    )


def _portions(others: Sequence[Held]) -> Iterator[tuple[int, int]]:
    """Reports by as many as fit into memory at once."""
    first = claims = 0
    for number, one in enumerate(others):
        if claims and claims + len(one.report.facts) > AT_ONCE:
            yield first, number
            first, claims = number, 0
        claims += len(one.report.facts)
    if claims:
        yield first, len(others)
