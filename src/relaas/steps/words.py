"""Splits each passage into words."""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from relaas.model.document import Passage
from relaas.ontology.loader import language_data
from relaas.steps.step import Analysis, Part, Step


class Words(Step):
    """One spaCy Doc for each passage; words that the caller gave are found back in the text, and kept as they are."""

    name: ClassVar[str] = "words"
    reads: ClassVar[frozenset[str]] = frozenset({"document", "given", "passages"})
    writes: ClassVar[frozenset[str]] = frozenset({"words"})

    def run(self, analysis: Analysis) -> None:
        """Add a part for each passage that holds at least one word."""
        given = analysis.given.words
        for passage in analysis.document.passages:
            part = _tokenised(analysis.text, passage) if given is None else _aligned(analysis.text, passage, list(given))
            if len(part.doc):
                analysis.parts.append(part)


@lru_cache(maxsize=None)
def tokenizer(language: str) -> Language:
    """spaCy's tokenizer for a language; a language that spaCy does not know gets its rules for any language."""
    try:
        return spacy.blank(language)
    except ImportError:
        return spacy.blank("xx")


def _tokenised(text: str, passage: Passage) -> Part:
    doc = tokenizer(passage.language).make_doc(passage.span.of(text))
    if any(token.is_space or _hides_a_stop(token.text, passage.language) for token in doc):
        kept, starts = [], []
        for token in doc:
            start = passage.span.start + token.idx
            if _hides_a_stop(token.text, passage.language):
                kept += [token.text[:-1], "."]
                starts += [start, start + len(token.text) - 1]
            elif not token.is_space:
                kept.append(token.text)
                starts.append(start)
        return _part(passage, kept, starts)
    starts = [passage.span.start + token.idx for token in doc]
    return Part(passage, doc, starts, [start + len(token) for start, token in zip(starts, doc, strict=True)])


def _hides_a_stop(word: str, language: str) -> bool:
    """Whether spaCy took a word with the full stop of its sentence for an abbreviation that our data does not know ("dat.")."""
    if len(word) < 4 or word[-1] != "." or not word[:-1].isalpha():
        return False
    known = language_data(language, "sentences").get("abbreviations", {})
    return word[:-1].lower() not in {*known.get("words", ()), *known.get("may_end", ())}


def _aligned(text: str, passage: Passage, words: list[str]) -> Part:
    kept, starts, at = [], [], passage.span.start
    for word in words:
        found = text.find(word, at) if word else -1
        if found < 0:
            found = at
        kept.append(word or "_")
        starts.append(found)
        at = min(found + len(word), passage.span.end)
    return _part(passage, kept, starts)


def _part(passage: Passage, words: list[str], starts: list[int]) -> Part:
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    spaces = [end < after for end, after in zip(ends, [*starts[1:], ends[-1] if ends else 0], strict=True)]
    doc = Doc(tokenizer(passage.language).vocab, words=words, spaces=spaces)
    return Part(passage, doc, starts, ends)
