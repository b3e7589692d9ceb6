"""The parties to wars by the names that reports give them: one actor for all its names, its kind and side by date.

States need no entry of their own: "het Russische leger", "Sudan's army" and "the government of Chad" are read as a state's armed
forces, police or government. Nothing here decides a label but the kind of a source that the text says nothing about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache
from typing import Any

from babel import Locale

from relaas.dates import bounds
from relaas.knowledge.datafiles import FOLDER, read_mapping
from relaas.knowledge.names import key
from relaas.knowledge.toponyms import demonyms

LANGUAGES = ("nl", "en")
_ARTICLE = re.compile(r"^(?:the|de|het|een|an?)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"^(?P<owner>.+?)(?:'s|’s|'|’)\s+(?P<noun>.+)$")
_OWNED = re.compile(r"^(?P<noun>.+?)\s+(?:of|van|in)\s+(?:the\s+|de\s+|het\s+)?(?P<owner>.+)$", re.IGNORECASE)


_STATE = re.compile(r"^(?P<code>[A-Z]{2})(?:\.(?P<organ>\w+))?$")


@dataclass(frozen=True, slots=True)
class Dated:
    """A value that held from ``first`` to ``last``, ends included, None where the end is open."""

    value: str
    first: date | None = None
    last: date | None = None

    def held(self, day: str | None) -> bool:
        """Whether it may have held on a day, month or year; without one, whether it ever did."""
        if day is None:
            return True
        first, last = bounds(day)
        return (self.first is None or self.first <= last) and (self.last is None or first <= self.last)


@dataclass(frozen=True, slots=True)
class Actor:
    """A party with its names by language (the first is for display), and its kinds and sides by date."""

    id: str
    names: Mapping[str, tuple[str, ...]]
    kinds: tuple[Dated, ...]
    sides: tuple[Dated, ...] = ()
    existed: Dated = field(default_factory=lambda: Dated(""))

    def kind(self, day: str | None = None) -> str | None:
        """The kind of source it was on a day; without one, or where several may be right, the last."""
        return _last(self.kinds, day)

    def side(self, day: str | None = None) -> str | None:
        """The state (ISO code) or body it fought for on a day; None for its own."""
        return _last(self.sides, day)

    def name(self, language: str) -> str:
        """Its name for display."""
        return next(names[0] for tongue in (language, "en", *self.names) if (names := self.names.get(tongue, ())))


class Actors:
    """Every known actor by its names."""

    def __init__(self, listed: Iterable[Actor]) -> None:
        self._by_name: dict[str, list[Actor]] = {}
        self._states: dict[str, Actor] = {}
        for actor in listed:
            if _STATE.match(actor.id):
                actor = self._states[actor.id] = _with_names_of_state(actor)
            for name in dict.fromkeys(key(name) for names in actor.names.values() for name in names):
                self._by_name.setdefault(name, []).append(actor)

    def find(self, name: str, day: str | None = None) -> Actor | None:
        """The actor that a report of that day (of any precision) means by a name; None where it is unknown or names several."""
        plain = _ARTICLE.sub("", name.strip())
        listed = [actor for actor in self._by_name.get(key(plain), ()) if actor.existed.held(day)]
        if len(listed) == 1:
            return listed[0]
        state = _state(plain) if not listed else None
        return self._states.get(state.id, state) if state is not None else None

    def names(self, name: str) -> tuple[str, ...]:
        """Every name of the actor that a name means, itself first; only itself where it is unknown."""
        actor = self.find(name)
        if actor is None:
            return (name,)
        return tuple(dict.fromkeys((name, *(one for names in actor.names.values() for one in names))))


@cache
def actors() -> Actors:
    """The listed actors, read once."""
    return Actors(_actor(row) for row in read_mapping(FOLDER / "actors.yaml")["actors"])


def _last(values: Iterable[Dated], day: str | None) -> str | None:
    held = [one.value for one in values if one.held(day)]
    return held[-1] if held else None


def _actor(row: Mapping[str, Any]) -> Actor:
    names = {language: tuple(row[language]) for language in LANGUAGES if language in row}
    kinds = row.get("kinds") or [{"kind": row["kind"]}]
    sides = row.get("sides") or ([{"side": row["side"]}] if "side" in row else [])
    return Actor(
        row["id"],
        names,
        tuple(_dated(one, "kind") for one in kinds),
        tuple(_dated(one, "side") for one in sides),
        _dated(row, "id"),
    )


def _dated(row: Mapping[str, Any], field: str) -> Dated:
    first, last = row.get("from"), row.get("to")
    return Dated(row[field], bounds(str(first))[0] if first else None, bounds(str(last))[1] if last else None)


def _with_names_of_state(actor: Actor) -> Actor:
    """A listed organ of a state with the names that its country gives it added."""
    match = _STATE.match(actor.id)
    assert match is not None
    organ = match["organ"] or "government"
    made = _organ(match["code"], organ, actor.kinds[0].value)
    names: dict[str, tuple[str, ...]] = {}
    for language in LANGUAGES:
        listed, whole = actor.names.get(language, actor.names["en"]), made.names[language]
        first = whole[:1] if organ == "government" else ()  # a state is shown by its own name, not by its palace's
        names[language] = tuple(dict.fromkeys((*first, *listed, *whole)))
    return replace(actor, names=names, sides=actor.sides or made.sides)


@cache
def _countries() -> dict[str, str]:
    """Keys of the countries' names with their ISO codes."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code.partition("-")[0]) == 2:
                found.setdefault(key(name), code.partition("-")[0])
    return found


