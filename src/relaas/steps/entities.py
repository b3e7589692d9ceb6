"""Collects the names in a report."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
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
        analysis.entities = _consistent(analysis.entities)


def _consistent(entities: list[Entity]) -> list[Entity]:
    """A last name alone is the person whose full name the report gives, where it is not oftener something else."""
    people = {entity.text.split()[-1] for entity in entities if entity.label == "PER" and len(entity.text.split()) > 1}
    alone = Counter((entity.text, entity.label == "PER") for entity in entities)
    return [
        replace(entity, label="PER", rule="report.last_name")
        if entity.label != "PER" and entity.text in people and alone[entity.text, True] + 1 >= alone[entity.text, False]
        else entity
        for entity in entities
    ]
