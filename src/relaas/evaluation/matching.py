"""Pairs the claims of two labellings of one text by their quotes: one to one, or each with the nearest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from relaas.evaluation.labelled import Labelled
from relaas.model.span import Span

_WORD = re.compile(r"[\w'’]+", re.UNICODE)


@cache
def wording() -> dict[str, Any]:
    """The words that comparisons set aside, from ``wording.yaml``."""
    path = Path(__file__).parent / "wording.yaml"
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data


@cache
def words(group: str) -> frozenset[str]:
    """The words of one group in every language."""
    return frozenset(word for language in ("nl", "en") for word in wording()[language][group]["words"])


def core(text: str, quote: Span) -> Span:
    """The quote without punctuation and conjunctions at its edges: two labellers seldom agree on those."""
    found = list(_WORD.finditer(text, quote.start, quote.end))
    first = 0
    while first < len(found) - 1 and found[first][0].lower() in words("leading"):
        first += 1
    return Span(found[first].start(), found[-1].end()) if found else quote


def likeness(one: Span, other: Span) -> float:
    """Shared characters over all characters of the two (IoU), 0 to 1."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return 0.0 if shared <= 0 else shared / (max(one.end, other.end) - min(one.start, other.start))


def one_to_one(
    text: str, gold: Sequence[Labelled], found: Sequence[Labelled], *, least: float = 0.0
) -> list[int | None]:
    """For each claim of ``gold`` the index of its partner in ``found``, such that the likeness of all quotes together
    is greatest.

    Pairs whose quotes are less alike than ``least`` are no pairs; where two share a quote, equal labels decide.
    """
    ours, theirs = [core(text, claim.quote) for claim in gold], [core(text, claim.quote) for claim in found]
    gains = [
        [_gain(likeness(a, b), gold[i], found[j], least) for j, b in enumerate(theirs)] for i, a in enumerate(ours)
    ]
    return assign(gains)


def nearest(text: str, gold: Sequence[Labelled], found: Sequence[Labelled]) -> list[int | None]:
    """For each claim of ``gold`` the found claim most like it by its quote; without overlap, the first of the same
    sentence.

    A found claim may serve several: this asks whether the report's sentence was understood, not how it was cut.
    """
    partners: list[int | None] = []
    spans = [core(text, claim.quote) for claim in found]
    for claim in gold:
        quote = core(text, claim.quote)
        keys = [
            (likeness(quote, span), other.sentence.overlaps(claim.quote), -abs(span.start - quote.start), -index)
            for index, (span, other) in enumerate(zip(spans, found, strict=True))
            if span.overlaps(quote) or other.sentence.overlaps(claim.quote)
        ]
        partners.append(-max(keys)[3] if keys else None)
    return partners


def _gain(alike: float, one: Labelled, other: Labelled, least: float) -> float:
    if alike <= 0 or alike < least:
        return 0.0
    same: int = sum(one.labels.get(field) == other.labels.get(field) for field in ("evidence", "certainty", "topic"))
    return alike + 1e-6 * same


def assign(gains: Sequence[Sequence[float]]) -> list[int | None]:
    """The one-to-one assignment of rows to columns with the greatest sum; a gain of 0 is no pair.

    The Hungarian method with potentials, rows added one at a time.

    >>> assign([[0.9, 0.8], [0.8, 0.0]])
    [1, 0]
    """
    rows, columns = len(gains), max((len(row) for row in gains), default=0)
    size = max(rows, columns)
    row_of = [0] * (size + 1)
    high, wide = [0.0] * (size + 1), [0.0] * (size + 1)
    for row in range(1, size + 1):
        _augment(row, gains, row_of, high, wide)
    partners: list[int | None] = [None] * rows
    for column in range(1, columns + 1):
        row = row_of[column]
        if 0 < row <= rows and gains[row - 1][column - 1] > 0:
            partners[row - 1] = column - 1
    return partners


def _augment(
    row: int, gains: Sequence[Sequence[float]], row_of: list[int], high: list[float], wide: list[float]
) -> None:
    """Give one more row a column, moving earlier rows along the cheapest path; column 0 stands for "none yet"."""
    size = len(row_of) - 1
    least, came, seen = [float("inf")] * (size + 1), [0] * (size + 1), [False] * (size + 1)
    row_of[0], column = row, 0
    while row_of[column]:
        seen[column], at, step, following = True, row_of[column], float("inf"), 0
        for other in range(1, size + 1):
            if seen[other]:
                continue
            cost = -_at(gains, at - 1, other - 1) - high[at] - wide[other]
            if cost < least[other]:
                least[other], came[other] = cost, column
            if least[other] < step:
                step, following = least[other], other
        for other in range(size + 1):
            if seen[other]:
                high[row_of[other]] += step
                wide[other] -= step
            else:
                least[other] -= step
        column = following
    while column:
        row_of[column], column = row_of[came[column]], came[column]


def _at(gains: Sequence[Sequence[float]], row: int, column: int) -> float:
    known = row < len(gains) and column < len(gains[row])
    return gains[row][column] if known else 0.0
