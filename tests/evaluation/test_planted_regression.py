"""The gate on the real pipeline: with its evidence step replaced by a careless one, the floors do not hold."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from relaas.errors import ModelError
from relaas.evaluation.command import Options, evaluate
from relaas.pipeline import Pipeline
from relaas.steps.evidence import Evidence
from relaas.steps.step import Analysis

GOLD = Path(__file__).parents[2] / "gold" / "dev"
REPORTS = 3


class Careless(Evidence):
    """An evidence step that loses what it found: whatever anybody says is told as fact."""

    def run(self, analysis: Analysis) -> None:
        """Set every clause back."""
        super().run(analysis)
        for clauses in analysis.clauses.values():
            for clause in clauses:
                clause.evidence = "stated"


def pipeline(*, careless: bool) -> Pipeline:
    """The pipeline as it is, or with the step replaced."""
    from relaas.recipes import steps

    try:
        whole = steps()
    except ModelError as error:
        pytest.skip(f"the reading model is not here: {error}")
    return Pipeline([Careless() if careless and isinstance(step, Evidence) else step for step in whole])


def test_the_gate_fails_when_the_evidence_step_is_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It holds for the pipeline that set the floors and fails for the careless one, naming evidence."""
    folder, floors = tmp_path / "dev", tmp_path / "floors.json"
    folder.mkdir()
    for path in sorted(GOLD.glob("*.yaml"))[:REPORTS]:
        shutil.copy(path, folder)
        shutil.copy(path.with_suffix(".txt"), folder)
    good = {"gold": (folder,), "floors": floors, "pipeline": lambda: pipeline(careless=False)}
    assert evaluate(Options(**good, lift=True)) == 0
    assert evaluate(Options(**good)) == 0
    capsys.readouterr()
    assert evaluate(Options(gold=(folder,), floors=floors, pipeline=lambda: pipeline(careless=True))) == 1
    assert "dev: all/evidence fell to" in capsys.readouterr().err
