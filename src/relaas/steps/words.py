"""Splits each passage into words."""

from __future__ import annotations

from functools import cache
from typing import ClassVar

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from relaas.model.document import Passage
from relaas.ontology.loader import language_data
from relaas.steps.step import Analysis, Part, Step

REACH = 24
"""Characters past its place in which a given word is looked for."""


class Words(Step):
    """One spaCy Doc for each passage; words that the caller gave are found back in the text, and kept as they are."""

    name: ClassVar[str] = "words"
    reads: ClassVar[frozenset[str]] = frozenset({"document", "given", "passages"})
    writes: ClassVar[frozenset[str]] = frozenset({"words"})
    stands_on: ClassVar[tuple[str, ...]] = (
        "libraries:spacy",
        "ontology/languages",
    )

    def run(self, analysis: Analysis) -> None:
        """Add a part for each passage that holds at least one word."""
        given = analysis.given.words
        for passage in analysis.document.passages:
            part = (
                _tokenised(analysis.text, passage) if given is None else _aligned(analysis.text, passage, list(given))
            )
            if len(part.doc):
                analysis.parts.append(part)


@cache
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
    """Given words found back in the text in order; one that is not there takes no characters where it should have stood."""
    kept, starts, ends, at = [], [], [], passage.span.start
    for word in words:
        reach = min(at + len(word) + REACH, passage.span.end)
        found = text.find(word, at, reach) if word else -1
        if found < 0 and word:
            found = text.casefold().find(word.casefold(), at, reach) if len(text.casefold()) == len(text) else -1
        start = min(at, passage.span.end) if found < 0 else found
        end = start if found < 0 else min(start + len(word), passage.span.end)
        kept.append(word or "_")
        starts.append(start)
        ends.append(end)
        at = end
    return _part(passage, kept, starts, ends)


def _part(passage: Passage, words: list[str], starts: list[int], ends: list[int] | None = None) -> Part:
    if ends is None:
        ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    spaces = [end < after for end, after in zip(ends, [*starts[1:], ends[-1] if ends else 0], strict=True)]
    doc = Doc(tokenizer(passage.language).vocab, words=words, spaces=spaces)
    return Part(passage, doc, starts, ends)
