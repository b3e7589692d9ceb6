"""Reads amounts off tokens: numbers with scales, dozens, fractions, vague plurals and ranges, before it is known
what they count.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from relaas.quantities.vocabulary import Vocabulary, match
from relaas.times import numbers
from relaas.times.scan import Token, tight

_POWER = "^"
_SIGNS = frozenset("-−,")
_CHARACTERS = {"½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅙": 1 / 6, "⅛": 1 / 8}


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount over tokens ``start`` to ``end`` (exclusive). ``share`` marks a fraction of a whole; ``loose`` an
    approximate one.
    """

    start: int
    end: int
    value: float | None
    low: float | None
    high: float | None
    share: bool = False
    loose: bool = False
    figures: bool = False


def read(found: list[Token], at: int, language: str, known: Vocabulary) -> Amount | None:
    """The longest amount that begins at a token, ranges included.

    >>> from relaas.quantities.vocabulary import vocabulary
    >>> from relaas.times.scan import tokens
    >>> amount = read(tokens("20 tot 25 doden"), 0, "nl", vocabulary("nl"))
    >>> amount.value, amount.low, amount.high
    (None, 20.0, 25.0)
    """
    between = _between(found, at, language, known)
    if between is not None:
        return between
    first = single(found, at, language, known)
    if first is None or first.value is None or first.share:
        return first
    link = match(known.ranges, found, first.end)
    if link is None or link[1] >= len(found):
        return first
    hyphen = found[first.end].low in "-–"
    if hyphen and tight(found[first.end - 1], found[first.end]) != tight(found[first.end], found[first.end + 1]):
        return first
    second = single(found, link[1], language, known)
    if second is None or second.value is None or second.share:
        return first
    low, high = first.value, second.value
    dozen = known.numbers["collectives"].get(found[second.end - 1].low, 0)
    if dozen and second.end - link[1] > 1 and high % dozen == 0 and low < high / dozen:
        return Amount(at, second.end, None, low * dozen, high)
    scale = _scale_of(found, link[1], second.end, language)
    if (
        scale
        and low < 1000
        and low * scale < high * 10
        and low < high
        and not _scale_of(found, at, first.end, language)
    ):
        low *= scale
    if low >= high or (hyphen and first.figures and high > 10 * low):
        return first
    return Amount(at, second.end, None, low, high, figures=first.figures)


def _scale_of(found: list[Token], start: int, end: int, language: str) -> float:
    """The scale word of 1,000 and up that an amount ends in, else 0."""
    scale = numbers.numerals(language).scales.get(found[end - 1].low, 0)
    return float(scale) if end - start > 1 and scale >= 1000 else 0.0


def _between(found: list[Token], at: int, language: str, known: Vocabulary) -> Amount | None:
    for words, closing in known.between:
        if tuple(token.low for token in found[at : at + len(words)]) != words:
            continue
        first = single(found, at + len(words), language, known)
        if first is not None and first.end < len(found) and found[first.end].low == "-":
            first = replace(first, end=first.end + 1)  # tussen de drie- en vierduizend
        if first is None or first.value is None or first.end >= len(found) or found[first.end].low != closing:
            continue
        step = (
            first.end
            + 1
            + (first.end + 1 < len(found) and found[first.end + 1].low in known.numbers["between_article"])
        )
        second = single(found, step, language, known) if step < len(found) else None
        if second is not None and second.value is not None:
            low = first.value
            scale = _scale_of(found, step, second.end, language)
            if scale and low < 1000 and low < second.value and not _scale_of(found, at, first.end, language):
                low *= scale
            if found[first.end - 1].low == "-" and low < 1000 <= second.value:
                low *= 1000
            if low < second.value:
                return Amount(at, second.end, None, low, second.value)
    return None


