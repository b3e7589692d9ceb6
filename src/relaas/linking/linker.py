"""Links between the claims of two reports: a function of the two alone, so that no order and no batch can change them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path
from typing import Any

import numpy as np

from relaas.linking.comparison import NAMES, compared
from relaas.linking.duplicates import near_duplicates
from relaas.linking.facts import Facts
from relaas.linking.independence import one_source
from relaas.linking.kinds import follows, retaken, type_of
from relaas.linking.report import Likeness, Matrix, Report, likeness
from relaas.model.link import Link, Reason

WEIGHTS = Path(__file__).parent / "weights.json"
SHOWN, TOLD = 5, 0.05
NEAR_ENOUGH = 0.1
REVISIONS = frozenset({"retraction", "correction"})
"""Links whose claims go back to one source: nobody takes back or mends another's word."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature weighs (log odds), and from which score a link is drawn or proposed; ``centre`` is the mean sentence vector."""

    features: Mapping[str, float]
    bias: float
    firm: float
    proposed: float
    centre: Matrix | None

    @classmethod
    @cache
    def shipped(cls) -> Weights:
        """The weights that training/linking made."""
        data: dict[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
        centre = np.array(data["centre"], np.float64) if data.get("centre") else None
        return cls(data["features"], data["bias"], data["firm"], data["proposed"], centre)


def links(one: Report, other: Report, weights: Weights) -> Iterator[Link]:
    """Every link between the claims of two reports (or within one), firm and proposed, in the order of the claims."""
    earlier, later = sorted((one, other), key=lambda report: report.order)
    near = likeness(later, earlier)
    duplicates = near_duplicates(later.facts, earlier.facts) if later.id != earlier.id else False
    within = later.id == earlier.id
    for i, mine in enumerate(later.facts):
        for j, theirs in enumerate(earlier.facts):
            if (within and i <= j) or not _worth(mine, theirs, near.cosine[i, j]):
                continue
            if (link := _link(mine, theirs, near, i, j, weights, duplicates)) is not None:
                yield link


def _worth(mine: Facts, theirs: Facts, cosine: float) -> bool:
    """Whether a pair is worth a closer look: near in meaning, or one place's holder, one count, one speaker, or an answer."""
    if cosine >= NEAR_ENOUGH:
        return True
    if mine.control and theirs.control and {spot.key for spot in mine.spots} & {spot.key for spot in theirs.spots}:
        return True
    if (
        mine.counts
        and theirs.counts
        and {count.unit for count in mine.counts} & {count.unit for count in theirs.counts}
    ):
        return True
    if mine.speakers and theirs.speakers and mine.speakers[0] == theirs.speakers[0] and mine.topic == theirs.topic:
        return True
    if {(one.kind, one.what) for one in mine.conditions} & {(one.kind, one.what) for one in theirs.conditions}:
        return True
    return theirs.id == mine.answers or bool(mine.quoted & theirs.quoted)


def _link(
    later: Facts, earlier: Facts, near: Likeness, i: int, j: int, weights: Weights, duplicates: bool
) -> Link | None:
    features = compared(later, earlier, float(near.cosine[i, j]), float(near.specific[i, j]), float(near.rank[i, j]))
    chance = score(features, weights)
    told = features["speaker"][0] == 1.0 and features["quotation"][0] > 0
    chance = max(chance, weights.proposed) if told else chance
    ground = follows(later, earlier, features)
    impossible = features["after"][0] and not (later.counts and earlier.counts)
    enough = weights.firm if later.document == earlier.document else weights.proposed
    next_phase = ground == "restored" or (ground == "hands" and retaken(later, earlier, features))
    if chance >= enough and not impossible and not next_phase:
        why = one_source(later, earlier, features, duplicates=duplicates)
        kind = type_of(later, earlier, features, why)
        if kind in REVISIONS and later.document != earlier.document:
            why = why or "revision"
        grounds = reasons(features, weights)
        if told:
            grounds = tuple(Reason(name, 0.0, features[name][1]) for name in ("quotation", "speaker")) + grounds
        return Link(later.id, earlier.id, kind, chance, chance < weights.firm, grounds, why is not None, why)
    if ground is None:
        return None
    return Link(later.id, earlier.id, "follow_up", chance, False, (Reason(ground, 0.0, features["place"][1]),))


def relation(one: Facts, other: Facts) -> str:
    """The type of a pair that is of one thing by way of others, though nothing ties the two directly."""
    earlier, later = sorted(
        (one, other), key=lambda each: (each.reported or (0, 0), each.document, each.start, each.id)
    )
    features = compared(later, earlier, 0.0, 0.0, 0.0)
    return type_of(later, earlier, features, one_source(later, earlier, features))


def score(features: Mapping[str, tuple[float, str]], weights: Weights) -> float:
    """The chance that two claims speak of one thing, to three places."""
    odds = weights.bias + sum(weights.features.get(name, 0.0) * features[name][0] for name in NAMES)
    return round(1.0 / (1.0 + exp(-odds)), 3)


def reasons(features: Mapping[str, tuple[float, str]], weights: Weights) -> tuple[Reason, ...]:
    """What weighed most for and against, heaviest first."""
    weighed = [
        Reason(name, round(weights.features.get(name, 0.0) * value, 2), detail)
        for name, (value, detail) in features.items()
    ]
    told = sorted((one for one in weighed if abs(one.weight) >= TOLD), key=lambda one: (-abs(one.weight), one.feature))
    return tuple(told[:SHOWN])
