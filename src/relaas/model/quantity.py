"""A number of people or things that a text gives, with its bound, unit and scope."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quantity:
    """Characters ``start`` to ``end`` that say how many.

    ``bound`` is ``=``, ``>=``, ``<=`` or ``~``. A range ("20 tot 25") and a vague number ("tientallen") have ``low``
    and ``high`` but no ``value``. ``unit`` says what is counted or what happened to them (killed, injured, km …),
    ``of`` whom or what. ``cumulative`` is true where the text makes it a total, else false.
    """

    text: str
    value: float | None
    low: float | None
    high: float | None
    bound: str
    unit: str | None
    of: str | None
    cumulative: bool | None
    start: int
    end: int
