"""How far what is ascribed reaches: to the end of its quotation, of its sentence, or to where other reporting words begin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from relaas.model.claim import Sentence
from relaas.model.span import Span
from relaas.propositions.attribution import Attribution
from relaas.propositions.clauses import Clause
from relaas.propositions.quoting import Speech
from relaas.steps.step import Part

Token = Any
NEAR = 3
ENDS = frozenset({".", "!", "?", ";", ",", ":", "–", "—"})


def finished(
    part: Part, sentence: Sentence, clauses: Sequence[Clause], found: Sequence[Attribution], speeches: Sequence[Speech]
) -> None:
    """Give each attribution of a sentence its whole content; ``speeches`` are the report's quotations."""
    for one in found:
        pieces = [_in_sentence(part, sentence, clauses, one, piece) for piece in one.content if piece]
        one.content = _joined(part, [_quoted(one, piece, speeches) for piece in pieces])


def _in_sentence(
    part: Part, sentence: Sentence, clauses: Sequence[Clause], attribution: Attribution, piece: Span
) -> Span:
    """A piece behind the cue runs to the end of its sentence, or to where a verb coordinated with the cue begins."""
    between = [token for token in part.tokens(Span(attribution.cue.end, piece.start)) if not token.is_punct]
    if piece.start < attribution.cue.end or len(between) > NEAR:
        return piece
    tokens = [token for token in part.tokens(sentence.span) if part.starts[token.i] >= piece.start]
    home = next((c for c in clauses if any(part.starts[i] == attribution.cue.start for i in c.tokens)), None)
    stop = min(_others(part, clauses, home, attribution, piece), default=None)
    kept = [token for token in tokens if stop is None or token.i < stop]
    while len(kept) > 1 and (kept[-1].text in ENDS or kept[-1].dep_ == "cc"):
        kept.pop()
    last = max(part.ends[kept[-1].i], piece.end) if kept else piece.end
    return Span(piece.start, last)


def _others(
    part: Part, clauses: Sequence[Clause], home: Clause | None, attribution: Attribution, piece: Span
) -> list[int]:
    """Where clauses begin that stand beside the cue's own, behind its content."""
    below = {attribution.source_span.start, attribution.source_span.end} if attribution.source_span else set()
    starts = []
    for clause in clauses:
        beside = clause.parent is home and clause.relation in {"conj", "parataxis"} and clause is not home
        if (
            home is not None
            and beside
            and part.starts[min(clause.tokens)] > piece.start
            and clause.number not in attribution.clauses
        ):
            starts.append(min(clause.tokens))
    if attribution.source_span is not None and attribution.source_span.start > piece.start:
        token = part.token_at(attribution.source_span.start)
        starts += [token.i] if token is not None and below else []
    return starts


def _quoted(attribution: Attribution, piece: Span, speeches: Sequence[Speech]) -> Span:
    """A piece that opens or lies in a quotation the cue stands outside of is the whole quotation, over its sentences."""
    for speech in speeches:
        if not speech.span.overlaps(piece) or speech.span.contains(attribution.cue):
            continue
        if piece.start >= speech.span.start - 1:
            return Span(min(piece.start, speech.span.start), max(piece.end, speech.span.end))
        if piece.end < speech.span.end:
            return Span(piece.start, speech.span.end)
    return piece


def _joined(part: Part, pieces: Sequence[Span]) -> list[Span]:
    """The pieces in order, those that touch or overlap as one."""
    joined: list[Span] = []
    for piece in sorted(pieces, key=lambda span: (span.start, span.end)):
        if joined and piece.start <= joined[-1].end + 1:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, piece.end))
        else:
            joined.append(piece)
    return joined
