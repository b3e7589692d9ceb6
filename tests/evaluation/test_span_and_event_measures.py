"""The measures of attribution spans and of single events count what they say they count."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from relaas.errors import GoldError
from relaas.evaluation.attributions import PARTS, Counts, corpus
from relaas.evaluation.factuality import Table

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
LABELS = sorted((ROOT / "gold" / "attributions").glob("*.jsonl"))


def test_f1_counts_spans_that_agree_exactly() -> None:
    """Two of three right on both sides is two thirds, and the mean is over the three parts."""
    counts = Counts(Counter(cue=3), Counter(cue=3), Counter(cue=2))
    assert counts.f1("cue") == pytest.approx(2 / 3)
    assert counts.figures["mean"] == pytest.approx(2 / 9)


def test_the_majority_gives_every_mention_the_commonest_class() -> None:
    """Always "CERTAIN" is right as often as there are such mentions, and finds no other class."""
    table = Table(Counter({("CERTAIN", "CERTAIN"): 6, ("CERTAIN", "POSSIBLE"): 2, ("POSSIBLE", "POSSIBLE"): 2}))
    assert table.majority().accuracy == pytest.approx(0.8)
    assert table.majority().f1("POSSIBLE") == 0
    assert table.classes == [("CERTAIN", 8), ("POSSIBLE", 2)]
    assert table.macro == pytest.approx((12 / 14 + 4 / 6) / 2)


def test_a_corpus_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The message says which document was looked for, and where."""
    with pytest.raises(GoldError, match=r"gum:GUM_news_x is not under"):
        corpus("gum:GUM_news_x", tmp_path)


@pytest.mark.parametrize("labels", LABELS, ids=lambda path: path.stem)
def test_labelled_spans_lie_in_their_sentences(labels: Path) -> None:
    """Every offset is inside the sentence that its label names."""
    if not (DATA / "ntrex").exists():
        pytest.skip("the shared corpora are not here")
    rows = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines()]
    texts = {name: corpus(name, DATA) for name in {row["document"] for row in rows}}
    for row in rows:
        for part in PARTS:
            if row.get(part):
                first, start, last, end = row[part]
                sentences = texts[row["document"]]
                assert 0 <= start <= len(sentences[first])
                assert 0 < end <= len(sentences[last])
