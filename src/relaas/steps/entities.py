"""Collects the names in a report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from relaas.model.span import Span
from relaas.places.usage import follows_place_word, follows_title
from relaas.steps.step import Analysis, Entity, Step

LABELS = ("PER", "ORG", "LOC", "MISC", "ARM")
TWICE = 2
"""Taken so often for a place, and no oftener for a person, a name is the place."""
_REST_OF_NAME = re.compile(r"-(?:[a-z]{1,4}-)?[A-Z]\w+")
"""What a name that holds a hyphen goes on with: "Port" + "-au-Prince"."""


class Entities(Step):
    """The model's names, or the ones that the caller gave instead of them."""

    name: ClassVar[str] = "entities"
    reads: ClassVar[frozenset[str]] = frozenset({"syntax", "given"})
    writes: ClassVar[frozenset[str]] = frozenset({"entities"})
    stands_on: ClassVar[tuple[str, ...]] = ("places", "knowledge", "ontology/languages")

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
        language = analysis.document.language or "und"
        analysis.entities = _consistent(
            _whole(analysis.entities, analysis.text), analysis.text, language, _beside_people(analysis)
        )


def _beside_people(analysis: Analysis) -> frozenset[str]:
    """Names taken for places that are joined to a person's: "Tshisekedi en Kagame"."""
    people = [entity for entity in analysis.entities if entity.label == "PER"]
    found = set()
    for part in analysis.parts:
        for entity in part.doc.ents:
            head = entity.root.head
            joined = entity.root.dep_ == "conj" and entity.label_ == "LOC"
            if joined and any(one.span.start <= part.starts[head.i] < one.span.end for one in people):
                found.add(part.span(entity.start, entity.end - 1).of(analysis.text))
    return frozenset(found)


def _whole(entities: Sequence[Entity], text: str) -> list[Entity]:
    """Names of places that were cut at a hyphen, put together again."""
    found: list[Entity] = []
    for entity in entities:
        if found and entity.span.start < found[-1].span.end:
            continue
        rest = _REST_OF_NAME.match(text, entity.span.end) if entity.label == "LOC" else None
        if rest is not None and "-" in rest[0][1:]:
            entity = replace(
                entity, span=Span(entity.span.start, rest.end()), text=text[entity.span.start : rest.end()]
            )
        found.append(entity)
    return found


def _consistent(entities: list[Entity], text: str, language: str, beside: frozenset[str]) -> list[Entity]:
    """One name is one thing in a report: a person where a full name or a title says so, a place where it is oftener one.

    "Bahati" is Espérance Bahati, named in full before, unless the report is ever "in Bahati"; "Gori", taken once for a
    place and once for a person, is the place.
    """
    surnames = {
        entity.text.split()[-1] for entity in entities if entity.label == "PER" and len(entity.text.split()) > 1
    }
    titled = {
        entity.text
        for entity in entities
        if entity.label in {"PER", "LOC"} and follows_title(entity.span.start, text=text, language=language)
    }
    grounds = {
        entity.text
        for entity in entities
        if entity.label == "LOC" and follows_place_word(entity.span.start, text=text, language=language)
    }
    counts = Counter((entity.text, entity.label) for entity in entities)
    people = {name for name in surnames | titled | beside if name not in grounds}
    people |= {name for name in surnames if counts[name, "PER"] + 1 >= sum(counts[name, one] for one in LABELS[1:])}
    places = {
        name
        for name, label in counts
        if label == "LOC"
        and name not in surnames | titled | beside
        and (name in grounds or counts[name, "LOC"] >= max(TWICE, counts[name, "PER"]))
    }
    found = []
    for entity in entities:
        if entity.label != "PER" and entity.text in people:
            entity = replace(entity, label="PER", rule="report.last_name")
        elif entity.label == "PER" and entity.text in places:
            entity = replace(entity, label="LOC", rule="report.place_name")
        found.append(entity)
    return found
