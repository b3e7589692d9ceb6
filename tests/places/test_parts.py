"""Quarters, streets and buildings are parts of towns; the words beside a name tell them."""

from __future__ import annotations

import pytest

from relaas.knowledge.gazetteer import Gazetteer
from relaas.places.parts import part_of_town
from relaas.places.resolution import resolve
from relaas.places.toponym import Toponym


def _toponym(text: str, name: str) -> Toponym:
    start = text.index(name)
    return Toponym(name, start, start + len(name), label="LOC")


@pytest.mark.parametrize(
    "text, name, language, kind, whole",
    [
        ("In de wijk Himbi werd geschoten.", "Himbi", "nl", "district", "Himbi"),
        ("In de gevangenis Munzenze brak brand uit.", "Munzenze", "nl", "facility", "Munzenze"),
        ("Aan de Majakovskistraat staat een tank.", "Majakovskistraat", "nl", "facility", "Majakovskistraat"),
        ("They hid in the Amarula hotel.", "Amarula", "en", "facility", "Amarula hotel"),
        ("The dead of Mira Street are buried.", "Mira Street", "en", "facility", "Mira Street"),
        ("Men were seen in the Sankoré quarter.", "Sankoré", "en", "district", "Sankoré quarter"),
    ],
)
def test_parts(text: str, name: str, language: str, kind: str, whole: str) -> None:
    """The kind of part, and the name with the word that says so where that follows it."""
    part = part_of_town(_toponym(text, name), text, language)
    assert part is not None
    assert (part.kind, part.name) == (kind, whole)


@pytest.mark.parametrize(
    "text, name, language",
    [
        ("Bij het vliegveld. Nederland stuurt hulp.", "Nederland", "nl"),
        ("Ansan is a suburb of Seoul.", "Seoul", "en"),
        ("In Goma werd geschoten.", "Goma", "nl"),
    ],
)
def test_no_part(text: str, name: str, language: str) -> None:
    """A word of another sentence, or one that the town only holds, makes no part of it."""
    assert part_of_town(_toponym(text, name), text, language) is None


def test_a_part_is_not_a_town_that_sounds_like_it(gazetteer: Gazetteer) -> None:
    """A quarter that nothing bears is no misspelt town elsewhere."""
    text = "Boven de wijk Jolan in Falluja hing rook."
    found = resolve([_toponym(text, "Jolan"), _toponym(text, "Falluja")], text=text, language="nl")
    assert [(place.name, place.kind) for place in found] == [("Jolan", "district"), ("Al Fallūjah", "populated place")]
