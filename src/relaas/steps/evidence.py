"""Sets source, evidence and certainty of every clause."""

from __future__ import annotations

from typing import ClassVar

from relaas.model.claim import Cue
from relaas.model.source import Source
from relaas.propositions.clauses import Clause
from relaas.propositions.factuality import Factuality, State
from relaas.propositions.lexicon import lexicon
from relaas.propositions.quoting import Speech, share_inside
from relaas.steps.step import Analysis, Part, Step


class Evidence(Step):
    """From the ground of each sentence (the outlet, a post's author, a quotation's speaker) down through its clauses."""

    name: ClassVar[str] = "evidence"
    reads: ClassVar[frozenset[str]] = frozenset({"clauses", "attributions", "speeches"})
    writes: ClassVar[frozenset[str]] = frozenset({"evidence"})
    stands_on: ClassVar[tuple[str, ...]] = ("propositions", "ontology/languages")

    def run(self, analysis: Analysis) -> None:
        """Apply the predicates' effects sentence by sentence."""
        for part, sentence in analysis.sentences():
            found = analysis.clauses[sentence.index]
            numbers = {clause.number for clause in found}
            attributions = [one for one in analysis.attributions if numbers & set(one.clauses)]
            ground = _ground(part)
            Factuality(lexicon(part.passage.language)).apply(found, attributions, ground)
            for clause in found:
                _in_speech(analysis, clause)


def _ground(part: Part) -> State:
    if part.passage.kind == "post" and part.passage.author:
        return State(Source(part.passage.author, "social"), "attributed").with_cue("evidence", "post", part.passage.span)
    return State()


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
