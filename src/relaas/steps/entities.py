"""Collects the names in a report."""

from __future__ import annotations

from typing import ClassVar

from relaas.model.span import Span
from relaas.steps.step import Analysis, Entity, Step

LABELS = ("PER", "ORG", "LOC", "MISC", "ARM")


class Entities(Step):
    """The model's names, or the ones that the caller gave instead of them."""

    name: ClassVar[str] = "entities"
    reads: ClassVar[frozenset[str]] = frozenset({"syntax", "given"})
    writes: ClassVar[frozenset[str]] = frozenset({"entities"})

    def run(self, analysis: Analysis) -> None:
        """Add every name with its place in the text."""
        if analysis.given.entities is not None:
            for start, end, label in analysis.given.entities:
                analysis.entities.append(Entity(Span(start, end), label, analysis.text[start:end], "given"))
            return
        for part in analysis.parts:
            for entity in part.doc.ents:
                span = part.span(entity.start, entity.end - 1)
                analysis.entities.append(Entity(span, entity.label_, span.of(analysis.text), "model.entities"))
