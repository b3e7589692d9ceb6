"""From scores to labels."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relaas.reading.decoding import allowed_steps, best_path, best_tree

LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")


def test_an_inside_follows_its_own_entity_alone() -> None:
    """The best labels would begin with an inside; the best that the rules allow do not."""
    scores = np.array([[0, 2, 3, 0, 0], [0, 0, 4, 0, 0], [0, 0, 3, 0, 2.9]], np.float32)
    path = [LABELS[tag] for tag in best_path(scores, LABELS, allowed_steps(LABELS))]
    assert path == ["B-PER", "I-PER", "I-PER"]


@given(st.integers(1, 6), st.integers(0, 10_000))
def test_every_path_is_allowed(size: int, seed: int) -> None:
    """Whatever the scores, no entity begins with an inside."""
    scores = np.random.default_rng(seed).normal(size=(size, len(LABELS))).astype(np.float32)
    path = ["O", *(LABELS[tag] for tag in best_path(scores, LABELS, allowed_steps(LABELS)))]
    assert all(not here.startswith("I-") or before[2:] == here[2:] for before, here in itertools.pairwise(path))


def _is_tree(heads: list[int]) -> bool:
    for word in range(1, len(heads) + 1):
        seen, at = set(), word
        while at:
            if at in seen:
                return False
            seen.add(at)
            at = heads[at - 1]
    return heads.count(0) == 1


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 5), st.integers(0, 10_000))
def test_the_tree_is_the_best_with_one_root(size: int, seed: int) -> None:
    """Against every tree there is, on sentences short enough to try them all."""
    arcs = np.random.default_rng(seed).normal(size=(size, size + 1)).astype(np.float32)
    ways = (list(heads) for heads in itertools.product(range(size + 1), repeat=size))
    best = max(
        (heads for heads in ways if _is_tree(heads)),
        key=lambda heads: sum(arcs[i, head] for i, head in enumerate(heads)),
    )
    assert best_tree(arcs) == best


@pytest.mark.parametrize("size", [40, 200])
def test_a_long_sentence_gets_a_tree_too(size: int) -> None:
    """Scores that say nothing still give one tree with one root."""
    arcs = np.random.default_rng(size).normal(size=(size, size + 1)).astype(np.float32)
    assert _is_tree(best_tree(arcs))
