"""Which negative words bear on a predicate, and what cannot be checked."""

from __future__ import annotations

from typing import Any

from relaas.propositions.clauses import Clause, plain_lemma
from relaas.propositions.lexicon import Lexicon

Token = Any


def is_negated(clause: Clause, words: Lexicon) -> bool:
    """Whether the predicate itself is negated, by an adverb, a negative subject or object."""
    return bool(negations(clause, words)) and len(negations(clause, words)) % 2 == 1


def negations(clause: Clause, words: Lexicon) -> list[Token]:
    """The negative words that bear on the predicate; those in fixed phrases ("niet alleen") and on other phrases do not count."""
    doc = clause.doc
    found = []
    text = clause.words
    skip = words.no_negation.search(text) if words.no_negation else None
    near = {clause.head} | {
        t.i
        for t in clause.predicate.children
        if t.dep_
        in {
            "aux",
            "aux:pass",
            "cop",
            "xcomp",
            "obj",
            "nsubj",
            "nsubj:pass",
            "iobj",
            "advmod",
            "expl",
            "obl",
            "obl:arg",
            "fixed",
            "ccomp",
        }
    }
    near |= {
        t.i
        for i in list(near)
        for t in doc[i].children
        if t.dep_ in {"xcomp", "obj", "det", "advmod", "amod", "nummod"}
    }
    for i in clause.tokens:
        token = doc[i]
        if token.lower_ not in words.negation and plain_lemma(token) not in words.negation:
            continue
        if skip and token.lower_ in skip.group(0).lower().split():
            continue
        if token.head.i in near or token.i in near or token.head.i == clause.head:
            found.append(token)
    return found


def is_uncheckable(clause: Clause, words: Lexicon) -> bool:
    """Whether the clause says that something cannot be or was not checked."""
    own = {plain_lemma(clause.doc[i]) for i in clause.tokens if clause.doc[i].pos_ in {"VERB", "AUX", "ADJ"}}
    below = {child.lemma for child in clause.children if child.relation in {"xcomp", "advcl", "ccomp", "acl"}}
    below |= {plain_lemma(t) for t in clause.predicate.children if t.dep_ in {"xcomp", "advcl", "ccomp"}}
    if not (own | below) & words.checking:
        return False
    forms = own | {plain_lemma(t) for t in (clause.predicate, *clause.auxiliaries())}
    negative = is_negated(clause, words) or bool(forms & words.negative_states)
    return negative and bool((forms | below) & (words.ability | words.small("abilities")))
