"""How much sets of words of two reports' claims have in common, all pairs at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
BUCKETS = 1 << 16


@dataclass(frozen=True, slots=True)
class Sets:
    """Sets one after another as numbers; ``sizes`` is how many each has."""

    members: NDArray[np.int64]
    sizes: NDArray[np.int64]


def sets_of(some: Sequence[Collection[str] | Collection[int]]) -> Sets:
    """Sets of words, by a hash, or of numbers."""
    members = [one if isinstance(one, int) else crc32(one.encode()) for each in some for one in each]
    return Sets(np.array(members, np.int64), np.array([len(each) for each in some], np.int64))


def joined(some: Sequence[Sets]) -> Sets:
    """Several as one."""
    return Sets(np.concatenate([one.members for one in some]), np.concatenate([one.sizes for one in some]))


def shared(some: Sets, others: Sets) -> Matrix:
    """How many members each of some sets (row) shares with each of the others (column)."""
    found = np.zeros((len(some.sizes), len(others.sizes)))
    known = np.zeros(BUCKETS, bool)
    known[some.members % BUCKETS] = True
    met = np.flatnonzero(known[others.members % BUCKETS])
    columns = np.repeat(np.arange(len(others.sizes)), others.sizes)[met]
    rows = np.repeat(np.arange(len(some.sizes)), some.sizes)
    order = np.argsort(some.members, kind="stable")
    rising, wanted = some.members[order], others.members[met]
    first, last = (np.searchsorted(rising, wanted, side=side) for side in ("left", "right"))
    for step in range(int((last - first).max(initial=0))):
        held = np.flatnonzero(last - first > step)
        np.add.at(found, (rows[order[first[held] + step]], columns[held]), 1.0)
    return found
