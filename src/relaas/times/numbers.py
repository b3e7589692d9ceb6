"""Reads numbers, in figures and in words, off a list of tokens: cardinals, ordinals, halves and scales.

Dutch writes its number words together, so a word is taken apart here ("tweehonderdvijfentwintigste"); English
strings them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from relaas.ontology.loader import language_data
from relaas.times.scan import Token, tight

LONGEST_WORD = 60
"""Characters; a longer word is no number."""


class Number(NamedTuple):
    """A number read from some tokens: value, index after its last token, whether it is an ordinal, and whether it is
    in figures.
    """

    value: float
    end: int
    ordinal: bool
    figures: bool


@dataclass(frozen=True, slots=True)
class Numerals:
    """The number words of one language, made ready for look-up."""

    language: str
    small: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    ordinals: dict[str, int]
    halves: dict[str, float]
    data: dict[str, Any]

    @property
    def compound(self) -> bool:
        """Whether number words are written together, units before tens."""
        return bool(self.data.get("style") == "compound")


@cache
def numerals(language: str) -> Numerals:
    """The numerals of a language; empty for an unknown one."""
    data = language_data(language, "numbers")
    return Numerals(
        language,
        data.get("cardinals", {}),
        data.get("tens", {}),
        data.get("scales", {}),
        data.get("ordinals", {}),
        data.get("halves", {}),
        data,
    )


def figures(text: str, language: str) -> float | None:
    """The value of figures by the language's separators; ``None`` for what is no number ("1.2.3", "192.168").

    >>> figures("12.000", "nl"), figures("12,000", "en"), figures("1,2", "nl"), figures("12,000", "nl")
    (12000.0, 12000.0, 1.2, 12000.0)
    """
    if text.isdigit():
        return float(text)
    data = numerals(language).data
    decimal, group = data.get("decimal", "."), data.get("group", ",")
    whole, point, rest = text.partition(decimal)
    parts = whole.split(group)
    grouped = len(parts) > 1 and len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])
    if decimal in rest or group in rest:
        other = text.split(decimal)
        if group not in text and len(other[0]) <= 3 and all(len(part) == 3 for part in other[1:]):
            return float("".join(other))
        return None
    if len(parts) > 1 and not grouped:
        return float(f"{whole.replace(group, '.')}") if len(parts) == 2 and not point else None
    if len(parts) == 1 and point and rest == "000" and 1 <= len(whole) <= 3 and whole != "0":
        return float(whole + rest)
    return float("".join(parts) + ("." + rest if point else ""))


@lru_cache(maxsize=20_000)
def word(text: str, language: str) -> tuple[float, bool] | None:
    """The value of one number word and whether it is an ordinal; ``None`` for any other word.

    >>> word("tweehonderdvijfentwintigste", "nl"), word("tweeënhalf", "nl"), word("eendracht", "nl")
    ((225, True), (2.5, False), None)
    """
    known = numerals(language)
    if text in known.small:
        return known.small[text], False
    if text in known.tens:
        return known.tens[text], False
    if text in known.ordinals:
        return known.ordinals[text], True
    if text in known.halves:
        return known.halves[text], False
    if text in known.scales:
        return known.scales[text], False
    if not known.compound or len(text) > LONGEST_WORD or text[0] not in _initials(language):
        return None
    for suffix in known.data["half_suffixes"]:
        if text.endswith(suffix):
            whole = _compound(text[: -len(suffix)], known)
            return None if whole is None else (whole + 0.5, False)
    whole = _compound(text, known)
    if whole is not None:
        return whole, False
    return _compound_ordinal(text, known)


@cache
def _initials(language: str) -> frozenset[str]:
    known = numerals(language)
    return frozenset(each[0] for group in (known.small, known.tens, known.scales, known.ordinals) for each in group)


def _compound(text: str, known: Numerals) -> int | None:
    """The value of a compound by its biggest part: thousands, then hundreds, then units before tens; linear in its
    length.
    """
    if text in known.small:
        return known.small[text]
    if text in known.tens:
        return known.tens[text]
    for scale_word, scale in ((known.data["thousand"], 1000), (known.data["hundred"], 100)):
        left, found, right = text.partition(scale_word)
        if found:
            head = _compound(left, known) if left else 1
            tail = _tail(right, known) if right else 0
            return None if head is None or tail is None or tail >= scale else head * scale + tail
    for ten, value in known.tens.items():
        if text.endswith(ten):
            for link in known.data["links"]:
                unit = known.small.get(text[: -len(ten)].removesuffix(link))
                if unit and unit < 10 and text[: -len(ten)].endswith(link):
                    return unit + value
    return None


def _tail(text: str, known: Numerals) -> int | None:
    plain = _compound(text, known)
    link = known.data["compound_link"]
    return plain if plain is not None or not text.startswith(link) else _compound(text.removeprefix(link), known)


def _compound_ordinal(text: str, known: Numerals) -> tuple[float, bool] | None:
    for suffix in known.data["ordinal_suffixes"]:
        if text.endswith(suffix):
            stem = text[: -len(suffix)]
            value = known.scales.get(stem)
            value = _compound(stem, known) if value is None else value
            if value is not None and (value > 19 or value == 1):
                return value, True
    for ordinal, value in known.ordinals.items():
        if len(text) > len(ordinal) and text.endswith(ordinal):
            stem = text[: -len(ordinal)]
            head = _compound(stem, known)
            head = _compound(stem.removesuffix(known.data["compound_link"]), known) if head is None else head
            if head is not None and head >= 100 and head % 100 == 0:
                return head + value, True
    return None


def year_word(text: str, language: str) -> int | None:
    """A year written as one word of two numbers: "negentienachtenzeventig" is 1978, "negentienhonderdacht" 1908."""
    plain = word(text, language)
    known = numerals(language)
    if plain is not None:
        return int(plain[0]) if not plain[1] and 1000 <= plain[0] <= 2199 and plain[0] == int(plain[0]) else None
    if not known.compound or len(text) > LONGEST_WORD:
        return None
    for head, value in known.small.items():
        if 10 <= value <= 19 and text.startswith(head):
            rest = _compound(text[len(head) :], known)
            if rest is not None and 10 <= rest < 100:
                return value * 100 + rest
    twenty = next(ten for ten, value in known.tens.items() if value == 20)
    if text.startswith(twenty):
        rest = _compound(text.removeprefix(twenty), known)
        return 2000 + rest if rest is not None and 10 <= rest < 100 else None
    return None


def read(tokens: list[Token], start: int, language: str) -> Number | None:
    """The longest number that begins at a token, or ``None``.

    >>> from relaas.times.scan import tokens
    >>> read(tokens("tweeënhalf miljoen inwoners"), 0, "nl")
    Number(value=2500000.0, end=2, ordinal=False, figures=False)
    """
    first = _one(tokens, start, language)
    if first is None or first.ordinal:
        return first
    known = numerals(language)
    total, current, position, seen = 0.0, first.value, first.end, first.figures
    ordinal = False
    scaled = tokens[start].low in known.scales or (not seen and first.value >= 100)
    tails, bottoms = known.data.get("mixed", ()), known.data.get("denominators", {})
    while position < len(tokens):
        step = position
        if _tail_end(tokens, position, tails):
            break
        glued = tokens[step].low in known.data.get("glue", ()) or (tokens[step].low == "-" and not seen)
        if glued:
            if tokens[step].low == "-" and not tight(tokens[step - 1], tokens[step]):
                break
            step += 1
        if step >= len(tokens) or tokens[step].kind not in ("word", "number"):
            break
        low = tokens[step].low
        if low in known.scales and not glued and (known.scales[low] > 100 or current < 100) and current:
            scale = known.scales[low]
            if current >= scale and total:
                break
            if scale > 100:
                total, current = (
                    (total + current * scale, 0.0)
                    if total == 0 or total >= scale * 1000
                    else ((total + current) * scale, 0.0)
                )
            else:
                current *= scale
            scaled, position = True, step + 1
            continue
        nxt = _one(tokens, step, language)
        if nxt is None or nxt.figures or (seen and not scaled) or tokens[step].low in known.halves:
            break
        if nxt.end < len(tokens) and tokens[nxt.end].low in bottoms:
            break
        room = 0.0 if known.compound and not scaled else _room(current if current else total, scaled)
        if not 0 < nxt.value < room or (glued and not scaled and tokens[step - 1].low != "-"):
            break
        following = tokens[nxt.end].low if nxt.end < len(tokens) else ""
        if total and not current and following in known.scales and known.scales[following] * nxt.value >= total:
            break
        current, position, ordinal = current + nxt.value, nxt.end, nxt.ordinal
        if ordinal:
            break
        scaled = scaled or nxt.value >= 100
    value, position = _fractional(tokens, position, total + current, known)
    return Number(value, position, ordinal, seen)


def _one(tokens: list[Token], index: int, language: str) -> Number | None:
    """One token as a number: figures, an ordinal in figures, a number word, or an article before a scale ("a
    hundred").
    """
    token = tokens[index]
    if token.kind == "number":
        value = figures(token.low, language)
        return None if value is None else Number(value, index + 1, False, True)
    if token.kind == "ordinal":
        return Number(float("".join(c for c in token.low if c.isdigit())), index + 1, True, True)
    if token.kind != "word":
        return None
    known = numerals(language)
    if token.low in known.data.get("articles", ()):
        following = tokens[index + 1].low if index + 1 < len(tokens) else ""
        return Number(1.0, index + 1, False, False) if following in known.scales else None
    found = word(token.low, language)
    return None if found is None else Number(float(found[0]), index + 1, found[1], False)


def _room(value: float, scaled: bool) -> float:
    """What may still be added to a number: below 10 after a round ten, below 100 after hundreds, below 1000 after
    thousands.
    """
    if not scaled and value < 100:
        return 10 if value >= 20 and value % 10 == 0 else 0
    room = 1.0
    while value and value % (room * 10) == 0 and room < 1e12:
        room *= 10
    return room


def _fractional(tokens: list[Token], position: int, value: float, known: Numerals) -> tuple[float, int]:
    """Adds what stands behind the point ("drie komma vijf") and "en een half"."""
    low = [token.low for token in tokens[position : position + 2]]
    end = _tail_end(tokens, position, known.data.get("mixed", ()))
    if end:
        scale = float(known.scales.get(tokens[position - 1].low, 1))
        behind = tokens[end].low if end < len(tokens) else ""
        if scale == 1 and known.scales.get(behind, 0) >= 1000:
            return (value + 0.5) * known.scales[behind], end + 1
        return value + 0.5 * scale, end
    if low and low[0] == known.data.get("point") and len(low) > 1:
        digits = _one(tokens, position + 1, known.language)
        if digits is not None and not digits.ordinal and 0 <= digits.value < 100:
            return value + digits.value / (10 if digits.value < 10 else 100), position + 2
    return value, position


def _tail_end(tokens: list[Token], position: int, tails: list[list[str]]) -> int:
    """The index after "en een half", hyphens or not, that begins at a token; 0 where none does."""
    for tail in tails:
        step = position
        for word_ in tail:
            if step < len(tokens) and tokens[step].low == "-":
                step += 1
            if step >= len(tokens) or tokens[step].low != word_:
                break
            step += 1
        else:
            return step
    return 0
