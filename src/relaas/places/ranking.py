"""A linear model over the candidates' features: which place of a name is meant."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import numpy as np

from relaas.errors import ModelError
from relaas.places.features import (
    NAMES,
    Array,
    Name,
    Stack,
    context_features,
    plain_features,
    possible_features,
    stack,
)

WEIGHTS = Path(__file__).parent / "weights.json"
ROUNDS = 3


@lru_cache(maxsize=1)
def weights() -> Array:
    """The weights in the features' order; raises ModelError where the file and the features disagree."""
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    if set(data) != set(NAMES):
        raise ModelError(f"weights.json: features differ from the code's: {sorted(set(data) ^ set(NAMES))}")
    return np.array([data[name] for name in NAMES], dtype=np.float64)


def rank(names: list[Name], language: str, using: Array | None = None) -> tuple[Array, Array, Stack]:
    """Chances and features of every candidate of every name, one array each, in the stack's order.

    Chances are first told from each name alone; then, three times over, from what the others probably are. All names
    move at once, so the order in which a report mentions places does not matter.
    """
    weight = weights() if using is None else using
    stacked = stack(names)
    blocks = []
    for name in names:
        if name.plain is None:
            name.plain = plain_features(name, language)
        blocks.append(name.plain)
    if not blocks:
        return np.zeros(0), np.zeros((0, len(NAMES))), stacked
    rows = np.concatenate(blocks)
    possible_features(rows, stacked)
    chance = softmax(rows @ weight, stacked)
    for _ in range(ROUNDS):
        context_features(rows, names, stacked, chance)
        chance = softmax(rows @ weight, stacked)
    return chance, rows, stacked


def softmax(scores: Array, stacked: Stack) -> Array:
    """Scores as chances that add to one within each name."""
    if len(scores) == 0:
        return scores
    starts = [start for start, end in zip(stacked.starts, stacked.starts[1:], strict=False) if end > start]
    best = np.maximum.reduceat(scores, starts)
    lengths = np.diff([*starts, len(scores)])
    powers = np.exp(scores - np.repeat(best, lengths))
    chance: Array = powers / np.repeat(np.add.reduceat(powers, starts), lengths)
    return chance
