"""What numbers count, how exactly, and of whom."""

from __future__ import annotations

import pytest

from relaas.quantities import find

CASES = [
    ("nl", "Er zijn meer dan 120 burgers gedood.", [("meer dan 120", 120, ">=", "killed", "civilians")]),
    (
        "nl",
        "Van de bijna 80.000 inwoners blijven er slechts 12.000 over.",
        [
            ("bijna 80.000", 80_000, "<=", "inhabitants", "inhabitants"),
            ("12.000", 12_000, "=", "inhabitants", "inhabitants"),
        ],
    ),
    (
        "nl",
        "Er vielen twaalf doden, onder wie drie kinderen.",
        [("twaalf", 12, "=", "killed", "people"), ("drie", 3, "=", "killed", "children")],
    ),
    (
        "nl",
        "50 van de 88 raketten zijn neergehaald.",
        [("50", 50, "=", "rockets", None), ("88", 88, "=", "rockets", None)],
    ),
    (
        "nl",
        "Er kwamen zeker 3 mensen om het leven en 5 mensen raakten gewond.",
        [("zeker 3", 3, ">=", "killed", "people"), ("5", 5, "=", "injured", "people")],
    ),
    ("nl", "Zo'n 300 soldaten sneuvelden.", [("Zo'n 300", 300, "~", "killed", "soldiers")]),
    ("nl", "Een derde van de bewoners is gevlucht.", [("Een derde", 33.33, "=", "percent", "inhabitants")]),
    (
        "nl",
        "Drie soldaten en twee burgers kwamen om bij een beschieting.",
        [("Drie", 3, "=", "killed", "soldiers"), ("twee", 2, "=", "killed", "civilians")],
    ),
    (
        "nl",
        "Tweeënhalf miljoen inwoners bleven.",
        [("Tweeënhalf miljoen", 2_500_000, "=", "inhabitants", "inhabitants")],
    ),
    ("nl", "Er zijn een twintigtal tanks gezien.", [("een twintigtal", 20, "~", "tanks", None)]),
    (
        "en",
        "The strike killed three people and wounded 12, including two children.",
        [
            ("three", 3, "=", "killed", "people"),
            ("12", 12, "=", "injured", "people"),
            ("two", 2, "=", "injured", "children"),
        ],
    ),
    ("en", "Up to 1.2 million people were displaced.", [("Up to 1.2 million", 1_200_000, "<=", "displaced", "people")]),
    ("en", "Half a dozen missiles fell.", [("Half a dozen", 6, "=", "missiles", "missiles")]),
    ("en", "At least 50 soldiers were taken prisoner.", [("At least 50", 50, ">=", "captured", "soldiers")]),
]
RANGES = [
    ("nl", "20 tot 25 doden", (20, 25, "=", "killed")),
    ("nl", "tussen de 20 en 25 gewonden", (20, 25, "=", "injured")),
    ("nl", "tientallen huizen", (20, 99, "~", "houses")),
    ("nl", "honderden soldaten", (200, 999, "~", "soldiers")),
    ("en", "one or two people", (1, 2, "=", "people")),
    ("en", "dozens of houses", (20, 99, "~", "houses")),
]
NONE = [
    ("nl", "De 72ste brigade vuurde granaten van 155 mm."),
    ("nl", "Een 34-jarige man sprak in 2014."),
    ("nl", "Het werd 2-1."),
    ("nl", "Het front ligt tien kilometer verder en kost 3 miljard euro."),
    ("nl", "Bel 0612345678 of +31 6 12 34 56 78."),
    ("nl", "De T-72 en de Leopard 2 reden door."),
    ("nl", "Een man liep over een brug."),
    ("en", "A 34-year-old man paid $ 40 million on flight 17."),
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_each_number_has_its_bound_unit_and_people(
    language: str, text: str, expected: list[tuple[str, float, str, str, str | None]]
) -> None:
    """Value, bound, what happened and to whom."""
    found = [(each.text, each.value, each.bound, each.unit, each.of) for each in find(text, language=language)]
    assert found == [(span, pytest.approx(value), bound, unit, of) for span, value, bound, unit, of in expected]


@pytest.mark.parametrize(("language", "text", "expected"), RANGES)
def test_ranges_and_vague_numbers_have_limits_and_no_value(
    language: str, text: str, expected: tuple[float, float, str, str]
) -> None:
    """A range is exact, a vague number is not."""
    found = find(text, language=language)[0]
    assert found.value is None
    assert (found.low, found.high, found.bound, found.unit) == expected


@pytest.mark.parametrize(("language", "text"), NONE)
def test_measures_names_ages_and_scores_are_no_counts(language: str, text: str) -> None:
    """What is recognised so as not to be taken for people."""
    assert find(text, language=language) == []


def test_all_kinds_include_what_is_measured() -> None:
    """By unit."""
    text = "De 72ste brigade vuurde granaten van 155 mm over 20 km, voor 3 miljoen euro, en won met 2-1 in 40 procent."
    units = [each.unit for each in find(text, language="nl", kinds="all")]
    assert units == ["unit number", "mm", "km", "EUR", "score", "percent"]


def test_totals_are_told_from_the_figures_of_one_event() -> None:
    """Cumulative is true only where the text says so."""
    total = find("Sinds het begin van de oorlog zijn 300 burgers gedood.", language="nl")[0]
    event = find("Bij een raketaanval werden drie burgers gedood.", language="nl")[0]
    people = find("Er wonen 500 burgers.", language="nl")[0]
    assert (total.cumulative, event.cumulative, people.cumulative) == (True, False, False)
