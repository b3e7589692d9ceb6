"""What the judge may overrule: a rule with a cue of its own only by the margin, one without at any likelier label."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from relaas.model.claim import Cue
from relaas.model.span import Span
from relaas.propositions.judging import Judge
from relaas.steps.judging import MARGIN, _chosen

INSIDE, OUTSIDE = Span(10, 14), Span(60, 64)
LABELS = ("stated", "attributed")


def clause(*spans: Span) -> Any:
    """A clause of the sentence 0 to 50 that a rule has labelled, with the words of its cue."""
    cues = {"evidence": Cue("nl.say.zeggen", spans)} if spans else {}
    return SimpleNamespace(cues=cues, sentence=SimpleNamespace(span=Span(0, 50)))


@pytest.mark.parametrize(
    ("spans", "lead", "label"),
    [
        ((INSIDE,), MARGIN - 0.05, "attributed"),
        ((INSIDE,), MARGIN + 0.05, "stated"),
        ((), 0.05, "stated"),
        ((OUTSIDE,), 0.95, "attributed"),
    ],
)
def test_a_rule_with_a_cue_yields_only_to_a_clear_lead(spans: tuple[Span, ...], lead: float, label: str) -> None:
    """A rule keeps its label within the margin or where its cue lies outside the sentence; without a cue it yields."""
    none = np.zeros(len(LABELS), np.float32)
    judge = Judge("evidence", LABELS, none, {}, none)
    chances = np.array([(1 + lead) / 2, (1 - lead) / 2], np.float32)
    assert LABELS[_chosen(clause(*spans), "evidence", "attributed", judge, chances)] == label
