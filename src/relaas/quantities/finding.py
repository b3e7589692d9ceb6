"""Finds the counts of people and things in a text, with bound, unit and scope."""

from __future__ import annotations

import re
from collections.abc import Sequence

from relaas.model.quantity import Quantity
from relaas.model.time import Time
from relaas.quantities import counted
from relaas.quantities.amounts import Amount, read
from relaas.quantities.happened import PEOPLE, Thing
from relaas.quantities.vocabulary import Vocabulary, match, noun_at, vocabulary
from relaas.times.finding import find as find_times
from relaas.times.scan import Token, tight, tokens

MOST = 1e15
_CLOCK = re.compile(r"[0-2]?\d\.[0-5]\d")


def find(
    text: str,
    *,
    language: str,
    kinds: str = "counts",
    times: Sequence[Time] | None = None,
    teller: counted.Teller | None = None,
) -> list[Quantity]:
    """The quantities of a text in order: counts of people and things, and numbers whose noun is unknown (``unit``
    ``None``).

    The span is the number with its bound ("meer dan 120"), not the noun, but with what it measures ("12 km"). A
    fraction of something named is a percentage ("een kwart van de bewoners"), any other has unit ``share``, the
    fraction as value, and whose share in ``of``. ``kinds="all"`` adds what is measured, not counted (money,
    distance, percentages, calibres "155 mm", unit numbers "72ste brigade", scores "2-1"), by ``unit``. Times, ages,
    flight and model numbers are left out; ``times`` saves finding them again. ``teller`` says for the characters of
    a number what happened to those counted, where there is a tree; else the words around decide.

    >>> found = find("Er zijn meer dan 120 burgers gedood.", language="nl")[0]
    >>> found.text, found.value, found.bound, found.unit, found.of
    ('meer dan 120', 120, '>=', 'killed', 'civilians')
    >>> found = find("Dozens of houses were hit.", language="en")[0]
    >>> found.value, found.low, found.high, found.bound, found.unit
    (None, 20, 99, '~', 'houses')
    >>> find("De 72ste brigade vuurde granaten van 155 mm.", language="nl")
    []
    """
    known = vocabulary(language)
    if known is None:
        return []
    found = tokens(text)
    taken = times if times is not None else find_times(text, language=language)
    blocked = _blocked(found, taken)
    amounts = [amount for amount in _amounts(found, blocked, language, known) if _is_countable(amount)]
    things = counted.classify(found, amounts, known, teller)
    results = []
    for amount, thing in zip(amounts, things, strict=True):
        if thing.skip or (thing.measured and kinds != "all"):
            continue
        results.append(_quantity(text, found, amount, thing))
    if kinds == "all":
        results.extend(counted.unit_numbers(text, found, known))
        results.sort(key=lambda each: (each.start, each.end))
    return results


def _is_countable(amount: Amount) -> bool:
    """Whether an amount can count anything: a row of digits too long for that is a code."""
    return all(number is None or abs(number) < MOST for number in (amount.value, amount.low, amount.high))


def _blocked(found: list[Token], times: Sequence[Time]) -> list[bool]:
    blocked = [False] * len(found)
    spans = iter(sorted((time.start, time.end) for time in times))
    current = next(spans, None)
    for index, token in enumerate(found):
        while current is not None and current[1] <= token.start:
            current = next(spans, None)
        blocked[index] = current is not None and current[0] <= token.start < current[1]
    return blocked


def _amounts(found: list[Token], blocked: list[bool], language: str, known: Vocabulary) -> list[Amount]:
    amounts: list[Amount] = []
    at = 0
    while at < len(found):
        if blocked[at] or not _may_begin(found, at, known):
            at += 1
            continue
        skipped = match(known.not_one, found, at)
        amount = read(found, at, language, known)
        if skipped is not None and (amount is None or not amount.share):
            at = skipped[1]
            continue
        if amount is None or any(blocked[amount.start : amount.end]) or _article(found, amount, known):
            at += 1 if amount is None else max(1, amount.end - at if amount.end - at == 1 else 1)
            continue
        amounts.append(amount)
        at = amount.end
    return amounts


def _may_begin(found: list[Token], at: int, known: Vocabulary) -> bool:
    """Not inside a name or code: "T-72", "Su34", "+31612345678", "192.168.1.2"."""
    token = found[at]
    if token.kind == "number" and token.low[0] == "0" and len(token.low) > 7:
        return False
    if not at:
        return True
    before = found[at - 1]
    if (
        token.kind == "number"
        and tight(before, token)
        and (before.kind == "word" or (before.low in "+-_/#@." and at > 1 and tight(found[at - 2], before)))
    ):
        return False
    start = at
    while token.kind == "number" and start and found[start - 1].kind == "number":
        start -= 1
    return not (
        token.kind == "number"
        and start
        and found[start - 1].low in ("+", "#")
        and tight(found[start - 1], found[start])
    )


def _article(found: list[Token], amount: Amount, known: Vocabulary) -> bool:
    """Whether it is only the article "een", "half" as an adverb, or a clock time ("08.50 – …") where the comma is
    decimal.

    An article before a noun of people stays: whether it counts ("een man raakte gewond") shows from what happened.
    """
    low = found[amount.start].low
    if amount.end - amount.start != 1:
        return False
    if low in known.numbers["halves"] and not amount.share:
        return amount.end < len(found)
    if known.numbers["group"] == "." and _CLOCK.fullmatch(low):
        return True
    if amount.value != 1:
        return False
    if low in known.numbers["indefinite"]:
        following = counted.noun_of(found, amount.end, known)
        return following is None or following[0][0] not in PEOPLE - {"families"}
    return low == "one" and noun_at(known, found, amount.end) is None


def _quantity(text: str, found: list[Token], amount: Amount, thing: Thing) -> Quantity:
    start, end = found[thing.start].start, found[thing.end - 1].end
    value, low, high = amount.value, amount.low, amount.high
    bound = thing.bound
    if thing.percent and value is not None:
        value = round(value * 100, 2)
    if value is None:
        bound = "~" if amount.loose else "="
    elif bound == ">=":
        low, high = value, None
    elif bound == "<=":
        low, high = None, value
    elif bound == "~":
        low = high = None
    else:
        low = high = value
    return Quantity(
        text=text[start:end],
        value=_whole(value),
        low=_whole(low),
        high=_whole(high),
        bound=bound,
        unit=thing.unit,
        of=thing.of,
        cumulative=thing.cumulative,
        start=start,
        end=end,
    )


def _whole(value: float | None) -> float | None:
    """An integer where it is one, so that JSON says 120 and not 120.0."""
    return int(value) if value is not None and value == int(value) else value
