"""Reports are hostile input, and so may be other pages in the same browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from web_served import Served

from handmade import claim, document, keep
from relaas.cli.commands.serve import _loopback
from relaas.exports.publication import pages
from relaas.linkage import link
from relaas.model.claim import Claim, Cue
from relaas.model.control import Control
from relaas.model.event import Event
from relaas.model.place import Place
from relaas.model.quantity import Quantity
from relaas.model.source import Source
from relaas.model.span import Span
from relaas.model.time import Time
from relaas.queries.link_review import judged_links, link_queue
from relaas.readers.plain import PlainText
from relaas.readers.reader import Options
from relaas.reviewing import Verdict, judge, judge_link
from relaas.store.store import Store
from relaas.store.view import Filter

EVIL = '"><script>window.hacked=1</script><img src=x onerror=window.hacked=1>{{ 7*7 }}'
BIDI = "\u202egnorw si siht\u202c \u2066isolated\u2069 \u200b\u200f end"
TEXT = f"{EVIL} fell. {BIDI} held. " + "“" * 1000 + "nested" + "”" * 1000 + " <b>broken <p <!-- & &lt; ]]> \x07 end."


def hostile(report: Any) -> list[Claim]:
    """Claims whose every field is an attack."""
    whole = claim(report, f"{EVIL} fell")
    start, end = whole.quote.start, whole.quote.start + len(EVIL)
    time = Time(EVIL, start, end, EVIL, EVIL, "2024-01", "2024-01-01", "2024-01-31", EVIL, EVIL, EVIL)
    place = Place(EVIL, EVIL, None, EVIL, "location", False, None, None, None, start, end, None, None, EVIL)
    number = Quantity(EVIL, 3, 3, 3, "=", EVIL, EVIL, True, start, end)
    dead = replace(number, unit="killed")
    labels = {
        "evidence": "attributed", "source": Source(EVIL, "official", EVIL, start, end, (EVIL,)), "time": time,
        "places": (place,), "quantities": (number, dead), "event": Event("ASSAULT", EVIL, (EVIL,), (EVIL,)),
        "cues": {"evidence": Cue(EVIL, (Span(start, end),)), "source": Cue(EVIL)},
        "control": Control("gained", "physical", f"party {EVIL}", f"side {EVIL}", EVIL), "topic": "control",
    }  # fmt: skip
    passage = replace(whole.passage, kind="post", author=EVIL, published="2024-01-01", language='x"><b>')
    return [
        replace(whole, passage=passage, **labels),
        claim(report, f"{BIDI} held", evidence="unconfirmed", certainty="PS+"),
        claim(report, "“" * 1000 + "nested" + "”" * 1000),
    ]


@pytest.fixture
def poisoned(store: Store) -> Store:
    """A record of attacks, two of them accepted, graded and commented."""
    report = replace(document(TEXT, name=EVIL, publisher=EVIL), title=EVIL)
    claims = hostile(report)
    keep(store, report, *claims)
    other = document(TEXT + " Again.", name=f"other {EVIL}", publisher=EVIL)
    keep(store, other, *hostile(other))
    link(store)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE links SET proposed = 1, score = 0.4")
    with store.view() as view:
        tied = link_queue(view, Filter())[0].link
    judge_link(store, tied.one, tied.other, "accepted", EVIL, why=EVIL)
    for one in claims[:2]:
        judge(store, one.id, Verdict("commented", why=EVIL), EVIL)
        judge(store, one.id, Verdict("accepted", why=EVIL), EVIL)
    return store


def addresses(store: Store) -> Iterator[str]:
    """Every page that shows the attacks, and some whose address is one."""
    with store.view() as view:
        claims = list(view.claims())
    id, report = claims[0]["id"], claims[0]["document"]["id"]
    yield from ("/en/reports", f"/en/reports/{report}?claim={id}", f"/en/ledger?open={id}", f"/en/claims/{id}")
    with store.view() as view:
        waiting = link_queue(view, Filter())[0].id.replace("+", "%2B")
        judged = judged_links(view)[0]
    yield from (f"/en/review/links?at={waiting}", f"/en/review/links?at={judged['one']}%2B{judged['other']}")
    yield from (
        "/en/overview",
        f"/en/claims/{judged['one']}",
        f"/en/review/links?done={judged['one']}%2B{judged['other']}",
    )
    yield from (
        f"/en/review/{id}/grade",
        f"/en/review/{id}/comment",
        f"/en/review?at={id}&done=2",
        f"/en/review/{id}/correct",
        f"/en/review/{id}/split",
        "/en/situation",
    )
    attack = "%22%3E%3Cscript%3Ewindow.hacked=1%3C/script%3E"
    yield f"/en/situation?place={attack}"
    yield f"/en/ledger?place={attack}&words={attack}&since={attack}&topic={attack}&sort={attack}&after={attack}&status={attack}"
    yield f"/en/ledger?report={attack}&source={attack}&actor={attack}"
    yield f"/en/overview?place={attack}&since={attack}"
    yield f"/en/overview?source={attack}&as_known={attack}&disputed={attack}"
    yield f"/en/review/links?at={attack}&after={attack}&done={attack}"
    yield f"/en/review/links?place={attack}&topic={attack}"
    yield f"/en/review?at={attack}&after={attack}&done={attack}"
    yield f"/en/reports/{attack}"
    yield f"/{attack}/reports"


def test_attacks_in_every_field_show_as_text(poisoned: Store, serve: Callable[[Store], Served], page: Any) -> None:
    """Nothing runs, nothing is loaded, nothing of the page's own structure is touched; the words are there to read."""
    served = serve(poisoned)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail("a dialog opened"))
    for address in addresses(poisoned):
        page.goto(served.url + address)
        assert page.evaluate("window.hacked") is None, address
        assert page.locator("main img, main script, main b:has(p)").count() == 0, address
        assert page.locator("body > main").count() == 1, address
    for address, words in (("ledger", "tbody"), ("overview", "main"), ("review/links", "main")):
        page.goto(f"{served.url}/en/{address}")
        assert "<script>window.hacked=1</script>" in page.locator(words).first.inner_text(), address
    assert [url for url in asked if not url.startswith(served.url)] == []


