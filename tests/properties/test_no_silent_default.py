"""Where the text gives no date there is none, and a date that is given holds, however far off."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from property_checks import exported, read, strict, unresolved
from property_reports import TIMES_WITHOUT_YEAR, examples

from relaas import workflow
from relaas.pipeline import Pipeline
from relaas.readers.plain import PlainText
from relaas.readers.reader import Metadata, Options
from relaas.store.store import Store

TEXTS = st.lists(st.sampled_from(TIMES_WITHOUT_YEAR), min_size=1, max_size=6, unique=True).map("\n\n".join)
TIMELESS = "Het leger bezette Bachmoet, zegt de gouverneur van Charkiv.\n\nThe mayor denied that the town had fallen."


def as_written(day: str, precision: int) -> str:
    """A date cut to its year or month, or with a time of day."""
    return day[:precision] if precision <= 10 else f"{day}T09:30:00+02:00"


ANY_DATE = st.builds(as_written, st.dates().map(str), st.sampled_from((4, 7, 10, 25)))


@examples(30)
@given(TEXTS)
@example("\n\n".join(TIMES_WITHOUT_YEAR))
def test_without_a_date_nothing_is_resolved(pipeline: Pipeline, text: str) -> None:
    """Relative times in a report without a date have no anchor and no days; nothing says when it was reported."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "bericht.txt").write_text(text)
        with Store.open(str(Path(folder, ".db"))) as store:
            read(store, pipeline, [Path(folder, "bericht.txt")])
            for claim in strict(exported(store)):
                assert claim["reported"] is None
                assert (
                    claim["document"]["published"]
                    is claim["document"]["retrieved"]
                    is claim["document"]["publisher"]
                    is None
                )
                assert _undated(claim["time"]), claim["time"]


@examples(30)
@given(ANY_DATE)
@example("9999-12-31")
@example("9999-12")
@example("9999")
@example("0001-01-01")
@example("0001")
def test_the_publication_date_is_never_filled_in(pipeline: Pipeline, published: str) -> None:
    """A text without a time has none, whatever the report's date: past, present, future, of any precision."""
    analysis = workflow.analyse(
        pipeline, PlainText().read(TIMELESS.encode(), "a.txt", Options(Metadata(published=published)))
    )
    assert analysis.claims
    assert all(claim.time is None and claim.reported == published for claim in analysis.claims)


@examples(40)
@given(ANY_DATE, TEXTS)
@example("9999-12-31", "\n\n".join(TIMES_WITHOUT_YEAR))
@example("9999", "\n\n".join(TIMES_WITHOUT_YEAR))
@example("0001-01-01", "\n\n".join(TIMES_WITHOUT_YEAR))
@example("0001-01", "\n\n".join(TIMES_WITHOUT_YEAR))
def test_any_date_is_accepted_and_anchors(pipeline: Pipeline, published: str, text: str) -> None:
    """A report of any date is stored; what is counted from its date says so, with the date as it was given."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "bericht.txt").write_text(text)
        with Store.open(str(Path(folder, ".db"))) as store:
            outcome = read(store, pipeline, [Path(folder, "bericht.txt")], published=published)
            assert outcome.set_aside == []
            for claim in strict(exported(store)):
                assert claim["reported"] == claim["document"]["published"] == published
                if not _undated(claim["time"]):
                    assert claim["time"]["anchor"], claim["time"]


@examples(20)
@given(st.sampled_from(TIMES_WITHOUT_YEAR), st.sampled_from(("2022", "2022-10")))
def test_no_time_is_finer_than_its_anchor(pipeline: Pipeline, text: str, published: str) -> None:
    """A report known to the month or year places no weekday, "gisteren" or "vorige week" on a day."""
    analysis = workflow.analyse(
        pipeline, PlainText().read(text.encode(), "a.txt", Options(Metadata(published=published)))
    )
    assert list(unresolved(analysis)) == []
    if any(sign.isdigit() for sign in text) or any(day in text for day in ("half", "Kerst")):
        return
    for time in analysis.times:
        assert time.earliest is None or time.latest is None or time.latest > time.earliest, time


def _undated(time: dict[str, Any] | None) -> bool:
    return time is None or (time["anchor"] is None and time["earliest"] is None and time["latest"] is None)
