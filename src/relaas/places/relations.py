"""The words before a place that move a claim off it: "ten zuiden van", "20 kilometer ten westen van", "rond"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from relaas.ontology.loader import language_data, languages

KM = {"km": 1.0, "m": 0.001, "mile": 1.609}
_COMPASS = ("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest")


@dataclass(frozen=True, slots=True)
class Relation:
    """What the words say; ``start`` is where they begin, ``rule`` names the language and the group that matched.

    ``direction`` is a point of the compass, or left or right of a river seen downstream.
    """

    kind: str
    rule: str
    start: int
    direction: str | None = None
    distance_km: float | None = None


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: str
    name: str
    written: str
    last_words: tuple[str, ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when it is first tried: a report meets few of the rules."""
        return _compiled(self.written)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def relation_before(text: str, start: int, *, language: str | None = None) -> Relation | None:
    """The relation told by the words that end where the place starts; None for a plain "in X".

    Without a language every language's words are tried; they do not collide.
    """
    sentence = max(text.rfind("\n", 0, start), text.rfind(". ", 0, start), 0)
    before = text[max(sentence, start - 90) : start].lower()
    offset = start - len(before)
    best: tuple[int, int, re.Match[str], _Rule, str] | None = None
    for tongue in (language,) if language in languages() else languages():
        assert tongue is not None
        for order, rule in _candidates(before, tongue):
            match = rule.pattern.search(before)
            if match is not None and (best is None or (match.start(), order) < (best[0], best[1])):
                best = (match.start(), order, match, rule, tongue)
    if best is None:
        return None
    _, _, match, rule, tongue = best
    direction = _direction(match.groupdict(), tongue)
    return Relation(
        rule.kind,
        f"{tongue}.spatial.{rule.name}",
        offset + match.start("words"),
        direction,
        _distance(match.groupdict(), tongue),
    )


def _candidates(before: str, language: str) -> list[tuple[int, _Rule]]:
    """The rules whose last word stands last before the name, its article and kind left out; most names have none."""
    words = before.split()[-6:] if before[-1:].isspace() else []
    fillers = _fillers(language)
    found: list[tuple[int, _Rule]] = []
    for word in reversed(words):
        found.extend(_by_last_word(language).get(word, ()))
        if word not in fillers:
            break
    return found


@cache
def _fillers(language: str) -> frozenset[str]:
    return frozenset(language_data(language, "spatial").get("fillers", []))


@cache
def _by_last_word(language: str) -> dict[str, tuple[tuple[int, _Rule], ...]]:
    index: dict[str, list[tuple[int, _Rule]]] = {}
    for order, rule in enumerate(_rules(language)):
        for word in rule.last_words:
            index.setdefault(word, []).append((order, rule))
    return {word: tuple(rules) for word, rules in index.items()}


@cache
def _rules(language: str) -> tuple[_Rule, ...]:
    data: dict[str, Any] = language_data(language, "spatial")
    if not data:
        return ()
    lists = {
        "noun": _alternatives([w for d in data["directions"].values() for w in d["noun"]]),
        "short": _alternatives([w for d in data["directions"].values() for w in d["short"]]),
        "adjective": _alternatives([w for d in data["directions"].values() for w in d["adjective"]]),
        "hand": _alternatives([w for words in data.get("hands", {}).values() for w in words]),
        "number": _alternatives(list(data["numbers"])) + r"|\d+(?:[.,]\d+)?",
        "unit": _alternatives([w for words in data["units"].values() for w in words]),
    }
    fillers = _alternatives(data["fillers"])
    rules = []
    for kind, group in data["relations"].items():
        for template in group["before"]:
            pattern = re.escape(template).replace(r"\ ", r"\s+").replace(r"\{", "{").replace(r"\}", "}")
            for name, alternatives in lists.items():
                pattern = pattern.replace("{" + name + "}", f"(?P<{name}>{alternatives})")
            whole = rf"(?<![\w-])(?P<words>{pattern})(?:\s+(?:{fillers}))*\s+[\"'“‘]?$"
            last = template.rsplit(None, 1)[-1]
            lasts = (
                [word.split()[-1] for d in data["directions"].values() for word in d[last.strip("{}")]]
                if last.startswith("{")
                else [last]
            )
            rules.append(_Rule(kind, kind.replace(" ", "-"), whole, tuple(dict.fromkeys(lasts))))
    return tuple(rules)


def _alternatives(words: list[str]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))


def _direction(groups: dict[str, str | None], language: str) -> str | None:
    hand = groups.get("hand")
    if hand is not None:
        hands: dict[str, list[str]] = language_data(language, "spatial")["hands"]
        return next(name for name, words in hands.items() if hand in words)
    word = groups.get("noun") or groups.get("adjective") or groups.get("short")
    if word is None:
        return None
    directions = language_data(language, "spatial")["directions"]
    return next(
        name
        for name in _COMPASS
        if word in [*directions[name]["noun"], *directions[name]["short"], *directions[name]["adjective"]]
    )


def _distance(groups: dict[str, str | None], language: str) -> float | None:
    number, unit = groups.get("number"), groups.get("unit")
    if number is None or unit is None:
        return None
    data = language_data(language, "spatial")
    value = float(data["numbers"][number]) if number in data["numbers"] else float(number.replace(",", "."))
    return value * next(KM[name] for name, words in data["units"].items() if unit in words)
