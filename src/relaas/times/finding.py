"""Finds the time expressions of a text and resolves them against a reference."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from relaas.model.time import Time
from relaas.times import arith
from relaas.times import reference as references
from relaas.times.grammar import Meaning
from relaas.times.lexicon import Language, lattice
from relaas.times.lexicon import language as knowledge
from relaas.times.resolve import MEANINGS
from relaas.times.scan import Token, tokens
from relaas.times.tense import guess
from relaas.times.value import Surroundings, Value

Tense = Callable[[int], "str | None"]
_MOVES_ON = ("D", "W", "WE", "M", "Q", "S", "Y")


def find(
    text: str,
    *,
    language: str,
    reference: str | None = None,
    tense: Tense | None = None,
    context: Sequence[Time] = (),
    signals: bool | None = None,
) -> list[Time]:
    """The time expressions of a text, in order, resolved against ``reference``.

    ``reference`` is the date the text was written ("2022-10-14", a date-time, or no finer than "2022-10" or "2022":
    then nothing comes out finer); with ``None`` nothing relative is resolved. ``tense`` says for a character offset
    whether its clause is "past" or "future" (else the words around decide). ``context`` are times named before this
    text, for "die dag". ``signals`` says whether "sinds", "tot", "by" belong to the span and two ends make one
    range: by default as the language has it (Dutch yes; English no, as in TIMEX3); ``edtf`` counts the signal in
    either case. ``edtf`` names the days and units that the words name; ``earliest`` and ``latest`` are narrower
    where the words narrow a unit ("begin maart") or leave a day out ("van 4 tot 22 maart").

    >>> found = find("Sinds half maart valt er niets.", language="nl", reference="2024-04-02")[0]
    >>> found.text, found.edtf, found.earliest, found.latest
    ('Sinds half maart', '2024-03-15~/2024-04-02', '2024-03-15', '2024-04-02')
    >>> [(time.timex, time.edtf) for time in find("It fell on Friday.", language="en", reference="2013-03-25")]
    [('2013-03-22', '2013-03-22')]
    >>> [(time.timex, time.edtf) for time in find("Het viel dinsdag.", language="nl", reference="2022-10")]
    [('2022-10', '2022-10')]
    >>> find("Het viel gisteren.", language="nl")[0].earliest is None
    True
    """
    known = knowledge(language)
    if known is None:
        return []
    inside = bool(known.data.get("signals_inside")) if signals is None else signals
    found = tokens(text)
    meanings = known.grammar.parse(found, lattice(text, found, known))
    anchor = references.read(reference)
    up_to = known.data.get("up_to", {})
    around = Surroundings(
        anchor,
        found,
        _tenses(found, known, tense),
        MEANINGS,
        frozenset(up_to.get("leaves_out", ())),
        frozenset(up_to.get("unless", ())),
    )
    for earlier in context:
        around.context = _stretch_of(earlier) or around.context
        around.carried = around.context is not None
    results: list[Time] = []
    for group in _rows(meanings, known, inside):
        for meaning in group:
            if meaning.op == "nothing":
                break
            value = around.resolve(meaning)
            if value is None:
                continue
            start, end = _edges(meaning, known, inside)
            results.append(_time(text, found, start, end, meaning, value, language))
            named = value.named or value.stretch
            if (
                named is not None
                and named.grain in _MOVES_ON
                and value.type in ("DATE", "TIME")
                and value.timex != "PRESENT_REF"
            ):
                around.context, around.carried = named, False
            break
    return results


def _tenses(found: list[Token], known: Language, given: Tense | None) -> Tense:
    """The caller's hint at a token, else a guess from the words around it."""

    def at(index: int) -> str | None:
        hint = given(found[index].start) if given is not None else None
        return hint or guess(found, index, known)

    return at


def _rows(meanings: list[Meaning], known: Language, inside: bool) -> list[list[Meaning]]:
    """The matches that do not overlap, leftmost and longest first; each with the shorter ones at the same place in
    reserve.
    """
    ranges = frozenset(known.data.get("range_patterns", ()))
    usable = [
        meaning for meaning in meanings if meaning.pattern.emit and (inside or meaning.pattern.name not in ranges)
    ]
    usable.sort(key=_order)
    rows: list[list[Meaning]] = []
    reached = 0
    for meaning in usable:
        if meaning.start >= reached:
            rows.append([meaning])
            reached = meaning.end
        elif meaning.start == rows[-1][0].start and meaning.end <= reached:
            rows[-1].append(meaning)
    return rows


def _order(meaning: Meaning) -> tuple[int, int, bool, int, bool]:
    """Leftmost, longest; then what is no time at all (an age), the higher layer, and what counts from a date named."""
    told = meaning.slots.get("base") == "context"
    return meaning.start, -meaning.end, meaning.op != "nothing", -meaning.pattern.rank, not told


def _edges(meaning: Meaning, known: Language, inside: bool) -> tuple[int, int]:
    """The tokens of the span: the whole match, or only what a signal governs."""
    if not inside and meaning.pattern.name in known.data.get("signal_patterns", ()):
        inner = next((slot for slot in meaning.slots.values() if isinstance(slot, Meaning)), None)
        if inner is not None:
            return inner.start, inner.end
    return meaning.start, meaning.end


def _time(text: str, found: list[Token], start: int, end: int, meaning: Meaning, value: Value, language: str) -> Time:
    first, last = found[start].start, found[end - 1].end
    stretch = value.stretch
    return Time(
        text=text[first:last],
        start=first,
        end=last,
        type=value.type,
        timex=value.timex,
        edtf=stretch.edtf if stretch else None,
        earliest=stretch.first.isoformat() if stretch and stretch.first else None,
        latest=stretch.last.isoformat() if stretch and stretch.last else None,
        anchor=value.anchor,
        reason=f"{language}.times.{meaning.pattern.name}: {value.why}",
        modifier=value.modifier or None,
    )


def _stretch_of(time: Time) -> arith.Stretch | None:
    """A found time as a context for others; ``None`` for what is no date of its own or has an open end."""
    if time.type not in ("DATE", "TIME") or time.edtf is None or time.earliest is None or time.latest is None:
        return None
    first, last = date.fromisoformat(time.earliest), date.fromisoformat(time.latest)
    grain = {4: "Y", 7: "M", 10: "D"}.get(len(time.edtf.rstrip("~")), "W")
    return arith.Stretch(first, last, time.edtf, time.timex or time.edtf, grain)
