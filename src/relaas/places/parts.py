"""Parts of towns: quarters, streets and buildings, by the words beside their names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from relaas.knowledge.names import key
from relaas.ontology.loader import language_data, languages
from relaas.places.toponym import Toponym

KINDS = {"quarter": "district", "building": "facility"}
LONGEST = 3


@dataclass(frozen=True, slots=True)
class Part:
    """What sort of part a name is (``district`` or ``facility``), the name with the word that says so where that follows
    it, and whether the word is part of the name itself ("Mira Street").
    """

    kind: str
    name: str
    named: bool = False


def part_of_town(toponym: Toponym, text: str, language: str) -> Part | None:
    """The part of a town that the words beside a name, or its own last word, make of it: "de wijk Himbi", "Mira Street"."""
    tongue = language if language in languages() else "en"
    lead = re.search(r"((?:[\w'’-]+ )*)$", text[max(0, toponym.start - 40) : toponym.start])
    before = lead[1].lower().split() if lead else []
    after = re.match(r" ((?:[a-z][\w'’-]+ ?){1,3})", text[toponym.end : toponym.end + 40])
    following = after[1].split() if after else []
    own = key(toponym.text).split()
    for group, kind in KINDS.items():
        if _tail(before, _phrases(tongue, group, "before")):
            return Part(kind, toponym.text)
        for count in range(min(LONGEST, len(following)), 0, -1):
            if " ".join(following[:count]) in _phrases(tongue, group, "after"):
                return Part(kind, f"{toponym.text} {' '.join(following[:count])}")
        if len(own) > 1 and own[-1] in _phrases(tongue, group, "after"):
            return Part(kind, toponym.text, named=True)
        if any(
            own[-1].endswith(word) and len(own[-1]) >= len(word) + LONGEST for word in _phrases(tongue, group, "fused")
        ):
            return Part(kind, toponym.text, named=True)
    return None


@cache
def _phrases(language: str, group: str, side: str) -> frozenset[str]:
    data: dict[str, Any] = language_data(language, "parts_of_towns")
    return frozenset(data.get(group, {}).get(side, ()))


def _tail(words: list[str], phrases: frozenset[str]) -> bool:
    return any(" ".join(words[-count:]) in phrases for count in range(1, min(LONGEST, len(words)) + 1))
