"""Cuts a claim in two or more: each part has its own quote and takes the labels that stand in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Any

from relaas.errors import JudgementError
from relaas.ids import content_hash
from relaas.model.span import Span
from relaas.ontology.display import say
from relaas.review.corrections import spanned, stretched

Claim = Mapping[str, Any]
MOST = 20


def spans(claim: Claim, text: str, quotes: Sequence[str]) -> list[Span]:
    """Where the quotes of the parts stand, in the order of the text; raises JudgementError for fewer than two, for words
    that are not in the text, and for parts that overlap.
    """
    near = Span(claim["quote"]["start"], claim["quote"]["end"])
    words = [quote.strip() for quote in quotes if quote.strip()]
    if not 2 <= len(words) <= MOST:
        raise JudgementError(say("review.split_in_two"))
    found = sorted(spanned(text, one, "", near) for one in words)
    if any(one.overlaps(other) for one, other in pairwise(found)):
        raise JudgementError(say("review.split_overlaps"))
    return found


def parts(claim: Claim, text: str, cuts: Sequence[Span], taken: Collection[str]) -> list[dict[str, Any]]:
    """The parts as claims of their own; ``taken`` are ids of claims that are there already.

    A part keeps its claim's source, footing, certainty and topic, and of its time, places and quantities those whose words
    stand in it, or that have no words of their own.
    """
    made: list[dict[str, Any]] = []
    ids = set(taken)
    for cut in cuts:
        ordinal = next(
            number
            for number in range(len(ids) + 1)
            if content_hash(claim["document"]["id"], cut.start, cut.end, number) not in ids
        )
        id = content_hash(claim["document"]["id"], cut.start, cut.end, ordinal)
        ids.add(id)
        part = {
            **claim,
            "id": id,
            "quote": {"exact": cut.of(text), "start": cut.start, "end": cut.end},
            "sentence": stretched(claim["sentence"], cut, text),
            "time": claim["time"] if claim["time"] and _inside(claim["time"], cut) else None,
            "places": [one for one in claim["places"] if _inside(one, cut)],
            "quantities": [one for one in claim["quantities"] if _inside(one, cut)],
        }
        part["control"] = _control(claim.get("control"), part["places"])
        part["version"] = content_hash(id, {key: _unreasoned(part[key]) for key in _LABELS})
        made.append(part)
    return made


_LABELS = (
    "source", "evidence", "verification", "certainty", "topic", "event", "control", "time", "places", "quantities", "reported",
)  # fmt: skip


def _unreasoned(label: Any) -> Any:
    """A label without the reasons for it: they do not count in a version."""
    if isinstance(label, list):
        return [_unreasoned(one) for one in label]
    return {key: value for key, value in label.items() if key != "reason"} if isinstance(label, dict) else label


def _control(label: Any, places: Sequence[Claim]) -> Any:
    """What is told of control, in the part that has its place."""
    named = {None, *(place["name"] for place in places)}
    return label if label and label["place"] in named else None


def _inside(words: Mapping[str, Any], cut: Span) -> bool:
    return words["start"] is None or cut.contains(Span(words["start"], words["end"]))
