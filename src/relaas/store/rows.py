"""A claim's JSON as rows of the record: the claim with its places, actors and searchable words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from relaas.store import tables
from relaas.text import folded

Claim = Mapping[str, Any]
# What a row says elsewhere, or what is derived when the claim is read.
APART = ("document", "status", "run", "id", "version", "review")


def add_rows(
    connection: sa.Connection,
    reading: int,
    claims: Sequence[Claim],
    words: Sequence[str],
    *,
    lemmas: Sequence[str] = (),
    judgement: int | None = None,
    root: str | None = None,
) -> list[int]:
    """Add claims (as the contract's JSON) to a reading; returns their numbers. ``words`` are each one's
    searchable words, ``lemmas`` form and lemma of those of its quote, where they are known; ``judgement`` and ``root`` say
    which judgement made them of which claim.
    """
    if not claims:
        return []
    table = tables.claims
    adding = table.insert().returning(table.c.number, sort_by_parameter_order=True)
    made = {"reading": reading, "judgement": judgement, "root": root}
    rows = [_claim_row(claim) | made for claim in claims]
    numbers = [int(number) for number in connection.execute(adding, rows).scalars()]
    pairs = list(zip(numbers, claims, strict=True))
    if places := [row for number, claim in pairs for row in _place_rows(number, claim)]:
        connection.execute(tables.claim_places.insert(), places)
    if actors := [row for number, claim in pairs for row in _actor_rows(number, claim)]:
        connection.execute(tables.claim_actors.insert(), actors)
    if lemmas:
        own = [{"claim": number, "words": one} for number, one in zip(numbers, lemmas, strict=True)]
        connection.execute(tables.claim_words.insert(), own)
    if connection.dialect.name == "sqlite":
        statement = sa.text("INSERT INTO claims_text (rowid, words) VALUES (:number, :words)")
        found = [{"number": number, "words": one} for number, one in zip(numbers, words, strict=True)]
        connection.execute(statement, found)
    return numbers


def payload(claim: Claim) -> str:
    """What a row keeps of a claim's JSON."""
    kept = {key: value for key, value in claim.items() if key not in APART}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def day_number(iso: str | None) -> int | None:
    """An ISO day as a number of days; None stays open."""
    return date.fromisoformat(iso).toordinal() if iso else None


def _claim_row(claim: Claim) -> dict[str, Any]:
    time, source = claim["time"] or {}, claim["source"]
    return {
        "id": claim["id"],
        "version": claim["version"],
        "start": claim["quote"]["start"],
        "end": claim["quote"]["end"],
        "topic": claim["topic"],
        "evidence": claim["evidence"],
        "certainty": claim["certainty"],
        "source": source["name"] if source else None,
        "said_by": _said_by(claim),
        "earliest": day_number(time.get("earliest")),
        "latest": day_number(time.get("latest")),
        "payload": payload(claim),
    }


def _said_by(claim: Claim) -> str:
    """The source and those through whom it reached the report, folded, one a line; empty where nobody is named."""
    source = claim["source"]
    return "\n".join(folded(name) for name in (source["name"], *source["via"])) if source else ""


def _place_rows(number: int, claim: Claim) -> list[dict[str, Any]]:
    kept = ("name", "geonameid", "kind", "country", "lat", "lon")
    return [
        {"claim": number, "position": position, "folded": folded(place["name"]), "usage": place["use"]}
        | {key: place[key] for key in kept}
        for position, place in enumerate(claim["places"])
    ]


def _actor_rows(number: int, claim: Claim) -> list[dict[str, Any]]:
    event = claim["event"] or {"actors": (), "recipients": ()}
    named = [("actor", name) for name in event["actors"]] + [("recipient", name) for name in event["recipients"]]
    return [
        {"claim": number, "position": position, "role": role, "name": name, "folded": folded(name)}
        for position, (role, name) in enumerate(named)
    ]
