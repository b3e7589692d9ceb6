"""Finds what somebody saw for himself, and what is said to be beyond checking; images and checks stand beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from relaas.propositions.cast import Cast
from relaas.propositions.clauses import Clause
from relaas.propositions.footing import Footing
from relaas.propositions.hosts import host_of
from relaas.propositions.images import Images
from relaas.propositions.kinds import pronouns
from relaas.propositions.lexicon import Lexicon
from relaas.propositions.negation import is_uncheckable
from relaas.propositions.verbs import is_past, is_perfect
from relaas.propositions.verification import Checks
from relaas.steps.step import Part

Token = Any
SEERS = frozenset({"media", "witness", "civilian", "organisation", "social", "expert"})
COUNTERS = frozenset({"media", "witness"})
SEEN = frozenset({"ccomp", "csubj", "csubj:pass", "advcl", "xcomp"})


class Perceiver:
    """Finds footings of one sentence's clauses."""

    def __init__(self, cast: Cast, words: Lexicon) -> None:
        self.cast = cast
        self.words = words
        self.images = Images(cast, words)
        self.checks = Checks(cast, words)

    def find(self, part: Part, clauses: Sequence[Clause]) -> list[Footing]:
        """Every footing in the sentence, in the order of its clauses; one clause has one, the first found."""
        found: list[Footing] = []
        for clause in clauses:
            found += self._unchecked(part, clause)
            seen = list(self.images.find(part, clause))
            found += seen or self._eyewitness(part, clause)
            if not any(clause.number in one.frames for one in found):
                found += self.checks.find(part, clause)
        unique: dict[int, Footing] = {}
        for one in found:
            known = unique.get(one.clause)
            if known is None or (one.evidence == "verified" and known.evidence == "observed" and one.verification):
                unique[one.clause] = one
        return list(unique.values())

    def _unchecked(self, part: Part, clause: Clause) -> Iterable[Footing]:
        if not is_uncheckable(clause, self.words):
            return
        subject = clause.subject()
        passive = any(child.dep_ in {"aux:pass", "nsubj:pass"} for child in clause.predicate.children)
        cue = part.span(clause.head, clause.head)
        source = None
        if (
            subject is not None
            and not passive
            and pronouns(self.words.language).get(subject.lower_) not in {"we", "i"}
            and subject.pos_ in {"NOUN", "PROPN"}
            and self.cast.can_speak(part, subject)
        ):
            source = self.cast.source(part, subject)
            if source is not None and (source.kind in {"media", "unnamed"} or self.images.pictures(source.name)):
                source = None
        evidence = "unconfirmed" if source is None else "attributed"
        yield Footing(clause.number, evidence, f"{self.words.language}.uncheckable", cue, source, unknown=True)

    def _eyewitness(self, part: Part, clause: Clause) -> Iterable[Footing]:
        """ "We saw …", "our reporter counted …", "witnesses saw that …": observed, with the seer as source unless it is the outlet."""
        subject, lemma = clause.subject(), clause.lemma
        sees = lemma in self.words.seeing and clause.predicate.pos_ in {"VERB", "AUX", "ADJ"}
        if subject is None or not (sees or lemma in self.words.counting) or clause.child("aux:pass"):
            return
        content = [
            child
            for child in clause.children
            if child.relation in SEEN
            and child.head > clause.head
            and not child.marks() & self.words.small("other_clauses")
        ]
        host = host_of(clause) if not content and sees else None
        content = content or ([host] if host is not None else [])
        if not content and clause.child("obj", "xcomp", "obl", "ccomp") is None:
            return
        person = pronouns(self.words.language).get(subject.lower_)
        cue = part.span(clause.head, clause.head)
        target = (content[:1] or [clause])[0].number
        frames = frozenset({clause.number}) if content else frozenset()
        if person == "we" and sees and not self._in_speech(part, clause):
            words = frozenset({clause.head, subject.i}) if not content else frozenset()
            rule = f"{self.words.language}.own_eyes"
            yield Footing(target, "observed", rule, cue, left_out=words, frames=frames)
            return
        if person in {"i", "we", "it"} or not (is_past(clause, self.words) or is_perfect(clause)):
            return
        source = self.cast.source(part, subject)
        if source is None and subject.pos_ == "PRON" and person and sees:
            yield Footing(target, "observed", f"{self.words.language}.eyewitness.{lemma}", cue, frames=frames)
            return
        own = any(child.lower_ in self.words.small("our") for child in subject.children)
        named = subject.pos_ == "PRON" or self.cast.can_speak(part, subject)
        if source is None or not (named or own) or (source.kind not in (SEERS if sees else COUNTERS) and not own):
            return
        if own and source.kind == "media" and not self._in_speech(part, clause):
            source = None
        rule = f"{self.words.language}.eyewitness.{lemma}"
        out = frozenset(t.i for t in subject.subtree) if not content else frozenset()
        yield Footing(target, "observed", rule, cue, source, left_out=out, frames=frames)

    def _in_speech(self, part: Part, clause: Clause) -> bool:
        """Whether a quotation holds the clause: then "we" is its speaker, not the outlet."""
        return part.passage.kind == "post" or self.cast.in_speech(part, clause.head)
