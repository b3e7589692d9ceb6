"""Makes claims of what the other steps found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from relaas.events.reading import Happenings
from relaas.model.claim import Claim, Cue, Sentence
from relaas.model.place import Place
from relaas.model.quantity import Quantity
from relaas.model.source import Source
from relaas.model.span import Span
from relaas.model.time import Time
from relaas.places.geometry import located
from relaas.propositions.grouping import Proposition, propositions
from relaas.propositions.inheritance import Inheritance
from relaas.propositions.landscape import CLAIMED_USES
from relaas.propositions.lexicon import lexicon
from relaas.propositions.validity import valid_time
from relaas.steps.step import Analysis, Part, Step

SPEAKING = frozenset({"body", "post", "pullquote"})
NAMES_NOT_COUNTS = frozenset({"unit number", "score", "age", "factor", "share", "measure"})
PRESUPPOSING = frozenset({"teaser", "heading", "caption"})
SEEN = frozenset({"verified", "observed"})


class Claims(Step):
    """One claim for each proposition, with the times, places and numbers inside its quote."""

    name: ClassVar[str] = "claims"
    reads: ClassVar[frozenset[str]] = frozenset(
        {"evidence", "topics", "times", "quantities", "places", "described_places", "titled_places"}
    )
    writes: ClassVar[frozenset[str]] = frozenset({"claims"})
    stands_on: ClassVar[tuple[str, ...]] = (
        "propositions",
        "events",
        "places",
        "knowledge",
        "times",
        "reading/tellings.py",
        "ontology/languages",
        "ontology/plover.yaml",
    )

    def run(self, analysis: Analysis) -> None:
        """Add the claims in the order of the text."""
        happenings, told = Happenings(analysis), list(claimed(analysis))
        seen: dict[tuple[int, int], int] = {}
        for (part, proposition, _), places in zip(told, Inheritance(analysis, told).places(), strict=True):
            key = (proposition.quote.start, proposition.quote.end)
            seen[key] = seen.get(key, -1) + 1
            analysis.claims.append(_claim(analysis, part, proposition, seen[key], places, happenings))


def claimed(analysis: Analysis) -> Iterator[tuple[Part, Proposition, tuple[Place, ...]]]:
    """The propositions that become claims, in the order of the text, each with its part and the places that its words name."""
    for part, sentence in analysis.sentences():
        if _only_reports(analysis, part, sentence):
            continue
        for proposition in propositions(analysis.clauses[sentence.index], lexicon(part.passage.language)):
            if part.passage.kind in SPEAKING or (
                part.passage.kind in PRESUPPOSING and proposition.lead.evidence in SEEN
            ):
                places = _places(analysis, part, proposition) or _of_antecedent(analysis, part, proposition)
                yield part, proposition, places


def _only_reports(analysis: Analysis, part: Part, sentence: Sentence) -> bool:
    """Whether a sentence has reporting words alone and claims nothing."""
    return bool(analysis.clauses[sentence.index]) and all(clause.frame for clause in analysis.clauses[sentence.index])


def _claim(
    analysis: Analysis,
    part: Part,
    proposition: Proposition,
    ordinal: int,
    places: tuple[Place, ...],
    happenings: Happenings,
) -> Claim:
    lead, document = proposition.lead, analysis.document
    quote, sentence = proposition.quote, lead.sentence
    told = happenings.of(part, proposition, places)
    time = valid_time(analysis, part, proposition, analysis.claims[-1] if analysis.claims else None)
    return Claim(
        document=document.id,
        quote=quote,
        ordinal=ordinal,
        sentence=sentence,
        passage=part.passage,
        evidence=lead.evidence,
        certainty=lead.certainty,
        topic=lead.topic,
        source=_fitting(lead.source, sentence),
        verification=lead.verification,
        event=told.event,
        control=told.control,
        time=time,
        places=places,
        quantities=_quantities(analysis, quote),
        reported=part.passage.published or document.published,
        confidence={label: round(chance, 2) for label, chance in lead.confidence.items()},
        cues=_cues(lead.cues, time, told.cue),
    )


def _fitting(source: Source | None, sentence: Sentence) -> Source | None:
    """A source's words belong to the claim only where they stand in its own sentence."""
    if source is None or source.start is None or sentence.span.start <= source.start < sentence.span.end:
        return source
    return Source(source.name, source.kind, via=source.via)


def _places(analysis: Analysis, part: Part, proposition: Proposition) -> tuple[Place, ...]:
    """The places that the proposition's own words name; those in a source's description are not its own."""
    quote = proposition.quote
    unique: dict[tuple[str, str], Place] = {}
    for place in sorted([*analysis.places, *analysis.described_places], key=lambda place: place.start or 0):
        if (
            place.use not in CLAIMED_USES
            or place.start is None
            or place.end is None
            or not (quote.start <= place.start and place.end <= quote.end)
        ):
            continue
        token = part.token_at(place.start)
        if token is None or token.i in proposition.tokens:
            unique.setdefault(
                (place.name, place.use),
                located(place, text=analysis.text, language=part.passage.language, places=analysis.places),
            )
    return tuple(unique.values())


def _of_antecedent(analysis: Analysis, part: Part, proposition: Proposition) -> tuple[Place, ...]:
    """A relative clause that describes places is about them: "Slovjansk, dat de rebellen houden", "Goma, a town that …"."""
    lead = proposition.lead
    if not lead.relation.endswith("relcl"):
        return ()
    noun = lead.predicate.head
    described = [noun]
    if noun.dep_ == "appos":
        # What an apposition describes stands right before it, wherever the tree hangs it.
        before = [
            token
            for token in part.doc[max(0, noun.left_edge.i - 2) : noun.i]
            if token.i < noun.left_edge.i or token.is_punct
        ]
        described += [token for token in before if not token.is_punct][-1:]
    while described[-1].dep_ == "conj":
        described.append(described[-1].head)
    described += [child for one in described for child in one.children if child.dep_ == "conj" and child.i < lead.head]
    offsets = [part.starts[token.i] for token in described]
    found = [
        place
        for place in analysis.places
        if place.use in CLAIMED_USES
        and place.start is not None
        and place.end is not None
        and any(place.start <= offset < place.end for offset in offsets)
    ]
    return tuple(
        replace(
            place, text=None, start=None, end=None, inherited=True, geometry=None, reason=f"antecedent: {place.text}"
        )
        for place in found
    )


def _quantities(analysis: Analysis, quote: Span) -> tuple[Quantity, ...]:
    return tuple(
        one
        for one in analysis.quantities
        if quote.start <= one.start and one.end <= quote.end and one.unit not in NAMES_NOT_COUNTS
    )


def _cues(cues: dict[str, Cue], time: Time | None, told: Cue | None) -> dict[str, Cue]:
    kept = {name: Cue(cue.rule, tuple(span for span in cue.spans if span), cue.path) for name, cue in cues.items()}
    found = {"evidence": Cue("default.stated"), "certainty": Cue("default.certain"), **kept}
    if time is not None:
        found["time"] = Cue(f"time.{time.type.lower()}", (Span(time.start, time.end),))
    if told is not None:
        found["event"] = told
    return found