def single(found: list[Token], at: int, language: str, known: Vocabulary) -> Amount | None:
    """One amount, no range."""
    if at >= len(found):
        return None
    token = found[at]
    vague = match(known.vague, found, at)
    if vague is not None:
        return Amount(at, vague[1], None, float(vague[0][0]), float(vague[0][1]), loose=True)
    few = match(known.few, found, at)
    if few is not None:
        return _few(found, at, few[1], known)
    if token.low in _SIGNS or token.low in _CHARACTERS:
        return _marked(found, at, language, known)
    if token.kind not in ("word", "number"):
        return None
    if token.low in known.numbers.get("minus", ()):
        inner = single(found, at + 1, language, known)
        return (
            None
            if inner is None or inner.value is None
            else replace(inner, start=at, value=-inner.value, low=None, high=None)
        )
    halves, scales = known.numbers.get("halves", {}), known.numbers.get("scales", {})
    if (
        token.low in known.numbers["indefinite"]
        and at + 2 < len(found)
        and found[at + 1].low in halves
        and found[at + 2].low in scales
    ):
        inner = single(found, at + 1, language, known)
        return None if inner is None else replace(inner, start=at)
    if token.low in halves and at + 2 < len(found) and found[at + 1].low in known.numbers["indefinite"]:
        size = scales.get(found[at + 2].low, 0)
        if size >= 1000:
            value = halves[token.low] * size
            return Amount(at, at + 3, value, value, value)
    special = _collective(found, at, known, language) or _fraction(found, at, language, known)
    if special is not None:
        return special
    number = numbers.read(found, at, language)
    if number is None and token.low in known.numbers["indefinite"]:
        return Amount(at, at + 1, 1.0, 1.0, 1.0)
    if number is None or number.ordinal:
        return None
    value, end = number.value, number.end
    if number.figures:
        value, end = _lettered(found, value, end, known)
        value, end = _grouped(found, at, value, end)
    return _mixed(found, Amount(at, end, value, value, value, figures=number.figures), language, known)


def _few(found: list[Token], at: int, end: int, known: Vocabulary) -> Amount:
    """Reads "enkele doden", and "a few hundred" as "hundreds"."""
    step = end + (end < len(found) and found[end].low in known.numbers["of"])
    word = found[step].low if step < len(found) else ""
    size = known.numbers["scales"].get(word, 0) or (10 if word in known.numbers["collectives"] else 0)
    if size < 10:
        return Amount(at, end, None, None, None, loose=True)
    return Amount(at, step + 1, None, 2.0 * size, 10.0 * size - 1, loose=True)


def _marked(found: list[Token], at: int, language: str, known: Vocabulary) -> Amount | None:
    """A sign, a leading decimal comma or a fraction in one character."""
    low = found[at].low
    if low in _CHARACTERS:
        return Amount(at, at + 1, _CHARACTERS[low], None, None, share=True)
    if (
        at + 1 >= len(found)
        or found[at + 1].kind != "number"
        or (at and (tight(found[at - 1], found[at]) or found[at - 1].kind == "number"))
    ):
        return None
    inner = single(found, at + 1, language, known)
    if inner is None or inner.value is None:
        return None
    if low == ",":
        if not tight(found[at], found[at + 1]) or not found[at + 1].low.isdigit():
            return None
        value = float(f"0.{found[at + 1].low}")
        return Amount(at, at + 2, value, value, value, figures=True)
    return replace(inner, start=at, value=-inner.value)


def _lettered(found: list[Token], value: float, end: int, known: Vocabulary) -> tuple[float, int]:
    """Reads "10k", "1,2b", "1e10", "1,1^23"."""
    following = found[end] if end < len(found) else None
    if following is None:
        return value, end
    letters = known.numbers.get("letters", {})
    if following.low in letters and (tight(found[end - 1], following) or following.low == "k"):
        return value * letters[following.low], end + 1
    sign, step = 1, end + 1
    power = following.low == _POWER
    if not power and not (following.low == "e" and tight(found[end - 1], following)):
        return value, end
    while step < len(found) and found[step].low in "+-" and step <= end + 2:
        sign = -1 if found[step].low == "-" and found[step - 1].low != "-" else 1
        step += 1
    if step < len(found) and found[step].low.isdigit() and len(found[step].low) < 3:
        exponent = sign * int(found[step].low)
        return (value**exponent if power else value * 10.0**exponent), step + 1
    return value, end


