"""Finds toponyms by gazetteer and capital letters, for texts that no entity model has read; precise rather than
greedy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from relaas.knowledge.gazetteer import Candidate, Gazetteer
from relaas.knowledge.names import key
from relaas.knowledge.sources import neighbours
from relaas.knowledge.toponyms import demonyms
from relaas.knowledge.wording import kind_words, part_words
from relaas.ontology.loader import language_data, languages
from relaas.places.relations import relation_before
from relaas.places.toponym import Toponym

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|St\.|[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*['’]?")
LONGEST = 6
# Prepositions that stand before persons as often as before places.
_OF = ("of", "van", "for", "voor")
_WEAK = frozenset(["voor", "over", "by", "on", "to", "under", "onder", "door", "with", "om", "aan", "achter"])
# A town smaller than this, or a division nobody has heard of, must be announced by the words before it.
FAMOUS, KNOWN = 150_000, 15_000


@dataclass(frozen=True, slots=True)
class Token:
    """A word with what surrounds it."""

    text: str
    start: int
    end: int
    capital: bool
    opens: bool  # a sentence
    joined: bool  # to the word before, by one space
    dotted: bool = False  # followed by a full stop


def find_toponyms(text: str, *, language: str, gazetteer: Gazetteer | None = None) -> list[Toponym]:
    """Names of places and adjectives of nationality, in order, none inside another.

    A common word at a sentence's start, a person's name, an organisation or a film that a place lends its name to is
    left out; a small place is taken only where the words before announce one ("in", "bij", "het dorp"), or where it
    is so announced elsewhere.
    """
    tongue = language if language in languages() else "en"
    base = gazetteer or Gazetteer.open()
    tokens = list(_tokens(text))
    matches = list(_matches(tokens, text, tongue, base))
    adjectives = {match.first for match in matches if match.adjective}
    judged = [(match, _evidence(match, tokens, text, tongue, base, adjectives)) for match in matches]
    sure = {match.key for match, verdict in judged if verdict > 0}
    lands = _lands([match for match, verdict in judged if verdict > 0], tongue, base)
    refused = {match.key for match, verdict in judged if verdict <= -2 and match.length == 1}
    found = []
    for match, verdict in judged:
        told = (
            verdict == 0
            and match.key not in refused
            and (match.key in sure or _at_home(match, tokens, lands, tongue, base))
        )
        if verdict > 0 or told:
            start, end = tokens[match.first].start, tokens[match.last].end
            span = text[start:end]
            trimmed = re.sub(r"['’]s?$", "", span) if not base.knows(key(span)) or span.endswith(("'", "’")) else span
            if span.endswith(("'s", "’s")):
                trimmed = span[:-2]
            found.append(Toponym(trimmed, start, start + len(trimmed), "MISC" if match.adjective else "LOC"))
    return found


def _lands(sure: list[Match], language: str, base: Gazetteer) -> frozenset[str]:
    """Countries that the report is certainly about."""
    found = set()
    for match in sure:
        if match.adjective:
            found.add(demonyms(language)[match.key][0])
            continue
        candidates = base.exact(match.key)
        if (candidates and candidates[0].entry.kind == "country") or len(
            {candidate.entry.country for candidate in candidates}
        ) == 1:
            found.add(candidates[0].entry.country)
    return frozenset(found)


def _at_home(match: Match, tokens: list[Token], lands: frozenset[str], language: str, base: Gazetteer) -> bool:
    """Whether an unannounced name belongs to a place in a country of the report, and is no common word or person's
    name.
    """
    first = tokens[match.first]
    if first.opens and match.length == 1 and len(match.key) < 5:
        return False
    if match.length == 1 and any(
        match.key in _lookalikes(language, group) for group in ("words", "persons", "organisations")
    ):
        return False
    near = frozenset(neighbour for land in lands for neighbour in neighbours().get(land, ()))
    if len(match.key) >= 6 and any(
        c.entry.country in near and c.how in ("name", "rule nl", "curated") and c.entry.population >= 5000
        for c in base.exact(match.key)
    ):
        return True
    return any(
        candidate.entry.country in lands
        and candidate.how not in ("short", "rule", "code", "sound", "typing")
        and candidate.entry.kind != "second-order division"
        and candidate.entry.population >= 1000
        for candidate in base.exact(match.key)
    )


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens ``first`` to ``last`` whose key the gazetteer or the demonyms know."""

    first: int
    last: int
    key: str
    adjective: bool

    @property
    def length(self) -> int:
        return self.last - self.first + 1


def _tokens(text: str) -> Iterator[Token]:
    before = 0
    for match in _TOKEN.finditer(text):
        word = match.group()
        gap = text[before : match.start()]
        opens = (
            before == 0
            or bool(re.search(r"[.!?…:]['\"”’)]*\s|\n|^\s*[\"“„‘'(]", gap))
            or gap.strip() in {"“", '"', "„", "‘"}
        )
        if word.endswith(("'", "’")) and not word.endswith(("s'", "s’")):
            word = word[:-1]
        capital = (
            word[0].isupper()
            or (len(word) > 2 and word[1] in "'’-" and word[2].isupper())
            or bool(re.match(r"(?:al|el|as|ash|at|ad|ar|an|az|es|ez|ed|er)-[A-Z]", word))
        )
        end = match.start() + len(word)
        yield Token(word, match.start(), end, capital, opens, gap == " ", text[end : end + 1] == ".")
        before = match.end()


