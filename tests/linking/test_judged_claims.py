"""What a person decided holds for links and ledgers: a rejected claim leaves them, a corrected or split one counts as it stands now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from linked_reports import SAFRA, Made, attributed, keep_all, ledger, linked, made, pictured, reports

from handmade import figure
from relaas.linkage import link
from relaas.queries.casualties import casualties
from relaas.queries.changes import changes
from relaas.queries.control import control
from relaas.queries.ledgers import ledgers
from relaas.queries.timeline import timeline
from relaas.reviewing import Verdict, judge
from relaas.store.store import Store
from relaas.store.view import Filter


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The reports by hand, linked."""
    with Store.open(str(tmp_path / "r.db")) as opened:
        linked(opened, [reports()])
        yield opened


def told(store: Store, report: str, words: str) -> str:
    """The id of a claim by its report and words of its quote."""
    with store.view() as view:
        return next(
            str(one["id"])
            for one in view.claims()
            if one["document"]["name"] == f"{report}.txt" and words in one["quote"]["exact"]
        )


def decide(store: Store, id: str, verdict: Verdict) -> None:
    """A reviewer's verdict, and what follows from it linked."""
    judge(store, id, verdict, "Ann")
    link(store)


def places_held(store: Store) -> set[str]:
    """Places that the ledger of control has a row of."""
    return {row.place for row in control(pictured(store))}


def test_a_rejected_claim_leaves_the_ledgers_and_comes_back_when_it_is_undone(store: Store) -> None:
    """The ledger, the states and the diff see what stands, and undoing restores every character."""
    before, whole, id = ledger(store), pictured(store), told(store, "later", "Safra")
    decide(store, id, Verdict("rejected"))
    assert places_held(store) == {"Karama"}
    now = pictured(store)
    assert id not in now.by_id
    assert [one.kind for one in changes(whole, now, ledgers(whole), ledgers(now))] == ["gone"]
    decide(store, id, Verdict("undone"))
    assert ledger(store) == before


def test_a_denial_that_was_rejected_disputes_nothing(store: Store) -> None:
    """A state rests on no claim that a person rejected, and the timeline of what is disputed can still be asked for."""
    decide(store, told(store, "denial", "captured"), Verdict("rejected"))
    states = [state.state for history in pictured(store).histories.values() for state in history]
    assert "disputed" not in states
    with store.view() as view:
        assert timeline(view, Filter(), disputed=True) == []


def test_a_corrected_claim_counts_with_its_corrected_labels(store: Store) -> None:
    """Links are drawn anew from the labels as they stand; another figure makes another row."""
    id = told(store, "copy", "killed")
    decide(store, id, Verdict("corrected", {"certainty": "CT-"}))
    assert pictured(store).relation(id, told(store, "wire", "killed")) != "same_statement"
    row = {"quantities.0.value": "40", "quantities.0.low": "40", "quantities.0.high": "", "quantities.0.bound": ">="}
    decide(store, id, Verdict("corrected", {"certainty": "CT+", **row}))
    rows = casualties(pictured(store))
    assert 40 in {low for row in rows for low in (row.low, *(earlier[1] for earlier in row.before))}


def test_a_place_that_is_corrected_moves_the_row(store: Store) -> None:
    """The ledger of control follows the place that the reviewer names."""
    id = told(store, "later", "Safra")
    decide(store, id, Verdict("corrected", {"places.0.name": "Karama", "places.0.text": "", "places.0.start": ""}))
    assert places_held(store) == {"Karama"}


def two_in_one() -> Made:
    """One claim that holds two."""
    figures = (figure("9", 9), figure("3", 3, unit="injured"))
    labels = attributed("army", quantities=figures, places=(SAFRA,), topic="casualties")
    return made("both", "Post", "2023-05-06", ("9 people were killed in Safra and 3 were injured", labels))


def test_the_parts_of_a_split_take_its_place(store: Store) -> None:
    """Each part is linked as a claim of its own, and the one that was cut has no row any more."""
    keep_all(store, [two_in_one()])
    link(store)
    id = told(store, "both", "killed")
    decide(store, id, Verdict("split", quotes=("9 people were killed in Safra", "3 were injured")))
    whole = pictured(store)
    assert id not in whole.by_id
    parts = [one["id"] for one in whole.claims if one["document"]["name"] == "both.txt"]
    assert len(parts) == 2
    assert set(parts) <= whole.facts.keys()


def test_judging_before_or_after_linking_gives_the_same(tmp_path: Path) -> None:
    """What links are drawn hangs on the claims as they stand, not on when they were judged."""
    found = []
    for early in (True, False):
        with Store.open(str(tmp_path / f"{early}.db")) as opened:
            keep_all(opened, reports())
            if not early:
                link(opened)
            judge(opened, told(opened, "copy", "killed"), Verdict("corrected", {"topic": "other"}), "Ann")
            judge(opened, told(opened, "denial", "15"), Verdict("rejected"), "Ann")
            link(opened)
            found.append(ledger(opened))
    assert found[0] == found[1]


def test_the_ledger_of_control_follows_a_corrected_label(store: Store) -> None:
    """What a person said of holder, loser and sense goes before the words; undone, the words count again."""
    id = told(store, "later", "Safra")
    held = {"change": "lost", "sense": "partial", "holder": "the rebels", "loser": "the army", "place": "Safra"}
    decide(store, id, Verdict("corrected", {f"control.{key}": value for key, value in held.items()}))
    (row,) = [row for row in control(pictured(store)) if row.place == "Safra"]
    assert (row.act, row.sense, row.holder, row.loser) == ("take", "partial", "the rebels", "the army")
    decide(store, id, Verdict("corrected", {"control.change": "contested", "control.sense": "encircled"}))
    (row,) = [row for row in control(pictured(store)) if row.place == "Safra"]
    assert (row.act, row.by, row.holder) == ("encircle", "the rebels", None)
    decide(store, id, Verdict("undone"))
    decide(store, id, Verdict("undone"))
    (row,) = [row for row in control(pictured(store)) if row.place == "Safra"]
    assert (row.act, row.holder) == ("take", "army")
