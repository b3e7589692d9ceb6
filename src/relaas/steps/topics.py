"""Says what every clause is about."""

from __future__ import annotations

from typing import ClassVar

from relaas.model.claim import Cue
from relaas.propositions.clauses import Clause, plain_lemma
from relaas.propositions.topics import topic_words
from relaas.steps.step import Analysis, Step

ORDER = ("casualties", "control", "displacement", "arrest", "agreement", "damage", "offensive", "battle", "population", "aid", "services",
         "defence", "forces", "civilians", "statement", "strategy", "other")  # fmt: skip


class Topics(Step):
    """By the words of the clause; a clause whose words say nothing takes the topic of the clause above or before it."""

    name: ClassVar[str] = "topics"
    reads: ClassVar[frozenset[str]] = frozenset({"clauses", "evidence"})
    writes: ClassVar[frozenset[str]] = frozenset({"topics"})
    stands_on: ClassVar[tuple[str, ...]] = ("propositions/topics.py", "ontology/languages")

    def run(self, analysis: Analysis) -> None:
        """Set topic and strength of each clause."""
        before = "other"
        for part, sentence in analysis.sentences():
            for clause in analysis.clauses[sentence.index]:
                _set(clause, part.passage.language)
            for clause in analysis.clauses[sentence.index]:
                if not clause.topic_strength:
                    above = next((a for a in clause.ancestors() if a.topic_strength), None)
                    below = next((c for c in clause.children if c.topic_strength), None)
                    clause.topic = above.topic if above else below.topic if below else before
            spoken = [clause for clause in analysis.clauses[sentence.index] if not clause.frame]
            if spoken:
                before = max(spoken, key=lambda clause: clause.topic_strength).topic


def _set(clause: Clause, language: str) -> None:
    words = topic_words(language)
    tokens = [clause.part.doc[i] for i in clause.tokens if i not in clause.left_out]
    lemmas = [plain_lemma(token) for token in tokens]
    scores = words.scores(" ".join(lemmas), " ".join(token.lower_ for token in tokens))
    if not scores:
        clause.topic, clause.topic_strength = "other", 0.0
        return
    clause.topic = max(scores, key=lambda topic: (scores[topic], -ORDER.index(topic)))
    clause.topic_strength = scores[clause.topic]
    spans = tuple(clause.part.span(tokens[i].i, tokens[i].i) for i in words.located(clause.topic, lemmas))
    clause.cues["topic"] = Cue(f"{language}.topic.{clause.topic}", spans)
