"""`relaas review`: the queue of claims to settle, and what a person decides about them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from relaas.cli import options
from relaas.ontology.display import say

if TYPE_CHECKING:
    from relaas.queries.selection import Question
    from relaas.reviewing import Verdict
    from relaas.store.store import Store

VERBS = {
    "accept": "accepted", "reject": "rejected", "correct": "corrected", "split": "split", "grade": "graded",
    "comment": "commented", "undo": "undone",
}  # fmt: skip
# Stands between the ids of the two claims of a link.
PAIR = "+"
ACTIONS = ("queue", "links", *VERBS, "history", "export")
Action = Annotated[str | None, typer.Argument(metavar="ACTION", help=say("option.action"), show_default=False)]
Claims = Annotated[list[str] | None, typer.Argument(metavar="CLAIM…", help=say("option.claims"), show_default=False)]
Set = Annotated[
    list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help=say("option.set"), show_default=False)
]
Parts = Annotated[
    list[str] | None, typer.Option("--part", metavar="WORDS", help=say("option.part"), show_default=False)
]


def run(
    action: Action = None,
    claims: Claims = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help=say("option.by"), show_default=False)] = None,
    why: Annotated[str, typer.Option("--why", help=say("option.why"), show_default=False)] = "",
    set_: Set = None,
    part: Parts = None,
    grade: Annotated[str, typer.Option("--grade", help=say("option.grade"), show_default=False)] = "",
    number: Annotated[int | None, typer.Option("--judgement", help=say("option.judgement"), show_default=False)] = None,
    seen: Annotated[int | None, typer.Option("--seen", help=say("option.seen"), show_default=False)] = None,
    place: options.Place = None,
    actor: options.Actor = None,
    source: options.Source = None,
    topic: options.Topic = None,
    evidence: options.Evidence = None,
    since: options.Since = None,
    until: options.Until = None,
    as_known: options.AsKnown = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help=say("option.limit"))] = 20,
    out: Annotated[str, typer.Option("--out", help=say("option.out_folder"), show_default=False)] = "",
    format: options.Format = None,
    db: options.Database = None,
) -> None:
    from relaas.cli.reviewer import interactive
    from relaas.cli.terminal import database
    from relaas.errors import QueryError
    from relaas.queries.selection import Question
    from relaas.reviewing import Verdict
    from relaas.settings import settings
    from relaas.store.store import Store

    question = Question(place, actor, source, topic, evidence, since, until, as_known)
    who = by or settings().reviewer
    if action is None and sys.stdin.isatty() and sys.stdout.isatty():
        with Store.open(database(db), create=False) as store:
            interactive(store, question, who)
        return
    chosen = action or "queue"
    if chosen not in ACTIONS:
        raise QueryError(say("unknown_action", given=chosen, allowed=", ".join(ACTIONS)))
    if chosen == "queue":
        _queue(db, question, limit, format)
        return
    if chosen == "links":
        _links(db, question, limit, format, who)
        return
    with Store.open(database(db), create=False) as store:
        if chosen == "export":
            _export(store, question, out)
        elif chosen == "history":
            _each(claims, lambda id: _history(store, id))
        else:
            verdict = Verdict(VERBS[chosen], _fields(set_), part or (), grade[:1], grade[1:], why, number)
            _each(claims, lambda id: (_judge_link if PAIR in id else _judge)(store, id, verdict, who, seen))


def _queue(db: str | None, question: Question, limit: int, format: str | None) -> None:
    from relaas.cli.asking import ask
    from relaas.cli.terminal import export
    from relaas.queries.reviewing import queue

    with ask(db, question, format) as (view, selection):
        export(queue(view, selection.wanted, size=limit) if selection.wanted is not None else (), format)


def _links(db: str | None, question: Question, limit: int, format: str | None, by: str) -> None:
    """The links that wait: one after another on a terminal, else as a table or JSON lines."""
    from relaas.cli.asking import ask
    from relaas.cli.links import FORMATS, interactive, print_links
    from relaas.cli.terminal import database, format_or_default
    from relaas.queries.link_review import link_queue
    from relaas.store.store import Store

    if format is None and sys.stdin.isatty() and sys.stdout.isatty():
        with Store.open(database(db), create=False) as store:
            interactive(store, question, by)
        return
    shown = format_or_default(format, FORMATS)
    with ask(db, question, format, formats=FORMATS, linked=True) as (view, selection):
        print_links(link_queue(view, selection.wanted, size=limit) if selection.wanted is not None else [], shown)


def _each(claims: Sequence[str] | None, do: Callable[[str], None]) -> None:
    """Every claim named, or, for -, every one on standard input; ids or their beginnings, or claims as JSON lines."""
    from relaas.errors import QueryError

    named = list(claims or ())
    if not named:
        raise QueryError(say("no_claim_named"))
    if named == ["-"]:
        lines = [line.strip() for line in sys.stdin if line.strip()]
        named = [json.loads(line)["id"] if line.startswith("{") else line for line in lines]
    for id in named:
        do(id)


def _whole(store: Store, id: str) -> str:
    """The claim's whole id; of a claim that is not shown (it was split), the id as given."""
    from relaas.errors import QueryError

    with store.view() as view:
        claim = view.claim(id)
        if claim is None and not view.judgements(id):
            raise QueryError(say("no_such_claim", id=id))
    return str(claim["id"]) if claim else id


