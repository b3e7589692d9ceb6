"""Judges claims in a store: what a reviewer says of a claim becomes a judgement, checked against the report's text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from relaas.errors import ConflictError, JudgementError
from relaas.knowledge.naming import place_named
from relaas.linking.identity import linker_identity
from relaas.model.judgement import Judgement, LinkJudgement
from relaas.ontology.display import say
from relaas.queries.link_review import LinkDossier, link_dossier
from relaas.review import corrections, splitting
from relaas.review.state import state
from relaas.store.store import Store
from relaas.store.view import View
from relaas.text import collapse

LONGEST_NAME = 80
LONGEST_WHY = 4_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reviewer decides, unchecked: the flat fields of a correction, the quotes of a split's parts, a grade, a
    reason, and the number of the judgement to take back (None for the last that stands).
    """

    verdict: str
    fields: Mapping[str, str] = field(default_factory=dict)
    quotes: Sequence[str] = ()
    reliability: str = ""
    credibility: str = ""
    why: str = ""
    undoes: int | None = None


def judge(
    store: Store, claim: str, verdict: Verdict, by: str, *, version: str | None = None, seen: int | None = None
) -> int:
    """Keep a verdict on a claim (by its id) and return its number.

    ``version`` and ``seen`` are what the reviewer had before them; None takes what is there now. Raises JudgementError
    with a sentence where it cannot stand, ConflictError where somebody or a new run came between.
    """
    who = _signed(by)
    with store.view() as view:
        what, undoes, now, last = _prepared(view, claim, verdict)
    if version not in {None, now}:
        raise ConflictError(say("review.read_anew"))
    judgement = Judgement(
        claim=claim,
        version=now,
        verdict=verdict.verdict,
        by=who,
        at=_now(),
        why=verdict.why.strip()[:LONGEST_WHY] or None,
        what=what,
        undoes=undoes,
    )
    with store.writer() as writer:
        return writer.add_judgement(judgement, seen=last if seen is None else seen)


def judge_link(
    store: Store,
    one: str,
    other: str,
    verdict: str,
    by: str,
    *,
    why: str = "",
    type: str | None = None,
    labels: tuple[str, str] | None = None,
    seen: int | None = None,
    undoes: int | None = None,
) -> int:
    """Keep a verdict on the link between two claims (by their ids, the later first) and return its number.

    ``type``, ``labels`` and ``seen`` are what the reviewer had before them; None takes what is there now. Raises as ``judge`` does.
    """
    who = _signed(by)
    with store.view() as view:
        known = link_dossier(view, one, other)
    if known is None:
        raise JudgementError(say("review.link_gone"))
    if labels not in {None, known.labels}:
        raise ConflictError(say("review.read_anew"))
    judgement = LinkJudgement(
        one,
        other,
        *known.labels,
        type=type or known.tied.link.type,
        verdict=verdict,
        by=who,
        at=_now(),
        why=why.strip()[:LONGEST_WHY] or None,
        undoes=_undone_link(known, undoes) if verdict == "undone" else None,
    )
    with store.writer() as writer:
        return writer.add_link_judgement(judgement, linker=linker_identity(), seen=known.seen if seen is None else seen)


def _undone_link(known: LinkDossier, wanted: int | None) -> int:
    number = wanted or known.undoable
    if number is None:
        raise JudgementError(say("review.cannot_undo"))
    return number


def _signed(by: str) -> str:
    who = collapse(by)[:LONGEST_NAME]
    if not who:
        raise JudgementError(say("review.unsigned"))
    return who


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _prepared(view: View, id: str, verdict: Verdict) -> tuple[dict[str, Any] | None, int | None, str, int]:
    """What the verdict holds, checked; what it undoes; the claim's version; and its last judgement."""
    earlier = view.judgements(id)
    last = int(earlier[-1]["number"]) if earlier else 0
    if verdict.verdict == "undone":
        undoes, version = _undone(earlier, verdict.undoes)
        return None, undoes, version, last
    claim = view.claim(id)
    if claim is None or claim["id"] != id:
        raise JudgementError(say("review.gone", id=id))
    if verdict.verdict == "commented" and not verdict.why.strip():
        raise JudgementError(say("review.no_comment"))
    return _what(view, claim, verdict), None, claim["version"], last


def _what(view: View, claim: Mapping[str, Any], verdict: Verdict) -> dict[str, Any] | None:
    if verdict.verdict == "graded":
        return corrections.grade(verdict.reliability, verdict.credibility)
    if verdict.verdict not in {"corrected", "split"}:
        return None
    document = view.document(claim["document"]["id"])
    assert document is not None
    if verdict.verdict == "split":
        cuts = splitting.spans(claim, document.text, verdict.quotes)
        return {"parts": [[cut.start, cut.end] for cut in cuts]}
    read = view.read_as(claim["id"])
    assert read is not None
    lookup = partial(place_named, language=claim["passage"]["language"] or "en")
    return corrections.changes(claim, read, document.text, verdict.fields, lookup)


def _undone(earlier: Sequence[Mapping[str, Any]], wanted: int | None) -> tuple[int, str]:
    """The judgement to take back and the version it names; unless told, the last that stands and undoes nothing."""
    version = earlier[-1]["version"] if earlier else ""
    same = [one for one in earlier if one["version"] == version]
    gone = state(same).undone
    standing = [one for one in same if one["number"] not in gone and (wanted or one["verdict"] != "undone")]
    chosen = [one for one in standing if wanted in {None, one["number"]}]
    if not chosen:
        raise JudgementError(say("review.cannot_undo"))
    return int(chosen[-1]["number"]), version
