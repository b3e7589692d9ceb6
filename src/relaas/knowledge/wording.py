"""Takes a name apart into the name proper and the words that say what kind of place it is, or which part of one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from relaas.knowledge.names import key
from relaas.ontology.loader import language_data, languages

Parts = tuple[str, tuple[str, ...], str | None]


@cache
def kind_words(language: str, side: str) -> dict[str, tuple[str, ...]]:
    """Keys of the words before or after a name ("provincie", "oblast") with the kinds of place they announce."""
    data: dict[str, Any] = language_data(language, "places").get("kind_words", {})
    return {key(word): tuple(group["kinds"]) for group in data.values() for word in group.get(side, [])}


@cache
def institutions(language: str, side: str) -> frozenset[str]:
    """Keys of the words that make a building's name out of a place's: "University of", "airport"."""
    data: dict[str, Any] = language_data(language, "places").get("institutions", {})
    return frozenset(key(word) for word in data.get(side, []))


@cache
def part_words(language: str) -> dict[str, str]:
    """Keys of prefixes such as "noord" or "eastern" with the part of the place they mean."""
    data: dict[str, Any] = language_data(language, "places").get("part_words", {})
    return {key(word): part for part, words in data.items() if part != "example" for word in words}


@cache
def _articles(language: str) -> tuple[str, ...]:
    return tuple(key(word) + " " for word in language_data(language, "places").get("articles", []))


def parts(whole: str, language: str) -> Iterator[Parts]:
    """The readings of a key: as it stands, then less article, genitive, kind words or direction; each with kinds and
    part.

    ``parts("oblast charkov", "nl")`` yields ``("oblast charkov", (), None)`` and ``("charkov", (first-order
    division,), None)``.
    """
    tongue = language if language in languages() else "en"
    yield whole, (), None
    seen = {whole}
    queue: list[Parts] = [(whole, (), None)]
    while queue:
        spelled, kinds, part = queue.pop(0)
        for reading in _less(spelled, kinds, part, tongue):
            if reading[0] not in seen and len(reading[0]) > 1:
                seen.add(reading[0])
                queue.append(reading)
                yield reading


def _less(spelled: str, kinds: tuple[str, ...], part: str | None, language: str) -> Iterator[Parts]:
    for article in _articles(language):
        if spelled.startswith(article):
            yield spelled[len(article) :], kinds, part
    words = spelled.split(" ")
    if len(words) > 1:
        for count in (3, 2, 1):
            if len(words) > count:
                before, rest = " ".join(words[:count]), " ".join(words[count:])
                if before in kind_words(language, "before"):
                    yield rest, kind_words(language, "before")[before], part
                after, rest = " ".join(words[-count:]), " ".join(words[:-count])
                if after in kind_words(language, "after"):
                    yield rest, kind_words(language, "after")[after], part
        if part is None:
            for count in (2, 1):
                first, rest = " ".join(words[:count]), " ".join(words[count:])
                if rest and first in part_words(language):
                    yield rest, kinds, part_words(language)[first]
    if len(words) == 1 and part is None:
        for prefix, meant in part_words(language).items():
            if len(prefix) > 3 and spelled.startswith(prefix) and len(spelled) > len(prefix) + 3:
                yield spelled[len(prefix) :], kinds, meant
    yield from _less_fused(spelled, kinds, part, language)
    if spelled.endswith("s") and len(spelled) > 4:
        yield spelled[:-1], kinds, part


def _less_fused(spelled: str, kinds: tuple[str, ...], part: str | None, language: str) -> Iterator[Parts]:
    """ "Swatvallei" is the vallei of Swat; four letters must be left."""
    if kinds:
        return
    for word, meant in kind_words(language, "fused").items():
        if spelled.endswith(word) and len(spelled) >= len(word) + 4:
            yield spelled[: -len(word)].rstrip(), meant, part


def housed(whole: str, language: str) -> Iterator[str]:
    """Keys of the places that a building may be named after, longest first: "da nang international airport" gives
    "da nang".
    """
    tongue = language if language in languages() else "en"
    words = whole.split(" ")
    found: dict[str, None] = {}
    for count in range(len(words) - 1, 0, -1):
        before, after = " ".join(words[:-count]), " ".join(words[count:])
        if before in institutions(tongue, "before"):
            found.setdefault(" ".join(words[-count:]))
        if after in institutions(tongue, "after"):
            found.setdefault(" ".join(words[:count]))
    for word in institutions(tongue, "fused"):
        if len(words) == 1 and whole.endswith(word) and len(whole) >= len(word) + 4:
            found.setdefault(whole[: -len(word)])
    yield from sorted(found, key=len, reverse=True)
