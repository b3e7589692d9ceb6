"""Joins clauses that say the same thing into one proposition, and cuts the shortest quote that carries it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from relaas.model.span import Span
from relaas.propositions.clauses import Clause
from relaas.propositions.lexicon import Lexicon

SURE = 3.0
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
    """The propositions of one sentence in the order of the text; clauses that only carry reporting words give none."""
    groups: dict[int, list[Clause]] = {}
    member: dict[int, int] = {}
    for clause in sorted(clauses, key=lambda one: sum(1 for _ in one.ancestors())):
        if clause.frame:
            continue
        home = _home(clause, clauses, words, member)
        member[clause.number] = home
        groups.setdefault(home, []).append(clause)
    found = [made for group in groups.values() if (made := _proposition(group)) is not None]
    return sorted(found, key=lambda one: (one.quote.start, one.quote.end))


def _home(clause: Clause, clauses: Sequence[Clause], words: Lexicon, member: dict[int, int]) -> int:
    """The proposition that a clause joins: its parent's, or a sibling's under the same reporting words; else its own."""
    parent = clause.parent
    while parent is not None and parent.number not in member and not parent.frame:
        parent = parent.parent
    if parent is not None and parent.number in member and _joins(clause, parent, words):
        return member[parent.number]
    for other in clauses:
        if (
            other.number in member
            and other.parent is clause.parent
            and other is not clause
            and _joins(clause, other, words)
            and _beside(clause, other)
        ):
            return member[other.number]
    return clause.number


def _joins(clause: Clause, other: Clause, words: Lexicon) -> bool:
    same_voice = _voice(clause) == _voice(other)
    if not clause.is_finite() or clause.marks() & words.purpose:
        return same_voice or clause.source is None
    if not same_voice:
        return False
    if clause.certainty != other.certainty:
        return clause.relation in {"advcl"} and {clause.certainty, other.certainty} == {"FUT"}
    if clause.topic == other.topic or (clause.certainty == "FUT" and clause.relation == "advcl"):
        return True
    if clause.relation in {"acl:relcl", "acl", "advcl:relcl", "csubj", "ccomp"}:
        return True
    return min(clause.topic_strength, other.topic_strength) < SURE


def _voice(clause: Clause) -> tuple[str | None, str]:
    return (clause.source.name if clause.source else None, clause.evidence)


def _beside(clause: Clause, other: Clause) -> bool:
    return abs(clause.number - other.number) <= 2


def _proposition(group: list[Clause]) -> Proposition | None:
    part = group[0].part
    tokens = sorted({i for clause in group for i in clause.tokens if i not in clause.left_out})
    kept = trimmed(part.doc, tokens)
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
