"""`relaas places`: which places a text names, and why those."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from relaas.ontology.display import say

SHOWN = ("table", "jsonl")
CANDIDATES, FEATURES = 3, 5


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
    """Each name with the place chosen, its shape, and the candidates with what weighed for and against them."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(width=width, highlight=False)
    for row in rows:
        place = (
            ", ".join(str(part) for part in (row["name"], row["kind"], row["geonameid"]) if part)
            if row["lat"] is not None
            else say("explain.unresolved")
        )
        console.print(Text.assemble((row["text"], "bold"), "  ", place, "  ", (say(f"use.{row['use']}"), "dim")))
        if row["shape"]:
            about = f"{row['shape']} ({row['shape_extent_km']:g} km; {row['lat']:.3f}, {row['lon']:.3f})"
            console.print(Padding(Text(about, style="dim"), (0, 0, 0, 2)))
        for candidate in row["candidates"][:CANDIDATES]:
            told = ", ".join(f"{name} {value:+g}" for name, value in list(candidate["weighed"].items())[:FEATURES])
            named = ", ".join(part for part in (candidate["name"], candidate["kind"], candidate["within"]) if part)
            console.print(Padding(Text(f"{candidate['chance']:.2f}  {named}"), (0, 0, 0, 2)))
            console.print(Padding(Text(told, style="dim"), (0, 0, 0, 8)))
        more = row["candidate_count"] - CANDIDATES
        if more > 0:
            console.print(Padding(Text(f"… +{more}", style="dim"), (0, 0, 0, 2)))
