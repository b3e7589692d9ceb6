"""Times that hang on the tense of their clause, where the words alone do not say so."""

from __future__ import annotations

import pytest

from relaas import recipes
from relaas.model.document import Document
from relaas.model.span import Span
from relaas.pipeline import Pipeline


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    """The whole pipeline."""
    return recipes.pipeline()


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("The mill has been without power for weeks.", "2024-03-02~/2024-04-02"),
        ("Rebels have held the mill for a year.", "2023-04-02/2024-04-02"),
        ("The mill was closed for nine months.", None),
        ("He had been held for two years.", None),
        ("The ferry leaves in three days.", "2024-04-05"),
        ("The mill will be open in three weeks.", "2024-04-23"),
        ("They took the mill in three days.", None),
        ("The troops will stay for two months.", None),
    ],
)
def test_tense_says_whether_a_length_of_time_is_counted(pipeline: Pipeline, text: str, edtf: str | None) -> None:
    """A present perfect with "for" counts back, a verb that looks ahead with "in" counts forward; nothing else has days."""
    document = Document("x", "x", "0", text, Span(0, len(text)), published="2024-04-02", language="en")
    assert [time.edtf for time in pipeline.run(document, until="times").times] == [edtf]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Op geverifieerde beelden rijden strijders maandag over de brug.", "2024-04-01"),
        ("De strijders rijden maandag over de brug.", "2024-04-08"),
    ],
)
def test_what_images_show_lies_behind(pipeline: Pipeline, text: str, edtf: str) -> None:
    """A weekday with a verb in the present lies ahead, but what images show has happened."""
    document = Document("x", "x", "0", text, Span(0, len(text)), published="2024-04-02", language="nl")
    assert [time.edtf for time in pipeline.run(document, until="times").times] == [edtf]
