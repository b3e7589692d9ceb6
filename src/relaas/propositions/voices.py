"""Finds a source where no rule found one, by the words that the reading model takes for a source's."""

from __future__ import annotations

from typing import Any

from relaas.model.source import Source
from relaas.model.span import Span
from relaas.propositions.cast import Cast
from relaas.propositions.clauses import Clause
from relaas.propositions.lexicon import small_words

DESCRIBING = frozenset({"amod", "compound", "det", "nummod"})
NEAR = 2
"""How many words a noun may stand behind those that describe it."""
LEAST = 0.5
"""The chance from which a word counts as a source's."""


def voice(cast: Cast, clause: Clause, *, sure: bool = False) -> tuple[Source, Span] | None:
    """The likeliest source in the clause's sentence and its words; None where the model sees none or nobody can be meant.

    With ``sure`` it must be somebody who can speak, between the same semicolons.
    """
    tellings = clause.doc.user_data.get("tellings")
    if tellings is None:
        return None
    cast.recall(clause.sentence.index)
    tokens = [token.i for token in clause.part.tokens(clause.sentence.span)]
    chances = {i: tellings.chance("voice", i, "B-SRC", "I-SRC") for i in tokens}
    stretches: list[list[int]] = []
    for i in tokens:
        if chances[i] < LEAST:
            continue
        if stretches and stretches[-1][-1] == i - 1 and tellings.chance("voice", i, "B-SRC") < LEAST:
            stretches[-1].append(i)
        else:
            stretches.append([i])
    near = _near(clause)
    for stretch in sorted(
        stretches,
        key=lambda one: (
            _between(clause, one[0]),
            not near & set(one),
            -sum(chances[i] for i in one) / len(one),
            one[0],
        ),
    ):
        head = _head(clause.doc, stretch)
        if sure and (_between(clause, head.i) or not cast.can_speak(clause.part, head)):
            continue
        source = cast.source(clause.part, head)
        if source is not None:
            return source, clause.part.span(stretch[0], stretch[-1])
    return None


def agent(cast: Cast, clause: Clause) -> tuple[Source, Span] | None:
    """Who did what a clause or one around it tells of as done by somebody ("checked by the institute"), between the same semicolons."""
    agents = small_words(clause.doc.vocab.lang, "agents")
    around = {id(one): one for one in (clause, *clause.ancestors(), *clause.children)}.values()
    cast.recall(clause.sentence.index)
    for i in sorted(i for one in around for i in one.tokens if clause.doc[i].lower_ in agents):
        head = clause.doc[i].head
        if head.i <= i or head.pos_ not in {"NOUN", "PROPN", "PRON"} or _between(clause, i):
            continue
        source = cast.source(clause.part, head) if head.pos_ == "PRON" or cast.can_speak(clause.part, head) else None
        if source is not None:
            return source, cast.phrase(clause.part, head)
    return None


def _near(clause: Clause) -> set[int]:
    """The tokens of a clause and of those above it."""
    return {i for one in (clause, *clause.ancestors()) for i in one.tokens}


def _between(clause: Clause, index: int) -> int:
    """How many semicolons stand between a clause's predicate and a token."""
    first, last = sorted((clause.head, index))
    return sum(token.text == ";" for token in clause.doc[first:last])


def _head(doc: Any, stretch: list[int]) -> Any:
    """The word of a stretch whose head lies outside it, or the noun that it only describes."""
    inside = set(stretch)
    top = next((doc[i] for i in stretch if doc[i].head.i not in inside or doc[i].head.i == i), doc[stretch[0]])
    near = top.head.pos_ in {"NOUN", "PROPN"} and 0 < top.head.i - stretch[-1] <= NEAR
    return top.head if top.dep_ in DESCRIBING and near else top
