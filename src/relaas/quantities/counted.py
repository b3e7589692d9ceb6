"""What an amount counts: its noun, what happened to them, its bound, and whether it is a total or one event's figure."""

from __future__ import annotations

from dataclasses import dataclass

from relaas.model.quantity import Quantity
from relaas.quantities.amounts import Amount
from relaas.quantities.vocabulary import Vocabulary, match, match_before
from relaas.times.scan import Token, tight

_STOPS = frozenset(".!?;")
_PEOPLE = frozenset({"people", "soldiers", "inhabitants", "families", "killed", "injured", "casualties", "detained", "displaced", "missing", "captured", "evacuated"})
_FLOWS = frozenset({"killed", "injured", "missing", "captured", "detained", "displaced", "evacuated", "casualties", "returned", "exchanged"})
_REACH = 5
"""Tokens after a number in which its noun may stand (adjectives come between)."""


@dataclass(slots=True)
class Thing:
    """What one amount counts, and the tokens of its span with the bound."""

    start: int
    end: int
    unit: str | None = None
    of: str | None = None
    bound: str = "="
    cumulative: bool | None = None
    measured: bool = False
    skip: bool = False
    noun: tuple[str, str] | None = None
    noun_end: int = 0
    part: bool = False


def classify(found: list[Token], amounts: list[Amount], known: Vocabulary) -> list[Thing]:
    """What each amount counts, in order."""
    things = [_thing(found, amount, amounts, number, known) for number, amount in enumerate(amounts)]
    sentence = _sentences(found)
    for number, (amount, thing) in enumerate(zip(amounts, things, strict=True)):
        before = things[number - 1] if number and sentence[amounts[number - 1].start] == sentence[amount.start] else None
        if not (thing.skip or thing.measured):
            _settle(found, amounts, things, number, before, sentence, known)
    return things


def _thing(found: list[Token], amount: Amount, amounts: list[Amount], number: int, known: Vocabulary) -> Thing:
    thing = Thing(amount.start, amount.end)
    _bound(found, amount, thing, known)
    if amount.share:
        thing.unit = "share"
        step = amount.end
        while step < len(found) and step < amount.end + 3 and found[step].low in ("van", "de", "het", "of", "the", "all", "alle"):
            step += 1
        noun = _noun(found, step, known, len(found))
        thing.of = noun[0][1] if noun else None
        return thing
    limit = amounts[number + 1].start if number + 1 < len(amounts) else len(found)
    measure = _measure(found, amount, known)
    if measure is not None:
        thing.unit, thing.measured = measure, True
        if measure == "percent":
            step = amount.end + 1
            while step < len(found) and step < amount.end + 4 and found[step].low in ("van", "de", "het", "of", "the"):
                step += 1
            noun = _noun(found, step, known, limit)
            thing.of = noun[0][1] if noun else None
        return thing
    if _is_name(found, amount, known):
        thing.skip = True
        return thing
    noun = _noun(found, amount.end, known, limit)
    if noun is not None:
        thing.noun, thing.noun_end = noun
        thing.unit, thing.of = thing.noun
    if match_before(known.parts, found, thing.start) is not None:
        thing.part = True
    return thing


def _bound(found: list[Token], amount: Amount, thing: Thing, known: Vocabulary) -> None:
    """Bounds stand before the number, sometimes two ("naar schatting meer dan"); the inner one counts."""
    if amount.loose:
        thing.bound = "~"
    some = match_before(known.some, found, thing.start) if amount.value is None and amount.loose else None
    if some is not None:
        thing.start = some[1]
    inner = True
    for _ in range(2):
        before = match_before(known.bounds, found, thing.start)
        if before is None:
            break
        if inner:
            thing.bound = before[0]
        thing.start, inner = before[1], False
    behind = match(known.bounds_after, found, amount.end)
    if behind is not None:
        thing.bound, thing.end = behind


def _measure(found: list[Token], amount: Amount, known: Vocabulary) -> str | None:
    step = amount.end
    if step < len(found) and found[step].low == "-" and tight(found[step - 1], found[step]):
        step += 1
    behind = match(known.measures, found, step)
    if behind is not None:
        return str(behind[0])
    before = found[amount.start - 1].low if amount.start else ""
    if before in ("$", "€", "£", "us$", "eur", "usd"):
        return {"$": "USD", "us$": "USD", "usd": "USD", "£": "GBP"}.get(before, "EUR")
    if _score(found, amount):
        return "score"
    if found[amount.end - 1].kind == "number" and step < len(found) and tight(found[step - 1], found[step]) and found[step].kind == "word":
        return "measure"
    return None


def _score(found: list[Token], amount: Amount) -> bool:
    """"2-1": two small figures with a hyphen, the first not below the second (a range rises)."""
    if amount.end - amount.start == 1 and amount.end + 1 < len(found) and found[amount.end].low in ("-", "–") and found[amount.end + 1].low.isdigit():
        return tight(found[amount.end - 1], found[amount.end])
    return (
        amount.end - amount.start == 1
        and amount.start > 1
        and found[amount.start - 1].low in ("-", "–")
        and found[amount.start - 2].low.isdigit()
        and tight(found[amount.start - 1], found[amount.start])
    )


def _is_name(found: list[Token], amount: Amount, known: Vocabulary) -> bool:
    """Whether the number belongs to a name: "Leopard 2", "vlucht 17", "route 66"."""
    before = found[amount.start - 1].low if amount.start else ""
    if before in known.designations and found[amount.start].kind == "number":
        return True
    after = found[amount.end] if amount.end < len(found) else None
    return after is not None and after.low == "-" and tight(found[amount.end - 1], after) and amount.end + 1 < len(found) and tight(after, found[amount.end + 1])


