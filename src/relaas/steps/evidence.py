"""Sets source, evidence and certainty of every clause."""

from __future__ import annotations

import re
from typing import ClassVar

from relaas.dates import bounds
from relaas.model.claim import Cue
from relaas.model.source import Source
from relaas.model.span import Span
from relaas.propositions.clauses import Clause
from relaas.propositions.factuality import Factuality
from relaas.propositions.footing import Footing
from relaas.propositions.lexicon import lexicon
from relaas.propositions.quoting import Speech, share_inside
from relaas.propositions.state import State
from relaas.steps.step import Analysis, Part, Step

PICTURE = re.compile(r"\s*(?:pic\.|https?://|t\.co/)")


class Evidence(Step):
    """From the ground of each sentence (the outlet, a post's author, a quotation's speaker) down through its clauses."""

    name: ClassVar[str] = "evidence"
    reads: ClassVar[frozenset[str]] = frozenset({"clauses", "attributions", "footings", "speeches", "times"})
    writes: ClassVar[frozenset[str]] = frozenset({"evidence"})
    stands_on: ClassVar[tuple[str, ...]] = ("propositions", "ontology/languages")

    def run(self, analysis: Analysis) -> None:
        """Apply the predicates' effects sentence by sentence."""
        for part, sentence in analysis.sentences():
            found = analysis.clauses[sentence.index]
            analysis.cast.recall(sentence.index)
            numbers = {clause.number for clause in found}
            attributions = [one for one in analysis.attributions if numbers & set(one.clauses)]
            ground = _ground(analysis, part, found)
            footings = {one.clause: one for one in analysis.footings if one.clause in numbers}
            for footing in footings.values():
                _leave_out(found, footing)
            Factuality(
                lexicon(part.passage.language), _ignorant(analysis, part, found), _ahead(analysis, part, found)
            ).apply(found, attributions, footings, ground)
            for clause in found:
                _in_speech(analysis, clause)


def _ahead(analysis: Analysis, part: Part, clauses: list[Clause]) -> dict[int, Span]:
    """For each clause that names a time after the report's own date, the words of that time."""
    reported = part.passage.published or analysis.document.published
    if reported is None:
        return {}
    last = bounds(reported[:10])[1].isoformat()
    found = {}
    for time in analysis.times:
        token = part.token_at(time.start) if time.earliest is not None and time.earliest > last else None
        owner = next((one for one in clauses if token is not None and token.i in one.tokens), None)
        if owner is not None and owner.sentence.span.start <= time.start < owner.sentence.span.end:
            found[owner.number] = Span(time.start, time.end)
    return found


def _ignorant(analysis: Analysis, part: Part, clauses: list[Clause]) -> dict[int, Source]:
    """For each clause that may tell of not knowing or not saying, the subject who does not."""
    words = lexicon(part.passage.language)
    found = {}
    for clause in clauses:
        subject = clause.subject()
        if subject is None or clause.lemma in words.small("evident_states") or clause.child("nsubj:pass") is not None:
            continue
        pronoun = subject.pos_ == "PRON" and subject.lower_ not in words.small("expletives")
        if pronoun or (subject.pos_ in {"NOUN", "PROPN"} and analysis.cast.can_speak(part, subject)):
            source = analysis.cast.source(part, subject)
            if source is not None and source.kind != "unnamed":
                found[clause.number] = source
    return found


def _leave_out(clauses: list[Clause], footing: Footing) -> None:
    """The words of seeing and checking stay out of the quote."""
    for clause in clauses:
        clause.left_out |= footing.left_out & set(clause.tokens)
        if clause.number in footing.frames:
            clause.frame = True


def _ground(analysis: Analysis, part: Part, clauses: list[Clause]) -> State:
    """A post is its author's; a caption without a verb under a post's picture tells what is seen."""
    if part.passage.kind != "post" or not part.passage.author:
        return State()
    after = analysis.text[part.passage.span.end : part.passage.span.end + 60]
    pictured = bool(PICTURE.match(after)) and not any(clause.is_finite() for clause in clauses)
    source = Source(part.passage.author, "social")
    return State(source, "observed" if pictured else "attributed").with_cue(
        "evidence", "post.caption" if pictured else "post", part.passage.span
    )


def _in_speech(analysis: Analysis, clause: Clause) -> None:
    """A clause inside a quotation is its speaker's, unless it names a source of its own."""
    span = clause.span_of(clause.tokens)
    speech: Speech | None = next((one for one in analysis.speeches if share_inside(span, one) > 0.5), None)
    if speech is None or speech.source is None:
        return
    if clause.source is None:
        clause.source = speech.source
        if clause.evidence in {"stated", "observed"}:
            clause.evidence = "attributed"
        clause.cues.setdefault("source", Cue("quotation", (speech.span,)))
        clause.cues["evidence"] = Cue("quotation", (speech.span,))
