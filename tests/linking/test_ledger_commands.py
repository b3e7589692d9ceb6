"""The commands of the ledgers as people and programs meet them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from linked_reports import keep_all, reports
from typer.testing import CliRunner

from relaas.cli.main import application
from relaas.store.store import Store


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports by hand in a record that nothing has linked yet."""
    path = tmp_path_factory.mktemp("ledgers") / "record.db"
    with Store.open(str(path)) as store:
        keep_all(store, reports())
    return path


def run(record: Path, *arguments: str) -> str:
    """What a command prints."""
    done = CliRunner().invoke(application(), [*arguments, "--db", str(record)], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


def test_control_is_shown_with_its_sentences(record: Path) -> None:
    """Eighty columns wide: place, who holds it, who says so, how it stands, and the quote with its report."""
    shown = run(record, "control", "--format", "table")
    assert "taken by army" in shown
    assert "according to army" in shown
    assert "“The army captured the town of Karama” — Wire" in " ".join(shown.split())
    assert "Unreviewed" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_rows_as_json_name_what_they_rest_on(record: Path) -> None:
    """Each row of JSON holds the sentences behind it."""
    rows = [json.loads(line) for line in run(record, "casualties", "--format", "jsonl").splitlines()]
    assert [(row["role"], row["best"], len(row["rests_on"])) for row in rows] == [("killed", 15, 3)]
    assert all(one["sentence"] for one in rows[0]["rests_on"])


def test_as_known_and_one_source(record: Path) -> None:
    """On the first day nobody had denied anything; one claimant may be asked for."""
    rows = [
        json.loads(line)
        for line in run(record, "control", "--as-known", "2023-05-01", "--format", "jsonl").splitlines()
    ]
    assert [row["state"] for row in rows] == ["reported"]
    assert "militia" in run(record, "control", "--source", "militia", "--format", "csv")


def test_what_changed_between_two_days(record: Path) -> None:
    """The difference names the row that is new, the standing that changed, and the report that changed it."""
    shown = run(record, "diff", "2023-05-01", "2023-05-04", "--format", "table")
    assert "was reported, is retracted" in shown
    assert "electricity back" in shown
    assert "back.txt" in shown
