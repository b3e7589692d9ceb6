"""How far cue, source words and content of an attribution reach."""

from __future__ import annotations

from typing import Any

from relaas.model.span import Span
from relaas.propositions.clauses import Clause
from relaas.steps.step import Part

Token = Any


def cue_tokens(clause: Clause) -> list[int]:
    near = {"aux", "aux:pass", "compound:prt", "advmod"}
    return [
        clause.head,
        *(
            t.i
            for t in clause.predicate.children
            if t.dep_ in near and abs(t.i - clause.head) <= 3 and t.i in clause.tokens
        ),
    ]


def span_below(part: Part, clause: Clause, *, without: frozenset[int] = frozenset()) -> Span:
    """The characters of a clause with all below it, quotation marks at its edges included, another clause's words left out at the edges."""
    tokens = {token.i for token in clause.predicate.subtree}
    ordered = sorted(tokens - without) or [clause.head]
    while len(ordered) > 1 and part.doc[ordered[-1]].text in {".", ",", ";", ":"}:
        ordered.pop()
    while len(ordered) > 1 and part.doc[ordered[0]].text in {",", ";", ":", "-", "–", "—"}:
        ordered.pop(0)
    return part.span(ordered[0], ordered[-1])


def pieces(part: Part, tokens: list[int], out: set[int]) -> list[Span]:
    """The continuous pieces of some tokens with others left out."""
    kept = sorted(set(tokens) - out)
    runs: list[list[int]] = []
    for i in kept:
        if runs and i == runs[-1][-1] + 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    spans = []
    for run in runs:
        while run and part.doc[run[0]].text in {",", ".", ";", ":"}:
            run.pop(0)
        while run and part.doc[run[-1]].text in {",", ".", ";", ":"}:
            run.pop()
        if run:
            spans.append(part.span(run[0], run[-1]))
    return spans
