"""The trained heads for topics: one over the words of a clause, one over what the first says of the clauses around it.

No name of a person, body or place is a feature, so no label rests on one.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from relaas.errors import ModelError
from relaas.propositions.topics import MOST, Word, topic_words

WEIGHTS = Path(__file__).with_name("topic_weights.npz")
BUCKETS = 16384
HEADS = ("weights", "bias", "scales", "kinds", "around")
"""What a file of weights holds beside the labels: the first head and what scales its features, then the second."""
KINDS = ("lemma", "role", "letters", "concept", "pair", "lexicon", "manner")
"""The kinds of features; each kind's values have the same length in every clause, however many there are."""
_NUMBERS = {kind: number for number, kind in enumerate(KINDS)}
CONTENT = frozenset({"NOUN", "VERB", "ADJ", "ADV", "NUM", "AUX", "ADP", "PRON"})
SPELT = frozenset({"NOUN", "VERB", "ADJ"})
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Unit:
    """A clause as the heads see it: its words, where its predicate is among them, and how it is said."""

    words: Sequence[Word]
    predicate: int
    language: str
    manner: Sequence[str] = ()
    parent: int = -1
    """The number of the clause above it among the report's units; -1 where there is none."""
    sentence: int = 0


@dataclass(slots=True)
class Features:
    """The active features of several clauses, one row a feature: its clause, kind, bucket, value, and the word that gave it."""

    clause: list[int] = field(default_factory=list)
    kind: list[int] = field(default_factory=list)
    bucket: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    word: list[int] = field(default_factory=list)

    def add(self, clause: int, kind: str, name: str, word: int, value: float = 1.0) -> None:
        """Note one feature; ``word`` is a position in the clause, -1 for the clause as a whole."""
        self.clause.append(clause)
        self.kind.append(_NUMBERS[kind])
        self.bucket.append(_bucket(name))
        self.value.append(value)
        self.word.append(word)


@lru_cache(maxsize=200_000)
def _bucket(name: str) -> int:
    return zlib.crc32(name.encode("utf-8", "replace")) % BUCKETS


def features(units: Sequence[Unit]) -> Features:
    """The features of a report's clauses, clause by clause."""
    found = Features()
    for number, unit in enumerate(units):
        _of_words(found, number, unit)
        _of_concepts(found, number, unit)
        for topic, score in sorted(topic_words(unit.language).scores(unit.words).items()):
            found.add(number, "lexicon", f"x {topic}", -1, score / MOST)
        for one in unit.manner:
            found.add(number, "manner", f"m {one}", -1)
        found.add(number, "manner", "m", -1)
    return found


def _of_words(found: Features, number: int, unit: Unit) -> None:
    seen: set[str] = set()
    for place, word in enumerate(unit.words):
        if word.name or word.pos not in CONTENT:
            continue
        if word.lemma not in seen:
            seen.add(word.lemma)
            found.add(number, "lemma", f"{unit.language}:{word.lemma}", place)
            if word.pos in SPELT:
                for piece in _letters(word.lemma):
                    found.add(number, "letters", f"{unit.language}{piece}", place)
        if place == unit.predicate:
            found.add(number, "role", f"{unit.language}:H:{word.lemma}", place, 2.0)
        elif word.head == unit.predicate:
            found.add(number, "role", f"{unit.language}:{word.relation}:{word.lemma}", place)


@lru_cache(maxsize=50_000)
def _letters(lemma: str) -> tuple[str, ...]:
    """The beginnings and ends of a word and its runs of five letters: a compound shares them with its parts."""
    edges = [
        piece for size in (3, 4, 5, 6) if len(lemma) >= size for piece in (f"<{lemma[:size]}", f"{lemma[-size:]}>")
    ]
    return (*edges, *(lemma[at : at + 5] for at in range(1, len(lemma) - 5)))


