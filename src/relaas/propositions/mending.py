"""Mends what a parser gets wrong that no sentence can have: two subjects side by side under one verb are one noun phrase, and a report that
goes round without anybody reporting is a noun."""

from __future__ import annotations

from typing import Any

from relaas.propositions.clauses import plain_lemma
from relaas.propositions.lexicon import Lexicon

Token = Any
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
SPEAKABLE = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
ENDING = 3
"""The most letters that a plural adds to its noun."""


def mend(doc: Any) -> None:
    """Join the first of two such subjects to the second, in place: as its owner ("Iran | 's president"), else as what it is
    compounded with ("aid | workers"), or a name to the title before it.
    """
    for token in list(doc):
        if token.dep_ not in SUBJECTS or token.pos_ not in SPEAKABLE:
            continue
        following = _beside(token)
        if following is None:
            continue
        owns = any(child.dep_ == "case" and child.i > token.i for child in token.children)
        if not owns and token.pos_ == "NOUN" and following.pos_ == "PROPN":
            following.head, following.dep_ = token, "appos"
        else:
            token.head, token.dep_ = following, "nmod:poss" if owns else "compound"


def _beside(token: Token) -> Token | None:
    """The other subject of the same verb whose words follow right on a subject's; None where there is none or something stands between."""
    after = [
        other
        for other in token.head.children
        if other.i > token.i and other.dep_ in SUBJECTS and other.pos_ in {"NOUN", "PROPN"}
    ]
    following = min(after, key=lambda other: int(other.i), default=None)
    if following is None or (following.i > token.head.i) != (token.i > token.head.i):
        return None
    between = list(token.doc[token.i + 1 : following.i])
    owners = [one for one in between if one.dep_ == "case" and one.head.i == token.i]
    described = [one for one in between if one.head.i == following.i]
    if len(owners) + len(described) < len(between) or (described and not owners):
        return None
    return following


def reports(doc: Any, words: Lexicon) -> None:
    """Make a noun, and the subject of the light verb before it, of a reporting verb without a subject that has its form, in place ("From the
    other side come, still unconfirmed, | reports that …").
    """
    light = words.small("light_verbs")
    for token in list(doc):
        told = next((child for child in token.children if child.dep_ == "ccomp" and child.i > token.i), None)
        if token.pos_ != "VERB" or told is None or any(child.dep_ in SUBJECTS for child in token.children):
            continue
        verb = next(
            (c for c in token.children if c.dep_ == "parataxis" and c.i < token.i and plain_lemma(c) in light), None
        )
        noun = next(
            (one for one in words.nouns if token.lower_.startswith(one) and len(token.lower_) - len(one) <= ENDING),
            None,
        )
        if verb is None or noun is None or any(child.dep_ in SUBJECTS for child in verb.children):
            continue
        above, relation = token.head, token.dep_
        verb.head, verb.dep_ = (verb if above is token else above), relation
        token.head, token.dep_, token.pos_ = verb, "nsubj", "NOUN"
        token.lemma_ = token.base = noun
        told.dep_ = "acl"
        for child in [one for one in verb.children if verb.i < one.i < token.i and one.pos_ in SPEAKABLE]:
            child.head, child.dep_ = token, "amod"
