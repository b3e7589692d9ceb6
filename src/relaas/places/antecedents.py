"""Definite descriptions and pro-forms that stand for a place named before: "de stad", "het dorp", "daar"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from relaas.model.place import Place
from relaas.ontology.loader import language_data, languages
from relaas.places.towns import Towns
from relaas.places.usage import use_at

ADVERB = "adverb: "
_FOLLOWED_BY_NAME = re.compile(r"\s+(?:(?:van|of)\s+)?[A-Z]")


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    kinds: tuple[str, ...]
    pattern: re.Pattern[str]


def antecedents(text: str, places: Sequence[Place], language: str, *, towns: Towns | None = None) -> list[Place]:
    """One place for each description whose antecedent stands earlier in the text: the antecedent's, with the
    description's own span.

    "De stad" takes the likeliest town (see ``Towns``), "die stad" the nearest before it, "de hoofdstad" the country's
    capital, "de regio" the nearest region or division, "daar" the nearest location of any kind in this sentence or the
    one before. "De stad Cherson" is no description of something else and is left out; so are adjectives and governments
    as antecedents of "daar" ("het land" may be one named by its adjective).
    """
    towns = towns or Towns(text, places)
    tongue = language if language in languages() else "en"
    named = sorted(
        (place for place in places if place.start is not None and place.resolved), key=lambda place: place.start or 0
    )
    found = []
    for start, end, group in _descriptions(text, tongue):
        antecedent = _town(towns, start, group) or _nearest(text, start, named, group)
        if antecedent is not None:
            words = text[start:end]
            use = use_at(start, text=text, language=tongue)
            reason = f"{group.name}: {antecedent.text or antecedent.name} at {antecedent.start or 'the title'}"
            found.append(replace(antecedent, text=words, start=start, end=end, use=use, reason=reason, geometry=None))
    return found


def is_adverb(described: Place) -> bool:
    """Whether a description is a mere "daar" or "here": where that is, is better told by the whole report (``Inheritance``)."""
    return described.reason.startswith(ADVERB)


@cache
def _groups(language: str) -> tuple[_Group, ...]:
    data: dict[str, Any] = language_data(language, "places").get("definite", {})
    groups = []
    for name, group in data.items():
        words = "|".join(sorted((re.escape(phrase) for phrase in group["phrases"]), key=len, reverse=True))
        groups.append(
            _Group(name, tuple(group["kinds"]), re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE))
        )
    return tuple(groups)


def _descriptions(text: str, language: str) -> list[tuple[int, int, _Group]]:
    found: list[tuple[int, int, _Group]] = []
    for group in _groups(language):
        for match in group.pattern.finditer(text):
            if group.kinds and _FOLLOWED_BY_NAME.match(text, match.end()):
                continue
            if not group.kinds and not _is_place_word(text, match.start(), match.end(), language):
                continue
            found.append((match.start(), match.end(), group))
    found.sort(key=lambda item: (item[0], -item[1]))
    kept: list[tuple[int, int, _Group]] = []
    for item in found:
        if not kept or item[0] >= kept[-1][1]:
            kept.append(item)
    return kept


_EXPLETIVE = re.compile(
    r"\s*(?:is|zijn|was|waren|wordt|worden|werd|werden|are|were|have|has|will|would|could|may|might|seems|komt|kwam|bestaat|staat)\b",
    re.IGNORECASE,
)
_VERB_BEFORE = re.compile(
    r"(?:\b(?:is|zijn|was|waren|wordt|worden|werd|werden|komt|are|were|be|been|dat|of|als)\s+)$", re.IGNORECASE
)


def _is_place_word(text: str, start: int, end: int, language: str) -> bool:
    """Whether "er", "daar", "there" is a place here and not an empty subject or part of "daarom", "er is"."""
    word = text[start:end].lower()
    if word in ("er", "there"):
        if _EXPLETIVE.match(text, end) or _VERB_BEFORE.search(text[max(0, start - 12) : start]):
            return False
        return (
            word == "er"
            and bool(
                re.match(
                    r"\s+(?:[\w-]+\s+){0,2}(?:wonen|leven|woont|verblijven|achterbleven|gevochten|vechten|sterven|achtergebleven)\b",
                    text[end:],
                )
            )
        ) or word == "there"
    return True


def _town(towns: Towns, start: int, group: _Group) -> Place | None:
    if group.name == "capital":
        return towns.capital(start)
    if group.name == "that town":
        return towns.nearest(start)
    return towns.likeliest(start) if group.name == "town" else None


def _nearest(text: str, start: int, named: Sequence[Place], group: _Group) -> Place | None:
    before = [place for place in named if (place.end or 0) <= start]
    if group.kinds:
        allowed = ("adjective",) if group.name == "country" else ()
        fits = [
            place
            for place in before
            if place.kind in group.kinds and (place.use not in ("adjective", "dateline") or place.use in allowed)
        ]
        return fits[-1] if fits else None
    reach = _two_sentences_back(text, start)
    fits = [
        place for place in before if (place.start or 0) >= reach and place.use in ("location", "direction", "origin")
    ]
    return fits[-1] if fits else None


def _two_sentences_back(text: str, start: int) -> int:
    ends = [match.end() for match in re.finditer(r"[.!?…]['\"”’]?\s+|\n+", text[:start])]
    return ends[-2] if len(ends) >= 2 else 0
