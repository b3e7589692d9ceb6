"""Settles topic, evidence and certainty of every clause between the rules and the reading model, with a confidence for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from relaas.model.claim import Cue, Verification
from relaas.model.source import Source
from relaas.model.span import Span
from relaas.propositions.clauses import Clause, plain_lemma
from relaas.propositions.judging import Judge, weights
from relaas.propositions.lexical import lexical
from relaas.propositions.topics import Word, topic_words
from relaas.propositions.views import Floats, own_words, telling, views
from relaas.propositions.voices import agent, voice
from relaas.steps.step import Analysis, Step

NEAR = 1
"""How many sentences back a speaker may have been named."""
TELLING = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM", "AUX"})
"""Parts of speech that a reader takes for a reason; a clause of other words alone shows those."""
SHOWN = 3
"""The most words that are given as the reason of a model's label."""
SEEN, FIRM = frozenset({"observed", "verified"}), 0.8
"""What rules read off images and checks, and the margin for that."""
MARGIN = 0.5
"""How much likelier than a rule's label another must be, where the rule names a cue of its own."""


class Judging(Step):
    """By judges whose weights anybody can read (`relaas.propositions.judging`). A label that a rule set and the judge upholds keeps the rule's
    cue; one that the judge sets names the words that speak most for it.
    """

    name: ClassVar[str] = "judging"
    reads: ClassVar[frozenset[str]] = frozenset({"clauses", "evidence", "attributions", "entities"})
    writes: ClassVar[frozenset[str]] = frozenset({"topics"})
    stands_on: ClassVar[tuple[str, ...]] = ("propositions", "knowledge", "reading/tellings.py", "ontology")

    def run(self, analysis: Analysis) -> None:
        """Set the labels of each clause that says something."""
        clauses = telling(analysis)
        settle(clauses, views(clauses) | {"lexical": lexical(analysis, clauses)}, weights().judges)
        _find_speakers(analysis, clauses)
        for sentence in analysis.clauses.values():
            for clause in sentence:
                if clause.points_to is not None:
                    clause.topic = clause.points_to.topic
                if clause.frame and clause.parent is not None:
                    clause.topic = clause.parent.topic


def settle(clauses: Sequence[Clause], seen: Mapping[str, Floats], judges: Mapping[str, Judge]) -> None:
    """Give every clause the likeliest label of each kind, with its chance."""
    for kind, judge in judges.items():
        chances = judge.chances(seen, [said(clause, kind) for clause in clauses])
        for clause, row in zip(clauses, chances, strict=True):
            SETTLE[kind](clause, judge, row)


def said(clause: Clause, kind: str) -> list[str]:
    """What the rules say of a clause, as the judge of one kind hears it: the label, the label with the family of its cue, and what bears on it."""
    if kind == "topic":
        scores = topic_words(clause.part.passage.language).scores(_words(clause))
        best = max(scores, key=lambda topic: (scores[topic], topic), default=None)
        return [f"certainty {clause.certainty}", *([f"words {best}"] if best else [])]
    label = clause.evidence if kind == "evidence" else clause.certainty
    cue = clause.cues.get(kind)
    found = [label, f"{label} by {family(cue.rule) if cue else 'none'}"]
    found.append("source" if clause.source else "no source")
    if kind == "certainty":
        found.append(f"evidence {clause.evidence}")
    return found


def family(rule: str) -> str:
    """The kind of rule without its language and the word that it met: "nl.say.zeggen" is "say"."""
    parts = rule.split(".")
    return parts[1] if len(parts) > 1 and len(parts[0]) == 2 else parts[0]


def _words(clause: Clause) -> list[Word]:
    return [
        Word(plain_lemma(token), token.lower_, token.pos_, token.dep_, -1, token.pos_ == "PROPN")
        for token in (clause.doc[i] for i in own_words(clause))
    ]


def _settle_topic(clause: Clause, judge: Judge, chances: Floats) -> None:
    best = int(chances.argmax())
    clause.topic, clause.topic_strength = judge.labels[best], float(chances[best])
    clause.confidence["topic"] = float(chances[best])
    clause.cues["topic"] = Cue("model.topic", _reasons(clause, "topic", best))


