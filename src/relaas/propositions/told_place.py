"""What in a claim, and in a ground of its report, tells whether the claim is told about that ground."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log2
from typing import Any

from relaas.model.place import Place
from relaas.ontology.loader import language_data
from relaas.propositions.clauses import plain_lemma
from relaas.propositions.grouping import Proposition
from relaas.propositions.landscape import CLAIMED_USES, PARTS_OF_TOWNS, Ground, Key, Landscape, Mention
from relaas.propositions.topics import Groups, Word, topic_words
from relaas.steps.step import Part

NAMES = frozenset({"PROPN"})
FAR = 4
WIDE = frozenset({"country", "division", "area"})
TRACE = 0.02
"""Chances below this say nothing."""
Features = Mapping[str, float]
Chances = Mapping[Key | None, float]
"""How likely a claim is told about each ground, None for no place at all."""
Shares = Mapping[Key | None, Sequence[float]]
"""For each ground how likely every claim of the report is told about it."""


@dataclass(slots=True)
class Told:
    """A claim as inheritance sees it; ``own`` are the places that its words name."""

    part: Part
    proposition: Proposition
    sentence: int
    paragraph: int
    voice: str
    source: str | None
    own: tuple[Place, ...]
    groups: frozenset[str]
    acts: frozenset[str]
    subject: str
    lemmas: frozenset[str]
    topic: str = "other"

    @property
    def stands(self) -> bool:
        """Whether it has a place of its own that needs no other beside it."""
        return bool(self.own) and not all(place.kind in PARTS_OF_TOWNS for place in self.own)


@cache
def place_words(language: str) -> Groups:
    """The groups of words that tell where a claim is told about."""
    data: dict[str, Any] = language_data(language, "inheritance")
    return Groups({name: group["words"] for name, group in data.items()}, particles=language == "nl")


def told(landscape: Landscape, part: Part, proposition: Proposition, own: tuple[Place, ...]) -> Told:
    """A proposition with what its words say: concepts, groups, the kind of its subject."""
    lead, language = proposition.lead, part.passage.language
    tokens = [part.doc[i] for i in sorted(proposition.tokens)]
    words = [Word(plain_lemma(t), t.lower_, t.pos_, t.dep_.split(":")[0], -1, t.pos_ in NAMES) for t in tokens]
    local = place_words(language).find(words)
    concepts = topic_words(language).concepts.find(words)
    groups = {name for found in local for name in found} | {f"about {name}" for found in concepts for name in found}
    head = next((place for place, token in enumerate(tokens) if token.i == lead.head), None)
    acts = set(local[head]) | {f"about {name}" for name in concepts[head]} if head is not None else set()
    index = lead.sentence.index
    return Told(
        part,
        proposition,
        index,
        landscape.paragraphs[index],
        part.passage.author or "",
        None if lead.source is None else lead.source.name,
        own,
        frozenset(groups),
        frozenset(acts),
        _subject(part, lead),
        frozenset(w.lemma for w in words if w.pos in {"NOUN", "VERB", "ADJ"} and not w.name),
        topic=lead.topic,
    )


def _subject(part: Part, lead: Any) -> str:
    """What kind of phrase the subject is: pronoun, name, any other noun, or none."""
    subject = lead.subject()
    if subject is None:
        return "none" if lead.predicate.pos_ in {"VERB", "AUX"} else "fragment"
    if subject.pos_ == "PRON":
        return "pronoun"
    return "name" if subject.pos_ == "PROPN" else "bare"


def of_claim(claim: Told, landscape: Landscape) -> dict[str, float]:
    """What speaks for a claim being told about no place at all."""
    lead = claim.proposition.lead
    found = {
        "always": 1.0,
        f"topic {claim.topic}": 1.0,
        f"certainty {lead.certainty}": 1.0,
        f"evidence {lead.evidence}": 1.0,
        f"source {lead.source.kind if lead.source else 'outlet'}": 1.0,
        f"subject {claim.subject}": 1.0,
        f"predicate {lead.predicate.pos_}": 1.0,
        f"passage {claim.part.passage.kind}": 1.0,
        "words": log2(1 + len(claim.proposition.tokens)) / 4,
    }
    for name in claim.groups:
        found[f"says {name}"] = 1.0
    for name in claim.acts:
        found[f"acts {name}"] = 1.0
    if claim.own:
        found["own part of a town"] = 1.0
    if claim.sentence in landscape.first_of_paragraph:
        found["first of its paragraph"] = 1.0
        found[f"first of its paragraph, subject {claim.subject}"] = 1.0
    return found


def of_ground(claim: Told, ground: Ground, landscape: Landscape, near: Mapping[Key, float]) -> dict[str, float]:
    """What speaks for a claim being told about one ground; ``near`` is how like the claim's sentence those are that name it."""
    found: dict[str, float] = {f"kind {ground.kind}": 1.0, f"kind {ground.kind}, topic {claim.topic}": 1.0}
    _of_naming(found, claim, ground, landscape)
    if ground.key in near:
        found["likeness"] = near[ground.key]
    return found


