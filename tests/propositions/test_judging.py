"""What the judge may overrule: a rule with a cue of its own only by much, one whose cue lies in another sentence never."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from relaas.model.claim import Cue, Sentence
from relaas.model.span import Span
from relaas.propositions.clauses import Clause
from relaas.propositions.judging import Judge
from relaas.steps.judging import SETTLE, _chosen

INSIDE, OUTSIDE = Span(10, 14), Span(60, 64)
LABELS = ("stated", "attributed")


def clause(*spans: Span) -> Clause:
    """A clause of the sentence 0 to 50 that a rule has labelled, with the words of its cue."""
    part: Any = None
    cues = {"evidence": Cue("nl.say.zeggen", spans)} if spans else {}
    return Clause(0, part, Sentence(0, Span(0, 50)), 0, "root", [0], cues=cues)


@pytest.mark.parametrize(
    ("spans", "lead", "label"),
    [
        ((INSIDE,), 0.05, "attributed"),
        ((INSIDE,), 0.95, "stated"),
        ((), 0.05, "stated"),
        ((OUTSIDE,), 0.95, "attributed"),
    ],
)
def test_a_rule_with_its_cue_yields_only_to_much(spans: tuple[Span, ...], lead: float, label: str) -> None:
    """A rule keeps its label where its cue lies outside the sentence; with a cue inside it yields to a large lead, without one to any."""
    none = np.zeros(len(LABELS), np.float32)
    judge = Judge("evidence", LABELS, none, {}, none)
    chances = np.array([(1 + lead) / 2, (1 - lead) / 2], np.float32)
    assert LABELS[_chosen(clause(*spans), "evidence", "attributed", judge, chances)] == label


def test_the_model_says_nothing_of_what_it_has_not_read() -> None:
    """A label whose cue stands in another sentence carries no confidence; one with its cue in the sentence does."""
    none = np.zeros(len(LABELS), np.float32)
    judge = Judge("evidence", LABELS, none, {}, none)
    near, far = clause(INSIDE), clause(OUTSIDE)
    near.evidence = far.evidence = "attributed"
    for one in (near, far):
        SETTLE["evidence"](one, judge, np.array([0.2, 0.8], np.float32))
    assert near.confidence["evidence"] > 0.5
    assert "evidence" not in far.confidence
