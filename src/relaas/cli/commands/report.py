"""`relaas report`: a situation report on a place and period."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from relaas.cli import options
from relaas.ontology.display import say
from relaas.recipes import PRINTED_FORMATS

if TYPE_CHECKING:
    from relaas.queries.report import Report

LANGUAGES = ("nl", "en")


def run(
    place: Annotated[str, typer.Argument(metavar="PLACE", help=say("option.place_argument"), show_default=False)],
    actor: options.Actor = None,
    source: options.Source = None,
    topic: options.Topic = None,
    evidence: options.Evidence = None,
    since: options.Since = None,
    until: options.Until = None,
    as_known: options.AsKnown = None,
    disputed: options.Disputed = False,
    accepted: options.Accepted = False,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=say("option.format", allowed=", ".join(PRINTED_FORMATS)),
            show_default=False,
        ),
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", help=say("option.report_language"), show_default=False)
    ] = None,
    out: Annotated[str, typer.Option("--out", help=say("option.out"), show_default=False)] = "-",
    db: options.Database = None,
) -> None:
    from relaas.cli.asking import ask
    from relaas.errors import QueryError
    from relaas.queries.report import situation
    from relaas.queries.selection import Question
    from relaas.settings import settings

    shown = _format(format, out)
    if language not in {*LANGUAGES, None}:
        raise QueryError(say("unknown_language", given=language, allowed=", ".join(LANGUAGES)))
    question = Question(place, actor, source, topic, evidence, since, until, as_known, accepted)
    asked = {key: value for key, value in (("since", since), ("until", until), ("as_known", as_known)) if value}
    with ask(db, question, None, linked=True) as (view, selection):
        if selection.wanted is None or selection.place is None:
            return
        report = situation(view, selection.place, selection.wanted, asked, disputed=disputed)
    _show(report, shown, language or settings().language, out, place)


def _format(given: str | None, out: str) -> str:
    """The format asked for, else text on a terminal, what the file's name says, and Markdown."""
    from relaas.cli.terminal import format_or_default

    if given is not None:
        return format_or_default(given, PRINTED_FORMATS)
    if out == "-":
        return "text" if sys.stdout.isatty() else "md"
    suffix = out.rpartition(".")[2].lower()
    return {"html": "html", "htm": "html", "json": "json", "txt": "text", "pdf": "pdf"}.get(suffix, "md")


def _show(report: Report, format: str, language: str, out: str, place: str) -> None:
    from relaas.cli.terminal import opened, tell
    from relaas.recipes import situation_exporters

    if not report.claims:
        tell(say("no_claims_in_period", place=place))
        return
    if format == "pdf":
        _print(situation_exporters()["html"].render(report, language=language), out)
        return
    text = situation_exporters()[format].render(report, language=language)
    with opened(out, "w") as stream:
        stream.write(text)
    if out != "-":
        tell(say("written", path=out))


def _print(page: str, out: str) -> None:
    """Write a page as PDF, to a file or into a pipe; a terminal shows no PDF."""
    from relaas.cli.terminal import opened, tell
    from relaas.errors import QueryError
    from relaas.exports.paper import pdf

    if out == "-" and sys.stdout.isatty():
        raise QueryError(say("pdf_needs_file"))
    made = pdf(page)
    if out == "-":
        sys.stdout.buffer.write(made)
        return
    with opened(out, "wb") as stream:
        stream.write(made)
    tell(say("written", path=out))
