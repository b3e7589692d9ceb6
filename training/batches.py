"""Turn samples into batches of tensors, sentences of like length together, and make the changed copies that keep labels
from resting on looks."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from relaas.reading import lemmas as edits
from relaas.reading.pieces import BEGIN, END, PAD, Pieces
from relaas.reading.tellings import TELLINGS
from samples import EVERY, LABELS, Sample

LONGEST = 200
NONE = -100


@dataclass(frozen=True)
class Inventory:
    """What the heads choose from."""

    upos: list[str]
    scripts: list[str]
    labels: list[str]

    def sizes(self) -> dict[str, int]:
        """The sizes of the heads."""
        return {
            "upos": len(self.upos),
            "lemmas": len(self.scripts),
            "labels": len(self.labels),
            "entities": len(LABELS),
            "tellings": sum(map(len, TELLINGS.values())),
        }


def inventory(samples: list[Sample], rarest: int = 2) -> Inventory:
    """Collect tags, labels, and the edit scripts seen at least `rarest` times in text."""
    upos, labels, counts = set(), set(), dict[str, int]()
    for sample in samples:
        upos.update(sample.upos or ())
        labels.update(sample.labels or ())
        for word, lemma in zip(sample.words, sample.lemmas or (), strict=False):
            if lemma:
                key = edits.script(word, lemma)
                counts[key] = counts.get(key, 0) + 1
    scripts = sorted((key for key, number in counts.items() if number >= rarest), key=lambda key: (-counts[key], key))
    return Inventory(sorted(upos - {"_"}), scripts, sorted(labels - {"_"}))


class Batcher:
    """Spells, pads and shuffles."""

    def __init__(self, pieces: Pieces, inventory: Inventory, vectors: dict[str, np.ndarray], seed: int) -> None:
        self.pieces, self.inventory, self.vectors = pieces, inventory, vectors
        self.random = random.Random(seed)
        self._upos = {tag: number for number, tag in enumerate(inventory.upos)}
        self._labels = {label: number for number, label in enumerate(inventory.labels)}
        self._scripts = {key: number for number, key in enumerate(inventory.scripts)}

    def epoch(self, samples: list[Sample], size: int) -> Iterator[dict[str, torch.Tensor]]:
        """Yield batches of about `size` × 32 pieces in random order."""
        for batch, _ in self.named(samples, size):
            yield batch

    def named(self, samples: list[Sample], size: int) -> Iterator[tuple[dict[str, torch.Tensor], list[str]]]:
        """Yield batches, each with the names of its samples."""
        spelt = [(sample, self._spell(sample)) for sample in samples]
        spelt = [(sample, pieces) for sample, pieces in spelt if sum(map(len, pieces)) + 2 <= LONGEST]
        spelt.sort(key=lambda pair: sum(map(len, pair[1])) + self.random.random() * 6)
        batches: list[list[tuple[Sample, list[list[int]]]]] = [[]]
        for pair in spelt:
            if batches[-1] and (len(batches[-1]) + 1) * (sum(map(len, pair[1])) + 2) > size * 32:
                batches.append([])
            batches[-1].append(pair)
        self.random.shuffle(batches)
        for batch in batches:
            yield self.tensors(batch), [sample.id for sample, _ in batch]

    def _spell(self, sample: Sample) -> list[list[int]]:
        return self.pieces.spell(sample.words, sample.spaced)

    def tensors(self, batch: list[tuple[Sample, list[list[int]]]]) -> dict[str, torch.Tensor]:
        """Pad a batch; -100 marks what is not known."""
        length = max(sum(map(len, pieces)) + 2 for _, pieces in batch)
        words = max(len(pieces) for _, pieces in batch)
        ids = np.full((len(batch), length), PAD, np.int64)
        first, last = np.zeros((len(batch), words), np.int64), np.zeros((len(batch), words), np.int64)
        known = {key: np.full((len(batch), words), NONE, np.int64) for key in ("upos", "lemma", "head", "label")}
        tellings = np.full((len(batch), words, len(TELLINGS)), NONE, np.int64)
        entities = np.full((len(batch), words), EVERY, np.int64)
        vectors, has_vector = np.zeros((len(batch), 384), np.float32), np.zeros(len(batch), np.float32)
        for row, (sample, pieces) in enumerate(batch):
            flat = [BEGIN, *(piece for word in pieces for piece in word), END]
            ids[row, : len(flat)] = flat
            ends = np.cumsum([len(word) for word in pieces])
            last[row, : len(pieces)] = ends
            first[row, : len(pieces)] = ends - [len(word) for word in pieces] + 1
            self._known(sample, {key: value[row] for key, value in known.items()})
            if sample.entities:
                entities[row, : len(pieces)] = sample.entities
            if sample.tellings:
                tellings[row, : len(pieces)] = np.array([sample.tellings[name] for name in TELLINGS]).T
            if sample.keep_vector and sample.id in self.vectors:
                vectors[row], has_vector[row] = self.vectors[sample.id], 1.0
        arrays = known | {"ids": ids, "first": first, "last": last, "entities": entities}
        arrays |= {"tellings": tellings, "vectors": vectors, "has_vector": has_vector}
        arrays["scheme"] = np.array([sample.scheme for sample, _ in batch])
        arrays["weight"] = np.array([sample.weight for sample, _ in batch], np.float32)
        return {key: torch.from_numpy(value) for key, value in arrays.items()}

    def _known(self, sample: Sample, rows: dict[str, np.ndarray]) -> None:
        if sample.upos:
            rows["upos"][: len(sample.words)] = [self._upos.get(tag, NONE) for tag in sample.upos]
        if sample.lemmas:
            rows["lemma"][: len(sample.words)] = [
                self._scripts.get(edits.script(word, lemma), NONE) if lemma else NONE
                for word, lemma in zip(sample.words, sample.lemmas, strict=True)
            ]
        if sample.heads and sample.labels:
            rows["head"][: len(sample.words)] = sample.heads
            rows["label"][: len(sample.words)] = [self._labels.get(label, NONE) for label in sample.labels]


NOISE = {
    "l": "1",
    "I": "l",
    "O": "0",
    "o": "0",
    "rn": "m",
    "m": "rn",
    "e": "c",
    "c": "e",
    "B": "8",
    "S": "5",
    "ii": "ü",
    "h": "b",
}


def changed(samples: list[Sample], rng: random.Random) -> list[Sample]:
    """Return each sample, some of them in other looks: words given without their spaces, capitals throughout, none, or
    misread letters.

    A copy that changes letters says nothing of lemmas and vectors.
    """
    found = []
    for sample in samples:
        chance = rng.random()
        words, spaced = sample.words, sample.spaced
        if chance < 0.03:
            found.append(_look(sample, [word.lower() for word in words]))
        elif chance < 0.05 and len(words) > 2:
            found.append(_look(sample, [word.upper() for word in words]))
        elif chance < 0.08:
            found.append(_look(sample, [_misread(word, rng) if rng.random() < 0.25 else word for word in words]))
        elif chance < 0.33:
            found.append(dataclasses.replace(sample, spaced=[True] * len(words), keep_vector=False))
        elif (
            chance < 0.38
            and len(words) > 3
            and not sample.tellings
            and words[-1] in {".", "!", "?"}
            and sample.heads
            and len(words) not in sample.heads
        ):
            cut = {
                key: (value[:-1] if value else value)
                for key, value in vars(sample).items()
                if isinstance(value, list) or value is None
            }
            found.append(dataclasses.replace(sample, keep_vector=False, **cut))
        else:
            found.append(dataclasses.replace(sample, spaced=spaced))
    return found


def _look(sample: Sample, words: list[str]) -> Sample:
    return dataclasses.replace(sample, words=words, lemmas=None, keep_vector=False)


def _misread(word: str, rng: random.Random) -> str:
    spots = [key for key in NOISE if key in word]
    if len(word) < 4 or not spots:
        return word
    key = rng.choice(spots)
    return word.replace(key, NOISE[key], 1)


def renamed(samples: list[Sample], rng: random.Random) -> list[Sample]:
    """Return copies in which names of persons, places and bodies stand for others of the same label, so that a label
    rests on its context too."""
    pools: dict[str, list[tuple[list[str], list[bool]]]] = {}
    for sample in samples:
        for start, end, label in _spans(sample):
            pools.setdefault(sample.language + label, []).append((sample.words[start:end], sample.spaced[start:end]))
    found = []
    for sample in samples:
        spans = [span for span in _spans(sample) if span[2] in {"PER", "LOC", "ORG"}]
        if not spans or sample.heads:
            continue
        words, spaced, marks, at = [], [], [], 0
        for start, end, label in spans:
            new, gaps = rng.choice(
                pools[(sample.language if rng.random() < 0.7 else rng.choice(["nl", "en"])) + label]
                or pools[sample.language + label]
            )
            words += [*sample.words[at:start], *new]
            spaced += [*sample.spaced[at:start], sample.spaced[start], *gaps[1:]]
            inner = LABELS.index("I-" + label)
            marks += [*sample.entities[at:start], 1 << LABELS.index("B-" + label), *[1 << inner] * (len(new) - 1)]
            at = end
        words, spaced, marks = words + sample.words[at:], spaced + sample.spaced[at:], marks + sample.entities[at:]
        found.append(dataclasses.replace(sample, words=words, spaced=spaced, entities=marks, keep_vector=False))
    return found


def _spans(sample: Sample) -> list[tuple[int, int, str]]:
    """The spans that are surely entities."""
    spans: list[tuple[int, int, str]] = []
    for index, mark in enumerate(sample.entities or ()):
        if mark.bit_count() == 1 and mark > 1:
            side, label = LABELS[mark.bit_length() - 1].split("-")
            if side == "B":
                spans.append((index, index + 1, label))
            elif spans and spans[-1][1] == index and spans[-1][2] == label:
                spans[-1] = (spans[-1][0], index + 1, label)
    return spans
