"""Guesses the language of a passage from its letters."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

KNOWN = ("nl", "en", "de", "fr", "es", "it", "pt", "pl", "uk", "ru", "ar", "fa", "he", "tr")
SHORT = 40
SURE = 0.9


class Guesser:
    """The language of one document, and of passages in it.

    A passage leaves the document's language only when it is long enough to tell and the guess is sure: a heading of two names
    says nothing about its language.
    """

    def __init__(self, text: str, given: str | None) -> None:
        self.language = given or (_classify(text[:20_000])[0] if text.strip() else "und")

    def of(self, text: str) -> str:
        """The language of a passage as a two-letter code."""
        if len(text) < SHORT:
            return self.language
        language, share = _classify(text[:2_000])
        return language if share >= SURE else self.language


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(KNOWN))
    return identifier


def _classify(text: str) -> tuple[str, float]:
    language, share = _identifier().classify(text)
    return str(language), float(share)
