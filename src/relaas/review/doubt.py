"""How likely a claim is to hold an error, so that review begins with those."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from relaas.ontology.loader import read_mapping
from relaas.text import DOUBLE

Claim = Mapping[str, Any]
GRAINS = 1000


def doubts(claim: Claim) -> tuple[str, ...]:
    """The reasons to doubt a claim, by the keys of doubts.yaml, heaviest first."""
    known = _data()["doubts"]
    return tuple(sorted(set(_found(claim)), key=lambda one: (-float(known[one]["share"]), one)))


def soundness(claim: Claim) -> int:
    """From 0 (surely wrong somewhere) to 1000: the least confidence of the pipeline's, and what the signs leave.

    Where the pipeline is sure of a label or says nothing, only the signs count; they are taken as independent.
    """
    known, left = _data()["doubts"], 1.0
    for one in doubts(claim):
        left *= 1 - float(known[one]["share"])
    for share in (claim.get("confidence") or {}).values():
        left *= float(share)
    return round(left * GRAINS)


def _found(claim: Claim) -> Iterator[str]:
    limits, quote = _data()["limits"], claim["quote"]
    yield from {"verified": ["verified"], "unconfirmed": ["hearsay"], "observed": ["observed"]}.get(
        claim["evidence"], []
    )
    yield from _who(claim)
    yield from _where(claim, int(limits["several"]))
    if claim["time"] and not claim["time"].get("edtf"):
        yield "untied_time"
    if claim["topic"] in limits["rare_topics"]:
        yield "rare_topic"
    if quote["end"] - quote["start"] > int(limits["long_quote"]):
        yield "long"
    if claim["certainty"] not in {"CT+", "CT-", "FUT"}:
        yield "unsure"
    if claim["passage"]["kind"] == "post":
        yield "post"


def _who(claim: Claim) -> Iterator[str]:
    source = claim["source"]
    if source is not None:
        if source.get("start") is None:
            yield "carried_source"
        if source.get("via"):
            yield "chain"
    elif claim["evidence"] == "stated" and DOUBLE & set(claim["sentence"]["text"]):
        yield "unmarked_name"


def _where(claim: Claim, several: int) -> Iterator[str]:
    places = claim["places"]
    if not places:
        yield "no_place"
    if any(place["inherited"] for place in places):
        yield "inherited_place"
    if any(place["lat"] is None for place in places):
        yield "unknown_place"
    if len(places) >= several:
        yield "several_places"


@cache
def _data() -> dict[str, Any]:
    return read_mapping(Path(__file__).parent / "doubts.yaml")
