"""A situation report put in words, line by line, for the formats that people read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from relaas.exports import wording
from relaas.ontology.display import name, say, sign
from relaas.queries.report import Disputed, Figure, Line, Report
from relaas.text import collapse


@dataclass(frozen=True, slots=True)
class Said:
    """One line in words. ``strength`` and ``footing`` are empty where the standing says it all; ``time`` is the
    stretch, ``time_words`` the report's own words for it.
    """

    standing: str
    sign: str
    word: str
    strength: str
    footing: str
    quote: str
    language: str
    foreign: str
    source: str
    kind: str
    via: str
    checked: str
    time: str
    time_words: str
    places: str
    report: int
    sentence: str
    reported: str
    id: str
    reviewed: str


def said(line: Line, report: Report, language: str) -> Said:
    """A line in the words of one language."""
    claim, passage = line.claim, line.claim["passage"]
    time, source = claim["time"], claim["source"]
    hides = line.standing in {"denied", "expected", "unknown"}
    return Said(
        standing=line.standing,
        sign=sign(line.standing),
        word=name("standings", line.standing, language=language),
        strength=wording.strength(claim, language),
        footing=wording.footing(claim, language) if hides and claim["evidence"] != "stated" else "",
        quote=collapse(claim["quote"]["exact"]),
        language=passage["language"],
        foreign=_foreign(passage["language"], language),
        source=wording.source_name(claim, language),
        kind=name("source_kinds", source["kind"], language=language) if source else "",
        via=wording.via(claim, language),
        checked=wording.verification(claim, language),
        time=wording.when(time, language),
        time_words=collapse(time["text"]) if time and time.get("text") and wording.when(time, language) else "",
        places=wording.places(claim, language, but=report.place.name),
        report=line.report,
        sentence=say("report.sentence", language=language, number=line.sentence),
        reported=wording.day(claim["reported"] or claim["document"]["published"], language),
        id=claim["id"],
        reviewed="" if claim["status"] == "unreviewed" else wording.status(claim, language),
    )


def _foreign(passage: str, language: str) -> str:
    """The name of the passage's language where it is not the reader's."""
    if not passage or passage == language or passage == "und":
        return ""
    from babel import Locale

    return say(
        "report.language_note", language=language, language_name=str(Locale(language).languages.get(passage, passage))
    )


def title(report: Report) -> str:
    """The place as asked, with the record's name for it where that is another."""
    given = collapse(report.place.given or report.place.name)
    return given if given.casefold() == report.place.name.casefold() else f"{given} ({report.place.name})"


def whereabouts(report: Report, language: str) -> str:
    """The country that the place lies in, in the reader's language; empty for a country itself."""
    code = report.place.country
    if not code or report.place.kind == "country":
        return ""
    return wording.territory(code, language)


def period(report: Report, language: str) -> str:
    """The period as asked."""
    since, until = report.asked.get("since"), report.asked.get("until")
    if since and until:
        text = wording.days(since, until, language)
    elif since:
        text = say("since_day", language=language, day=wording.day(since, language))
    elif until:
        text = say("until_day", language=language, day=wording.day(until, language))
    else:
        text = say("report.period_all", language=language)
    known = report.asked.get("as_known")
    return f"{text}, {say('report.as_known', language=language, day=wording.day(known, language))}" if known else text


def scope(report: Report, language: str) -> str:
    """How many claims from how many reports, and their dates."""
    dates = sorted(str(cited.document["published"]) for cited in report.reports if cited.document["published"])
    counts = {
        "claims": wording.counted("claims", report.claims, language),
        "reports": wording.counted("reports", len(report.reports), language),
    }
    if not dates:
        return say("report.scope_undated", language=language, **counts)
    first, last = wording.day(dates[0], language), wording.day(dates[-1], language)
    if first == last:
        return say("report.scope_one", language=language, first=first, **counts)
    return say("report.scope", language=language, first=first, last=last, **counts)


def note(report: Report, language: str) -> str:
    """That nobody has reviewed what stands here, or that somebody has."""
    return wording.review_note(report.unreviewed, report.claims, language) or (
        say("report.reviewed", language=language) if report.claims else ""
    )


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure in words: who gives it, what it counts, the range, the report's own words, and when; ``first`` begins a
    new unit.
    """

    unit: str
    by: str
    range: str
    words: str
    when: str
    scope: str
    standing: str
    sign: str
    lines: tuple[Line, ...]
    first: bool


def figure_rows(figures: Sequence[Figure], language: str) -> list[FigureRow]:
    """The figures as rows."""
    rows: list[FigureRow] = []
    for figure in figures:
        quantity, claim = figure.quantity, figure.lines[0].claim
        unit = wording.unit(quantity, language)
        cumulative = quantity["cumulative"]
        scope = (
            ""
            if cumulative is None or claim["topic"] != "casualties"
            else say("report.total" if cumulative else "report.one_event", language=language)
        )
        shown = figure.lines[0].standing
        rows.append(
            FigureRow(
                unit,
                wording.source_name(claim, language),
                wording.figure(quantity, language),
                collapse(str(quantity["text"])),
                wording.when(claim["time"], language),
                scope,
                name("standings", shown, language=language),
                sign(shown),
                figure.lines,
                not rows or rows[-1].unit != unit,
            )
        )
    return rows


def heading(one: Disputed, language: str) -> str:
    """What a dispute is about: the topic and the place."""
    return f"{name('topics', one.dispute.topic, language=language)}, {collapse(one.dispute.place)}"


def why(one: Disputed, language: str) -> str:
    """Why its lines are held to contradict each other, in a sentence or two."""
    reasons = one.dispute.reasons
    words = sorted({word for reason in reasons for word in reason.words})
    units = dict.fromkeys(reason.unit for reason in reasons if reason.unit)
    parts = []
    if words:
        parts.append(say("dispute.words", language=language, words=", ".join(f"“{word}”" for word in words)))
    parts += [
        say(f"dispute.{kind}", language=language)
        for kind in ("event", "denial")
        if any(reason.kind == kind for reason in reasons)
    ]
    parts += [say("dispute.figures", language=language, unit=wording.unit_name(unit, language)) for unit in units]
    text = say("dispute.because", language=language, reasons="; ".join(parts))
    apart = max((reason.days for reason in reasons if reason.time == "reports"), default=None)
    if apart is not None:
        return f"{text} {say('time.reports', language=language, days=apart)}"
    return f"{text} {say('time.overlap', language=language)}" if any(reason.time for reason in reasons) else text