def test_characters_that_steer_the_direction_are_shown_by_name(
    poisoned: Store, serve: Callable[[Store], Served], page: Any
) -> None:
    """In the reading room an override is named where it stands; elsewhere a quote keeps its direction to itself."""
    served = serve(poisoned)
    with poisoned.view() as view:
        report = view.documents()[0]["id"]
    page.goto(f"{served.url}/en/reports/{report}")
    named = page.locator("[data-c]").evaluate_all("all => all.map(one => one.dataset.c)")
    assert {"U+202E", "U+202C", "U+2066", "U+2069", "U+200B", "U+200F", "U+0007"} <= set(named)
    assert "\u202e" not in page.locator(".sheet .text").first.inner_text()
    page.goto(f"{served.url}/en/ledger")
    assert page.locator("tbody q").first.evaluate("one => getComputedStyle(one).unicodeBidi") == "isolate"


def test_a_published_page_is_text_too(poisoned: Store, chromium: Any, tmp_path: Path) -> None:
    """Attacks in accepted claims stay words on the static pages."""
    with poisoned.view() as view:
        for path, text in pages(view):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
    page = chromium.new_context().new_page()
    for path in sorted(tmp_path.rglob("*.html")):
        page.goto(path.as_uri())
        assert page.evaluate("window.hacked") is None
        assert page.locator("main img, script").count() == 0
    page.context.close()


def test_a_long_report_is_leafed_through(store: Store, serve: Callable[[Store], Served]) -> None:
    """A million characters come a stretch at a time; ten megabytes are set aside when read, with a sentence."""
    sentence = "The town of X fell at night. "
    report = document(sentence * (990_000 // len(sentence)))
    at = report.text.rindex("The town")
    keep(store, report, replace(claim(report, "The town of X fell at night"), quote=Span(at, at + 27), sentence=replace(
        claim(report, "The town of X fell at night").sentence, span=Span(at, at + 28))))  # fmt: skip
    served = serve(store)
    with store.view() as view:
        id = next(view.claims())["id"]
    status, _, text = served.ask(f"/en/reports/{report.id}?claim={id}")
    assert status == 200
    assert len(text) < 200_000
    assert f'id="q-{id}"' in text
    with pytest.raises(Exception, match="characters long"):
        PlainText().read(b"x" * 10_000_000, "long.txt", Options())


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "10.0.0.1", ""]
)
def test_other_names_are_not_answered(store: Store, serve: Callable[[Store], Served], host: str) -> None:
    """A page elsewhere that points its own name at this machine gets nothing."""
    status, _, text = serve(store).ask("/en/reports", headers={"host": host})
    assert status == 421
    assert "relaas" not in text