def _of_concepts(found: Features, number: int, unit: Unit) -> None:
    places: dict[str, int] = {}
    for place, (word, concepts) in enumerate(
        zip(unit.words, topic_words(unit.language).concepts.find(unit.words), strict=True)
    ):
        for name in concepts:
            places.setdefault(name, place)
            if place == unit.predicate:
                found.add(number, "concept", f"c H:{name}", place)
            elif word.head == unit.predicate:
                found.add(number, "concept", f"c {word.relation}:{name}", place, 0.7)
    for name, place in places.items():
        found.add(number, "concept", f"c {name}", place)
    names = sorted(places)
    for at, one in enumerate(names):
        for other in names[at + 1 :]:
            found.add(number, "pair", f"c {one}+{other}", places[one])


class TopicModel:
    """Two linear heads; ``labels`` in the order of their columns, ``scales`` how telling each bucket is."""

    def __init__(self, labels: Sequence[str], heads: Mapping[str, Floats], sharpness: float) -> None:
        self.labels = tuple(labels)
        self.weights, self.bias, self.scales, self.kinds, self.around = (heads[name] for name in HEADS)
        self.sharpness = np.float32(sharpness)

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> TopicModel:
        """The trained heads; raises ModelError where their file is missing or damaged."""
        try:
            with np.load(path) as stored:
                heads = {name: stored[name].astype(np.float32) for name in HEADS}
                return cls([str(label) for label in stored["labels"]], heads, float(stored["sharpness"]))
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(f"The topic weights {path} cannot be read: {error}.") from error

    def values(self, found: Features) -> Floats:
        """The value of each feature once every kind has its length in its clause."""
        return values(found, self.scales, self.kinds)

    def first(self, units: Sequence[Unit], found: Features) -> Floats:
        """The first head's probabilities: clauses × labels."""
        scores = np.tile(self.bias, (len(units), 1))
        if found.bucket:
            products = self.weights[found.bucket] * self.values(found)[:, None]
            clauses = np.array(found.clause)
            starts = np.flatnonzero(np.diff(clauses, prepend=-1))
            scores[clauses[starts]] += np.add.reduceat(products, starts, axis=0)
        return softmax(scores * self.sharpness)

    def chances(self, units: Sequence[Unit], found: Features) -> Floats:
        """The probability of each label for each clause of a report, its neighbours weighed in."""
        return (
            softmax(surroundings(units, self.first(units, found)) @ self.around)
            if units
            else np.zeros((0, len(self.labels)), np.float32)
        )


def values(found: Features, scales: Floats, kinds: Floats) -> Floats:
    """Features times their bucket's scale, each kind in each clause brought to the length that the kind has."""
    raw = scales[found.bucket] * np.array(found.value, np.float32)
    kind = np.array(found.kind)
    group = np.array(found.clause) * len(KINDS) + kind
    lengths = np.sqrt(np.bincount(group, raw * raw))
    return np.asarray(raw / np.maximum(lengths[group], 1e-6) * kinds[kind], np.float32)


def surroundings(units: Sequence[Unit], first: Floats) -> Floats:
    """What the second head sees of each clause: its own chances, its neighbours', its parent's, its sentence's, the report's, and a one."""
    count, labels = first.shape
    padded = np.zeros((count + 4, labels), np.float32)
    padded[2:-2] = first
    above = np.array([first[unit.parent] if unit.parent >= 0 else np.zeros(labels) for unit in units], np.float32)
    sentences = np.unique([unit.sentence for unit in units], return_inverse=True)[1]
    sizes = np.bincount(sentences).astype(np.float32)
    whole = np.zeros((len(sizes), labels), np.float32)
    np.add.at(whole, sentences, first)
    open_share = (1.0 - first.max(1, keepdims=True)).astype(np.float32)
    before, after = padded[1:-3], padded[3:-1]
    parts = (
        first, 0.6 * before, 0.6 * after, 0.4 * padded[:-4], 0.4 * padded[4:], open_share * before, open_share * after, 0.6 * above,
        0.6 * (whole / sizes[:, None])[sentences], 0.5 * np.repeat(first.mean(0, keepdims=True), count, 0), np.ones((count, 1), np.float32),
    )  # fmt: skip
    return np.concatenate(parts, axis=1).astype(np.float32)


def softmax(scores: Floats) -> Floats:
    """Probabilities by row."""
    exponents = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(exponents / exponents.sum(1, keepdims=True), np.float32)


@lru_cache(maxsize=1)
def topic_model() -> TopicModel:
    """The shipped heads, read once."""
    return TopicModel.load()
