"""Word lists of the event data as patterns: words, compounds (`*`), phrases and classes of nouns (`@forces`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

NAMED = {"ground": frozenset({"LOC"}), "people": frozenset({"PER"}), "forces": frozenset({"ORG"})}
"""Which names belong to a class without a word of it."""
LABELS = frozenset({"PER", "ORG", "LOC", "MISC", "ARM"})
SPECIAL = frozenset({"any", "any_clause", "any_name", "pronoun"})


@dataclass(frozen=True, slots=True)
class Words:
    """One list: single words as they stand and those with a ``*``, phrases and their first words, labels of names, and the special words
    that ask for the part alone.
    """

    exact: frozenset[str]
    single: re.Pattern[str] | None
    phrase: re.Pattern[str] | None
    opening: re.Pattern[str] | None
    labels: frozenset[str]
    special: frozenset[str]
    only: tuple[tuple[Words, tuple[Words, ...]], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.exact or self.single or self.phrase or self.labels or self.special or self.only)

    def word(self, *forms: str) -> bool:
        """Whether one of a token's forms is in the list."""
        if not self.exact.isdisjoint(forms):
            return True
        return self.single is not None and any(self.single.fullmatch(form) for form in forms)

    def noun(self, forms: tuple[str, ...], label: str | None) -> bool:
        """Whether a noun, with the label of the name it belongs to, is in the list."""
        if self.word(*forms) or (label in self.labels if label else False):
            return True
        return any(
            own.noun(forms, label) and not any(one.noun(forms, label) for one in others) for own, others in self.only
        )

    def opens(self, word: str) -> bool:
        """Whether one of the list's phrases may begin with a word."""
        return self.opening is not None and self.opening.fullmatch(word) is not None

    def find(self, text: str) -> re.Match[str] | None:
        """The first of the list's phrases in a text of small letters parted by spaces."""
        return self.phrase.search(text) if self.phrase is not None else None


def compiled(items: Iterable[object], classes: Mapping[str, Words], *, phrases_alone: bool = False) -> Words:
    """A list as it stands in the data; ``@a_only`` is class a less what the other classes hold.

    With ``phrases_alone`` every item is looked for in the text, single words too.
    """
    single: list[str] = []
    phrases: list[str] = []
    labels: set[str] = set()
    special: set[str] = set()
    only: list[tuple[Words, tuple[Words, ...]]] = []
    for item in map(str, items):
        if item.startswith("@"):
            name = item[1:].removesuffix("_only")
            others = tuple(classes[one] for one in ("forces", "people", "ground") if one != name)
            only.append((classes[name], others if item.endswith("_only") else ()))
        elif item in LABELS:
            labels.add(item)
        elif item in SPECIAL:
            special.add(item)
        elif " " in item or phrases_alone:
            phrases.append(item)
        else:
            single.append(item)
    return Words(
        frozenset(item.lower() for item in single if "*" not in item),
        _pattern([item for item in single if "*" in item]),
        _phrase(phrases),
        _opening(phrases),
        frozenset(labels),
        frozenset(special),
        tuple(only),
    )


def classes_of(data: Mapping[str, Mapping[str, object]]) -> dict[str, Words]:
    """The classes of nouns, each with the labels of the names that belong to it."""
    found: dict[str, Words] = {}
    for name, group in data.items():
        words = group["words"]
        assert isinstance(words, list)
        plain = compiled(words, {})
        found[name] = replace(plain, labels=NAMED.get(name, frozenset()), special=frozenset(), only=())
    return found


def _pattern(items: list[str]) -> re.Pattern[str] | None:
    if not items:
        return None
    return re.compile("|".join(re.escape(item.lower()).replace(r"\*", r"[\w-]*") for item in items))


def _opening(items: list[str]) -> re.Pattern[str] | None:
    if not items:
        return None
    firsts = sorted({item.lower().split()[0] for item in items})
    return re.compile("|".join(re.escape(first).replace(r"\*", r"\S+") for first in firsts))


def _phrase(items: list[str]) -> re.Pattern[str] | None:
    if not items:
        return None
    body = "|".join(
        re.escape(item.lower()).replace(r"\*", r"\S+").replace(r"\ ", " ")
        for item in sorted(items, key=len, reverse=True)
    )
    return re.compile(rf"(?<!\S)(?:{body})(?!\S)")
