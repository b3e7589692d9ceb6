"""Reads labelled dispatches and lays the places that their claims inherit on the pipeline's own claims, which is what the ranker will see."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))
from dispatches import written
from relaas.evaluation.fields import place_name
from relaas.evaluation.gold import load
from relaas.evaluation.matching import core, likeness
from relaas.model.span import Span
from relaas.pipeline import Pipeline
from relaas.propositions.inheritance import Inheritance
from relaas.propositions.landscape import Ground
from relaas.readers.plain import PlainText
from relaas.readers.reader import Options
from relaas.steps.claims import claimed
from relaas.steps.step import Analysis

LAST_BEFORE = "judging"
"""The step whose labels claims are made of."""
ALIKE = 0.7
"""Two spellings of one name share at least this part of their letters ("Kiryat Shmona", "Qiryat Shemona")."""
Answer = tuple[str, str] | None
"""The inherited place's name and use; None where a claim inherits none."""


@dataclass
class Label:
    """What is right for one claim of the pipeline: the number of a ground (that of none is the grounds' count) and its use."""

    claim: int
    right: int
    use: str


@dataclass
class Report:
    """A report's claims with their options, and the labels of those that a labelled quote overlaps; ``beyond`` had no such ground."""

    name: str
    inheritance: Inheritance
    labels: list[Label] = field(default_factory=list)
    beyond: int = 0

    @classmethod
    def of(cls, name: str, analysis: Analysis, quotes: list[tuple[Span, Answer]]) -> Report:
        """Each claim takes the label of the likest quote."""
        report = cls(name, Inheritance(analysis, list(claimed(analysis))))
        cores = [core(analysis.text, quote) for quote, _ in quotes]
        for number, (claim, options) in enumerate(
            zip(report.inheritance.claims, report.inheritance.options, strict=True)
        ):
            ours = core(analysis.text, claim.proposition.quote)
            best, at = max(((likeness(ours, theirs), -n) for n, theirs in enumerate(cores)), default=(0.0, 0))
            if options is None or best <= 0:
                continue
            answer = quotes[-at][1]
            if answer is None:
                report.labels.append(Label(number, len(options.grounds), "location"))
                continue
            right = _ground(options.grounds, answer[0])
            if right is None:
                report.beyond += 1
            else:
                report.labels.append(Label(number, right, answer[1]))
        return report


def _ground(grounds: tuple[Ground, ...], name: str) -> int | None:
    """The ground of a name: the same name, else the likest spelling of a name or of the report's own words for it."""
    wanted = place_name(name)
    scored = []
    for number, ground in enumerate(grounds):
        names = {place_name(ground.place.name), *(place_name(one.place.text or "") for one in ground.mentions)}
        if wanted == place_name(ground.place.name):
            return number
        scored.append((max(SequenceMatcher(None, _bare(wanted), _bare(one)).ratio() for one in names), -number))
    best = max(scored, default=(0.0, 0))
    return -best[1] if best[0] >= ALIKE else None


def _bare(name: str) -> str:
    return re.sub(r"\W|\b(?:al|ar|an|as|at|el)\b", "", name)


def compact_reports(folder: Path, pipeline: Pipeline, say: Callable[[str], object] = print) -> Iterator[Report]:
    """The reports in the compact form that say what their claims inherit; a file's name begins with its language."""
    for path in sorted(folder.glob("*.txt")):
        report = written(path, titled=True)
        if "inherited" not in report.columns:
            continue
        head = f"title: {report.title}\npublished: {report.published}\nlanguage: {path.stem[:2]}\n\n"
        document = PlainText().read((head + report.text).encode(), path.name, Options())
        quotes = []
        for row, at, _ in report.rows:
            if row["quote"] == "-":
                continue
            start = document.text.find(row["quote"], at + len(head))
            if start < 0:
                say(f"{path.name}: {row['quote']!r} is left out")
            else:
                quotes.append((Span(start, start + len(row["quote"])), _answer(row["inherited"].strip())))
        yield Report.of(path.stem, pipeline.run(document, until=LAST_BEFORE), quotes)


def gold_reports(folder: Path, pipeline: Pipeline) -> Iterator[Report]:
    """The reports of a folder in the gold's own form."""
    for gold in load(folder):
        quotes = [(claim.quote, _inherited(claim.labels)) for claim in gold.claims]
        yield Report.of(gold.name, pipeline.run(gold.document, until=LAST_BEFORE), quotes)


def _answer(written: str) -> Answer:
    if written in {"-", ""}:
        return None
    use, _, name = written.rpartition(":")
    return (name, use) if use in {"origin", "direction"} else (written, "location")


def _inherited(labels: Any) -> Answer:
    found = [place for place in labels.get("places") or () if place.get("inherited")]
    return (found[0]["name"], found[0]["use"]) if found else None
