"""Guesses from the words around a date whether its clause looks back or ahead, where no syntax says so."""

from __future__ import annotations

from functools import cache

from relaas.times.lexicon import Language, language
from relaas.times.scan import Token

REACH = 14
"""Tokens on either side that are looked at."""
_STOPS = (".", "!", "?", ";", ":", ",", "\n")


def guess(tokens: list[Token], index: int, known: Language) -> str | None:
    """The tense that the nearest cue of the clause tells, "past" or "future"; "present" for a date at the front of its
    clause with a verb in the present behind it ("Maandag beslist de rechter"); else ``None``.
    """
    future, past, endings, articles = _cues(known.code)
    best, nearest = None, REACH + 1
    for step in (-1, 1):
        for distance in range(1, REACH + 1):
            at = index + step * distance
            if not 0 <= at < len(tokens) or tokens[at].low in _STOPS:
                break
            low = tokens[at].low
            if distance < nearest and low in future:
                best, nearest = "future", distance
            elif distance < nearest and (
                low in past or (len(low) > 5 and low.endswith(endings) and tokens[at - 1].low not in articles)
            ):
                best, nearest = "past", distance
    return best or _fronted(tokens, index, known, past)


def _fronted(tokens: list[Token], index: int, known: Language, past: frozenset[str]) -> str | None:
    """Reads the verb behind a date that opens its sentence; a form that the past has too tells nothing."""
    endings = tuple(known.data.get("present_endings", ()))
    if not endings or index + 1 >= len(tokens) or (index and tokens[index - 1].low not in _STOPS):
        return None
    verb = tokens[index + 1]
    if verb.kind != "word" or verb.low in past or verb.low in known.data.get("no_present", ()):
        return None
    return "present" if len(verb.low) > 3 and verb.low.endswith(endings) else None


@cache
def _cues(code: str) -> tuple[frozenset[str], frozenset[str], tuple[str, ...], frozenset[str]]:
    known = language(code)
    assert known is not None
    data = known.data
    return (
        frozenset(data.get("future", ())),
        frozenset(data.get("past", ())),
        tuple(data.get("past_endings", ())),
        frozenset(data.get("no_verbs_after", ())),
    )
