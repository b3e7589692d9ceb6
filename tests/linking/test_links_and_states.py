"""Which links are drawn between reports, of what type, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from linked_reports import linked, pictured, reports

from relaas.queries.casualties import casualties
from relaas.queries.changes import changes
from relaas.queries.conditions import conditions
from relaas.queries.control import control, holders
from relaas.queries.ledgers import ledgers
from relaas.queries.picture import Picture
from relaas.store.store import Store


def day(iso: str) -> int:
    """A day as its number."""
    return date.fromisoformat(iso).toordinal()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The reports by hand, linked."""
    with Store.open(str(tmp_path_factory.mktemp("linked") / "r.db")) as made:
        linked(made, [reports()])
        yield made


@pytest.fixture(scope="module")
def whole(store: Store) -> Picture:
    """All that is known."""
    return pictured(store)


def relation(whole: Picture, one: tuple[str, str], other: tuple[str, str]) -> str | None:
    """The type of the link between two claims, each named by its report and a word of its quote."""
    ids = [
        next(
            claim["id"]
            for claim in whole.claims
            if claim["document"]["name"] == f"{report}.txt" and word in claim["quote"]["exact"]
        )
        for report, word in (one, other)
    ]
    return whole.relation(*ids)


@pytest.mark.parametrize(
    ("one", "other", "type"),
    [
        (("copy", "captured"), ("wire", "captured"), "same_statement"),
        (("copy", "killed"), ("wire", "killed"), "same_statement"),
        (("denial", "captured"), ("wire", "captured"), "contradiction"),
        (("denial", "killed"), ("wire", "killed"), "update"),
        (("back", "captured"), ("wire", "captured"), "retraction"),
        (("back", "restored"), ("wire", "Power"), "follow_up"),
        (("later", "Friday"), ("wire", "captured"), "follow_up"),
        (("later", "Safra"), ("wire", "captured"), None),
    ],
)
def test_links_are_typed(whole: Picture, one: tuple[str, str], other: tuple[str, str], type: str | None) -> None:
    """Copies, denials, rising tolls, withdrawals and next phases are told apart; another town is another thing."""
    assert relation(whole, one, other) == type


def test_a_copy_adds_no_source(store: Store) -> None:
    """One statement in two outlets corroborates nothing: it goes back to one primary source."""
    known = pictured(store, as_known=day("2023-05-01"))
    assert {known.state(claim["id"]) for claim in known.claims} == {"reported"}
    [row] = [row for row in control(pictured(store, as_known=day("2023-05-02"))) if not row.denied]
    assert len(row.claims) == 2
    assert row.state == "disputed"


def test_states_are_a_history(whole: Picture) -> None:
    """The capture is reported, then disputed, then withdrawn; nothing of it is written over."""
    first = next(claim["id"] for claim in whole.claims if "captured" in claim["quote"]["exact"])
    states = [(state.since, state.state) for state in whole.histories[whole.cluster_of[first].id]]
    assert states == [
        (day("2023-05-01"), "reported"),
        (day("2023-05-02"), "disputed"),
        (day("2023-05-04"), "retracted"),
    ]


def test_a_retraction_reaches_every_view(store: Store, whole: Picture) -> None:
    """Before it is known the row stands; after, every ledger, state and difference shows it."""
    before, after = pictured(store, as_known=day("2023-05-03")), whole
    assert {row.state for row in control(before) if row.place == "Karama"} == {"disputed"}
    rows = [row for row in control(after) if row.place == "Karama" and row.known != day("2023-05-20")]
    assert {row.state for row in rows} == {"retracted"}
    told = changes(before, after, ledgers(before), ledgers(after))
    assert any(change.kind == "state" and change.state == "retracted" for change in told)


def test_the_toll_is_one_row_with_its_history(whole: Picture) -> None:
    """The hospital's later figure takes the row over; the earlier one and its copy are not added."""
    [row] = casualties(whole)
    assert (row.claimant, row.low, row.best, row.high) == ("hospital", 15, 15, 15)
    assert next(figure[1:] for figure in row.before) == (12, None, None)


def test_services_are_out_and_back(whole: Picture) -> None:
    """Power that is cut and power that is restored are rows of their own."""
    assert [(row.what, row.state) for row in conditions(whole)] == [("electricity", "out"), ("electricity", "back")]


@pytest.mark.parametrize(
    ("on", "places"), [("2023-04-30", set()), ("2023-05-03", {"Karama"}), ("2023-05-20", {"Karama", "Safra"})]
)
def test_who_held_a_place_on_a_day(whole: Picture, on: str, places: set[str]) -> None:
    """Nobody held it before anybody said so; the last thing said by each claimant holds on."""
    assert {row.place for row in holders(control(whole), day(on))} == places


def test_one_source_at_a_time(whole: Picture) -> None:
    """A ledger may be asked for one claimant, or for what is disputed."""
    assert {row.claimant for row in control(whole, source="militia")} == {"militia"}
    assert all(row.state == "disputed" for row in control(whole, disputed=True))
