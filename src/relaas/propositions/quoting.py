"""Who speaks where a quotation runs on without a reporting verb of its own."""

from __future__ import annotations

from dataclasses import dataclass

from relaas.model.source import Source
from relaas.model.span import Span
from relaas.steps.step import Analysis, Part
from relaas.text import Quotation, quotations

SCARE = 4


@dataclass(slots=True)
class Speech:
    """A quotation long enough to be speech, with its speaker once one is found."""

    span: Span
    part: int
    closed: bool
    source: Source | None = None


def speeches(analysis: Analysis) -> list[Speech]:
    """The quotations of a report that are speech and not a word in scare quotes, in the order of reading."""
    found = []
    for number, part in enumerate(analysis.parts):
        span = part.passage.span
        for quotation in quotations(analysis.text, span.start, span.end):
            if _words(part, quotation) >= SCARE:
                found.append(
                    Speech(
                        Span(quotation.start, quotation.end),
                        number,
                        quotation.closed,
                    )
                )
    return found


def _words(part: Part, quotation: Quotation) -> int:
    start, end = quotation.inner
    return sum(1 for i, at in enumerate(part.starts) if start <= at < end and part.doc[i].is_alpha)


def share_inside(span: Span, speech: Speech) -> float:
    """How much of a span lies inside a quotation, 0 to 1."""
    inside = min(span.end, speech.span.end) - max(span.start, speech.span.start)
    return max(0, inside) / max(1, len(span))
