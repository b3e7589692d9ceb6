"""Adjectives and inhabitants of places: "Oekraïense", "Russen", "Syrian"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from relaas.knowledge.names import key
from relaas.ontology.loader import language_data


@cache
def demonyms(language: str) -> dict[str, tuple[str, bool]]:
    """Keys of adjectives and inhabitants with the place they belong to and whether they are people.

    The place is an ISO code, or a name to look up where it is no country.
    """
    data: dict[str, Any] = language_data(language, "demonyms")
    found: dict[str, tuple[str, bool]] = {}
    for group in ("countries", "regions"):
        for place, forms in data.get(group, {}).items():
            for number, form in enumerate(forms):
                for inflected in _inflected(form, language):
                    found.setdefault(key(inflected), (str(place), number > 0))
    for place, forms in data.get("invariable", {}).items():
        found.update({key(form): (str(place), False) for form in forms})
    return found


def _inflected(form: str, language: str) -> Iterator[str]:
    yield form
    if language == "nl":
        if form.endswith(("s", "sch")):
            yield form + "e"
        yield form + "en"
    elif language == "en" and not form.endswith(("ese", "sh", "ch", "s", "z")):
        yield form + "s"
