"""What the judge may overrule: any rule but one whose cue lies in another sentence."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from relaas.model.claim import Cue
from relaas.model.span import Span
from relaas.propositions.judging import Judge
from relaas.steps.judging import _chosen

INSIDE, OUTSIDE = Span(10, 14), Span(60, 64)
LABELS = ("stated", "attributed")


def clause(*spans: Span) -> Any:
    """A clause of the sentence 0 to 50 that a rule has labelled, with the words of its cue."""
    cues = {"evidence": Cue("nl.say.zeggen", spans)} if spans else {}
    return SimpleNamespace(cues=cues, sentence=SimpleNamespace(span=Span(0, 50)))


@pytest.mark.parametrize(
    ("spans", "lead", "label"),
    [
        ((INSIDE,), 0.05, "stated"),
        ((), 0.05, "stated"),
        ((OUTSIDE,), 0.95, "attributed"),
    ],
)
def test_a_rule_holds_where_its_cue_is_out_of_sight(spans: tuple[Span, ...], lead: float, label: str) -> None:
    """A rule keeps its label where its cue lies outside the sentence; with a cue inside, or none, it yields."""
    none = np.zeros(len(LABELS), np.float32)
    judge = Judge("evidence", LABELS, none, {}, none)
    chances = np.array([(1 + lead) / 2, (1 - lead) / 2], np.float32)
    assert LABELS[_chosen(clause(*spans), "evidence", "attributed", judge, chances)] == label
