"""How far cue, source words and content of an attribution reach."""

from __future__ import annotations

from typing import Any

from relaas.model.span import Span
from relaas.propositions.clauses import Clause
from relaas.propositions.lexicon import small_words
from relaas.steps.step import Part

Token = Any
HELPING = frozenset({"aux", "aux:pass", "compound:prt", "advmod"})
STOPS = frozenset({".", ",", ";", ":"})
DASHES = frozenset({",", ";", ":", "-", "–", "—"})
COMPLEMENTS = frozenset({"obj", "obl", "obl:arg", "xcomp", "nsubj:pass"})


def cue_span(clause: Clause, companions: frozenset[int] = frozenset()) -> Span:
    """The reporting verb with the auxiliaries, adverbs, negations and particles that stand unbroken around it."""
    helping = {
        token.i
        for token in clause.predicate.children
        if token.i in clause.tokens
        and (token.i in companions or token.dep_ in HELPING)
        and (token.i < clause.head or token.dep_ != "advmod" or _negates(token))
    } | companions
    first = last = clause.head
    while first - 1 in helping:
        first -= 1
    while last + 1 in helping:
        last += 1
    return clause.part.span(first, last)


def object_span(clause: Clause) -> list[Span]:
    """The object, or what stands for it, of a verb that reports without a clause; empty where it has none."""
    children = [token for token in clause.predicate.children if token.dep_ in COMPLEMENTS and token.i in clause.tokens]
    main = [token for token in children if token.dep_ in {"obj", "nsubj:pass"}][:1] or children[:1]
    if not main:
        return []
    tokens = sorted(token.i for token in main[0].subtree)
    later = [token for token in children if token.dep_ == "xcomp" and token.i > tokens[-1]]
    tokens += sorted(token.i for one in later[:1] for token in one.subtree)
    while len(tokens) > 1 and clause.doc[tokens[-1]].text in STOPS:
        tokens.pop()
    return [clause.part.span(tokens[0], tokens[-1])]


def span_below(part: Part, clause: Clause, *, without: frozenset[int] = frozenset()) -> Span:
    """The characters of a clause with all below it, quotation marks at its edges included, another clause's words left out at the edges."""
    tokens = {token.i for token in clause.predicate.subtree}
    ordered = sorted(tokens - without) or [clause.head]
    while len(ordered) > 1 and part.doc[ordered[-1]].text in STOPS:
        ordered.pop()
    while len(ordered) > 1 and part.doc[ordered[0]].text in DASHES:
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
        while run and part.doc[run[0]].text in STOPS:
            run.pop(0)
        while run and part.doc[run[-1]].text in STOPS:
            run.pop()
        if run:
            spans.append(part.span(run[0], run[-1]))
    return spans


def _negates(token: Token) -> bool:
    return token.lower_ in small_words(token.doc.vocab.lang, "negators")
