"""Spellings follow from a place's own name by table."""

from __future__ import annotations

import pytest

from relaas.knowledge.exonyms import exonyms, respellings
from relaas.knowledge.gazetteer import Gazetteer
from relaas.knowledge.names import key, sound


@pytest.mark.parametrize(
    "native, dutch",
    [
        ("Ізюм", "izjoem"),
        ("Луганськ", "loehansk"),
        ("Слов'янськ", "slovjansk"),
        ("Часів Яр", "tsjasiv jar"),
        ("Херсон", "cherson"),
        ("Чернігів", "tsjernihiv"),
        ("Суми", "soemy"),
        ("Авдіївка", "avdijivka"),
        ("Буча", "boetsja"),
    ],
)
def test_dutch_from_ukrainian(native: str, dutch: str) -> None:
    """The first Dutch spelling of a Ukrainian name is the table's."""
    assert exonyms(native, "nl", sources=["uk"])[0] == dutch


@pytest.mark.parametrize(
    "native, dutch",
    [("Луганск", "loegansk"), ("Изюм", "izjoem"), ("Харьков", "charkov"), ("Курск", "koersk"), ("Грозный", "grozny")],
)
def test_dutch_from_russian(native: str, dutch: str) -> None:
    """The first Dutch spelling of a Russian name is the table's."""
    assert exonyms(native, "nl", sources=["ru"])[0] == dutch


@pytest.mark.parametrize(
    "target, spelling",
    [("en", "chasiv yar"), ("de", "tschassiw jar"), ("fr", "tchasiv yar"), ("pl", "czasiw jar"), ("nl", "tsjasiv jar")],
)
def test_one_name_in_five_languages(target: str, spelling: str) -> None:
    """Every target language has its own spelling of Часів Яр."""
    spellings = exonyms("Часів Яр", target, sources=["uk"])
    assert spelling in spellings or spelling.replace("ss", "s") in spellings


@pytest.mark.parametrize(
    "english, dutch", [("khartoum", "khartoem"), ("kunduz", "koendoez"), ("mosul", "mosoel"), ("fallujah", "falloeja")]
)
def test_dutch_from_english_spellings_of_arabic_names(english: str, dutch: str) -> None:
    """Dutch papers respell the vowels of Arabic and Persian names."""
    assert dutch in respellings(english, "nl")


@pytest.mark.parametrize(
    "spelling, name, country",
    [
        ("Bachmoet", "Bakhmut", "UA"),
        ("Bachmut", "Bakhmut", "UA"),
        ("Artjomovsk", "Bakhmut", "UA"),
        ("Kiev", "Kyiv", "UA"),
        ("Charkov", "Kharkiv", "UA"),
        ("Cherson", "Kherson", "UA"),
        ("Izjoem", "Izyum", "UA"),
        ("Tsjasiv Jar", "Chasiv Yar", "UA"),
        ("Voehledar", "Vuhledar", "UA"),
        ("Khartoem", "Khartoum", "SD"),
        ("Kaboel", "Kabul", "AF"),
        ("Mosoel", "Mosul", "IQ"),
        ("Khan Younis", "Khan Yunis", "PS"),
        ("Aleppo", "Aleppo", "SY"),
        ("Sjoesja", "Shusha", "AZ"),
    ],
)
def test_dutch_spellings_are_found(gazetteer: Gazetteer, spelling: str, name: str, country: str) -> None:
    """A Dutch spelling has the place among its candidates, under the name GeoNames gives it."""
    found = gazetteer.candidates(spelling, "nl")
    assert (key(name), country) in {(key(c.entry.name), c.entry.country) for c in found}


def test_an_old_name_carries_its_date(gazetteer: Gazetteer) -> None:
    """Artjomovsk was Bakhmut's name until February 2016."""
    bakhmut = next(c.entry for c in gazetteer.candidates("Artjomovsk", "nl") if c.entry.country == "UA")
    assert gazetteer.until(bakhmut, "Artjomovsk") == "2016-02"


@pytest.mark.parametrize("one, other", [("charkov", "kharkow"), ("loehansk", "luhansk"), ("bachmoet", "bakhmout")])
def test_spellings_by_different_tables_sound_alike(one: str, other: str) -> None:
    """The sound key is shared by what two tables make of one name."""
    assert sound(one) == sound(other)


def test_no_match_by_substring(gazetteer: Gazetteer) -> None:
    """A longer word that holds a name, or a name that holds the word, is no candidate."""
    assert gazetteer.candidates("Bachmoetachtig", "nl") == []
    assert all(key(c.entry.name) != "bakhmut" for c in gazetteer.candidates("Bakh", "en"))
