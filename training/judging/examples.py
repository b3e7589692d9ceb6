"""Lays the labels of dispatches on the pipeline's own clauses: what the rules said of each, what the reading model says, what is right."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))
from dispatches import Dispatch, dispatches, is_kept_apart
from relaas.pipeline import Pipeline
from relaas.propositions.clauses import Clause
from relaas.propositions.grouping import candidate, downwards
from relaas.propositions.lexical import lexical
from relaas.propositions.lexicon import Lexicon, lexicon
from relaas.propositions.views import own_words, telling, views
from relaas.recipes import steps
from relaas.steps.judging import SETTLE, said
from relaas.steps.step import Analysis

LAST = "evidence"
"""The step before the judges."""
LEAST = 0.5
"""A clause takes a claim's labels when at least this share of its words is in the quote."""


@dataclass
class Example:
    """A report's clauses as the judges see them, and the right label of each kind (None: not known)."""

    name: str
    seen: dict[str, np.ndarray]
    rules: dict[str, list[list[str]]]
    labels: dict[str, list[str | None]]
    claims: list[int]
    """For each clause the number of the claim it belongs to, -1 for none."""
    clauses: list[Clause]
    pairs: list[tuple[Clause, Clause, Lexicon, bool]]
    """Clauses that may be one claim, and whether they are."""


def examples(folders: Sequence[Path]) -> list[Example]:
    """The reports of folders that the reading model was not trained on: those kept apart, and all in the gold's form."""
    reader = Pipeline(steps())
    return [_example(one, reader) for one in dispatches(folders) if is_kept_apart(one.name) or not one.compact]


def _example(dispatch: Dispatch, reader: Pipeline) -> Example:
    analysis = reader.run(dispatch.document, until=LAST)
    clauses = telling(analysis)
    claims = [_claim(dispatch, clause) for clause in clauses]
    labels = {
        kind: [dispatch.claims[number].labels.get(kind) if number >= 0 else None for number in claims]
        for kind in SETTLE
    }
    rules = {kind: [said(clause, kind) for clause in clauses] for kind in SETTLE}
    pairs = _pairs(analysis, clauses, claims) if dispatch.cut else []
    seen = views(clauses) | {"lexical": lexical(analysis, clauses)}
    return Example(dispatch.name, seen, rules, labels, claims, clauses, pairs)


def _pairs(analysis: Analysis, clauses: list[Clause], claims: list[int]) -> list[tuple[Clause, Clause, Lexicon, bool]]:
    number = {id(clause): claim for clause, claim in zip(clauses, claims, strict=True)}
    found = []
    for part, sentence in analysis.sentences():
        together = analysis.clauses[sentence.index]
        for clause in downwards(together):
            other = candidate(clause, together)
            if other is not None and number.get(id(clause), -1) >= 0 and number.get(id(other), -1) >= 0:
                found.append((clause, other, lexicon(part.passage.language), number[id(clause)] == number[id(other)]))
    return found


def _claim(dispatch: Dispatch, clause: Clause) -> int:
    """The claim whose quote is most like the clause's words, among those that cover enough of them."""
    places = [(clause.part.starts[i], clause.part.ends[i]) for i in own_words(clause)]
    best, number = 0.0, -1
    for at, claim in enumerate(dispatch.claims):
        if not claim.quote.overlaps(clause.sentence.span):
            continue
        inside = sum(claim.quote.start <= start and end <= claim.quote.end for start, end in places)
        if inside >= LEAST * len(places):
            likeness = inside / (1 + len(claim.quote))
            if likeness > best:
                best, number = likeness, at
    return number
