"""Exporters of claims: the same claims give the same characters, and what is unreviewed says so."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from handmade import FULL, document, full_claims, keep
from relaas import recipes
from relaas.exports import wording
from relaas.exports.csv import COLUMNS
from relaas.exports.exporter import Style
from relaas.store.store import Store


@pytest.fixture
def claims(store: Store) -> list[dict[str, Any]]:
    """Three claims that fill every field."""
    report = document(FULL)
    keep(store, report, *full_claims(report))
    with store.view() as view:
        return list(view.claims())


def written(name: str, claims: list[dict[str, Any]], language: str = "en") -> str:
    """What an exporter writes."""
    stream = io.StringIO()
    assert recipes.exporters()[name].write(claims, stream, Style(language)) == len(claims)
    return stream.getvalue()


def test_the_recipe_names_what_the_options_offer() -> None:
    """Formats in the help are the formats there are."""
    assert tuple(recipes.exporters()) == recipes.FORMATS
    assert tuple(recipes.situation_exporters()) == recipes.REPORT_FORMATS
    assert {reader.name for reader in recipes.readers()} == set(recipes.READERS)


def test_jsonl_is_the_contract(claims: list[dict[str, Any]]) -> None:
    """One object a line, read back as it was."""
    lines = written("jsonl", claims).splitlines()
    assert [json.loads(line) for line in lines] == claims
    assert list(claims[0]) == [
        "id",
        "version",
        "run",
        "status",
        "document",
        "passage",
        "sentence",
        "quote",
        "source",
        "evidence",
        "verification",
        "certainty",
        "topic",
        "event",
        "control",
        "time",
        "places",
        "quantities",
        "reported",
        "confidence",
        "cues",
    ]


def test_csv_is_flat_with_stable_columns(claims: list[dict[str, Any]]) -> None:
    """Columns never change their name or order; several values are parted by a bar."""
    rows = list(csv.DictReader(io.StringIO(written("csv", claims))))
    assert list(rows[0]) == list(COLUMNS)
    assert list(COLUMNS)[:13] == [
        "id",
        "version",
        "status",
        "report",
        "publisher",
        "published",
        "retrieved",
        "language",
        "passage",
        "sentence",
        "start",
        "end",
        "quote",
    ]
    assert rows[0]["quote"] == "more than 120 civilians were killed"
    assert (rows[0]["places"], rows[0]["geonameids"]) == ("Bakhmut | Ukraine", "713174 | 690791")
    assert (rows[0]["lows"], rows[0]["highs"], rows[0]["status"]) == ("120", "", "unreviewed")
    assert (rows[1]["source"], rows[1]["verified_by"]) == ("", "the desk")


@pytest.mark.parametrize("name", ["table", "markdown", "html"])
@pytest.mark.parametrize(("language", "word"), [("en", "Unreviewed"), ("nl", "Ongecontroleerd")])
def test_what_people_read_says_that_it_is_unreviewed(
    claims: list[dict[str, Any]], name: str, language: str, word: str
) -> None:
    """In the reader's language, and not where everything was accepted."""
    assert word in written(name, claims, language)
    assert word not in written(name, [claim | {"status": "accepted"} for claim in claims], language)


@pytest.mark.parametrize("name", ["table", "markdown", "html"])
def test_standings_are_told_by_sign_and_word(claims: list[dict[str, Any]], name: str) -> None:
    """Colour is never needed."""
    shown = written(name, claims)
    for sign, word in (("❝", "attributed"), ("✓", "verified"), ("○", "unknown")):
        assert sign in shown
        assert word in shown


def test_a_table_fits_eighty_columns(claims: list[dict[str, Any]]) -> None:
    """However long the words."""
    long = claims[0] | {"quote": claims[0]["quote"] | {"exact": "word " * 60 + "x" * 200}}
    assert max(map(len, written("table", [long, *claims], "nl").splitlines())) <= 80


def test_text_of_reports_is_text(claims: list[dict[str, Any]]) -> None:
    """Mark-up, control characters and escape sequences in a report do nothing."""
    nasty = "<script>alert(1)</script> [bold]x[/bold] `a` *b* \x1b[31mred\u202e"
    claim = claims[0] | {"quote": claims[0]["quote"] | {"exact": nasty}}
    page = written("html", [claim])
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    shown = written("table", [claim])
    assert "[bold]x[/bold]" in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert r"\*b\*" in written("markdown", [claim])


@pytest.mark.parametrize("name", recipes.FORMATS)
def test_no_claims_are_no_fault(name: str) -> None:
    """An empty answer is an answer."""
    written(name, [])


@pytest.mark.parametrize(
    ("edtf", "first", "last", "nl", "en"),
    [
        ("2022-11-06", None, None, "6 nov 2022", "6 Nov 2022"),
        ("2022-11", None, None, "nov 2022", "Nov 2022"),
        ("2022", None, None, "2022", "2022"),
        ("2022-09~/2022-10", None, None, "omstreeks sep – okt 2022", "about Sep – Oct 2022"),
        ("2021-12-30/2022-01-02", None, None, "30 dec 2021 – 2 jan 2022", "30 Dec 2021 – 2 Jan 2022"),
        ("../2024-05-03", None, None, "tot 3 mei 2024", "until 3 May 2024"),
        ("2014/..", None, None, "vanaf 2014", "from 2014"),
        ("../..", None, None, "", ""),
        ("2022-21", "2022-03-01", "2022-05-31", "1 mrt – 31 mei 2022", "1 Mar – 31 May 2022"),
        (None, None, None, "", ""),
    ],
)
def test_times_as_a_language_writes_them(
    edtf: str | None, first: str | None, last: str | None, nl: str, en: str
) -> None:
    """No finer than the EDTF value, approximate where it is."""
    value = {"edtf": edtf, "earliest": first, "latest": last, "text": "toen"}
    assert wording.when(value, "nl") == nl
    assert wording.when(value, "en") == en


@pytest.mark.parametrize(
    ("value", "low", "high", "bound", "expected"),
    [
        (120, 120, None, ">=", "ten minste 120"),
        (80000, None, 80000, "<=", "ten hoogste 80.000"),
        (75000, None, None, "~", "ongeveer 75.000"),
        (12, 12, 12, "=", "12"),
        (None, 20, 99, "~", "20 – 99"),
        (None, 20, 25, "=", "20 – 25"),
        (2.5, 2.5, 2.5, "=", "2,5"),
        (None, None, None, "~", "tientallen"),
    ],
)
def test_figures_keep_their_bounds(
    value: float | None, low: float | None, high: float | None, bound: str, expected: str
) -> None:
    """A range is never narrowed to a number."""
    quantity = {
        "value": value,
        "low": low,
        "high": high,
        "bound": bound,
        "text": "tientallen",
        "unit": "killed",
        "of": None,
    }
    assert wording.figure(quantity, "nl") == expected
