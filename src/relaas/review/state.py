"""Where a version of a claim stands after everything that was judged of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from relaas.model.judgement import DECIDING

STATUS = {"accepted": "accepted", "corrected": "accepted", "rejected": "rejected", "split": "split"}


@dataclass(frozen=True, slots=True)
class State:
    """``status`` is unreviewed, accepted, rejected or split; ``basis`` is the judgement (as stored) that it rests on;
    ``grade`` the last Admiralty grade; ``undone`` the numbers of judgements that were taken back.
    """

    status: str = "unreviewed"
    basis: Mapping[str, Any] | None = None
    grade: Mapping[str, Any] | None = None
    undone: frozenset[int] = frozenset()


def state(judgements: Iterable[Mapping[str, Any]]) -> State:
    """The state that judgements of one version, oldest first, come to: the last that decides and was not undone holds."""
    undone: set[int] = set()
    basis = grade = None
    for one in reversed(list(judgements)):
        if one["number"] in undone:
            continue
        if one["verdict"] == "undone":
            undone.add(int(one["undoes"]))
        elif one["verdict"] in DECIDING:
            basis = basis or one
        elif one["verdict"] == "graded":
            grade = grade or one["what"]
    return State(STATUS[basis["verdict"]] if basis else "unreviewed", basis, grade, frozenset(undone))
