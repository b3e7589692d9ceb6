"""Which place of a name is meant, what it does in the sentence, and that nothing is lost on the way."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from dutch_reports import reports
from hypothesis import given, settings
from hypothesis import strategies as st

from relaas.evaluation.places import end_to_end, given_names, read_geovirus, read_sentences, right_answers
from relaas.knowledge.gazetteer import Gazetteer
from relaas.knowledge.names import key
from relaas.places.finding import find_toponyms
from relaas.places.resolution import find, resolve
from relaas.places.toponym import Toponym

GEOVIRUS = Path(__file__).parents[3] / "shared/data/geoparsing/GeoVirus.xml"
GOLD = Path(__file__).parents[2] / "gold/places"
needs_geovirus = pytest.mark.skipif(not GEOVIRUS.exists(), reason="GeoVirus is not in ../shared/data")


def test_dutch_reports_given_the_names(gazetteer: Gazetteer) -> None:
    """Of the toponyms of the Dutch reports at least 0.97 are the right place."""
    right = total = 0
    for report in reports():
        places = resolve([gold.toponym for gold in report.gold], text=report.text, language="nl")
        for place, gold in zip(places, report.gold, strict=True):
            right += key(place.name) == key(gold.name) and (place.country or "-") == gold.country
            total += 1
    assert total >= 280
    assert right / total >= 0.97


def test_dutch_reports_end_to_end(gazetteer: Gazetteer) -> None:
    """Without an entity model nearly every toponym is found, and none of the persons, films and companies."""
    missed = extra = decoys = 0
    for report in reports():
        found = find_toponyms(report.text, language="nl")
        spans = {(t.start, t.end) for t in found}
        missed += sum((g.toponym.start, g.toponym.end) not in spans for g in report.gold)
        extra += sum(all(t.end <= g.toponym.start or t.start >= g.toponym.end for g in report.gold) for t in found)
        decoys += sum(t.start < end and start < t.end for start, end in report.decoys for t in found)
    assert missed <= 8
    assert extra <= 2
    assert decoys == 0


@pytest.mark.parametrize("language, right, exonyms", [("nl", 0.97, 0.97), ("en", 0.98, 0.0)])
def test_development_sentences(gazetteer: Gazetteer, language: str, right: float, exonyms: float) -> None:
    """Floors of the sentences of gold/places, with the names given."""
    found = right_answers(read_sentences(GOLD / f"{language}.jsonl"), language=language)
    assert found["right"] >= right
    assert found["exonyms right"] >= exonyms


@needs_geovirus
def test_geovirus(gazetteer: Gazetteer) -> None:
    """Floors of the development set: 0.92 within 161 km given the names, 0.78 F1 from the text alone."""
    articles = read_geovirus(GEOVIRUS)
    assert given_names(articles)["accuracy within 161 km"] >= 0.92
    assert end_to_end(articles)["located F1"] >= 0.86


@needs_geovirus
def test_speed(gazetteer: Gazetteer) -> None:
    """Thousands of toponyms a second; the floor leaves room for a busy machine."""
    articles = read_geovirus(GEOVIRUS)
    given_names(articles)
    started = time.process_time()
    given_names(articles)
    assert sum(len(article.places) for article in articles) / (time.process_time() - started) >= 1500


@pytest.mark.parametrize(
    "text, name, division",
    [
        ("PARIS, Texas - Police in Lamar County spoke.", "PARIS", "US.TX"),
        ("Georgia, Alabama and Florida were hit by storms.", "Georgia", "US.GA"),
        ("Tbilisi, the capital of Georgia, lies in the Caucasus.", "Georgia", ""),
        ("Police from Nicholasville and Georgetown, Ky., drove to Lexington.", "Lexington", "US.KY"),
        ("The town of Lyman lies in Wyoming; Cheyenne is far.", "Lyman", "US.WY"),
        ("Russian troops took the town of Lyman, then Izium and Sloviansk in Ukraine.", "Lyman", "UA.05"),
        ("In de oblast Rostov in Rusland ligt Donetsk.", "Donetsk", "RU.61"),
    ],
)
def test_context_decides(gazetteer: Gazetteer, text: str, name: str, division: str) -> None:
    """Namesakes are told apart by what else the report names."""
    language = "nl" if text.startswith("In de") else "en"
    found = next(place for place in find(text, language=language) if place.text == name)
    entry = gazetteer.entry(int(found.key.partition(":")[0]))
    assert entry is not None
    assert (entry.admin1 if entry.kind != "country" else "") == division


@pytest.mark.parametrize(
    "text, name, use",
    [
        ("Troepen rukken op naar Bachmoet.", "Bachmoet", "direction"),
        ("Vluchtelingen uit Aleppo kwamen aan.", "Aleppo", "origin"),
        ("Raketten werden vanuit Belgorod afgevuurd.", "Belgorod", "origin"),
        ("Kiev meldt zware verliezen.", "Kiev", "actor"),
        ("Volgens Moskou klopt dat niet.", "Moskou", "actor"),
        ("Rusland wil de stad innemen.", "Rusland", "actor"),
        ("(KIEV) - De stad is beschoten.", "KIEV", "dateline"),
        ("De Oekraïense troepen wachten.", "Oekraïense", "adjective"),
        ("In Charkov en Loehansk wordt gevochten.", "Loehansk", "location"),
        ("Als Bachmoet valt, ligt de weg open.", "Bachmoet", "location"),
        ("According to Moscow that is untrue.", "Moscow", "actor"),
        ("They fled from Mosul.", "Mosul", "origin"),
        ("The convoy headed for Kyiv.", "Kyiv", "direction"),
        ("KYIV, Ukraine (AP) - The city was shelled.", "KYIV", "dateline"),
    ],
)
def test_use(gazetteer: Gazetteer, text: str, name: str, use: str) -> None:
    """The words around a name tell what it does."""
    language = "en" if any(w in text for w in ("The ", "They ", "According")) else "nl"
    start = text.index(name)
    label = "MISC" if use == "adjective" else "LOC"
    assert resolve([Toponym(name, start, start + len(name), label)], text=text, language=language)[0].use == use


@pytest.mark.parametrize(
    "text, name, language, expected, kind",
    [
        ("Rebellen namen Kidal in.", "Kidal", "nl", "Kidal", "populated place"),
        ("In de regio Kidal is het onrustig.", "Kidal", "nl", "Kidal", "first-order division"),
        ("In Dnipro vielen raketten.", "Dnipro", "nl", "Dnipro", "populated place"),
        ("De brug over de Dnipro is weg.", "Dnipro", "nl", "Dnipro River", "river"),
        ("Bij het Belgische Waterloo staat een leeuw.", "Waterloo", "nl", "Waterloo", "populated place"),
        ("In het Limburgse Bergen is de dijk doorweekt.", "Bergen", "nl", "Nieuw-Bergen", "populated place"),
        ("Da Nang International Airport was closed.", "Da Nang International Airport", "en", "Da Nang", None),
        ("Troepen staan in de Helmandvallei.", "Helmandvallei", "nl", "Helmand", None),
    ],
)
def test_words_around_a_name_decide(
    gazetteer: Gazetteer, text: str, name: str, language: str, expected: str, kind: str | None
) -> None:
    """Articles, kind words, adjectives and the words of a building tell which bearer of a name is meant."""
    start = text.index(name)
    (place,) = resolve([Toponym(name, start, start + len(name), "LOC")], text=text, language=language)
    assert place.name == expected
    assert kind is None or place.kind == kind


def test_a_name_is_heard_again_in_the_lands_of_the_report(gazetteer: Gazetteer) -> None:
    """A spelling that is another town's elsewhere is first looked for by sound where the report is."""
    text = "Het Syrische leger nam Dabik in; Syrië meldt doden bij Tell Rifat."
    names = ["Dabik", "Syrië", "Tell Rifat"]
    toponyms = [Toponym(name, text.index(name), text.index(name) + len(name), "LOC") for name in names]
    assert [place.country for place in resolve(toponyms, text=text, language="nl")] == ["SY", "SY", "SY"]


