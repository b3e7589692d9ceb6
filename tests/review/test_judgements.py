"""Judgements: what they decide, what they make, what outlives a new run, and that two never overwrite each other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from handmade import BAKHMUT, FULL, LYMAN, claim, document, figure, full_claims, keep, said
from relaas.errors import ConflictError, JudgementError, QueryError
from relaas.evaluation import gold
from relaas.evaluation.reviewed import files, label_files
from relaas.exports.publication import pages
from relaas.model.claim import Claim
from relaas.model.document import Document
from relaas.model.run import Run
from relaas.queries.reviewing import dossier, queue
from relaas.reviewing import Verdict, judge
from relaas.store.store import Store
from relaas.store.view import Filter, Leaf, PlaceFilter

SECOND = Run({"handmade": "2"})
TEXT = "The mayor of Lyman said on Monday that twelve people died and the army left the town."


@pytest.fixture
def report(store: Store) -> Document:
    """One report with one claim on a whole clause."""
    found = document(TEXT)
    keep(store, found, made(found))
    return found


def made(report: Document, **labels: object) -> Claim:
    """The claim of the report: the mayor's, about Bakhmut, with a figure."""
    quote = "twelve people died and the army left the town"
    start = TEXT.index("twelve")
    number = replace(figure("twelve", 12), start=start, end=start + 6)
    there = replace(BAKHMUT, text=None, inherited=True)
    settled = {"evidence": "attributed", "source": said("mayor"), "places": (there,), "quantities": (number,)} | labels
    return claim(report, quote, **settled)


def only(store: Store, wanted: Filter | None = None) -> dict[str, object]:
    """The one claim there is."""
    with store.view() as view:
        (found,) = view.claims(wanted)
    return found


def first(store: Store) -> str:
    """The id of the first claim."""
    with store.view() as view:
        return str(next(view.claims())["id"])


@pytest.mark.parametrize(
    ("verdicts", "status"),
    [
        (["accepted"], "accepted"),
        (["rejected"], "rejected"),
        (["accepted", "rejected"], "rejected"),
        (["rejected", "accepted", "undone"], "rejected"),
        (["accepted", "undone"], "unreviewed"),
        (["accepted", "undone", "accepted"], "accepted"),
    ],
)
def test_the_last_verdict_that_was_not_undone_holds(
    store: Store, report: Document, verdicts: list[str], status: str
) -> None:
    """An undoing is a judgement of its own; what it takes back stays in the record."""
    id = first(store)
    for verdict in verdicts:
        judge(store, id, Verdict(verdict), "Ann")
    assert only(store)["status"] == status
    with store.view() as view:
        assert [one["verdict"] for one in view.judgements(id)] == verdicts


def test_an_undoing_can_be_undone(store: Store, report: Document) -> None:
    """By its number."""
    id = first(store)
    judge(store, id, Verdict("accepted"), "Ann")
    number = judge(store, id, Verdict("undone"), "Ann")
    judge(store, id, Verdict("undone", undoes=number), "Ann")
    assert only(store)["status"] == "accepted"
    with pytest.raises(JudgementError, match="no such judgement"):
        judge(store, id, Verdict("undone", undoes=number), "Ann")


def test_grades_and_comments_decide_nothing(store: Store, report: Document) -> None:
    """They stand beside the status."""
    id = first(store)
    judge(store, id, Verdict("graded", reliability="b", credibility="2"), "Ann")
    judge(store, id, Verdict("commented", why="ask the mayor"), "Ann")
    found = only(store)
    assert found["status"] == "unreviewed"
    assert found["review"]["grade"] == {"reliability": "B", "credibility": 2}  # type: ignore[index]
    with store.view() as view:
        assert view.judgements(id)[-1]["why"] == "ask the mayor"


