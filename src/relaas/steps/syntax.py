"""Gives every word its part of speech, lemma and head, and every sentence its vector, by the reading model."""

from __future__ import annotations

from typing import Any, ClassVar

from relaas.model.words import Words
from relaas.reading.reader import Reader
from relaas.reading.subjects import give_back
from relaas.steps.step import Analysis, Step


class Syntax(Step):
    """One call of the reading model for the whole report, so that batches never cross reports."""

    name: ClassVar[str] = "syntax"
    reads: ClassVar[frozenset[str]] = frozenset({"words", "sentences"})
    writes: ClassVar[frozenset[str]] = frozenset({"syntax", "trained"})
    stands_on: ClassVar[tuple[str, ...]] = ("reading", "libraries:simplemma")

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def run(self, analysis: Analysis) -> None:
        """Annotate the Docs, and keep their words as the steps after this one read them."""
        docs: list[Any] = [part.doc for part in analysis.parts]
        if docs:
            self.reader.read(docs)
        for part, doc in zip(analysis.parts, docs, strict=True):
            give_back(doc)
            part.doc = Words(doc)
        analysis.trained = all(doc.user_data.get("trained", True) for doc in docs)
