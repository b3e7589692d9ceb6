"""What a command shares with the terminal: where it prints, how wide, and what it says on the side."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import typer

from relaas.errors import QueryError
from relaas.exports.exporter import Style
from relaas.ontology.display import say
from relaas.settings import settings
from relaas.text import collapse

WIDEST = 120
NARROWEST = 40
PAUSE = 10.0


def style(stream: TextIO | None = None, *, highlight: Iterable[str] = ()) -> Style:
    """How to show on a stream, standard output unless told."""
    shown = stream or sys.stdout
    width = max(NARROWEST, min(WIDEST, shutil.get_terminal_size((80, 24)).columns)) if shown.isatty() else 80
    return Style(settings().language, shown.isatty(), width, tuple(highlight))


def format_or_default(given: str | None, allowed: Iterable[str]) -> str:
    """The format asked for, else a table on a terminal and JSON lines in a pipe; raises QueryError for one that is not
    there.
    """
    names = tuple(allowed)
    if given is None:
        return "table" if sys.stdout.isatty() else "jsonl"
    if given not in names:
        raise QueryError(say("unknown_format", given=given, allowed=", ".join(names)))
    return given


def tell(message: str) -> None:
    """A sentence on the side: standard error, one line, no control characters of a report's own."""
    typer.echo(collapse(message), err=True)


def database(given: str | None) -> str:
    """The record to use."""
    return given or settings().database


def export(claims: Iterable[Mapping[str, Any]], given: str | None, *, highlight: Iterable[str] = ()) -> int:
    """Write claims to standard output in the format asked for; returns how many."""
    from relaas.recipes import exporters

    known = exporters()
    name = format_or_default(given, known)
    count = known[name].write(claims, sys.stdout, style(highlight=highlight))
    if not count and name in {"jsonl", "csv"}:
        tell(say("none_found"))
    return count


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show what is being read: the name on one line of a terminal, else a line now and then."""
    if not sys.stderr.isatty():
        yield _now_and_then()
        return
    from rich.console import Console

    with Console(stderr=True).status("") as line:
        yield lambda name: line.update(say("reading", name=collapse(name)))


def _now_and_then() -> Callable[[str], None]:
    last, count = time.monotonic(), 0

    def show(name: str) -> None:
        nonlocal last, count
        count += 1
        if time.monotonic() - last > PAUSE:
            last = time.monotonic()
            tell(f"{count}: {say('reading', name=name)}")

    return show


@contextmanager
def opened(path: str, mode: str) -> Iterator[Any]:
    """A file, or standard input or output for ``-``; raises QueryError with a sentence where it cannot be opened."""
    if path == "-":
        yield sys.stdin.buffer if mode == "rb" else sys.stdout
        return
    try:
        stream = Path(path).open(  # noqa: SIM115 - closed below, so that only opening is guarded
            mode, encoding=None if "b" in mode else "utf-8"
        )
    except OSError as error:
        key = "cannot_write" if "w" in mode else "cannot_open"
        raise QueryError(say(key, path=path, reason=error.strerror or str(error))) from error
    with stream:
        yield stream
