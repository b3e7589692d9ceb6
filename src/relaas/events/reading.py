"""The event and the change of control that a proposition tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from relaas.events.control import control_of
from relaas.events.detection import Trigger, deed_of, is_reached, mode_of, spoken, trigger
from relaas.events.frames import Frames, frames
from relaas.events.participants import Company, part_of
from relaas.events.scope import BESIDE, SUBJECT, Scope, base, cases, forms
from relaas.model.claim import Cue
from relaas.model.control import Control
from relaas.model.event import Event
from relaas.model.place import Place
from relaas.model.source import Source
from relaas.propositions.clauses import Clause
from relaas.propositions.grouping import Proposition
from relaas.steps.step import Analysis, Part

Token = Any
UNTOLD = frozenset({"Uu"})


@dataclass(frozen=True, slots=True)
class Happening:
    """What a claim tells: an event, and a change of control where it is one, with the rule and words that set them."""

    event: Event | None = None
    control: Control | None = None
    cue: Cue | None = None


class Happenings:
    """Tells the events of one document, claim by claim in the order of the text, so that pronouns and "that" find what they mean."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.company = Company(analysis.cast)
        self.last = Happening()

    def of(self, part: Part, proposition: Proposition, places: Sequence[Place]) -> Happening:
        """The happening of a proposition; empty where it tells none, where the language has no frames, or where all is said to be unknown."""
        known = frames(part.passage.language)
        if known is None:
            return Happening()
        self._meet(part, proposition.lead.ancestors(), known)
        found = self._found(part, proposition, places, known)
        self._meet(part, (proposition.lead,), known)
        if found.event is not None:
            self.last = found
        return found

    def _found(self, part: Part, proposition: Proposition, places: Sequence[Place], known: Frames) -> Happening:
        lead = proposition.lead
        if lead.certainty in UNTOLD:
            return Happening()
        scope = Scope([part.doc[i] for i in sorted(proposition.tokens)], known)
        if _is_pointer(scope, part.doc[lead.head], known):
            return Happening(
                self.last.event, self.last.control, Cue(f"{known.language}.event.pointer", (proposition.quote,))
            )

        def label(token: Token) -> str | None:
            return self.company.label(part, token)

        act = self._speech_act(part, proposition, known)
        if act is not None:
            hit, source = act
            return self._told(part, hit, scope, places, known, lead.source, speaker=source)
        told = trigger(scope, part.doc[lead.head], label)
        return self._told(part, told, scope, places, known, lead.source) if told is not None else Happening()

    def _speech_act(self, part: Part, proposition: Proposition, known: Frames) -> tuple[Trigger, Source | None] | None:
        """The act of the reporting words that govern a proposition, with the one who speaks."""
        numbers = {clause.number for clause in proposition.clauses}
        sentence = proposition.lead.sentence.span
        for one in self.analysis.attributions:
            if proposition.lead.number not in one.clauses or not numbers or not sentence.overlaps(one.cue):
                continue
            cue = list(part.tokens(one.cue))
            if not cue:
                continue
            words = [part.doc[i] for i in sorted(proposition.tokens | {t.i for t in cue} | _frame_words(cue))]
            marks = {child.lower_ for child in proposition.lead.predicate.children if child.dep_ == "mark"}
            infinitive = bool(marks & known.syntax["infinitive"])
            hit = spoken(Scope(words, known), cue, lambda token: self.company.label(part, token), infinitive=infinitive)
            if hit is not None:
                return hit, one.source
        return None

    def _told(
        self,
        part: Part,
        hit: Trigger,
        scope: Scope,
        places: Sequence[Place],
        known: Frames,
        voice: Source | None,
        *,
        speaker: Source | None = None,
    ) -> Happening:
        mode, instrument = mode_of(hit, scope)
        actors = (speaker.name,) if speaker is not None else self._names(part, hit, hit.frame.actor, known, voice)
        recipients = self._names(part, hit, hit.frame.recipient, known, voice)
        if hit.frame.type == "ACCUSE":
            recipients = tuple(_without_charge(name, known) for name in recipients)
        recipients = tuple(name for name in recipients if name not in actors)
        words = [*hit.words, *([instrument] if instrument is not None else [])]
        spans = tuple(part.span(i, i) for i in sorted({token.i for token in words}))
        event = Event(hit.frame.type, mode, actors, recipients) if hit.frame.type is not None else None
        doer = part_of(hit, hit.frame.actor, known)
        mine = {part.starts[token.i] for token in doer.subtree} if doer is not None else set()
        ground = [place for place in places if place.start is None or place.start not in mine]
        control = control_of(hit, scope, ground, actors, recipients)
        return Happening(event, control, Cue(f"{known.language}.event.{hit.frame.id}", spans))

    def _names(
        self, part: Part, hit: Trigger, wanted: tuple[str, ...], known: Frames, voice: Source | None
    ) -> tuple[str, ...]:
        token = part_of(hit, wanted, known)
        if (
            token is not None
            and hit.frame.type == "ASSAULT"
            and wanted == hit.frame.actor
            and (deed := deed_of(token, known)) is not None
        ):
            token = deed.get("subject")
        if token is None or (
            token.dep_ in BESIDE and cases(token) and not self._can_play(part, token, wanted == hit.frame.actor, known)
        ):
            return ()
        if known.classes["projectile"].word(token.lower_, base(token)):
            return ()
        return self.company.names(part, token, known, voice)

    def _can_play(self, part: Part, token: Token, acting: bool, known: Frames) -> bool:
        """Whether a phrase behind a preposition can act or be acted upon: no time, no weapon, and no ground that acts."""
        if any(time.start <= part.starts[token.i] < time.end for time in self.analysis.times):
            return False
        words = forms(token, known)
        if known.classes["weapon"].word(*words) and not known.classes["forces"].word(*words):
            return False
        return not (acting and known.classes["ground"].word(*words) and not known.classes["forces"].word(*words))

    def _meet(self, part: Part, clauses: Iterable[Clause], known: Frames) -> None:
        """Remember the ones whom clauses are about."""
        for clause in clauses:
            own = next((child for child in clause.predicate.children if child.dep_ in SUBJECT), None)
            if own is not None:
                self.company.meet(part, own, known)


def _without_charge(name: str, known: Frames) -> str:
    """Who is blamed without what for: "de milities van plundering" are the militias; "rebels of LURD" stay whole."""
    words = name.split()
    for at, word in enumerate(words[1:-1], start=1):
        if word.lower() in known.syntax["of"] and words[at + 1][:1].islower():
            return " ".join(words[:at])
    return name


def _frame_words(cue: Sequence[Token]) -> set[int]:
    """The words right below the reporting words: to whom, and about what."""
    return {
        child.i for token in cue for child in token.children if child.dep_ in {"obj", "iobj", "obl", "obl:arg", "nsubj"}
    }


def _is_pointer(scope: Scope, lead: Token, known: Frames) -> bool:
    """Whether a claim only answers an earlier one ("Dat klopt niet", "sprak dat tegen")."""
    pointing = [token for token in scope.tokens if token.lower_ in known.pointers]
    rest = [
        token for token in scope.tokens if token.pos_ in {"NOUN", "PROPN", "VERB", "ADJ", "NUM"} and token.i != lead.i
    ]
    result = known.consequences.word(*forms(lead, known)) and any(
        token.lower_ in known.syntax["thereby"] for token in scope.tokens
    )
    if result:
        return True
    if not pointing or rest or not is_reached(pointing[0], lead, known):
        return False
    return lead.i in {token.i for token in pointing} or bool(set(forms(lead, known)) & known.answers)
