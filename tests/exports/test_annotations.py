"""The annotation contract: every line gets an answer, in order, and every offset resolves."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handmade import small_pipeline
from relaas.exports.annotation import annotated_line

PIPELINE = small_pipeline()
TEXT = "De brug is weg. Jan zei dat dinsdag."


def annotate(record: Any) -> tuple[dict[str, Any], str | None]:
    """The answer to a record, and its fault."""
    line, fault = annotated_line(record if isinstance(record, bytes) else json.dumps(record).encode(), PIPELINE)
    return json.loads(line), fault


def test_every_field_of_the_contract_is_there() -> None:
    """Also where nothing was found."""
    found, fault = annotate({"id": 7, "text": TEXT, "language": "nl"})
    assert fault is None
    assert list(found) == [
        "id", "language", "trained", "tokens", "entities", "times", "places", "quantities", "actors", "attributions", "claims",
    ]  # fmt: skip
    assert (found["id"], found["language"]) == (7, "nl")
    assert set(found["tokens"][0]) == {"start", "end", "text", "lemma", "upos", "head", "deprel"}
    for token in found["tokens"]:
        assert TEXT[token["start"] : token["end"]] == token["text"]


WORDS = ["De", "brug", "is", "weg", ".", "Jan", "zei", "dat", "dinsdag", "."]
ENTITIES = [{"start": 16, "end": 19, "label": "PER"}]


@pytest.mark.parametrize("words", [None, WORDS])
@pytest.mark.parametrize("sentences", [None, [5, 5]])
@pytest.mark.parametrize("entities", [None, ENTITIES, [[16, 19, "PER"]], []])
@pytest.mark.parametrize("published", [None, "2022-11-06", "2022-11-06T09:30:00Z", "2022-11"])
def test_all_that_may_be_given_goes_together(words: Any, sentences: Any, entities: Any, published: Any) -> None:
    """Words, sentences, entities and date in every combination."""
    record = {
        "id": "a",
        "text": TEXT,
        "words": words,
        "sentences": sentences,
        "entities": entities,
        "published": published,
    }
    found, fault = annotate({key: value for key, value in record.items() if value is not None})
    assert fault is None
    if words:
        assert [token["text"] for token in found["tokens"]] == words
        assert len(found["claims"]) == (2 if sentences else 1)


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (b"{", "is not JSON"),
        (b"\xff", "is not JSON"),
        (b"[1]", "not a JSON object but a list"),
        ({"id": "x"}, "has no text"),
        ({"id": "x", "text": 3}, "has no text"),
        ({"id": "x", "text": "a", "words": "a"}, "not a list of words"),
        ({"id": "x", "text": "a b", "words": ["a", "b"], "sentences": [3]}, "3 words together, and 2 words"),
        ({"id": "x", "text": "a", "entities": [{"start": 0}]}, "without start, end and label"),
        ({"id": "x", "text": "a", "entities": [[0, 9, "PER"]]}, "outside its text"),
        ({"id": "x", "text": "a", "entities": [[0, 1, "GPE"]]}, "label 'GPE'"),
        ({"id": "x", "text": "a", "published": "soon"}, "'soon' is not a date"),
        ({"id": "x", "text": "a" * 1_000_001}, "1,000,001 characters"),
        (b'{"id": "x", "text": "a \\ud800"}', "lone surrogate"),
        ({"id": "x", "text": "BOOM"}, "could not be analysed: ValueError: boom"),
    ],
)
def test_a_line_that_is_not_right_is_answered(record: Any, words: str) -> None:
    """With its id where it has one, and a sentence."""
    found, fault = annotate(record)
    assert fault is not None
    assert words in fault
    assert found == {
        "id": "x" if b'"x"' in (record if isinstance(record, bytes) else json.dumps(record).encode()) else None,
        "error": fault,
    }


def test_text_may_be_left_out_where_words_are_given() -> None:
    """The words with a space between them are the text then."""
    found, fault = annotate({"words": ["De", "brug", "is", "weg"]})
    assert fault is None
    assert [(token["start"], token["end"]) for token in found["tokens"]] == [(0, 2), (3, 7), (8, 10), (11, 14)]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_answered_and_resolves(text: str) -> None:
    """Whatever the characters."""
    found, fault = annotate({"id": 1, "text": text, "language": "en"})
    assert fault is None or "could not be analysed" not in fault
    for token in found.get("tokens", []):
        assert text[token["start"] : token["end"]] == token["text"]
