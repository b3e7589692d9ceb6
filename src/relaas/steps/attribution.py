"""Finds who says what, with speakers carried through quotations of several sentences."""

from __future__ import annotations

import re
from typing import ClassVar

from relaas.model.claim import Sentence
from relaas.model.source import Source
from relaas.propositions.attribution import Attribution
from relaas.propositions.attributor import Attributor
from relaas.propositions.cast import Cast
from relaas.propositions.contents import finished
from relaas.propositions.kinds import pronoun_classes
from relaas.propositions.lexicon import lexicon
from relaas.propositions.perception import Perceiver
from relaas.propositions.predicates import reporting_lemma
from relaas.propositions.quoting import Speech, share_inside, speeches
from relaas.steps.step import Analysis, Part, Step

INSIDE = 0.5
DONE_BY_WORDS = frozenset({"call", "plan"})
POINTING = frozenset({"obj", "iobj", "advmod", "nsubj", "nsubj:pass", "ccomp", "obl:agent", "xcomp"})
_INTRODUCED = re.compile(r":\s*$")


class AttributionStep(Step):
    """Cue, source and content of every attribution, and the speaker of every quotation."""

    name: ClassVar[str] = "attribution"
    reads: ClassVar[frozenset[str]] = frozenset({"clauses", "entities"})
    writes: ClassVar[frozenset[str]] = frozenset({"attributions", "footings", "speeches", "cast"})
    stands_on: ClassVar[tuple[str, ...]] = ("propositions", "knowledge", "text.py", "ontology/languages")

    def run(self, analysis: Analysis) -> None:
        """Read the sentences in order; then give speakers to the quotations that named none."""
        cast = analysis.cast = Cast(analysis)
        analysis.speeches = speeches(analysis)
        for part, sentence in analysis.sentences():
            speech = _speech_of(analysis.speeches, sentence)
            speaker = _author(part) or (speech.source if speech else None)
            words, clauses = lexicon(part.passage.language), analysis.clauses[sentence.index]
            cast.begin(sentence.index)
            found = Attributor(cast, words).find(part, clauses, speaker)
            found = [one for one in found if not _told_in_speech(analysis, part, one)]
            found += _pointing_back(analysis, part, sentence, cast)
            finished(part, sentence, clauses, found, analysis.speeches)
            analysis.attributions += found
            analysis.footings += Perceiver(cast, words).find(part, clauses)
            _give_speakers(analysis, part, sentence, found, cast)
            cast.mention(part, sentence)
            cast.keep(sentence.index)
        _carry_speakers(analysis, cast)


def _told_in_speech(analysis: Analysis, part: Part, one: Attribution) -> bool:
    """Whether a quotation only tells that others asked or promised something ("They asked us for our papers"): it is its speaker's."""
    subject = part.token_at(one.source_span.start) if one.source_span is not None else None
    spoken = one.within and subject is not None and subject.pos_ == "PRON"
    if one.group.name not in DONE_BY_WORDS and not spoken:
        return False
    first = subject is not None and pronoun_classes(part.passage.language).get(subject.lower_, frozenset()) & {
        "i",
        "we",
    }
    return not first and any(speech.span.contains(one.cue) for speech in analysis.speeches)


def _pointing_back(analysis: Analysis, part: Part, sentence: Sentence, cast: Cast) -> list[Attribution]:
    """ "Dat meldt X", "That is what X said": the sentence before is X's, and this one claims the same by its pronoun."""
    words = lexicon(part.passage.language)
    before = analysis.clauses.get(sentence.index - 1, [])
    clauses = analysis.clauses[sentence.index]
    say = words.group("say")
    if say is None or len(clauses) != 1 or not before or before[0].part is not part:
        return []
    clause = clauses[0]
    known = {number for one in analysis.attributions for number in one.clauses}
    if say not in words.verbs.get(reporting_lemma(clause, words), ()) or clause.child("xcomp", "ccomp") is not None:
        return []
    if any(one.number in known for one in before):
        return []
    arguments = [t for t in clause.predicate.children if t.dep_ in POINTING]
    pointer = next((t for t in arguments if t.lower_ in words.small("pointers")), None)
    speakers = [t for t in arguments if t is not pointer and t.pos_ in {"NOUN", "PROPN", "PRON"}]
    speakers.sort(key=lambda token: token.dep_ not in {"nsubj", "obl:agent"})
    if pointer is None or not speakers or (source := cast.source(part, speakers[0])) is None:
        return []
    clause.left_out |= set(clause.tokens) - {pointer.i}
    roots = [one for one in before if one.parent is None]
    clause.points_to = roots[0] if roots else None
    numbers = [one.number for one in (*roots, clause)]
    cue, whole = part.span(clause.head, clause.head), cast.phrase(part, speakers[0])
    return [
        Attribution(cue, say, source, whole, [before[0].sentence.span], numbers, rule=f"{words.language}.say.before")
    ]