def _of_naming(found: dict[str, float], claim: Told, ground: Ground, landscape: Landscape) -> None:
    quote, sentence = claim.proposition.quote, claim.proposition.lead.sentence.span
    fit = [one for one in ground.mentions if one.start < sentence.end]
    inside = [one for one in fit if quote.start <= one.start < quote.end]
    same = [one for one in fit if one.sentence == claim.sentence and one not in inside]
    for one in inside:
        found[f"inside as {one.place.use}"] = 1.0
        found[f"inside as {one.role}"] = 1.0
    for one in same:
        side = "before" if one.start < quote.start else "after"
        found[f"same sentence {side}"] = 1.0
        found[f"same sentence as {one.role}"] = 1.0
        found[f"same sentence as {one.place.use}"] = 1.0
        if one.source:
            found["same sentence in the source"] = 1.0
    earlier = [one for one in fit if 0 <= one.sentence < claim.sentence]
    if earlier:
        last = earlier[-1]
        _of_last(found, claim, last)
        if not same and not inside:
            found[f"named in paragraph {min(claim.paragraph - last.paragraph, 3)} back"] = 1.0
    elif not same and not inside:
        found["never named before"] = 1.0
    _of_report(found, claim, ground, landscape)
    if any(one.place.use == "dateline" for one in ground.mentions):
        found["dateline"] = 1.0
    if any(
        one.paragraph == claim.paragraph
        and one.sentence < claim.sentence
        and one.sentence in landscape.first_of_paragraph
        for one in fit
    ):
        found["opens the paragraph"] = 1.0
    if not any(one.place.use in CLAIMED_USES for one in fit):
        found["never as ground"] = 1.0
    if fit and not earlier and not same and not inside:
        found["named above"] = 1.0
    if not fit and ground.mentions:
        found[f"named {min(ground.mentions[0].sentence - claim.sentence, 3)} sentences later"] = 1.0


def _of_report(found: dict[str, float], claim: Told, ground: Ground, landscape: Landscape) -> None:
    """What the whole report says of a ground: its title, its lead, its country, how often it names it."""
    country = ground.place.country
    if ground.kind == "country":
        found["share of what lies in it"] = (
            landscape.within[country] / landscape.within.total() if country and landscape.within else 0.0
        )
    elif country and landscape.land:
        found["at home" if country == landscape.land else "abroad"] = 1.0
    if ground.kind in WIDE and any(_lies_in(claim, town, ground) for town in landscape.grounds.values()):
        found[f"{ground.kind} with a town"] = 1.0
        lead = landscape.grounds.get(landscape.lead) if landscape.lead is not None else None
        found[f"{ground.kind} with the lead's town"] = float(lead is not None and _lies_in(claim, lead, ground))
    if ground.unnamed is not None and not ground.titled:
        found["unnamed country"] = 1.0
    if ground.titled:
        found["in the title"] = 1.0
        found[f"in the title, topic {claim.topic}"] = 1.0
        found[f"in the title, kind {ground.kind}"] = 1.0
        found[f"in the title, subject {claim.subject}"] = 1.0
    if landscape.lead == ground.key:
        found["lead"] = 1.0
        found[f"lead, kind {ground.kind}"] = 1.0
        found["lead and title"] = float(ground.titled)
    counts = landscape.counts.get(claim.voice) or landscape.counts.get("", Counter())
    total = sum(counts.values())
    if total:
        found["share of naming"] = counts.get(ground.key, 0) / total
        found[f"share of naming, kind {ground.kind}"] = found["share of naming"]
    if landscape.focus(claim.voice) == ground.key:
        found["focus"] = 1.0
        found[f"focus, topic {claim.topic}"] = 1.0


def _lies_in(claim: Told, town: Ground, wide: Ground) -> bool:
    """Whether a ground is a town of the same country, named before or with the claim."""
    named = [one for one in town.mentions if one.place.use in CLAIMED_USES and 0 <= one.sentence <= claim.sentence]
    return town.kind in {"town", "unknown"} and bool(named) and town.place.country in {wide.place.country, None}


