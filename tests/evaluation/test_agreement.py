"""Agreement of two labellings, and settling where they differ."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from tiny_gold import LABELS, write

from relaas.errors import GoldError
from relaas.evaluation.adjudication import main, merge, side_by_side
from relaas.evaluation.agreement import agreement, both, by_field, splitting
from relaas.evaluation.gold import load

OTHER = LABELS.replace("topic: casualties", "topic: battle").replace(
    '"Zeker vier mensen kwamen om"', '"vier mensen kwamen om"'
)


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Two labellings that differ in one topic and one quote."""
    write(tmp_path / "a")
    write(tmp_path / "b", labels=OTHER.replace("text: Zeker vier", "text: vier"))
    return tmp_path / "a", tmp_path / "b"


@pytest.mark.parametrize(
    "units, kappa, alpha",
    [
        ([("x", "x"), ("y", "y")], 1.0, 1.0),
        ([("x", "x"), ("x", "x")], 1.0, 1.0),
        ([("x", "y"), ("y", "x")], -1.0, -0.5),
        ([("x", "x"), ("x", "x"), ("y", "y"), ("x", "y")], 0.5, 1 - 0.25 / (30 / 56)),
        ([], 1.0, 1.0),
    ],
)
def test_kappa_and_alpha(units: list[tuple[str, str]], kappa: float, alpha: float) -> None:
    """Worked by hand: 1 for equal labellings, 0 at chance, below it when they contradict."""
    found = agreement(units)
    assert found.kappa == pytest.approx(kappa)
    assert found.alpha == pytest.approx(alpha)


def test_only_the_field_that_differs_loses(two: tuple[Path, Path]) -> None:
    """Claims are paired although a quote differs; one topic of three is not the same."""
    pairs = both(*two)
    found = by_field(pairs)
    assert splitting(pairs) == (1.0, pytest.approx(2 / 3))
    assert found["topic"].observed == pytest.approx(2 / 3)
    assert found["evidence"].kappa == 1


def test_open_decisions_stop_the_merge_and_decided_ones_pass(two: tuple[Path, Path], tmp_path: Path) -> None:
    """Each disagreement is listed once; the final labels are those decided."""
    (one, other), *_ = both(*two)
    listed = side_by_side(one, other)
    decisions = yaml.safe_load(listed)
    assert [each["field"] for row in decisions["pairs"] for each in row["fields"]] == ["quote", "topic"]
    with pytest.raises(GoldError, match="still to be decided"):
        merge(one, other, decisions)
    for row in decisions["pairs"]:
        for each in row["fields"]:
            each["decide"] = "b" if each["field"] == "quote" else "damage"
    path = write(tmp_path / "final", labels=merge(one, other, decisions))
    (final,) = load(path.parent)
    assert final.claims[2].labels["topic"] == "damage"
    assert final.claims[2].quote.of(final.document.text) == "vier mensen kwamen om"
    assert [claim.quote for claim in final.claims[:2]] == [claim.quote for claim in one.claims[:2]]


def test_a_claim_that_one_has_is_kept_or_dropped(two: tuple[Path, Path], tmp_path: Path) -> None:
    """The third reader decides on claims that only one labeller found."""
    start = LABELS.index('  - quote: "ontkent dat"')
    write(tmp_path / "b", labels=LABELS[:start] + LABELS[LABELS.index('  - quote: "Zeker') :])
    (one, other), *_ = both(*two)
    decisions = yaml.safe_load(side_by_side(one, other))
    assert [row["in"] for row in decisions["only"]] == ["a"]
    for verdict, count in (("keep", 3), ("drop", 2)):
        decisions["only"][0]["decide"] = verdict
        assert len(yaml.safe_load(merge(one, other, decisions))["claims"]) == count


def test_listing_never_overwrites_decisions(two: tuple[Path, Path], tmp_path: Path) -> None:
    """Work that was done stays."""
    folder = tmp_path / "decisions"
    assert main(["list", str(two[0]), str(two[1]), str(folder)]) == 0
    file = folder / "nl_brug.decide.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "# seen\n", encoding="utf-8")
    assert main(["list", str(two[0]), str(two[1]), str(folder)]) == 0
    assert file.read_text(encoding="utf-8").endswith("# seen\n")
    assert main(["merge", str(two[0]), str(two[1]), str(folder), str(tmp_path / "final")]) == 1
