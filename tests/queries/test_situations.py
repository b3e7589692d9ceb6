"""The situation report in its three formats, and the questions behind it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from handmade import BAKHMUT, FULL, LYMAN, UKRAINE, claim, document, figure, full_claims, keep, said, time
from relaas import recipes
from relaas.errors import QueryError
from relaas.ontology import display
from relaas.queries.explanation import explanation
from relaas.queries.place import find_place
from relaas.queries.report import Report, situation
from relaas.queries.selection import Question, checked, select
from relaas.queries.timeline import timeline
from relaas.store.store import Store
from relaas.store.view import Filter

TEXT = (
    "The town is held by the army. Rebels took the station, the mayor said. "
    "The army denies that they took the station. "
    "They reportedly crossed the river. They plan to attack. Twelve people died. It is not clear who fired."
)


@pytest.fixture
def filled(store: Store) -> Store:
    """A report with every standing, and one on another place."""
    one = document(TEXT, name="one.txt", published="2022-11-06")
    at = {"places": (BAKHMUT, UKRAINE)}
    keep(
        store,
        one,
        claim(one, "The town is held by the army", **at),
        claim(
            one, "Rebels took the station", evidence="attributed", source=said("the mayor", "official", "a clerk"), **at
        ),
        claim(
            one,
            "they took the station",
            evidence="attributed",
            certainty="CT-",
            source=said("the army", "military"),
            **at,
        ),
        claim(one, "crossed the river", evidence="unconfirmed", certainty="PS+", **at),
        claim(one, "They plan to attack", topic="offensive", certainty="FUT", **at),
        claim(
            one,
            "Twelve people died",
            topic="casualties",
            quantities=(figure("Twelve", 12),),
            time=time("on Friday", "2022-11-04", "2022-11-04", "2022-11-04"),
            **at,
        ),
        claim(one, "It is not clear who fired", topic="battle", certainty="Uu", **at),
    )
    other = document("Lyman is quiet.", name="other.txt", published="2022-12")
    keep(store, other, claim(other, "Lyman is quiet", places=(LYMAN,)))
    return store


def report(store: Store, **question: str) -> Report:
    """The situation report on Bakhmut."""
    with store.view() as view:
        selection = select(view, Question(place="Bachmoet", **question))
        assert selection.wanted is not None
        assert selection.place is not None
        return situation(view, selection.place, selection.wanted, question)


def test_every_standing_has_its_line_under_its_topic(filled: Store) -> None:
    """Firmest first; what is unknown has a part of its own."""
    found = report(filled)
    lines = {section.topic: [line.standing for line in section.lines] for section in found.sections}
    assert lines == {
        "control": ["stated", "attributed", "unconfirmed", "denied"],
        "offensive": ["expected"],
        "casualties": ["stated"],
    }
    assert [line.claim["quote"]["exact"] for line in found.unknown] == ["It is not clear who fired"]
    assert [cited.number for cited in found.reports] == [1]
    assert (found.claims, found.unreviewed) == (7, 7)
    assert [figure.quantity["value"] for figure in found.figures] == [12]
    assert [[line.standing for line in one.lines] for one in found.disputed] == [["attributed", "denied"]]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", ["text", "md", "html"])
def test_readable_formats_name_source_report_and_sentence(filled: Store, name: str, language: str) -> None:
    """Every quote is there with who says it and where it stands, and the page says that nobody reviewed it."""
    text = recipes.situation_exporters()[name].render(report(filled), language=language)
    plain = " ".join(re.sub(r"<[^>]+>|\\", "", text).split())
    for line in ("Rebels took the station", "crossed the river", "It is not clear who fired"):
        assert line in plain
    assert "via a clerk" in plain
    assert "the mayor" in plain
    assert plain.count("[1]") >= 9
    assert ("Unreviewed" if language == "en" else "Ongecontroleerd") in plain
    for standing in ("stated", "attributed", "unconfirmed", "denied", "expected", "unknown"):
        assert display.name("standings", standing, language=language) in plain
        assert display.sign(standing) in plain


@pytest.mark.parametrize("name", recipes.REPORT_FORMATS)
def test_the_same_record_gives_the_same_report(filled: Store, name: str) -> None:
    """No clock, no chance."""
    exporter = recipes.situation_exporters()[name]
    assert exporter.render(report(filled), language="nl") == exporter.render(report(filled), language="nl")


def test_json_cites_claims_by_id(filled: Store) -> None:
    """What a program needs: standing, report and sentence of each line."""
    found = json.loads(recipes.situation_exporters()["json"].render(report(filled), language="en"))
    assert list(found) == [
        "place",
        "asked",
        "accepted",
        "claims",
        "unreviewed",
        "note",
        "key",
        "topics",
        "figures",
        "disputed",
        "unknown",
        "reports",
    ]
    line = found["topics"][0]["lines"][1]
    assert (line["standing"], line["report"], line["sentence"], line["quote"]) == (
        "attributed",
        1,
        2,
        "Rebels took the station",
    )
    assert len(found["reports"][0]["sha256"]) == 64


def test_text_fits_eighty_columns(filled: Store) -> None:
    """On any terminal and in any mail."""
    text = recipes.situation_exporters()["text"].render(report(filled), language="nl")
    assert max(map(len, text.splitlines())) <= 80


class Page(HTMLParser):
    """Checks that every element is closed and notes what is linked and loaded."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.links: set[str] = set()
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element."""
        self.tags.add(tag)
        values = dict(attrs)
        self.links |= {str(values[key]) for key in ("href", "src") if key in values}
        if "id" in values:
            self.ids.add(str(values["id"]))
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """The element that closes is the last that opened."""
        assert self.open.pop() == tag


def test_the_page_is_one_file_without_script(filled: Store) -> None:
    """Nothing is fetched, every link lands in the page, every element is closed."""
    page = Page()
    text = recipes.situation_exporters()["html"].render(report(filled), language="nl")
    page.feed(text)
    assert page.open == []
    assert not page.tags & {"script", "img", "link", "iframe"}
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    assert "url(" not in text
    assert "@media print" in text
    assert "prefers-color-scheme: dark" in text


def test_words_of_a_report_cannot_change_the_page(store: Store) -> None:
    """A report is text, whatever it holds."""
    bad = document('<script>alert("x")</script> & <b>bold</b> held.', publisher="<i>Paper</i>")
    keep(
        store,
        bad,
        claim(
            bad,
            '<script>alert("x")</script> & <b>bold</b> held',
            places=(BAKHMUT,),
            source=said("<u>him</u>"),
            evidence="attributed",
        ),
    )
    text = recipes.situation_exporters()["html"].render(report(store), language="en")
    assert "<script" not in text
    assert "<b>bold" not in text
    assert "<u>him" not in text
    assert "<i>Paper" not in text


def test_a_period_is_said_and_kept(filled: Store) -> None:
    """Only what falls in it counts, and the head says so."""
    found = report(filled, since="2022-11-01", until="2022-11-04")
    assert [line.claim["quote"]["exact"] for section in found.sections for line in section.lines] == [
        "Twelve people died"
    ]
    assert "1 Nov – 4 Nov 2022" in recipes.situation_exporters()["md"].render(found, language="en")


@pytest.mark.parametrize("given", ["Bachmoet", "Bakhmut", "bachmut", "Бахмут", "Artemivsk"])
def test_a_place_is_found_in_any_spelling(filled: Store, given: str) -> None:
    """Dutch, English, Ukrainian, sloppy and old names."""
    with filled.view() as view:
        assert find_place(view, given, language="nl").name == "Bakhmut"


def test_a_country_covers_its_places(filled: Store) -> None:
    """Its towns count as it."""
    with filled.view() as view:
        found = select(view, Question(place="Oekraïne"))
        assert found.wanted is not None
        assert len(list(view.claims(found.wanted))) == 8


def test_a_place_that_no_claim_is_about_gets_suggestions(filled: Store) -> None:
    """Names that are alike first."""
    with filled.view() as view:
        found = find_place(view, "Lymann-Zzz", language="en")
    assert found.filter is None
    assert found.suggestions[0] == "Lyman"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (Question(topic=["nonsense"]), "nonsense is not a known topic; choose from: control"),
        (Question(evidence=["stated,foo"]), "foo is not a known footing"),
        (Question(since="yesterday"), "--since: yesterday is not a date"),
        (Question(as_known="2022-02-30"), "--as-known: 2022-02-30"),
        (Question(since="2023", until="2022"), "lies after"),
    ],
)
def test_an_option_without_meaning_is_a_sentence(question: Question, words: str) -> None:
    """What is allowed is listed."""
    with pytest.raises(QueryError, match=re.escape(words)):
        checked(question)


@pytest.mark.parametrize("given", ["casualties", "Casualties", "Slachtoffers", "slachtoffers"])
def test_labels_go_by_every_name(given: str) -> None:
    """The label and its display names in either language."""
    assert checked(Question(topic=[given])).topics == ("casualties",)


def test_several_labels_in_one_option() -> None:
    """Repeated or parted by commas, each once."""
    assert checked(Question(evidence=["verified, observed", "waargenomen"])).evidence == ("verified", "observed")


def test_a_timeline_goes_by_valid_time(filled: Store) -> None:
    """Claims without a time are not on it."""
    with filled.view() as view:
        assert [one["quote"]["exact"] for one in timeline(view, Filter())] == ["Twelve people died"]


def test_an_explanation_quotes_the_words(store: Store) -> None:
    """Every label with its rule and the words it stood on."""
    one = document(FULL)
    claims = full_claims(one)
    keep(store, one, *claims)
    with store.view() as view:
        found = explanation(view, claims[0].id[:8])
        assert explanation(view, "zzz") is None
    assert found is not None
    reasons = {reason.part: reason for reason in found.reasons}
    assert (reasons["evidence"].rule, reasons["evidence"].words, reasons["evidence"].confidence) == (
        "en.report.say",
        ("Vas",),
        0.97,
    )
    assert (reasons["topic"].rule, reasons["topic"].words) == (None, ())


@pytest.mark.parametrize("evidence", display.labels("evidence"))
@pytest.mark.parametrize("certainty", display.labels("certainty"))
def test_every_pair_of_labels_has_a_standing(evidence: str, certainty: str) -> None:
    """With a sign and a name in both languages."""
    shown = display.standing(evidence, certainty)
    assert shown in display.labels("standings")
    assert all(
        display.name("standings", shown, language=language) != shown or language == "en" for language in ("nl", "en")
    )
