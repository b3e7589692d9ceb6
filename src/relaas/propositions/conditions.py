"""Conditionals and embedded questions."""

from __future__ import annotations

from typing import Any

from relaas.propositions.clauses import Clause
from relaas.propositions.lexicon import Lexicon
from relaas.propositions.verbs import is_past

Token = Any


def is_condition(clause: Clause, words: Lexicon) -> bool:
    """Whether a clause is the if-part of a conditional: a strong marker, or a weak one in the present."""
    marks = clause.marks()
    if clause.relation not in {"advcl", "parataxis"} or (
        clause.parent is not None
        and words.verbs.get(clause.parent.lemma)
        and clause.head > clause.parent.head
        and marks & words.small("interrogatives")
    ):
        return False
    if not marks & words.conditions:
        return _verb_first(clause, words)
    if marks & words.strong_conditions:
        return True
    return clause.is_finite() and not is_past(clause, words)


def begins_asking(clause: Clause, words: Lexicon) -> bool:
    """Whether a clause's own first word is a question word ("Wie er schoot, …"), after a preposition or not."""
    own = [clause.doc[i] for i in clause.tokens if not clause.doc[i].is_punct][:2]
    if not own or clause.doc[clause.tokens[-1]].text == "?":
        return False
    return own[0].lower_ in words.questions or (own[0].pos_ == "ADP" and own[-1].lower_ in words.questions)


def _verb_first(clause: Clause, words: Lexicon) -> bool:
    """A condition without a marker: the verb opens it and "dan" or "then" answers ("Valt de stad, dan …", "mocht de stad vallen")."""
    opening = [clause.doc[i] for i in clause.tokens if not clause.doc[i].is_punct][:1]
    if (
        not opening
        or opening[0].pos_ not in {"VERB", "AUX"}
        or clause.parent is None
        or clause.head > clause.parent.head
    ):
        return False
    return opening[0].lower_ in words.strong_conditions or any(
        t.lower_ in words.small("answers_of_conditions") for t in clause.parent.predicate.children
    )


def in_condition(clause: Clause, words: Lexicon) -> bool:
    """Whether a clause is either part of a conditional."""
    if is_condition(clause, words):
        return True
    return any(
        is_condition(child, words) and child.relation in {"advcl", "parataxis"} for child in clause.children
    ) and not is_past(clause, words)


def asks(clause: Clause, words: Lexicon) -> bool:
    """Whether a clause is an embedded question: it begins with a question word, after a preposition or not."""
    if clause.relation not in {"ccomp", "csubj", "csubj:pass", "advcl", "acl", "acl:relcl", "xcomp", "conj"}:
        return False
    below = sorted((token for token in clause.predicate.subtree if not token.is_punct), key=lambda token: int(token.i))
    return any(token.lower_ in words.questions for token in below[: 2 if below and below[0].pos_ == "ADP" else 1])
