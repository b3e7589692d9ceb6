"""Prints a claim with the explanation of its labels on a terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from relaas.cli.terminal import style
from relaas.exports import reasons, wording
from relaas.ontology.display import say
from relaas.queries.explanation import Explanation
from relaas.settings import settings


def show(found: Explanation) -> None:
    """Print a claim in its sentence, with every label and the reason for it."""
    claim, language = found.claim, settings().language
    console = Console(width=style().width, highlight=False)
    sentence, quote = claim["sentence"], claim["quote"]
    head = say("explain.sentence", number=sentence["index"] + 1, report=wording.publisher(claim["document"]))
    console.print(Text(f"{head}, {wording.day(claim['document']['published'], language)}", style="bold"))
    console.print(_marked(sentence, quote))
    where = say("explain.where", start=quote["start"], end=quote["end"])
    console.print(Text(f"{where} · {say('explain.status')}: {wording.status(claim, language)}\n", style="dim"))
    table = Table(box=None, show_header=False, padding=(0, 2, 1, 0), pad_edge=False, width=style().width)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for reason in found.reasons:
        body = Text("\n".join(reasons.values(reason, claim, language)))
        if because := reasons.because(reason, claim, language):
            body.append(f"\n{because}", style="dim")
        table.add_row(say(f"explain.{reason.part}"), body)
    console.print(table)


def _marked(sentence: dict[str, Any], quote: dict[str, Any]) -> Text:
    """The sentence with the claim's own words marked by brackets and weight."""
    text, at = sentence["text"], quote["start"] - sentence["start"]
    end = at + quote["end"] - quote["start"]
    shown = Text(text[:at], style="dim")
    shown.append("[" + text[at:end] + "]", style="bold")
    shown.append(text[end:], style="dim")
    return shown
