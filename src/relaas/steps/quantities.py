"""Finds the numbers of people and things that a report gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from relaas.model.span import Span
from relaas.quantities.finding import find
from relaas.quantities.governed import Told, told
from relaas.steps.step import Analysis, Part, Step


class Quantities(Step):
    """Quantities of each passage; a number inside a time expression is none."""

    name: ClassVar[str] = "quantities"
    reads: ClassVar[frozenset[str]] = frozenset({"sentences", "syntax", "times"})
    writes: ClassVar[frozenset[str]] = frozenset({"quantities"})
    stands_on: ClassVar[tuple[str, ...]] = ("quantities", "times", "ontology/languages")

    def run(self, analysis: Analysis) -> None:
        """Add every quantity with its offsets in the document."""
        part_of = {part.passage.span.start: part for part in analysis.parts}
        for passage in analysis.document.passages:
            if passage.kind in {"signature", "dateline"}:
                continue
            start = passage.span.start
            inside = [time for time in analysis.times if passage.span.start <= time.start < passage.span.end]
            known = [replace(time, start=time.start - start, end=time.end - start) for time in inside]
            part = part_of.get(start)
            teller = None if part is None else _teller(part, start, passage.language)
            for found in find(
                passage.span.of(analysis.text), language=passage.language, kinds="all", times=known, teller=teller
            ):
                quantity = replace(found, start=found.start + start, end=found.end + start)
                if not any(time.start <= quantity.start and quantity.end <= time.end for time in analysis.times):
                    analysis.quantities.append(quantity)


def _teller(part: Part, start: int, language: str) -> Callable[[int, int, int | None], Told]:
    """What the tree of a passage says of the number between two of its characters, whose noun ends at a third."""

    def tell(first: int, last: int, noun_end: int | None) -> Told:
        noun = None if noun_end is None else part.token_at(start + noun_end - 1)
        return told(part.tokens(Span(start + first, start + last)), noun, language)

    return tell
