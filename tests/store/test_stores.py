"""The store's contract: what is added stays, what holds now follows from it, and order does not matter."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from handmade import BAKHMUT, FULL, LYMAN, UKRAINE, claim, document, full_claims, keep, said, time
from relaas.errors import StoreError
from relaas.model.judgement import Judgement
from relaas.model.place import Place
from relaas.model.run import Run
from relaas.store.store import Store
from relaas.store.view import Filter, PlaceFilter
from relaas.text import folded


def ids(store: Store, wanted: Filter | None = None) -> list[str]:
    """Quotes of the claims that a filter selects, in order."""
    with store.view() as view:
        return [one["quote"]["exact"] for one in view.claims(wanted)]


def test_a_claim_comes_back_as_the_contract_has_it(store: Store) -> None:
    """Nothing of a claim is lost or changed on its way through the store."""
    report = document(FULL)
    claims = full_claims(report)
    keep(store, report, *claims)
    with store.view() as view:
        found = list(view.claims())
    assert found == [json.loads(json.dumps(one.to_json(report, run=found[0]["run"]))) for one in claims]


def test_what_is_shown_resolves(store: Store) -> None:
    """The quote and the sentence are characters of the stored text."""
    keep(store, document(FULL), *full_claims(document(FULL)))
    with store.view() as view:
        for one in view.claims():
            text = view.document(one["document"]["id"])
            assert text is not None
            for part in (one["quote"] | {"text": one["quote"]["exact"]}, one["sentence"]):
                assert text.text[part["start"] : part["end"]] == part["text"]


def test_the_bytes_are_kept(store: Store) -> None:
    """A document's bytes come back as they came."""
    report = keep(store, document("Één brug.\r\nWeg."))
    with store.view() as view:
        assert view.raw(report.id) == "Één brug.\r\nWeg.".encode()


def test_a_newer_reading_replaces_what_is_shown_and_removes_nothing(store: Store, tmp_path: Path) -> None:
    """Claims are superseded, never deleted."""
    report = document("The town fell.")
    keep(store, report, claim(report, "The town fell"))
    keep(store, report, claim(report, "The town fell", certainty="PS+"), run=Run({"handmade": "2"}))
    with store.view() as view:
        assert [one["certainty"] for one in view.claims()] == ["PS+"]
    with sqlite3.connect(tmp_path / "record.db") as connection:
        assert connection.execute("SELECT count(*) FROM claims").fetchone() == (2,)


def test_the_order_of_sightings_does_not_matter(tmp_path: Path) -> None:
    """The same bytes under two names and with different metadata settle the same way whichever came first."""
    text = "The town fell."
    sightings = [
        document(text, name="b.txt", publisher=None, published="2022-11"),
        document(text, name="a.txt", publisher="Paper", published=None),
        document(text, name="c.txt", publisher="Other", published="2022-12"),
    ]
    settled = []
    for number, order in enumerate(([0, 1, 2], [2, 1, 0], [1, 2, 0])):
        with Store.open(str(tmp_path / f"{number}.db")) as store:
            for index in order:
                with store.writer() as writer:
                    last = writer.add_document(sightings[index], text.encode())
            settled.append((last.name, last.publisher, last.published))
    assert set(settled) == {("a.txt", "Other", "2022-11")}


def test_every_name_of_a_document_is_listed(store: Store) -> None:
    """A document seen under several names lists them sorted."""
    report = document("The town fell.", name="b.txt")
    keep(store, replace(report, name="a.txt"))
    settled = keep(store, report, claim(report, "The town fell"))
    assert settled.name == "a.txt"
    with store.view() as view:
        (found,) = view.claims()
        assert found["document"]["names"] == ["a.txt", "b.txt"]
        assert view.documents()[0]["names"] == ["a.txt", "b.txt"]


def test_a_judgement_holds_for_its_version_only(store: Store) -> None:
    """Other labels after a new run send the claim back to review and out of the accepted view."""
    report = document("The town fell.")
    first = claim(report, "The town fell")
    keep(store, report, first)
    with store.writer() as writer:
        writer.add_judgement(Judgement(first.id, first.version, "accepted", "Ann", "2024-01-01T10:00:00Z"))
    assert ids(store, Filter(accepted=True)) == ["The town fell"]
    keep(store, report, replace(first, certainty="PR+"), run=Run({"handmade": "2"}))
    assert ids(store, Filter(accepted=True)) == []
    with store.view() as view:
        assert [one["status"] for one in view.claims()] == ["unreviewed"]
        assert [one["by"] for one in view.judgements(first.id)] == ["Ann"]
    keep(store, report, replace(first, confidence={"evidence": 0.5}), run=Run({"handmade": "3"}))
    assert ids(store, Filter(accepted=True)) == ["The town fell"]