@pytest.mark.parametrize("host", ["127.0.0.1:1", "localhost", "[::1]:8765"])
def test_this_machines_names_are_answered(store: Store, serve: Callable[[Store], Served], host: str) -> None:
    """By number and by name."""
    assert serve(store).ask("/en/reports", headers={"host": host})[0] == 200


def test_every_answer_carries_the_policy(store: Store, serve: Callable[[Store], Served]) -> None:
    """Pages, faults and files alike; no page allows what is inline."""
    served = serve(store)
    for path in ("/en/reports", "/en/nothing", "/xx/reports", "/assets/0/app.js", "/en/ledger?since=x"):
        _, headers, _ = served.ask(path)
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def token(text: str) -> str:
    """The token of the forms on a page."""
    return text.partition('name="token" value="')[2].partition('"')[0]


def judgement(served: Served, id: str, **changed: str) -> dict[str, str]:
    """A form of ours as a browser sends it."""
    _, _, text = served.ask(f"/en/review?at={id}")
    version = text.partition('name="version" value="')[2].partition('"')[0]
    return {"token": token(text), "verdict": "accepted", "version": version, "seen": "0"} | changed


@pytest.mark.parametrize(
    ("changed", "headers"),
    [
        ({"token": ""}, {}),
        ({"token": "0" * 64}, {}),
        ({"token": "é"}, {}),
        ({}, {"origin": "http://evil.example"}),
        ({}, {"origin": "null"}),
        ({}, {"cookie": "relaas_session=another-session-of-somebody"}),
        ({}, {"content-type": "text/plain"}),
        ({}, {"content-type": "application/json"}),
        ({"verdict": "burned"}, {}),
        ({"seen": "x"}, {}),
    ],
)
def test_changes_come_from_our_own_forms(
    store: Store, serve: Callable[[Store], Served], changed: dict[str, str], headers: dict[str, str]
) -> None:
    """Without the token of this browser's session, or from another origin, nothing is kept."""
    report = document("The town fell.")
    one = claim(report, "The town fell")
    keep(store, report, one)
    served = serve(store)
    status, _, _ = served.ask(
        f"/en/claims/{one.id}/judgements", form=judgement(served, one.id, **changed), headers=headers
    )
    assert status == 400
    with store.view() as view:
        assert view.judgements(one.id) == []
    assert served.ask(f"/en/claims/{one.id}/judgements", form=judgement(served, one.id))[0] == 303


def test_a_name_goes_with_the_browser(store: Store, serve: Callable[[Store], Served]) -> None:
    """Whoever signs in this browser signs what it judges, in any script."""
    report = document("The town fell.")
    one = claim(report, "The town fell")
    keep(store, report, one)
    served = serve(store)
    _, _, text = served.ask("/en/review")
    assert served.ask("/en/reviewer", form={"token": token(text), "name": "  Zoë\n Ørsted  "})[0] == 303
    assert served.ask(f"/en/claims/{one.id}/judgements", form=judgement(served, one.id))[0] == 303
    with store.view() as view:
        assert [row["by"] for row in view.judgements(one.id)] == ["Zoë Ørsted"]


def test_a_form_that_is_too_large_is_refused(store: Store, serve: Callable[[Store], Served]) -> None:
    """Before it is read."""
    status, _, _ = serve(store).ask("/en/reviewer", form={"name": "x"}, headers={"content-length": "99999999"})
    assert status == 413


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("127.1.2.3", True),
        ("0.0.0.0", False),
        ("192.168.1.2", False),
        ("example.org", False),
    ],
)
def test_only_this_machines_own_addresses_are_served(host: str, ours: bool) -> None:
    """Any other is refused until there are accounts."""
    assert _loopback(host) is ours


def test_a_refusal_is_told_in_the_language_of_the_page(store: Store, serve: Callable[[Store], Served]) -> None:
    """Whatever language the server was started in."""
    served = serve(store)
    assert "geen datum" in served.ask("/nl/ledger?since=yesterday")[2]
    assert "not a date" in served.ask("/en/ledger?since=yesterday")[2]
    assert "komt niet van deze pagina" in served.ask("/nl/reviewer", form={"name": "x"})[2]
    assert "did not come from these pages" in served.ask("/en/reviewer", form={"name": "x"})[2]
