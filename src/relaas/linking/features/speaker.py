"""Whether the same one speaks."""

from __future__ import annotations

from relaas.linking.facts import Facts
from relaas.linking.names import any_alike, is_generic, parts


def same(one: Facts, other: Facts) -> tuple[float, str]:
    """1 where the sources may be one and the same, a half for such as every report has its own of ("residents"); else 0.

    An outlet's own voice is the same only within one outlet.
    """
    if not one.speakers or not other.speakers:
        own = not one.speakers and not other.speakers and parts(one.outlet) == parts(other.outlet)
        return float(own), one.outlet if own else ""
    if not any_alike(one.speakers, other.speakers):
        return 0.0, ""
    return (0.5 if is_generic(one.speakers[0]) or is_generic(other.speakers[0]) else 1.0), one.speakers[0]


def differs(one: Facts, other: Facts) -> tuple[float, str]:
    """1 where both name a source and it is another."""
    apart = bool(one.speakers and other.speakers) and not any_alike(one.speakers, other.speakers)
    return float(apart), f"{one.speakers[0]} / {other.speakers[0]}" if apart else ""


def direct(one: Facts, other: Facts) -> tuple[float, str]:
    """1 where both are direct speech of one speaker: the same utterance, or two of his."""
    return float(one.direct and other.direct and same(one, other)[0] > 0), ""


def quotation(one: Facts, other: Facts) -> tuple[float, str]:
    """1 where the same words stand between quotation marks in both sentences."""
    shared = one.quoted & other.quoted
    return float(bool(shared)), ", ".join(sorted(shared))