@pytest.fixture
def filled(store: Store) -> Store:
    """Two reports with claims that differ in every filter."""
    one = document("Lost in May. Held by the army. Fled north.", name="one.txt", published="2022-06-01")
    two = document("Quiet now. Rumours of a march.", name="two.txt", published="2022-11")
    keep(
        store,
        one,
        claim(one, "Lost in May", places=(BAKHMUT,), time=time("in May", "2022-05", "2022-05-01", "2022-05-31")),
        claim(
            one,
            "Held by the army",
            source=said("Épée brigade", "military", "Radio Één"),
            evidence="attributed",
            places=(LYMAN,),
        ),
        claim(one, "Fled north", topic="displacement", places=(UKRAINE,)),
    )
    keep(
        store,
        two,
        claim(two, "Quiet now", places=(Place("Lug", "Lug", None, None, "location", False, None, None, None, 0, 3),)),
        claim(two, "Rumours of a march", evidence="unconfirmed", certainty="PS+", topic="offensive"),
    )
    return store


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(), ["Lost in May", "Held by the army", "Fled north", "Quiet now", "Rumours of a march"]),
        (Filter(topics=("displacement",)), ["Fled north"]),
        (Filter(evidence=("unconfirmed", "attributed")), ["Held by the army", "Rumours of a march"]),
        (Filter(certainty=("PS+",)), ["Rumours of a march"]),
        (Filter(place=PlaceFilter(geonameids=frozenset({713174}))), ["Lost in May"]),
        (Filter(place=PlaceFilter(countries=frozenset({"UA"}))), ["Lost in May", "Held by the army", "Fled north"]),
        (Filter(place=PlaceFilter(names=frozenset({"lug"}))), ["Quiet now"]),
        (Filter(place=PlaceFilter(names=frozenset({"bakhmut"}))), []),
        (Filter(place=PlaceFilter()), []),
        (Filter(source="épée"), ["Held by the army"]),
        (Filter(source="EPEE BRIG"), ["Held by the army"]),
        (Filter(source="radio één"), ["Held by the army"]),
        (Filter(source="nobody"), []),
        (Filter(words="army"), ["Held by the army"]),
        (Filter(words="rum*"), ["Rumours of a march"]),
        (Filter(words='"a march"'), ["Rumours of a march"]),
        (Filter(words='"march a"'), []),
        (Filter(words='AND OR NOT " ( *'), []),
        (Filter(documents=()), []),
        (Filter(until=738_300), ["Lost in May"]),
    ],
)
def test_filters_narrow(filled: Store, wanted: Filter, expected: list[str]) -> None:
    """Each field of a filter alone."""
    assert ids(filled, wanted) == expected


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2022-05-31", "2022-05-31", ["Lost in May"]),
        ("2022-06-01", "2022-06-01", ["Held by the army", "Fled north"]),
        ("2022-11-15", "2022-11-15", ["Quiet now", "Rumours of a march"]),
        ("2022-12-01", None, []),
        (None, "2022-04-30", []),
    ],
)
def test_a_period_goes_by_valid_time_else_by_the_report(
    filled: Store, since: str | None, until: str | None, expected: list[str]
) -> None:
    """A claim without a time of its own counts on the days that its report's date allows."""
    from datetime import date

    wanted = Filter(
        since=date.fromisoformat(since).toordinal() if since else None,
        until=date.fromisoformat(until).toordinal() if until else None,
    )
    assert ids(filled, wanted) == expected


