"""Why a name was taken for a place, in words of the reader's language."""

from __future__ import annotations

import pytest

from relaas.exports.place_reasons import place_reason


@pytest.mark.parametrize(
    ("reason", "english", "dutch"),
    [
        ("alternate; only candidate", "by another spelling, the only place of this name", "in een andere spelling, de enige plaats van die naam"),
        ("name; chance 0.83 of 2; code", "by its own name, chance 83% among 2, by its code", "onder haar eigen naam, kans 83% uit 2, onder haar code"),
        ("inherited (0.91): in the title, topic services; in the title", "taken over, chance 91%, in the title", "overgenomen, kans 91%, in de titel"),
        ("town: Sennar at 1292", "", ""),
        ("", "", ""),
    ],
)  # fmt: skip
def test_reasons_are_told_in_either_language(reason: str, english: str, dutch: str) -> None:
    """The weightiest first, each once; what has no words is left to the record."""
    assert place_reason(reason, "en") == english
    assert place_reason(reason, "nl") == dutch