def _noun(found: list[Token], start: int, known: Vocabulary, limit: int) -> tuple[tuple[str, str], int] | None:
    """The noun of a number that ends before ``start``: adjectives and "van de" may come between, a mark or another number not."""
    for step in range(start, min(start + _REACH, limit, len(found))):
        token = found[step]
        if token.kind != "word" and token.low not in "'\"‘’“-":
            return None
        noun = match(known.nouns, found, step)
        if noun is not None:
            return noun
        if match(known.triggers, found, step) is not None and step == start:
            return None
    return None


def _sentences(found: list[Token]) -> list[int]:
    number, result = 0, []
    for token in found:
        result.append(number)
        number += token.low in _STOPS and token.kind == "mark"
    return result


def _settle(
    found: list[Token], amounts: list[Amount], things: list[Thing], number: int, before: Thing | None, sentence: list[int], known: Vocabulary
) -> None:
    """Gives the unit by what happened, the part its whole's, the bare number its predecessor's; then total or event."""
    amount, thing = amounts[number], things[number]
    if thing.unit == "share":
        return
    if thing.part and before is not None:
        thing.bound = "=" if thing.bound == "=" else thing.bound
        thing.of = thing.of or before.of
        if before.unit in _FLOWS and (thing.noun is None or thing.noun[0] in _PEOPLE):
            thing.unit = before.unit
        thing.cumulative = before.cumulative
        return
    trigger = _trigger(found, amounts, things, number, sentence, known)
    if thing.noun is None and trigger is not None:
        thing.unit = trigger
        thing.of = before.of if before is not None and before.noun is not None else "people"
    elif thing.noun is None and before is not None and before.noun is not None and before.noun[0] in _PEOPLE and _bare(found, amount):
        thing.unit, thing.of, thing.noun = before.noun[0], before.noun[1], before.noun
    elif thing.noun is not None and trigger is not None and thing.noun[0] in ("people", "soldiers", "inhabitants", "casualties", "families", "displaced"):
        thing.unit = trigger
    if thing.unit in _FLOWS:
        thing.cumulative = _cumulative(found, amount, sentence, known)


def _bare(found: list[Token], amount: Amount) -> bool:
    """Whether nothing that could be its noun follows."""
    if amount.end >= len(found):
        return True
    following = found[amount.end]
    return following.kind == "mark" or following.low in (
        "over", "van", "in", "uit", "zijn", "waren", "is", "werden", "worden", "remain", "were", "are", "of", "left", "stayed", "have", "had", "hebben", "bleven", "blijven", "daarvan",
    )


def _trigger(found: list[Token], amounts: list[Amount], things: list[Thing], number: int, sentence: list[int], known: Vocabulary) -> str | None:
    """What happened to them: the word between this number and the next that does not govern the next, else the one before it."""
    amount = amounts[number]
    here = sentence[amount.start]
    limit = things[number + 1].start if number + 1 < len(amounts) else len(found)
    for step in range(amount.end, min(limit, len(found))):
        if sentence[step] != here:
            break
        hit = match(known.triggers, found, step)
        if hit is None:
            continue
        governs_next = number + 1 < len(amounts) and hit[1] >= limit and sentence[min(limit, len(found) - 1)] == here
        if not governs_next:
            return str(hit[0])
    start = things[number].start
    floor = amounts[number - 1].end if number else 0
    for step in range(start - 1, floor - 1, -1):
        if sentence[step] != here:
            break
        hit = match(known.triggers, found, step)
        if hit is not None and (hit[1] <= start or hit[1] > amount.end):
            return str(hit[0])
    if number and sentence[amounts[number - 1].start] == here and things[number].noun is not None:
        for step in range(amounts[number - 1].start - 1, -1, -1):
            if sentence[step] != here:
                break
            hit = match(known.triggers, found, step)
            if hit is not None and hit[1] > amount.end:
                return str(hit[0])
    for later in range(number + 1, len(amounts)):
        if sentence[amounts[later].start] != here or things[later].skip:
            break
        end = things[later + 1].start if later + 1 < len(amounts) else len(found)
        if things[later].noun is None or not _joined(found, amounts[number].end, things[later].start):
            break
        for step in range(amounts[later].end, min(end, len(found))):
            if sentence[step] != here:
                break
            hit = match(known.triggers, found, step)
            if hit is not None:
                return str(hit[0])
    return None


def _joined(found: list[Token], start: int, end: int) -> bool:
    """Whether only a noun and "en" or a comma stand between: "drie soldaten en twee burgers kwamen om"."""
    words = [token.low for token in found[start:end]]
    return len(words) <= 5 and bool({"en", "and", ","} & set(words))


def _cumulative(found: list[Token], amount: Amount, sentence: list[int], known: Vocabulary) -> bool | None:
    here = sentence[amount.start]
    total = event = False
    start = amount.start
    while start and sentence[start - 1] == here:
        start -= 1
    step = start
    while step < len(found) and sentence[step] == here:
        total = total or match(known.total, found, step) is not None
        event = event or match(known.event, found, step) is not None
        step += 1
    if total:
        return True
    return False if event else None


def unit_numbers(text: str, found: list[Token], known: Vocabulary) -> list[Quantity]:
    """Ordinals before a military unit, a law or the like: "de 72ste brigade"."""
    results = []
    for index, token in enumerate(found[:-1]):
        if token.kind != "ordinal":
            continue
        reach = [each.low for each in found[index + 1 : index + 4]]
        if known.unit_numbers & set(reach):
            value = float("".join(c for c in token.low if c.isdigit()))
            results.append(Quantity(text[token.start : token.end], value, value, value, "=", "unit number", None, None, token.start, token.end))
    return results
