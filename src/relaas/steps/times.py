"""Finds the times that a report names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from relaas.propositions.clauses import plain_lemma
from relaas.propositions.lexicon import lexicon
from relaas.propositions.verbs import looks_past
from relaas.steps.step import Analysis, Part, Step
from relaas.times.finding import find


class Times(Step):
    """Time expressions of each passage, counted from the report's date, or from a post's own."""

    name: ClassVar[str] = "times"
    reads: ClassVar[frozenset[str]] = frozenset({"sentences", "syntax"})
    writes: ClassVar[frozenset[str]] = frozenset({"times"})
    stands_on: ClassVar[tuple[str, ...]] = ("times", "propositions", "ontology/languages")

    def run(self, analysis: Analysis) -> None:
        """Add every expression with its offsets in the document."""
        part_of = {part.passage.span.start: part for part in analysis.parts}
        for passage in analysis.document.passages:
            if passage.kind in {"signature", "dateline"}:
                continue
            start = passage.span.start
            reference = passage.published or analysis.document.published
            tense = _tense(part_of.get(start))
            for time in find(
                passage.span.of(analysis.text), language=passage.language, reference=reference, tense=tense
            ):
                analysis.times.append(replace(time, start=time.start + start, end=time.end + start))


def _tense(part: Part | None) -> Callable[[int], str | None]:
    """Whether the clause around an offset looks back ("kwam zaterdag", "is zaterdag gekomen") or ahead ("komt zaterdag")."""
    if part is None:
        return lambda offset: None
    words = lexicon(part.passage.language)

    def tense(offset: int) -> str | None:
        token = part.token_at(part.passage.span.start + offset)
        while (
            token is not None
            and token.pos_ not in {"VERB", "AUX"}
            and token.head.i != token.i
            and not any(c.dep_ == "cop" for c in token.children)
        ):
            token = token.head
        if token is None:
            return None
        named = part.token_at(part.passage.span.start + offset)
        if named is not None and any(child.lower_ in words.since for child in (named, *named.children)):
            return "past"
        auxiliaries = [child for child in token.children if child.dep_ in {"aux", "aux:pass", "cop"}]
        if any(looks_past(one, words) for one in auxiliaries or [token]):
            return "past"
        perfect = any(
            one.dep_ in {"aux", "aux:pass"} and plain_lemma(one) in {"hebben", "zijn", "have"} for one in auxiliaries
        )
        if perfect:
            return "past"
        return None

    return tense
