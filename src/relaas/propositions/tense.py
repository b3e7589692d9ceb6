"""The tense of the clause around a word of time, read off the tree: does it look back, or ahead?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from relaas.ontology.loader import language_data
from relaas.propositions.clauses import plain_lemma
from relaas.propositions.lexicon import Lexicon, lexicon
from relaas.propositions.verbs import looks_past
from relaas.steps.step import Part

AUXILIARIES = frozenset({"aux", "aux:pass", "cop"})
HISTORIC = frozenset({"caption", "heading", "teaser"})
"""Passages that tell in the present tense what has happened."""
Token = Any
Data = Mapping[str, Any]


def tense_at(named: Token, part: Part) -> str | None:
    """``"past"``, ``"future"``, ``"present"`` (a finite verb in the present tense), or ``None`` where the clause has
    no verb that tells.

    "Is dinsdag gevallen" is past, and so is what is on images ("op beelden rijden zij dinsdag over de brug"); a clause
    under a verb of seeing ("is te zien hoe zij dinsdag over de brug rijden") tells nothing.
    """
    words, data = lexicon(part.passage.language), language_data(part.passage.language, "validity")
    if not data:
        return None
    if any(child.lower_ in data["since"]["words"] for child in (named, *named.children)):
        return "past"
    token = _predicate(named)
    auxiliaries = [child for child in token.children if child.dep_ in AUXILIARIES]
    if any(looks_past(one, words) for one in auxiliaries or [token]) or _is_perfect(token, auxiliaries, data):
        return "past"
    if _is_pictured(token, words):
        return "past"
    if any(one.lower_ in data["ahead"]["words"] for one in (token, *auxiliaries)):
        return "future"
    if part.passage.kind in HISTORIC or _is_seen(token, words) or named.dep_.startswith("nmod"):
        return None
    return "present" if any(_is_present(one, data) for one in auxiliaries or [token]) else None


def counted(named: Token, part: Part) -> str | None:
    """How a length of time is said that its clause counts from now: back ("has been closed for nine months" is "the past
    {amount}") or forward ("will leave in three weeks"); None where nothing is counted.
    """
    data = language_data(part.passage.language, "validity")
    cases = {child.lower_ for child in named.children if child.dep_ == "case"}
    if "ongoing" in data and cases & set(data["ongoing"]["words"]) and _goes_on(named, part, data):
        return str(data["ongoing"]["said_as"])
    if "ahead_by" in data and cases & set(data["ahead_by"]["words"]) and tense_at(named, part) in {"future", "present"}:
        return str(data["ahead_by"]["said_as"])
    return None


def _goes_on(named: Token, part: Part, data: Data) -> bool:
    """Whether the clause around a word is in the present perfect."""
    words = lexicon(part.passage.language)
    auxiliaries = [child for child in _predicate(named).children if child.dep_ in AUXILIARIES]
    return any(_aux_lemma(one) in data["perfect"]["words"] and not looks_past(one, words) for one in auxiliaries)


def _predicate(named: Token) -> Token:
    """The verb above a word, or what stands there in its place."""
    token = named
    while (
        token.pos_ not in {"VERB", "AUX"}
        and token.head.i != token.i
        and not any(child.dep_ == "cop" for child in token.children)
    ):
        token = token.head
    return token


def _is_perfect(token: Token, auxiliaries: list[Token], data: Data) -> bool:
    """Whether "hebben", "zijn" or "have" stands with a participle ("is gevallen"), not with "te" ("is te zien")."""
    if token.pos_ != "VERB" or _is_infinitive(token):
        return False
    return any(one.dep_ in {"aux", "aux:pass"} and _aux_lemma(one) in data["perfect"]["words"] for one in auxiliaries)


def _aux_lemma(token: Token) -> str:
    """The auxiliary's lemma; its form too reads as one ("zijn" tagged as a pronoun)."""
    return token.lower_ if token.pos_ == "PRON" else plain_lemma(token)


def _is_infinitive(token: Token) -> bool:
    return any(child.dep_ == "mark" and child.pos_ in {"ADP", "PART"} for child in token.children)


def _is_present(token: Token, data: Data) -> bool:
    """Whether a verb's form is its lemma's in the present."""
    shape = data["present_tense"]
    form, lemma = token.lower_, str(token.base)
    if form in shape["forms"]:
        return True
    if token.pos_ not in {"VERB", "AUX"} or form in shape["ambiguous"] or _is_infinitive(token):
        return False
    stem = _plain(lemma.removesuffix(shape["infinitive"]), shape)
    return any(stem.endswith(_plain(form.removesuffix(ending), shape)) for ending in shape["endings"] if form != ending)


def _plain(word: str, shape: Data) -> str:
    """A word without doubled letters, its last consonant hardened, so that "beslist" meets "beslissen"."""
    single = "".join(letter for index, letter in enumerate(word) if index == 0 or letter != word[index - 1])
    return single[:-1] + shape["soft"].get(single[-1], single[-1]) if single else single


def _is_pictured(token: Token, words: Lexicon) -> bool:
    """Whether a clause tells what is on images, which has happened."""
    images = words.images
    return images is not None and any(
        child.dep_.startswith("obl") and images.search(plain_lemma(child)) for child in token.children
    )


def _is_seen(token: Token, words: Lexicon) -> bool:
    """Whether the clause stands under a verb of seeing."""
    above = token
    while above.head.i != above.i:
        above = above.head
        if plain_lemma(above) in words.perceiving:
            return True
    return False
