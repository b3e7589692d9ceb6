"""A stretch of text that is taken for the name of a place, before it is known which."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Toponym:
    """Characters ``start`` to ``end`` with what is known of them.

    ``label`` is the entity label where a model gave one. The hints come from a parse and, where given, decide the
    use: whether the name is the subject of a verb of saying, whether it stands in a dateline.
    """

    text: str
    start: int
    end: int
    label: str | None = None
    subject_of_saying: bool | None = None
    in_dateline: bool | None = None
