"""`relaas read`: reports into the record, and the claims of exactly these reports out."""

from __future__ import annotations

import json
import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from relaas.cli import options
from relaas.ontology.display import say
from relaas.recipes import FORMATS, READERS

if TYPE_CHECKING:
    from relaas.readers.reader import Options
    from relaas.store.store import Store

FIELDS = ("text", "title", "published", "publisher", "retrieved", "language")
SHOWN = (*FORMATS, "none")
Given = Annotated[list[str] | None, typer.Argument(metavar="FILES…", help=say("option.files"), show_default=False)]
Fields = Annotated[
    str | None, typer.Option("--fields", metavar="NAME=FIELD,…", help=say("option.fields"), show_default=False)
]
InputFormat = Annotated[
    str | None,
    typer.Option("--input-format", help=say("option.input_format", allowed=", ".join(READERS)), show_default=False),
]


def run(
    files: Given = None,
    publisher: Annotated[str | None, typer.Option(help=say("option.publisher"), show_default=False)] = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help=say("option.published"), show_default=False)
    ] = None,
    language: Annotated[str | None, typer.Option(help=say("option.language"), show_default=False)] = None,
    retrieved: Annotated[
        str | None, typer.Option(metavar="DATE", help=say("option.retrieved"), show_default=False)
    ] = None,
    encoding: Annotated[str, typer.Option(help=say("option.encoding"))] = "utf-8",
    fields: Fields = None,
    set_aside: Annotated[bool, typer.Option("--set-aside", help=say("option.set_aside"), show_default=False)] = False,
    format: Annotated[
        str | None, typer.Option("--format", help=say("option.format", allowed=", ".join(SHOWN)), show_default=False)
    ] = None,
    input_format: InputFormat = None,
    db: options.Database = None,
) -> None:
    from relaas.cli.terminal import database, format_or_default
    from relaas.errors import QueryError
    from relaas.store.store import Store

    shown = format_or_default(format, SHOWN)
    if input_format is not None and input_format not in READERS:
        raise QueryError(say("unknown_input", given=input_format, allowed=", ".join(READERS)))
    if set_aside and not files:
        with Store.open(database(db), create=False) as store:
            _list_set_aside(store, shown)
        return
    if not files:
        raise QueryError(say("nothing_named"))
    assumed = _options(publisher, published, language, retrieved, encoding, fields)
    with Store.open(database(db)) as store:
        failed = _read(store, files, assumed, input_format, shown)
        if set_aside:
            _list_set_aside(store, shown)
    if failed:
        raise typer.Exit(1)


def _read(store: Store, files: list[str], assumed: Options, input_format: str | None, shown: str) -> bool:
    from relaas import recipes, workflow
    from relaas.cli.terminal import export, progress, tell
    from relaas.engine.local import Local
    from relaas.exports.wording import counted
    from relaas.settings import settings
    from relaas.store.view import Filter

    with progress() as show:
        outcome = workflow.read(
            files,
            store,
            recipes.pipeline(),
            recipes.readers(),
            assumed,
            many=partial(Local, settings().threads) if settings().threads > 1 else None,
            format=input_format,
            progress=show,
        )
    with store.view() as view:
        wanted = Filter(documents=outcome.documents)
        count = sum(1 for _ in view.claims(wanted)) if shown == "none" else export(view.claims(wanted), shown)
    for name, reason in outcome.set_aside:
        tell(say("set_aside", name=name, reason=reason))
    language = settings().language
    reports = counted("reports", len(outcome.documents), language)
    tell(say("read_count", reports=reports, new=outcome.new, claims=counted("claims", count, language)))
    if outcome.set_aside:
        tell(say("set_aside_count", count=counted("reports", len(outcome.set_aside), language)))
    return bool(outcome.set_aside)


def _options(
    publisher: str | None,
    published: str | None,
    language: str | None,
    retrieved: str | None,
    encoding: str,
    fields: str | None,
) -> Options:
    """What to assume where a file is silent; a date that is none is the caller's fault, not the files'."""
    import codecs

    from relaas.errors import QueryError, ReadError
    from relaas.readers.reader import Metadata, Options, checked_date

    dates = {"published": published, "retrieved": retrieved}
    for option, given in dates.items():
        try:
            dates[option] = checked_date(given, option)
        except ReadError as error:
            raise QueryError(say("bad_date", option=option, given=given)) from error
    try:
        codecs.lookup(encoding)
    except LookupError as error:
        raise QueryError(say("unknown_encoding", given=encoding)) from error
    return Options(Metadata(publisher, dates["published"], dates["retrieved"], language), encoding, _fields(fields))


def _fields(given: str | None) -> dict[str, str]:
    from relaas.errors import QueryError

    pairs = [pair.partition("=") for pair in (given or "").split(",") if pair.strip()]
    if any(not field.strip() or name.strip() not in FIELDS for name, _, field in pairs):
        raise QueryError(say("bad_fields", given=given, allowed=", ".join(FIELDS)))
    return {name.strip(): field.strip() for name, _, field in pairs}


def _list_set_aside(store: Store, shown: str) -> None:
    from relaas.cli.terminal import tell
    from relaas.text import collapse

    with store.view() as view:
        rows = view.set_asides()
    if not rows:
        tell(say("none_set_aside"))
    for row in rows:
        if shown == "jsonl":
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        else:
            sys.stdout.write(collapse(say("set_aside", name=row["name"], reason=row["reason"])) + "\n")
