"""The landmarks, spellings and names of divisions that are data of our own."""

from __future__ import annotations

import pytest
from shapely import Point

from relaas.knowledge import sources
from relaas.knowledge.boundaries import country_shape
from relaas.knowledge.datafiles import FOLDER, read_mapping
from relaas.knowledge.gazetteer import Gazetteer
from relaas.knowledge.names import consonants
from relaas.knowledge.regions import regions
from relaas.knowledge.sources import neighbours
from relaas.ontology.loader import language_data, languages

AT_SEA = ("sea", "ocean", "gulf", "strait", "bay", "island", "islands")


def test_landmarks_lie_in_their_countries() -> None:
    """The point of each landmark on land is in one of its countries, or no further off than its own radius and 60 km."""
    data = read_mapping(FOLDER / "landmarks.yaml")
    for kind, within, lat, lon, extent, *names in [*data["rows"], *data["hamlets"]]:
        lands = [land for land in map(country_shape, within) if land is not None]
        if kind in AT_SEA or not lands:
            continue
        away = min(land.distance(Point(lon, lat)) for land in lands) * 111.2
        assert away <= extent + 60, names


def test_rivers_run_through_their_countries() -> None:
    """Every bend of a river is in one of its countries, one beside it, or at its mouth."""
    for kind, within, bends, *names in read_mapping(FOLDER / "landmarks.yaml")["lines"]:
        assert kind == "river"
        codes = {*within, *(other for code in within for other in neighbours().get(code, ()))}
        lands = [land for land in map(country_shape, sorted(codes)) if land is not None]
        for bend in bends.split(","):
            lat, lon = map(float, bend.split())
            assert min(land.distance(Point(lon, lat)) for land in lands) * 111.2 < 60, (names, bend)


def test_every_region_has_an_id_of_its_own() -> None:
    """No two landmarks of one kind and country share their first name."""
    data = read_mapping(FOLDER / "landmarks.yaml")
    files = sum(len(read_mapping(FOLDER / f"{name}.yaml")["regions"]) for name in ("regions", "waters", "sites"))
    assert len(regions()) >= files + len(data["rows"]) + len(data["hamlets"]) + len(data["lines"]) - 12


def test_spellings_name_towns_of_geonames() -> None:
    """An everyday spelling stands for a town that GeoNames has by the name given."""
    towns = {(town.country, town.name) for town in sources.towns()}
    for names, country, name in read_mapping(FOLDER / "spellings.yaml")["names"]:
        assert names
        assert (country, name) in towns


def test_names_of_divisions_are_of_divisions(gazetteer: Gazetteer) -> None:
    """The codes under which a language lists its names of divisions are those of divisions with towns."""
    for language in languages():
        for code in language_data(language, "division_names")["divisions"]:
            assert gazetteer.division(code) is not None, code


@pytest.mark.parametrize(
    "name, language, expected, kind",
    [
        ("Californië", "nl", "California", "first-order division"),
        ("Beieren", "nl", "Bayern", "first-order division"),
        ("Bavaria", "en", "Bayern", "first-order division"),
        ("Nedersaksen", "nl", "Niedersachsen", "first-order division"),
        ("Igman", "nl", "Igman", "mountain"),
        ("Khyberpas", "nl", "Khyber Pass", "pass"),
        ("Schiphol", "nl", "Amsterdam Airport Schiphol", "facility"),
        ("Rafah crossing", "en", "Rafah crossing", "border"),
        ("Neretva", "nl", "Neretva", "river"),
        ("Golf van Sidra", "nl", "Gulf of Sidra", "gulf"),
        ("Tel Abyad", "nl", "Tall Abyaḑ", "populated place"),
    ],
)
def test_landmarks_are_found(gazetteer: Gazetteer, name: str, language: str, expected: str, kind: str) -> None:
    """Divisions, mountains, passes, sites and waters are found under their Dutch and English names."""
    assert (expected, kind) in {(c.entry.name, c.entry.kind) for c in gazetteer.candidates(name, language)}


@pytest.mark.parametrize(
    "one, other",
    [
        ("tel abyad", "tall abyad"),
        ("ras al ain", "ras al ayn"),
        ("deir ez zor", "dayr az zawr"),
        ("khan sheikhoun", "khan shaykhun"),
        ("beit lahia", "bayt lahya"),
        ("qamishli", "kamishli"),
    ],
)
def test_newspaper_spellings_share_their_consonants(one: str, other: str) -> None:
    """Spellings of one Arabic name by different tables agree where vowels and articles are left out."""
    assert consonants(one) == consonants(other) != ""


def test_russia_is_whole() -> None:
    """A country that crosses 180 degrees keeps its land on both sides."""
    russia = country_shape("RU")
    assert russia is not None
    for lat, lon in ((68.97, 33.08), (67.5, 64.0), (67.0, 170.0), (66.0, -171.0)):
        assert russia.distance(Point(lon, lat)) < 0.1
    assert not russia.contains(Point(0.0, 67.0))