def _chosen(clause: Clause, kind: str, ruled: str, judge: Judge, chances: Floats) -> int:
    """The likeliest label; a rule that named its cue keeps its own as long as none is likelier by the margin, and always where the
    cue stands in another sentence, which the model has not read.
    """
    best, own = int(chances.argmax()), judge.labels.index(ruled)
    cue = clause.cues.get(kind)
    if cue is None or not cue.spans:
        return best
    margin = MARGIN if ruled not in SEEN else FIRM
    return own if _out_of_sight(clause, kind) or float(chances[best] - chances[own]) < margin else best


def _out_of_sight(clause: Clause, kind: str) -> bool:
    """Whether a rule's cue stands in another sentence, which the model has not read: of such a label it can say nothing."""
    cue = clause.cues.get(kind)
    return cue is not None and any(not clause.sentence.span.contains(span) for span in cue.spans)


def _settle_evidence(clause: Clause, judge: Judge, chances: Floats) -> None:
    """The judge's label; whose words it stands on is looked for afterwards, where no rule found anybody."""
    best = _chosen(clause, "evidence", clause.evidence, judge, chances)
    label = judge.labels[best]
    if not _out_of_sight(clause, "evidence"):
        clause.confidence["evidence"] = float(chances[best])
    if label == clause.evidence:
        return
    clause.evidence = label
    clause.cues["evidence"] = Cue("model.evidence", _reasons(clause, "evidence", best))
    if label == "stated":
        clause.source = None
        clause.cues.pop("source", None)
    if label == "verified" and clause.verification is None:
        clause.verification = Verification(clause.source.name if clause.source else None, "content")
    elif label != "verified":
        clause.verification = None


def _find_speakers(analysis: Analysis, clauses: Sequence[Clause]) -> None:
    """Give what is attributed without a source the one that the model sees in the sentence, else the last one that spoke close by; where
    there is nobody, it is the outlet that states it.
    """
    last: tuple[int, Source] | None = None
    for clause in clauses:
        if clause.evidence in SEEN and clause.source is None:
            checked = agent(analysis.cast, clause) if clause.evidence == "verified" else None
            seen = checked or voice(analysis.cast, clause, sure=True)
            if seen is not None:
                clause.source = seen[0]
                clause.cues["source"] = Cue("model.voice", (seen[1],))
        if clause.evidence == "attributed" and clause.source is None:
            found = voice(analysis.cast, clause)
            if found is not None:
                clause.source = found[0]
                clause.cues["source"] = Cue("model.voice", (found[1],))
            elif last is not None and clause.sentence.index - last[0] <= NEAR:
                clause.source = Source(last[1].name, last[1].kind, via=last[1].via)
                clause.cues["source"] = Cue("model.carried")
            elif clause.cues.get("evidence", Cue("")).rule == "model.evidence":
                clause.evidence = "stated"
                del clause.cues["evidence"], clause.confidence["evidence"]
        if clause.evidence == "attributed" and clause.source is not None:
            last = (clause.sentence.index, clause.source)


def _settle_certainty(clause: Clause, judge: Judge, chances: Floats) -> None:
    best = _chosen(clause, "certainty", clause.certainty, judge, chances)
    if not _out_of_sight(clause, "certainty"):
        clause.confidence["certainty"] = float(chances[best])
    if judge.labels[best] != clause.certainty:
        clause.certainty = judge.labels[best]
        clause.cues["certainty"] = Cue("model.certainty", _reasons(clause, "certainty", best))


SETTLE: dict[str, Callable[[Clause, Judge, Floats], None]] = {
    "topic": _settle_topic,
    "evidence": _settle_evidence,
    "certainty": _settle_certainty,
}
"""How each kind of label is settled."""


def _reasons(clause: Clause, kind: str, label: int) -> tuple[Span, ...]:
    """The words that speak most for a label."""
    tellings = clause.doc.user_data.get("tellings")
    if tellings is None:
        return ()
    words = own_words(clause)
    words = [i for i in words if clause.doc[i].pos_ in TELLING] or words
    column = tellings.columns[kind].start + label
    best = sorted(words, key=lambda i: (-float(tellings.logs[i, column]), i))[:SHOWN]
    return tuple(clause.part.span(i, i) for i in sorted(best))