def _judge(store: Store, id: str, verdict: Verdict, by: str, seen: int | None) -> None:
    from relaas.cli.terminal import tell
    from relaas.reviewing import judge

    claim = _whole(store, id)
    number = judge(store, claim, verdict, by, seen=seen)
    tell(say("judged", number=number, verdict=say(f"verdict.{verdict.verdict}"), id=claim[:8], by=by))


def _pair(store: Store, id: str) -> tuple[str, str]:
    """The claims of a link, by their whole ids."""
    from relaas.errors import QueryError
    from relaas.queries.link_review import pair_of

    with store.view() as view:
        found = pair_of(view, id)
    if found is None:
        raise QueryError(say("no_such_link", id=id))
    return found


def _judge_link(store: Store, id: str, verdict: Verdict, by: str, seen: int | None) -> None:
    from relaas.cli.terminal import tell
    from relaas.reviewing import judge_link

    one, other = _pair(store, id)
    number = judge_link(store, one, other, verdict.verdict, by, why=verdict.why, seen=seen, undoes=verdict.undoes)
    shown = f"{one[:8]}{PAIR}{other[:8]}"
    tell(say("judged_link", number=number, verdict=say(f"verdict.{verdict.verdict}"), id=shown, by=by))


def _history(store: Store, id: str) -> None:
    from relaas.queries.link_review import link_history

    pair, claim = (_pair(store, id), "") if PAIR in id else (None, _whole(store, id))
    with store.view() as view:
        for row in link_history(view, *pair) if pair else view.judgements(claim):
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def _fields(given: Sequence[str] | None) -> dict[str, str]:
    from relaas.errors import QueryError

    pairs = [one.partition("=") for one in given or ()]
    if any(not mark for _, mark, _ in pairs):
        raise QueryError(say("bad_set", given=next(name for name, mark, _ in pairs if not mark)))
    return {name.strip(): value for name, _, value in pairs}


def _export(store: Store, question: Question, out: str) -> None:
    from dataclasses import replace

    from relaas.cli.terminal import tell
    from relaas.errors import QueryError
    from relaas.evaluation.reviewed import files
    from relaas.queries.selection import select

    if not out:
        raise QueryError(say("name_a_folder"))
    folder, count = Path(out), 0
    with store.view() as view:
        wanted = select(view, question).wanted
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, text in files(view, replace(wanted, accepted=True)) if wanted else ():
                (folder / name).write_bytes(text.encode())
                count += name.endswith(".txt")
        except OSError as error:
            raise QueryError(say("cannot_write", path=out, reason=error.strerror or str(error))) from error
    tell(say("labels_written", count=count, path=out))
