"""The published gold set is in order, and the pages that show it are up to date."""

from __future__ import annotations

from pathlib import Path

import pytest

from relaas.evaluation.card import PAGES, filled, tables
from relaas.evaluation.checking import check
from relaas.evaluation.floors import Book
from relaas.evaluation.gold import load

ROOT = Path(__file__).parents[2]
SETS = [name for name in ("dev", "test") if (ROOT / "gold" / name).exists()]


@pytest.mark.parametrize("name", SETS)
def test_the_set_has_no_faults(name: str) -> None:
    """Offsets resolve, labels are known, no sentence is left out."""
    assert list(check(ROOT / "gold" / name)) == []


@pytest.mark.parametrize("name", SETS)
def test_the_set_is_in_the_standoff_form(name: str) -> None:
    """Every quote carries its offsets."""
    for gold in load(ROOT / "gold" / name):
        assert all("start" in claim.labels and "nth" not in claim.labels for claim in gold.claims), gold.name


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_the_figures_on_the_pages_are_those_of_the_set(page: Path) -> None:
    """Whoever changes the set or a floor writes the tables anew: python -m relaas.evaluation.card."""
    text = (ROOT / page).read_text(encoding="utf-8")
    assert filled(text, tables(ROOT / "gold", Book.open())) == text
