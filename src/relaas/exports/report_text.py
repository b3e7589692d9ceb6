"""The situation report as plain text, eighty columns wide, for terminals and mail."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import ClassVar

from relaas import __version__
from relaas.exports import account, wording
from relaas.exports.account import said
from relaas.exports.ledger import key_changes
from relaas.exports.ledger import lines as ledger_lines
from relaas.exports.situation import SituationExporter
from relaas.ontology.display import name, say, sign
from relaas.queries.report import Line, Report

WIDTH = 80
LABEL = 17


class TextReport(SituationExporter):
    """Capitals for topics, the standing in a column of its own, words and citation below each quote."""

    name: ClassVar[str] = "text"

    def render(self, report: Report, *, language: str) -> str:
        """The whole report."""
        lines = [*_head(report, language), *_key(report, language), *_glance(report, language)]
        for section in report.sections:
            lines += [
                *_heading(name("topics", section.topic, language=language)),
                *_lines(section.lines, report, language),
            ]
        lines += [*_figures(report, language), *_disputed(report, language)]
        lines += _heading(f"{sign('unknown')} {say('report.unknown', language=language)}")
        lines += (
            _lines(report.unknown, report, language)
            if report.unknown
            else [say("report.unknown_none", language=language)]
        )
        lines += [
            *_reports(report, language),
            "",
            *_wrapped(say("report.made", language=language, version=__version__)),
        ]
        return "\n".join(line.rstrip() for line in lines) + "\n"


def _wrapped(text: str, *, indent: int = 0) -> list[str]:
    space = " " * indent
    return textwrap.wrap(text, WIDTH, initial_indent=space, subsequent_indent=space, break_on_hyphens=False)


def _heading(text: str) -> list[str]:
    return ["", text.upper(), "─" * min(WIDTH, len(text))]


def _head(report: Report, language: str) -> Iterator[str]:
    where = account.whereabouts(report, language)
    yield say("report.kicker", language=language).upper()
    yield from _wrapped(", ".join(part for part in (account.title(report), where) if part))
    yield from _wrapped(f"{say('report.period', language=language)}: {account.period(report, language)}")
    yield from _wrapped(account.scope(report, language))
    if note := account.note(report, language):
        yield from _wrapped(f"! {note}")


def _key(report: Report, language: str) -> Iterator[str]:
    told = key_changes(report, language)
    if told:
        yield from _heading(say("report.key", language=language))
    for title, entries, more in told:
        yield from ("", f"{title}:", *list(ledger_lines(entries, WIDTH, language, note=False))[1:])
        if more:
            yield f"  {say('ledger.more', language=language, count=more)}"


def _glance(report: Report, language: str) -> Iterator[str]:
    shown = [one for one in report.standings if one != "unknown"]
    if not shown:
        return
    names = [name("topics", section.topic, language=language) for section in report.sections]
    width = max(map(len, names))
    yield from _heading(say("report.glance", language=language))
    yield " " * width + "".join(f"{sign(one):>5}" for one in shown)
    for label, section in zip(names, report.sections, strict=True):
        yield f"{label:<{width}}" + "".join(f"{section.count(one) or '·':>5}" for one in shown)
    legend = "   ".join(f"{sign(one)}\u00a0{name('standings', one, language=language)}" for one in shown)
    yield from ("", *_wrapped(legend))


def _lines(lines: Iterable[Line], report: Report, language: str) -> Iterator[str]:
    for line in lines:
        one = said(line, report, language)
        label = [f"{one.sign} {one.word}", *(f"  {part}" for part in (one.footing, one.strength) if part)]
        who = f"{one.source} ({one.via})" if one.via else one.source
        time = f"{one.time} (“{one.time_words}”)" if one.time_words else one.time
        details = [
            one.checked,
            one.places,
            time,
            one.foreign,
            one.reviewed,
            f"[{one.report}] {one.sentence}, {one.reported}",
        ]
        body = [
            *_wrapped(f"{who}: “{one.quote}”", indent=LABEL),
            *_wrapped(" · ".join(filter(None, details)), indent=LABEL),
        ]
        for number, text in enumerate(body):
            yield f"{label[number] if number < len(label) else '':<{LABEL}}{text[LABEL:]}"
        yield from label[len(body) :]


def _figures(report: Report, language: str) -> Iterator[str]:
    if not report.figures:
        return
    yield from _heading(say("report.figures", language=language))
    yield from _wrapped(say("report.figures_note", language=language))
    for row in account.figure_rows(report.figures, language):
        if row.first:
            yield f"{row.unit}:"
        cited = " ".join(f"[{line.report}]" for line in row.lines)
        details = ", ".join(part for part in (row.scope, row.when) if part)
        text = f"{row.sign} {row.range} — {row.by} (“{row.words}”{', ' + details if details else ''}) {cited}"
        yield from textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="      ", break_on_hyphens=False)


def _disputed(report: Report, language: str) -> Iterator[str]:
    yield from _heading(say("report.disputed", language=language))
    note = say("report.disputed_note" if report.disputed else "report.disputed_none", language=language)
    yield from _wrapped(note)
    for one in report.disputed:
        yield from ("", f"{account.heading(one, language)}:")
        yield from _lines(one.lines, report, language)
        yield from _wrapped(account.why(one, language))


def _reports(report: Report, language: str) -> Iterator[str]:
    yield from _heading(say("report.sources", language=language))
    for cited in report.reports:
        document = cited.document
        parts = [wording.publisher(document), wording.day(document["published"], language)]
        parts += [wording.counted("claims", cited.claims, language), f"sha256 {document['sha256'][:16]}…"]
        yield from textwrap.wrap(
            f"[{cited.number}] {', '.join(parts)}", WIDTH, subsequent_indent="    ", break_on_hyphens=False
        )
