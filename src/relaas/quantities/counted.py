"""What an amount counts: its noun, what happened to them, its bound, and whether it is a total or one event's
figure.
"""

from __future__ import annotations

from collections.abc import Callable

from relaas.model.quantity import Quantity
from relaas.quantities import happened
from relaas.quantities.amounts import Amount
from relaas.quantities.governed import Told
from relaas.quantities.vocabulary import Vocabulary, match, match_before, noun_at
from relaas.times.scan import Token, tight

_STOPS = frozenset(".!?")
_PEOPLE = happened.PEOPLE
_WHOLES = happened.FLOWS | {"inhabitants", "soldiers", "treated", "in need", "recruited"}
"""What a part of people counts as, too: "honderd soldaten, onder wie elf vrouwen"."""
_GRAVE = happened.GRAVE
_COUNTS_ONE = frozenset({"killed", "injured", "missing", "captured", "detained", "abducted"})
"""What makes an article a number: "een man raakte gewond", but not "een man ontkwam"."""
_FEW = frozenset({"killed", "injured", "km", "m", "miles"})
"""What "enkele" and "a few" are told of: the dead, the wounded, distances."""
_REACH = 5
"""Tokens after a number in which its noun may stand (adjectives come between)."""


Teller = Callable[[int, int, int | None], Told]
"""Says what the tree tells of the number between two characters, whose noun ends at a third, where one is known."""


def classify(
    found: list[Token], amounts: list[Amount], known: Vocabulary, teller: Teller | None = None
) -> list[happened.Thing]:
    """What each amount counts, in order; ``teller`` says what the tree tells of each."""
    things = [_thing(found, amount, amounts, number, known) for number, amount in enumerate(amounts)]
    sentence = _sentences(found)
    _measured_rows(found, amounts, things, known)
    for number, thing in enumerate(things):
        before = _predecessor(amounts, things, number, sentence)
        if amounts[number].value is None and amounts[number].low is None:
            thing.skip = thing.skip or thing.unit not in _FEW
        if not (thing.skip or thing.measured):
            verdict = None if teller is None else _verdict(found, amounts[number], thing, teller)
            _settle(found, amounts, things, number, before, sentence, known, verdict)
    return things


def _verdict(found: list[Token], amount: Amount, thing: happened.Thing, teller: Teller) -> Told:
    noun = found[thing.noun_end - 1].end if thing.noun is not None and thing.noun_end else None
    return teller(found[amount.start].start, found[amount.end - 1].end, noun)


def _predecessor(
    amounts: list[Amount], things: list[happened.Thing], number: int, sentence: list[int]
) -> happened.Thing | None:
    """The count that a bare number goes on from: the last one that counts, two sentences back at most."""
    for earlier in range(number - 1, -1, -1):
        if sentence[amounts[number].start] - sentence[amounts[earlier].start] > 2:
            return None
        if not (things[earlier].skip or things[earlier].measured) and things[earlier].unit not in (None, "share"):
            return things[earlier]
    return None


def _measured_rows(found: list[Token], amounts: list[Amount], things: list[happened.Thing], known: Vocabulary) -> None:
    """In "33, 34 en 39 jaar": what the last of a row measures, the others do too; and "Jansen, 52," is an age."""
    for number in range(len(amounts) - 1, -1, -1):
        amount, thing = amounts[number], things[number]
        if thing.noun is not None or thing.measured or thing.skip or amount.share:
            continue
        words = (
            {token.low for token in found[amount.end : things[number + 1].start]}
            if number + 1 < len(amounts)
            else set()
        )
        if words and words <= known.row_words and things[number + 1].measured:
            thing.unit, thing.measured = things[number + 1].unit, True
        elif _aged(found, amount, known):
            thing.unit, thing.measured = "age", True


def _aged(found: list[Token], amount: Amount, known: Vocabulary) -> bool:
    """Whether a bare number is an age: "Jansen, 52,", "Jansen (52)", "een vrouw van 71"."""
    if not (amount.figures and amount.value and amount.value < 110 and amount.start >= 2 and amount.end < len(found)):
        return False
    if found[amount.start - 1].low in known.age_links:
        person = noun_at(known, found, amount.start - 2)
        return person is not None and person[0][0] in ("people", "soldiers") and not _may_count(found, amount, known)
    around = found[amount.start - 1].low + found[amount.end].low
    return around in (",,", ",.", "()") and found[amount.start - 2].kind == "word"


def _may_count(found: list[Token], amount: Amount, known: Vocabulary) -> bool:
    return found[amount.end].kind == "word" and noun_at(known, found, amount.end) is not None


