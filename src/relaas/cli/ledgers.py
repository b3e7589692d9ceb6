"""What the commands of the ledgers share: the picture of a question, and rows shown as text, JSON lines or CSV."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from relaas.cli.asking import ask
from relaas.cli.terminal import format_or_default, style, tell
from relaas.exports.ledger import Entry, flat, lines
from relaas.ontology.display import say
from relaas.queries.picture import Picture, picture
from relaas.queries.selection import Question

FORMATS = ("table", "jsonl", "csv")


@contextmanager
def pictured(db: str | None, question: Question, format: str | None) -> Iterator[Picture | None]:
    """The picture of what a question selects; None where no claim is about its place."""
    with ask(db, question, format, formats=FORMATS, linked=True) as (view, selection):
        yield picture(view, selection.wanted) if selection.wanted is not None else None


def show(rows: Sequence[Any], entry: Callable[[Any, Picture, str], Entry], found: Picture, format: str | None) -> None:
    """Print rows in the format asked for; says on the side when there are none."""
    shown, look = format_or_default(format, FORMATS), style()
    entries = [entry(row, found, look.language) for row in rows]
    if not rows:
        tell(say("ledger.none"))
    elif shown == "jsonl":
        for row, one in zip(rows, entries, strict=True):
            sys.stdout.write(json.dumps(flat(one, row.to_json(), found), ensure_ascii=False) + "\n")
    elif shown == "csv":
        _csv(rows)
    else:
        sys.stdout.write("\n".join(lines(entries, look.width, look.language)).lstrip("\n") + "\n")


def _csv(rows: Sequence[Any]) -> None:
    made = [row.to_json() for row in rows]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(made[0])
    for row in made:
        writer.writerow([_cell(value) for value in row.values()])


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return " | ".join(str(one) if not isinstance(one, list) else "/".join(map(str, one)) for one in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else "" if value is None else value
