"""Numbers in words and figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relaas.times.numbers import figures, read, word
from relaas.times.scan import tokens

CASES = [
    ("nl", "tweeënhalf miljoen", 2_500_000),
    ("nl", "drieënzestigduizend", 63_000),
    ("nl", "1,2 miljoen", 1_200_000),
    ("nl", "12.000", 12_000),
    ("nl", "negentienhonderdachtenzeventig", 1978),
    ("nl", "vijf en een half", 5.5),
    ("nl", "honderd duizend", 100_000),
    ("nl", "vijf miljard tweehonderd miljoen", 5_200_000_000),
    ("nl", "drie komma vijf", 3.5),
    ("en", "twenty-five thousand", 25_000),
    ("en", "12,000", 12_000),
    ("en", "1.5 million", 1_500_000),
    ("en", "a hundred and five", 105),
    ("en", "two and a half", 2.5),
    ("en", "two and a half thousand", 2500),
]


@pytest.mark.parametrize(("language", "text", "value"), CASES)
def test_numbers_are_read_whole(language: str, text: str, value: float) -> None:
    """The number ends where the text does."""
    found = tokens(text)
    number = read(found, 0, language)
    assert number is not None
    assert (number.value, number.end) == (value, len(found))


@pytest.mark.parametrize("text", ["eendracht", "tiener", "achterban", "honderdman", "zevenboom"])
def test_words_that_only_begin_like_a_number_are_none(text: str) -> None:
    """Dutch compounds of other things."""
    assert word(text, "nl") is None


@given(st.integers(0, 999_999_999))
def test_grouped_figures_come_back_in_either_language(number: int) -> None:
    """Points in Dutch, commas in English."""
    assert figures(f"{number:,}".replace(",", "."), "nl") == number
    assert figures(f"{number:,}", "en") == number
