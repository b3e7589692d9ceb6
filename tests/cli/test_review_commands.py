"""`relaas review`, `publish` and `serve` as people and programs type them."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from handmade import BAKHMUT, FULL, claim, document, full_claims, keep
from relaas.cli.main import application
from relaas.errors import RelaasError
from relaas.evaluation import stories
from relaas.linkage import link
from relaas.store.store import Store


@pytest.fixture
def base(tmp_path: Path) -> str:
    """A record with three claims of one report."""
    path = str(tmp_path / "record.db")
    with Store.open(path) as store:
        report = document(FULL)
        keep(store, report, *full_claims(report))
    return path


def relaas(*arguments: str, stdin: str = "") -> str:
    """What a command prints; its refusals as they are raised."""
    done = CliRunner().invoke(application(), list(arguments), input=stdin)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return str(done.stdout)


def lines(text: str) -> list[dict[str, Any]]:
    """JSON lines."""
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def test_a_queue_is_judged_in_a_pipe(base: str) -> None:
    """What the queue prints can be given back; what was accepted is what --accepted shows."""
    queue = relaas("review", "queue", "--format", "jsonl", "--db", base)
    assert len(lines(queue)) == 3
    relaas("review", "accept", "-", "--by", "Ann", "--db", base, stdin=queue.splitlines()[0])
    accepted = lines(relaas("claims", "--accepted", "--format", "jsonl", "--db", base))
    assert [one["id"] for one in accepted] == [lines(queue)[0]["id"]]
    assert len(lines(relaas("review", "queue", "--format", "jsonl", "--db", base))) == 2


def test_every_verdict_has_a_command(base: str) -> None:
    """Correct, grade, comment, reject, undo; the history tells them all, in order."""
    id = lines(relaas("review", "queue", "--format", "jsonl", "--db", base, "--topic", "casualties"))[0]["id"]
    sign = ("--by", "Ann", "--db", base)
    relaas(
        "review",
        "correct",
        id[:8],
        "--set",
        "topic=civilians",
        "--set",
        "source.name=the mayor",
        "--why",
        "read it",
        *sign,
    )
    relaas("review", "grade", id, "--grade", "c3", *sign)
    relaas("review", "comment", id, "--why", "call the mayor", *sign)
    relaas("review", "reject", id, *sign)
    relaas("review", "undo", id, *sign)
    history = lines(relaas("review", "history", id, "--db", base))
    assert [one["verdict"] for one in history] == ["corrected", "graded", "commented", "rejected", "undone"]
    (claim,) = lines(relaas("claims", "--source", "mayor", "--format", "jsonl", "--db", base))
    assert (claim["topic"], claim["status"]) == ("civilians", "accepted")
    assert "Set in review by Ann" in relaas("explain", id, "--format", "table", "--db", base)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("burn", "x"), "not something that review does"),
        (("accept",), "at least one claim"),
        (("accept", "zzz"), "No claim in this record"),
        (("correct", "ID", "--set", "topic"), "field=value"),
        (("correct", "ID", "--set", "mood=grim"), "no field"),
        (("grade", "ID", "--grade", "Z9"), "no Admiralty grade"),
        (("comment", "ID"), "needs words"),
        (("undo", "ID"), "no such judgement"),
        (("accept", "ID", "--seen", "7"), "Nothing was lost"),
        (("export",), "Name a folder"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(base: str, arguments: tuple[str, ...], sentence: str) -> None:
    """And leaves the record as it was."""
    id = lines(relaas("claims", "--format", "jsonl", "--db", base))[0]["id"]
    if "--seen" in arguments:
        relaas("review", "comment", id, "--why", "first", "--by", "Bob", "--db", base)
    with pytest.raises(RelaasError, match=sentence):
        relaas("review", *(id if one == "ID" else one for one in arguments), "--by", "Ann", "--db", base)


def test_publishing_again_takes_away_what_is_no_longer_accepted(base: str, tmp_path: Path) -> None:
    """The pages of a claim that was undone are gone, and a folder with other things in it is refused."""
    id = lines(relaas("claims", "--topic", "casualties", "--format", "jsonl", "--db", base))[0]["id"]
    relaas("review", "accept", id, "--by", "Ann", "--db", base)
    site = tmp_path / "site"
    relaas("publish", str(site), "--db", base)
    assert len(list((site / "en" / "places").iterdir())) == 2
    first = {path: path.read_bytes() for path in site.rglob("*.html")}
    relaas("publish", str(site), "--db", base)
    assert {path: path.read_bytes() for path in site.rglob("*.html")} == first
    relaas("review", "undo", id, "--by", "Ann", "--db", base)
    relaas("publish", str(site), "--db", base)
    assert not any((site / "en" / "places").iterdir())
    assert "civilians were killed" not in "".join(path.read_text() for path in site.rglob("*.html"))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    with pytest.raises(RelaasError, match="holds other things"):
        relaas("publish", str(tmp_path / "mine"), "--db", base)


def test_other_addresses_are_refused_with_a_sentence(base: str) -> None:
    """Until there are accounts."""
    with pytest.raises(RelaasError, match="serves this machine alone"):
        relaas("serve", "--host", "0.0.0.0", "--db", base)


@pytest.mark.parametrize("version", ["0001", "0002", "0003"])
def test_a_record_of_before_review_is_brought_up_to_date(tmp_path: Path, version: str) -> None:
    """A judgement that was kept by an earlier version, before links or after, still holds, and the ledgers can be read."""
    path = tmp_path / "record.db"
    report = document(FULL)
    claims = full_claims(report)
    with Store.open(str(path)) as store:
        keep(store, report, *claims)
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO judgements (claim_id, version, verdict, by, at) VALUES (?, ?, 'accepted', 'Ann', '2024')",
                           (claims[1].id, claims[1].version))  # fmt: skip
        for table in ("judged_links", "link_judgements"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("DROP INDEX links_by_score")
        if version == "0003":
            connection.execute("ALTER TABLE shown DROP COLUMN labels")
        else:
            connection.execute("DROP TABLE shown")
            connection.execute("DROP INDEX readings_newest")
            connection.execute("DROP INDEX link_keys_by_reading")
            for table, column in (
                ("claims", "judgement"),
                ("claims", "root"),
                ("judgements", "what"),
                ("judgements", "undoes"),
            ):
                connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        if version == "0001":
            for table in ("sentence_vectors", "claim_words", "link_facts", "link_keys", "links"):
                connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
    assert [one["id"] for one in lines(relaas("claims", "--accepted", "--format", "jsonl", "--db", str(path)))] == [
        claims[1].id
    ]
    assert "claims" in relaas("casualties", "--format", "csv", "--db", str(path))


def test_links_are_judged_in_a_pipe(base: str, tmp_path: Path) -> None:
    """The queue of links is read back by accept; either order of the two names a link; the export tells what holds and every judgement."""
    with Store.open(base) as store:
        for name, words in (("b.txt", "The army captured Bakhmut"), ("c.txt", "The army did not capture Bakhmut")):
            report = document(f"{words}.\n", name=name, publisher=name)
            keep(store, report, claim(report, words, places=(BAKHMUT,), certainty="CT-" if "not" in words else "CT+"))
        link(store)
        with store.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE links SET proposed = 1, score = 0.4 WHERE one_reading <> other_reading")
    queue = relaas("review", "links", "--format", "jsonl", "--db", base)
    first = lines(queue)[0]
    assert "because of" in relaas("review", "links", "--format", "table", "--db", base)
    relaas("review", "accept", "-", "--by", "Ann", "--db", base, stdin=queue.splitlines()[0])
    later, _, earlier = first["id"].partition("+")
    relaas("review", "reject", f"{earlier[:9]}+{later[:9]}", "--by", "Bob", "--why", "two towns", "--db", base)
    relaas("review", "undo", first["id"], "--by", "Bob", "--db", base)
    history = lines(relaas("review", "history", first["id"], "--db", base))
    assert [(one["verdict"], one["by"]) for one in history] == [
        ("accepted", "Ann"),
        ("rejected", "Bob"),
        ("undone", "Bob"),
    ]
    assert first["id"] not in {one["id"] for one in lines(relaas("review", "links", "--format", "jsonl", "--db", base))}
    with pytest.raises(RelaasError, match="names no two claims"):
        relaas("review", "accept", "zzz+yyy", "--by", "Ann", "--db", base)
    relaas("review", "export", "--out", str(tmp_path / "out"), "--db", base)
    story = yaml.safe_load((tmp_path / "out" / "story.yaml").read_text())
    assert [(row["type"], row["claims"]) for row in story["links"]] == [(first["type"], [later, earlier])]
    assert {row["report"] for row in story["claims"].values()} == {"b", "c"}
    assert stories.read(tmp_path / "out" / "story.yaml").claims.keys() == {later, earlier}
    assert len(lines((tmp_path / "out" / "link_judgements.jsonl").read_text())) == 3
