"""`relaas places`: which places a text names, and why those."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from relaas.ontology.display import say

SHOWN = ("table", "jsonl")


def run(
    text: Annotated[str, typer.Argument(help=say("option.text"), show_default=False)],
    language: Annotated[str, typer.Option(help=say("option.text_language"))] = "nl",
    format: Annotated[
        str | None, typer.Option("--format", help=say("option.format", allowed=", ".join(SHOWN)), show_default=False)
    ] = None,
) -> None:
    from relaas.cli.terminal import format_or_default, style, tell
    from relaas.places.explanation import explain

    shown = format_or_default(format, SHOWN)
    rows = explain(_text(text), language)
    if not rows:
        tell(say("places.none"))
    if shown == "jsonl":
        for row in rows:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    elif rows:
        _table(rows, style().width)


def _text(given: str) -> str:
    from relaas.errors import QueryError
    from relaas.readers.reader import decoded

    if given == "-":
        return decoded(sys.stdin.buffer.read(), "utf-8")
    try:
        if len(given) < 256 and Path(given).is_file():
            return decoded(Path(given).read_bytes(), "utf-8")
    except OSError as error:
        raise QueryError(say("cannot_open", path=given, reason=error.strerror or str(error))) from error
    return given


def _table(rows: list[dict[str, Any]], width: int) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, width=width)
    for column in ("name", "place", "use", "reason"):
        table.add_column(say(f"column.{column}"), overflow="fold")
    for row in rows:
        place = (
            ", ".join(str(part) for part in (row["name"], row["kind"], row["geonameid"]) if part)
            if row["lat"] is not None
            else say("explain.unresolved")
        )
        table.add_row(Text(row["text"]), Text(place), say(f"use.{row['use']}"), Text(str(row["reason"]), style="dim"))
    Console(width=width, highlight=False).print(table)
