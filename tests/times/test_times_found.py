"""What words mean, against a reference of day or month precision."""

from __future__ import annotations

import pytest

from relaas.errors import QueryError
from relaas.times import find

DUTCH = [
    ("Sinds half maart is de brug dicht.", "2024-04-02", "Sinds half maart", "2024-03-15~/2024-04-02"),
    ("Al weken wordt er gevochten.", "2024-04-02", "Al weken", "2024-03-02~/2024-04-02"),
    ("Al maanden is er geen stroom.", "2024-04-02", "Al maanden", "2024-01-02~/2024-04-02"),
    ("De afgelopen maanden trok het leger op.", "2024-04-02", "De afgelopen maanden", "2024-01-02~/2024-04-02"),
    ("Dat duurt al negen maanden.", "2024-04-02", "al negen maanden", "2023-07-02/2024-04-02"),
    ("Al jaren ligt de fabriek stil.", "2024-04-02", "Al jaren", "../2024-04-02"),
    ("Vorige week vielen er doden.", "2024-04-02", "Vorige week", "2024-03-25/2024-03-31"),
    ("Momenteel is het rustig.", "2024-04-02", "Momenteel", "2024-04-02"),
    ("Tegen 3 mei moet de wijk leeg zijn.", "2024-04-02", "Tegen 3 mei", "../2024-05-03"),
    ("Begin deze maand sloeg een granaat in.", "2024-04-20", "Begin deze maand", "2024-04"),
    ("Dinsdag viel het dorp.", "2022-10", "Dinsdag", "2022-10"),
    ("Gisteren viel het dorp.", "2022-10", "Gisteren", "2022-10"),
    ("Vorige week viel het dorp.", "2022-10", "Vorige week", "2022-10"),
    ("Vorige maand viel het dorp.", "2022-10", "Vorige maand", "2022-09"),
    ("Al weken proberen zij de stad in te nemen.", "2022-10", "Al weken", "2022-09~/2022-10"),
    ("Er is al bijna twee maanden lang geen stroom.", "2022-11", "al bijna twee maanden lang", "2022-09/2022-11"),
    ("Nu is het stil.", "2022-10", "Nu", "2022-10"),
    ("Dinsdag sloeg een raket in.", "2024-04-04", "Dinsdag", "2024-04-02"),
    ("Dinsdag zal de raad stemmen.", "2024-04-04", "Dinsdag", "2024-04-09"),
    ("In de zomer van 2022 viel de stad.", "2024-04-02", "de zomer van 2022", "2022-22"),
    ("In de jaren negentig stond de fabriek leeg.", "2024-04-02", "de jaren negentig", "199X"),
    ("De kerk is uit de 15e eeuw.", "2024-04-02", "de 15e eeuw", "14XX"),
    ("Met Pasen zwegen de kanonnen.", "2024-04-02", "Pasen", "2024-03-31"),
    ("Twee dagen geleden viel de stroom uit.", "2024-03-01", "Twee dagen geleden", "2024-02-28"),
    ("Gisteren viel de stroom uit.", "2024-03-01", "Gisteren", "2024-02-29"),
    ("Gisteren viel de stroom uit.", "2024-03-31T00:30:00+01:00", "Gisteren", "2024-03-30"),
    ("Gisteren viel de stroom uit.", "2024-01-01", "Gisteren", "2023-12-31"),
    ("Deze week bleef het rustig.", "2021-01-01", "Deze week", "2020-12-28/2021-01-03"),
    ("Op 3 mei 2024 kwam het bericht.", None, "3 mei 2024", "2024-05-03"),
    ("Op 3 mei kwam het bericht.", None, "3 mei", "XXXX-05-03"),
    ("Maandag beslist de rechter.", "2022-11-18", "Maandag", "2022-11-21"),
    ("Sinds 24 februari vluchten zij.", "2022-11-18", "Sinds 24 februari", "2022-02-24/2022-11-18"),
    ("Sinds de zomer is er geen water.", "2024-04-04", "Sinds de zomer", "2023-22/2024-04-04"),
    ("In week 53 viel de stad.", "2021-01-02", "week 53", "2020-12-28/2021-01-03"),
    ("Precies een maand geleden viel de stad.", "2022-11-18", "Precies een maand geleden", "2022-10-18"),
    ("Maandag over een week is het zover.", "2023-08-23", "Maandag over een week", "2023-09-04"),
    ("Al ruim een jaar wacht zij.", "2025-04-20", "Al ruim een jaar", "2024-04-20~/2025-04-20"),
    ("Later op de avond klonken schoten.", "2024-04-02", "Later op de avond", "2024-04-02"),
    ("Een jaar geleden viel de stad.", "2024-02-29", "Een jaar geleden", "2023"),
    ("Op 29 februari viel de stad.", "2024-04-02", "29 februari", "2024-02-29"),
    ("Morgen opent de weg.", "2023-12-31", "Morgen", "2024-01-01"),
    ("Tussen 2 en 7 februari 2018 vroor het.", "2024-04-02", "Tussen 2 en 7 februari 2018", "2018-02-02/2018-02-07"),
]
ENGLISH = [
    ("It fell on Friday.", "2013-03-25", "Friday", "2013-03-22", "2013-03-22"),
    ("Sales rose last year.", "2013-03-25", "last year", "2012", "2012"),
    ("The town is now quiet.", "2013-03-25", "now", "PRESENT_REF", "2013-03-25"),
    ("It closed recently.", "2013-03-25", "recently", "PAST_REF", None),
    (
        "Exports fell in the third quarter of 2012.",
        "2013-03-25",
        "the third quarter of 2012",
        "2012-Q3",
        "2012-07/2012-09",
    ),
    ("Shells fall daily.", "2013-03-25", "daily", "P1D", None),
    ("In the past three years it grew.", "2013-03-25", "the past three years", "P3Y", "2010-03-25/2013-03-25"),
    ("They met Friday morning.", "2013-03-25", "Friday morning", "2013-03-22TMO", "2013-03-22"),
    ("They had to leave by 3 May.", "2024-04-02", "3 May", "2024-05-03", "../2024-05-03"),
    ("The bridge has been shut since mid-March.", "2024-04-02", "mid-March", "2024-03", "2024-03-15~/2024-04-02"),
    ("It closed two weeks ago.", "2013-03-25", "two weeks ago", "2013-W11", "2013-03-11"),
    ("It took half an hour.", "2013-03-25", "half an hour", "PT30M", None),
    ("Profit fell in fiscal 1989.", "2013-03-25", "fiscal 1989", "1989", "1989"),
    ("For years it grew.", "2013-03-25", "years", "PXY", None),
    ("The daily march went on.", "2013-03-25", "daily", "P1D", None),
    ("They will vote on Friday.", "2013-03-25", "Friday", "2013-03-29", "2013-03-29"),
]
NOTHING = [
    ("nl", "Een 34-jarige man raakte gewond."),
    ("nl", "Mannen tussen vijftien en vijftig jaar mogen de stad niet uit."),
    ("nl", "De chauffeur, 52 jaar, overleefde het niet."),
    ("nl", "Een brandweerman van 27 jaar raakte gewond."),
    ("nl", "De 72ste brigade vuurde 155 mm-granaten af."),
    ("nl", "Er kwamen 1999 mensen."),
    ("nl", "In 2014 huizen viel de stroom uit."),
    ("nl", "Het werd 2-1 voor de thuisploeg."),
    ("nl", "Jan Matvejev sprak met Theresa May."),
    ("en", "Prime Minister Theresa May may march on."),
    ("en", "A 34-year-old man was wounded."),
    ("en", "Some 1999 people came."),
]


