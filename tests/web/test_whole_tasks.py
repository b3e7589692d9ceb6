"""Whole tasks of a reader and a reviewer, in a real browser, by mouse and by keyboard."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from web_served import Served

from relaas.queries.selection import Question, select
from relaas.store.store import Store
from relaas.store.view import Filter

Serve = Callable[[Store], Served]


def claim_of(store: Store, words: str) -> dict[str, Any]:
    """The claim whose quote holds the words."""
    with store.view() as view:
        return next(one for one in view.claims() if words in one["quote"]["exact"])


def test_from_a_rumour_to_a_published_page(record: Store, serve: Serve, page: Any, tmp_path: Path) -> None:
    """Find what is unconfirmed about a place, see who denies what, correct a source and a place, undo one, publish."""
    served = serve(record)
    page.goto(f"{served.url}/")
    page.get_by_role("link", name="Ledger").click()
    page.get_by_label("Place", exact=True).fill("Wad Madani")
    page.get_by_text("More choices").click()
    page.get_by_label("unconfirmed").check()
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/ledger?place=Wad+Madani&evidence=unconfirmed")
    rows = page.locator("tbody tr")
    with record.view() as view:
        expected = list(view.claims(select(view, Question(place="Wad Madani", evidence=["unconfirmed"])).wanted))
    assert len(expected) >= 4
    assert rows.evaluate_all("all => all.map(one => one.id.slice(2))") == [one["id"] for one in expected]
    page.go_back()
    page.goto(f"{served.url}/en/ledger?source=RSF&place=Wad+Madani")
    denied = page.locator("tr.denied .quote").first
    assert "RSF" in page.locator("tr.denied .who").first.inner_text()
    denied.click()
    page.wait_for_url("**open=*")
    assert page.locator("tr.opened dl.labels").get_by_text("a denial by the source").first.is_visible()
    page.go_back()
    assert page.locator("tr.opened").count() == 0

    wrong = claim_of(record, "elf mensen")
    page.goto(f"{served.url}/en/review?at={wrong['id']}")
    page.keyboard.press("c")
    page.get_by_label("Name (empty: nobody is named)").fill("inwoners")
    page.locator("[name='source.text']").click()
    mark(page, "inwoners")
    assert page.locator("[name='source.text']").input_value() == "inwoners"
    page.locator("[name='places.0.name']").fill("Khartoum")
    page.get_by_role("button", name="Keep the correction").click()
    assert "Judgement 1 kept: corrected" in page.locator(".done").inner_text()
    found = claim_of(record, "elf mensen")
    assert (found["source"]["name"], found["places"][0]["name"], found["status"]) == (
        "inwoners",
        "Khartoum",
        "accepted",
    )
    with record.view() as view:
        document = view.document(found["document"]["id"])
    assert document is not None
    assert document.text[found["source"]["start"] : found["source"]["end"]] == "inwoners"

    press(page, "a")
    assert "Judgement 2 kept: accepted" in page.locator(".done").inner_text()
    press(page, "u")
    assert "Judgement 3 kept: undone" in page.locator(".done").inner_text()
    with record.view() as view:
        assert view.count(Filter(accepted=True)) == 1
    publish(record, tmp_path / "site")
    page.goto((tmp_path / "site" / "index.html").as_uri())
    page.get_by_role("link", name="Published claims").click()
    page.get_by_role("link", name="Khartoum").click()
    text = page.locator("main").inner_text()
    assert "elf mensen" in text
    assert "inwoners" in text
    page.locator(".cite a").first.click()
    assert page.locator("li:target").count() == 1
    site = "\n".join(path.read_text() for path in (tmp_path / "site").rglob("*.html"))
    with record.view() as view:
        others = [one["quote"]["exact"] for one in view.claims() if one["status"] != "accepted"]
    assert [quote for quote in others if len(quote) > 12 and quote in site] == []


def press(page: Any, key: str) -> None:
    """Press a key that leads to another page, and wait until it is there."""
    before = page.url
    page.keyboard.press(key)
    page.wait_for_url(lambda url: url != before)


def publish(record: Store, folder: Path) -> None:
    """By the command."""
    command = [sys.executable, "-m", "relaas.cli.main", "publish", str(folder), "--db", record.name]
    subprocess.run(command, check=True, capture_output=True)


def mark(page: Any, words: str) -> None:
    """Select words of the report's text with the mouse."""
    box = page.evaluate(
        """(words) => {
          const text = document.querySelector("[data-select]");
          const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + words.length);
            const box = range.getBoundingClientRect();
            return [box.left, box.right, box.top + box.height / 2];
          }
        }""",
        words,
    )
    page.mouse.move(box[0] + 0.5, box[2])
    page.mouse.down()
    page.mouse.move(box[1] - 0.5, box[2], steps=4)
    page.mouse.up()
    page.wait_for_timeout(50)


