"""Exchanging sides, people and places, or putting unseen names in their place, changes no label but the names."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import yaml

from relaas.errors import ModelError
from relaas.evaluation.gold import load
from relaas.evaluation.symmetry import (
    ASPECTS,
    Case,
    by_aspect,
    changes,
    exchanged,
    from_gold,
    from_templates,
    rendered,
)
from relaas.pipeline import Pipeline

HERE = Path(__file__).parent
KNOWN: dict[str, str] = yaml.safe_load((HERE / "known_changes.yaml").read_text(encoding="utf-8")) or {}
CASES = [
    *from_templates(HERE / "templates.yaml"),
    *from_gold(load(HERE.parents[1] / "gold" / "dev"), HERE / "names.yaml"),
]


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    """The pipeline that reads reports."""
    from relaas.recipes import pipeline as recipe

    try:
        return recipe()
    except ModelError as error:
        pytest.skip(f"the reading model is not here: {error}")


@pytest.fixture(scope="module")
def changed(pipeline: Pipeline) -> Callable[[Case], dict[str, list[str]]]:
    """The changes of a text by aspect, worked out once for both tests."""
    return cache(lambda case: by_aspect(list(changes(case, pipeline))))


def _marked(aspect: str) -> list[object]:
    """A text that is known to change must change: one that has come right is taken off the list."""
    return [
        pytest.param(
            case, id=case.id, marks=[pytest.mark.xfail(reason=KNOWN[key], strict=True)] if key in KNOWN else []
        )
        for case in CASES
        for key in [f"{case.id}/{aspect}"]
    ]


@pytest.mark.parametrize("case", _marked("labels"))
def test_no_label_but_the_names_changes(case: Case, changed: Callable[[Case], dict[str, list[str]]]) -> None:
    """Every claim keeps its quote and all labels but places under other names."""
    assert not changed(case)["labels"], "\n".join(changed(case)["labels"])


@pytest.mark.parametrize("case", _marked("places"))
def test_places_stay_where_they_are_named(case: Case, changed: Callable[[Case], dict[str, list[str]]]) -> None:
    """Every claim keeps its places, by where they stand and how they are used."""
    assert not changed(case)["places"], "\n".join(changed(case)["places"])


def test_every_known_change_is_a_text_of_the_suite() -> None:
    """The list names texts that exist."""
    assert set(KNOWN) <= {f"{case.id}/{aspect}" for case in CASES for aspect in ASPECTS}


def test_an_offset_is_found_back_behind_longer_names() -> None:
    """A place after a name is the same place, however long the name."""
    template = "Het leger van {A} nam {X} in."
    short, long = (
        rendered(template, names) for names in ({"A": "Mali", "X": "Gao"}, {"A": "Oekraïne", "X": "Sjevardino"})
    )
    for words in (" nam ", " in."):
        assert short.place(short.text.index(words)) == long.place(long.text.index(words))
    assert short.place(short.text.index("Gao") + 3, end=True) == long.place(
        long.text.index("Sjevardino") + 10, end=True
    )


def test_names_are_exchanged_as_whole_words_and_all_at_once() -> None:
    """Two sides change places; a name inside another word stays."""
    before, after = exchanged("Mali trof Niger, Malinese bronnen zwijgen.", {"Mali": "Niger", "Niger": "Mali"})
    assert before.text == "Mali trof Niger, Malinese bronnen zwijgen."
    assert after.text == "Niger trof Mali, Malinese bronnen zwijgen."