@pytest.mark.parametrize(("text", "reference", "span", "edtf"), DUTCH)
def test_dutch_expressions_have_the_span_and_edtf_that_the_words_and_the_anchor_allow(
    text: str, reference: str | None, span: str, edtf: str
) -> None:
    """The first expression of each sentence."""
    found = find(text, language="nl", reference=reference)[0]
    assert (found.text, found.edtf) == (span, edtf)


@pytest.mark.parametrize(("text", "reference", "span", "timex", "edtf"), ENGLISH)
def test_english_spans_and_values_follow_timex3(
    text: str, reference: str, span: str, timex: str, edtf: str | None
) -> None:
    """Prepositions stay out of the span, yet count for EDTF."""
    found = find(text, language="en", reference=reference)[0]
    assert (found.text, found.timex, found.edtf) == (span, timex, edtf)


@pytest.mark.parametrize(("language", "text"), NOTHING)
def test_ages_counts_units_and_scores_are_no_times(language: str, text: str) -> None:
    """Numbers and names that look like dates."""
    assert find(text, language=language, reference="2024-04-02") == []


def test_a_count_that_looks_like_a_year_is_told_from_a_year_that_looks_like_a_count() -> None:
    """ "In 2014" is a year unless what is counted follows."""
    assert [time.text for time in find("In 2014 huizen en in 2014.", language="nl")] == ["2014"]


