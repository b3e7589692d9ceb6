"""What happened to those counted ("gedood", "were wounded"), and whether a figure is a total or one event's."""

from __future__ import annotations

from dataclasses import dataclass

from relaas.quantities.amounts import Amount
from relaas.quantities.vocabulary import Vocabulary, match
from relaas.times.scan import Token

GRAVE = frozenset(
    {"killed", "injured", "missing", "captured", "detained", "abducted", "escaped", "trapped", "surrendered"}
)
"""What may be said of people whose noun is unknown ("zes cipiers verwond"); countries, too, return and exchange."""
MOVED = frozenset(
    {"displaced", "evacuated", "rescued", "returned", "deported", "released", "exchanged", "deserted", "defected"}
)
FLOWS = GRAVE | MOVED | {"casualties"}
PEOPLE = FLOWS | {"people", "soldiers", "inhabitants", "families", "protesters", "reporters"}
"""Units of nouns that mean people."""
_AFFECTED = frozenset({"people", "inhabitants", "casualties", "families", "protesters", "reporters"})
"""Of these whatever happened says more than the noun."""
_SAYS_MORE = {
    "soldiers": GRAVE | {"released", "exchanged", "treated", "deported", "deserted", "defected", "rescued"},
    "captured": {"killed", "injured", "escaped", "released", "exchanged", "missing", "returned"},
    "detained": {"killed", "injured", "escaped", "released", "exchanged", "missing", "deported"},
    "displaced": {"killed", "injured", "returned", "evacuated", "missing", "deported", "trapped"},
    "evacuated": {"killed", "injured", "returned"},
    "missing": {"killed", "returned"},
    "injured": {"killed"},
}
"""What says more than a noun that tells something itself: prisoners may be killed, but the dead who are found stay dead."""


@dataclass(slots=True)
class Thing:
    """What one amount counts, and the tokens of its span with the bound."""

    start: int
    end: int
    unit: str | None = None
    of: str | None = None
    bound: str = "="
    cumulative: bool = False
    measured: bool = False
    skip: bool = False
    noun: tuple[str, str] | None = None
    noun_end: int = 0
    part: bool = False
    percent: bool = False


def happens_to(trigger: str, unit: str) -> bool:
    """Whether what happened says more than the noun."""
    return unit in _AFFECTED or trigger in _SAYS_MORE.get(unit, ())


def trigger(
    found: list[Token],
    amounts: list[Amount],
    things: list[Thing],
    number: int,
    sentence: list[int],
    known: Vocabulary,
    bare: bool,
) -> str | None:
    """What happened to them: the word between this number and the next that does not govern the next, else the one
    before it.

    A bare number's word stands in its own clause, an unknown noun's behind it; a noun of people may reach over
    commas, but over no conjunction.
    """
    ahead = _ahead(found, amounts, things, number, sentence, known, narrow=things[number].noun is None)
    if ahead is not None or (things[number].noun is None and not bare):
        return ahead
    behind = _behind(found, amounts, things, number, sentence, known)
    return (
        behind
        if behind is not None or things[number].noun is None
        else _shared(found, amounts, things, number, sentence, known)
    )


def _ahead(
    found: list[Token],
    amounts: list[Amount],
    things: list[Thing],
    number: int,
    sentence: list[int],
    known: Vocabulary,
    narrow: bool,
) -> str | None:
    here = sentence[amounts[number].start]
    follows = number + 1 < len(amounts) and sentence[amounts[number + 1].start] == here
    limit = things[number + 1].start if follows else len(found)
    for step in range(amounts[number].end, limit):
        if sentence[step] != here or found[step].low in known.clause or (narrow and found[step].low == ","):
            return None
        hit = match(known.triggers, found, step)
        if hit is not None and not (follows and hit[1] >= limit):
            return str(hit[0])
    return None


def _behind(
    found: list[Token], amounts: list[Amount], things: list[Thing], number: int, sentence: list[int], known: Vocabulary
) -> str | None:
    start, end = things[number].start, amounts[number].end
    floor = amounts[number - 1].end if number else 0
    for step in range(start - 1, floor - 1, -1):
        if sentence[step] != sentence[start] or found[step].low in known.clause:
            return None
        hit = match(known.triggers, found, step)
        if hit is not None and (hit[1] <= start or hit[1] > end):
            return str(hit[0])
    return None


def _shared(
    found: list[Token], amounts: list[Amount], things: list[Thing], number: int, sentence: list[int], known: Vocabulary
) -> str | None:
    """The word of a later or earlier member of a row: "drie soldaten en twee burgers kwamen om", "kwamen 3 soldaten
    en 2 burgers om".
    """
    here = sentence[amounts[number].start]
    for later in range(number + 1, len(amounts)):
        if (
            sentence[amounts[later].start] != here
            or things[later].noun is None
            or not _joined(found, amounts[later - 1].end, things[later].start, known)
        ):
            break
        hit = _ahead(found, amounts, things, later, sentence, known, narrow=False)
        if hit is not None:
            return hit
    for earlier in range(number - 1, -1, -1):
        if sentence[amounts[earlier].start] != here or not _joined(
            found, amounts[earlier].end, things[earlier + 1].start, known
        ):
            break
        hit = _behind(found, amounts, things, earlier, sentence, known)
        if hit is not None:
            return hit
    return None


def _joined(found: list[Token], start: int, end: int, known: Vocabulary) -> bool:
    """Whether only a noun and "en" or a comma stand between: "drie soldaten en twee burgers kwamen om"."""
    words = [token.low for token in found[start:end]]
    return len(words) <= 5 and not known.row_words.isdisjoint(words)


def cumulative(found: list[Token], amount: Amount, sentence: list[int], known: Vocabulary, told: bool) -> bool:
    """A total by its words, one event's figure by its event; a perfect ("zijn gedood") without one is a total."""
    here = sentence[amount.start]
    total = event = perfect = False
    start = amount.start
    while start and sentence[start - 1] == here:
        start -= 1
    step = start
    while step < len(found) and sentence[step] == here:
        total = total or match(known.total, found, step) is not None
        event = event or match(known.event, found, step) is not None
        perfect = perfect or match(known.perfect, found, step) is not None
        step += 1
    if total:
        return True
    return perfect and told and not event