def _grouped(found: list[Token], at: int, value: float, end: int) -> tuple[float, int]:
    """Figures in groups of three with spaces between: "1 414 021 100"."""
    if end != at + 1 or not found[at].low.isdigit() or not 1 <= len(found[at].low) <= 3:
        return value, end
    text, step = found[at].low, end
    while step < len(found) and found[step].kind == "number" and found[step].start == found[step - 1].end + 1:
        head = found[step].low.replace(".", ",").split(",")[0]
        if len(head) != 3:
            break
        text, step = text + found[step].low.replace(",", "."), step + 1
        if "." in text:
            break
    try:
        return (float(text), step) if step > end else (value, end)
    except ValueError:
        return value, end


def _collective(found: list[Token], at: int, known: Vocabulary, language: str) -> Amount | None:
    """Reads "een twintigtal", "3 dozijn", "half a dozen"."""
    table = known.numbers.get("collectives", {})
    article = known.numbers["before_collective"]
    halves = known.numbers.get("halves", {})
    step, count = at, 1.0
    if found[step].low in halves:
        count, step = halves[found[step].low], step + 1
        step += step < len(found) and found[step].low in article
    elif found[step].low in article:
        step += 1
        if step < len(found) and found[step].low in halves and halves[found[step].low] < 1:
            count, step = halves[found[step].low], step + 1
    elif found[step].low not in table:
        number = numbers.read(found, step, language)
        if number is None or number.ordinal:
            return None
        count, step = number.value, number.end
        last = numbers.read(found, step - 1, language)
        if (
            step - at > 1
            and last is not None
            and found[step - 2].low in known.numbers.get("glue", ())
            and step < len(found)
            and found[step].low in table
        ):
            value = count - last.value + last.value * table[found[step].low]
            return Amount(at, step + 1, value, value, value)
        glue = step + 1 < len(found) and found[step].low in known.numbers.get("glue", ())
        if glue:
            more = numbers.read(found, step + 1, language)
            if more is not None and more.end < len(found) and found[more.end].low in table:
                count, step = count + more.value, more.end
    if step >= len(found) or found[step].low not in table:
        return None
    size = table[found[step].low]
    value = float(size) * count
    loose = found[step].low.endswith(tuple(known.numbers["round_endings"])) and size > 9
    return Amount(at, step + 1, value, value, value, loose=loose)


def _fraction(found: list[Token], at: int, language: str, known: Vocabulary) -> Amount | None:
    """Reads "een derde", "twee derde", "driekwart", "de helft", "3/4", "een op de vijf", "half of"."""
    words = known.numbers
    table, parts, shares = words["denominators"], words["fractions"], words["shares"]
    low = found[at].low
    if low in shares:
        following = found[at + 1].low if at + 1 < len(found) else ""
        needs = words["share_needs"]
        if (
            (needs and following not in needs)
            or following in words["scales"]
            or (at and _ordinal(found, at - 1, language))
        ):
            return None
        return Amount(at, at + 1, shares[low], None, None, share=True)
    top = numbers.read(found, at, language)
    if top is None and low in words["indefinite"]:
        top = numbers.Number(1.0, at + 1, False, False)
    if top is None or top.end >= len(found):
        return _spelled(found, at, low, words)
    if top.ordinal or not 0 < top.value < 1000:
        return None
    step = top.end
    if found[step].low in ("-", "/") and step + 1 < len(found) and found[step + 1].low in table:
        step += 1
    following = found[step].low
    if following in parts and not top.figures and top.value in (1, 3):
        value = top.value * parts[following] if parts[following] < 0.5 else parts[following]
        return Amount(at, step + 1, value, None, None, share=True)
    if following in table and not top.figures and _shares(found, step + 1, known):
        return Amount(at, step + 1, top.value / table[following], None, None, share=True)
    behind = found[step + 1].low if step + 1 < len(found) else ""
    if following in words["halves"] and words["halves"][following] < 1 and behind not in words["scales"]:
        return Amount(at, step + 1, 0.5 if top.value == 1 else top.value + 0.5, None, None, share=True)
    if following == "/" and step + 1 < len(found) and found[step + 1].low.isdigit() and found[at].low.isdigit():
        bottom = int(found[step + 1].low)
        if 1 < bottom <= 100 and top.value < bottom and (step + 2 >= len(found) or found[step + 2].low != "/"):
            return Amount(at, step + 2, top.value / bottom, None, None, share=True)
    if top.value <= 10:
        return _one_in(found, at, step, top.value, language, known)
    return None


