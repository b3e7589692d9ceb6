"""Shapes: the true area is inside, the direction is right, and the area is not needlessly large."""

from __future__ import annotations

import math

import pytest
from shapely import Point, wkt

from relaas.knowledge.gazetteer import Gazetteer
from relaas.places.geometry import Geometry, geometry_of, located
from relaas.places.resolution import find, resolve
from relaas.places.shapes import circle
from relaas.places.toponym import Toponym

Points = list[tuple[float, float]]


def shape(text: str, name: str, language: str = "nl") -> Geometry:
    """The geometry of the first place of this name in the text."""
    start = text.index(name)
    toponyms = [Toponym(name, start, start + len(name), "LOC")]
    place = resolve(toponyms, text=text, language=language)[0]
    found = geometry_of(place, text=text, language=language)
    assert found is not None
    return found


def area_km2(geometry: Geometry) -> float:
    """The area in square kilometres, well enough for a test."""
    return float(geometry.shape.area) * 111.2**2 * math.cos(math.radians(geometry.lat))


# Text, name, points (lat, lon) that the words cover, points they do not, and the most square kilometres they can mean.
CASES = [
    ("In Bachmoet.", "Bachmoet", [(48.595, 38.0), (48.62, 38.02)], [(48.69, 38.07), (48.5, 37.8)], 150),
    (
        "Rond Bachmoet.",
        "Bachmoet",
        [(48.595, 38.0), (48.69, 38.07), (48.53, 37.93)],
        [(48.87, 37.6), (49.2, 37.3)],
        2200,
    ),
    ("Bij Bachmoet.", "Bachmoet", [(48.595, 38.0), (48.66, 37.95)], [(48.8, 38.2), (48.48, 37.6)], 1000),
    ("Aan de rand van Bachmoet.", "Bachmoet", [(48.63, 38.04), (48.56, 37.96)], [(48.594, 37.999), (48.75, 38.1)], 350),
    ("Ten zuiden van Bachmoet.", "Bachmoet", [(48.5, 38.0), (48.45, 37.95)], [(48.7, 38.0), (48.594, 38.3)], 1200),
    ("Ten noorden van Bachmoet.", "Bachmoet", [(48.69, 38.05)], [(48.5, 38.0)], 1200),
    (
        "20 kilometer ten westen van Izjoem.",
        "Izjoem",
        [(49.207, 37.0), (49.19, 37.02)],
        [(49.207, 37.55), (49.207, 37.25), (49.207, 36.7)],
        600,
    ),
    ("Twintig kilometer ten oosten van Izjoem.", "Izjoem", [(49.207, 37.55)], [(49.207, 37.0)], 600),
    (
        "In het oosten van Oekraïne.",
        "Oekraïne",
        [(48.0, 37.8), (49.98, 36.25), (48.57, 39.3)],
        [(50.45, 30.5), (49.84, 24.0)],
        300_000,
    ),
    ("In het westen van Oekraïne.", "Oekraïne", [(49.84, 24.0), (48.92, 24.7)], [(48.0, 37.8)], 300_000),
    ("In Oost-Oekraïne.", "Oost-Oekraïne", [(48.0, 37.8), (48.57, 39.3)], [(49.84, 24.0)], 300_000),
    ("In het zuidoosten van Turkije.", "Turkije", [(37.9, 40.2)], [(41.0, 29.0), (38.4, 27.1)], 320_000),
    ("In de provincie Cherson.", "Cherson", [(46.64, 32.6), (46.3, 34.0)], [(47.84, 35.1), (48.45, 35.0)], 45_000),
    ("Op de oostoever van de Dnipro.", "Dnipro", [(47.5, 34.7), (46.6, 33.4)], [(47.6, 34.1)], 60_000),
    ("Langs de rivier de Dnjepr.", "Dnjepr", [(50.4, 30.56), (48.45, 35.05)], [(49.0, 31.0)], 40_000),
    ("In de Donbas.", "Donbas", [(48.0, 37.8), (48.57, 39.3), (48.59, 38.0)], [(49.98, 36.25), (47.84, 35.1)], 75_000),
    ("In de Gazastrook.", "Gazastrook", [(31.5, 34.47), (31.3, 34.25)], [(31.8, 34.65), (31.25, 34.8)], 700),
    ("Op de linkeroever van de Dnjepr.", "Dnjepr", [(47.5, 34.7), (46.6, 33.4)], [(47.6, 34.1)], 60_000),
    ("Op de rechteroever van de Eufraat.", "Eufraat", [(35.8, 39.0)], [(36.1, 39.1)], 80_000),
    ("Voor de kust van Jemen.", "Jemen", [(12.75, 45.0), (14.8, 42.9)], [(15.35, 44.2), (17.0, 49.0)], 130_000),
    ("In de buurt van Soledar.", "Soledar", [(48.68, 38.09), (48.7, 38.0)], [(48.5, 38.4)], 1000),
    ("In het centrum van Kiev.", "Kiev", [(50.45, 30.52)], [(50.6, 30.6)], 450),
    ("In de noordelijke buitenwijken van Damascus.", "Damascus", [(33.6, 36.3)], [(33.35, 36.3)], 1300),
    ("Ten noordoosten van Aleppo.", "Aleppo", [(36.45, 37.4)], [(36.0, 36.9), (36.2, 36.7)], 4500),
    ("Op 30 km van Kiev.", "Kiev", [(50.72, 30.52)], [(50.45, 30.52), (51.2, 30.5)], 8500),
    ("In Noordoost-Syrië.", "Noordoost-Syrië", [(36.5, 40.75)], [(33.5, 36.3)], 75_000),
    ("Op tien kilometer van Cherson.", "Cherson", [(46.73, 32.64)], [(46.637, 32.614), (47.0, 32.6)], 900),
]
ENGLISH = [
    ("On the left bank of the Dnieper.", "Dnieper", [(47.5, 34.7)], [(47.6, 34.1)], 60_000),
    ("Along the Euphrates.", "Euphrates", [(35.9, 39.0)], [(36.5, 40.5)], 45_000),
    ("In the outskirts of Mosul.", "Mosul", [(36.34, 43.26)], [(36.34, 43.13), (36.9, 43.1)], 1500),
    ("In the northeast of Syria.", "Syria", [(36.5, 40.75)], [(33.5, 36.3)], 75_000),
    ("Off the coast of Yemen.", "Yemen", [(12.75, 45.0)], [(15.35, 44.2)], 130_000),
    ("Ten kilometres from Kherson.", "Kherson", [(46.73, 32.64)], [(46.637, 32.614), (47.0, 32.6)], 900),
    ("Near Bakhmut.", "Bakhmut", [(48.66, 37.95)], [(48.8, 38.2)], 1000),
    ("In central Kyiv.", "Kyiv", [(50.45, 30.52)], [(50.6, 30.6)], 450),
    ("In the eastern suburbs of Aleppo.", "Aleppo", [(36.2, 37.25)], [(36.2, 37.0)], 1300),
    ("In eastern Ukraine.", "Ukraine", [(48.0, 37.8)], [(49.84, 24.0)], 300_000),
    ("South of Bakhmut.", "Bakhmut", [(48.5, 38.0)], [(48.7, 38.0)], 1200),
    ("Twenty miles west of Izium.", "Izium", [(49.207, 36.83)], [(49.207, 37.6), (49.207, 37.2)], 1200),
    ("On the outskirts of Kyiv.", "Kyiv", [(50.45, 30.72)], [(50.45, 30.52), (50.9, 30.5)], 2500),
    ("Around Mosul.", "Mosul", [(36.34, 43.13), (36.5, 43.2)], [(37.2, 43.1)], 6000),
    ("In the south of Syria.", "Syria", [(32.7, 36.1)], [(36.2, 37.2)], 100_000),
    ("On the west bank of the Dnieper.", "Dnieper", [(47.6, 34.1)], [(47.5, 34.7)], 60_000),
    ("At the border with Poland.", "Poland", [(49.8, 22.9)], [(52.2, 21.0)], 250_000),
]