def test_as_known_leaves_out_what_was_published_or_retrieved_later(store: Store) -> None:
    """A report of a month was known when the month was over; one retrieved later, later."""
    from datetime import date

    month = document("Fell in autumn.", name="a.txt", published="2022-11")
    late = replace(document("Fell in winter.", name="b.txt", published="2022-11-01"), retrieved="2023-01-05")
    undated = document("Fell some day.", name="c.txt", published=None)
    for one in (month, late, undated):
        keep(store, one, claim(one, one.text.rstrip(".\n")))

    def known(day: str) -> list[str]:
        return ids(store, Filter(as_known=date.fromisoformat(day).toordinal()))

    assert known("2022-11-29") == []
    assert known("2022-11-30") == ["Fell in autumn"]
    assert known("2023-01-05") == ["Fell in autumn", "Fell in winter"]


def test_a_claim_is_found_by_the_beginning_of_its_id(store: Store) -> None:
    """Enough characters to tell it from the others; the characters of LIKE mean nothing."""
    report = document(FULL)
    claims = full_claims(report)
    keep(store, report, *claims)
    with store.view() as view:
        found = view.claim(claims[0].id[:10])
        assert found is not None
        assert found["id"] == claims[0].id
        assert view.claim("") is None
        assert view.claim("%") is None
        assert view.claim("nothing") is None


def test_places_are_counted(filled: Store) -> None:
    """Every place with the number of claims about it."""
    with filled.view() as view:
        assert {row["name"]: row["claims"] for row in view.places()} == {
            "Bakhmut": 1,
            "Lyman": 1,
            "Ukraine": 1,
            "Lug": 1,
        }


def test_what_was_set_aside_and_read_since_is_not_listed(store: Store) -> None:
    """The same bytes read later, or a missing file that is there now."""
    report = document("The town fell.", name="a.txt")
    with store.writer() as writer:
        writer.add_set_aside("a.txt", report.text.encode(), "could not be analysed")
        writer.add_set_aside("b.txt", b"", "does not exist")
        writer.add_set_aside("c.txt", b"\xff", "is not utf-8 text")
        writer.add_document(report, report.text.encode())
    with store.view() as view:
        assert [row["name"] for row in view.set_asides()] == ["a.txt", "b.txt", "c.txt"]
    keep(store, report)
    keep(store, document("Found.", name="b.txt"))
    with store.view() as view:
        assert [row["name"] for row in view.set_asides()] == ["c.txt"]


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    """All of what a writer adds is kept, or nothing."""
    report = document("The town fell.")

    def fail() -> None:
        with store.writer() as writer:
            writer.add_document(report, b"x")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with store.view() as view:
        assert view.raw(report.id) is None


def test_odd_characters_go_through(store: Store) -> None:
    """NUL, right-to-left text, emoji and a separator of lines are text like any other."""
    text = "Zero\0byte. \u202eمرحبا\u202c here. \U0001f600 line\u2028two."
    report = document(text)
    keep(store, report, claim(report, text.rstrip(".")))
    assert ids(store) == [text.rstrip(".")]


def test_a_missing_store_is_a_sentence(tmp_path: Path) -> None:
    """A question does not make a store."""
    with pytest.raises(StoreError, match="there is no store at"):
        Store.open(str(tmp_path / "none.db"), create=False)
    with pytest.raises(StoreError, match="folder of the store"):
        Store.open(str(tmp_path / "no" / "such.db"))


def test_a_file_that_is_no_store_is_a_sentence(tmp_path: Path) -> None:
    """A file of another kind is refused and left as it is."""
    other = tmp_path / "notes.txt"
    other.write_text("These are my notes, not a database. " * 50)
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(str(other))
    assert other.read_text().startswith("These are my notes")


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    """Tables of a later version are not guessed at."""
    path = tmp_path / "new.db"
    Store.open(str(path)).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer relaas"):
        Store.open(str(path))


def test_the_first_migration_makes_the_tables_that_the_code_knows(tmp_path: Path) -> None:
    """Migrations and tables.py agree."""
    import sqlalchemy as sa

    from relaas.store.tables import metadata

    Store.open(str(tmp_path / "a.db")).close()
    found = sa.inspect(sa.create_engine(f"sqlite:///{tmp_path / 'a.db'}"))
    for table in metadata.tables.values():
        assert {column["name"] for column in found.get_columns(table.name)} == {column.name for column in table.columns}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Wagner-groep", "wagner groep"), ("  İzmir", "izmir"), ("Straße", "strasse"), ("“Kyiv”", "kyiv"), ("", "")],
)
def test_names_are_compared_folded(name: str, expected: str) -> None:
    """Case, accents and punctuation set aside."""
    assert folded(name) == expected
