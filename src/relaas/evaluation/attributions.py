"""Exact spans of attributions: cue, source and content, against labels that name sentences of shared corpora.

The labels hold no text: each line names a document of NTREX (English side) or GUM, and for cue, source and content the
first sentence with an offset in it and the last sentence with an offset. Run
``python -m relaas.evaluation.attributions gold/attributions/dev.jsonl --data ../shared/data``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from relaas.errors import GoldError, RelaasError
from relaas.evaluation.reader import treebank
from relaas.ids import bytes_hash
from relaas.model.document import Document
from relaas.model.span import Span
from relaas.pipeline import Pipeline

PARTS = ("cue", "source", "content")
Spans = set[tuple[str, int, int]]


@dataclass
class Counts:
    """Spans of each part in the labels, in what was found, and in both, with every difference as a line."""

    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    both: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def f1(self, part: str) -> float:
        """Exact F1 of one part, 0 to 1."""
        return 2 * self.both[part] / max(1, self.gold[part] + self.found[part])

    @property
    def figures(self) -> dict[str, float]:
        """F1 of each part and their mean."""
        each = {part: self.f1(part) for part in PARTS}
        return {**each, "mean": sum(each.values()) / len(PARTS)}


def measure(labels: Path, data: Path, pipeline: Pipeline) -> Counts:
    """Score the pipeline on every document that the labels name; raises GoldError where a corpus is not there."""
    rows = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines() if line.strip()]
    counts = Counts()
    for name in dict.fromkeys(row["document"] for row in rows):
        text, starts = _joined(corpus(name, data))
        gold = {part: _labelled([row for row in rows if row["document"] == name], part, starts) for part in PARTS}
        _count(counts, name, text, gold, _found(name, text, pipeline))
    return counts


def corpus(name: str, data: Path) -> dict[int, str]:
    """The sentences of one document by their numbers, as its corpus numbers them, without the first, its heading."""
    kind, _, document = name.partition(":")
    try:
        if kind == "ntrex":
            lines = (data / "ntrex/newstest2019-src.eng.txt").read_text(encoding="utf-8").splitlines()
            ids = (data / "ntrex/DOCUMENT_IDS.tsv").read_text(encoding="utf-8").splitlines()
            found = {number: line for number, (line, id) in enumerate(zip(lines, ids)) if id == document}
        else:
            found = {
                int(comments["sent_id"].rsplit("-", 1)[1]): comments["text"]
                for comments, _, _ in treebank(data / f"gum/{document}.conllu")
            }
        return {number: sentence for number, sentence in found.items() if number != min(found)}
    except OSError as error:
        raise GoldError(f"{name} is not under {data}: {error}") from error


def _joined(sentences: Mapping[int, str]) -> tuple[str, dict[int, int]]:
    """The sentences as one text, and where each begins."""
    text, starts = "", {}
    for number, sentence in sentences.items():
        text += " " if text else ""
        starts[number] = len(text)
        text += sentence
    return text, starts


def _labelled(rows: Sequence[Mapping[str, Any]], part: str, starts: Mapping[int, int]) -> set[tuple[int, int]]:
    spans = [row[part] for row in rows if row.get(part)]
    return {(starts[first] + start, starts[last] + end) for first, start, last, end in spans}


def _found(name: str, text: str, pipeline: Pipeline) -> dict[str, set[tuple[int, int]]]:
    digest = bytes_hash(text.encode())
    document = Document(digest[:24], digest, name, text, Span(0, len(text)), language="en", reader="evaluation/1")
    found: dict[str, set[tuple[int, int]]] = {part: set() for part in PARTS}
    for one in pipeline.run(document, until="attribution").attributions:
        found["cue"].add((one.cue.start, one.cue.end))
        if one.source_span is not None:
            found["source"].add((one.source_span.start, one.source_span.end))
        found["content"] |= {(piece.start, piece.end) for piece in one.content}
    return found


def _count(counts: Counts, name: str, text: str, gold: Mapping[str, set[Any]], found: Mapping[str, set[Any]]) -> None:
    for part in PARTS:
        counts.gold[part] += len(gold[part])
        counts.found[part] += len(found[part])
        counts.both[part] += len(gold[part] & found[part])
        for start, end in sorted(gold[part] ^ found[part]):
            verdict = "missed" if (start, end) in gold[part] else "extra"
            counts.errors.append(f"{name} {start} {part} {verdict}: {text[start:end]}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures, with ``--errors`` every difference; 2 where labels or corpus are missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labels", type=Path, nargs="+")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args(arguments)
    pipeline = import_module("relaas.recipes").pipeline()
    try:
        for labels in options.labels:
            counts = measure(labels, options.data, pipeline)
            shown = ", ".join(f"{part} {figure:.3f}" for part, figure in counts.figures.items())
            print(f"{labels.stem}: exact F1 {shown}; {counts.gold['cue']} cues")
            if options.errors:
                print("\n".join(sorted(counts.errors, key=lambda line: line.split(" ", 2)[0])))
    except (RelaasError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
