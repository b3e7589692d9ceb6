"""Where the claims to be scored come from: the pipeline, a file of claims, or the plain-narration baseline."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from relaas.errors import GoldError, ReadError
from relaas.evaluation.gold import QUIET, Gold
from relaas.evaluation.labelled import Labelled, from_claim, from_json
from relaas.pipeline import Pipeline
from relaas.workflow import analyse

Predictions = dict[str, list[Labelled]]


def from_pipeline(pipeline: Pipeline, golds: Sequence[Gold]) -> tuple[Predictions, list[str]]:
    """The pipeline's claims for each report, and a sentence for each report that it could not read (which then has
    none).
    """
    found: Predictions = {}
    faults = []
    for gold in golds:
        try:
            found[gold.name] = [from_claim(claim) for claim in analyse(pipeline, gold.document).claims]
        except ReadError as error:
            found[gold.name] = []
            faults.append(f"{gold.name} {error}")
    return found, faults


def from_file(path: Path, golds: Sequence[Gold]) -> Predictions:
    """Claims as ``relaas read --format jsonl`` prints them, by the name of their document; its offsets must be those
    of the gold's text.
    """
    found: Predictions = {gold.name: [] for gold in golds}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row: dict[str, Any] = json.loads(line)
            name = Path(row["document"]["name"]).stem
            if name in found:
                found[name].append(from_json(row))
        except (ValueError, KeyError, TypeError) as error:
            raise GoldError(f"{path.name}, line {number} is no claim: {type(error).__name__}: {error}") from error
    return found


def narration(golds: Sequence[Gold]) -> Predictions:
    """The baseline: each sentence of running text is one claim, told as fact by the outlet, about the commonest
    topic, and nothing more.
    """
    topics = Counter(claim.labels["topic"] for gold in golds for claim in gold.claims)
    topic = max(sorted(topics), key=lambda each: topics[each]) if topics else "other"
    labels: dict[str, Any] = {
        **dict.fromkeys(("source", "time", "verification", "event")),
        "places": [],
        "quantities": [],
        "evidence": "stated",
        "certainty": "CT+",
        "topic": topic,
    }
    return {
        gold.name: [Labelled(each.span, each.span, labels) for each in gold.sentences if each.kind not in QUIET]
        for gold in golds
    }
