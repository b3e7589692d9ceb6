"""Weighs what the rules set against what the reading model says: one small readable model for each kind of label.

A label's score is the sum of the model's opinion from each side (`views`), each with its weight, of what the rule's label says for it,
and of a constant; the scores become chances. The weights were fitted on reports that the reading model had not seen, so the chances are
calibrated: they are the confidence that a claim carries.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from relaas.errors import ModelError
from relaas.propositions.views import SIDES, Floats, columns
from relaas.reading.tellings import TELLINGS

WEIGHTS = Path(__file__).with_name("judging.json")


@dataclass(frozen=True)
class Judge:
    """The weights of one kind of label; ``rules`` has a row of labels for each thing that a rule may have said."""

    kind: str
    labels: tuple[str, ...]
    sides: Floats
    rules: Mapping[str, Floats]
    constant: Floats

    def chances(self, seen: Mapping[str, Floats], rules: Sequence[Sequence[str]]) -> Floats:
        """The chance of each label for each clause (clauses × labels); ``rules`` names what the rules said of each."""
        at = columns(self.kind)
        scores = np.tile(self.constant, (len(rules), 1))
        for side, weight in zip(SIDES, self.sides, strict=True):
            scores += weight * seen[side][:, at]
        for number, said in enumerate(rules):
            for one in said:
                if one in self.rules:
                    scores[number] += self.rules[one]
        exponents = np.exp(scores - scores.max(1, keepdims=True, initial=-np.inf))
        return np.asarray(exponents / exponents.sum(1, keepdims=True), np.float32)


@dataclass(frozen=True)
class Weights:
    """What was fitted: the judges by kind of label, and what speaks for one claim out of two clauses."""

    judges: Mapping[str, Judge]
    join: Mapping[str, float]


@lru_cache(maxsize=1)
def weights(path: Path = WEIGHTS) -> Weights:
    """The shipped weights; raises ModelError where their file is missing or damaged."""
    try:
        data = json.loads(path.read_text("utf-8"))
        found = {
            kind: Judge(
                kind,
                TELLINGS[kind],
                np.array([row["sides"][side] for side in SIDES], np.float32),
                {
                    name: np.array([values.get(label, 0.0) for label in TELLINGS[kind]], np.float32)
                    for name, values in row["rules"].items()
                },
                np.array([row["constant"][label] for label in TELLINGS[kind]], np.float32),
            )
            for kind, row in data["labels"].items()
        }
        return Weights(found, {str(name): float(value) for name, value in data["join"].items()})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"The weights {path} cannot be read: {error!r}.") from error
