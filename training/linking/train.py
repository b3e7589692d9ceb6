"""Fits the weights of linking to the labelled stories: ``python training/linking/train.py [FOLDER …]``.

Pairs of labelled claims of one story are the examples; pairs of one thing come in once more as if told of two places, or of two
times, for an archive is full of the like. So that places and names count too, pairs across stories come in as
claims about other things, with times borrowed from pairs within a story, for stories play years apart; so do pairs inside lone
reports. Leave-one-story-out predictions choose the thresholds and are printed; the weights are then fitted to all stories.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from relaas import recipes
from relaas.evaluation.coreference import b_cubed, pairwise
from relaas.evaluation.stories import Story, load
from relaas.evaluation.telling import aligned, record, reports, sentence_vectors
from relaas.linking.clusters import components
from relaas.linking.comparison import NAMES, compared
from relaas.linking.features.time import FORTNIGHT
from relaas.linking.identity import linker_identity
from relaas.linking.report import Report, likeness, report_of
from relaas.linking.weights import WEIGHTS
from relaas.queries.picture import picture
from relaas.store.linking import LinkStore, Rows
from relaas.store.store import Store
from relaas.store.view import Filter

RIDGE, FOREIGN, MOVED, SEED, NEAR, ROUNDS = 1.0, 0.02, 0.1, 1, 0.15, 60
ALONE = Path("gold/dev")
SEASON = 60
PROPOSED, CAUTION = 0.65, 0.1
"""From which part of the firm threshold on a link is shown to a person: lower ones are mostly wrong and in a large record many."""
PLACED = ("names", "ground", "ground_reverse", "ground*meaning")
"""Features that need one place."""
BORROWED = ("time", "reported", "when", "after")
STEPS = [round(0.2 + 0.05 * step, 2) for step in range(13)]
Array = NDArray[np.float64]


@dataclass
class Example:
    """A story with its reports and, for each labelled claim, the report and claim that it was found as."""

    story: Story
    reports: list[Report]
    found: dict[str, tuple[int, int]]


def main() -> None:
    """Read the stories, fit, choose the thresholds, write the weights."""
    folders = [Path(name) for name in sys.argv[1:]] or [Path("gold/stories/dev")]
    examples, alone, centre = examples_of([story for folder in folders for story in load(folder)])
    rows, same, owner, pairs = within(examples)
    foreign, between = across(examples, rows)
    lonely = inside(alone)
    print(
        f"{len(rows)} pairs, {int(same.sum())} of one thing; {len(foreign)} across stories, {len(lonely)} inside other reports"
    )
    foreign, between = np.r_[foreign, lonely], np.r_[between, np.full((len(lonely), 2), -1)]
    chances = np.zeros(len(same))
    for left in range(len(examples)):
        train, other = owner != left, ~(between == left).any(axis=1)
        chances[~train] = predict(rows[~train], fit(rows[train], same[train], foreign[other]))
    firm = choose(examples, chances, owner, pairs)
    weights = fit(rows, same, foreign)
    print({name: round(float(weight), 2) for name, weight in zip(NAMES, weights, strict=False)})
    data = {
        "features": {name: round(float(weight), 3) for name, weight in zip(NAMES, weights, strict=False)},
        "bias": round(float(weights[-1]), 3),
        "firm": firm,
        "proposed": round(PROPOSED * firm, 3),
        "centre": [round(float(value), 4) for value in centre],
    }
    WEIGHTS.write_text(json.dumps(data).replace(', "', ',\n "') + "\n", encoding="utf-8")


def examples_of(stories: Sequence[Story]) -> tuple[list[Example], list[Report], Array]:
    """Every story read by the pipeline, the reports of the gold set that stand alone, and the mean of all sentence vectors."""
    pipeline, examples, raw = recipes.pipeline(), [], []
    with record(sorted(ALONE.glob("*.txt")), pipeline) as store:
        raw.append(sentence_vectors(store))
        others, other_rows = reports(store, None), store_rows(store)
    for story in stories:
        with record(story.files, pipeline) as store:
            with store.view() as view:
                ids = aligned(story, picture(view, Filter()))
            raw.append(sentence_vectors(store))
            examples.append((story, ids, reports(store, None), store_rows(store)))
    centre: Array = np.mean([row for rows in raw for row in rows], axis=0)
    made = []
    for story, ids, told, rows in examples:
        centred = [report_of(one.id, one.facts, rows[one.id], centre) for one in told]
        place = {fact.id: (number, at) for number, one in enumerate(centred) for at, fact in enumerate(one.facts)}
        made.append(Example(story, centred, {key: place[id] for key, id in ids.items()}))
    return made, [report_of(one.id, one.facts, other_rows[one.id], centre) for one in others], centre


def inside(alone: Sequence[Report]) -> Array:
    """Features of the claims of one report that are near in meaning: a report seldom tells a thing twice."""
    rows = [
        features([one], (0, int(i)), [one], (0, int(j)))
        for one in alone
        for i, j in zip(*np.nonzero(np.triu(likeness(one, [one]).cosine > NEAR, 1)), strict=True)
    ]
    return np.array(rows).reshape(-1, len(NAMES))


def store_rows(store: Store) -> dict[str, Rows]:
    """The vectors of each document's sentences."""
    with store.view() as view:
        base = LinkStore(view.connection, linker_identity())
        found = {}
        for document in view.documents():
            [reading] = base.readings([document["id"]])
            found[document["id"]] = base.vectors([reading])[reading]
    return found