def test_a_date_just_named_is_the_anchor_of_those_that_count_from_it() -> None:
    """ "Die dag" and "twee dagen later" count from the last date; the anchor says which."""
    text = "Op 3 maart 2022 viel de stad. Die dag was er mist. Twee dagen later keerden zij terug."
    times = find(text, language="nl", reference="2024-04-02")
    assert [(time.edtf, time.anchor) for time in times] == [
        ("2022-03-03", None),
        ("2022-03-03", "2022-03-03"),
        ("2022-03-05", "2022-03-03"),
    ]


def test_the_next_day_counts_from_the_day_named_last() -> None:
    """Within a text, and from the text before where that is given."""
    text = "Hij werd op 14 juni gedood. De volgende dag vluchtten zij."
    found = find(text, language="nl", reference="2023-06-23")
    assert [time.edtf for time in found] == ["2023-06-14", "2023-06-15"]
    later = find("De volgende dag vluchtten zij.", language="nl", reference="2023-06-23", context=found[:1])
    assert later[0].edtf == "2023-06-15"


def test_a_clock_time_does_not_take_the_day_of_another_text() -> None:
    """It takes the day of its own text, else the anchor's."""
    before = find("Zondag viel de stad.", language="nl", reference="2024-04-02")
    found = find("Om zes uur belde zij.", language="nl", reference="2024-04-02", context=before)
    assert found[0].edtf == "2024-04-02"


def test_times_named_before_the_text_can_be_given_as_context() -> None:
    """A later passage goes on from an earlier one."""
    before = find("Op 3 maart 2022 viel de stad.", language="nl")
    assert find("Twee dagen later keerden zij terug.", language="nl", context=before)[0].edtf == "2022-03-05"


def test_the_caller_may_say_the_tense_of_a_clause() -> None:
    """Syntax beats the guess from the words around."""
    assert (
        find("Dinsdag overleg.", language="nl", reference="2024-04-04", tense=lambda at: "future")[0].edtf
        == "2024-04-09"
    )


def test_signals_can_be_had_inside_the_span_in_english_too() -> None:
    """Claims quote the signal, TIMEX3 does not."""
    found = find("They had to leave by 3 May.", language="en", reference="2024-04-02", signals=True)[0]
    assert (found.text, found.edtf) == ("by 3 May", "../2024-05-03")


def test_without_a_reference_nothing_relative_is_resolved() -> None:
    """No silent default: no anchor, no day."""
    times = find("Gisteren, vorige week en dinsdag vielen er doden.", language="nl")
    assert [(time.edtf, time.earliest, time.anchor) for time in times] == [(None, None, None)] * 3


def test_a_reference_that_is_no_date_is_refused() -> None:
    """The message names it."""
    with pytest.raises(QueryError, match="eergisteren"):
        find("Dinsdag.", language="nl", reference="eergisteren")


def test_an_unknown_language_gives_no_times() -> None:
    """Text in it is read without knowledge instead of refused."""
    assert find("Dienstag", language="de", reference="2024-04-02") == []