def _shares(found: list[Token], at: int, known: Vocabulary) -> bool:
    """Whether what follows lets "een derde" be a share ("van de bewoners") and no third one ("een derde stond
    buiten").
    """
    if at >= len(found) or found[at].kind != "word":
        return True
    return found[at].low in known.numbers["of"] or match(known.nouns, found, at) is not None


def _spelled(found: list[Token], at: int, low: str, words: dict[str, Any]) -> Amount | None:
    """Reads "tweederde" in one word."""
    for name, size in words["denominators"].items():
        top = words["tops"].get(low.removesuffix(name)) if low.endswith(name) else None
        if top and size > 2:
            return Amount(at, at + 1, top / size, None, None, share=True)
    return None


def _ordinal(found: list[Token], at: int, language: str) -> bool:
    """Whether an ordinal stands there: "de tweede helft" is no share."""
    number = numbers.read(found, at, language)
    return number is not None and number.ordinal


def _one_in(found: list[Token], at: int, step: int, top: float, language: str, known: Vocabulary) -> Amount | None:
    for link in known.numbers.get("part_links", ()):
        words = link.split()
        if [token.low for token in found[step : step + len(words)]] == words:
            end = step + len(words)
            bottom = numbers.read(found, end, language) if end < len(found) else None
            if bottom is not None and not bottom.ordinal and top < bottom.value <= 100 and top == 1:
                return Amount(at, bottom.end, top / bottom.value, None, None, share=True)
    return None


def _mixed(found: list[Token], amount: Amount, language: str, known: Vocabulary) -> Amount:
    """Adds a fraction behind a whole number: "2 1/4", "drie en een kwart", "vijf miljard en driekwart"."""
    step = amount.end
    glued = step < len(found) and found[step].low in known.numbers.get("glue", ())
    half = (
        single(found, step + 1, language, known) if glued and found[step - 1].low in known.numbers["scales"] else None
    )
    if half is not None and half.value and amount.value and half.value < amount.value and half.end - step == 4:
        value = amount.value + half.value  # een miljard en een half miljoen
        return replace(amount, end=half.end, value=value, low=value, high=value)
    inner = _fraction(found, step + glued, language, known) if step + glued < len(found) else None
    if inner is None or inner.value is None or amount.value is None or inner.value >= 1:
        return amount
    if (
        not glued
        and found[step].low not in known.numbers.get("fractions", ())
        and "/" not in [token.low for token in found[step : inner.end]]
    ):
        return amount
    if glued and inner.end - step - glued > 2:
        return amount
    scale = numbers.numerals(language).scales.get(found[step - 1].low, 1) if found[step - 1].kind == "word" else 1
    scale = scale if scale >= 1000 else 1
    value = amount.value + inner.value * scale
    return replace(amount, end=inner.end, value=value, low=value, high=value)
