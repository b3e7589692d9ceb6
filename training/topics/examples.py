"""Reads labelled dispatches and lays their topics on the pipeline's own clauses, which is what the heads will see."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))
from dispatches import dispatches, is_kept_apart
from relaas.model.document import Document
from relaas.ontology.loader import concept
from relaas.pipeline import Pipeline
from relaas.propositions.lexical import units_of
from relaas.propositions.topic_model import Unit
from relaas.propositions.views import own_words, telling
from relaas.recipes import steps

LABELS = list(concept("topics")["topics"])
LAST = "evidence"
"""The step before the labels are settled."""
LEAST = 0.5
"""A clause takes a claim's topic when at least this share of its words is in the quote."""


@dataclass
class Report:
    """A report's clauses, the label of each (-1 where no claim covers it), and the clause that stands for each claim."""

    name: str
    units: list[Unit]
    labels: np.ndarray
    claims: list[tuple[int, int]] = field(default_factory=list)

    def scored(self, chances: np.ndarray) -> list[bool]:
        """For each claim whether its clause got the right topic."""
        return [unit >= 0 and int(chances[unit].argmax()) == label for unit, label in self.claims]

    def certainty(self, chances: np.ndarray) -> list[float]:
        """For each claim the probability of what its clause got."""
        return [float(chances[unit].max()) if unit >= 0 else 0.0 for unit, _ in self.claims]


def reports(folders: Sequence[Path]) -> list[Report]:
    """The reports of folders in either form, less those kept apart for the judges."""
    reader = Pipeline(steps())
    return [
        _report(
            one.name,
            one.document,
            [
                (claim.quote.start, claim.quote.end, topic)
                for claim in one.claims
                if (topic := claim.labels["topic"]) in LABELS
            ],
            reader,
        )
        for one in dispatches(folders)
        if not is_kept_apart(one.name)
    ]


def _report(name: str, document: Document, quotes: list[tuple[int, int, str]], reader: Pipeline) -> Report:
    analysis = reader.run(document, until=LAST)
    clauses = telling(analysis)
    units = units_of(analysis, clauses)
    spans = [[(clause.part.starts[i], clause.part.ends[i]) for i in own_words(clause)] for clause in clauses]
    sizes = [
        sum(1 for span in spans for start, end in span if first <= start and end <= last) for first, last, _ in quotes
    ]
    labels, claims = np.full(len(units), -1), []
    inside = np.array(
        [[sum(first <= start and end <= last for start, end in span) for first, last, _ in quotes] for span in spans]
    ).reshape(len(units), len(quotes))
    likeness = inside / np.maximum(
        np.array([len(span) for span in spans])[:, None] + np.array(sizes)[None, :] - inside, 1
    )
    for number, span in enumerate(spans):
        if len(quotes) and inside[number].max() >= LEAST * len(span):
            covering = [q for q in range(len(quotes)) if inside[number, q] >= LEAST * len(span)]
            labels[number] = LABELS.index(quotes[max(covering, key=lambda q: likeness[number, q])][2])
    for number, (_, _, topic) in enumerate(quotes):
        best = int(likeness[:, number].argmax()) if len(units) else -1
        claims.append((best if best >= 0 and inside[best, number] else -1, LABELS.index(topic)))
    return Report(name, units, labels, claims)