def test_a_correction_shows_in_every_filter(store: Store, report: Document) -> None:
    """Source, place, topic, words and quote; the claim keeps its id and version, so that it can be judged on."""
    before = only(store)
    given = {
        "source.name": "governor", "source.kind": "official", "source.text": "mayor", "topic": "casualties",
        "places.0.name": "Lyman", "places.0.text": "Lyman", "quote.text": "twelve people died",
    }  # fmt: skip
    judge(store, str(before["id"]), Verdict("corrected", given), "Ann")
    after = only(store, Filter(accepted=True, source="governor", topics=("casualties",), words="governor"))
    assert (after["id"], after["version"]) == (before["id"], before["version"])
    assert after["quote"] == {"exact": "twelve people died", "start": 39, "end": 57}
    assert after["source"]["start"] == TEXT.index("mayor")  # type: ignore[index]
    place = after["places"][0]  # type: ignore[index]
    assert (place["name"], place["country"], place["inherited"], place["start"]) == ("Lyman", "UA", False, 13)
    assert after["review"]["changed"] == ["quote", "source", "topic", "places"]  # type: ignore[index]
    with store.view() as view:
        lyman = PlaceFilter(geonameids=frozenset({int(place["geonameid"])}))
        assert len(list(view.claims(Filter(place=lyman)))) == 1
        assert [one["name"] for one in view.places()] == ["Lyman"]
    judge(store, str(before["id"]), Verdict("undone"), "Ann")
    assert only(store) == before


def test_a_second_correction_builds_on_the_first(store: Store, report: Document) -> None:
    """Its judgement holds all that differs from what the pipeline read; undoing it returns to the first."""
    id = first(store)
    judge(store, id, Verdict("corrected", {"topic": "casualties"}), "Ann")
    judge(store, id, Verdict("corrected", {"certainty": "PR+"}), "Bob")
    found = only(store)
    assert (found["topic"], found["certainty"], found["review"]["changed"]) == (  # type: ignore[index]
        "casualties", "PR+", ["certainty", "topic"],
    )  # fmt: skip
    judge(store, id, Verdict("undone"), "Bob")
    assert (only(store)["topic"], only(store)["certainty"]) == ("casualties", "CT+")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Nothing differs"),
        ({"topic": "weather"}, "not a known topic"),
        ({"evidence": "rumour"}, "not a known footing"),
        ({"quote.text": "words of my own"}, "not in the report"),
        ({"quote.text": " "}, "needs words"),
        ({"time.text": "on Monday", "time.edtf": "2024-13"}, "not a time"),
        ({"time.edtf": "2024"}, "needs the report's words"),
        ({"quantities.0.value": "many"}, "not a number"),
        ({"event.type": "DANCE"}, "not allowed"),
        ({"places.0.use": "adjective"}, "not allowed"),
        ({"colour": "red"}, "no field"),
    ],
)
def test_a_correction_that_cannot_stand_is_refused_with_a_sentence(
    store: Store, report: Document, given: dict[str, str], sentence: str
) -> None:
    """And nothing is kept."""
    id = first(store)
    with pytest.raises((JudgementError, QueryError), match=sentence):
        judge(store, id, Verdict("corrected", given), "Ann")
    with store.view() as view:
        assert view.judgements(id) == []


def test_a_split_makes_claims_that_wait_for_review(store: Store, report: Document) -> None:
    """The parts take the labels whose words stand in them; undoing brings the whole back."""
    whole = only(store)
    quotes = ("twelve people died", "the army left the town")
    judge(store, str(whole["id"]), Verdict("split", quotes=quotes), "Ann")
    with store.view() as view:
        parts = list(view.claims())
    assert [part["quote"]["exact"] for part in parts] == list(quotes)
    assert [part["status"] for part in parts] == ["unreviewed", "unreviewed"]
    assert [len(part["quantities"]) for part in parts] == [1, 0]
    assert len({part["id"] for part in parts} | {whole["id"]}) == 3
    judge(store, parts[0]["id"], Verdict("corrected", {"topic": "casualties"}), "Ann")
    keep(store, report, replace(made(report), confidence={"topic": 0.4}), run=SECOND)
    with store.view() as view:
        assert [(one["status"], one["topic"]) for one in view.claims()] == [
            ("accepted", "casualties"), ("unreviewed", "control"),
        ]  # fmt: skip
    judge(store, str(whole["id"]), Verdict("undone"), "Ann")
    assert only(store)["id"] == whole["id"]


