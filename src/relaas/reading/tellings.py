"""What the reading model says of each word as part of a claim: the labels of its heads, in the order of their columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from relaas.ontology.loader import concept

CUT = ("O", "B", "I")
"""Outside every claim, the first word of one, a later word."""
VOICE = ("O", "B-CUE", "I-CUE", "B-SRC", "I-SRC")
"""Neither, reporting words, a source's words."""
NO_EVENT = "none"


def _tellings() -> dict[str, tuple[str, ...]]:
    return {
        "cut": CUT,
        "topic": tuple(concept("topics")["topics"]),
        "evidence": tuple(concept("evidence")["evidence"]),
        "certainty": tuple(concept("certainty")["certainty"]),
        "event": (NO_EVENT, *concept("plover")["types"]),
        "voice": VOICE,
    }


TELLINGS: dict[str, tuple[str, ...]] = _tellings()
"""The labels of each head."""


class Tellings:
    """What the model says of the words of a passage: ``logs`` holds logarithms of chances, words × the labels of all heads in a row."""

    def __init__(self, scores: NDArray[np.float32], heads: Mapping[str, Sequence[str]]) -> None:
        self.labels = {name: tuple(labels) for name, labels in heads.items()}
        ends = np.cumsum([len(labels) for labels in heads.values()]).tolist()
        self.columns = {
            name: slice(end - len(labels), end) for (name, labels), end in zip(heads.items(), ends, strict=True)
        }
        self.logs = np.empty_like(scores)
        for columns in self.columns.values():
            part = scores[:, columns] - scores[:, columns].max(1, keepdims=True, initial=-np.inf)
            self.logs[:, columns] = part - np.log(np.exp(part).sum(1, keepdims=True))

    def chance(self, head: str, word: int, *labels: str) -> float:
        """The chance that a word carries one of these labels."""
        row, names = self.logs[word, self.columns[head]], self.labels[head]
        return float(sum(np.exp(row[names.index(label)]) for label in labels))
