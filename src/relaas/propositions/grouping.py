"""Joins clauses that say the same thing into one proposition, and cuts the shortest quote that carries it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from relaas.model.span import Span
from relaas.propositions.clauses import Clause
from relaas.propositions.cutting import empty, joined, shortened
from relaas.propositions.judging import weights
from relaas.propositions.lexicon import Lexicon

NEAR = 2
EDGE_LABELS = frozenset({"cc", "punct"})
QUOTE_EDGES = frozenset("\"“”„«»‘’‚'…()[]{}–—-,;:.!?")
Token = Any


@dataclass(slots=True)
class Proposition:
    """Clauses with the same labels; ``lead`` is the one nearest the root, whose labels hold."""

    lead: Clause
    clauses: list[Clause]
    quote: Span
    tokens: frozenset[int]


def propositions(clauses: Sequence[Clause], words: Lexicon) -> list[Proposition]:
    """The propositions of one sentence in the order of the text; clauses that only carry reporting words give none, nor does a
    stretch that the reading model holds for no claim, unless it is all that the sentence has.
    """
    groups: dict[int, list[Clause]] = {}
    member: dict[int, int] = {}
    for clause in downwards(clauses):
        home = clause.number
        above = candidate(clause, clauses)
        if above is not None and above.number in member and one_claim(clause, above, words):
            home = member[above.number]
        member[clause.number] = home
        groups.setdefault(home, []).append(clause)
    found = [made for group in groups.values() if (made := _proposition(group)) is not None]
    full = [one for one in found if not empty(one.lead.doc, sorted(one.tokens))]
    return sorted(full or found[:1], key=lambda one: (one.quote.start, one.quote.end))


def downwards(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses that say something, those nearest the root first."""
    return sorted(
        (clause for clause in clauses if not clause.frame),
        key=lambda one: (sum(1 for _ in one.ancestors()), one.number),
    )


def candidate(clause: Clause, clauses: Sequence[Clause]) -> Clause | None:
    """The clause with which this one may be one claim: the nearest above that says something, else a sibling before it under the same
    reporting words.
    """
    above = next((one for one in clause.ancestors() if not one.frame), None)
    if above is not None:
        return above
    beside = [
        one
        for one in clauses
        if not one.frame and one.parent is clause.parent and one is not clause and _comes_first(one, clause)
    ]
    return max(beside, key=lambda one: one.number, default=None)


def _comes_first(one: Clause, clause: Clause) -> bool:
    return one.number < clause.number and clause.number - one.number <= NEAR


def one_claim(clause: Clause, other: Clause, words: Lexicon) -> bool:
    """Whether two clauses are one claim, by the weights fitted for it."""
    return clause.relation != "gap" and joined(clause, other, words, weights().join) > 0.5


def _proposition(group: list[Clause]) -> Proposition | None:
    part = group[0].part
    tokens = sorted({i for clause in group for i in clause.tokens if i not in clause.left_out})
    kept = trimmed(part.doc, shortened(part.doc, trimmed(part.doc, tokens)))
    if not any(part.doc[i].is_alpha or part.doc[i].like_num for i in kept):
        return None
    lead = min(group, key=lambda one: (sum(1 for _ in one.ancestors()), one.number))
    return Proposition(lead, group, part.span(kept[0], kept[-1]), frozenset(kept))


def trimmed(doc: Any, tokens: list[int]) -> list[int]:
    """The tokens without conjunctions, complementisers and marks at the edges."""
    kept = list(tokens)
    while kept and _is_front(doc[kept[0]]):
        kept.pop(0)
    while kept and doc[kept[-1]].text in QUOTE_EDGES:
        kept.pop()
    return kept


def _is_front(token: Token) -> bool:
    if token.text in QUOTE_EDGES or token.dep_ in EDGE_LABELS:
        return True
    return token.dep_ == "mark" and token.lower_ in {"dat", "that", "of", "whether"}
