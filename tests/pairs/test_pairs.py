"""Each minimal pair: one cue changed, one label changed with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from relaas.errors import ModelError
from relaas.evaluation.pairs import Pair, faults, known, load
from relaas.pipeline import Pipeline

FOLDER = Path(__file__).parents[2] / "gold" / "pairs"
PAIRS = load(FOLDER)
KNOWN = known(FOLDER)


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    """The pipeline that reads reports."""
    from relaas.recipes import pipeline as recipe

    try:
        return recipe()
    except ModelError as error:
        pytest.skip(f"the reading model is not here: {error}")


def _marked(pair: Pair) -> object:
    """A pair that is known to fail must fail: one that has come right is taken off the list."""
    marks = [pytest.mark.xfail(reason=KNOWN[pair.id], strict=True)] if pair.id in KNOWN else []
    return pytest.param(pair, id=pair.id, marks=marks)


@pytest.mark.parametrize("pair", [_marked(pair) for pair in PAIRS])
def test_the_cue_changes_the_label_and_nothing_else_does(pair: Pair, pipeline: Pipeline) -> None:
    """Both sides of the pair carry the labels that their cue asks for."""
    wrong = {side.text: faults(side, pair.language, pipeline) for side in pair.sides}
    assert not any(wrong.values()), "\n".join(f"{text}\n  {fault}" for text, found in wrong.items() for fault in found)


def test_there_are_a_hundred_pairs_in_each_language() -> None:
    """The set is as large as it says, and each pair expects different labels of its sides."""
    assert {language: sum(pair.language == language for pair in PAIRS) for language in ("nl", "en")} == {
        "nl": 100,
        "en": 100,
    }
    assert [pair.id for pair in PAIRS if pair.sides[0].expect == pair.sides[1].expect] == []


def test_every_known_failure_is_a_pair_and_has_a_reason() -> None:
    """The list names pairs that exist and says why each fails."""
    assert set(KNOWN) <= {pair.id for pair in PAIRS}
    assert all(KNOWN.values())