def within(examples: Sequence[Example]) -> tuple[Array, Array, NDArray[np.int64], list[tuple[str, str]]]:
    """Features of all pairs of labelled claims of one story, and whether they are of one cluster."""
    rows, same, owner, pairs = [], [], [], []
    for number, one in enumerate(examples):
        cluster = {key: at for at, members in enumerate(one.story.clusters) for key in members}
        for first, second in combinations(sorted(one.story.claims), 2):
            if first in one.found and second in one.found and one.found[first] != one.found[second]:
                rows.append(features(one.reports, one.found[first], one.reports, one.found[second]))
                same.append(first in cluster and cluster[first] == cluster.get(second))
                owner.append(number)
                pairs.append((first, second))
    return np.array(rows), np.array(same, float), np.array(owner), pairs


def across(examples: Sequence[Example], inner: Array) -> tuple[Array, NDArray[np.int64]]:
    """Features of claims of different stories that are near in meaning, in times borrowed from one story."""
    chance, rows, between = random.Random(SEED), [], []
    borrowed = [NAMES.index(name) for name in BORROWED]
    for (left, one), (right, other) in combinations(enumerate(examples), 2):
        for a, mine in enumerate(one.reports):
            for b, theirs in enumerate(other.reports):
                for i, j in zip(*np.nonzero(likeness(mine, [theirs]).cosine > NEAR), strict=True):
                    row = features(one.reports, (a, int(i)), other.reports, (b, int(j)))
                    row[borrowed] = inner[chance.randrange(len(inner))][borrowed]
                    rows.append(row)
                    between.append((left, right))
    return np.array(rows).reshape(-1, len(NAMES)), np.array(between).reshape(-1, 2)


def features(some: Sequence[Report], one: tuple[int, int], others: Sequence[Report], other: tuple[int, int]) -> Array:
    """The features of two claims, each named by its report and its place in it."""
    mine, theirs = some[one[0]], others[other[0]]
    near = likeness(mine, [theirs])
    found = compared(
        mine.facts[one[1]],
        theirs.facts[other[1]],
        *(float(each[one[1], other[1]]) for each in (near.cosine, near.specific, near.rank)),
    )
    return np.array([found[name][0] for name in NAMES])


def moved(rows: Array, same: Array) -> Array:
    """Pairs of one thing as they would be if each were told of another place, and of another season."""
    at = {name: number for number, name in enumerate(NAMES)}
    placed = rows[(same > 0) & (rows[:, at["place"]] == 1.0)]
    elsewhere = placed.copy()
    elsewhere[:, [at[name] for name in PLACED]] = 0.0
    elsewhere[:, at["place"]] = -1.0
    elsewhere[:, [at["elsewhere"], at["strange_names"]]] = 1.0
    dated = rows[(same > 0) & (rows[:, at["time"]] < 1.0)]
    later = dated.copy()
    later[:, [at["reported"], at["when"]]] = np.exp(-SEASON / FORTNIGHT)
    return np.r_[elsewhere, later]


def fit(rows: Array, same: Array, foreign: Array) -> Array:
    """Logistic regression with a ridge, by Newton's method; foreign and moved pairs count for less."""
    other = moved(rows, same)
    everything = np.c_[np.r_[rows, foreign, other], np.ones(len(rows) + len(foreign) + len(other))]
    truth = np.r_[same, np.zeros(len(foreign) + len(other))]
    share = np.r_[np.ones(len(rows)), np.full(len(foreign), FOREIGN), np.full(len(other), MOVED)]
    weights, ridge = np.zeros(everything.shape[1]), np.eye(everything.shape[1]) * RIDGE
    ridge[-1, -1] = 1e-3
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-everything @ weights))
        slope = everything.T @ (share * (chance - truth)) + ridge @ weights
        step = np.linalg.solve((everything * (share * chance * (1 - chance))[:, None]).T @ everything + ridge, slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def predict(rows: Array, weights: Array) -> Array:
    """The chance of each pair."""
    made: Array = 1 / (1 + np.exp(-np.c_[rows, np.ones(len(rows))] @ weights))
    return made


def choose(
    examples: Sequence[Example], chances: Array, owner: NDArray[np.int64], pairs: Sequence[tuple[str, str]]
) -> float:
    """A little above the threshold with the best mean of B³ and pairwise F1 on stories that the weights have not seen: a false tie, which
    corroborates what nobody corroborated, costs a reader more than one that is only proposed.
    """
    best = (0.0, STEPS[0])
    for threshold in STEPS:
        gold, found = {}, {}
        for number, one in enumerate(examples):
            keys = sorted(one.story.claims)
            tied = [
                pair
                for pair, chance, which in zip(pairs, chances, owner, strict=True)
                if which == number and chance >= threshold
            ]
            shared = [(a, b) for a, b in combinations(keys, 2) if a in one.found and one.found[a] == one.found.get(b)]
            cluster = {key: at for at, members in enumerate(one.story.clusters) for key in members}
            for group in components(keys, [*tied, *shared]):
                for key in group:
                    found[number, key], gold[number, key] = (number, group[0]), (number, cluster.get(key, key))
        cubed, paired = b_cubed(gold, found), pairwise(gold, found)
        print(
            f"{threshold:.2f}  B³ {cubed.precision:.3f} {cubed.recall:.3f} {cubed.f1:.3f}  pairs {paired.precision:.3f} {paired.recall:.3f} {paired.f1:.3f}"
        )
        best = max(best, (cubed.f1 + paired.f1, threshold))
    chosen = round(best[1] + CAUTION, 2)
    print(f"best {best[1]}, chosen {chosen}")
    return chosen


if __name__ == "__main__":
    main()