def test_an_unknown_name_lies_in_what_holds_it(gazetteer: Gazetteer) -> None:
    """Where every name must get an answer, one that nothing bears gets the ground of the place named after it."""
    text = "He was born in Qwxzzyville, Kenya."
    toponyms = [Toponym("Qwxzzyville", 15, 26, "LOC"), Toponym("Kenya", 28, 33, "LOC")]
    unknown, kenya = resolve(toponyms, text=text, language="en", always=True)
    assert (unknown.geonameid, unknown.kind, unknown.lat, unknown.extent_km) == (None, None, kenya.lat, kenya.extent_km)
    assert resolve(toponyms, text=text, language="en")[0].lat is None


def test_hints_of_a_parse_decide(gazetteer: Gazetteer) -> None:
    """A subject of saying is an actor whatever the words."""
    speaker = Toponym("Bachmoet", 0, 8, "LOC", subject_of_saying=True)
    assert resolve([speaker], text="Bachmoet, zo klonk het.", language="nl")[0].use == "actor"


def test_an_unknown_place_is_kept_and_empties_nothing(gazetteer: Gazetteer) -> None:
    """A name that nothing bears comes back without coordinates, the others with theirs."""
    text = "In Qwxzzyplaats en Bachmoet."
    places = resolve([Toponym("Qwxzzyplaats", 3, 15), Toponym("Bachmoet", 19, 27)], text=text, language="nl")
    assert (places[0].geonameid, places[0].lat, places[0].lon) == (None, None, None)
    assert places[1].name == "Bakhmut"
    assert resolve([], text="", language="nl") == []


def test_order_does_not_matter(gazetteer: Gazetteer) -> None:
    """Toponyms given in another order resolve to the same places."""
    report = reports()[1]
    toponyms = [gold.toponym for gold in report.gold]
    forward = resolve(toponyms, text=report.text, language="nl")
    assert resolve(toponyms[::-1], text=report.text, language="nl") == forward[::-1]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="Kiev Bachmoet.,()-'\n aZé", max_size=80))
def test_spans_are_the_text(gazetteer: Gazetteer, text: str) -> None:
    """Whatever the text, every place found is quoted exactly."""
    for place in find(text, language="nl"):
        assert text[place.start : place.end] == place.text
