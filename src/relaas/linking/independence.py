"""Whether two claims go back to one primary source: one speaker, one outlet, a copy, or an outlet that credits the other."""

from __future__ import annotations

from collections.abc import Mapping

from relaas.linking.facts import Facts
from relaas.linking.names import alike, any_alike, is_generic, parts

COPY = 0.6
"""Share of runs of three words from which a sentence counts as taken over."""
CLOSE = 0.25


def one_source(
    one: Facts, other: Facts, features: Mapping[str, tuple[float, str]], *, duplicates: bool = False
) -> str | None:
    """The ground on which two claims come from one primary source; None where they are independent.

    Grounds: ``outlet`` (its own voice twice), ``speaker``, ``copy`` (wording taken over), ``duplicate`` (the reports are near-duplicates), ``credit``
    (one report names the other's outlet as where it has its words from, and both have no other source or the same). The linker adds ``revision``: what
    is taken back or mended comes from the one who does so.
    """
    if one.document == other.document:
        return _in_one_report(one, other)
    spoken = bool(one.speakers), bool(other.speakers)
    if spoken == (True, True):
        if _same_speaker(one, other):
            return "speaker"
        kindred = one.kind == other.kind or "unnamed" in (one.kind, other.kind)
        if not kindred and features["copied"][0] < COPY:
            return _credited(one, other)
    elif spoken == (False, False) and parts(one.outlet) == parts(other.outlet):
        return "outlet"
    if features["copied"][0] >= COPY:
        return "copy"
    if duplicates and features["meaning"][0] >= CLOSE:
        return "duplicate"
    return _credited(one, other) or _taken_over(one, other, features)


def _in_one_report(one: Facts, other: Facts) -> str | None:
    if not one.speakers and not other.speakers:
        return "outlet" if one.evidence == other.evidence else None
    return "speaker" if _same_speaker(one, other) else None


def _same_speaker(one: Facts, other: Facts) -> bool:
    """Whether one and the same speaks; of people whom every report has of its own ("residents") nobody knows."""
    if not one.speakers or not other.speakers or not any_alike(one.speakers, other.speakers):
        return False
    return one.document == other.document or not (is_generic(one.speakers[0]) and is_generic(other.speakers[0]))


def _credited(one: Facts, other: Facts) -> str | None:
    """One claim has the other's outlet as its source or between: "meldt persbureau X"."""
    for mine, theirs in ((one, other), (other, one)):
        if not theirs.speakers and any(alike(name, theirs.outlet) for name in mine.speakers):
            return "credit"
    return None


def _taken_over(one: Facts, other: Facts, features: Mapping[str, tuple[float, str]]) -> str | None:
    """The report names the other's outlet and the sentences mean the same: words that came by the wire."""
    names = any(
        any(alike(name, theirs.outlet) for name in mine.credits) for mine, theirs in ((one, other), (other, one))
    )
    compatible = not (one.speakers and other.speakers) or one.kind == other.kind
    return "credit" if names and compatible and features["meaning"][0] >= CLOSE else None
