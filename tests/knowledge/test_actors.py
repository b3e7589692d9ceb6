"""Actors by all their names, with kind and side by date."""

from __future__ import annotations

import pytest

from relaas.errors import RelaasError
from relaas.knowledge.actors import LANGUAGES, actors
from relaas.knowledge.datafiles import FOLDER, read_mapping
from relaas.ontology.loader import concept


@pytest.mark.parametrize(
    ("name", "day", "id", "kind", "side"),
    [
        ("RSF", "2022", "rsf", "armed_group", "SD"),
        ("de Rapid Support Forces", "2024-01", "rsf", "armed_group", None),
        ("Taliban", "2010", "taliban", "armed_group", None),
        ("Taliban", "2022-01-01", "taliban", "official", None),
        ("het Russische leger", "2024", "RU.armed_forces", "military", "RU"),
        ("Sudan's army", "2023", "SD.armed_forces", "military", "SD"),
        ("Soedanese leger", "2023", "SD.armed_forces", "military", "SD"),
        ("IDF", None, "IL.armed_forces", "military", "IL"),
        ("government of Chad", None, "TD", "official", "TD"),
        ("Kremlin", "2022", "RU", "official", "RU"),
        ("Oekraïne", "2022", "UA", "official", "UA"),
        ("Haïtiaanse politie", "2024", "HT.police", "official", "HT"),
        ("Verenigd Revolutionair Front", "1999", "ruf", "armed_group", None),
    ],
)
def test_a_name_finds_its_actor(name: str, day: str | None, id: str, kind: str, side: str | None) -> None:
    """In either language, with or without article, kind and side as they were on that day."""
    found = actors().find(name, day)
    assert found is not None
    assert (found.id, found.kind(day), found.side(day)) == (id, kind, side)


@pytest.mark.parametrize(
    ("name", "day"), [("Wagner", "2024-05"), ("RSF", "1999"), ("jongens", None), ("", None), ("FARC", "2022")]
)
def test_who_did_not_exist_or_is_nobody_is_not_found(name: str, day: str | None) -> None:
    """No actor outside its years, and none for a common noun."""
    assert actors().find(name, day) is None


def test_all_names_of_an_actor_are_known_by_each() -> None:
    """Whichever name is asked for, the others come with it."""
    assert set(actors().names("RSF")) >= {"Rapid Support Forces", "Snelle Ondersteuningstroepen"}
    assert "Israeli army" in actors().names("Israëlische leger")
    assert actors().names("De Onbekenden") == ("De Onbekenden",)


def test_the_list_is_whole() -> None:
    """Ids once, known kinds, sides that exist, dates that a calendar has."""
    rows = read_mapping(FOLDER / "actors.yaml")["actors"]
    ids = [row["id"] for row in rows]
    assert len(ids) == len(set(ids))
    known = set(concept("source_kinds")["source_kinds"])
    for row in rows:
        kinds = [one["kind"] for one in row.get("kinds", [])] or [row["kind"]]
        assert set(kinds) <= known, row["id"]
        sides = [one["side"] for one in row.get("sides", [])] + ([row["side"]] if "side" in row else [])
        assert all(side in ids or (len(side) == 2 and side.isupper()) for side in sides), row["id"]
        assert any(row.get(language) for language in LANGUAGES), row["id"]
    assert actors().find("Hamas") is not None


def test_a_day_that_no_calendar_has_is_refused() -> None:
    """A date is checked, not guessed at."""
    with pytest.raises((ValueError, RelaasError)):
        actors().find("RSF", "2023-13")
