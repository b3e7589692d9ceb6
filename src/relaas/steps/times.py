"""Finds the times that a report names."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from relaas import times
from relaas.steps.step import Analysis, Step


class Times(Step):
    """Time expressions of each passage, counted from the report's date, or from a post's own."""

    name: ClassVar[str] = "times"
    reads: ClassVar[frozenset[str]] = frozenset({"sentences"})
    writes: ClassVar[frozenset[str]] = frozenset({"times"})
    stands_on: ClassVar[tuple[str, ...]] = ("times", "ontology/languages")

    def run(self, analysis: Analysis) -> None:
        """Add every expression with its offsets in the document."""
        for passage in analysis.document.passages:
            if passage.kind in {"signature", "dateline"}:
                continue
            start = passage.span.start
            reference = passage.published or analysis.document.published
            for time in times.find(passage.span.of(analysis.text), language=passage.language, reference=reference):
                analysis.times.append(replace(time, start=time.start + start, end=time.end + start))
