"""Wanting and planning as attributions of their own: whose will it is, and what is willed. They change no claim's source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from relaas.propositions.attribution import Attribution
from relaas.propositions.cast import Cast
from relaas.propositions.clauses import Clause, plain_lemma
from relaas.propositions.extents import cue_span
from relaas.propositions.lexicon import Lexicon
from relaas.steps.step import Part

Token = Any


class Intentions:
    """Attributions by a verb of will with its infinitive ("plans to meet", "wil de haven innemen")."""

    def __init__(self, cast: Cast, words: Lexicon) -> None:
        self.cast = cast
        self.words = words

    def find(self, part: Part, clause: Clause) -> Iterable[Attribution]:
        """The will that a clause's predicate tells of."""
        group, subject, lemma = self.words.group("intend"), clause.subject(), clause.lemma
        infinitive = next((t for t in clause.predicate.children if t.dep_ == "xcomp" and t.i > clause.head), None)
        if group is None or subject is None or infinitive is None or lemma not in self.words.raising:
            return
        if group not in self.words.raising[lemma] or subject.lower_ in self.words.small("expletives"):
            return
        below = sorted(token.i for token in infinitive.subtree if not token.is_punct)
        if below[0] < clause.head:
            return
        yield Attribution(
            cue=cue_span(clause),
            group=group,
            source=None,
            source_span=self.cast.phrase(part, subject),
            content=[part.span(below[0], below[-1])],
            rule=f"{self.words.language}.intend.{plain_lemma(clause.predicate)}",
        )
