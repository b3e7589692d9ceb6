"""A table for people at a terminal, eighty columns wide or as wide as the terminal is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import ClassVar, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from relaas.exports import wording
from relaas.exports.exporter import Claim, Exporter, Style
from relaas.ontology.display import name, say, sign, standing
from relaas.text import collapse

COLOURS = {
    "verified": "green", "observed": "green", "stated": "default", "attributed": "cyan", "unconfirmed": "yellow",
    "denied": "red", "expected": "magenta", "unknown": "bright_black",
}  # fmt: skip
SHORT_ID = 8


class TableExporter(Exporter):
    """A head for each report, then its claims: id, standing by sign and word, and the quote with who, what, where and
    when below it.
    """

    name: ClassVar[str] = "table"

    def write(self, claims: Iterable[Claim], stream: TextIO, style: Style) -> int:
        """Write report after report, so that the first is seen before the last is read."""
        console = Console(
            file=stream,
            width=style.width,
            highlight=False,
            force_terminal=style.terminal,
            no_color=not style.terminal,
            soft_wrap=False,
        )
        total = unreviewed = 0
        for _, group in groupby(claims, key=lambda claim: claim["document"]["id"]):
            table = _table()
            members = list(group)
            for claim in members:
                total += 1
                unreviewed += claim["status"] == "unreviewed"
                table.add_row(claim["id"][:SHORT_ID], _standing(claim, style), _body(claim, style))
            console.print(_head(members[0], style))
            console.print(table)
        console.print(
            Text(
                wording.review_note(unreviewed, total, style.language)
                if total
                else say("none_found", language=style.language),
                style="italic",
            )
        )
        return total


def _table() -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False, expand=True)
    table.add_column(width=SHORT_ID, style="dim", no_wrap=True)
    table.add_column(width=15)
    table.add_column(ratio=1, overflow="fold")
    return table


def _head(claim: Claim, style: Style) -> Text:
    document = claim["document"]
    head = Text("\n" + wording.publisher(document), style="bold")
    head.append(f" · {wording.day(document['published'], style.language)}", style="not bold")
    return head


def _standing(claim: Claim, style: Style) -> Text:
    shown = standing(claim["evidence"], claim["certainty"])
    text = Text(f"{sign(shown)} {name('standings', shown, language=style.language)}", style=COLOURS[shown])
    if shown in {"denied", "expected", "unknown"} and claim["evidence"] != "stated":
        text.append(f"\n  {wording.footing(claim, style.language)}")
    return text


def _body(claim: Claim, style: Style) -> Text:
    text = Text(f"“{collapse(claim['quote']['exact'])}”")
    for word in style.highlight:
        text.highlight_regex(re.compile(rf"(?<!\w){re.escape(word)}\w*", re.IGNORECASE), "bold reverse")
    text.append("\n" + " · ".join(wording.details(claim, style.language)) + "\n", style="dim")
    return text