@pytest.mark.parametrize("quotes", [("twelve people died",), ("twelve people", "people died"), ("twelve", "nowhere")])
def test_a_split_needs_two_parts_of_the_text(store: Store, report: Document, quotes: tuple[str, ...]) -> None:
    """One part, parts that overlap, and words that are not there are refused."""
    with pytest.raises(JudgementError):
        judge(store, first(store), Verdict("split", quotes=quotes), "Ann")


def test_of_two_at_once_the_second_is_told(store: Store, report: Document) -> None:
    """Both saw the claim unjudged: the first is kept, the second hears by whom, and loses nothing but the try."""
    id = first(store)
    judge(store, id, Verdict("accepted"), "Ann", seen=0)
    with pytest.raises(ConflictError, match="Ann has judged"):
        judge(store, id, Verdict("rejected"), "Bob", seen=0)
    assert only(store)["status"] == "accepted"


def test_a_judgement_of_labels_that_are_gone_is_told(store: Store, report: Document) -> None:
    """A new run came between looking and judging."""
    seen = only(store)
    keep(store, report, made(report, topic="forces"), run=SECOND)
    with pytest.raises(ConflictError, match="read anew"):
        judge(store, str(seen["id"]), Verdict("accepted"), "Ann", version=str(seen["version"]))


def test_after_a_new_run_the_same_labels_stay_and_others_return(store: Store) -> None:
    """Accepted and corrected claims whose labels the run gives again stay; the others wait again and are not published."""
    report = document(FULL)
    claims = full_claims(report)
    keep(store, report, *claims)
    judge(store, claims[0].id, Verdict("corrected", {"topic": "civilians"}), "Ann")
    judge(store, claims[1].id, Verdict("accepted"), "Ann")
    judge(store, claims[2].id, Verdict("accepted"), "Ann")
    keep(store, report, claims[0], claims[1], replace(claims[2], topic="forces"), run=SECOND)
    with store.view() as view:
        found = {one["id"]: one for one in view.claims()}
        published = "\n".join(text for _, text in pages(view))
    assert [found[one.id]["status"] for one in claims] == ["accepted", "accepted", "unreviewed"]
    assert found[claims[0].id]["topic"] == "civilians"
    assert "the bridge is gone" in published
    assert "who fired is not clear" not in published


def test_the_queue_begins_with_the_likeliest_errors(store: Store) -> None:
    """A claim with many signs of trouble comes before a plain one, and a low confidence before all."""
    report = document("Quiet in Lyman. Reports say the mayor fled from there. The bridge holds.")
    plain = claim(report, "Quiet in Lyman", places=(replace(LYMAN, start=9, end=14),))
    shaky = claim(report, "the mayor fled from there", evidence="unconfirmed", certainty="PS+",
                  places=(replace(BAKHMUT, text=None, inherited=True),))  # fmt: skip
    unsure = claim(report, "The bridge holds", places=(LYMAN,), confidence={"topic": 0.1})
    keep(store, report, plain, shaky, unsure)
    with store.view() as view:
        assert [one["id"] for one in queue(view, Filter())] == [unsure.id, shaky.id, plain.id]
        known = dossier(view, shaky.id)
    assert known is not None
    assert known.doubts == ("hearsay", "unsure", "inherited_place")
    judge(store, unsure.id, Verdict("rejected"), "Ann")
    with store.view() as view:
        assert [one["id"] for one in queue(view, Filter(), after=unsure.id)] == [shaky.id, plain.id]


