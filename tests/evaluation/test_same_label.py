"""What counts as the same label."""

from __future__ import annotations

from typing import Any

import pytest

from relaas.evaluation.edtf import days, normalised
from relaas.evaluation.fields import ALL


def number(**keys: Any) -> dict[str, Any]:
    """A quantity with defaults."""
    return {"value": 4, "low": 4, "high": 4, "bound": "=", "unit": "killed", **keys}


@pytest.mark.parametrize(
    "field, one, other, same",
    [
        ("source", {"source": {"name": "de Raad"}}, {"source": {"name": "raad"}}, True),
        ("source", {"source": {"name": "Šatorov"}}, {"source": {"name": "Satorov"}}, True),
        ("source", {"source": None}, {"source": {"name": "raad"}}, False),
        ("source", {"source": None}, {"source": None}, True),
        ("time", {"time": {"edtf": "2024-04-02/2024-04-02"}}, {"time": {"edtf": "2024-04-02"}}, True),
        ("time", {"time": {"edtf": "2024-04~"}}, {"time": {"edtf": "2024-04"}}, False),
        ("days", {"time": {"edtf": "2024-04~"}}, {"time": {"edtf": "2024-04"}}, True),
        ("time", {"time": None}, {"time": {"edtf": None}}, True),
        (
            "places",
            {"places": [{"name": "Kherson Oblast", "use": "location"}]},
            {"places": [{"name": "Kherson", "use": "location", "inherited": True}]},
            True,
        ),
        (
            "places",
            {"places": [{"name": "Goma", "use": "origin"}]},
            {"places": [{"name": "Goma", "use": "location"}]},
            False,
        ),
        ("places", {"places": []}, {"places": []}, True),
        ("quantities", {"quantities": [number(unit="wounded")]}, {"quantities": [number(unit="injured")]}, True),
        (
            "quantities",
            {"quantities": [number(bound=">=", high=None)]},
            {"quantities": [number(bound=">=", high=9)]},
            True,
        ),
        ("quantities", {"quantities": [number()]}, {"quantities": [number(bound="~", low=None, high=None)]}, False),
        (
            "verification",
            {"verification": {"by": "X", "scope": "place"}},
            {"verification": {"by": "X", "scope": "date"}},
            False,
        ),
        ("event", {"event": {"type": "AID"}}, {"event": {"type": "AID", "mode": None}}, True),
    ],
)
def test_same_label(field: str, one: dict[str, Any], other: dict[str, Any], same: bool) -> None:
    """Spelling, articles and equal ways of writing a time or a bound do not count; meanings do."""
    assert (ALL[field](one) == ALL[field](other)) is same


@pytest.mark.parametrize(
    "edtf, expected",
    [
        ("2024", ("2024-01-01", "2024-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2022-09~/2022-11", ("2022-09-01", "2022-11-30")),
        ("../2024-05-03", (None, "2024-05-03")),
        ("2024-05-03/..", ("2024-05-03", None)),
        ("2024-05-03?", ("2024-05-03", "2024-05-03")),
    ],
)
def test_first_and_last_day(edtf: str, expected: tuple[str | None, str | None]) -> None:
    """Marks of doubt do not move the days; open ends are None."""
    assert days(edtf) == expected


@pytest.mark.parametrize(
    "edtf", ["", "..", "../..", "2024-13", "2024-02-30", "last week", "2024/2023", "2024-01/2024-02/2024-03"]
)
def test_what_is_no_edtf_is_refused(edtf: str) -> None:
    """Each gives a ValueError with a sentence."""
    with pytest.raises(ValueError, match=r"\w"):
        days(edtf)


def test_an_end_left_out_is_open() -> None:
    """Two spellings of the same interval are one."""
    assert normalised("/2022-01") == "../2022-01"
