"""Why a claim bears its labels, in words: what each label is, the rule that set it, and the words that the rule stood on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from relaas.exports import wording
from relaas.exports.place_reasons import place_reason
from relaas.model.link import Link
from relaas.ontology.display import definition, name, say
from relaas.ontology.loader import languages
from relaas.queries.explanation import Reason
from relaas.text import collapse

# Each place and figure carries its own reason.
EXPLAIN_THEMSELVES = frozenset({"places", "quantities", "control"})
HANGS = {
    "ccomp": "content", "xcomp": "content", "csubj": "content", "csubj:pass": "content", "conj": "joined",
    "parataxis": "joined", "acl": "describing", "acl:relcl": "describing", "advcl": "circumstance",
    "advcl:relcl": "circumstance", "root": "main", "up": "above",
}  # fmt: skip
KINDS = {"evidence": "evidence", "certainty": "certainty", "topic": "topics"}


def because(reason: Reason, claim: Mapping[str, Any], language: str) -> str:
    """The rule in words, the words it stood on, and its name, or who set the label in review; nothing for a label that is
    not there, and for places and figures, which carry their own reasons.
    """
    review = claim.get("review") or {}
    if reason.part in review.get("changed", ()):
        by, day = collapse(str(review["by"])), wording.day(str(review["at"])[:10], language)
        return say("explain.set_by", language=language, by=by, day=day)
    if reason.part in EXPLAIN_THEMSELVES:
        return ""
    if not reason.value and reason.rule is None:
        return ""
    words = ", ".join(f"“{' '.join(word.split())}”" for word in reason.words)
    rule = in_words(reason.rule or "default", language)
    rule = rule[:1].upper() + rule[1:]
    parts = [say("explain.because", language=language, rule=rule, words=words) if words else rule]
    if reason.rule and not reason.rule.startswith("default"):
        parts.append(say("explain.rule", language=language, rule=reason.rule))
    if len(reason.path) > 1:
        parts.append(_path(reason.path, language))
    if reason.confidence is not None:
        parts.append(say("explain.confidence", language=language, share=f"{reason.confidence:.0%}"))
    return " · ".join(parts)


def _path(path: tuple[tuple[str, str], ...], language: str) -> str:
    """The way through the sentence's tree, from the words that decided to the claim's own predicate."""
    first, *rest = path
    steps = [f"“{first[1]}”"]
    for relation, word in rest:
        hangs = say(f"explain.step.{HANGS.get(relation, relation)}", language=language)
        steps.append(f"{hangs} “{word}”")
    return say("explain.path", language=language, path=" → ".join(steps))


def in_words(rule: str, language: str) -> str:
    """What a rule's name means: its family, which stands first or after the language."""
    family = next((part for part in rule.split(".") if part not in languages()), rule)
    shown = say(f"rule.{family}", language=language)
    return say("explain.some_rule", language=language) if shown == f"rule.{family}" else shown


def grounds(link: Link, language: str, *, most: int = 4) -> list[str]:
    """What speaks for a link, in words, the weightiest first."""
    told = (say(f"link.on.{reason.feature}", language=language) for reason in link.reasons if reason.weight >= 0)
    return list(dict.fromkeys(told))[:most]


def values(reason: Reason, claim: Mapping[str, Any], language: str) -> Iterator[str]:
    """The label itself in words: what it is called and what that means; places and figures line by line."""
    value = reason.value
    if reason.part in KINDS:
        yield f"{name(KINDS[reason.part], value, language=language)}: {definition(KINDS[reason.part], value, language=language)}"
    elif not value:
        yield (
            wording.source_name(claim, language) if reason.part == "source" else say("explain.none", language=language)
        )
    elif reason.part == "source":
        yield " · ".join(
            part
            for part in (
                value["name"],
                name("source_kinds", value["kind"], language=language),
                wording.via(claim, language),
            )
            if part
        )
    elif reason.part == "verification":
        yield wording.verification(claim, language)
    elif reason.part == "event":
        yield wording.event(claim, language)
    elif reason.part == "control":
        yield wording.control(claim, language)
    elif reason.part == "time":
        anchor = (
            say("explain.anchor", language=language, anchor=value["anchor"])
            if value["anchor"]
            else say("explain.no_anchor", language=language)
        )
        yield f"“{value['text']}”: {wording.when(value, language) or value['timex']} · {anchor}"
        yield from _time_reason(str(value["reason"]), language)
    elif reason.part == "places":
        for place in value:
            yield _place(place, language)
    else:
        for quantity in value:
            yield f"“{quantity['text']}”: {wording.figure(quantity, language)} {wording.unit(quantity, language)}"


def _time_reason(reason: str, language: str) -> Iterator[str]:
    """How a date was worked out: the rule by its name, where one did."""
    rule = next((part for part in reason.split(": ") if part.count(".") > 1 and " " not in part), "")
    words = say(f"time_why.{reason}", language=language)
    if rule:
        yield say("explain.rule", language=language, rule=rule)
    elif words != f"time_why.{reason}":
        yield words


def _place(place: Mapping[str, Any], language: str) -> str:
    id = place["geonameid"]
    country = wording.territory(str(place["country"]), language) if place.get("country") else ""
    known = (
        say("explain.unresolved", language=language)
        if place["lat"] is None
        else ", ".join(
            part
            for part in (wording.place_kind(place["kind"], language), country, f"GeoNames {id}" if id else "")
            if part
        )
    )
    origin = f" · {say('explain.inherited', language=language)}" if place["inherited"] else ""
    told = place_reason(str(place.get("reason") or ""), language)
    reason = f" · {told}" if told else ""
    return f"{place['name']} ({say('use.' + place['use'], language=language)}): {known}{origin}{reason}"
