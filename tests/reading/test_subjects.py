"""Subjects that a parser hung on the reporting verb go back to the clause that lacks one."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from relaas.reading.subjects import give_back


def parsed(words: list[str], heads: list[int], deps: list[str]) -> Doc:
    """A Doc with a given tree."""
    return Doc(spacy.blank("en").vocab, words=words, heads=heads, deps=deps)


def test_a_clause_without_subject_gets_the_first_of_two() -> None:
    """ "Thirty people died, officials said": the dead are no speakers."""
    doc = parsed(
        ["people", "died", ",", "officials", "said"], [4, 4, 4, 4, 4], ["nsubj", "ccomp", "punct", "nsubj", "ROOT"]
    )
    give_back(doc)
    assert [token.head.text for token in doc] == ["died", "said", "said", "said", "said"]


def test_a_clause_with_a_subject_keeps_it() -> None:
    """A verb with two subjects whose content has one stays as it is."""
    doc = parsed(["he", "they", "died", "said"], [3, 2, 3, 3], ["nsubj", "nsubj", "ccomp", "ROOT"])
    give_back(doc)
    assert [token.head.text for token in doc] == ["said", "died", "said", "said"]
