"""Guesses from the words around a date whether its clause looks back or ahead, where no syntax says so."""

from __future__ import annotations

from functools import lru_cache

from relaas.times.lexicon import Language, language
from relaas.times.scan import Token

REACH = 14
"""Tokens on either side that are looked at."""
_STOPS = (".", "!", "?", ";", ":", ",", "\n")


def guess(tokens: list[Token], index: int, known: Language) -> str | None:
    """"future" where the nearest cue in the sentence is one of the future, "past" for one of the past, else ``None``."""
    future, past = _cues(known.code)
    best, nearest = None, REACH + 1
    for step in (-1, 1):
        for distance in range(1, REACH + 1):
            at = index + step * distance
            if not 0 <= at < len(tokens) or tokens[at].low in _STOPS:
                break
            low = tokens[at].low
            if distance < nearest and low in future:
                best, nearest = "future", distance
            elif distance < nearest and low in past:
                best, nearest = "past", distance
    return best


@lru_cache(maxsize=None)
def _cues(code: str) -> tuple[frozenset[str], frozenset[str]]:
    known = language(code)
    assert known is not None
    return frozenset(known.data.get("future", ())), frozenset(known.data.get("past", ()))
