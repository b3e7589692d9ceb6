"""Finds what the words of a clause are about: shared concepts and the topic words of its language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from relaas.ontology.loader import language_data

STRONG, WEAK, FRAME, MOST = 3.0, 1.0, 3.5, 7.0
PARTICLES = frozenset({"nl"})
"""Languages whose verbs leave a particle behind ("rukten … op") that the tree may have missed."""
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word as topics see it; ``head`` is a position among the clause's words, -1 outside them. Names are kept for their place alone."""

    lemma: str
    form: str
    pos: str
    relation: str
    head: int
    name: bool = False


@dataclass(frozen=True, slots=True)
class _Phrase:
    """What follows the first two words of a phrase, the name of its group, and its number among those of the same first word."""

    number: int
    name: str
    rest: list[str]

    def goes_on(self, words: Sequence[Word], at: int) -> bool:
        """Whether the words from a place on are the rest of the phrase."""
        return at + len(self.rest) <= len(words) and all(
            part in ("*", words[at + n].form, words[at + n].lemma) for n, part in enumerate(self.rest)
        )


class Groups:
    """Named groups of words and phrases, indexed so that a word is looked up once however many groups there are.

    ``*`` at one end of a word stands for the rest of a compound; inside a phrase (`_` joins it) for any word.
    """

    def __init__(self, groups: Mapping[str, Iterable[str]], *, particles: bool = False) -> None:
        self._words: dict[str, list[str]] = {}
        self._ends: dict[str, list[str]] = {}
        self._fronts: dict[str, list[str]] = {}
        self._phrases: dict[str, dict[str, list[_Phrase]]] = {}
        """By their first word, then by their second."""
        self._particles = particles
        self._known: dict[str, tuple[str, ...]] = {}
        for name, words in groups.items():
            for word in words:
                self._add(name, str(word).lower().replace(" ", "_"))

    def _add(self, name: str, word: str) -> None:
        if "_" in word:
            first, second, *rest = word.split("_")
            begun = self._phrases.setdefault(first, {})
            number = sum(map(len, begun.values()))
            begun.setdefault(second, []).append(_Phrase(number, name, rest))
        elif word.startswith("*"):
            self._ends.setdefault(word[1:], []).append(name)
        elif word.endswith("*"):
            self._fronts.setdefault(word[:-1], []).append(name)
        else:
            self._words.setdefault(word, []).append(name)

    def of_word(self, word: str) -> tuple[str, ...]:
        """The groups of one lemma or form; a whole word goes before the end of a compound, the longest end first."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = tuple(self._look_up(word))
        return known

    def _look_up(self, word: str) -> list[str]:
        if word in self._words:
            return self._words[word]
        for cut in range(len(word) - SHORTEST + 1):
            if word[cut:] in self._ends:
                return self._ends[word[cut:]]
        for cut in range(len(word), SHORTEST - 1, -1):
            if word[:cut] in self._fronts:
                return self._fronts[word[:cut]]
        return []

    def find(self, words: Sequence[Word]) -> list[list[str]]:
        """For each word the groups that it belongs to, by itself or as part of a phrase; none for a name."""
        found: list[list[str]] = [[] for _ in words]
        for place, word in enumerate(words):
            if not word.name:
                own = dict.fromkeys((*self.of_word(word.lemma), *self.of_word(word.form)))
                found[place].extend(own)
        for place, length, name in self._phrases_in(words):
            for one in found[place : place + length]:
                if name not in one:
                    one.append(name)
        if self._particles:
            self._join(words, found)
        return found

    def _phrases_in(self, words: Sequence[Word]) -> Iterator[tuple[int, int, str]]:
        """Where each phrase among the words begins, how many words it has, and the name of its group."""
        for place, (word, second) in enumerate(pairwise(words)):
            for first in {word.lemma, word.form} & self._phrases.keys():
                begun = self._phrases[first]
                found = [
                    phrase
                    for part in {second.lemma, second.form, "*"} & begun.keys()
                    for phrase in begun[part]
                    if phrase.goes_on(words, place + 2)
                ]
                for phrase in sorted(found, key=lambda one: one.number):
                    yield place, len(phrase.rest) + 2, phrase.name

    def _join(self, words: Sequence[Word], found: list[list[str]]) -> None:
        """A verb with a preposition that governs nothing after it: together they may be a word of a group."""
        loose = [(i, one.form) for i, one in enumerate(words) if one.pos in {"ADP", "ADV"} and not one.name]
        for place, verb in enumerate(words):
            if verb.pos != "VERB" or verb.name:
                continue
            for other, particle in loose:
                if other != place:
                    joined = self._words.get(particle + verb.lemma, ())
                    found[place].extend(name for name in joined if name not in found[place])


class TopicWords:
    """The concepts and the topic words of one language."""

    def __init__(self, language: str) -> None:
        data: Mapping[str, Any] = language_data(language, "topics")
        particles = language in PARTICLES
        self.topics = Groups(
            {f"{topic} {key}": group.get(key, ()) for topic, group in data.items() for key in ("strong", "weak")},
            particles=particles,
        )
        self.frames = [
            (topic, {str(word) for word in frame}) for topic, group in data.items() for frame in group.get("frames", ())
        ]
        concepts = language_data(language, "topic_concepts")
        self.concepts = Groups({name: group["words"] for name, group in concepts.items()}, particles=particles)

    def scores(self, words: Sequence[Word]) -> dict[str, float]:
        """How strongly each topic's own words speak for it; topics without any are left out."""
        seen: dict[str, set[str]] = {}
        for word, groups in zip(words, self.topics.find(words), strict=True):
            for name in groups:
                seen.setdefault(name, set()).add(word.lemma)
        found: dict[str, float] = {}
        for name, lemmas in seen.items():
            topic, strength = name.split(" ")
            found[topic] = found.get(topic, 0.0) + (
                STRONG * len(lemmas) if strength == "strong" else WEAK * min(2, len(lemmas))
            )
        present = {word.lemma for word in words if not word.name} | {word.form for word in words if not word.name}
        for topic, frame in self.frames:
            if frame <= present:
                found[topic] = found.get(topic, 0.0) + FRAME
        return {topic: min(score, MOST) for topic, score in found.items()}


@cache
def topic_words(language: str) -> TopicWords:
    """The topic words of a language, read once; empty for a language without data."""
    return TopicWords(language)
