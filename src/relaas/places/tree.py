"""What the tree says a place is doing: left, come from, gone to, or acting as a government."""

from __future__ import annotations

from functools import cache
from typing import Any

from relaas.ontology.loader import language_data, languages

Token = Any

_NAMING = frozenset({"flat", "compound", "appos", "nmod:desc"})
_WITH_OBJECT = frozenset({"obj", "ccomp", "xcomp", "aux"})
REACH = 4
"""Words between a place and the particle that goes with it ("de stad niet meer uit")."""


def use_in_tree(token: Token, language: str) -> str | None:
    """Origin where the place is what a verb of leaving leaves; direction or origin where it lies in what one goes to or comes from.

    "Ze hebben de stad verlaten", "zij mogen de stad niet uit": origin. "Naar een ziekenhuis in Duitsland": direction.
    """
    head = _first(token)
    if _is_left(head, language) or _left_by_particle(head, language):
        return "origin"
    noun = head.head
    if head.dep_ == "nmod" and noun.pos_ in {"NOUN", "PROPN"} and noun.i < head.i:
        if not _cases(head) & _words(language, "location", "inside"):
            return None
        for use in ("direction", "origin"):
            if _cases(noun) & _words(language, use, "before"):
                return use
    return None


def acts_in_tree(token: Token, language: str) -> bool:
    """Whether the place does something, as a government does: the subject of an active verb with an object, a clause or a modal."""
    head = _first(token)
    verb = head.head
    if head.dep_ != "nsubj" or verb.pos_ != "VERB" or verb.base in _words(language, "actor", "never_of"):
        return False
    return any(child.dep_ in _WITH_OBJECT for child in verb.children) and not _cases(head)


def _is_left(head: Token, language: str) -> bool:
    """Whether the place is the object of a verb of leaving; a bare name that the tree hangs on the subject is its object too."""
    verbs = [head.head, *([head.head.head] if head.dep_ == "nmod" else [])]
    leaving = _words(language, "origin", "objects_of")
    return (
        head.dep_ in {"obj", "nsubj", "nsubj:pass", "nmod"}
        and not _cases(head)
        and any(verb.lower_ in leaving or verb.base in leaving for verb in verbs)
        and any(child.dep_.startswith("nsubj") or child.dep_ == "aux:pass" for verb in verbs for child in verb.children)
    )


def _left_by_particle(head: Token, language: str) -> bool:
    particles = _words(language, "origin", "after")
    if not particles or _cases(head):
        return False
    for following in head.doc[head.i + 1 : head.i + 1 + REACH]:
        if following.lower_ in particles:
            return (
                following.dep_ in {"compound:prt", "advmod", "case"}
                and following.head.i != following.i + 1
                and (following.head.i <= following.i or following.head.pos_ in {"VERB", "AUX"})
            )
        if following.pos_ in {"NOUN", "PROPN", "VERB", "PUNCT"}:
            return False
    return False


def _first(token: Token) -> Token:
    if token.dep_ == "det":
        token = token.head
    while token.dep_ in _NAMING and token.head.i < token.i:
        token = token.head
    return token


def _cases(token: Token) -> frozenset[str]:
    return frozenset(child.lower_ for child in token.children if child.dep_ == "case")


@cache
def _words(language: str, use: str, name: str) -> frozenset[str]:
    data: dict[str, Any] = language_data(language if language in languages() else "en", "places").get("use", {})
    return frozenset(data.get(use, {}).get(name, ()))
