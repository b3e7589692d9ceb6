"""Pairing claims by their quotes."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relaas.evaluation.labelled import Labelled
from relaas.evaluation.matching import assign, core, likeness, nearest, one_to_one
from relaas.model.span import Span

LABELS = {"evidence": "stated", "certainty": "CT+", "topic": "other"}


def claim(start: int, end: int, sentence: tuple[int, int] = (0, 60)) -> Labelled:
    """A claim at these characters."""
    return Labelled(Span(start, end), Span(*sentence), LABELS)


@pytest.mark.parametrize(
    "text, quote",
    [
        ("en de brug is weg.", "de brug is weg"),
        ("“De brug is weg,”", "De brug is weg"),
        ("that the bridge was gone", "the bridge was gone"),
        ("maar dat de brug weg is", "de brug weg is"),
        ("en", "en"),
        ("—", "—"),
    ],
)
def test_edges_of_a_quote_do_not_count(text: str, quote: str) -> None:
    """Punctuation and conjunctions at the edge fall away; something always stays."""
    assert core(text, Span(0, len(text))).of(text) == quote


@given(st.lists(st.lists(st.floats(0, 1), min_size=1, max_size=4), min_size=1, max_size=4))
def test_the_assignment_is_the_best_there_is(rows: list[list[float]]) -> None:
    """No other one-to-one assignment has a greater sum."""
    width = min(len(row) for row in rows)
    gains = [row[:width] for row in rows]
    found = assign(gains)
    taken = [column for column in found if column is not None]
    assert len(taken) == len(set(taken))
    size = max(len(gains), width)
    padded = [[gains[i][j] if i < len(gains) and j < width else 0.0 for j in range(size)] for i in range(size)]
    best = max(sum(padded[i][j] for i, j in enumerate(order)) for order in permutations(range(size)))
    assert sum(gains[i][j] for i, j in enumerate(found) if j is not None) == pytest.approx(best)


def test_pairs_that_are_too_unlike_are_no_pairs() -> None:
    """With a least likeness of a half, a quote of a third of the other's length has no partner."""
    text = "x" * 60
    assert one_to_one(text, [claim(0, 30)], [claim(0, 10)], least=0.5) == [None]
    assert one_to_one(text, [claim(0, 30)], [claim(0, 10)]) == [0]


def test_the_nearest_claim_of_the_sentence_may_serve_twice() -> None:
    """Aligned by sentence, one predicted claim stands for both gold claims; one in another sentence for neither."""
    text = " ".join(["woord"] * 20)
    gold = [claim(0, 10), claim(12, 30), claim(70, 80, (65, 90))]
    assert nearest(text, gold, [claim(0, 29)]) == [0, 0, None]


def test_likeness_is_shared_over_all_characters() -> None:
    """Half of the characters in common, a third alike."""
    assert likeness(Span(0, 10), Span(5, 15)) == pytest.approx(1 / 3)
    assert likeness(Span(0, 5), Span(5, 9)) == 0