@cache
def _organs() -> dict[str, tuple[str, str]]:
    """Keys of the nouns for a state's organs, with the organ and its kind."""
    states = read_mapping(FOLDER / "actors.yaml")["states"]
    return {
        key(noun): (organ, data["kind"])
        for organ, data in states.items()
        for tongue in LANGUAGES
        for noun in data[tongue]
    }


@lru_cache(maxsize=5_000)
def _state(name: str) -> Actor | None:
    """A state, or one of its organs, by the country's name or adjective."""
    whole = _countries().get(key(name))
    if whole is not None:
        return _organ(whole, "government", "official")
    for pattern in (_POSSESSIVE, _OWNED):
        match = pattern.match(name)
        if match and (code := _countries().get(key(match["owner"]))) and (organ := _organs().get(key(match["noun"]))):
            return _organ(code, *organ)
    words = name.split()
    for cut in range(1, len(words)):
        noun = _organs().get(key(" ".join(words[cut:])))
        if noun is None:
            continue
        adjective = key(" ".join(words[:cut]))
        for language in LANGUAGES:
            place, _ = demonyms(language).get(adjective, ("", False))
            if len(place) == 2:
                return _organ(place, *noun)
    return None


@lru_cache(maxsize=2_000)
def _organ(code: str, organ: str, kind: str) -> Actor:
    """A state's organ under every name that its adjectives and nouns make."""
    states = read_mapping(FOLDER / "actors.yaml")["states"]
    names: dict[str, tuple[str, ...]] = {}
    for language in LANGUAGES:
        country = Locale(language).territories.get(code, code)
        nouns = states[organ][language]
        adjectives = [form for form, (place, people) in demonyms(language).items() if place == code and not people]
        made = [f"{adjective.title()} {noun}" for noun in nouns for adjective in adjectives]
        link = "van" if language == "nl" else "of"
        made += [f"{noun} {link} {country}" for noun in nouns]
        if language == "en":
            made += [f"{country}'s {noun}" for noun in nouns]
        names[language] = tuple(([country] if organ == "government" else []) + made)
    return Actor(code if organ == "government" else f"{code}.{organ}", names, (Dated(kind),), (Dated(code),))
