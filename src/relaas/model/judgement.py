"""What a person decided about one version of a claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DECIDING = frozenset({"accepted", "rejected", "corrected", "split"})
VERDICTS = (*sorted(DECIDING), "graded", "commented", "undone")


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
