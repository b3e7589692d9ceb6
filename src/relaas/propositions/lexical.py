"""What the words of clauses say of their topics, names left out: the view of the trained word heads (`topic_model`)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from relaas.propositions.clauses import Clause, plain_lemma
from relaas.propositions.topic_model import Unit, features, topic_model
from relaas.propositions.topics import Word
from relaas.propositions.views import WIDTH, Floats, columns, own_words
from relaas.steps.step import Analysis

NAMES = frozenset({"PER", "ORG", "LOC", "MISC"})
LONG = 5
"""Clauses of this many times four words or more are alike long."""


def lexical(analysis: Analysis, clauses: Sequence[Clause]) -> Floats:
    """Logarithms of the topics' chances for each clause, in the topics' columns of the model's labels; zeros elsewhere."""
    found = np.zeros((len(clauses), WIDTH), np.float32)
    units = units_of(analysis, clauses)
    if units:
        found[:, columns("topic")] = np.log(np.maximum(topic_model().chances(units, features(units)), 1e-6))
    return found


def units_of(analysis: Analysis, clauses: Sequence[Clause]) -> list[Unit]:
    """Each clause as the word heads see it."""
    places = {id(clause): number for number, clause in enumerate(clauses)}
    named = _named(analysis)
    return [_unit(clause, places, named) for clause in clauses]


def _named(analysis: Analysis) -> set[tuple[int, int]]:
    """Part and number of every token inside a name."""
    found: set[tuple[int, int]] = set()
    for part in analysis.parts:
        for entity in analysis.entities:
            if entity.label in NAMES and part.starts and part.starts[0] <= entity.span.start < part.ends[-1]:
                first = bisect_left(part.starts, entity.span.start)
                last = bisect_left(part.starts, entity.span.end)
                found.update((id(part), i) for i in range(first, last))
    return found


def _unit(clause: Clause, places: dict[int, int], named: set[tuple[int, int]]) -> Unit:
    tokens = own_words(clause)
    order = {i: place for place, i in enumerate(tokens)}
    words = []
    for i in tokens:
        token = clause.doc[i]
        name = token.pos_ == "PROPN" or (id(clause.part), i) in named
        relation = token.dep_.split(":")[0]
        head = order.get(token.head.i, -1) if token.head.i != i else -1
        words.append(Word(plain_lemma(token), token.lower_, token.pos_, relation, head, name))
    above = next((places[id(one)] for one in clause.ancestors() if id(one) in places), -1)
    manner = (
        f"evidence {clause.evidence}",
        f"certainty {clause.certainty}",
        f"kind {clause.source.kind if clause.source else None}",
        f"length {min(len(words) // 4, LONG)}",
        f"predicate {clause.predicate.pos_}",
        f"relation {clause.relation}",
        f"passage {clause.part.passage.kind}",
    )
    return Unit(words, order.get(clause.head, -1), clause.part.passage.language, manner, above, clause.sentence.index)
