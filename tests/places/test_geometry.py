"""Shapes: the true area is inside, the direction is right, and the area is not needlessly large."""

from __future__ import annotations

import math

import pytest
from shapely import Point, wkt

from relaas.knowledge.gazetteer import Gazetteer
from relaas.places.geometry import Geometry, geometry_of, located
from relaas.places.resolution import find, resolve
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
    ("Op tien kilometer van Cherson.", "Cherson", [(46.73, 32.64)], [(46.637, 32.614), (47.0, 32.6)], 900),
]
ENGLISH = [
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
