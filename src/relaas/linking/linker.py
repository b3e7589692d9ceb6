"""Links between the claims of two reports: a function of the two alone, so that no order and no batch can change them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp

from relaas.linking.comparison import Features, compared
from relaas.linking.duplicates import near_duplicates
from relaas.linking.facts import Facts
from relaas.linking.independence import one_source
from relaas.linking.kinds import follows, retaken, type_of
from relaas.linking.sieve import Held, Sieve
from relaas.linking.weights import Weights
from relaas.model.link import Link, Reason

SHOWN, TOLD = 5, 0.05
OTHER_STRETCH = 0.75
REVISIONS = frozenset({"retraction", "correction"})
"""Links whose claims go back to one source: nobody takes back or mends another's word."""


def links(one: Held, others: Sequence[Held], sieve: Sieve) -> Iterator[tuple[int, Link]]:
    """Every link between the claims of a report and those of others (or its own), firm and proposed, with the place of the other among those given.

    A link hangs on its two reports alone, whatever else is compared at the time.
    """
    alike: dict[int, bool] = {}
    for pair in sieve.pairs(one, others):
        other = others[pair.number]
        ends = (one, pair.mine), (other, pair.theirs)
        (later, i), (earlier, j) = ends if one.report.order >= other.report.order else ends[::-1]
        if pair.number not in alike:
            apart = other.report.id != one.report.id
            alike[pair.number] = apart and near_duplicates(one.report.signature, other.report.signature)
        features = sieve.compared(later, i, earlier, j, pair)
        facts = later.report.facts[i], earlier.report.facts[j]
        if (link := _link(*facts, features, sieve.weights, duplicates=alike[pair.number])) is not None:
            yield pair.number, link


def _link(later: Facts, earlier: Facts, features: Features, weights: Weights, *, duplicates: bool) -> Link | None:
    chance = score(features, weights)
    told = features["speaker"][0] == 1.0 and features["quotation"][0] > 0
    chance = max(chance, weights.proposed) if told else chance
    ground = follows(later, earlier, features)
    counted = bool(later.counts and earlier.counts)
    impossible = _of_other_count(later, earlier, features) if counted else features["after"][0]
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


def _of_other_count(later: Facts, earlier: Facts, features: Features) -> bool:
    """Whether both count, and not the same: over hardly the same stretch of time ("350 since August", "90 in the past week"), or soldiers and civilians."""
    stretches = later.running and earlier.running and features["stretch"][0] >= OTHER_STRETCH
    return stretches or features["other_people"][0] == 1.0


def relation(one: Facts, other: Facts) -> str:
    """The type of a pair that is of one thing by way of others, though nothing ties the two directly."""
    earlier, later = sorted(
        (one, other), key=lambda each: (each.reported or (0, 0), each.document, each.start, each.id)
    )
    features = compared(later, earlier, 0.0, 0.0, 0.0)
    return type_of(later, earlier, features, one_source(later, earlier, features))


def score(features: Features, weights: Weights) -> float:
    """The chance that two claims speak of one thing, to three places."""
    odds = weights.bias + sum(weight * features[name][0] for name, weight in weights.features.items())
    return round(1.0 / (1.0 + exp(-odds)), 3)


def reasons(features: Features, weights: Weights) -> tuple[Reason, ...]:
    """What weighed most for and against, heaviest first."""
    weighed = [(weight * features[name][0], name) for name, weight in weights.features.items()]
    told = sorted((-abs(weight), name, weight) for weight, name in weighed if abs(weight) >= TOLD)[:SHOWN]
    return tuple(Reason(name, round(weight, 2), features[name][1]) for _, name, weight in told)
