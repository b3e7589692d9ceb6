"""What a bare description ("the contractor") stands for: the same noun with more words, said before in the report."""

from __future__ import annotations

from typing import Any

from relaas.model.source import Source
from relaas.propositions.lexicon import small_words
from relaas.propositions.naming import Naming
from relaas.propositions.phrases import phrase_tokens
from relaas.steps.step import Part

Token = Any
TELLING = frozenset({"compound", "nmod", "nmod:poss"})


class Descriptions:
    """The descriptions of one report by their noun, found when one is asked for."""

    def __init__(self, naming: Naming) -> None:
        self.naming = naming
        self._known: dict[str, list[Source]] = {}

    def of(self, part: Part, head: Token) -> Source | None:
        """The one source that the report has described by this noun and more words before; None where there is none or several."""
        told = {
            source.name.lower(): source
            for source in self._by_noun(head.lower_, part.passage.language)
            if source.start is not None and source.start < part.starts[head.i]
        }
        return next(iter(told.values())) if len(told) == 1 else None

    def _by_noun(self, form: str, language: str) -> list[Source]:
        """The descriptions with this noun and words that tell which one is meant, in the order of the text."""
        if form not in self._known:
            self._known[form] = []
            for part in self.naming.analysis.parts:
                for token in part.doc:
                    if token.lower_ == form and token.pos_ == "NOUN" and part.passage.language == language:
                        source = self._told_apart(part, token)
                        self._known[form] += [source] if source is not None else []
        return self._known[form]

    def _told_apart(self, part: Part, head: Token) -> Source | None:
        """A noun's description where a name or noun beside it tells which one is meant."""
        possessives = small_words(part.passage.language, "possessives")
        telling = [child for child in head.children if self._tells(part, child) and child.lower_ not in possessives]
        if not telling or self.naming.name_in(part, head, phrase_tokens(head)) is not None:
            return None
        source = self.naming.common(part, head, phrase_tokens(head))
        return source if source is not None and " " in source.name else None

    def _tells(self, part: Part, child: Token) -> bool:
        noun = child.dep_ in TELLING and child.pos_ in {"NOUN", "PROPN"}
        return noun or (child.dep_ == "amod" and self.naming.is_name(part, child))
