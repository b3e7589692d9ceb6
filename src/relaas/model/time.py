"""A time expression of a text, resolved no finer than its words and its anchor allow."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Time:
    """Characters ``start`` to ``end`` that name a time, with its values.

    ``type`` is DATE, TIME, DURATION or SET and ``timex`` the TIMEX3 value of the bare expression. ``edtf`` is the
    stretch of time meant, with the signal word taken into account ("sinds", "by"); ``earliest`` and ``latest`` are
    its first and last day (ISO), ``None`` at an open end. ``anchor`` is the date it was counted from, ``None`` where
    the words suffice. A duration that is not tied to a date has no ``edtf``.
    """

    text: str
    start: int
    end: int
    type: str
    timex: str | None
    edtf: str | None
    earliest: str | None
    latest: str | None
    anchor: str | None
    reason: str
    modifier: str | None = None
