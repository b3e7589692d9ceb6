"""Cuts sentences into clauses."""

from __future__ import annotations

from typing import ClassVar

from relaas.propositions.clauses import clauses
from relaas.propositions.lexicon import lexicon
from relaas.propositions.mending import mend, reports
from relaas.steps.step import Analysis, Step


class Clauses(Step):
    """The clauses of every sentence, by its number."""

    name: ClassVar[str] = "clauses"
    reads: ClassVar[frozenset[str]] = frozenset({"syntax", "sentences"})
    writes: ClassVar[frozenset[str]] = frozenset({"clauses"})
    stands_on: ClassVar[tuple[str, ...]] = ("propositions", "ontology/languages")

    def run(self, analysis: Analysis) -> None:
        """Add the clauses in the order of reading, numbered through the document."""
        for part in analysis.parts:
            mend(part.doc)
            reports(part.doc, lexicon(part.passage.language))
        number = 0
        for part, sentence in analysis.sentences():
            found = clauses(part, sentence, list(part.tokens(sentence.span)), lexicon(part.passage.language), number)
            analysis.clauses[sentence.index] = found
            number += len(found)
