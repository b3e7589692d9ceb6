"""Reviews proposed links on a terminal, and prints the queue of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

import typer
from rich.console import Console
from rich.text import Text

from relaas.cli.terminal import style, tell
from relaas.errors import JudgementError
from relaas.exports import reasons, wording
from relaas.linkage import link
from relaas.ontology.display import say
from relaas.queries.link_review import Tied, link_dossier, link_queue
from relaas.queries.picture import Claim
from relaas.queries.selection import Question, select
from relaas.reviewing import judge_link
from relaas.settings import settings
from relaas.store.store import Store
from relaas.text import collapse

FORMATS = ("table", "jsonl")
KEYS = {"a": "accepted", "r": "rejected", "u": "undone"}


def print_links(found: Sequence[Tied], format: str) -> None:
    """The queue: as JSON lines that `relaas review accept -` takes, or in words."""
    if not found:
        tell(say("web.no_links_waiting"))
    for one in found:
        if format == "jsonl":
            sys.stdout.write(json.dumps(_row(one), ensure_ascii=False) + "\n")
        else:
            _show(one)


def interactive(store: Store, question: Question, by: str) -> None:
    """Go through the proposed links until none is left or the person stops; a mistake is told and asked again."""
    link(store)
    after: tuple[str, str] | None = None
    while True:
        with store.view() as view:
            wanted = select(view, question).wanted
            found = link_queue(view, wanted, after=after, size=1) if wanted is not None else []
        if not found:
            tell(say("web.no_links_waiting"))
            return
        after = (found[0].link.one, found[0].link.other)
        if not _one(store, *after, by):
            return


def _one(store: Store, one: str, other: str, by: str) -> bool:
    """One link until it is decided or passed over; False to stop."""
    while True:
        with store.view() as view:
            known = link_dossier(view, one, other)
        if known is None:
            return True
        _show(known.tied)
        key = str(typer.prompt(say("link_keys"), default="n", show_default=False)).strip().lower()[:1]
        if key in {"n", "q"}:
            return key == "n"
        if key not in KEYS:
            continue
        try:
            number = judge_link(store, one, other, KEYS[key], by, labels=known.labels, seen=known.seen)
        except JudgementError as error:
            tell(str(error))
            continue
        verdict = say(f"verdict.{KEYS[key]}")
        tell(say("judged_link", number=number, verdict=verdict, id=f"{one[:8]}+{other[:8]}", by=by))
        if KEYS[key] != "undone":
            return True


def _show(tied: Tied) -> None:
    """A link in words: what is asked, why, and its two claims, the later first."""
    language, console = settings().language, Console(width=style().width, highlight=False)
    console.print(Text(say(f"link.ask.{tied.link.type}"), style="bold"))
    grounds = ", ".join(reasons.grounds(tied.link, language))
    told = [say("web.chance", share=f"{tied.link.score:.0%}"), say("web.on", grounds=grounds) if grounds else ""]
    console.print(Text(f"{tied.id} · {' · '.join(part for part in told if part)}", style="dim"))
    for claim in (tied.one, tied.other):
        console.print(Text(f"  “{collapse(claim['quote']['exact'])}”"))
        console.print(Text(f"    {_whose(claim, language)}", style="dim"))
    console.print()


def _whose(claim: Claim, language: str) -> str:
    day = wording.day(claim["document"]["published"], language)
    return f"{wording.source_name(claim, language)} · {wording.publisher(claim['document'])}, {day}"


def _row(tied: Tied) -> dict[str, object]:
    found = tied.link
    return {
        "id": tied.id,
        "type": found.type,
        "score": found.score,
        "dependent": found.dependent,
        "why": found.why,
        "reasons": [{"feature": one.feature, "weight": one.weight, "detail": one.detail} for one in found.reasons],
        "claims": [
            {
                "id": claim["id"],
                "quote": claim["quote"]["exact"],
                "status": claim["status"],
                "document": claim["document"]["name"],
            }
            for claim in (tied.one, tied.other)
        ],
    }
