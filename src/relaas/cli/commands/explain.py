"""`relaas explain`: why a claim bears its labels, in words."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relaas.cli import options
from relaas.ontology.display import definition, name, say
from relaas.ontology.loader import languages

if TYPE_CHECKING:
    from rich.text import Text

    from relaas.queries.explanation import Explanation, Reason

SHOWN = ("table", "jsonl")
# Each place and figure carries its own reason.
EXPLAIN_THEMSELVES = frozenset({"places", "quantities", "control"})
HANGS = {
    "ccomp": "content", "xcomp": "content", "csubj": "content", "csubj:pass": "content", "conj": "joined",
    "parataxis": "joined", "acl": "describing", "acl:relcl": "describing", "advcl": "circumstance",
    "advcl:relcl": "circumstance", "root": "main", "up": "above",
}  # fmt: skip
KINDS = {"evidence": "evidence", "certainty": "certainty", "topic": "topics"}


def run(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help=say("option.claim"), show_default=False)],
    format: Annotated[
        str | None, typer.Option("--format", help=say("option.format", allowed=", ".join(SHOWN)), show_default=False)
    ] = None,
    db: options.Database = None,
) -> None:
    from dataclasses import asdict

    from relaas.cli.terminal import database, format_or_default
    from relaas.errors import QueryError
    from relaas.queries.explanation import explanation
    from relaas.store.store import Store

    shown = format_or_default(format, SHOWN)
    with Store.open(database(db), create=False) as store, store.view() as view:
        found = explanation(view, claim)
    if found is None:
        raise QueryError(say("no_such_claim", id=claim))
    if shown == "jsonl":
        sys.stdout.write(
            json.dumps(
                {"claim": found.claim, "reasons": [asdict(reason) for reason in found.reasons]}, ensure_ascii=False
            )
            + "\n"
        )
    else:
        _print(found)


def _print(found: Explanation) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from relaas.cli.terminal import style
    from relaas.exports import wording
    from relaas.settings import settings

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
        body = Text("\n".join(_values(reason, claim, language)))
        if (because := _because(reason)) and reason.part not in EXPLAIN_THEMSELVES:
            body.append(f"\n{because}", style="dim")
        table.add_row(say(f"explain.{reason.part}"), body)
    console.print(table)


def _marked(sentence: dict[str, Any], quote: dict[str, Any]) -> Text:
    """The sentence with the claim's own words marked by brackets and weight."""
    from rich.text import Text

    text, at = sentence["text"], quote["start"] - sentence["start"]
    end = at + quote["end"] - quote["start"]
    shown = Text(text[:at], style="dim")
    shown.append("[" + text[at:end] + "]", style="bold")
    shown.append(text[end:], style="dim")
    return shown


def _because(reason: Reason) -> str:
    """The rule in words, the words it stood on, and its name; nothing for a label that is not there."""
    if not reason.value and reason.rule is None:
        return ""
    words = ", ".join(f"“{' '.join(word.split())}”" for word in reason.words)
    rule = _in_words(reason.rule or "default")
    rule = rule[:1].upper() + rule[1:]
    parts = [say("explain.because", rule=rule, words=words) if words else rule]
    if reason.rule and not reason.rule.startswith("default"):
        parts.append(say("explain.rule", rule=reason.rule))
    if len(reason.path) > 1:
        parts.append(_path(reason.path))
    if reason.confidence is not None:
        parts.append(say("explain.confidence", share=f"{reason.confidence:.0%}"))
    return " · ".join(parts)


def _path(path: tuple[tuple[str, str], ...]) -> str:
    """The way through the sentence's tree, from the words that decided to the claim's own predicate."""
    first, *rest = path
    steps = [f"“{first[1]}”"]
    for relation, word in rest:
        hangs = say(f"explain.step.{HANGS.get(relation, relation)}")
        steps.append(f"{hangs} “{word}”")
    return say("explain.path", path=" → ".join(steps))


def _in_words(rule: str) -> str:
    """What a rule's name means: its family, which stands first or after the language."""
    family = next((part for part in rule.split(".") if part not in languages()), rule)
    shown = say(f"rule.{family}")
    return say("explain.some_rule") if shown == f"rule.{family}" else shown


def _values(reason: Reason, claim: Any, language: str) -> Iterator[str]:
    from relaas.exports import wording

    value = reason.value
    if reason.part in KINDS:
        yield f"{name(KINDS[reason.part], value)}: {definition(KINDS[reason.part], value)}"
    elif not value:
        yield wording.source_name(claim, language) if reason.part == "source" else say("explain.none")
    elif reason.part == "source":
        yield " · ".join(
            part for part in (value["name"], name("source_kinds", value["kind"]), wording.via(claim, language)) if part
        )
    elif reason.part == "verification":
        yield wording.verification(claim, language)
    elif reason.part == "event":
        yield f"{value['type']}: {wording.event(claim, language)}"
    elif reason.part == "control":
        yield wording.control(claim, language)
    elif reason.part == "time":
        anchor = say("explain.anchor", anchor=value["anchor"]) if value["anchor"] else say("explain.no_anchor")
        yield f"“{value['text']}”: {wording.when(value, language) or value['timex']} · {anchor}"
        yield str(value["reason"])
    elif reason.part == "places":
        for place in value:
            yield _place(place)
    else:
        for quantity in value:
            yield f"“{quantity['text']}”: {wording.figure(quantity, language)} {wording.unit(quantity, language)}"


def _place(place: dict[str, Any]) -> str:
    known = (
        say("explain.unresolved")
        if place["lat"] is None
        else ", ".join(str(part) for part in (place["kind"], place.get("country"), place["geonameid"]) if part)
    )
    origin = f" · {say('explain.inherited')}" if place["inherited"] else ""
    reason = f" · {place['reason']}" if place.get("reason") else ""
    return f"{place['name']} ({say('use.' + place['use'])}): {known}{origin}{reason}"
