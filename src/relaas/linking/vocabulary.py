"""Looks words up in named groups of words and phrases, in every language at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from relaas.ontology.loader import language_data, languages

SHORTEST = 4
ANY = "*"
Words = Sequence[tuple[str, str]]
"""Form and lemma of each word, small letters."""


class Vocabulary:
    """Groups of words. ``*`` at one end of a word stands for the rest of a compound, in a phrase (``_`` joins it) for any word."""

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        self._whole: dict[str, set[str]] = {}
        self._ends: dict[str, set[str]] = {}
        self._fronts: dict[str, set[str]] = {}
        self._phrases: dict[str, list[tuple[list[str], str]]] = {}
        self._seen: dict[str, frozenset[str]] = {}
        for name, words in groups.items():
            for word in words:
                self._add(name, str(word).lower().replace(" ", "_"))

    def _add(self, name: str, word: str) -> None:
        if "_" in word:
            parts = word.split("_")
            self._phrases.setdefault(parts[0], []).append((parts, name))
        elif word.startswith(ANY):
            self._ends.setdefault(word[1:], set()).add(name)
        elif word.endswith(ANY):
            self._fronts.setdefault(word[:-1], set()).add(name)
        else:
            self._whole.setdefault(word, set()).add(name)

    def of_word(self, word: str) -> frozenset[str]:
        """The groups of one word; the whole word goes before a part of it, a long part before a short one."""
        found = self._seen.get(word)
        if found is None:
            found = self._seen[word] = frozenset(self._look_up(word))
        return found

    def _look_up(self, word: str) -> set[str]:
        if word in self._whole:
            return self._whole[word]
        for cut in range(1, len(word) - SHORTEST + 1):
            if word[cut:] in self._ends:
                return self._ends[word[cut:]]
        for cut in range(len(word), SHORTEST - 1, -1):
            if word[:cut] in self._fronts:
                return self._fronts[word[:cut]]
        return set()

    def find(self, words: Words) -> frozenset[str]:
        """Every group that a stretch of words belongs to."""
        return frozenset(name for names in self.each(words) for name in names)

    def each(self, words: Words) -> list[set[str]]:
        """For each word the groups that it belongs to, by itself or as part of a phrase."""
        found = [set(self.of_word(form) or self.of_word(lemma)) for form, lemma in words]
        for place, word in enumerate(words):
            for start in dict.fromkeys(word):
                for parts, name in self._phrases.get(start, ()):
                    if _runs(parts, words, place):
                        for one in found[place : place + len(parts)]:
                            one.add(name)
        return found


def _runs(parts: Sequence[str], words: Words, place: int) -> bool:
    """Whether a phrase stands at a place."""
    return len(words) - place >= len(parts) and all(
        part in (ANY, *word) for part, word in zip(parts, words[place:], strict=False)
    )


@cache
def vocabulary(concept: str, language: str, within: str | None = None) -> Vocabulary:
    """The groups of one language's file, or of one mapping in it: ``{name: {words: […]}}``."""
    return Vocabulary(_groups(concept, language, within))


@cache
def everywhere(concept: str, within: str | None = None) -> Vocabulary:
    """The groups of all languages together, for names that may stand in any."""
    merged: dict[str, list[str]] = {}
    for language in languages():
        for name, words in _groups(concept, language, within).items():
            merged.setdefault(name, []).extend(words)
    return Vocabulary(merged)


def _groups(concept: str, language: str, within: str | None = None) -> dict[str, list[str]]:
    data = language_data(language, concept)
    groups = data.get(within, {}) if within else data
    return {
        name: list(map(str, group["words"]))
        for name, group in groups.items()
        if isinstance(group, dict) and "words" in group
    }