@pytest.mark.parametrize("text, name, inside, outside, most", CASES)
def test_dutch_phrases(
    gazetteer: Gazetteer, text: str, name: str, inside: Points, outside: Points, most: float
) -> None:
    """What the words cover is inside, what they exclude is not, and the area has an upper bound."""
    check(shape(text, name), inside, outside, most)


@pytest.mark.parametrize("text, name, inside, outside, most", ENGLISH)
def test_english_phrases(
    gazetteer: Gazetteer, text: str, name: str, inside: Points, outside: Points, most: float
) -> None:
    """The English twins mean the same."""
    check(shape(text, name, "en"), inside, outside, most)


def check(found: Geometry, inside: Points, outside: Points, most: float) -> None:
    """Compare one geometry with its case."""
    assert all(found.shape.contains(Point(lon, lat)) for lat, lon in inside), found.rule
    assert not any(found.shape.contains(Point(lon, lat)) for lat, lon in outside), found.rule
    assert area_km2(found) <= most
    assert found.rule
    corners = found.shape.envelope.exterior.coords
    assert found.extent_km * 1.6 >= max(111.2 * abs(lat - found.lat) for _, lat in corners)


def test_between_is_a_band(gazetteer: Gazetteer) -> None:
    """Tussen X en Y is the strip that joins them, the same from either name."""
    text = "Tussen Bachmoet en Slovjansk wordt gevochten."
    places = find(text, language="nl")
    bands = [geometry_of(place, text=text, language="nl", places=places) for place in places]
    assert len(bands) == 2
    for band in bands:
        assert band is not None
        assert band.shape.contains(Point(37.8, 48.72))
        assert not band.shape.contains(Point(37.5, 48.5))
        assert area_km2(band) < 1000


