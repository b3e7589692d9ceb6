"""How the two stand to each other as parts of reports."""

from __future__ import annotations

from relaas.linking.facts import Facts


def one_report(one: Facts, other: Facts) -> tuple[float, str]:
    """1 for two claims of one report: a report seldom says a thing twice."""
    return float(one.document == other.document), ""


def answers(one: Facts, other: Facts) -> tuple[float, str]:
    """1 where one is a pro-form that stands for the other ("denied it")."""
    return float(one.answers == other.id or other.answers == one.id), ""


def copied(one: Facts, other: Facts) -> tuple[float, str]:
    """Shared runs of three words over those of the shorter sentence."""
    if one.document == other.document or not one.shingles or not other.shingles:
        return 0.0, ""
    shared = len(one.shingles & other.shingles) / min(len(one.shingles), len(other.shingles))
    return round(shared, 3), f"{shared:.0%}" if shared else ""


def beside(one: Facts, other: Facts) -> tuple[float, str]:
    """1 where one speaker goes on in the next words of one report, in the same sense."""
    near = one.document == other.document and abs(one.index - other.index) <= 1
    goes_on = near and one.speakers == other.speakers and bool(one.speakers) and one.polarity == other.polarity
    return float(goes_on and (one.direct or other.direct)), ""


def denies(one: Facts, other: Facts) -> tuple[float, str]:
    """1 where, in the next words of one report, another party says not what the first says, about the same kind of thing."""
    near = one.document == other.document and abs(one.index - other.index) <= 1
    opposed = one.polarity * other.polarity < 0 and one.speakers != other.speakers
    later = max(one, other, key=lambda each: (each.start, each.id))
    return float(near and opposed and later.polarity < 0 and bool(later.speakers) and one.topic == other.topic), ""
