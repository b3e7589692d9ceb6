"""What holds of every text: offsets, limits in order, and time in proportion to length."""

from __future__ import annotations

import time as clock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relaas.quantities import find

WORDS = [
    "twee",
    "20",
    "tot",
    "12.000",
    "doden",
    "gewond",
    "en",
    "van de",
    "tientallen",
    "meer dan",
    "miljoen",
    "een",
    "derde",
    "burgers",
    "kwamen",
    "om",
    ",",
    ".",
    "half",
    "dozijn",
    "two",
    "dozen",
    "of",
    "people",
    "killed",
    "-",
    "1,5",
    "soldiers",
    "½",
    "helft",
]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join), st.sampled_from(("nl", "en")))
def test_every_quantity_resolves_to_its_characters_with_limits_in_order(text: str, language: str) -> None:
    """Low is not above high; a value lies between them."""
    for each in find(text, language=language, kinds="all"):
        assert text[each.start : each.end] == each.text
        assert each.bound in {"=", ">=", "<=", "~"}
        if each.low is not None and each.high is not None:
            assert each.low <= each.high
        if each.value is not None:
            assert each.low is None or each.low <= each.value
            assert each.high is None or each.value <= each.high


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.sampled_from(("nl", "en")))
def test_any_text_at_all_is_read_without_failing(text: str, language: str) -> None:
    """Control characters, other scripts, half numbers."""
    for each in find(text, language=language):
        assert text[each.start : each.end] == each.text


@pytest.mark.parametrize(
    "text",
    ["twee " * 2000, "1, 2, " * 1500, "kwamen 3 " * 1000, "een half " * 1000, "doden " * 2000, "1 of 2 of " * 800],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_hostile_text_takes_time_in_proportion_to_its_length(text: str, language: str) -> None:
    """At most 200 microseconds a character, sentences without an end included."""
    find("warm 1", language=language)
    begin = clock.process_time()
    find(text, language=language)
    assert clock.process_time() - begin < len(text) * 2e-4
