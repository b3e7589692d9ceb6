"""Reads labelled dispatches and lays their topics on the pipeline's own clauses, which is what the heads will see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from relaas.evaluation.gold import load
from relaas.model.document import Document
from relaas.model.span import Span
from relaas.ontology.loader import concept
from relaas.pipeline import Pipeline
from relaas.propositions.topic_model import Unit
from relaas.recipes import steps
from relaas.steps.topics import described, shown

LABELS = list(concept("topics")["topics"])
NEEDED = frozenset({"passages", "words", "sentences", "syntax", "entities", "clauses", "attribution", "evidence"})
LEAST = 0.5
"""A clause takes a claim's topic when at least this share of its words is in the quote."""


@dataclass
class Report:
    """A report's clauses, the label of each (-1 where no claim covers it), and the clause that stands for each claim."""

    name: str
    units: list[Unit]
    labels: np.ndarray
    claims: list[tuple[int, int]] = field(default_factory=list)

    def scored(self, chances: np.ndarray) -> list[bool]:
        """For each claim whether its clause got the right topic."""
        return [unit >= 0 and int(chances[unit].argmax()) == label for unit, label in self.claims]

    def certainty(self, chances: np.ndarray) -> list[float]:
        """For each claim the probability of what its clause got."""
        return [float(chances[unit].max()) if unit >= 0 else 0.0 for unit, _ in self.claims]


def pipeline() -> Pipeline:
    """The steps that clauses and their manner need."""
    return Pipeline([step for step in steps() if step.name in NEEDED])


def compact_reports(folders: Sequence[Path]) -> list[Report]:
    """The reports of folders in the compact form; a file's name begins with its language."""
    reader, found = pipeline(), []
    for path in [path for folder in folders for path in sorted(folder.glob("*.txt"))]:
        text, published, claims = compact(path)
        document = Document(
            path.stem, path.stem, path.stem, text, Span(0, len(text)), published=published, language=path.stem[:2]
        )
        quotes = []
        for quote, topic, at in claims:
            start = text.find(quote, at)
            if start < 0 or topic not in LABELS:
                print(f"{path.name}: {topic} {quote!r} is left out")
            else:
                quotes.append((start, start + len(quote), topic))
        found.append(_report(path.stem, document, quotes, reader))
    return found


def gold_reports(folders: Sequence[Path]) -> list[Report]:
    """The reports of folders in the gold's own form."""
    reader = pipeline()
    golds = [gold for folder in folders for gold in load(folder)]
    return [
        _report(
            gold.name,
            gold.document,
            [(c.quote.start, c.quote.end, str(c.labels["topic"])) for c in gold.claims],
            reader,
        )
        for gold in golds
    ]


def compact(path: Path) -> tuple[str, str | None, list[tuple[str, str, int]]]:
    """Text, date and (quote, topic, offset of its sentence) of a report in the compact form."""
    published, text, claims, at = None, "", [], 0
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# published:"):
            published = line.split(":", 1)[1].strip()
        elif line.startswith("#h "):
            text += ("\n\n" if text else "") + line[3:].strip() + "\n\n"
        elif line.strip() == "¶":
            text = text.rstrip() + "\n\n"
        elif line.count("\t") >= 6:
            quote, _, _, _, _, topic, sentence = line.split("\t")[:7]
            if sentence.strip() not in {'"', ""}:
                text += ("" if not text or text.endswith("\n") else " ") + sentence.strip()
                at = len(text) - len(sentence.strip())
            claims.append((quote, topic, at))
    return text, published, claims


def _report(name: str, document: Document, quotes: list[tuple[int, int, str]], reader: Pipeline) -> Report:
    analysis = reader.run(document)
    clauses, units = described(analysis)
    spans = [[(clause.part.starts[i], clause.part.ends[i]) for i in shown(clause)] for clause in clauses]
    sizes = [
        sum(1 for span in spans for start, end in span if first <= start and end <= last) for first, last, _ in quotes
    ]
    labels, claims = np.full(len(units), -1), []
    inside = np.array(
        [[sum(first <= start and end <= last for start, end in span) for first, last, _ in quotes] for span in spans]
    ).reshape(len(units), len(quotes))
    likeness = inside / np.maximum(
        np.array([len(span) for span in spans])[:, None] + np.array(sizes)[None, :] - inside, 1
    )
    for number, span in enumerate(spans):
        if len(quotes) and inside[number].max() >= LEAST * len(span):
            covering = [q for q in range(len(quotes)) if inside[number, q] >= LEAST * len(span)]
            labels[number] = LABELS.index(quotes[max(covering, key=lambda q: likeness[number, q])][2])
    for number, (_, _, topic) in enumerate(quotes):
        best = int(likeness[:, number].argmax()) if len(units) else -1
        claims.append((best if best >= 0 and inside[best, number] else -1, LABELS.index(topic)))
    return Report(name, units, labels, claims)