def _of_last(found: dict[str, float], claim: Told, last: Mention) -> None:
    apart = min(claim.sentence - last.sentence, FAR)
    found[f"named {apart} sentences back"] = 1.0
    if claim.paragraph == last.paragraph:
        found[f"named {apart} sentences back, same paragraph"] = 1.0
        if apart == 1:
            found[f"named just before, subject {claim.subject}"] = 1.0
    if apart == 1:
        found[f"named just before as {last.place.use}"] = 1.0
        found[f"named just before as {last.role}"] = 1.0
        if last.fronted:
            found["named just before, fronted"] = 1.0
        if last.source:
            found["named just before in the source"] = 1.0
        for name in ("here", "locals", "grounds", "elsewhere", "general"):
            if name in claim.groups:
                found[f"named just before, says {name}"] = 1.0


def mates_of(number: int, claims: Sequence[Told]) -> dict[str, list[int]]:
    """The other claims of the report that may be told about the same ground as one, by what they have in common."""
    claim, before = claims[number], claims[:number]
    mates = {
        "paragraph": [n for n, one in enumerate(claims) if one.paragraph == claim.paragraph],
        "paragraph so far": [n for n, one in enumerate(before) if one.paragraph == claim.paragraph],
        "paragraph before": [n for n, one in enumerate(before) if one.paragraph == claim.paragraph - 1],
        "source": [n for n, one in enumerate(claims) if claim.source is not None and one.source == claim.source],
        "words": [n for n, one in enumerate(before) if len(one.lemmas & claim.lemmas) > 1],
        "report": list(range(len(claims))),
        "report so far": list(range(number)),
    }
    return {name: [n for n in numbers if n != number] for name, numbers in mates.items()}


def shares_of(chances: Sequence[Chances]) -> Shares:
    """The chances of every claim by ground."""
    found: dict[Key | None, list[float]] = {}
    for number, one in enumerate(chances):
        for key, chance in one.items():
            found.setdefault(key, [0.0] * len(chances))[number] = chance
    return found


def of_company(
    number: int,
    key: Key | None,
    claims: Sequence[Told],
    shares: Shares,
    mates: Mapping[str, Sequence[int]],
) -> dict[str, float]:
    """What the other claims of the report say of one ground (None: of no place) for a claim: how likely they have it."""
    claim, each = claims[number], shares[key]
    found = {"first chance": each[number]}
    found["first odds"] = log2((found["first chance"] + 0.01) / (1.01 - found["first chance"])) / 7
    for name, other in (("before", number - 1), ("after", number + 1), ("two before", number - 2)):
        if 0 <= other < len(claims) and (chance := each[other]) > TRACE:
            where = _apart(claim, claims[other])
            found[f"{name}, {where}"] = chance
            if name == "before":
                found[f"{name}, subject {claim.subject}"] = chance
                if claims[other].source == claim.source:
                    found[f"{name}, {'same source' if claim.source else 'both the outlet'}"] = chance
                if claims[other].topic == claim.topic:
                    found[f"{name}, same topic"] = chance
                if claims[other].stands:
                    found[f"{name}, own, {where}"] = chance
    for name, numbers in mates.items():
        if numbers and (mean := sum([each[n] for n in numbers]) / len(numbers)) > TRACE:
            found[f"mean of its {name}"] = mean
    return found


def of_use(claim: Told, ground: Ground) -> dict[str, float]:
    """What speaks for a use other than location."""
    found = {"always": 1.0, f"topic {claim.topic}": 1.0, f"kind {ground.kind}": 1.0}
    for name in claim.groups:
        found[f"says {name}"] = 1.0
    for name in claim.acts:
        found[f"acts {name}"] = 1.0
    found[f"certainty {claim.proposition.lead.certainty}"] = 1.0
    last = next((one for one in reversed(ground.mentions) if one.start < claim.proposition.quote.start), None)
    if last is not None:
        found[f"last named as {last.place.use}"] = 1.0
        if claim.sentence - last.sentence <= 1:
            found[f"just named as {last.place.use}"] = 1.0
    return found


def _apart(claim: Told, other: Told) -> str:
    if claim.sentence == other.sentence:
        return "same sentence"
    if claim.paragraph == other.paragraph:
        return "sentence before" if claim.sentence - other.sentence == 1 else "same paragraph"
    return "paragraph before" if claim.paragraph - other.paragraph == 1 else "further back"
