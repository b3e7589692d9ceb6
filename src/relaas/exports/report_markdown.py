"""The situation report as Markdown, for mail, notes and the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from relaas import __version__
from relaas.exports import account, wording
from relaas.exports.account import Said, said
from relaas.exports.ledger import key_changes
from relaas.exports.markdown_text import escaped
from relaas.exports.situation import SituationExporter
from relaas.ontology.display import name, say, sign
from relaas.queries.report import Cited, Line, Report


class MarkdownReport(SituationExporter):
    """Headings for topics, a line for each claim, tables for the overview and the figures."""

    name: ClassVar[str] = "md"

    def render(self, report: Report, *, language: str) -> str:
        """The whole report."""
        blocks = [*_head(report, language), *_key(report, language), *_glance(report, language)]
        for section in report.sections:
            blocks.append(f"## {escaped(name('topics', section.topic, language=language))}")
            blocks.append(_lines(section.lines, report, language))
        blocks += [*_figures(report, language), *_disputed(report, language)]
        blocks.append(f"## {sign('unknown')} {say('report.unknown', language=language)}")
        blocks.append(
            _lines(report.unknown, report, language)
            if report.unknown
            else say("report.unknown_none", language=language)
        )
        blocks += [*_reports(report, language), f"*{say('report.made', language=language, version=__version__)}*"]
        return "\n\n".join(blocks) + "\n"


def _head(report: Report, language: str) -> Iterator[str]:
    where = account.whereabouts(report, language)
    title = escaped(", ".join(part for part in (account.title(report), where) if part))
    yield f"# {say('report.kicker', language=language)}: {title}"
    note = account.note(report, language)
    head = [
        f"{say('report.period', language=language)}: {account.period(report, language)}",
        account.scope(report, language),
    ]
    yield "  \n".join(head)
    if note:
        yield f"> **{note}**"


def _key(report: Report, language: str) -> Iterator[str]:
    told = key_changes(report, language)
    if told:
        yield f"## {say('report.key', language=language)}"
    for title, entries, more in told:
        yield f"### {escaped(title)}"
        rows = []
        for entry in entries:
            details = " · ".join(escaped(part) for part in entry.details)
            rows.append(f"- **{escaped(entry.heading)}**: {escaped(entry.text)}" + (f" — {details}" if details else ""))
            rows += [f"  - “{escaped(one.quote)}” ({escaped(one.report)})" for one in entry.cited]
        yield "\n".join([*rows, *([f"- {say('ledger.more', language=language, count=more)}"] if more else [])])


def _glance(report: Report, language: str) -> Iterator[str]:
    shown = [one for one in report.standings if one != "unknown"]
    if not shown:
        return
    heads = [
        say("report.topic", language=language),
        *(f"{sign(one)} {name('standings', one, language=language)}" for one in shown),
    ]
    rows = [
        [name("topics", section.topic, language=language), *(str(section.count(one) or "") for one in shown)]
        for section in report.sections
    ]
    yield f"## {say('report.glance', language=language)}"
    yield _table(heads, rows, right=True)


def _lines(lines: Iterable[Line], report: Report, language: str) -> str:
    return "\n".join(_line(said(line, report, language)) for line in lines)


def _line(one: Said) -> str:
    label = ", ".join(part for part in (one.word, one.footing, one.strength) if part)
    who = " ".join(part for part in (escaped(one.source), f"({escaped(one.via)})" if one.via else "") if part)
    when = f"{one.time} (“{escaped(one.time_words)}”)" if one.time_words else one.time
    details = [escaped(one.checked), escaped(one.places), when, one.foreign, one.reviewed]
    rest = " · ".join([*(part for part in details if part), f"\\[{one.report}\\] {one.sentence}, {one.reported}"])
    return f"- {one.sign} **{label}** — {who}: “{escaped(one.quote)}” · {rest}"


def _figures(report: Report, language: str) -> Iterator[str]:
    if not report.figures:
        return
    yield f"## {say('report.figures', language=language)}"
    yield say("report.figures_note", language=language)
    heads = [say(f"report.{key}", language=language) for key in ("counted", "says", "figure", "words", "when", "cited")]
    rows = []
    for row in account.figure_rows(report.figures, language):
        by = f"{row.sign} {escaped(row.by)}"
        what = ", ".join(part for part in (escaped(row.unit), row.scope) if part)
        rows.append(
            [
                what,
                by,
                row.range,
                f"“{escaped(row.words)}”",
                row.when,
                " ".join(f"\\[{line.report}\\]" for line in row.lines),
            ]
        )
    yield _table(heads, rows)


def _disputed(report: Report, language: str) -> Iterator[str]:
    yield f"## {say('report.disputed', language=language)}"
    if not report.disputed:
        yield say("report.disputed_none", language=language)
        return
    yield say("report.disputed_note", language=language)
    for one in report.disputed:
        yield f"### {escaped(account.heading(one, language))}"
        yield _lines(one.lines, report, language)
        yield f"*{escaped(account.why(one, language))}*"


def _reports(report: Report, language: str) -> Iterator[str]:
    yield f"## {say('report.sources', language=language)}"
    yield "\n".join(_cited(cited, language) for cited in report.reports)


def _cited(cited: Cited, language: str) -> str:
    document = cited.document
    parts = [escaped(wording.publisher(document)), wording.day(document["published"], language)]
    parts += [wording.counted("claims", cited.claims, language), f"sha256 `{document['sha256'][:16]}…`"]
    return f"- \\[{cited.number}\\] {', '.join(parts)}"


def _table(heads: list[str], rows: list[list[str]], *, right: bool = False) -> str:
    rule = ["---", *(["--:"] if right else ["---"]) * (len(heads) - 1)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (heads, rule, *rows))
