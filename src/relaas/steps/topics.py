"""Says what every clause is about."""

from __future__ import annotations

from bisect import bisect_left
from typing import ClassVar

from relaas.model.claim import Cue
from relaas.propositions.clauses import Clause, plain_lemma
from relaas.propositions.topic_model import Unit, features, topic_model
from relaas.propositions.topics import Word
from relaas.steps.step import Analysis, Step

NAMES = frozenset({"PER", "ORG", "LOC", "MISC"})
STRENGTH = 10.0
"""A clause's strength is its topic's probability times this."""
LONG = 5
"""Clauses of this many times four words or more are alike long."""


class Topics(Step):
    """By two trained heads: the clause's words first, then the clauses around it. Names of people, bodies and places are left out."""

    name: ClassVar[str] = "topics"
    reads: ClassVar[frozenset[str]] = frozenset({"clauses", "evidence", "entities"})
    writes: ClassVar[frozenset[str]] = frozenset({"topics"})
    stands_on: ClassVar[tuple[str, ...]] = ("propositions", "ontology/languages")

    def run(self, analysis: Analysis) -> None:
        """Set topic and strength of each clause."""
        clauses, units = described(analysis)
        model, found = topic_model(), features(units)
        chances = model.chances(units, found)
        chosen = chances.argmax(1)
        reasons = model.reasons(found, chosen)
        for number, clause in enumerate(clauses):
            best, tokens = int(chosen[number]), shown(clause)
            clause.topic, clause.topic_strength = model.labels[best], STRENGTH * float(chances[number, best])
            spans = tuple(clause.part.span(tokens[place], tokens[place]) for place in reasons.get(number, ()))
            clause.cues["topic"] = Cue("model.topics", spans)
        for sentence in analysis.clauses.values():
            for clause in sentence:
                if clause.frame and clause.parent is not None:
                    clause.topic = clause.parent.topic


def described(analysis: Analysis) -> tuple[list[Clause], list[Unit]]:
    """The clauses that say something, in the order of the text, and each as the heads see it."""
    clauses = [
        clause
        for _, sentence in analysis.sentences()
        for clause in analysis.clauses[sentence.index]
        if not clause.frame and shown(clause)
    ]
    places = {id(clause): number for number, clause in enumerate(clauses)}
    named = _named(analysis)
    return clauses, [_unit(clause, places, named) for clause in clauses]


def shown(clause: Clause) -> list[int]:
    """The numbers of the tokens that topics look at."""
    return [i for i in clause.tokens if i not in clause.left_out and not clause.doc[i].is_space]


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
    tokens = shown(clause)
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
