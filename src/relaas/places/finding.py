"""Finds toponyms by gazetteer and capital letters, for texts that no entity model has read; precise rather than greedy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from relaas.knowledge.gazetteer import Gazetteer
from relaas.knowledge.names import key
from relaas.knowledge.toponyms import demonyms
from relaas.knowledge.wording import kind_words, part_words
from relaas.ontology.loader import language_data, languages
from relaas.places.toponym import Toponym

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|St\.|[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*['’]?")
LONGEST = 6
# A town smaller than this, or a division nobody has heard of, must be announced by the words before it.
FAMOUS, KNOWN = 250_000, 15_000


@dataclass(frozen=True, slots=True)
class Token:
    """A word with what surrounds it."""

    text: str
    start: int
    end: int
    capital: bool
    opens: bool  # a sentence
    joined: bool  # to the word before, by one space


def find_toponyms(text: str, *, language: str, gazetteer: Gazetteer | None = None) -> list[Toponym]:
    """Names of places and adjectives of nationality, in order, none inside another.

    A common word at a sentence's start, a person's name, an organisation or a film that a place lends its name to is left out;
    a small place is taken only where the words before announce one ("in", "bij", "het dorp"), or where it is so announced elsewhere.
    """
    tongue = language if language in languages() else "en"
    base = gazetteer or Gazetteer.open()
    tokens = list(_tokens(text))
    matches = list(_matches(tokens, text, tongue, base))
    adjectives = {match.first for match in matches if match.adjective}
    judged = [(match, _evidence(match, tokens, text, tongue, base, adjectives)) for match in matches]
    sure = {match.key for match, verdict in judged if verdict > 0}
    refused = {match.key for match, verdict in judged if verdict <= -2 and match.length == 1}
    found = []
    for match, verdict in judged:
        if verdict > 0 or (verdict == 0 and match.key in sure and match.key not in refused):
            start, end = tokens[match.first].start, tokens[match.last].end
            span = text[start:end]
            trimmed = re.sub(r"['’]s?$", "", span) if not base.knows(key(span)) or span.endswith(("'", "’")) else span
            if span.endswith(("'s", "’s")):
                trimmed = span[:-2]
            found.append(Toponym(trimmed, start, start + len(trimmed), "MISC" if match.adjective else "LOC"))
    return found


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
        opens = before == 0 or bool(re.search(r"[.!?…:]['\"”’)]*\s|\n|^\s*[\"“„‘'(]", gap)) or gap.strip() in {"“", '"', "„", "‘"}
        if word.endswith(("'", "’")) and not word.endswith(("s'", "s’")):
            word = word[:-1]
        capital = word[0].isupper() or (len(word) > 2 and word[1] in "'’-" and word[2].isupper()) or bool(re.match(r"(?:al|el|ash|ad|ar)-[A-Z]", word))
        yield Token(word, match.start(), match.start() + len(word), capital, opens, gap == " ")
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
        if len(words) == 1 and spelled in demonyms(language):
            return Match(at, end - 1, spelled, True)
        if _known(words, spelled, language, base):
            return Match(at, end - 1, spelled, False)
    return None


def _known(words: list[str], spelled: str, language: str, base: Gazetteer) -> bool:
    if len(words) == 1 and len(spelled) < 4:
        # Two or three letters: only as an abbreviation that the data files list, or a name with its own capitals.
        found = base.exact(spelled)
        if words[0].replace(".", "").isupper():
            return any(candidate.how in ("code", "curated") and candidate.entry.kind == "country" or candidate.entry.region for candidate in found)
        return any(candidate.entry.kind == "country" or candidate.entry.population > 100_000 and candidate.how == "name" for candidate in found)
    if base.knows(spelled):
        return True
    if spelled.endswith("s") and len(words[-1]) > 4 and words[-1].endswith(("'s", "’s")) and base.knows(spelled[:-1]):
        return True
    first, _, rest = spelled.partition(" ")
    if len(words) == 1 and "-" in words[0]:
        head, _, tail = words[0].partition("-")
        return key(head) in part_words(language) and any(c.entry.kind != "populated place" or c.entry.population > KNOWN for c in base.exact(key(tail)))
    if len(words) > 1 and first in part_words(language):
        return any(c.entry.kind == "country" for c in base.exact(rest))
    last = spelled.rpartition(" ")
    return len(words) > 1 and last[2] in kind_words(language, "after") and base.knows(last[0])


@lru_cache(maxsize=None)
def _words(language: str, group: str, name: str) -> frozenset[str]:
    data: dict[str, Any] = language_data(language, "places").get(group, {})
    return frozenset(key(word) for word in data.get(name, []))


@lru_cache(maxsize=None)
def _lookalikes(language: str, group: str) -> frozenset[str]:
    data = language_data(language, "place_lookalikes")
    return frozenset(str(data.get(group, "")).split())


@lru_cache(maxsize=None)
def _announcing(language: str) -> frozenset[str]:
    use = language_data(language, "places").get("use", {})
    words = {phrase.split()[-1] for name in ("direction", "origin", "location") for phrase in use.get(name, {}).get("before", [])}
    return frozenset(words)


def _evidence(match: Match, tokens: list[Token], text: str, language: str, base: Gazetteer, edges: set[int]) -> int:
    """Above zero: a place. Zero: only if announced elsewhere. Below: something else; -2 refuses the name in the whole text."""
    if match.adjective:
        return 1
    before = tokens[match.first - 1] if match.first else None
    after = tokens[match.last + 1] if match.last + 1 < len(tokens) else None
    beside = _beside(match, before, after, tokens, language, edges)
    if beside < 0:
        return beside
    if _is_work(match, tokens, language):
        return -2
    candidates = base.exact(match.key) or tuple(base.candidates(text[tokens[match.first].start : tokens[match.last].end], language))
    big = max((_fame(c.entry.kind, c.entry.population, c.how, c.entry.region) for c in candidates), default=0)
    announced = beside > 0 or _announced(match, tokens, text, language)
    if match.length == 1:
        word = match.key
        if tokens[match.first].text.isupper() and len(word) > 4 and not announced and big < 3:
            return 0
        if word in _lookalikes(language, "words") and big < 3:
            return 1 if announced and not tokens[match.first].opens and big >= 2 else -1
        if word in _lookalikes(language, "words") and tokens[match.first].opens:
            return 0
        if word in _lookalikes(language, "persons"):
            return 1 if announced and big >= 2 or big >= 4 else -1
        if word in _lookalikes(language, "organisations"):
            return 1 if announced else -1
    if big >= 3:
        return 1
    if announced and big >= 1:
        return 1
    return 0


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


def _beside(match: Match, before: Token | None, after: Token | None, tokens: list[Token], language: str, edges: set[int]) -> int:
    """What capitals next to the name say: part of a longer name (-2), a title of a person (-2), a kind of place (1), or nothing (0)."""
    if after is not None and after.joined and after.capital and tokens[match.last].text[-1:] not in "'’":
        spelled = key(after.text)
        if spelled in kind_words(language, "after"):
            return 1
        genitive = tokens[match.last].text.endswith(("'s", "’s"))
        if not genitive and (match.last + 1) not in edges and spelled not in part_words(language):
            return -2 if match.length == 1 else -1
    if before is not None and tokens[match.first].joined:
        spelled = key(before.text)
        if spelled in _words(language, "not_places", "persons_before"):
            # "President Washington"; but "de Russische president" before a comma never gets here.
            return -2
        if before.capital and not before.text.isupper():
            if spelled in kind_words(language, "before") or spelled in part_words(language) or (match.first - 1) in edges:
                return 0
            if spelled in demonyms(language):
                return 0
            if before.opens and (spelled in _lookalikes(language, "words") or spelled in _lookalikes(language, "openers")):
                return 0
            return -2 if match.length == 1 else -1
    return 0


def _announced(match: Match, tokens: list[Token], text: str, language: str) -> bool:
    first = tokens[match.first]
    if match.first == 0:
        return False
    before = tokens[match.first - 1]
    gap = text[before.end : first.start]
    word = before.text.lower()
    if gap == " ":
        known = kind_words(language, "before")
        if key(word) in known or (word in ("de", "het", "the") and match.first > 1 and tokens[match.first - 2].text.lower() in _announcing(language) and False):
            return True
        return word in _announcing(language) and not (word in ("voor", "over", "by", "on", "to", "under", "onder", "door", "with", "om", "van") )
    if gap in (", ", " (", "/") and before.capital:
        return True
    return False


def _is_work(match: Match, tokens: list[Token], language: str) -> bool:
    near = {key(token.text) for token in tokens[max(0, match.first - 3) : match.first]}
    if near & _words(language, "not_places", "works_before"):
        return True
    following = tokens[match.last + 1 : match.last + 2]
    return bool(following) and key(following[0].text) in _words(language, "not_places", "works_after")