def _thing(found: list[Token], amount: Amount, amounts: list[Amount], number: int, known: Vocabulary) -> happened.Thing:
    thing = happened.Thing(amount.start, amount.end)
    _bound(found, amount, thing, known)
    if amount.share and match(known.measures, found, amount.end) is None:
        thing.unit = "share"
        step = amount.end
        while step < len(found) and step < amount.end + 3 and found[step].low in known.share_links:
            step += 1
        linked = amount.end < step < len(found) and found[step].low in known.wholes
        if number + 1 < len(amounts) and step <= amounts[number + 1].start <= step + 3:
            step = amounts[number + 1].end
        noun = _noun(found, step, known, len(found))
        thing.of = noun[0][1] if noun else None
        if noun is not None or linked:
            thing.unit, thing.percent = "percent", True
        return thing
    limit = amounts[number + 1].start if number + 1 < len(amounts) else len(found)
    measure = _measure(found, amount, known)
    if measure is not None:
        thing.unit, step = measure
        thing.measured, thing.end = True, max(thing.end, step)
        if thing.unit == "percent":
            while step < len(found) and step < amount.end + 4 and found[step].low in known.share_links:
                step += 1
            noun = _noun(found, step, known, limit)
            thing.of = noun[0][1] if noun else None
        return thing
    if _is_name(found, amount, known):
        thing.skip = True
        return thing
    start = max(amount.end, thing.end)
    if amount.loose or (start < limit and found[start].low in known.numbers["of"]):
        while start < limit and found[start].low in known.whole_links:
            start += 1
    noun = _noun(found, start, known, limit)
    if noun is not None:
        thing.noun, thing.noun_end = noun
        thing.unit, thing.of = thing.noun
    if match_before(known.parts, found, thing.start) is not None:
        thing.part = True
    return thing


def _bound(found: list[Token], amount: Amount, thing: happened.Thing, known: Vocabulary) -> None:
    """Bounds stand before the number, sometimes two ("naar schatting meer dan"); the inner one counts."""
    if amount.loose:
        thing.bound = "~"
    some = match_before(known.some, found, thing.start) if amount.value is None and amount.loose else None
    if some is not None:
        thing.start = some[1]
    first = match_before(known.bounds_first, found, thing.start)
    if first is not None and (first[1] == 0 or found[first[1] - 1].low in ".!?,:;\"“'‘("):
        thing.bound, thing.start = first
    inner = True
    for _ in range(2):
        before = match_before(known.bounds, found, thing.start)
        if before is None:
            break
        if inner:
            thing.bound = before[0]
        if found[thing.start - 1].low in known.clause_openers:
            break  # "schat dat": the words are no part of the number's
        thing.start, inner = before[1], False
    behind = match(known.bounds_after, found, amount.end)
    if behind is not None:
        thing.bound, thing.end = behind


def _measure(found: list[Token], amount: Amount, known: Vocabulary) -> tuple[str, int] | None:
    """What an amount measures and the index after the words that say so; a currency may stand before it."""
    step = amount.end
    if step < len(found) and found[step].low == "-" and tight(found[step - 1], found[step]):
        step += 1
    behind = match(known.measures, found, step)
    if behind is not None:
        unit, end = str(behind[0]), behind[1]
        if unit == "times" and end < len(found) and found[end].low in known.multiplied:
            unit = "factor"
        return unit, end
    before = found[amount.start - 1].low if amount.start else ""
    if before in ("$", "€", "£", "us$", "eur", "usd"):
        return {"$": "USD", "us$": "USD", "usd": "USD", "£": "GBP"}.get(before, "EUR"), amount.end
    if _score(found, amount):
        return "score", amount.end
    strong = step < len(found) and step > amount.end and found[step].low in known.strong
    if strong:
        return "soldiers", step + 1
    if (
        found[amount.end - 1].kind == "number"
        and step < len(found)
        and tight(found[step - 1], found[step])
        and found[step].kind == "word"
        and match(known.bounds_after, found, amount.end) is None
    ):
        return "measure", amount.end
    return None


def _score(found: list[Token], amount: Amount) -> bool:
    """Whether it is a score, "2-1": two small figures with a hyphen, the first not below the second (a range rises)."""
    if (
        amount.end - amount.start == 1
        and amount.end + 1 < len(found)
        and found[amount.end].low in ("-", "–")
        and found[amount.end + 1].low.isdigit()
    ):
        return tight(found[amount.end - 1], found[amount.end])
    return (
        amount.end - amount.start == 1
        and amount.start > 1
        and found[amount.start - 1].low in ("-", "–", "&")
        and found[amount.start - 2].low.isdigit()
        and tight(found[amount.start - 1], found[amount.start])
    )


def _is_name(found: list[Token], amount: Amount, known: Vocabulary) -> bool:
    """Whether the number belongs to a name: "Leopard 2", "vlucht 17", "route 66"."""
    before = found[amount.start - 1].low if amount.start else ""
    if before in known.designations and found[amount.start].kind == "number":
        return True
    after = found[amount.end] if amount.end < len(found) else None
    return (
        after is not None
        and after.low == "-"
        and tight(found[amount.end - 1], after)
        and amount.end + 1 < len(found)
        and tight(after, found[amount.end + 1])
    )


def noun_of(found: list[Token], start: int, known: Vocabulary) -> tuple[tuple[str, str], int] | None:
    """The noun of a number that ends before ``start``, wherever it stands in its phrase, and the index after it."""
    return _noun(found, start, known, len(found))


