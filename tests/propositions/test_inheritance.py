"""A claim without a place of its own is told about the one that its people or things belong to, or about none."""

from __future__ import annotations

import pytest

from relaas.errors import ModelError
from relaas.model.document import Document
from relaas.model.place import Place
from relaas.model.span import Span
from relaas.pipeline import Pipeline


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    """The pipeline that reads reports."""
    from relaas.recipes import pipeline as recipe

    try:
        return recipe()
    except ModelError as error:
        pytest.skip(f"the reading model is not here: {error}")


def _inherited(pipeline: Pipeline, text: str, language: str) -> list[Place]:
    """What the last claim of a text inherits."""
    document = Document("d", "d", "d", text, Span(0, len(text)), published="2022-05-01", language=language)
    claims = pipeline.run(document).claims
    return [place for place in claims[-1].places if place.inherited]


TOWNS = [("Bachmoet", "Bakhmut"), ("Aleppo", "Aleppo"), ("Goma", "Goma"), ("Charkov", "Kharkiv")]


@pytest.mark.parametrize("written, name", TOWNS)
def test_the_town_named_just_before_whatever_its_name(pipeline: Pipeline, written: str, name: str) -> None:
    """What is told of people in the sentence after a town's is told about that town, with a reason."""
    found = _inherited(pipeline, f"In {written} zijn woensdag granaten gevallen. Twee inwoners raakten gewond.", "nl")
    assert [(place.name, place.use) for place in found] == [(name, "location")]
    assert found[0].text is None
    assert found[0].reason.startswith("inherited (")


@pytest.mark.parametrize(
    "text, language",
    [
        ("In Goma zijn woensdag granaten gevallen. In Bukavu bleef het rustig.", "nl"),
        ("Shells fell on Goma on Wednesday. It stayed quiet in Bukavu.", "en"),
    ],
)
def test_a_claim_with_a_place_of_its_own_inherits_none(pipeline: Pipeline, text: str, language: str) -> None:
    """A town among its own words is enough."""
    assert _inherited(pipeline, text, language) == []


@pytest.mark.parametrize(
    "text, language, name, use",
    [
        ("In Goma is het stil. De meeste inwoners hebben de stad verlaten.", "nl", "Goma", "origin"),
        ("It is quiet in Goma. Most people left the city.", "en", "Goma", "origin"),
        ("De gewonden van Goma zijn naar een ziekenhuis in Bukavu gebracht.", "nl", "Bukavu", "direction"),
        ("De grens met Rwanda is dicht.", "nl", "Rwanda", "location"),
    ],
)
def test_the_use_by_the_tree(pipeline: Pipeline, text: str, language: str, name: str, use: str) -> None:
    """What is left is an origin; a place lies where one goes when the thing in it does."""
    document = Document("d", "d", "d", text, Span(0, len(text)), published="2022-05-01", language=language)
    analysis = pipeline.run(document)
    found = [one for one in [*analysis.places, *analysis.described_places] if one.name == name]
    assert found[-1].use == use


def test_a_title_names_the_town(pipeline: Pipeline) -> None:
    """A town that only the title names may be where a claim is told about; it has no place in the text."""
    text = "title: Grozny in puin\n\nTwee inwoners raakten gewond bij een beschieting van de markt."
    start = text.index("Twee")
    document = Document(
        "d", "d", "d", text, Span(start, len(text)), title="Grozny in puin", published="1995-01-10", language="nl"
    )
    analysis = pipeline.run(document)
    assert [(place.name, place.start) for place in analysis.titled_places] == [("Grozny", None)]
    assert [(place.name, place.inherited) for place in analysis.claims[-1].places] == [("Grozny", True)]


def test_a_name_is_one_thing_in_a_report(pipeline: Pipeline) -> None:
    """A last name is the person named in full before, also where it looks like a place."""
    text = "Espérance Bahati woont in Helmond. Over het vliegveld hoort Bahati tegenstrijdige dingen. Bahati zou een toespraak houden."
    document = Document("d", "d", "d", text, Span(0, len(text)), published="2025-01-10", language="nl")
    labels = {entity.label for entity in pipeline.run(document).entities if entity.text == "Bahati"}
    assert labels == {"PER"}
