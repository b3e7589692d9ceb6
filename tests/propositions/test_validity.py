"""When a claim holds: which expression governs it, and which only dates a word."""

from __future__ import annotations

import pytest

from relaas.model.document import Document
from relaas.model.span import Span
from relaas.pipeline import Pipeline
from relaas.recipes import pipeline
from relaas.workflow import analyse

REPORTED = "2024-04-05"  # a Friday

PAIRS = [
    ("nl", "Dinsdag viel het dorp.", ["2024-04-02"]),
    ("nl", "Dinsdag valt de raad.", ["2024-04-09"]),
    ("nl", "Het dorp is dinsdag gevallen.", ["2024-04-02"]),
    ("nl", "Het dorp dat dinsdag viel, is leeg.", [None]),
    ("nl", "De aanval van dinsdag kostte drie levens.", [None]),
    ("nl", "Er zijn meer vluchtelingen dan vorige week.", [None]),
    ("nl", "De bewoners zijn bang voor de winter.", [None]),
    ("nl", "Tot nu toe is niemand opgepakt.", [None]),
    ("nl", "Drie dagen na de inname zijn de winkels dicht.", ["2024-04-05"]),
    ("nl", "Drie dagen na de inname waren de winkels dicht.", [None]),
    ("nl", "Er zijn inmiddels twaalf doden geteld.", ["2024-04-05"]),
    ("en", "The village fell on Tuesday.", ["2024-04-02"]),
    ("en", "The council meets on Tuesday.", ["2024-04-09"]),
    ("en", "There are more refugees than last week.", [None]),
    ("en", "Nobody has been held so far.", [None]),
]


@pytest.fixture(scope="module")
def reading() -> Pipeline:
    """The whole pipeline."""
    return pipeline()


@pytest.mark.parametrize(("language", "text", "expected"), PAIRS)
def test_a_claim_holds_when_its_own_predicate_says(
    reading: Pipeline, language: str, text: str, expected: list[str | None]
) -> None:
    """A time in an attribute, a relative clause or a comparison is not the claim's; tense says which Tuesday."""
    assert _times(reading, text, language) == expected


def test_when_it_was_said_is_not_when_it_holds(reading: Pipeline) -> None:
    """A word of time beside the reporting verb gives the content no time."""
    assert _times(reading, "Het leger zei dinsdag dat de brug weg is.", "nl") == [None]
    assert _times(reading, "Het leger zei dat de brug dinsdag is opgeblazen.", "nl") == ["2024-04-02"]


def test_a_pointing_word_takes_over_the_time_of_the_claim_before(reading: Pipeline) -> None:
    """Only such a word does."""
    with_word = "Zondag was er een beschieting. Daarbij kwamen twee mensen om."
    without = "Zondag was er een beschieting. In het dorp kwamen twee mensen om."
    assert _times(reading, with_word, "nl") == ["2024-03-31", "2024-03-31"]
    assert _times(reading, without, "nl") == ["2024-03-31", None]


def _times(reading: Pipeline, text: str, language: str) -> list[str | None]:
    document = Document("case", "case", "case", text, Span(0, len(text)), language=language, published=REPORTED)
    return [claim.time.edtf if claim.time else None for claim in analyse(reading, document).claims]
