"""When a claim holds: the expression that governs its clause, told apart from when it was said and from the times that
only date a word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from relaas.model.claim import Claim
from relaas.model.span import Span
from relaas.model.time import Time
from relaas.ontology.loader import language_data
from relaas.propositions.clauses import Clause, plain_lemma
from relaas.propositions.grouping import Proposition
from relaas.propositions.lexicon import lexicon
from relaas.propositions.verbs import is_past
from relaas.steps.step import Analysis, Part
from relaas.times.reference import read as read_reference

SEEN = frozenset({"verified", "observed"})
COORDINATED = frozenset({"conj"})
CONTENT = frozenset({"ccomp", "csubj", "csubj:pass", "xcomp"})
ATTRIBUTES = frozenset({"nmod", "nmod:poss", "compound", "nmod:tmod", "nmod:unmarked"})
Token = Any
_SEASON = re.compile(r"\d{4}-2[1-4]\b")


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words about validity, a set of phrases each."""

    same_time: frozenset[str]
    since: frozenset[str]
    present: frozenset[str]
    untimed: frozenset[str]
    after: frozenset[str]
    compared: frozenset[str]
    meant_for: frozenset[str]
    attribute: frozenset[str]
    stretches: frozenset[str]
    than: frozenset[str]
    during: frozenset[str]
    feelings: frozenset[str]


@cache
def words_of(language: str) -> Words:
    """The words of a language; none for a language without data."""
    data = language_data(language, "validity")
    return Words(*(frozenset(data.get(name, {}).get("words", ())) for name in Words.__slots__))


def valid_time(analysis: Analysis, part: Part, proposition: Proposition, before: Claim | None) -> Time | None:
    """The time at which a proposition holds, ``None`` where its words give none.

    It is the expression that the tree puts under the predicate itself. A word of time beside a reporting verb, in a
    relative clause, in an attribute or a comparison dates only that. Where none governs, "daarbij" and
    "toen" take over the time of the claim before; "inmiddels" and a post's present tense hold on the date of writing.
    """
    words, lead = words_of(part.passage.language), proposition.lead
    clauses = {clause.head: clause for clause in analysis.clauses[lead.sentence.index]}
    ranked: list[tuple[int, bool, int, Time]] = []
    for time in analysis.times:
        if not (lead.sentence.span.start <= time.start and time.end <= lead.sentence.span.end):
            continue
        if time.text.lower() in words.untimed or (token := _root(part, time)) is None:
            continue
        rank = _rank(token, time, proposition, clauses, words, part)
        if rank is not None:
            ranked.append((rank, time.edtf is None, time.start, time))
    for _, _, _, time in sorted(ranked, key=lambda one: one[:3]):
        settled = _settled(analysis, part, lead, time, words)
        if settled is not None:
            return _in_months(settled)
    return ranked[0][3] if ranked else _implied(analysis, part, proposition, before, words)


def _in_months(time: Time) -> Time:
    """A claim's season as the interval of its months, so that it can be compared with other times."""
    if time.edtf is None or not _SEASON.search(time.edtf):
        return time
    first = time.earliest[:7] if time.earliest else ".."
    last = time.latest[:7] if time.latest else ".."
    return replace(time, edtf=f"{first}/{last}")


def _root(part: Part, time: Time) -> Token | None:
    """The token of an expression that all its others hang under."""
    tokens = part.tokens(Span(time.start, time.end))
    inside = {token.i for token in tokens}
    return next((token for token in tokens if token.head.i not in inside or token.head.i == token.i), None)


def _rank(
    token: Token, time: Time, proposition: Proposition, clauses: Mapping[int, Clause], words: Words, part: Part
) -> int | None:
    """How near an expression stands to the proposition's predicate: 0 under it, 1 under a coordinate one, 2 in its
    content or in a clause of "since", 4 in another adverbial clause of the same claim; ``None`` where it dates
    something else.
    """
    lead = proposition.lead
    if time.start < proposition.quote.start or time.end > proposition.quote.end:
        if token.i in proposition.tokens or not _dates_images(token, proposition, clauses):
            return None
    elif token.i not in proposition.tokens or _is_attribute(token, time, clauses, words, part):
        return None
    clause = clauses.get(_owner(token, clauses))
    inside = proposition.quote.start <= time.start
    reporting = clause is not None and clause.head in lead.left_out and clause.predicate.pos_ == "VERB"
    if inside and reporting and "/" not in (time.edtf or ""):
        return None  # a day beside a reporting verb
    if clause is None or clause is lead:
        return 0
    conditions = lexicon(part.passage.language).conditions
    if clause.relation == "advcl" and clause.parent is lead and clause.marks() & (words.since | conditions):
        return 2
    rank = 0
    while clause is not None and clause is not lead:
        if clause.relation in COORDINATED:
            rank = max(rank, 1)
        elif clause.relation in CONTENT:
            rank = max(rank, 2)
        elif clause.relation == "advcl":
            rank = 4
        elif not (clause.frame and clause.parent is None):
            return None
        clause = clause.parent
    return rank


def _owner(token: Token, clauses: Mapping[int, Clause]) -> int:
    """The head of the clause that a token belongs to."""
    while token.i not in clauses and token.head.i != token.i:
        token = token.head
    return int(token.i)


def _chain(token: Token, clauses: Mapping[int, Clause]) -> list[Token]:
    """The tokens from one up to its clause's head, the head left out."""
    found = []
    while token.i not in clauses and token.head.i != token.i:
        found.append(token)
        token = token.head
    return found


