"""Spellings of a place that follow from its own name by a published table, so that villages on no list are found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from relaas.errors import OntologyError
from relaas.knowledge.datafiles import FOLDER, read_mapping

TABLES = FOLDER / "transliteration"
CYRILLIC = ("uk", "ru")


@dataclass(frozen=True, slots=True)
class Table:
    """One script into one language: letters, with what they become at a word's start, after a vowel, or at its end."""

    letters: dict[str, str]
    initial: dict[str, str]
    after_vowel: dict[str, str]
    sequences: dict[str, str]
    endings: dict[str, str]
    variants: tuple[tuple[str, str], ...]
    vowels: frozenset[str]
    alphabet: frozenset[str]

    def accepts(self, name: str) -> bool:
        """Whether every letter of the name belongs to this language's alphabet."""
        return all(letter in self.alphabet or not letter.isalpha() for letter in name.casefold())

    def spell(self, name: str) -> str:
        """The name by the table, lower case."""
        return "".join(self._word(part) if part.isalpha() else part for part in _parts(name))

    def spellings(self, name: str) -> list[str]:
        """The spelling by the table first, then those that newspapers use beside it (Avdijivka, Avdiivka)."""
        first = self.spell(name)
        found = {first: None}
        for old, new in self.variants:
            found.setdefault(first.replace(old, new))
        return list(found)

    def _word(self, word: str) -> str:
        tail = next((end for end in self.endings if word.endswith(end) and len(word) > len(end) + 1), "")
        stem = word[: len(word) - len(tail)] if tail else word
        spelled, position, before = [], 0, ""
        while position < len(stem):
            pair = stem[position : position + 2]
            letter = stem[position]
            if pair in self.sequences:
                spelled.append(self.sequences[pair])
                position += 2
                before = pair[-1]
                continue
            if position == 0 and letter in self.initial:
                spelled.append(self.initial[letter])
            elif before in self.vowels and letter in self.after_vowel:
                spelled.append(self.after_vowel[letter])
            else:
                spelled.append(self.letters.get(letter, letter))
            before = letter
            position += 1
        return "".join(spelled) + (self.endings[tail] if tail else "")


def _parts(name: str) -> list[str]:
    bare = re.sub("['’ʼ`]", "", name.casefold())
    return re.findall(r"[^\W\d_]+|[\W\d_]+", bare)


@cache
def table(source: str, target: str) -> Table:
    """The table from one language into another, as ``table("uk", "nl")``; OntologyError for an unknown pair."""
    data = read_mapping(TABLES / f"{source}.yaml")
    if target not in data["targets"]:
        raise OntologyError(f"{source}.yaml: no table into {target}")
    rules: dict[str, Any] = data["targets"][target]
    return Table(
        letters=rules["letters"],
        initial=rules.get("initial", {}),
        after_vowel=rules.get("after_vowel", {}),
        sequences=rules.get("sequences", {}),
        endings=dict(sorted(rules.get("endings", {}).items(), key=lambda item: -len(item[0]))),
        variants=tuple((old, new) for old, new in rules.get("variants", [])),
        vowels=frozenset(data["vowels"]),
        alphabet=frozenset(data["alphabet"]),
    )


@cache
def targets(source: str) -> tuple[str, ...]:
    """The languages a source has tables into."""
    return tuple(read_mapping(TABLES / f"{source}.yaml")["targets"])


def exonyms(name: str, target: str, *, sources: Iterable[str] = CYRILLIC) -> list[str]:
    """How ``target`` writes a Cyrillic name, likeliest first: ``exonyms("Луганськ", "nl")[0] == "loehansk"``.

    Lower case, as names are looked up by key. A name whose letters fit both alphabets is spelled by both tables.
    """
    found: dict[str, None] = {}
    for source in sources:
        rules = table(source, target)
        if rules.accepts(name):
            found.update(dict.fromkeys(rules.spellings(name)))
    return list(found)


@cache
def _respellings(target: str, group: str) -> tuple[tuple[tuple[re.Pattern[str], dict[str, str]], ...], ...]:
    data = read_mapping(TABLES / "latin.yaml")
    steps = []
    for step in data[group].get(target, []):
        plain = {old: new for old, new in step if not old.endswith("$")}
        ends = {old[:-1]: new for old, new in step if old.endswith("$")}
        alternatives = "|".join(re.escape(old) for old in plain)
        rules = [(re.compile(alternatives), plain)]
        if ends:
            rules.append((re.compile("(?:" + "|".join(re.escape(old) for old in ends) + r")\b"), ends))
        steps.append(tuple(rules))
    return tuple(steps)


@cache
def respelled_countries() -> frozenset[str]:
    """Countries whose English place names newspapers respell by sound."""
    return frozenset(read_mapping(TABLES / "latin.yaml")["countries"])


def _replaced(replacements: dict[str, str], match: re.Match[str]) -> str:
    return replacements[match.group()]


def respellings(name_key: str, target: str, *, group: str = "targets") -> list[str]:
    """Respellings of an English name's key: ``respellings("kunduz", "nl") == ["koendoez"]``; the key itself is not
    among them.
    """
    found: dict[str, None] = {}
    for step in _respellings(target, group):
        spelled = name_key
        for pattern, replacements in step:
            spelled = pattern.sub(partial(_replaced, replacements), spelled)
        if spelled != name_key:
            found.setdefault(spelled)
    return list(found)
