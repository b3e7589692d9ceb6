"""Scoring, floors and gates: a perfect score, a planted regression, and what it takes to lower a floor."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from relaas.evaluation.command import run
from relaas.evaluation.gold import Gold, load
from relaas.evaluation.metrics import compare, figures
from relaas.evaluation.predictions import narration

Change = Callable[[dict[str, Any]], None]


def claims_file(folder: Path, path: Path, *, change: Change = lambda row: None) -> Path:
    """The gold's own claims as a pipeline would print them, each changed."""
    rows = []
    for gold in load(folder):
        for claim in gold.claims:
            row = {key: value for key, value in claim.labels.items() if key not in ("quote", "nth")}
            row["document"] = {"name": f"{gold.name}.txt"}
            row["quote"] = {"start": claim.quote.start, "end": claim.quote.end}
            row["sentence"] = {"start": claim.sentence.start, "end": claim.sentence.end}
            row["cues"] = {
                "evidence": {"rule": "nl.report.zeggen", "spans": [[claim.quote.start, claim.quote.start + 5]]}
            }
            change(row)
            rows.append(json.dumps(row))
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def no_evidence(row: dict[str, Any]) -> None:
    """A pipeline whose evidence step was lost: everything is the outlet's own."""
    row["evidence"] = "stated"


def test_the_gold_itself_scores_one(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Scored against itself every figure is 1."""
    path = claims_file(folder, tmp_path / "claims.jsonl")
    assert run(["--gold", str(folder), "--claims", str(path), "--json"]) == 0
    ours = json.loads(capsys.readouterr().out)["dev"]["ours"]
    assert {name: value for name, value in ours.items() if value < 1} == {}


def test_a_claim_that_is_missed_has_every_field_wrong(folder: Path) -> None:
    """Without predictions nothing is right, and nothing is precise by being absent."""
    golds = load(folder)
    found = figures(compare(golds, {}))
    assert found["all/fields"] == found["all/strict"] == found["all/evidence/macro-F1"] == 0


def test_the_baseline_tells_everything_as_fact(folder: Path) -> None:
    """Its evidence is right for the one claim that the outlet makes itself, and its places nowhere."""
    golds: list[Gold] = load(folder)
    found = figures(compare(golds, narration(golds)))
    assert found["all/evidence"] == pytest.approx(1 / 3)
    assert found["all/places/F1"] == 0


def test_a_planted_regression_falls_through_its_floor(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pipeline whose evidence step is replaced makes the gate fail and name the figures."""
    floors, at = tmp_path / "floors.json", ["--gold", str(folder), "--floors", str(tmp_path / "floors.json")]
    _use(monkeypatch, claims_file(folder, tmp_path / "good.jsonl"))
    assert run([*at, "--raise"]) == 0
    assert run(at) == 0
    _use(monkeypatch, claims_file(folder, tmp_path / "bad.jsonl", change=no_evidence))
    capsys.readouterr()
    assert run(at) == 1
    complaint = capsys.readouterr().err
    assert "dev: all/evidence fell to 0.333, its floor is 1.000" in complaint
    assert "certainty" not in complaint
    before = floors.read_bytes()
    assert run([*at, "--raise"]) == 1, "raising never lowers"
    assert json.loads(floors.read_text())["sets"]["dev"]["ours"] == json.loads(before)["sets"]["dev"]["ours"]


def test_lowering_a_floor_takes_a_reason_and_leaves_a_trace(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a reason it is refused; with one, it stands in the file."""
    floors, at = tmp_path / "floors.json", ["--gold", str(folder), "--floors", str(tmp_path / "floors.json")]
    _use(monkeypatch, claims_file(folder, tmp_path / "good.jsonl"))
    run([*at, "--raise"])
    _use(monkeypatch, claims_file(folder, tmp_path / "bad.jsonl", change=no_evidence))
    assert run([*at, "--lower", "all/evidence"]) == 2
    assert "takes a reason" in capsys.readouterr().err
    assert run([*at, "--lower", "all/evidence", "--reason", "the guide now says so"]) == 1, "others fell with it"
    book = json.loads(floors.read_text())
    assert book["sets"]["dev"]["ours"]["all/evidence"] == 0.333
    assert book["lowered"] == [
        {"set": "dev", "figure": "all/evidence", "from": 1.0, "to": 0.333, "reason": "the guide now says so"}
    ]
    assert run([*at, "--lower", "all/nonsense", "--reason", "x"]) == 2


def test_floors_of_another_gold_do_not_hold(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a label changes, the gate fails until the floors are set anew with a reason."""
    at = ["--gold", str(folder), "--floors", str(tmp_path / "floors.json")]
    _use(monkeypatch, claims_file(folder, tmp_path / "good.jsonl"))
    run([*at, "--raise"])
    labels = folder / "nl_brug.yaml"
    labels.write_text(
        labels.read_text(encoding="utf-8").replace("topic: casualties", "topic: battle"), encoding="utf-8"
    )
    capsys.readouterr()
    assert run(at) == 1
    assert "measured on another gold" in capsys.readouterr().err
    assert run([*at, "--raise"]) == 2
    assert run([*at, "--raise", "--reason", "a label was wrong"]) == 0
    assert json.loads((tmp_path / "floors.json").read_text())["lowered"][0]["reason"] == "a label was wrong"


def test_errors_show_the_cue_that_misled(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each error has its sentence, what was expected and found, and the rule with its words."""
    path = claims_file(folder, tmp_path / "bad.jsonl", change=no_evidence)
    assert run(["--gold", str(folder), "--claims", str(path), "--errors", "--field", "evidence"]) == 0
    shown = capsys.readouterr().out
    assert "attributed → stated    [nl.report.zeggen: “De br”]" in shown
    assert "sentence  De brug bij Lomé is weg, zegt de burgemeester." in shown
    assert "2 claims with an error in evidence." in shown


@pytest.mark.parametrize(
    "arguments, complaint",
    [(["--errors", "--field", "mood"], "there is no field mood"), (["--gold", "nowhere"], "there is no gold at")],
)
def test_what_has_no_meaning_is_refused(
    folder: Path, arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong question gives 2 and a sentence."""
    assert run(["--gold", str(folder), *arguments]) == 2
    assert complaint in capsys.readouterr().err


def _use(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Let these claims stand for what the pipeline finds: the gate works on whole runs of it only."""
    from relaas.evaluation import command
    from relaas.evaluation.predictions import from_file

    monkeypatch.setattr(command, "_predictions", lambda golds, options: (from_file(path, golds), []))