def _noun(found: list[Token], start: int, known: Vocabulary, limit: int) -> tuple[tuple[str, str], int] | None:
    """The noun of a number that ends before ``start``: adjectives and "van de" may come between, a mark or another
    number not.
    """
    for step in range(start, min(start + _REACH, limit, len(found))):
        token = found[step]
        if token.kind != "word" and token.low not in "'\"‘’“-":
            return None
        noun = noun_at(known, found, step)
        if noun is not None:
            return noun
        if token.low in known.noun_stops or (match(known.triggers, found, step) is not None and step == start):
            return None
        inflected = not known.adjective_endings or token.low.endswith(known.adjective_endings)
        if token.kind == "word" and not inflected and token.low not in known.uninflected:
            return None
    return None


def _sentences(found: list[Token]) -> list[int]:
    number, result = 0, []
    for token in found:
        result.append(number)
        number += token.low in _STOPS and token.kind == "mark"
    return result


def _settle(
    found: list[Token],
    amounts: list[Amount],
    things: list[happened.Thing],
    number: int,
    before: happened.Thing | None,
    sentence: list[int],
    known: Vocabulary,
    verdict: Told | None,
) -> None:
    """Gives the unit by what happened, the part its whole's, the bare number its predecessor's; then total or event."""
    amount, thing = amounts[number], things[number]
    if thing.unit in ("share", "percent"):
        return
    if thing.part and before is not None:
        thing.of = thing.of or before.of
        if before.unit in _WHOLES and (thing.noun is None or thing.noun[0] in _PEOPLE):
            thing.unit = before.unit
        thing.cumulative = before.cumulative
        return
    _borrow(found, amounts, things, number, known)
    bare = thing.noun is None and _bare(found, amount, known)
    if verdict is not None and verdict.estimated and thing.bound == "=":
        thing.bound = "~"
    if verdict is not None and verdict.of_people and (thing.noun is None or thing.noun[0] not in _PEOPLE):
        verdict = None
    told = verdict.unit if verdict is not None else None
    if told is None and not (verdict is not None and verdict.settled):
        told = happened.trigger(found, amounts, things, number, sentence, known, bare)
    if told == "displaced" and bare and before is not None and before.unit in ("detained", "captured"):
        told = "escaped"
    if thing.noun is None and told is not None and (bare or told in _GRAVE):
        thing.unit = told
        thing.of = (
            before.of
            if bare and before is not None and before.noun is not None and before.noun[0] in _PEOPLE
            else "people"
        )
    elif bare and before is not None:
        thing.unit, thing.of, thing.noun = before.unit, before.of, before.noun
    elif thing.noun is not None and told is not None and happened.happens_to(told, thing.noun[0]):
        thing.unit = told
    if thing.unit in happened.FLOWS:
        thing.cumulative = happened.cumulative(found, amount, sentence, known, told=told is not None)
    if thing.unit is None and not bare and amount.end < len(found):
        word = found[amount.end].low
        if known.plural_endings and word.endswith(known.plural_endings) and len(word) > 3:
            thing.unit = thing.of = word
    if found[amount.start].low in known.numbers["indefinite"] and amount.value == 1:
        graver = told if verdict is None else None if verdict.beside else verdict.unit
        if graver not in _COUNTS_ONE and not thing.part:
            thing.skip = thing.noun is None or thing.noun[0] not in ("killed", "injured")
    if thing.unit is None and amount.value == 1 and not amount.figures and not bare:
        thing.skip = True


def _borrow(
    found: list[Token], amounts: list[Amount], things: list[happened.Thing], number: int, known: Vocabulary
) -> None:
    """In "50 van de 88 raketten": the first number counts what the second does."""
    if things[number].noun is not None or number + 1 >= len(amounts):
        return
    link = match(known.totals_of, found, amounts[number].end)
    following = things[number + 1]
    if link is not None and link[1] in (following.start, amounts[number + 1].start) and following.noun is not None:
        things[number].noun = following.noun
        things[number].unit, things[number].of = following.noun


def _bare(found: list[Token], amount: Amount, known: Vocabulary) -> bool:
    """Whether nothing that could be its noun follows."""
    if amount.end >= len(found):
        return True
    following = found[amount.end]
    return (
        following.kind == "mark"
        or following.low in known.bare_next
        or match(known.triggers, found, amount.end) is not None
    )


def unit_numbers(text: str, found: list[Token], known: Vocabulary) -> list[Quantity]:
    """Ordinals before a military unit, a law or the like: "de 72ste brigade"."""
    results = []
    for index, token in enumerate(found[:-1]):
        if token.kind != "ordinal":
            continue
        reach = [each.low for each in found[index + 1 : index + 4]]
        if known.unit_numbers & set(reach):
            value = float("".join(c for c in token.low if c.isdigit()))
            results.append(
                Quantity(
                    text[token.start : token.end],
                    value,
                    value,
                    value,
                    "=",
                    "unit number",
                    None,
                    None,
                    token.start,
                    token.end,
                )
            )
    return results
