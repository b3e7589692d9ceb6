"""What a person decided about one version of a claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DECIDING = frozenset({"accepted", "rejected", "corrected", "split"})
VERDICTS = (*sorted(DECIDING), "graded", "commented", "undone")
LINK_VERDICTS = ("accepted", "rejected", "undone")


@dataclass(frozen=True, slots=True)
class Judgement:
    """Who judged which version, when, how and why; judgements are only ever added.

    ``what`` holds what the verdict needs: the changed fields of ``corrected`` with their whole new values (as against what
    the pipeline read), ``{"parts": [[start, end], …]}`` of ``split``, ``{"reliability": "A"–"F", "credibility": 1–6}`` of
    ``graded``. ``undoes`` is the number of the judgement that ``undone`` takes back; an undoing may be undone too.
    """

    claim: str
    version: str
    verdict: str
    by: str
    at: str
    why: str | None = None
    what: Mapping[str, Any] | None = None
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class LinkJudgement:
    """Who decided what about a link between two claims, when and why; only ever added.

    ``one_labels`` and ``other_labels`` are the labels that the claims bore, corrections included, and ``type`` is what the link was taken for: where
    one of them is another now, the judgement no longer holds and the link waits for review again.
    """

    one: str
    other: str
    one_labels: str
    other_labels: str
    type: str
    verdict: str
    by: str
    at: str
    why: str | None = None
    undoes: int | None = None
