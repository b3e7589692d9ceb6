"""The ontology's data is whole, and the linter that says so sees what is broken."""

from __future__ import annotations

from typing import Any

import pytest

from relaas.ontology import linter, loader


def test_shipped_data_has_no_fault() -> None:
    """Every concept is defined in both languages, every reference known, nothing clashes."""
    assert linter.faults() == []


def test_there_are_sixteen_event_types() -> None:
    """PLOVER's sixteen types, each with its modes."""
    assert len(loader.concept("plover")["types"]) == 16


CASES = [
    ("topics", {"topics": {"control": {"name": {"nl": "a", "en": "b"}, "definition": {"en": "d"}, "example": {"nl": "x", "en": "y"}}}},
     "topics.yaml: control has no definition in nl"),
    ("evidence", {"evidence": {"a": {"name": {"nl": "zelfde", "en": "a"}}, "b": {"name": {"nl": "zelfde", "en": "b"}}}},
     "evidence.yaml: a and b are both called 'zelfde' in nl"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "data", "sentence"), CASES)
def test_a_missing_definition_and_a_shared_name_are_faults(
    monkeypatch: pytest.MonkeyPatch, file: str, data: dict[str, Any], sentence: str
) -> None:
    """The linter names the file, the entry and what is wrong."""
    known = linter.concept
    monkeypatch.setattr(linter, "concept", lambda name: data if name == file else known(name))
    assert sentence in linter.faults()


LANGUAGE_CASES = [
    ("events", {"events": [{"type": "DUEL", "mode": None, "words": ["x"], "example": "y"}]}, "languages/nl/events: DUEL is no PLOVER type"),
    ("events", {"events": [{"type": "ASSAULT", "mode": "duel", "words": ["x"], "example": "y"}]}, "languages/nl/events: ASSAULT has no mode duel"),
    ("predicates", {"groups": {"a": {"example": "x", "effect": {"evidence": "rumoured"}, "verbs": ["v"]}}},
     "languages/nl/predicates: a has the unknown evidence 'rumoured'"),
    ("predicates", {"groups": {name: {"example": "x", "effect": {"evidence": "attributed"}, "verbs": ["v"]} for name in ("a", "b")}},
     "languages/nl/predicates: 'v' stands in a and b"),
    ("sources", {"kinds": {"wizard": {"example": "x", "words": ["v"]}}}, "languages/nl/sources: 'wizard' is no kind of source"),
    ("predicates", {"groups": {"a": {"effect": {}, "verbs": ["v"]}}}, "languages/nl/predicates/groups/a: has words but no example"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "data", "sentence"), LANGUAGE_CASES)
def test_unknown_references_and_clashes_are_faults(
    monkeypatch: pytest.MonkeyPatch, file: str, data: dict[str, Any], sentence: str
) -> None:
    """An unknown type, mode, footing or kind, a verb in two groups, words without an example."""
    known = linter.language_data
    monkeypatch.setattr(
        linter,
        "language_data",
        lambda language, name: data if (language, name) == ("nl", file) else known(language, name),
    )
    assert sentence in linter.faults()
