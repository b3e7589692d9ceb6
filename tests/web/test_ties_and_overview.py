"""What ties claims together on the pages: states and links of an opened claim, and the ledgers as tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from web_served import Served

from relaas.queries.connections import connections
from relaas.queries.picture import picture
from relaas.reviewing import Verdict, judge
from relaas.store.store import Store
from relaas.store.view import Filter

Serve = Callable[[Store], Served]


def cited(text: str) -> list[tuple[str, str]]:
    """Address and claim of every citation on a page."""
    found = re.findall(r'class="rest" data-step href="([^"]*claim=([0-9a-f]+)[^"]*)"', text)
    return [(unescape(href), claim) for href, claim in found]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_row_opens_the_sentence_it_rests_on(record: Store, serve: Serve, language: str) -> None:
    """Citations lead to the claim's mark in its report; all three ledgers are there."""
    served = serve(record)
    status, _, text = served.ask(f"/{language}/overview")
    assert status == 200
    assert all(f'<h2 id="{ledger}">' in text for ledger in ("control", "casualties", "conditions"))
    for href, claim in cited(text)[:5]:
        assert f'id="q-{claim}"' in served.ask(href.partition("#")[0])[2]


def test_filters_stand_in_the_address(record: Store, serve: Serve) -> None:
    """Disputed rows are some of all; before the first report nothing is known; a date that is none is told."""
    served = serve(record)
    everything, disputed, before = (
        {claim for _, claim in cited(served.ask(f"/en/overview{query}")[2])}
        for query in ("", "?disputed=1", "?as_known=2001")
    )
    assert disputed < everything
    assert disputed
    assert not before
    assert served.ask("/en/overview?since=yesterday")[0] == 400


def test_a_rejected_claim_is_cited_no_more(record: Store, serve: Serve) -> None:
    """The overview follows a judgement at once."""
    served = serve(record)
    claim = cited(served.ask("/en/overview")[2])[0][1]
    judge(record, claim, Verdict("rejected"), "Ann")
    assert claim not in {one for _, one in cited(served.ask("/en/overview")[2])}
    assert served.ask(f"/en/claims/{claim}")[0] == 200


def test_a_link_can_be_walked_both_ways(record: Store, serve: Serve) -> None:
    """The page of a claim names its state and leads to the claims it is tied to, whose pages lead back; proposed ones are marked."""
    served = serve(record)
    with record.view() as view:
        links = picture(view, Filter()).links
    for link in (next(one for one in links if one.proposed), next(one for one in links if not one.proposed)):
        for here, there in ((link.one, link.other), (link.other, link.one)):
            page = served.ask(f"/en/claims/{here}")[2]
            assert f'href="/en/claims/{there}"' in page
            assert ('<li class="proposed"' in page) or not link.proposed


def test_a_directed_link_is_told_from_both_ends(record: Store) -> None:
    """The later claim looks back at the earlier one, and a rejected claim is tied to nothing."""
    with record.view() as view:
        link = next(one for one in picture(view, Filter()).links if one.type in {"update", "follow_up"})
        later, earlier = connections(view, link.one), connections(view, link.other)
    assert later is not None
    assert earlier is not None
    assert [tie.backwards for tie in later.ties if tie.other["id"] == link.other] == [True]
    assert [tie.backwards for tie in earlier.ties if tie.other["id"] == link.one] == [False]
    judge(record, link.one, Verdict("rejected"), "Ann")
    with record.view() as view:
        again = connections(view, link.other)
        assert connections(view, link.one) is None
    assert again is not None
    assert link.one not in {tie.other["id"] for tie in again.ties}
