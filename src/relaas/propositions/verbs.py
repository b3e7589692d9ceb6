"""Tense and form of verbs, as far as their spelling tells."""

from __future__ import annotations

from typing import Any

from relaas.propositions.clauses import Clause, plain_lemma
from relaas.propositions.lexicon import Lexicon, small_words

Token = Any


def is_perfect(clause: Clause) -> bool:
    """Whether the predicate is a perfect: an auxiliary of having or being beside a participle."""
    return any(
        plain_lemma(t) in small_words(clause.doc.vocab.lang, "perfect_auxiliaries") and t.dep_ in {"aux", "aux:pass"}
        for t in clause.auxiliaries()
    )


def is_past(clause: Clause, words: Lexicon) -> bool:
    """Whether the clause's finite verb looks past; a participle beside an auxiliary says nothing."""
    auxiliaries = clause.auxiliaries()
    forms = [t for t in (auxiliaries or [clause.predicate]) if t.pos_ in {"VERB", "AUX"}]
    return any(looks_past(t, words) for t in forms)


def looks_past(token: Token, words: Lexicon) -> bool:
    """Whether a verb's form looks past: one of the language's strong forms, or a weak ending that its lemma lacks."""
    form, lemma = token.lower_, str(token.base)
    if form in words.hearsay_forms or form in words.conditional_forms:
        return False
    if form in words.past_forms:
        return True
    return form.endswith(words.past_endings) and form != lemma and not lemma.startswith(form[:-1])


def has_infinitive(token: Token) -> bool:
    return token.dep_ == "aux" or any(child.dep_ == "xcomp" for child in token.children)


def looks_ahead(clause: Clause, words: Lexicon) -> bool:
    """Whether a clause tells of what is to come: a future or conditional form, or a verb of becoming in the present."""
    forms = [clause.predicate, *clause.auxiliaries()]
    later = words.future_forms | words.conditional_forms | words.hearsay_forms
    if any(form.lower_ in later for form in forms):
        return True
    becoming = plain_lemma(clause.predicate) in words.small("becoming") or any(
        form.lower_ in words.small("becoming") for form in forms
    )
    return becoming and not is_past(clause, words) and clause.child("aux:pass") is None
