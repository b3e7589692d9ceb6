"""Proposed links are judged on the pages, by mouse and by keyboard; what waits to be linked is said, and nothing waits for it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from web_served import Served

from handmade import BAKHMUT, claim, document, keep
from relaas.linking.identity import linker_identity
from relaas.queries.link_review import judged_links, link_queue, links_waiting
from relaas.store.linking import LinkStore
from relaas.store.store import Store
from relaas.store.view import Filter

Serve = Callable[[Store], Served]


def left(store: Store) -> int:
    """How many links wait."""
    with store.view() as view:
        return links_waiting(view, Filter())


def form(text: str, verdict: str) -> tuple[str, dict[str, str]]:
    """Where the form of a link goes and what it carries."""
    there = re.search(r'action="(/en/links/[^"]+)"', text)
    assert there is not None
    return unescape(there[1]), dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', text)) | {
        "verdict": verdict
    }


def test_links_are_judged_by_keyboard_alone(record: Store, serve: Serve, page: Any) -> None:
    """Accept, undo, reject, pass over; the queue gets shorter, and the claim's page tells what was decided."""
    served, before = serve(record), left(record)
    page.goto(f"{served.url}/en/review")
    page.get_by_role("navigation", name="What to review").get_by_role("link", name="Links").click()
    page.wait_for_url("**/review/links")
    first = page.locator(".side .said").first.inner_text()
    for key, kept, waiting in (("a", "accepted", 1), ("u", "undone", 0), ("r", "rejected", 1), ("n", "", 1)):
        url = page.url
        page.keyboard.press(key)
        page.wait_for_url(lambda now, url=url: now != url)
        assert not kept or f"kept: {kept}" in page.locator(".done").inner_text()
        assert left(record) == before - waiting
        assert key != "u" or page.locator(".side .said").first.inner_text() == first
    with record.view() as view:
        told = judged_links(view)
    assert [(one["verdict"], one["by"]) for one in told] == [
        ("accepted", "Ann"),
        ("undone", "Ann"),
        ("rejected", "Ann"),
    ]
    page.goto(f"{served.url}/en/claims/{told[0]['one']}")
    assert "rejected" in page.locator("main .history").first.inner_text()
    page.locator("main .history a").first.click()
    page.wait_for_url("**/review/links?at=*")
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url("**done=*")
    assert left(record) == before


def test_of_two_who_judge_a_link_the_second_is_told(record: Store, serve: Serve) -> None:
    """With the reason, and the link to look at again; a form of ours without sense is refused."""
    served = serve(record)
    text = served.ask("/en/review/links")[2]
    there, fields = form(text, "accepted")
    assert served.ask(there, form=fields)[0] == 303
    status, _, again = served.ask(there, form=fields | {"verdict": "rejected"})
    assert status == 409
    assert "Ann has judged this link after you saw it" in again
    assert served.ask(there, form=fields | {"verdict": "graded"})[0] == 400
    assert served.ask(there, form=fields | {"token": ""})[0] == 400
    status, _, again = served.ask(form(again, "rejected")[0], form=form(again, "rejected")[1])
    assert status == 303
    with record.view() as view:
        assert [one["verdict"] for one in judged_links(view)] == ["accepted", "rejected"]


@pytest.mark.parametrize("query", ["at=nothing%2Bnothing", "at=zzz"])
def test_links_that_are_not_there(record: Store, serve: Serve, query: str) -> None:
    """An address of no link is a page that says so, or the queue."""
    assert serve(record).ask(f"/en/review/links?{query}")[0] in {200, 404}


def test_the_queue_of_links_is_chosen_like_the_others(record: Store, serve: Serve) -> None:
    """By the claims that a link ties; an option without meaning is told."""
    served = serve(record)
    with record.view() as view:
        some = link_queue(view, Filter(topics=("casualties",)), size=50)
    text = served.ask("/en/review/links?topic=casualties")[2]
    assert f"Links to judge: {len(some)}" in text
    assert served.ask("/en/review/links?since=yesterday")[0] == 400
    assert "No proposed link is waiting" in served.ask("/en/review/links?place=Nowhereville")[2]


def test_pages_do_not_wait_for_linking(store: Store, serve: Serve) -> None:
    """What was read is shown before it is linked, with a sentence that says so; it is linked beside the pages."""
    for name in ("a.txt", "b.txt"):
        report = document("The army captured Bakhmut.", name=name, publisher=name)
        keep(store, report, claim(report, "The army captured Bakhmut", places=(BAKHMUT,)))
    served = serve(store)
    with store.view() as view:
        id = next(iter(view.claims()))["id"]
    pages = [
        served.ask(path) for path in ("/en/overview", f"/en/claims/{id}", "/en/review/links", f"/en/ledger?open={id}")
    ]
    assert [status for status, _, _ in pages] == [200] * 4
    until = time.monotonic() + 60
    while unlinked(store) and time.monotonic() < until:
        time.sleep(0.2)
    assert unlinked(store) == 0
    time.sleep(1.1)
    assert "Still being linked" not in served.ask("/en/overview")[2]


def unlinked(store: Store) -> int:
    """How many reports wait to be linked."""
    with store.view() as view:
        return LinkStore(view.connection, linker_identity()).waiting()