def test_claims_are_leafed_through_in_any_order(store: Store) -> None:
    """Forwards and backwards the leaves hold every claim once."""
    for number in range(7):
        report = document(f"Town {number} fell. It burned.", name=f"{number % 3}.txt", published=f"2022-0{number + 1}")
        keep(
            store,
            report,
            claim(report, f"Town {number} fell", source=said("abc"[number % 3])),
            claim(report, "It burned"),
        )
    with store.view() as view:
        whole = [one["id"] for one in view.claims()]
        for order in ("report", "source", "topic", "doubt"):
            for falling in (False, True):
                leaves, after = [], None
                while leaf := view.page(Filter(), Leaf(order, falling, 4, after)):
                    leaves.append([one["id"] for one in leaf])
                    after = leaf[-1]["id"]
                found = [id for leaf in leaves for id in leaf]
                assert sorted(found) == sorted(whole)
                assert order != "report" or found == (whole[::-1] if falling else whole)
                back = view.page(Filter(), Leaf(order, falling, 4, before=leaves[2][0]))
                assert [one["id"] for one in back] == leaves[1]
        assert view.count(Filter()) == 14
        assert view.count(Filter(), most=5) == 6


def test_reviewed_labels_read_as_gold(store: Store, report: Document, tmp_path: Path) -> None:
    """What is exported is read back by the gold's own reader, with the corrected labels."""
    judge(store, first(store), Verdict("corrected", {"topic": "casualties"}), "Ann")
    with store.view() as view:
        for name, text, labels in label_files(view, Filter(accepted=True)):
            (tmp_path / f"{name}.txt").write_text(text)
            (tmp_path / f"{name}.yaml").write_text(labels)
    (found,) = gold.load(tmp_path)
    (row,) = found.claims
    assert (row.labels["topic"], row.labels["source"]["name"]) == ("casualties", "mayor")
    assert row.quote.of(found.document.text) == "twelve people died and the army left the town"


HELD = {
    "control.change": "gained",
    "control.sense": "partial",
    "control.holder": "the army",
    "control.loser": "the militia",
    "control.place": "Bakhmut",
}


def test_control_is_corrected_like_any_label(store: Store, tmp_path: Path) -> None:
    """Who holds which place, set, seen, exported as gold, and taken away again; its place follows where that is renamed."""
    report = document(FULL)
    claims = full_claims(report)
    keep(store, report, *claims)
    judge(store, claims[0].id, Verdict("corrected", HELD), "Ann")
    told = {"change": "gained", "sense": "partial", "holder": "the army", "loser": "the militia", "place": "Bakhmut"}
    with store.view() as view:
        found = view.claim(claims[0].id)
        for name, text in files(view, Filter(accepted=True)):
            (tmp_path / name).write_text(text)
    assert found is not None
    assert (found["control"], found["review"]["changed"]) == (told, ["control"])
    (labelled,) = gold.load(tmp_path)
    assert labelled.claims[0].labels["control"] == told
    judge(store, claims[0].id, Verdict("corrected", {"places.0.name": "Lyman", "places.0.text": ""}), "Ann")
    assert control_of(store, claims[0].id) == told | {"place": "Lyman"}
    judge(store, claims[0].id, Verdict("corrected", {"control.change": ""}), "Ann")
    assert control_of(store, claims[0].id) is None


def control_of(store: Store, id: str) -> object:
    """What a claim says of control now."""
    with store.view() as view:
        found = view.claim(id)
    assert found is not None
    return found["control"]


@pytest.mark.parametrize(
    ("field", "given"), [("control.change", "stolen"), ("control.sense", "sort of"), ("control.place", "Nowhere")]
)
def test_control_has_its_own_words_and_places(store: Store, field: str, given: str) -> None:
    """An unknown change or sense is refused, and so is a place that the claim is not about."""
    report = document(FULL)
    claims = full_claims(report)
    keep(store, report, *claims)
    with pytest.raises(JudgementError, match="choose from"):
        judge(store, claims[0].id, Verdict("corrected", HELD | {field: given}), "Ann")


def test_derived_rows_are_the_same_made_anew(store: Store) -> None:
    """The table of what holds now follows from the record alone."""
    report = document(FULL)
    claims = full_claims(report)
    keep(store, report, *claims)
    judge(store, claims[0].id, Verdict("corrected", {"topic": "civilians"}), "Ann")
    judge(store, claims[1].id, Verdict("rejected"), "Ann")
    with store.view() as view:
        before = list(view.claims())
    with store.writer() as writer:
        writer.derive()
    with store.view() as view:
        assert list(view.claims()) == before
