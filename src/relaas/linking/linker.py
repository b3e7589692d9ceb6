"""Links between the claims of two reports: a function of the two alone, so that no order and no batch can change them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import exp

from relaas.linking.comparison import NAMES, compared
from relaas.linking.duplicates import near_duplicates
from relaas.linking.facts import Facts
from relaas.linking.independence import one_source
from relaas.linking.kinds import follows, retaken, type_of
from relaas.linking.sieve import Held, Pair, Sieve
from relaas.linking.weights import Weights
from relaas.model.link import Link, Reason

SHOWN, TOLD = 5, 0.05
REVISIONS = frozenset({"retraction", "correction"})
"""Links whose claims go back to one source: nobody takes back or mends another's word."""


def links(one: Held, others: Sequence[Held], sieve: Sieve) -> Iterator[tuple[int, Link]]:
    """Every link between the claims of a report and those of others (or its own), firm and proposed, with the place of the other among those given.

    A link hangs on its two reports alone, whatever else is compared at the time.
    """
    for pair in sieve.pairs(one, others):
        other = others[pair.number].report
        mine, theirs = one.report.facts[pair.mine], other.facts[pair.theirs]
        later, earlier = (mine, theirs) if one.report.order >= other.order else (theirs, mine)
        duplicates = other.id != one.report.id and near_duplicates(one.report.signature, other.signature)
        if (link := _link(later, earlier, pair, sieve.weights, duplicates=duplicates)) is not None:
            yield pair.number, link


def _link(later: Facts, earlier: Facts, pair: Pair, weights: Weights, *, duplicates: bool) -> Link | None:
    features = compared(later, earlier, pair.cosine, pair.specific, pair.rank)
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
