"""Floors on the shared development data, which is not part of the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from relaas.evaluation.times import meantime, number_cases, recognizers

DATA = Path(__file__).parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.exists(), reason="../shared/data is not here")


@needs_data
def test_the_dutch_cases_have_span_and_value_right() -> None:
    """All dates, periods, durations and holidays together."""
    scores = recognizers(DATA / "recognizers-nl").values()
    assert sum(score.value for score in scores) / sum(score.total for score in scores) >= 0.85


@needs_data
def test_the_dutch_number_cases_have_span_and_value_right() -> None:
    """Words, figures, fractions and powers."""
    assert number_cases(DATA / "recognizers-nl").figures["value"] >= 0.85


@needs_data
def test_english_news_is_read_as_timex3() -> None:
    """Relaxed F1 and value F1 on MEANTIME."""
    figures = meantime(DATA / "meantime" / "en-xml").figures
    assert figures["relaxed"] >= 0.85
    assert figures["value"] >= 0.72
