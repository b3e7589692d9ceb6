"""Scores times on sentences with their report's date (`gold/times`): `python -m relaas.evaluation.expressions FILE [--errors]`.

The whole pipeline reads each text, so tense comes from the tree as it does in a report.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from relaas.evaluation.edtf import normalised
from relaas.model.document import Document
from relaas.model.span import Span
from relaas.model.time import Time
from relaas.pipeline import Pipeline


@dataclass(slots=True)
class Figures:
    """Counts over the expressions of a file: found with the same words, found with any word shared, EDTF right, days right, and surplus."""

    total: int = 0
    exact: int = 0
    touched: int = 0
    edtf: int = 0
    days: int = 0
    surplus: int = 0
    errors: list[str] = field(default_factory=list)

    def shares(self) -> dict[str, float]:
        """Shares of the expressions, rounded to three digits; ``span`` is F1 of the same words."""
        found = self.touched + self.surplus
        return {
            "expressions": self.total,
            "span": round(2 * self.exact / max(self.total + found, 1), 3),
            "span, any word": round(2 * self.touched / max(self.total + found, 1), 3),
            "edtf": round(self.edtf / max(self.total, 1), 3),
            "days": round(self.days / max(self.total, 1), 3),
        }


def figures(path: Path, pipeline: Pipeline, *, language: str) -> Figures:
    """The figures of a file of records with ``text``, ``published`` and ``times``."""
    counts = Figures()
    for record in _records(path):
        text = record["text"]
        document = Document(
            record["id"], record["id"], "0", text, Span(0, len(text)), published=record["published"], language=language
        )
        found = pipeline.run(document, until="times").times
        taken: set[int] = set()
        for gold in record["times"]:
            counts.total += 1
            best = max(found, key=lambda time: _shared(time, gold), default=None)
            if best is None or not _shared(best, gold):
                counts.errors.append(f"{record['id']} {gold['text']}: not found")
                continue
            taken.add(id(best))
            counts.touched += 1
            counts.exact += (best.start, best.end) == (gold["start"], gold["end"])
            right = _normal(best.edtf) == _normal(gold["edtf"])
            counts.edtf += right
            counts.days += (best.earliest, best.latest) == (gold["earliest"], gold["latest"])
            if not right:
                counts.errors.append(f"{record['id']} {gold['text']}: {gold['edtf']}, not {best.edtf} ({best.reason})")
        counts.surplus += sum(id(time) not in taken for time in found)
    return counts


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _shared(time: Time, gold: dict[str, Any]) -> int:
    return max(0, min(time.end, int(gold["end"])) - max(time.start, int(gold["start"])))


def _normal(edtf: str | None) -> str | None:
    return normalised(edtf) if edtf else None


def main() -> None:
    """Print the shares, and on demand the errors."""
    from relaas.recipes import pipeline

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--language", default="nl")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    counts = figures(options.file, pipeline(), language=options.language)
    for error in counts.errors if options.errors else ():
        print(error)
    print(json.dumps(counts.shares()))


if __name__ == "__main__":
    main()