def _matches(tokens: list[Token], text: str, language: str, base: Gazetteer) -> Iterator[Match]:
    at = 0
    while at < len(tokens):
        match = _longest(tokens, at, language, base) if tokens[at].capital else None
        if match is None:
            at += 1
            continue
        yield match
        at = match.last + 1


def _longest(tokens: list[Token], at: int, language: str, base: Gazetteer) -> Match | None:
    stop = at + 1
    while stop < len(tokens) and stop - at < LONGEST and tokens[stop].joined:
        stop += 1
    for end in range(stop, at, -1):
        last = tokens[end - 1]
        if not last.capital:
            continue
        words = [token.text for token in tokens[at:end]]
        spelled = key(" ".join(words))
        if words[-1].endswith(("'s", "’s")) and base.knows(key(" ".join(words)[:-2])):
            words[-1] = words[-1][:-2]
            spelled = key(" ".join(words))
        if len(words) == 1 and spelled in demonyms(language):
            return Match(at, end - 1, spelled, True)
        if len(words) == 1 and last.dotted and any(c.how == "code" for c in base.exact(spelled)):
            return Match(at, end - 1, spelled, False)  # "Ky.", "Pa."
        if _known(words, spelled, language, base):
            return Match(at, end - 1, spelled, False)
    return None


def _known(words: list[str], spelled: str, language: str, base: Gazetteer) -> bool:
    if len(words) == 1 and len(spelled) < 4:
        # Two or three letters: only as an abbreviation that the data files list, or a name with its own capitals.
        found = base.exact(spelled)
        if words[0].replace(".", "").isupper():
            return any(_is_code(words[0], candidate) for candidate in found)
        return any(
            candidate.entry.kind == "country" or (candidate.entry.population > 100_000 and candidate.how == "name")
            for candidate in found
        )
    if base.knows(spelled):
        return True
    if spelled.endswith("s") and len(words[-1]) > 4 and words[-1].endswith(("'s", "’s")) and base.knows(spelled[:-1]):
        return True
    first, _, rest = spelled.partition(" ")
    if len(words) == 1 and "-" in words[0]:
        head, _, tail = words[0].partition("-")
        if key(words[0].rpartition("-")[2]) in kind_words(language, "after") and base.knows(
            key(words[0].rpartition("-")[0])
        ):
            return True  # "Gaza-Stad"
        return key(head) in part_words(language) and any(
            c.entry.kind != "populated place" or c.entry.population > KNOWN for c in base.exact(key(tail))
        )
    if len(words) > 1 and first in part_words(language):
        return any(c.entry.kind == "country" for c in base.exact(rest))
    last = spelled.rpartition(" ")
    return len(words) > 1 and last[2] in kind_words(language, "after") and base.knows(last[0])


def _is_code(word: str, candidate: Candidate) -> bool:
    """Whether a short word in capitals is an abbreviation of the place: two letters for countries, dots or three for
    divisions.
    """
    if candidate.entry.kind == "country" or candidate.entry.region:
        return candidate.how in ("code", "curated", "alternate")
    return candidate.how == "code" and (len(word) > 2)


@cache
def _words(language: str, group: str, name: str) -> frozenset[str]:
    data: dict[str, Any] = language_data(language, "places").get(group, {})
    return frozenset(key(word) for word in data.get(name, []))


@cache
def _lookalikes(language: str, group: str) -> frozenset[str]:
    data = language_data(language, "place_lookalikes")
    return frozenset(str(data.get(group, "")).split())


@cache
def _announcing(language: str) -> frozenset[str]:
    use = language_data(language, "places").get("use", {})
    words = {
        phrase.split()[-1]
        for name in ("direction", "origin", "location")
        for phrase in use.get(name, {}).get("before", [])
    }
    return frozenset(words)


