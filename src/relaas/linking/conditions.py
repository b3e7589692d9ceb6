"""What a claim says of how people live: how many are left, how many fled, which services are out or back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from relaas.linking.vocabulary import Vocabulary
from relaas.ontology.loader import language_data

POPULATION = frozenset({"inhabitants", "people", "civilians", "residents"})
MOVED = frozenset({"displaced", "evacuated", "fled"})
CROWD = frozenset({"people", "families", "civilians", "inhabitants"})
FIRM = frozenset({"FUT", "Uu"})


@dataclass(frozen=True, slots=True)
class ConditionReading:
    """``kind`` is population, displacement or services; ``what`` the service or what is counted; ``state`` out or back for a service; ``count`` the
    position of the figure among the claim's, None for a service.
    """

    kind: str
    what: str
    state: str | None
    count: int | None


def condition_readings(claim: Mapping[str, Any], words: Sequence[tuple[str, str]]) -> tuple[ConditionReading, ...]:
    """What a claim (the contract's JSON) tells of conditions; none for plans and unknowns. ``words`` are form and lemma of the quote's words."""
    if claim["certainty"] in FIRM:
        return ()
    language = claim["passage"]["language"] or "und"
    return (*_people(claim, words, language), *_services(claim, words, language))


def _people(claim: Mapping[str, Any], words: Sequence[tuple[str, str]], language: str) -> list[ConditionReading]:
    flees = bool(_vocabulary(language, "fleeing").find(words)) or claim["topic"] == "displacement"
    found = []
    for number, one in enumerate(claim["quantities"]):
        if one["unit"] in MOVED or (
            flees and one["unit"] in CROWD and claim["topic"] in {"displacement", "population", "civilians"}
        ):
            found.append(ConditionReading("displacement", one["unit"], None, number))
        elif one["unit"] == "inhabitants" or (claim["topic"] == "population" and _is_crowd(one)):
            found.append(ConditionReading("population", "inhabitants", None, number))
    return found


def _is_crowd(one: Mapping[str, Any]) -> bool:
    """People, or a bare number beside one of people ("of the 80,000, 12,000 are left")."""
    return one["unit"] in POPULATION or (one["unit"] is None and (one["value"] or 0) >= 100)


def _services(claim: Mapping[str, Any], words: Sequence[tuple[str, str]], language: str) -> list[ConditionReading]:
    """Each service that the quote names, with its state: back goes before out ("power, which was cut, is back")."""
    if claim["topic"] not in {"services", "civilians", "damage"}:
        return []
    states = _vocabulary(language, "states").find(words)
    back = "back" in states
    state = ("out" if claim["certainty"].endswith("-") else "back") if back else "out" if "out" in states else None
    if state is None:
        return []
    return [
        ConditionReading("services", what, state, None)
        for what in sorted(_vocabulary(language, "services").find(words))
    ]


@cache
def _vocabulary(language: str, group: str) -> Vocabulary:
    data = language_data(language, "conditions").get(group, {})
    groups = (
        {group: data["words"]}
        if "words" in data
        else {name: one["words"] for name, one in data.items() if isinstance(one, dict)}
    )
    return Vocabulary(groups)