def _is_attribute(token: Token, time: Time, clauses: Mapping[int, Clause], words: Words, part: Part) -> bool:
    """Whether an expression dates a noun ("de aanval van dinsdag"), what something is compared with ("dan vorige
    week"), what somebody feels or is ready for ("bang voor de winter"), or an earlier event ("na het bombardement in
    mei").
    """
    own = _span(part, time)
    inside = {each.i for each in own}
    signs = {own[0].lower_} | {child.lower_ for child in token.children if child.i not in inside}
    if own[0].i and part.doc[own[0].i - 1].lower_ in words.than:
        return True
    chain = _chain(token, clauses)
    for each in chain:
        cases = _cases(each)
        if cases & words.compared:
            return True
        if each is not token and cases & words.after:
            return True
    nominal = token.dep_ in ATTRIBUTES and token.head.i not in clauses and token.head.lower_ not in words.stretches
    during = any(each.dep_.startswith("obl") and _cases(each) & words.during for each in chain if each is not token)
    if nominal and signs & words.attribute and not during:
        return True
    return token.head.lower_ in words.feelings and bool(signs & words.meant_for)


def _cases(token: Token) -> set[str]:
    return {child.lower_ for child in token.children if child.dep_ in {"case", "mark"}}


def _span(part: Part, time: Time) -> Sequence[Token]:
    return part.tokens(Span(time.start, time.end))


def _dates_images(token: Token, proposition: Proposition, clauses: Mapping[int, Clause]) -> bool:
    """Whether an expression outside the quote dates the images on which the proposition was seen."""
    lead = proposition.lead
    if lead.evidence not in SEEN or not token.dep_.startswith("nmod"):
        return False
    clause = clauses.get(_owner(token, clauses))
    return clause is not None and (clause is lead or clause is lead.parent)


def _settled(analysis: Analysis, part: Part, lead: Clause, time: Time, words: Words) -> Time | None:
    """A governing expression made a date of: "drie dagen na X" in the present tense is the date of writing, a clause
    of "since" runs up to it.
    """
    tokens = _span(part, time)
    following = tokens[-1].nbor() if tokens and tokens[-1].i + 1 < len(part.doc) else None
    reported = part.passage.published or analysis.document.published
    if time.edtf is None and time.type == "DURATION" and following is not None and following.lower_ in words.after:
        if reported and not _looks_back(lead, part):
            return _on(reported, time, "a time after an event, told in the present tense")
        return None
    clause = next((one for one in analysis.clauses[lead.sentence.index] if tokens and tokens[0].i in one.tokens), None)
    if (
        clause is not None
        and clause is not lead
        and clause.relation == "advcl"
        and clause.marks() & words.since
        and reported
        and time.edtf
        and "/" not in time.edtf
    ):
        last = read_reference(reported)
        return replace(
            time,
            edtf=f"{time.edtf}/{last.stretch.edtf}" if last else time.edtf,
            latest=last.last.isoformat() if last else time.latest,
            reason=f"{time.reason}; from this event up to the date of writing",
        )
    return time if time.edtf else None


def _on(reported: str, time: Time, reason: str) -> Time | None:
    day = read_reference(reported)
    if day is None:
        return None
    return replace(
        time,
        type="DATE",
        edtf=day.stretch.edtf,
        earliest=day.first.isoformat(),
        latest=day.last.isoformat(),
        anchor=reported,
        reason=reason,
    )


def _looks_back(lead: Clause, part: Part) -> bool:
    """Whether a clause is in a past tense, or in the perfect of "hebben" and "have"."""
    if is_past(lead, lexicon(part.passage.language)):
        return True
    return any(
        token.dep_ == "aux" and plain_lemma(token) in {"hebben", "have"} and lead.predicate.pos_ == "VERB"
        for token in lead.auxiliaries()
    )


def _implied(
    analysis: Analysis, part: Part, proposition: Proposition, before: Claim | None, words: Words
) -> Time | None:
    """The time of a proposition that no expression governs."""
    lead, doc = proposition.lead, part.doc
    small = {doc[i].lower_ for i in proposition.tokens if doc[i].dep_ not in {"mark", "cc"} and doc[i].pos_ != "SCONJ"}
    own_clause = lead.relation != "advcl"
    if own_clause and before is not None and before.time is not None and words.same_time & small:
        return before.time
    reported = part.passage.published or analysis.document.published
    own = [doc[i] for i in lead.tokens if doc[i].lower_ in words.present and doc[i].pos_ == "ADV"]
    if own and reported and not is_past(lead, lexicon(part.passage.language)):
        start, end = part.starts[own[0].i], part.ends[own[0].i]
        named = Time(analysis.text[start:end], start, end, "DATE", "PRESENT_REF", None, None, None, None, "")
        return _on(reported, named, "told of as reached on the date of writing")
    told_now = part.passage.kind == "post" and part.passage.published and lead.certainty != "FUT"
    return _printed(analysis, part) if told_now and not _looks_back(lead, part) else None


def _printed(analysis: Analysis, part: Part) -> Time | None:
    """The date under a post, with its own words."""
    signature = next(
        (
            one
            for one in analysis.document.passages
            if one.kind == "signature" and one.span.start >= part.passage.span.end
        ),
        None,
    )
    day = part.passage.published
    if signature is None or day is None:
        return None
    words = signature.span.of(analysis.text)
    start = signature.span.start + words.rfind(")") + 1
    rest = analysis.text[start : signature.span.end]
    start += len(rest) - len(rest.lstrip(" \t·,|"))
    reason = "the date printed under a post in the present tense"
    return Time(
        analysis.text[start : signature.span.end],
        start,
        signature.span.end,
        "DATE",
        day,
        day,
        day,
        day,
        None,
        reason,
    )
