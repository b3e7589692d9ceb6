"""One language's nouns, measures, triggers and bounds, made ready for look-up by first word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from relaas.ontology.loader import language_data
from relaas.times.scan import Token, tight, tokens

GAP = ".."
"""In a phrase: other words may stand here ("kwamen .. om")."""
WIDEST_GAP = 14
SHORTEST_TAIL = 5
"""Letters that the last part of a compound has at least ("legervoertuigen" ends in "voertuigen")."""


class Phrase(NamedTuple):
    """A phrase's words and what it stands for; ``then`` is what may follow its last word where it has a gap."""

    words: tuple[str, ...]
    value: Any
    then: frozenset[str] = frozenset()


Index = dict[str, list[Phrase]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Look-ups by first word; each list has the longest phrases first."""

    nouns: Index
    tails: dict[str, Any]
    age_links: frozenset[str]
    measures: Index
    triggers: Index
    bounds: Index
    bounds_after: Index
    bounds_first: Index
    multiplied: frozenset[str]
    strong: frozenset[str]
    vague: Index
    few: Index
    ranges: Index
    parts: Index
    totals_of: Index
    not_one: Index
    some: Index
    total: Index
    event: Index
    unit_numbers: frozenset[str]
    designations: frozenset[str]
    clause: frozenset[str]
    perfect: Index
    adjective_endings: tuple[str, ...]
    noun_stops: frozenset[str]
    clause_openers: frozenset[str]
    uninflected: frozenset[str]
    bare_next: frozenset[str]
    share_links: frozenset[str]
    wholes: frozenset[str]
    whole_links: frozenset[str]
    row_words: frozenset[str]
    plural_endings: tuple[str, ...]
    between: list[tuple[tuple[str, ...], str]]
    numbers: dict[str, Any]


@cache
def vocabulary(language: str) -> Vocabulary | None:
    """The vocabulary of a language; ``None`` where there is none."""
    data, figures = language_data(language, "units"), language_data(language, "numbers")
    if not data:
        return None
    nouns = [
        (word, (unit.partition(".")[0], entry["of"]))
        for unit, entry in data["nouns"].items()
        for word in entry["words"]
    ]
    nouns += [
        (word, (unit, None if data["compounds"] == "joined" else unit))
        for unit, words in language_data(language, "things").get("things", {}).items()
        for word in words
    ]
    nouns += [(word, ("people", "people")) for word in _peoples(language)]
    return Vocabulary(
        nouns=_index(nouns),
        tails={word: value for word, value in nouns if len(word) >= SHORTEST_TAIL and word.isalpha()}
        if data["compounds"] == "joined"
        else {},
        age_links=frozenset(data["age_links"]),
        measures=_index((word, unit) for unit, entry in data["measures"].items() for word in entry["words"]),
        triggers=_index(
            ((word, unit) for unit, words in data["triggers"].items() for word in words),
            frozenset(data["after_particle"]),
        ),
        bounds=_index((word, bound) for bound, words in data["bounds"].items() for word in words),
        bounds_after=_index((word, bound) for bound, words in data["bounds_after"].items() for word in words),
        bounds_first=_index((word, bound) for bound, words in data["bounds_first"].items() for word in words),
        multiplied=frozenset(data["multiplied"]),
        strong=frozenset(data["strong"]),
        vague=_index((word, tuple(limits)) for word, limits in figures.get("vague", {}).items()),
        few=_index((word, True) for word in figures.get("few", ())),
        ranges=_index((word, True) for word in data["ranges"]),
        parts=_index((word, True) for word in data["part_of"]),
        totals_of=_index((word, True) for word in data["of_total"]),
        not_one=_index((word, True) for word in data["not_one"]),
        some=_index((word, True) for word in data["some"]),
        total=_index((word, True) for word in data["total"]),
        event=_index((word, True) for word in data["event"]),
        unit_numbers=frozenset(data["unit_numbers"]),
        designations=frozenset(data["designations"]),
        clause=frozenset(data["clause"]),
        perfect=_index((word, True) for word in data["perfect"]),
        adjective_endings=tuple(data["adjective_endings"]),
        uninflected=frozenset(data["uninflected"]),
        clause_openers=frozenset(data["clause_openers"]),
        noun_stops=frozenset(data["noun_stops"]),
        bare_next=frozenset(data["bare_next"]),
        wholes=frozenset(data["wholes"]),
        share_links=frozenset(data["share_links"]),
        whole_links=frozenset(data["whole_links"]),
        row_words=frozenset(data["row_words"]),
        plural_endings=tuple(data["plural_endings"]),
        between=[(tuple(opening.split()), closing) for opening, closing in data["between"]],
        numbers=figures,
    )


def _peoples(language: str) -> Iterable[str]:
    """Inhabitants of countries in the plural: "Nederlanders", "Syrians"."""
    for words in language_data(language, "demonyms").get("countries", {}).values():
        for word in words[1:] if language_data(language, "units")["compounds"] == "joined" else words:
            low = word.lower()
            yield from (low,) if low.endswith(("s", "n")) and word is not words[0] else (f"{low}s", f"{low}en")


def noun_at(known: Vocabulary, found: list[Token], at: int) -> tuple[Any, int] | None:
    """The noun at a token, by itself or as the last part of a compound: its value and the index after it."""
    hit = match(known.nouns, found, at)
    if hit is not None or not known.tails or not 0 <= at < len(found):
        return hit
    low = found[at].low
    for cut in range(2, len(low) - SHORTEST_TAIL + 1):
        value = known.tails.get(low[cut:])
        if value is not None:
            return value, at + 1
    return None


def _index(entries: Iterable[tuple[Any, Any]], then: frozenset[str] = frozenset()) -> Index:
    found: Index = {}
    for phrase, value in entries:
        parts = str(phrase).split(f" {GAP} ")
        words: list[str] = []
        for part in parts:
            words.extend(([GAP] if words else []) + [token.low for token in tokens(part)])
        found.setdefault(words[0], []).append(Phrase(tuple(words), value, then))
    for group in found.values():
        group.sort(key=lambda phrase: -len(phrase.words))
    return found


def match(index: Index, found: list[Token], at: int) -> tuple[Any, int] | None:
    """The longest phrase that begins at a token: its value and the index after it."""
    if not 0 <= at < len(found):
        return None
    for phrase in index.get(found[at].low, ()):
        end = _matches(phrase, found, at)
        if end is not None:
            return phrase.value, end
    return None


def _matches(phrase: Phrase, found: list[Token], at: int) -> int | None:
    words = phrase.words
    position = at + 1
    for number, word in enumerate(words[1:], 1):
        if word == GAP:
            continue
        if words[number - 1] == GAP:
            end = min(len(found), position + WIDEST_GAP)
            while position < end and found[position].low != word:
                if found[position].low in (".", ";", "!", "?"):
                    return None
                position += 1
            if position >= end:
                return None
        elif (
            position >= len(found)
            or found[position].low != word
            or (word == "." and not tight(found[position - 1], found[position]))
        ):
            return None
        position += 1
    if (
        GAP in words
        and position < len(found)
        and found[position].kind == "word"
        and found[position].low not in phrase.then
    ):
        return None
    return position


def match_before(index: Index, found: list[Token], end: int, longest: int = 6) -> tuple[Any, int] | None:
    """The longest phrase that ends just before a token: its value and the index of its first token."""
    for start in range(max(0, end - longest), end):
        for phrase in index.get(found[start].low, ()):
            if len(phrase.words) == end - start and _matches(phrase, found, start) == end:
                return phrase.value, start
    return None
