"""What people decide about links: it stands, can be taken back, and holds as long as both claims say what they said."""

from __future__ import annotations

import pytest
from linked_reports import keep_all, ledger, pictured, reports

from relaas.errors import ConflictError, JudgementError
from relaas.linkage import link
from relaas.model.link import Link
from relaas.queries.link_review import judged_links, link_dossier, link_queue, links_waiting, pair_of
from relaas.reviewing import Verdict, judge, judge_link
from relaas.store.store import Store
from relaas.store.view import Filter


@pytest.fixture
def linked(store: Store) -> Store:
    """The reports, linked; every link between two reports only proposed, as if the linker were in doubt."""
    keep_all(store, reports())
    link(store)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE links SET proposed = 1, score = 0.4 WHERE one_reading <> other_reading")
    return store


def waiting(store: Store, wanted: Filter | None = None) -> list[Link]:
    """The links of the queue."""
    with store.view() as view:
        return [one.link for one in link_queue(view, wanted or Filter(), size=100)]


def together(store: Store, tie: Link) -> bool:
    """Whether the two claims are of one cluster."""
    found = pictured(store)
    return found.cluster_of[tie.one] is found.cluster_of[tie.other]


def test_an_accepted_link_is_certain_and_a_rejected_one_is_gone(linked: Store) -> None:
    """In the queue, the picture, its clusters and states; a second verdict takes the place of the first, undoing brings it back."""
    first = next(one for one in waiting(linked) if one.type == "contradiction")
    state = pictured(linked).state(first.one)
    assert not together(linked, first)
    judge_link(linked, first.one, first.other, "accepted", "Ann", why="read both")
    assert together(linked, first)
    assert pictured(linked).state(first.one) == "disputed" != state
    assert first.one not in {one.one for one in waiting(linked) if one.other == first.other}
    judge_link(linked, first.one, first.other, "rejected", "Bob")
    assert (first.one, first.other) not in {(one.one, one.other) for one in pictured(linked).links}
    judge_link(linked, first.one, first.other, "undone", "Bob")
    assert together(linked, first)
    judge_link(linked, first.one, first.other, "undone", "Ann")
    assert not together(linked, first)
    assert first in waiting(linked)
    with linked.view() as view:
        told = judged_links(view)
    assert [(one["verdict"], one["by"], one["holds"]) for one in told] == [
        ("accepted", "Ann", False),
        ("rejected", "Bob", False),
        ("undone", "Bob", False),
        ("undone", "Ann", False),
    ]
    before = ledger(linked)
    with linked.writer() as writer:
        writer.derive()
    assert ledger(linked) == before
    assert told[0]["why"] == "read both"


def test_rejecting_and_accepting_reach_the_ledgers(linked: Store) -> None:
    """Rows of one source come together where their link is accepted, and part where it is rejected."""
    apart = ledger(linked)
    for one in waiting(linked):
        judge_link(linked, one.one, one.other, "accepted", "Ann")
    assert links_left(linked) == 0
    joined = ledger(linked)
    assert len(joined.splitlines()) < len(apart.splitlines())
    for one in pictured(linked).links:
        judge_link(linked, one.one, one.other, "rejected", "Ann")
    assert all(len(cluster.claims) == 1 for cluster in pictured(linked).clusters)


def links_left(store: Store) -> int:
    """How many links wait."""
    with store.view() as view:
        return links_waiting(view, Filter())


def test_a_firm_link_can_be_rejected_too(store: Store) -> None:
    """The linker was sure, and wrong."""
    keep_all(store, reports())
    link(store)
    firm = next(one for one in pictured(store).links if not one.proposed and one.type == "contradiction")
    judge_link(store, firm.one, firm.other, "rejected", "Ann")
    assert firm not in pictured(store).links


def test_a_changed_claim_sends_its_links_back_to_the_queue(linked: Store) -> None:
    """A judgement holds for the labels that its reviewer saw: it is kept, but no longer counts, until the claim says the same again."""
    first = waiting(linked)[0]
    judge_link(linked, first.one, first.other, "accepted", "Ann")
    judge(linked, first.one, Verdict("corrected", {"evidence": "verified"}), "Bob")
    link(linked)
    with linked.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE links SET proposed = 1, score = 0.4 WHERE one_reading <> other_reading")
    with linked.view() as view:
        assert [one["holds"] for one in judged_links(view)] == [False]
        known = link_dossier(view, first.one, first.other)
    assert known is None or known.state.status == "unreviewed"
    judge(linked, first.one, Verdict("undone"), "Bob")
    link(linked)
    with linked.view() as view:
        assert [one["holds"] for one in judged_links(view)] == [True]
        again = link_dossier(view, first.one, first.other)
    assert again is not None
    assert again.state.status == "accepted"


def test_linking_anew_keeps_judgements(linked: Store) -> None:
    """Links are made anew whenever a linker changes; what people decided stands beside them."""
    first = waiting(linked)[0]
    judge_link(linked, first.one, first.other, "rejected", "Ann")
    with linked.engine.begin() as connection:
        for table in ("link_facts", "link_keys", "links"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
    link(linked)
    assert (first.one, first.other) not in {(one.one, one.other) for one in pictured(linked).links}


def test_the_second_of_two_is_told(linked: Store) -> None:
    """And nothing of either is lost."""
    first, second = waiting(linked)[:2]
    judge_link(linked, first.one, first.other, "accepted", "Ann", seen=0)
    with pytest.raises(ConflictError, match="Ann has judged this link"):
        judge_link(linked, first.one, first.other, "rejected", "Bob", seen=0)
    with pytest.raises(ConflictError, match="tied any more"):
        judge_link(linked, second.one, second.other, "accepted", "Bob", type="nothing of ours")
    with pytest.raises(JudgementError, match="tied any more"):
        judge_link(linked, second.other, second.one, "accepted", "Bob")
    with pytest.raises(JudgementError, match="no such judgement"):
        judge_link(linked, second.one, second.other, "undone", "Bob")
    with pytest.raises(JudgementError, match="signed"):
        judge_link(linked, second.one, second.other, "accepted", " ")
    with pytest.raises(JudgementError, match="choose from"):
        judge_link(linked, second.one, second.other, "graded", "Bob")


def test_the_queue_narrows_and_is_walked(linked: Store) -> None:
    """A filter keeps the links of the claims that it selects; a rejected claim has none; after a link come those that follow it."""
    everything = waiting(linked)
    some = waiting(linked, Filter(topics=("casualties",)))
    assert {one.one for one in some} < {one.one for one in everything}
    with linked.view() as view:
        rest = link_queue(view, Filter(), after=(everything[0].one, everything[0].other), size=100)
        assert pair_of(view, f"{everything[0].one[:9]}+{everything[0].other[:9]}") == (
            everything[0].one,
            everything[0].other,
        )
        assert pair_of(view, everything[0].one) is None
    assert [one.link for one in rest] == everything[1:]
    judge(linked, everything[0].one, Verdict("rejected"), "Ann")
    assert everything[0].one not in {id for one in waiting(linked) for id in (one.one, one.other)}
