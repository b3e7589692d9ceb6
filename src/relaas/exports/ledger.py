"""Rows of the ledgers and changes between two days, put in words: a heading, what is said, by whom, and the sentences it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from relaas.exports import wording
from relaas.ontology.display import name, say
from relaas.queries.changes import LEDGERS, Change
from relaas.queries.picture import Claim, Picture, iso
from relaas.queries.report import Report
from relaas.queries.rows import CasualtyRow, ConditionRow, ControlRow, Row
from relaas.text import collapse

MOST, KEY = 4, 6
"""How many sentences stand under a row, how many rows of a ledger begin a report; the others are counted."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A quote with who says it where: report, sentence and date."""

    quote: str
    report: str
    claim: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A row in words. ``heading`` is what rows stand under, ``label`` the sort of thing, ``text`` what is said, ``details`` by whom, when and how it stands."""

    heading: str
    label: str
    text: str
    details: tuple[str, ...]
    cited: tuple[Cited, ...]
    more: int
    unreviewed: bool


def control_entry(row: ControlRow, found: Picture, language: str) -> Entry:
    """Who holds a place, in words."""
    place = wording.place_name({"name": row.place, "kind": None, "country": row.country}, language)
    label = say(f"ledger.sense.{row.sense}", language=language)
    return _entry(
        place,
        label,
        _held(row, language),
        row.claimant,
        _control_when(row, language),
        row.state,
        row.claims,
        found,
        language,
    )


def _held(row: ControlRow, language: str) -> str:
    party = collapse(row.holder or row.loser or row.by or say("ledger.somebody", language=language))
    key = {"encircle": "encircled", "contested": "contested"}.get(row.act, row.act)
    if row.holder is None and row.act in {"take", "lose"} and row.loser is None:
        key = f"{row.act}_nobody"
    text = say(f"ledger.{key}", language=language, party=party)
    return say("ledger.denied", language=language, text=text) if row.denied else text


def _control_when(row: ControlRow, language: str) -> str:
    time = {"edtf": row.edtf, "earliest": iso(row.earliest), "latest": iso(row.latest)}
    return wording.when(time, language) if row.edtf else ""


def casualty_entry(row: CasualtyRow, found: Picture, language: str) -> Entry:
    """How many of whom, in words."""
    unit = wording.unit_name(row.role, language)
    side = f" ({wording.unit_name(row.side, language)})" if row.side else ""
    kind = say("report.total" if row.kind == "total" else "report.one_event", language=language)
    place = collapse(row.place or say("ledger.nowhere", language=language))
    text = f"{number_range(row.low, row.best, row.high, language)} {unit}{side}, {kind}"
    when = wording.when({"edtf": row.edtf, "earliest": None, "latest": None}, language) if row.edtf else ""
    earlier = "; ".join(
        f"{number_range(low, best, high, language)} ({wording.day(day, language)})"
        for day, low, best, high in row.before
    )
    told = say("ledger.before", language=language, figures=earlier) if earlier else ""
    return _entry(place, unit, text, row.claimant, when, row.state, row.claims, found, language, told)


def condition_entry(row: ConditionRow, found: Picture, language: str) -> Entry:
    """How people live, in words."""
    place = collapse(row.place or say("ledger.nowhere", language=language))
    label = say(f"ledger.kind.{row.kind}", language=language)
    if row.kind == "services":
        what = say(f"ledger.service.{row.what}", language=language)
        text = say(f"ledger.{row.state}", language=language, what=what)
    else:
        text = f"{number_range(row.low, row.best, row.high, language)} {wording.unit_name(row.what, language)}"
    when = wording.when({"edtf": row.edtf, "earliest": None, "latest": None}, language) if row.edtf else ""
    return _entry(place, label, text, row.claimant, when, row.standing, row.claims, found, language)


def change_entry(change: Change, found: Picture, language: str) -> Entry:
    """One change, in words."""
    label = say(f"ledger.change.{change.kind}", language=language)
    if change.row is not None:
        one = row_entry(change.row, found, language)
        before = change.before
        told = (
            say("ledger.was", language=language, text=row_entry(before, found, language).text)
            if before and not isinstance(before, str)
            else ""
        )
        cited, more, fresh = _cited(change.claims, found, language)
        heading = say(f"ledger.{change.ledger}", language=language)
        details = (*one.details, told) if told else one.details
        return Entry(heading, label, f"{one.heading}: {one.text}", details, cited, more, fresh)
    states = [say(f"ledger.state.{one}", language=language) for one in (str(change.before), str(change.state))]
    cited, more, fresh = _cited(change.claims, found, language)
    topic = name("topics", found.by_id[change.claims[0]]["topic"], language=language)
    text = say("ledger.state_changed", language=language, before=states[0], after=states[1])
    return Entry(say("ledger.states", language=language), label, f"{topic}: {text}", (), cited, more, fresh)


def row_entry(row: Row, found: Picture, language: str) -> Entry:
    """A row of any ledger, in words."""
    if isinstance(row, ControlRow):
        return control_entry(row, found, language)
    return (
        casualty_entry(row, found, language) if isinstance(row, CasualtyRow) else condition_entry(row, found, language)
    )


def number_range(low: float | None, best: float | None, high: float | None, language: str) -> str:
    """A range as people write it: "12", "at least 12", "about 12", "10 – 15"."""
    if best is not None and low == best == high:
        return wording.number(best, language)
    if best is not None:
        return say("report.figure_about", language=language, value=wording.number(best, language))
    if low is not None and high is not None:
        return f"{wording.number(low, language)} – {wording.number(high, language)}"
    if low is not None:
        return say("report.figure_low", language=language, value=wording.number(low, language))
    return say("report.figure_high", language=language, value=wording.number(high or 0, language))


def _entry(
    heading: str,
    label: str,
    text: str,
    by: str | None,
    when: str,
    state: str,
    claims: Sequence[str],
    found: Picture,
    language: str,
    *more: str,
) -> Entry:
    who = say("ledger.by", language=language, name=collapse(by) if by else say("nobody", language=language))
    sources = found.sources(found.agreeing(claims[0]))
    standing = say(f"ledger.state.{state}", language=language)
    counted = say("ledger.sources", language=language, count=sources) if sources > 1 else ""
    cited, left, fresh = _cited(claims, found, language)
    details = tuple(part for part in (who, when, standing, counted, *more) if part)
    return Entry(heading, label, text, details, cited, left, fresh)


def _cited(claims: Sequence[str], found: Picture, language: str) -> tuple[tuple[Cited, ...], int, bool]:
    own = [found.by_id[id] for id in claims if id in found.by_id]
    shown = tuple(_citation(claim, language) for claim in own[:MOST])
    return shown, max(0, len(own) - MOST), any(claim["status"] == "unreviewed" for claim in own)


def _citation(claim: Claim, language: str) -> Cited:
    sentence = say("report.sentence", language=language, number=claim["sentence"]["index"] + 1)
    report = (
        f"{wording.publisher(claim['document'])}, {sentence}, {wording.day(claim['document']['published'], language)}"
    )
    return Cited(collapse(claim["quote"]["exact"]), report, claim["id"])


def key_changes(report: Report, language: str) -> list[tuple[str, list[Entry], int]]:
    """What a situation report begins with: the newest rows of each ledger and what is withdrawn, mended or disputed, with how many more there are."""
    told = []
    for ledger in LEDGERS:
        rows = sorted(report.key.rows(ledger), key=lambda row: (-(row.known or 0), row.claims))
        if rows:
            entries = [row_entry(row, report.picture, language) for row in rows[:KEY]]
            told.append((say(f"ledger.{ledger}", language=language), entries, max(0, len(rows) - KEY)))
    shaken = _shaken(report, language)
    if shaken:
        told.append((say("ledger.states", language=language), shaken[:KEY], max(0, len(shaken) - KEY)))
    return told


def _shaken(report: Report, language: str) -> list[Entry]:
    """Things that were withdrawn or mended, newest first."""
    found = report.picture
    clusters = [
        (found.histories[cluster.id][-1], cluster) for cluster in found.clusters if found.asked & set(cluster.claims)
    ]
    shown = sorted(
        ((last, cluster) for last, cluster in clusters if last.state in {"retracted", "corrected"}),
        key=lambda pair: (-(pair[0].since or 0), pair[1].id),
    )
    entries = []
    for last, cluster in shown:
        topic = name("topics", found.by_id[cluster.claims[0]]["topic"], language=language)
        cited, more, fresh = _cited(cluster.claims, found, language)
        since = wording.day(iso(last.since), language)
        entries.append(
            Entry(topic, say(f"ledger.state.{last.state}", language=language), since, (), cited, more, fresh)
        )
    return entries


def flat(entry: Entry, row: Mapping[str, Any], found: Picture) -> dict[str, Any]:
    """A row as a program reads it: its values, and the sentences that it rests on."""
    claims = [found.by_id[id] for id in row["claims"] if id in found.by_id]
    rests = [
        {
            "claim": claim["id"],
            "status": claim["status"],
            "quote": claim["quote"]["exact"],
            "sentence": claim["sentence"]["text"],
            "document": {key: claim["document"][key] for key in ("id", "name", "publisher", "published")},
        }
        for claim in claims
    ]
    return {**row, "text": f"{entry.heading}: {entry.text}", "rests_on": rests}


def lines(entries: Sequence[Entry], width: int, language: str, *, note: bool = True) -> Iterator[str]:
    """Entries as plain text: a heading for each place or ledger, label and text below it, quotes indented."""
    import textwrap

    heading = None
    for entry in entries:
        if entry.heading != heading:
            heading = entry.heading
            yield from ("", heading)
        yield from textwrap.wrap(
            f"{entry.label}: {entry.text}", width, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False
        )
        if entry.details:
            yield from textwrap.wrap(
                " · ".join(entry.details),
                width,
                initial_indent="    ",
                subsequent_indent="    ",
                break_on_hyphens=False,
            )
        for one in entry.cited:
            yield from textwrap.wrap(
                f"“{one.quote}” — {one.report}",
                width,
                initial_indent="    ",
                subsequent_indent="      ",
                break_on_hyphens=False,
            )
        if entry.more:
            yield "    " + say("ledger.more", language=language, count=entry.more)
    if note and any(entry.unreviewed for entry in entries):
        yield from ("", say("unreviewed", language=language))
