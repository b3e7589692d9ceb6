"""Mends what a parser gets wrong that no sentence can have: two subjects side by side under one verb are one noun phrase."""

from __future__ import annotations

from typing import Any

Token = Any
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
SPEAKABLE = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})


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
