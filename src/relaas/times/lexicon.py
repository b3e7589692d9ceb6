"""A language's words and grammar made ready, and the lattice of what each token of a text may be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from relaas.ontology.loader import language_data
from relaas.times import numbers
from relaas.times.grammar import Edge, Grammar
from relaas.times.scan import Token, tight, tokens

MOST_YEARS = (1000, 2199)
"""Four figures in this range may be a year."""
MODERN = (1800, 2100)
"""Four figures in this range are a year unless something says otherwise; others only where a word says so."""

LONGEST = 15
"""Digits in a row that can still be a number of anything; a longer row is a code."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language's lexicon (first word → entries), grammar and settings."""

    code: str
    entries: dict[str, list[tuple[tuple[str, ...], str, Any]]]
    grammar: Grammar
    data: dict[str, Any]
    capitals: frozenset[str]
    lowercase: frozenset[str]


@cache
def language(code: str) -> Language | None:
    """The language's knowledge of times; ``None`` where there is none."""
    data = language_data(code, "times")
    if not data:
        return None
    entries: dict[str, list[tuple[tuple[str, ...], str, Any]]] = {}
    for category, words in data["words"].items():
        for phrase, value in words.items():
            parts = tuple(token.low for token in tokens(str(phrase)))
            entries.setdefault(parts[0], []).append((parts, f"<{category}>", value))
    return Language(
        code,
        entries,
        Grammar(data["layers"]),
        data,
        frozenset(data.get("capitals", ())),
        frozenset(data.get("lowercase", ())),
    )


def lattice(text: str, found: list[Token], known: Language) -> list[list[Edge]]:
    """For each token, the edges that begin there: literals of the grammar, words and phrases of the lexicon,
    numbers.
    """
    literals, entries = known.grammar.literals, known.entries
    edges: list[list[Edge]] = []
    for index, token in enumerate(found):
        here: list[Edge] = []
        if token.low in literals:
            here.append((token.low, None, index + 1))
        for parts, category, value in entries.get(token.low, ()):
            if len(parts) > 1 and not _continues(parts, found, index):
                continue
            upper = text[token.start].isupper()
            if token.low in (known.lowercase if upper else known.capitals):
                continue
            here.append((category, value, index + len(parts)))
        _SPECIAL.get(token.kind, _nothing)(found, index, known, here)
        edges.append(here)
    return edges


def _continues(parts: tuple[str, ...], found: list[Token], index: int) -> bool:
    if index + len(parts) > len(found):
        return False
    for offset in range(1, len(parts)):
        token = found[index + offset]
        if token.low != parts[offset] or (parts[offset] == "." and not tight(found[index + offset - 1], token)):
            return False
    return True


def _nothing(found: list[Token], index: int, known: Language, here: list[Edge]) -> None:
    """Most kinds of token are only what the lexicon says."""


def _words(found: list[Token], index: int, known: Language, here: list[Edge]) -> None:
    low = found[index].low
    single = numbers.word(low, known.code)
    if single is None:
        year = numbers.year_word(low, known.code) if len(low) > 12 else None
        if year:
            here.append(("<wyear>", year, index + 1))
        articles = numbers.numerals(known.code).data.get("articles", ())
        if low not in articles:
            return
    number = numbers.read(found, index, known.code)
    if number is None:
        return
    _number(number, here)
    if single is not None and number.end > index + 1:
        _number(numbers.Number(float(single[0]), index + 1, single[1], False), here)
    if not number.ordinal and single is not None:
        _word_year(found, index, int(number.value), number.end, known, here)


def _word_year(found: list[Token], index: int, value: int, end: int, known: Language, here: list[Edge]) -> None:
    """Adds years in words: "tweeduizend achttien", "negentien nul een", "nineteen ninety-eight"."""
    if (value == 2000 or (1000 < value <= MOST_YEARS[1] and value % 1000)) and found[index].kind == "word":
        here.append(("<wyear>", value, end))
    first = numbers.word(found[index].low, known.code)
    if first is None or first[1] or not 10 <= first[0] <= 20 or index + 1 >= len(found):
        return
    step = index + 1
    while step < len(found) and found[step].low in numbers.numerals(known.code).data["year_links"]:
        step += 1
    rest = numbers.read(found, step, known.code) if step < len(found) else None
    if rest is not None and not rest.figures and not rest.ordinal:
        low = 1 if step > index + 1 else 10
        if low <= rest.value < 100:
            here.append(("<wyear>", int(first[0]) * 100 + int(rest.value), rest.end))


