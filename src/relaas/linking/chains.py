"""Chains of mentions across reports and languages: which names, descriptions and event words stand for the same thing.

Links hang on two mentions and their reports alone; chains are their connected components.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from relaas.linking.clusters import components
from relaas.text import folded

SAME_EVENT, TRANSLATED = 0.45, 0.5
LIGHT = frozenset(
    {
        "be",
        "have",
        "do",
        "zijn",
        "hebben",
        "worden",
        "is",
        "doen",
        "gaan",
        "go",
        "make",
        "maken",
        "kunnen",
        "can",
        "will",
        "zullen",
    }
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for something. ``lemma`` is their head's; ``shape`` is name, noun, pronoun or event; ``vector`` the sentence's, centred and of
    length one; ``order`` counts through the document, ``among`` the mentions of its shape in its sentence.
    """

    id: str
    document: str
    language: str
    sentence: int
    order: int
    among: int
    text: str
    lemma: str
    shape: str
    vector: NDArray[np.float64]


def chains(mentions: Sequence[Mention]) -> list[tuple[str, ...]]:
    """The chains, in the order of their first mentions."""
    pairs = [*_names(mentions), *_within(mentions), *_pronouns(mentions), *_events(mentions), *_translations(mentions)]
    return components([one.id for one in mentions], pairs)


def _names(mentions: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """Names are one where they are spelt alike, or where one begins or ends the other ("Boeing", "Boeing Company")."""
    groups: dict[str, list[Mention]] = {}
    for one in mentions:
        if one.shape == "name":
            groups.setdefault(_bare(one.text), []).append(one)
    for group in groups.values():
        yield from ((one.id, other.id) for one, other in pairwise(group))
    spelt = sorted(groups)
    firsts: dict[str, list[str]] = {}
    for name in spelt:
        words = name.split()
        for end in {words[0], words[-1]} if len(words) > 1 else ():
            firsts.setdefault(end, []).append(name)
    for name in spelt:
        if " " not in name:
            yield from ((groups[name][0].id, groups[longer][0].id) for longer in firsts.get(name, ()))


def _bare(text: str) -> str:
    """A name without article, genitive and legal form."""
    words = [word for word in folded(text.replace("'s", " ").replace("’s", " ")).split() if word not in ARTICLES]
    while len(words) > 1 and words[-1] in LEGAL:
        words.pop()
    return " ".join(words)


ARTICLES = frozenset({"the", "de", "het", "een", "a", "an"})
LEGAL = frozenset(
    {"inc", "corp", "corporation", "company", "ltd", "plc", "nv", "bv", "gmbh", "co", "computer", "n", "v", "s"}
)


def _within(mentions: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """In one report, descriptions and event words with one head are one thing."""
    groups: dict[tuple[str, str, str], list[Mention]] = {}
    for one in mentions:
        if one.shape in {"noun", "event"} and one.lemma not in LIGHT:
            groups.setdefault((one.document, one.shape, one.lemma), []).append(one)
    for group in groups.values():
        yield from ((one.id, other.id) for one, other in pairwise(group))


def _pronouns(mentions: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """A pronoun stands for the name before it, in its sentence or the last; else for the description."""
    by_document: dict[str, list[Mention]] = {}
    for one in mentions:
        if one.shape != "event":
            by_document.setdefault(one.document, []).append(one)
    for own in by_document.values():
        last: dict[str, Mention] = {}
        for one in sorted(own, key=lambda mention: mention.order):
            if one.shape == "pronoun":
                near = [
                    last[shape]
                    for shape in ("name", "noun")
                    if shape in last and one.sentence - last[shape].sentence <= 1
                ]
                if near:
                    yield one.id, near[0].id
            else:
                last[one.shape] = one


def _events(mentions: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """Across reports of one language, an event word is the same event where the sentences mean much the same."""
    groups: dict[tuple[str, str], list[Mention]] = {}
    for one in mentions:
        if one.shape == "event" and one.lemma not in LIGHT:
            groups.setdefault((one.language, one.lemma), []).append(one)
    yield from (
        pair
        for group in groups.values()
        for pair in _close(group, SAME_EVENT, lambda one, other: one.document != other.document)
    )


def _translations(mentions: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """Across languages, mentions of one shape at one place in sentences that translate each other."""
    by_sentence: dict[tuple[str, int], list[Mention]] = {}
    for one in mentions:
        if one.shape != "pronoun":
            by_sentence.setdefault((one.document, one.sentence), []).append(one)
    keys = sorted(by_sentence)
    if not keys:
        return
    vectors = np.array([by_sentence[key][0].vector for key in keys])
    language = np.array([by_sentence[key][0].language for key in keys])
    cosine = np.round(vectors @ vectors.T, 3)
    cosine[language[:, None] == language[None, :]] = -1.0
    best = cosine.argmax(1)
    for row, column in enumerate(best.tolist()):
        if row < column and best[column] == row and cosine[row, column] >= TRANSLATED:
            yield from _beside(by_sentence[keys[row]], by_sentence[keys[column]])


def _beside(some: Sequence[Mention], others: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """Mentions of one shape that stand in the same place among as many in both sentences."""
    for shape in ("noun", "event", "name"):
        mine, theirs = ([one for one in each if one.shape == shape] for each in (some, others))
        if len(mine) == len(theirs) and shape != "name":
            yield from ((one.id, other.id) for one, other in zip(mine, theirs, strict=True))


def _close(
    group: Sequence[Mention], least: float, fits: Callable[[Mention, Mention], bool]
) -> Iterator[tuple[str, str]]:
    for one, other in combinations(group, 2):
        if fits(one, other) and round(float(one.vector @ other.vector), 3) >= least:
            yield one.id, other.id


def same_lemma(mentions: Iterable[Mention]) -> list[tuple[str, ...]]:
    """The baseline: mentions whose heads have one lemma are one chain, whatever the report."""
    groups: dict[tuple[str, str], list[str]] = {}
    for one in mentions:
        kind = "event" if one.shape == "event" else "entity"
        groups.setdefault((kind, one.lemma), []).append(one.id)
    return [tuple(group) for group in groups.values()]
