"""Near-duplicate reports by MinHash over runs of three words, forty lines instead of a library.

`datasketch` does the same, but brings SciPy and storage layers that are not needed here; and what was linked yesterday must be linked the same tomorrow, so the
hashes are fixed here for good.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

ROWS = 64
SHARE = 0.5
"""From this share of runs in common two reports count as near-duplicates."""
PRIME = 4_294_967_311
EMPTY = np.iinfo(np.uint64).max
_generator = np.random.Generator(np.random.PCG64(20_220_224))
_FACTORS = _generator.integers(1, 1 << 31, ROWS, dtype=np.uint64)
_OFFSETS = _generator.integers(0, 1 << 31, ROWS, dtype=np.uint64)


def signature(shingles: Iterable[int]) -> NDArray[np.uint64]:
    """The smallest hash of a set under each of 64 permutations; all ones for an empty set."""
    numbers = np.array(sorted(set(shingles)), np.uint64)
    if not len(numbers):
        return np.full(ROWS, EMPTY, np.uint64)
    hashed: NDArray[np.uint64] = (numbers[:, None] * _FACTORS + _OFFSETS) % np.uint64(PRIME)
    smallest: NDArray[np.uint64] = hashed.min(0)
    return smallest


def shared(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> float:
    """The estimated share of two sets in common (Jaccard)."""
    return float((one == other).mean())


def near_duplicates(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> bool:
    """Whether two reports, by their signatures, are for the most part the same."""
    return bool((one != EMPTY).any()) and shared(one, other) >= SHARE
