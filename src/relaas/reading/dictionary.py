"""A dictionary beside the model: which of its lemmas is a word of the language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from simplemma import is_known, lemmatize

LANGUAGES = frozenset({"nl", "en", "de", "fr", "uk", "ru"})
VERBAL = frozenset({"VERB", "AUX"})
INFLECTED = frozenset({"VERB", "AUX", "NOUN", "ADJ"})


@lru_cache(maxsize=100_000)
def chosen(form: str, candidates: Sequence[str], upos: str, language: str) -> str:
    """The lemma of a form: the dictionary's where the model thinks of it too, else the model's first that is a word,
    else the dictionary's.

    The model's own first choice stands for names, for closed classes, and where the dictionary knows nothing.
    """
    first = candidates[0] if candidates else form.lower()
    if upos not in INFLECTED or language not in LANGUAGES or not form[0].isalpha():
        return first
    listed = lemmatize(form.lower(), lang=language).lower()
    if listed == first or (upos in VERBAL and first == form.lower() and _fits(first, upos, language)):
        return first
    if _is_word(first, upos, language) and (
        upos not in VERBAL or (language == "nl" and first in form.lower()) or len(candidates) < 2
    ):
        return first
    known = is_known(form.lower(), lang=language) and _fits(listed, upos, language)
    if known and (listed in candidates or upos in VERBAL):
        return listed
    word = next((one for one in candidates[:4] if _is_word(one, upos, language)), None)
    return word or (listed if known and upos in VERBAL else first)


def _is_word(lemma: str, upos: str, language: str) -> bool:
    return _fits(lemma, upos, language) and is_known(lemma, lang=language) and lemmatize(lemma, lang=language) == lemma


def _fits(lemma: str, upos: str, language: str) -> bool:
    """Whether a lemma has the form that its class asks for: a Dutch infinitive ends in n."""
    return upos not in VERBAL or language != "nl" or lemma.endswith("n")
