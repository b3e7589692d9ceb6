"""Finds the numbers of people and things that a report gives."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from relaas.quantities.finding import find
from relaas.steps.step import Analysis, Step


class Quantities(Step):
    """Quantities of each passage; a number inside a time expression is none."""

    name: ClassVar[str] = "quantities"
    reads: ClassVar[frozenset[str]] = frozenset({"sentences", "times"})
    writes: ClassVar[frozenset[str]] = frozenset({"quantities"})
    stands_on: ClassVar[tuple[str, ...]] = ("quantities", "times", "ontology/languages")

    def run(self, analysis: Analysis) -> None:
        """Add every quantity with its offsets in the document."""
        for passage in analysis.document.passages:
            if passage.kind in {"signature", "dateline"}:
                continue
            start = passage.span.start
            inside = [time for time in analysis.times if passage.span.start <= time.start < passage.span.end]
            known = [replace(time, start=time.start - start, end=time.end - start) for time in inside]
            for found in find(passage.span.of(analysis.text), language=passage.language, kinds="all", times=known):
                quantity = replace(found, start=found.start + start, end=found.end + start)
                if not any(time.start <= quantity.start and quantity.end <= time.end for time in analysis.times):
                    analysis.quantities.append(quantity)
