"""Gives a verb back the subject that the parser hung on the verb that reports it: "Thirty people | died, the mayor said"."""

from __future__ import annotations

from typing import Any

Doc = Any
Token = Any
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
CONTENT = "ccomp"


def give_back(doc: Doc) -> None:
    """Hang the first of two subjects of one verb, in place, on the clause between them that depends on the verb and has none."""
    for verb in list(doc):
        subjects = [child for child in verb.children if child.dep_ in SUBJECTS]
        if len(subjects) > 1 and (owner := _owner(verb, subjects[0], subjects[1])) is not None:
            subjects[0].head = owner


def _owner(verb: Token, first: Token, second: Token) -> Token | None:
    for clause in verb.children:
        bare = not any(child.dep_ in SUBJECTS for child in clause.children)
        if clause.dep_ == CONTENT and first.i < clause.i < second.i and bare:
            return clause
    return None