def _number(number: numbers.Number, here: list[Edge]) -> None:
    value = number.value
    if number.ordinal:
        here.append(("<ord>", int(value), number.end))
        if 1 <= value <= 31:
            here.append(("<dayo>" if number.figures else "<dayw>", int(value), number.end))
        if 1 <= value <= 5:
            here.append(("<ord5>", int(value), number.end))
        return
    here.append(("<n>", value, number.end))
    if 0 <= value <= 24 and value == int(value) and not number.figures:
        here.append(("<hour>", int(value), number.end))
    if 1 <= value <= 31 and value == int(value):
        here.append(("<day>", int(value), number.end))


def _figures(found: list[Token], index: int, known: Language, here: list[Edge]) -> None:
    low = found[index].low
    number = numbers.read(found, index, known.code)
    if low.isdigit() and len(low) <= LONGEST:
        value = int(low)
        if number is not None and number.end > index + 1:
            here.append(("<n>", number.value, number.end))
        here.append(("<n>", float(value), index + 1))
        if len(low) <= 2:
            if 1 <= value <= 31:
                here.append(("<day>", value, index + 1))
            if value <= 24:
                here.append(("<hour>", value, index + 1))
            if 1 <= value <= 12:
                here.append(("<mm>", value, index + 1))
            if len(low) == 2:
                here.append(("<twodigit>", _century(value), index + 1))
        elif len(low) == 4 and MOST_YEARS[0] <= value <= MOST_YEARS[1]:
            modern = MODERN[0] <= value <= MODERN[1]
            here.append(("<year>" if modern else "<oldyear>", value, index + 1))
            if value // 100 < 25 and value % 100 < 60:
                here.append(("<hhmm>", (value // 100, value % 100), index + 1))
        return
    if number is not None:
        here.append(("<n>", number.value, number.end))
    left, dot, right = low.partition(".")
    if dot and right.isdigit():
        if len(left) == 4 and len(right) <= 2 and 1 <= int(right) <= 12 and left[:2] in ("19", "20"):
            here.append(("<ym>", (int(left), int(right)), index + 1))
        if len(left) <= 2 and len(right) == 2 and int(left) < 24 and int(right) < 60:
            here.append(("<dotclock>", (int(left), int(right)), index + 1))
        if len(left) <= 2 and len(right) <= 2 and 1 <= int(left) <= 31 and 1 <= int(right) <= 12:
            here.append(("<dm>", (int(left), int(right)), index + 1))


def _century(value: int) -> int:
    """The year of two figures, as diaries have it: below 50 this century."""
    return 2000 + value if value < 50 else 1900 + value


def _ordinal(found: list[Token], index: int, known: Language, here: list[Edge]) -> None:
    number = numbers.read(found, index, known.code)
    if number is not None:
        _number(number, here)


def _full(found: list[Token], index: int, known: Language, here: list[Edge]) -> None:
    low = found[index].low
    parts = low.replace("/", "-").replace(".", "-").split("-")
    values = [int(part) for part in parts]
    if len(parts[0]) == 4:
        year, month, day = values
    elif len(parts[2]) in (2, 4):
        first, second, year = values
        year = year if len(parts[2]) == 4 else _century(year)
        american = known.data.get("date_order") == "mdy" and "/" in low
        day, month = (second, first) if (american and first <= 12) or second > 12 else (first, second)
    else:
        return
    here.append(("<full>", (year, month, day), index + 1))


def _stamp(found: list[Token], index: int, known: Language, here: list[Edge]) -> None:
    year, month, day = (int(part) for part in found[index].low[:10].split("-"))
    here.append(("<stamp>", (year, month, day), index + 1))


def _clock(found: list[Token], index: int, known: Language, here: list[Edge]) -> None:
    hour, minute = (int(part) for part in found[index].low.split(":")[:2])
    if hour < 25 and minute < 60:
        here.append(("<digits>", (hour, minute), index + 1))


def _decade(found: list[Token], index: int, known: Language, here: list[Edge]) -> None:
    value = int("".join(c for c in found[index].low if c.isdigit()))
    here.append(("<decade>", value if value > 99 else (1900 + value if value >= 20 else 2000 + value), index + 1))


def _short(found: list[Token], index: int, known: Language, here: list[Edge]) -> None:
    value = int(found[index].low[1:])
    here.append(("<yy>", _century(value), index + 1))


_SPECIAL = {
    "word": _words,
    "number": _figures,
    "ordinal": _ordinal,
    "full": _full,
    "stamp": _stamp,
    "clock": _clock,
    "decade": _decade,
    "short": _short,
}
