"""Edit scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relaas.reading.lemmas import lemma, script


@pytest.mark.parametrize(
    ("form", "base", "other", "made"),
    [
        ("Opgevangen", "opvangen", "aangevallen", "aanvallen"),
        ("steden", "stad", "leden", "lid"),
        ("Kyiv", "Kyiv", "Moskou", "Moskou"),
        ("Troepen", "troep", "Groepen", "groep"),
        ("said", "say", "paid", "pay"),
    ],
)
def test_a_script_makes_the_lemma_it_was_made_from(form: str, base: str, other: str, made: str) -> None:
    """A script gives its own lemma back, and fits other words that change alike."""
    assert lemma(form, script(form, base)) == base
    if script(form, base) == script(other, made):
        assert lemma(other, script(form, base)) == made


def test_a_script_that_takes_more_than_the_word_has_does_not_fit() -> None:
    """A short word is left alone, not emptied."""
    assert lemma("a", script("opgevangen", "opvangen")) is None


@given(
    st.text(alphabet=st.characters(categories=["L", "N", "P"]), min_size=1, max_size=12),
    st.text(alphabet="abcdeé+-=|!", min_size=1, max_size=12),
)
def test_any_pair_round_trips(form: str, base: str) -> None:
    """Whatever the form and lemma, the script between them leads from one to the other, save where it would take the
    whole form."""
    assert lemma(form, script(form, base)) in {base, None}
