"""The pages for everybody: no fault that axe knows of, at 360 px, in both themes and languages, and small."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from web_served import Served

from relaas.exports.page import TEMPLATES
from relaas.linkage import link
from relaas.queries.link_review import link_queue
from relaas.reviewing import Verdict, judge, judge_link
from relaas.store.store import Store
from relaas.store.view import Filter
from relaas.web.page import HERE

OWN = 100_000


def addresses(record: Store) -> dict[str, str]:
    """One of every kind of page, with something judged on it."""
    with record.view() as view:
        claims = list(view.claims())
    first, second = claims[2], claims[9]
    judge(record, first["id"], Verdict("corrected", {"topic": "other"}, why="for the test"), "Ann")
    judge(record, first["id"], Verdict("graded", reliability="B", credibility="3"), "Bob")
    number = judge(record, second["id"], Verdict("rejected"), "Bob")
    link(record)
    with record.view() as view:
        tied = link_queue(view, Filter())[0].link
    judge_link(record, tied.one, tied.other, "accepted", "Ann", why="for the test")
    return {
        "reports": "/reports",
        "report": f"/reports/{first['document']['id']}?claim={first['id']}",
        "ledger": f"/ledger?open={first['id']}&topic=casualties&topic=other",
        "empty": "/ledger?place=Nowhereville",
        "fault": "/ledger?since=yesterday",
        "claim": f"/claims/{first['id']}",
        "overview": "/overview?topic=control&topic=casualties",
        "situation": "/situation?place=Wad+Madani",
        "places": "/situation",
        "review": f"/review?done={number}",
        "correct": f"/review/{first['id']}/correct",
        "split": f"/review/{second['id']}/split",
        "grade": f"/review/{first['id']}/grade",
        "comment": f"/review/{first['id']}/comment",
        "links": f"/review/links?done={tied.one}%2B{tied.other}",
        "link": f"/review/links?at={tied.one}%2B{tied.other}",
        "tied": f"/claims/{tied.one}",
        "missing": "/nothing",
    }


MAIN = frozenset({"report", "ledger", "overview", "situation", "review", "correct", "links", "tied"})


@pytest.mark.parametrize(
    ("language", "scheme", "width", "pages"),
    [("nl", "light", 1280, None), ("en", "dark", 360, MAIN), ("nl", "dark", 800, MAIN)],
)
def test_axe_finds_no_fault_and_nothing_runs_over_the_edge(
    record: Store,
    serve: Callable[[Store], Served],
    chromium: Any,
    language: str,
    scheme: str,
    width: int,
    pages: frozenset[str] | None,
) -> None:
    """WCAG 2.2 AA as far as a program can see it, and no page wider than its window."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    served, faults = serve(record), []
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    for name, path in addresses(record).items():
        if pages is not None and name not in pages:
            continue
        page.goto(f"{served.url}/{language}{path}")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        found = axe.Axe().run(page, options=options).response["violations"]
        faults += [
            (name, one["id"], one["nodes"][0]["html"][:160], one["nodes"][0]["failureSummary"][:200]) for one in found
        ]
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        faults += [(name, "wider than the window", str(over), "")] if over > 0 else []
    context.close()
    assert faults == []


def test_every_page_works_without_script(record: Store, serve: Callable[[Store], Served], chromium: Any) -> None:
    """Choosing, opening and judging need no script."""
    served = serve(record)
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.url}/en/ledger")
    page.locator(".quote").nth(1).click()
    page.wait_for_url("**open=*")
    assert page.locator("tr.opened").count() == 1
    page.goto(f"{served.url}/en/review")
    page.get_by_role("button", name="Accept").click()
    assert "kept: accepted" in page.locator(".done").inner_text()
    context.close()


def test_script_and_style_are_small() -> None:
    """Under 100 KB of our own, and no page holds any inside it."""
    files = [*(HERE / "static").iterdir(), TEMPLATES / "report.css"]
    assert sum(path.stat().st_size for path in files) < OWN
    for template in (HERE / "templates").glob("*.html"):
        text = template.read_text()
        assert "style=" not in text
        assert "<style" not in text
        assert "<script>" not in text
        assert " on" + "click" not in text


def test_a_page_prints(record: Store, serve: Callable[[Store], Served], page: Any, tmp_path: Path) -> None:
    """On paper the navigation and the forms are gone and the text is dark."""
    served = serve(record)
    page.goto(f"{served.url}/en/situation?place=Wad+Madani")
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator(".top").is_visible()
    assert not page.locator(".ask").is_visible()
    assert page.locator(".lines q").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