def _evidence(
    match: Match, tokens: list[Token], text: str, language: str, base: Gazetteer, adjectives: set[int]
) -> int:
    """Above zero: a place. Zero: only if announced elsewhere. Below: something else; -2 refuses the name in the whole
    text.
    """
    if match.adjective:
        return 1
    before = tokens[match.first - 1] if match.first else None
    after = tokens[match.last + 1] if match.last + 1 < len(tokens) else None
    first = tokens[match.first]
    held = first.dotted and match.first > 0 and text[tokens[match.first - 1].end : first.start] == ", "
    if (
        match.length == 1
        and (held or first.text.replace(".", "").isupper())
        and any(c.how == "code" for c in base.exact(match.key))
    ):
        return 1
    beside = _beside(match, before, after, tokens, language, base, adjectives)
    if beside == -3:
        return -1 if match.key in _lookalikes(language, "persons") else 0
    if beside < 0:
        return beside
    if _is_work(match, tokens, language):
        return -2
    candidates = base.exact(match.key) or tuple(
        base.candidates(text[tokens[match.first].start : tokens[match.last].end], language)
    )
    big = max((_fame(c.entry.kind, c.entry.population, c.how, c.entry.region) for c in candidates), default=0)
    announced = beside > 0 or _announced(match, tokens, text, language)
    if match.length == 1:
        word = match.key
        if tokens[match.first].text.isupper() and big < 3:
            return 0 if announced else -1
        if (
            word in part_words(language)
            or word in kind_words(language, "after")
            or word in _words(language, "not_places", "words")
        ):
            return -2
        if word in _lookalikes(language, "words") and big < 3:
            return 1 if announced and not tokens[match.first].opens and big >= 2 else -1
        if word in _lookalikes(language, "words") and tokens[match.first].opens:
            return 0
        if word in _lookalikes(language, "persons"):
            return 1 if (announced and big >= 2) or big >= 4 else -1
        if word in _lookalikes(language, "organisations"):
            return 1 if announced or big >= 3 else -1
    if big >= 3:
        return 1
    if announced and big >= 1:
        return 1
    # Two words that are a town's whole name are seldom anything else.
    return (
        1
        if match.length > 1
        and any(c.how in ("name", "curated", "alternate", "rule nl") and c.entry.population >= 5000 for c in candidates)
        else 0
    )


def _fame(kind: str, population: int, how: str, region: str) -> int:
    if kind in ("country", "continent") or (region and kind in ("region", "sea", "ocean", "river")):
        return 4 if how in ("name", "curated", "code") else 3 if how == "alternate" else 1
    if kind == "first-order division":
        return 3 if population > 500_000 and how in ("name", "alternate", "curated", "code") else 2
    if how in ("rule", "short", "sound", "typing"):
        return 1
    if population >= FAMOUS and how in ("name", "alternate", "curated", "rule nl"):
        return 3
    return 2 if population >= KNOWN else 1


def _beside(
    match: Match,
    before: Token | None,
    after: Token | None,
    tokens: list[Token],
    language: str,
    base: Gazetteer,
    adjectives: set[int],
) -> int:
    """What capitals next to the name say: part of a longer name (-2), a title of a person (-2), a kind of place (1),
    or nothing (0).
    """
    if after is not None and after.joined and after.capital and tokens[match.last].text[-1:] not in "'’":
        spelled = key(after.text)
        if spelled in kind_words(language, "after"):
            return 1
        genitive = tokens[match.last].text.endswith(("'s", "’s"))
        if not genitive and (match.last + 1) not in adjectives and spelled not in part_words(language):
            if language == "en" and any(_governs(candidate) for candidate in base.exact(match.key)):
                return -3  # "California Department of Health": a place if it is one elsewhere
            return -2 if match.length == 1 else -1
    if before is not None and tokens[match.first].joined:
        spelled = key(before.text)
        if (
            spelled in _OF
            and match.first > 1
            and key(tokens[match.first - 2].text) in _words(language, "not_places", "bodies_before")
        ):
            return -1
        if spelled in _words(language, "not_places", "persons_before"):
            # "President Washington"; but "de Russische president" before a comma never gets here.
            return -2
        if before.capital and not before.text.isupper():
            if (
                spelled in kind_words(language, "before")
                or spelled in part_words(language)
                or (match.first - 1) in adjectives
            ):
                return 0
            if spelled in demonyms(language):
                return 0
            if before.opens and (spelled in _lookalikes(language, "openers") or len(spelled) < 4):
                return 0
            return -2 if match.length == 1 else -1
    return 0


def _governs(candidate: Candidate) -> bool:
    return candidate.entry.kind == "country" or (
        candidate.entry.kind == "first-order division"
        and candidate.entry.population > 500_000
        and candidate.how == "name"
    )


def _announced(match: Match, tokens: list[Token], text: str, language: str) -> bool:
    first = tokens[match.first]
    if match.first == 0:
        return False
    before = tokens[match.first - 1]
    gap = text[before.end : first.start]
    word = before.text.lower()
    if gap == " ":
        if key(word) in kind_words(language, "before") or (word in _announcing(language) and word not in _WEAK):
            return True
        relation = relation_before(text, first.start, language=language)
        return relation is not None and word not in _WEAK
    return bool(gap in (", ", " (", "/") and before.capital)


def _is_work(match: Match, tokens: list[Token], language: str) -> bool:
    if match.first and tokens[match.first - 1].text.lower() in _announcing(language):
        return False
    near = {key(token.text) for token in tokens[max(0, match.first - 3) : match.first]}
    if near & _words(language, "not_places", "works_before"):
        return True
    following = tokens[match.last + 1 : match.last + 2]
    return bool(following) and key(following[0].text) in _words(language, "not_places", "works_after")
