"""Disputes: what is held to contradict, and above all what is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from handmade import BAKHMUT, LYMAN, UKRAINE, claim, document, figure, keep, said, time
from relaas.model.event import Event
from relaas.queries.disputes import Dispute, disputes
from relaas.store.store import Store
from relaas.store.view import Filter

A, B = said("the army", "military"), said("the mayor")
YES = {"evidence": "attributed", "source": A, "places": (BAKHMUT,)}
NO = {"evidence": "attributed", "source": B, "places": (BAKHMUT,), "certainty": "CT-"}
TEXT = "The station was captured. They never captured it. Denied."


def found(store: Store, *pairs: tuple[str, dict[str, Any]], text: str = TEXT) -> list[Dispute]:
    """The disputes among claims on one report."""
    report = document(text)
    keep(store, report, *(claim(report, quote, **labels) for quote, labels in pairs))
    with store.view() as view:
        return disputes(list(view.claims(Filter(documents=[report.id]))))


ONE, OTHER = "The station was captured", "They never captured it"


def test_opposite_claims_of_two_sources_in_shared_words(store: Store) -> None:
    """One says so, the other says not, and both use the word."""
    (dispute,) = found(store, (ONE, YES), (OTHER, NO))
    assert (dispute.kind, dispute.topic, dispute.place, len(dispute.claims)) == ("polarity", "control", "Bakhmut", 2)
    assert dispute.reasons[0].words == ("captured",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (YES, NO | {"source": A}),
        (YES, NO | {"certainty": "CT+"}),
        (YES, NO | {"certainty": "PS-"}),
        (YES | {"certainty": "FUT"}, NO),
        (YES | {"certainty": "Uu"}, NO),
        (YES, NO | {"topic": "damage"}),
        (YES, NO | {"places": (LYMAN,)}),
        (YES, NO | {"places": ()}),
        (YES | {"places": (UKRAINE,)}, NO | {"places": (UKRAINE,)}),
        (
            YES | {"time": time("in May", "2022-05", "2022-05-01", "2022-05-31")},
            NO | {"time": time("in June", "2022-06", "2022-06-01", "2022-06-30")},
        ),
    ],
)
def test_what_contradicts_nothing(store: Store, one: dict[str, Any], other: dict[str, Any]) -> None:
    """The same source, polarity, another topic, place or time, a mere possibility or plan, a whole country."""
    assert found(store, (ONE, one), (OTHER, other)) == []


def test_a_short_denial_answers_the_claim_before_it(store: Store) -> None:
    """It shares no word; being next is enough, but only for a few words."""
    (dispute,) = found(store, ("They", YES), ("Denied", NO))
    assert dispute.reasons[0].kind == "denial"
    assert found(store, ("The", YES), ("Denied", NO)) == []


def test_one_type_of_event_is_enough(store: Store) -> None:
    """Also in other words; a type without a mode is not."""
    seized, vague = Event("COERCE", "seize"), Event("COERCE")
    assert len(found(store, ("station", YES | {"event": seized}), ("Denied", NO | {"event": seized}))) == 1
    assert found(store, ("station", YES | {"event": vague}), ("Denied", NO | {"event": vague}), text=TEXT + " ") == []


def test_reports_far_apart_do_not_answer_each_other(store: Store) -> None:
    """A month is the most between two reports whose claims name no time."""
    for published, count in (("2022-11-20", 1), ("2023-06-01", 0)):
        first, second = (
            document(ONE + ".", published="2022-11-01"),
            document(f"{OTHER}, {published}.", published=published),
        )
        keep(store, first, claim(first, ONE, **YES))
        keep(store, second, claim(second, OTHER, **NO))
        with store.view() as view:
            claims = [one for one in view.claims() if one["reported"] in {"2022-11-01", published}]
        assert len(disputes(claims)) == count


def test_what_hangs_together_is_one_dispute(store: Store) -> None:
    """Three who say so and one who says not are one dispute, in the order of the claims."""
    text = "He captured it. She captured it. All captured it. None captured it."
    report = document(text)
    claims = [
        claim(report, "He captured it", **YES),
        claim(report, "She captured it", **YES | {"source": said("a resident")}),
        claim(report, "All captured it", **YES | {"source": said("a soldier")}),
        claim(report, "None captured it", **NO),
    ]
    keep(store, report, *claims)
    with store.view() as view:
        rows = list(view.claims())
    (dispute,) = disputes(rows)
    assert dispute.claims == tuple(one.id for one in claims)


FIGURES = "Twelve died. Thirty died. Some died."
SIX = {
    "topic": "casualties",
    "evidence": "attributed",
    "source": A,
    "places": (BAKHMUT,),
    "quantities": (figure("Twelve", 12),),
}
MORE = {
    "topic": "casualties",
    "evidence": "attributed",
    "source": B,
    "places": (BAKHMUT,),
    "quantities": (figure("Thirty", 30, ">="),),
}


@pytest.mark.parametrize(
    ("quantity", "count"),
    [
        (figure("Thirty", 30, ">="), 1),
        (figure("Thirty", 30, "="), 1),
        (figure("Thirty", 30, "<="), 0),
        (figure("Thirty", 30, "~"), 0),
        (figure("Ten", 10, ">="), 0),
        (figure("Some", None, "=", low=10, high=20), 0),
        (figure("Some", None, "=", low=20, high=25), 1),
        (figure("Thirty", 30, unit="injured"), 0),
        (figure("Thirty", 30, of="soldiers"), 0),
        (figure("Thirty", 30, unit=None), 0),
    ],
)
def test_figures_contradict_where_their_ranges_exclude_each_other(store: Store, quantity: Any, count: int) -> None:
    """Bounds, approximations, and what is counted."""
    assert (
        len(found(store, ("Twelve died", SIX), ("Thirty died", MORE | {"quantities": (quantity,)}), text=FIGURES))
        == count
    )


def test_a_total_does_not_contradict_one_event(store: Store) -> None:
    """Twelve in one attack and thirty in all are both right."""
    one = SIX | {"quantities": (figure("Twelve", 12, cumulative=False),)}
    assert (
        found(
            store,
            ("Twelve died", one),
            ("Thirty died", MORE | {"quantities": (figure("Thirty", 30, cumulative=True),)}),
            text=FIGURES,
        )
        == []
    )


def test_a_count_may_grow_from_report_to_report(store: Store) -> None:
    """Twelve on the first day and thirty on the third is no contradiction."""
    first, second = document("Twelve died.", published="2022-11-01"), document("Thirty died.", published="2022-11-03")
    keep(store, first, claim(first, "Twelve died", **SIX))
    keep(store, second, claim(second, "Thirty died", **MORE))
    with store.view() as view:
        assert disputes(list(view.claims())) == []


def test_sides_are_symmetrical(store: Store) -> None:
    """Swapping the parties swaps nothing but the names."""
    report = document(TEXT)
    swapped = replace(report, id="f" * 24)
    for one, (first, second) in ((report, (A, B)), (swapped, (B, A))):
        keep(store, one, claim(one, ONE, **YES | {"source": first}), claim(one, OTHER, **NO | {"source": second}))
    with store.view() as view:
        rows = list(view.claims())
    mine, theirs = (disputes([row for row in rows if row["document"]["id"] == id]) for id in (report.id, swapped.id))
    assert [(one.kind, one.topic, one.place, one.reasons) for one in mine] == [
        (one.kind, one.topic, one.place, one.reasons) for one in theirs
    ]