def _author(part: Part) -> Source | None:
    return Source(part.passage.author, "social") if part.passage.kind == "post" and part.passage.author else None


def _speech_of(found: list[Speech], sentence: Sentence) -> Speech | None:
    return next((speech for speech in found if share_inside(sentence.span, speech) > INSIDE), None)


def _give_speakers(analysis: Analysis, part: Part, sentence: Sentence, found: list[Attribution], cast: Cast) -> None:
    """A quotation's speaker is the source of a cue that stands outside it in the same sentence, or the one before its colon."""
    for speech in analysis.speeches:
        if speech.source is not None or not speech.span.overlaps(sentence.span):
            continue
        outside = [one for one in found if one.source is not None and not speech.span.contains(one.cue)]
        if outside:
            near = min(
                outside, key=lambda one: min(abs(one.cue.start - speech.span.end), abs(speech.span.start - one.cue.end))
            )
            speech.source = near.source
            continue
        before = analysis.text[sentence.span.start : speech.span.start]
        if (
            _INTRODUCED.search(before)
            and len(before) < 90
            and (source := _before_colon(part, sentence, speech, cast)) is not None
        ):
            speech.source = source
            cast.remember(source, plural=False)


def _before_colon(part: Part, sentence: Sentence, speech: Speech, cast: Cast) -> Source | None:
    tokens = [token for token in part.tokens(sentence.span) if part.ends[token.i] <= speech.span.start]
    names = [token for token in tokens if token.pos_ in {"NOUN", "PROPN", "PRON"}]
    if not names:
        return None
    inside = {token.i for token in names}
    heads = [token for token in names if token.dep_ in {"nsubj", "root"}] or [
        token for token in names if token.head.i not in inside or token.head.i == token.i
    ]
    return cast.source(part, heads[0]) if heads else None


def _carry_speakers(analysis: Analysis, cast: Cast) -> None:
    """A quotation without a cue is spoken by the last speaker near it, else by the person the sentence before was about."""
    last: tuple[int, Source] | None = None
    for speech in analysis.speeches:
        part = analysis.parts[speech.part]
        if part.passage.kind == "post":
            continue
        if speech.source is None and (near := _source_before(analysis, speech)) is not None:
            speech.source = _unspoken(near)
        if speech.source is None and last is not None and speech.part - last[0] <= 1:
            speech.source = _unspoken(last[1])
        if speech.source is None and (subject := _subject_before(analysis, speech, cast)) is not None:
            speech.source = _unspoken(subject)
        if speech.source is not None:
            last = (speech.part, speech.source)


def _unspoken(source: Source) -> Source:
    """The same source without words of its own: it is carried over."""
    return Source(source.name, source.kind, via=source.via)


def _source_before(analysis: Analysis, speech: Speech) -> Source | None:
    """The one to whom the sentence right before a quotation is ascribed."""
    part = analysis.parts[speech.part]
    before = [sentence for sentence in part.sentences if sentence.span.end <= speech.span.start][-1:]
    if not before and speech.part:
        before = analysis.parts[speech.part - 1].sentences[-1:]
    for sentence in before:
        numbers = {clause.number for clause in analysis.clauses[sentence.index]}
        named: list[Source] = [
            one.source for one in analysis.attributions if one.source is not None and numbers & set(one.clauses)
        ]
        if named:
            return named[-1]
    return None


def _subject_before(analysis: Analysis, speech: Speech, cast: Cast) -> Source | None:
    part = analysis.parts[speech.part]
    before = [sentence for sentence in part.sentences if sentence.span.end <= speech.span.start]
    if not before and speech.part:
        part = analysis.parts[speech.part - 1]
        before = part.sentences[-1:]
    for sentence in reversed(before[-2:]):
        for clause in analysis.clauses[sentence.index]:
            subject = clause.subject()
            if (
                subject is not None
                and subject.pos_ in {"NOUN", "PROPN"}
                and (source := cast.source(part, subject)) is not None
                and source.kind not in {"unnamed"}
            ) and (cast.entity_label(part, subject.i) == "PER" or source.kind in {"civilian", "witness", "expert"}):
                return source
    return None