@pytest.mark.parametrize(
    "text, language, name, inside, outside",
    [
        ("In Oekraïne, bij de grens met Polen, staan files.", "nl", "Polen", (49.8, 22.9), (53.9, 14.3)),
        ("In Ukraine, at the border with Poland, lorries wait.", "en", "Poland", (49.8, 22.9), (53.9, 14.3)),
        ("In Libanon, aan de grens met Israël, is gevochten.", "nl", "Israël", (33.1, 35.4), (31.2, 34.3)),
    ],
)
def test_a_border_is_the_one_with_the_land_named(
    gazetteer: Gazetteer, text: str, language: str, name: str, inside: tuple[float, float], outside: tuple[float, float]
) -> None:
    """De grens met Polen in a report on Ukraine is where the two meet, not Poland's whole outline."""
    places = find(text, language=language)
    place = next(place for place in places if place.text == name)
    found = geometry_of(place, text=text, language=language, places=places)
    assert found is not None
    assert found.shape.contains(Point(inside[1], inside[0])), found.rule
    assert not found.shape.contains(Point(outside[1], outside[0])), found.rule


def test_between_in_english(gazetteer: Gazetteer) -> None:
    """The English twin of tussen is the same band."""
    text = "Fighting goes on between Bakhmut and Sloviansk."
    places = find(text, language="en")
    band = geometry_of(places[0], text=text, language="en", places=places)
    assert band is not None
    assert band.shape.contains(Point(37.8, 48.72))
    assert area_km2(band) < 1000


CIRCLES = [3, 5, 8, 10, 15, 20, 30, 50, 80, 120, 200, 300]


@pytest.mark.parametrize("cases, language", [(CASES, "nl"), (ENGLISH, "en")])
def test_no_single_radius_satisfies_the_phrases(
    gazetteer: Gazetteer, cases: list[tuple[str, str, Points, Points, float]], language: str
) -> None:
    """Whatever its radius, one buffer around the place's point fails most of the cases."""
    for radius in CIRCLES:
        passed = 0
        for text, name, inside, outside, most in cases:
            start = text.index(name)
            place = resolve([Toponym(name, start, start + len(name), "LOC")], text=text, language=language)[0]
            assert place.lat is not None
            assert place.lon is not None
            around = circle(place.lat, place.lon, radius)
            held = all(around.contains(Point(lon, lat)) for lat, lon in inside)
            kept_out = not any(around.contains(Point(lon, lat)) for lat, lon in outside)
            passed += held and kept_out and math.pi * radius**2 <= most
        assert passed <= len(cases) // 3, radius


def test_the_words_are_never_tightened(gazetteer: Gazetteer) -> None:
    """A vaguer phrase never gives a smaller radius than the place itself."""
    plain = shape("In Bachmoet.", "Bachmoet").extent_km
    for words in ("Rond", "Bij", "Aan de rand van", "Ten zuiden van", "20 kilometer ten westen van"):
        assert shape(f"{words} Bachmoet.", "Bachmoet").extent_km > plain


def test_one_buffer_for_all_would_fail(gazetteer: Gazetteer) -> None:
    """The kinds of phrase give areas that differ: no single radius satisfies them."""
    texts = ("In Bachmoet.", "Bij Bachmoet.", "Rond Bachmoet.", "Ten zuiden van Bachmoet.", "Aan de rand van Bachmoet.")
    areas = [round(area_km2(shape(text, "Bachmoet"))) for text in texts]
    assert len(set(areas)) == len(areas)


def test_located_keeps_the_shape(gazetteer: Gazetteer) -> None:
    """The place of a claim carries the shape as WKT and the rule in its reason; a plain one carries none."""
    text = "In Soledar en rond Bachmoet wordt gevochten."
    soledar, bachmoet = (located(place, text=text, language="nl") for place in find(text, language="nl"))
    assert soledar.geometry is None
    assert bachmoet.geometry is not None
    assert wkt.loads(bachmoet.geometry).contains(Point(38.0, 48.6))
    assert "nl.spatial.around" in bachmoet.reason
