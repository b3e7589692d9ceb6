"""What holds of every text: offsets, order, valid EDTF, monotony in the reference, and time in proportion to length."""

from __future__ import annotations

import time as clock
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relaas.times import edtf, find
from relaas.times.lexicon import language as knowledge
from relaas.times.reference import read as read_reference


def _vocabulary(language: str) -> list[str]:
    known = knowledge(language)
    assert known is not None
    words = sorted(
        {word for entries in known.entries.values() for entry in entries for word in entry[0]} | known.grammar.literals
    )
    return [
        *words,
        "3",
        "31",
        "2014",
        "12-08-2015",
        "30",
        "één",
        "twee",
        "twenty",
        "e",
        "1999",
        "15e",
        "07:30",
        "1990s",
        "'43",
        "\n",
    ]


WORDS = {language: _vocabulary(language) for language in ("nl", "en")}
DATES = st.dates(date(1900, 1, 1), date(2100, 12, 31))
TEXTS = st.sampled_from(("nl", "en")).flatmap(
    lambda language: st.tuples(st.just(language), st.lists(st.sampled_from(WORDS[language]), max_size=12).map(" ".join))
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, DATES, st.sampled_from((4, 7, 10)), st.booleans())
def test_every_time_resolves_to_its_characters_and_to_valid_values(
    given_text: tuple[str, str], day: date, precision: int, signals: bool
) -> None:
    """Spans quote the text in order, EDTF is valid and holds earliest and latest, and earliest is not after latest."""
    language, text = given_text
    reached = 0
    for found in find(text, language=language, reference=day.isoformat()[:precision], signals=signals):
        assert text[found.start : found.end] == found.text
        assert found.start >= reached
        reached = found.end
        assert found.type in {"DATE", "TIME", "DURATION", "SET"}
        if found.edtf is None:
            assert found.earliest is None
            assert found.latest is None
            continue
        first, last = edtf.bounds(found.edtf)
        if found.earliest and found.latest:
            assert found.earliest <= found.latest
        if first and found.earliest and "~" not in found.edtf:
            assert first.isoformat() <= found.earliest
        if last and found.latest and "~" not in found.edtf:
            assert found.latest <= last.isoformat()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.sampled_from(("nl", "en")))
def test_any_text_at_all_is_read_without_failing(text: str, language: str) -> None:
    """Control characters, other scripts, half numbers."""
    for found in find(text, language=language, reference="2024-04-02"):
        assert text[found.start : found.end] == found.text


RELATIVE = {
    "nl": [
        "gisteren",
        "morgen",
        "vorige week",
        "volgende maand",
        "dinsdag",
        "twee weken geleden",
        "over drie maanden",
        "vorig jaar",
    ],
    "en": [
        "yesterday",
        "tomorrow",
        "last week",
        "next month",
        "Tuesday",
        "two weeks ago",
        "last year",
        "three months ago",
    ],
}


@pytest.mark.parametrize("language", ["nl", "en"])
@given(day=DATES, days=st.integers(0, 800))
@settings(max_examples=60, deadline=None)
def test_a_later_reference_never_gives_an_earlier_day(language: str, day: date, days: int) -> None:
    """Relative expressions move with the anchor."""
    for words in RELATIVE[language]:
        early = find(words, language=language, reference=day.isoformat(), tense=lambda at: "past")[0]
        late = find(words, language=language, reference=(day + timedelta(days)).isoformat(), tense=lambda at: "past")[0]
        assert early.earliest is not None
        assert late.earliest is not None
        assert early.earliest <= late.earliest


@given(DATES)
@settings(max_examples=200, deadline=None)
def test_a_written_date_comes_back_as_the_day_it_names(day: date) -> None:
    """Round trip of days in figures."""
    for language, text in (
        ("nl", f"{day.day}-{day.month}-{day.year}"),
        ("en", day.isoformat()),
        ("nl", day.isoformat()),
    ):
        assert find(text, language=language)[0].edtf == day.isoformat()


@given(DATES, st.sampled_from((4, 7, 10)))
@settings(max_examples=200, deadline=None)
def test_edtf_of_a_reference_comes_back_as_its_bounds(day: date, precision: int) -> None:
    """Round trip of EDTF at each precision."""
    text = day.isoformat()[:precision]
    stretch = read_reference(text)
    assert stretch is not None
    assert edtf.bounds(stretch.stretch.edtf) == (stretch.first, stretch.last)


FINE = [
    "gisteren",
    "dinsdag",
    "vorige week",
    "twee dagen geleden",
    "dit weekend",
    "vanavond",
    "drie weken geleden",
    "nu",
]


@pytest.mark.parametrize("words", FINE)
def test_a_reference_of_month_precision_gives_nothing_finer(words: str) -> None:
    """Days and weeks are that month."""
    found = find(words, language="nl", reference="2022-10")[0]
    assert (found.edtf, found.earliest, found.latest) == ("2022-10", "2022-10-01", "2022-10-31")


HOSTILE = [
    "een " * 3000,
    "van van van tot " * 800,
    "1-1-1-1-" * 1500,
    "twee en " * 1500,
    "eenentwintighonderd" * 300,
    "1 2 3 4 " * 1500,
    "de eerste vrijdag van " * 500,
    "the first quarter of the " * 500,
    "1.1,1.1," * 1500,
    "zaterdag, " * 1500,
    "al meer dan " * 900,
    "'" * 8000,
    "a half " * 1200,
    "honderd " * 1200,
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_hostile_text_takes_time_in_proportion_to_its_length(text: str, language: str) -> None:
    """No catastrophe: at most 100 microseconds a character."""
    find("warm", language=language)
    begin = clock.process_time()
    find(text, language=language, reference="2024-04-02")
    assert clock.process_time() - begin < len(text) * 1e-4
