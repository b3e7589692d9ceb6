"""The grammars' data: every pattern's example sentence is matched by that pattern."""

from __future__ import annotations

from typing import Any

import pytest

from relaas.errors import OntologyError
from relaas.ontology.loader import language_data
from relaas.times.grammar import Grammar
from relaas.times.lexicon import language as knowledge
from relaas.times.lexicon import lattice
from relaas.times.resolve import MEANINGS
from relaas.times.scan import tokens

PATTERNS = [
    (language, name, entry)
    for language in ("nl", "en")
    for layer in language_data(language, "times")["layers"]
    for name, entry in layer.items()
]


@pytest.mark.parametrize(
    ("language", "name", "entry"), PATTERNS, ids=[f"{language}-{name}" for language, name, _ in PATTERNS]
)
def test_each_pattern_matches_its_own_example(language: str, name: str, entry: dict[str, Any]) -> None:
    """Its example made the rule."""
    known = knowledge(language)
    assert known is not None
    if "example" not in entry:
        assert entry["means"] == "nothing"
        return
    text = entry["example"]
    found = tokens(text)
    assert name in {meaning.pattern.name for meaning in known.grammar.parse(found, lattice(text, found, known))}


@pytest.mark.parametrize(
    ("language", "name", "entry"), PATTERNS, ids=[f"{language}-{name}" for language, name, _ in PATTERNS]
)
def test_each_pattern_has_a_meaning_that_exists(language: str, name: str, entry: dict[str, Any]) -> None:
    """A typing error in the data shows here, not in a report."""
    assert entry["means"] in MEANINGS


@pytest.mark.parametrize("concept", ["times", "numbers", "units"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_word_was_taken_for_a_truth_value(language: str, concept: str) -> None:
    """YAML reads a bare on, off, yes or no as one."""

    def words(data: Any) -> list[Any]:
        if isinstance(data, dict):
            return [word for key, value in data.items() if key != "with" for word in [key, *words(value)]]
        return [word for each in data for word in words(each)] if isinstance(data, list) else [data]

    data = {key: value for key, value in language_data(language, concept).items() if key != "signals_inside"}
    plain = [word for word in words(data) if isinstance(word, bool)]
    emits = sum(1 for each, _, entry in PATTERNS if each == language and "emit" in entry) if concept == "times" else 0
    assert len(plain) == emits


def test_pattern_names_are_unique_in_a_language() -> None:
    """The name stands in every reason."""
    for language in ("nl", "en"):
        names = [name for each, name, _ in PATTERNS if each == language]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("form", ["( a | b", "[ a ]", "a ]"])
def test_a_form_that_is_not_well_formed_is_refused(form: str) -> None:
    """An open bracket, nothing that must be there, a bracket too many."""
    with pytest.raises(OntologyError, match="broken"):
        Grammar([{"broken": {"form": form, "means": "nothing"}}])
