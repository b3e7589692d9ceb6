"""De stad, het dorp, daar: words that stand for a place named before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from relaas.knowledge.gazetteer import Gazetteer
from relaas.places.antecedents import antecedents
from relaas.places.explanation import explain
from relaas.places.resolution import find
from relaas.places.towns import Towns


@pytest.mark.parametrize(
    "text, words, name",
    [
        ("In Bachmoet vielen granaten. De stad is leeg.", "De stad", "Bakhmut"),
        ("In de Donbas wordt gevochten. De regio is bezet.", "De regio", "Donbas"),
        ("Oekraïne vraagt hulp. Het land heeft munitie nodig.", "Het land", "Ukraine"),
        ("In Cherson is geen stroom. Daar wonen nog mensen.", "Daar", "Kherson"),
        ("Bij Lyman in Oekraïne ligt Zarichne. Troepen trokken naar het dorp.", "het dorp", "Zarichne"),
        ("Bakhmut in Ukraine was shelled. The city is empty.", "The city", "Bakhmut"),
    ],
)
def test_descriptions(gazetteer: Gazetteer, text: str, words: str, name: str) -> None:
    """A description takes the nearest place of its kind before it, and keeps its own words as span."""
    language = "en" if "The city" in text else "nl"
    found = antecedents(text, find(text, language=language), language)
    assert [(place.text, place.name) for place in found] == [(words, name)]
    assert text[found[0].start : found[0].end] == words


@pytest.mark.parametrize(
    "text, words, name",
    [
        (
            "In Goma wordt gevochten. Goma is omsingeld. Het leger stuurt troepen uit Kinshasa. De stad is leeg.",
            "De stad",
            "Goma",
        ),
        (
            "In Goma wordt gevochten. Goma is omsingeld. Ook Bukavu wordt beschoten. Die stad is leeg.",
            "Die stad",
            "Bukavu",
        ),
        (
            "In Goma wordt gevochten. In Bukavu en Kinshasa is het stil. De hoofdstad is leeg.",
            "De hoofdstad",
            "Kinshasa",
        ),
    ],
)
def test_the_town_that_is_meant(gazetteer: Gazetteer, text: str, words: str, name: str) -> None:
    """ "De stad" is the town that the report names most, "die stad" the one named last, "de hoofdstad" the country's capital."""
    found = antecedents(text, find(text, language="nl"), "nl")
    assert [(place.text, place.name) for place in found] == [(words, name)]


def test_a_town_in_the_title_alone(gazetteer: Gazetteer) -> None:
    """A description may stand for a town that only the title names; the words keep their place in the text."""
    titled = [replace(place, text=None, start=None, end=None) for place in find("In Grozny", language="nl")]
    text = "De stad ligt in puin."
    found = antecedents(text, [], "nl", towns=Towns(text, [], title="In Grozny", titled=titled))
    assert [(place.text, place.name, place.start) for place in found] == [("De stad", "Grozny", 0)]


@pytest.mark.parametrize(
    "text",
    [
        "De stad Cherson is bevrijd.",
        "De stad is leeg.",
        "In Bachmoet is er geen stroom.",
        "In Bachmoet waren er drie doden.",
    ],
)
def test_no_antecedent(gazetteer: Gazetteer, text: str) -> None:
    """A description with its name beside it, one with nothing before it, and an empty "er" stand for nothing."""
    assert antecedents(text, find(text, language="nl"), "nl") == []


def test_explain(gazetteer: Gazetteer) -> None:
    """Every toponym is explained with its candidates, their features and the shape."""
    rows = explain("Rond Lyman en in Donetsk wordt gevochten, meldt Oekraïne.", "nl")
    assert [row["text"] for row in rows] == ["Lyman", "Donetsk", "Oekraïne"]
    assert rows[0]["candidate_count"] > 3
    assert rows[0]["candidates"][0]["features"]
    assert rows[0]["geometry"].startswith("POLYGON")
