"""Of which type a link is between two claims about one thing, and which claims tell of the next phase of a thing."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from enum import IntEnum

from relaas.linking.facts import RESTATED, Count, Facts
from relaas.linking.features import ground, sites
from relaas.linking.features.figures import counted_alike, excludes

Features = Mapping[str, tuple[float, str]]
SAID_ALIKE = 0.2
PHASES = frozenset({"control", "services", "civilians", "battle", "defence", "offensive", "displacement", "damage"})
LEAST_MEANING = 0.1


class Following(IntEnum):
    """Whether two claims may be of two phases of one thing: never, at one place, at one place if the one tells of what came after the other's
    report, or as a thing restored.
    """

    NEVER = 0
    MAY = 1
    AFTER = 2
    RESTORED = 3


def type_of(later: Facts, earlier: Facts, features: Features, dependent: str | None) -> str:
    """The type of a link between two claims about one thing, the later first."""
    apart = later.document != earlier.document
    if apart and earlier.revision is None:
        if later.revision == "retraction":
            return "retraction" if earlier.polarity > 0 else "same_event"
        if later.revision in {"correction", RESTATED} and _own_word(later, earlier, features, dependent):
            return "correction"
    reversed_ = later.polarity * earlier.polarity < 0 or features["ground_reverse"][0] > 0
    if reversed_ and _turned(later, earlier, features):
        return "correction"
    if later.polarity * earlier.polarity < 0 or restored(later, earlier):
        return "contradiction"
    counts = counted_alike(later, earlier)
    if counts is not None and not features["figure"][0]:
        return _of_figures(later, earlier, features, *counts)
    if apart and (dependent in {"copy", "duplicate", "credit"} or _one_utterance(features)):
        return "same_statement"
    return "contradiction" if features["ground_reverse"][0] and features["speaker"][0] < 1 else "same_event"


def _turned(later: Facts, earlier: Facts, features: Features) -> bool:
    """Whether one and the same speaker says on another day that it is not as he said."""
    days = later.reported and earlier.reported and later.reported[0] > earlier.reported[1]
    return bool(days) and features["speaker"][0] == 1.0


def _own_word(later: Facts, earlier: Facts, features: Features, dependent: str | None) -> bool:
    """Whether the correction is the speaker's or outlet's own, or names the figure that it mends."""
    own = dependent is not None or features["speaker"][0] > 0 or later.outlet == earlier.outlet
    return own or (features["figure"][0] > 0 and len({count.value for count in later.counts}) > 1)


def _one_utterance(features: Features) -> bool:
    said_alike = features["meaning"][0] >= SAID_ALIKE or features["figure"][0] > 0 or features["ground"][0] > 0
    return features["speaker"][0] == 1.0 and (said_alike or features["quotation"][0] > 0)


def _of_figures(later: Facts, earlier: Facts, features: Features, mine: Count, theirs: Count) -> str:
    """Two numbers for one count: a later one that adds to the earlier is an update; one that excludes it and is lower mends it in the mouth of the
    same speaker and contradicts it in that of another, as does any other number of the same day.
    """
    if later.document == earlier.document:
        return "contradiction" if excludes(mine, theirs) and not features["speaker"][0] else "same_event"
    days = later.reported and earlier.reported and later.reported[0] - earlier.reported[1]
    own = features["speaker"][0] > 0
    if excludes(mine, theirs) and not later.raised:
        after = bool(days and days > 0)
        if _lower(mine, theirs) and (after or not own):
            return "correction" if features["speaker"][0] == 1.0 else "contradiction"
        if not own and not after:
            return "contradiction"
    return "update" if own or _more(mine, theirs) else "same_event"


def _lower(mine: Count, theirs: Count) -> bool:
    """Whether the one figure, which excludes the other, is the lower."""
    most, least = (
        (mine.high if mine.high is not None else mine.value),
        (theirs.low if theirs.low is not None else theirs.value),
    )
    return most is not None and least is not None and most < least


def _more(mine: Count, theirs: Count) -> bool:
    return (mine.low, mine.high, mine.value) != (theirs.low, theirs.high, theirs.value)


def follows(later: Facts, earlier: Facts, features: Features) -> str | None:
    """The ground on which one claim tells of the next phase of what the other tells: a place that changes hands again, a thing
    restored; None where it does not.
    """
    if later.reported is None or earlier.reported is None or later.reported[0] <= earlier.reported[1]:
        return None
    if restored(later, earlier) and features["place"][0] >= 0:
        return "restored"
    if later.polarity * earlier.polarity < 0 and not features["ground_reverse"][0]:
        return None
    at_one_place = features["place"][0] > 0
    if not at_one_place or later.level != earlier.level or later.revision:
        return None
    if later.control and earlier.control:
        return "hands" if _changed_hands(later, earlier, features) else None
    phase = later.next_phase and not earlier.next_phase and later.topic == earlier.topic and later.topic in PHASES
    near = features["meaning"][0] >= LEAST_MEANING or features["concepts"][0] > 0
    return "phase" if phase and near and not later.counts and not earlier.counts else None


def _changed_hands(later: Facts, earlier: Facts, features: Features) -> bool:
    """Whether the place went into other hands after the earlier claim: full hands against full hands, part against part."""
    mine, theirs = later.control[0], earlier.control[0]
    if not {mine.act, theirs.act} & {"take", "hold"} or features["ground_extent"][0] or features["site_alone"][0]:
        return False
    again = later.next_phase and not earlier.next_phase and mine.act == "take" and features["ground"][0] < 1
    return bool(again or features["ground_reverse"][0] or (features["after"][0] and features["ground"][0]))


def retaken(later: Facts, earlier: Facts, features: Features) -> bool:
    """Whether the later report tells that a place was taken, or taken again, out of the hands that the earlier one put it into.

    Holding and denying are answers to the earlier report, taking is the next thing that happened.
    """
    if not later.control or not earlier.control or later.polarity <= 0 or earlier.polarity <= 0:
        return False
    repeated = features["speaker"][0] == 1.0 and features["meaning"][0] >= SAID_ALIKE
    taken = later.control[0].act == "take" and (later.next_phase or (features["ground_reverse"][0] and not repeated))
    return bool(taken and earlier.control[0].act in {"take", "hold"} and _changed_hands(later, earlier, features))


def phase(one: Facts) -> Hashable:
    """What of a claim decides ``may_follow``."""
    topic, services = one.topic if one.topic in PHASES else "", _services(one)
    if not (one.control or one.next_phase or services):
        return one.level, topic, bool(one.counts)
    held = (one.control, one.spots, one.kind, one.speakers[:1], bool(one.sites)) if one.control else ()
    return one.level, topic, bool(one.counts), one.next_phase, services, held


def may_follow(one: Facts, other: Facts) -> tuple[float, str]:
    """Whether the one may tell of the next phase of the other or the other way round (``Following``), as far as can be told without looking at place,
    days and meaning.
    """
    return float(_may_follow(one, other)), ""


def _may_follow(one: Facts, other: Facts) -> Following:
    if restored(one, other):
        return Following.RESTORED
    if one.level != other.level:
        return Following.NEVER
    if one.control and other.control:
        return _may_change(one, other)
    phases = one.next_phase != other.next_phase and one.topic == other.topic and one.topic in PHASES
    return Following.MAY if phases and not one.counts and not other.counts else Following.NEVER


def _may_change(one: Facts, other: Facts) -> Following:
    told = {
        "ground": ground.same(one, other),
        "ground_reverse": ground.reverse(one, other),
        "ground_extent": ground.extent(one, other),
        "site_alone": sites.whole(one, other),
    }
    for after, may in ((0.0, Following.MAY), (1.0, Following.AFTER)):
        features = told | {"after": (after, "")}
        if _changed_hands(one, other, features) or _changed_hands(other, one, features):
            return may
    return Following.NEVER


def restored(later: Facts, earlier: Facts) -> bool:
    """Whether a service that was out is back, or one that ran is out."""
    theirs = _services(earlier)
    return any((what, "back" if state == "out" else "out") in theirs for what, state in _services(later))


def _services(one: Facts) -> frozenset[tuple[str, str | None]]:
    return frozenset((each.what, each.state) for each in one.conditions if each.kind == "services")
