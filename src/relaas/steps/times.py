"""Finds the times that a report names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from relaas.model.span import Span
from relaas.model.time import Time
from relaas.propositions.tense import counted, tense_at
from relaas.steps.step import Analysis, Part, Step
from relaas.times.finding import find

TOLD = frozenset({"body", "pullquote"})
"""Passages that tell one story, in which "de volgende dag" counts from the day named last."""


class Times(Step):
    """Time expressions of each passage, counted from the report's date, or from a post's own."""

    name: ClassVar[str] = "times"
    reads: ClassVar[frozenset[str]] = frozenset({"sentences", "syntax"})
    writes: ClassVar[frozenset[str]] = frozenset({"times"})
    stands_on: ClassVar[tuple[str, ...]] = ("times", "propositions", "ontology/languages")

    def run(self, analysis: Analysis) -> None:
        """Add every expression with its offsets in the document."""
        part_of = {part.passage.span.start: part for part in analysis.parts}
        named: dict[str, Time] = {}
        for passage in analysis.document.passages:
            if passage.kind in {"signature", "dateline"}:
                continue
            start = passage.span.start
            reference = passage.published or analysis.document.published
            tense = _tense(part_of.get(start))
            told = "body" if passage.kind in TOLD else passage.kind
            before = [named[told]] if told in named else []
            for time in find(
                passage.span.of(analysis.text),
                language=passage.language,
                reference=reference,
                tense=tense,
                context=before,
            ):
                time = _counted(time, part_of.get(start), reference)
                analysis.times.append(replace(time, start=time.start + start, end=time.end + start))
                if time.type in {"DATE", "TIME"} and time.earliest and time.timex != "PRESENT_REF":
                    named[told] = time


def _counted(time: Time, part: Part | None, reference: str | None) -> Time:
    """A length of time that its clause counts back or forward from the report's date, with its days; any other time as it is."""
    if part is None or time.type != "DURATION" or time.edtf is not None or reference is None:
        return time
    inside = part.tokens(Span(part.passage.span.start + time.start, part.passage.span.start + time.end))
    named = next((token for token in inside if token.head.i not in {one.i for one in inside}), None)
    said_as = counted(named, part) if named is not None else None
    if named is None or said_as is None:
        return time
    articles = {token.lower_ for token in inside if token.pos_ == "DET"}
    first, _, rest = time.text.partition(" ")
    amounts = [time.text, rest] if first.lower() in articles else [time.text]
    for amount in amounts:
        words = said_as.format(amount=amount)
        found = find(words, language=part.passage.language, reference=reference)
        if len(found) == 1 and found[0].text == words and (one := found[0]).edtf is not None:
            return replace(
                time,
                edtf=one.edtf,
                earliest=one.earliest,
                latest=one.latest,
                anchor=one.anchor,
                reason=f"{words}: {one.reason}",
            )
    return time


def _tense(part: Part | None) -> Callable[[int], str | None]:
    """Whether the clause around an offset looks back ("kwam zaterdag", "is zaterdag gekomen") or ahead ("komt zaterdag")."""
    if part is None:
        return lambda offset: None

    def tense(offset: int) -> str | None:
        named = part.token_at(part.passage.span.start + offset)
        return None if named is None else tense_at(named, part)

    return tense