def test_a_report_is_reviewed_by_keyboard_alone(record: Store, serve: Serve, page: Any) -> None:
    """Accept, reject, grade, comment, split, pass over, undo: no mouse."""
    served = serve(record)
    with record.view() as view:
        document = view.documents()[1]["id"]
        before = view.statuses([document])[document]
    page.goto(f"{served.url}/en/review?report={document}")
    for key, kept in (("a", "accepted"), ("r", "rejected"), ("n", None), ("a", "accepted"), ("u", "undone")):
        press(page, key)
        if kept:
            assert f"kept: {kept}" in page.locator(".done").inner_text()
    page.keyboard.press("g")
    page.wait_for_url("**/grade?*")
    page.locator("[name=reliability]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.locator("[name=why]").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review?*done=*")
    assert "kept: graded" in page.locator(".done").inner_text()
    assert "B1" in page.locator(".byline").inner_text()
    page.keyboard.press("m")
    page.wait_for_url("**/comment?*")
    page.locator("[name=why]").focus()
    page.keyboard.type("ask the desk")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review?*done=*")
    assert "ask the desk" in page.locator(".history").first.inner_text()
    with record.view() as view:
        after = view.statuses([document])[document]
    assert (after["accepted"], after["rejected"], after["unreviewed"]) == (1, 1, before["unreviewed"] - 2)


def test_a_report_is_walked_through_by_keyboard(record: Store, serve: Serve, page: Any) -> None:
    """j and k go from claim to claim, Enter explains, ? shows the keys, / goes to the search."""
    served = serve(record)
    page.goto(f"{served.url}/en/reports")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/*")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent").endswith("2")
    page.keyboard.press("Enter")
    page.wait_for_url("**claim=*")
    assert page.locator(".notes .chosen dl.labels").is_visible()
    assert page.locator(".text .chosen").count() >= 1
    page.keyboard.press("?")
    assert page.locator("dialog").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("brug")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ledger?words=brug")
    assert page.locator("tbody tr").count() > 0


def test_a_citation_opens_its_sentence(record: Store, serve: Serve, page: Any) -> None:
    """From the situation report to the words in the report, and back."""
    served = serve(record)
    page.goto(f"{served.url}/nl/situation?place=Wad+Madani")
    quote = page.locator(".lines q").first.inner_text()
    page.locator(".lines .cite a").first.click()
    page.wait_for_url("**/reports/*claim=*")
    assert page.locator(".ref:target").count() == 1
    assert page.locator(".text .chosen").first.is_visible()
    page.go_back()
    assert page.locator(".lines q").first.inner_text() == quote


def test_two_reviewers_at_once(record: Store, serve: Serve, page: Any, chromium: Any) -> None:
    """The second is told who came first, and the correction that was being written is not lost."""
    served = serve(record)
    claim = claim_of(record, "teruggedreven")
    other = chromium.new_context().new_page()
    for one in (page, other):
        one.goto(f"{served.url}/en/review/{claim['id']}/correct")
    other.locator("[name=topic]").select_option("forces")
    other.get_by_role("button", name="Keep the correction").click()
    other.wait_for_url("**done=*")
    page.locator("[name=topic]").select_option("battle")
    page.locator("[name=why]").fill("it is a fight")
    page.get_by_role("button", name="Keep the correction").click()
    assert "Ann has judged this claim after you saw it" in page.get_by_role("alert").inner_text()
    assert page.locator("[name=topic]").input_value() == "battle"
    assert page.locator("[name=why]").input_value() == "it is a fight"
    page.get_by_role("button", name="Keep the correction").click()
    page.wait_for_url("**done=*")
    with record.view() as view:
        judged = view.judgements(claim["id"])
    assert [one["what"]["topic"] for one in judged] == ["forces", "battle"]
    other.context.close()


def test_the_theme_is_kept_and_the_language_is_in_the_address(record: Store, serve: Serve, page: Any) -> None:
    """A reader's choice of light or dark holds on the next page; the other language shows the same state."""
    served = serve(record)
    page.goto(f"{served.url}/en/ledger?topic=casualties")
    page.locator("#theme").click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.get_by_role("link", name="NL").click()
    page.wait_for_url("**/nl/ledger?topic=casualties")
    assert page.locator("h1").inner_text() == "Register"
