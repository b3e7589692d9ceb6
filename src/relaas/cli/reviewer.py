"""Reviews one claim after another on a terminal: shows it, asks, keeps the judgement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import typer

from relaas.cli.showing import show
from relaas.cli.terminal import tell
from relaas.errors import JudgementError, QueryError
from relaas.ontology.display import say
from relaas.queries.explanation import explanation
from relaas.queries.reviewing import dossier, queue
from relaas.queries.selection import Question, select
from relaas.review.fields import flat
from relaas.reviewing import Verdict, judge
from relaas.store.store import Store

KEYS = {
    "a": "accepted",
    "r": "rejected",
    "c": "corrected",
    "s": "split",
    "g": "graded",
    "m": "commented",
    "u": "undone",
}
DECIDING = frozenset({"accepted", "rejected", "corrected", "split"})


def interactive(store: Store, question: Question, by: str) -> None:
    """Go through the queue until it is empty or the person stops; a mistake is told and asked again."""
    after: str | None = None
    while True:
        with store.view() as view:
            wanted = select(view, question).wanted
            found = queue(view, wanted, after=after, size=1) if wanted is not None else []
        if not found:
            tell(say("queue_empty"))
            return
        id = found[0]["id"]
        if not _one(store, id, by):
            return
        after = id


def _one(store: Store, id: str, by: str) -> bool:
    """One claim until it is decided or passed over; False to stop."""
    while True:
        with store.view() as view:
            found, known = explanation(view, id), dossier(view, id)
        if found is None or known is None:
            return True
        show(found)
        for doubt in known.doubts:
            tell(f"· {say(f'doubt.{doubt}')}")
        key = str(typer.prompt(say("review_keys"), default="n", show_default=False)).strip().lower()[:1]
        if key in {"n", "q"}:
            return key == "n"
        if key not in KEYS:
            continue
        try:
            number = judge(
                store, id, _asked(KEYS[key], known.claim), by, version=known.claim["version"], seen=known.seen
            )
        except (JudgementError, QueryError) as error:
            tell(str(error))
            continue
        tell(say("judged", number=number, verdict=say(f"verdict.{KEYS[key]}"), id=id[:8], by=by))
        if KEYS[key] in DECIDING:
            return True


def _asked(verdict: str, claim: Mapping[str, Any]) -> Verdict:
    """What the verdict needs, asked line by line; an empty line ends it."""
    if verdict == "corrected":
        fields = flat(claim)
        for name, value in fields.items():
            typer.echo(f"  {name}={' '.join(value.split())}", err=True)
        pairs = (line.partition("=") for line in _lines(say("review_fields")))
        return Verdict(verdict, {name.strip(): value.strip() for name, _, value in pairs})
    if verdict == "split":
        return Verdict(verdict, quotes=list(_lines(say("review_parts"))))
    if verdict == "graded":
        given = typer.prompt(say("review_grade")).strip()
        return Verdict(verdict, reliability=given[:1], credibility=given[1:])
    if verdict == "commented":
        return Verdict(verdict, why=typer.prompt(say("review_comment")))
    return Verdict(verdict)


def _lines(question: str) -> list[str]:
    found: list[str] = []
    while line := typer.prompt(question, default="", show_default=False).strip():
        found.append(line)
    return found
