"""Finds who is made to say what: cue, source and content, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from relaas.model.source import Source
from relaas.propositions.according import According
from relaas.propositions.attribution import Attribution
from relaas.propositions.cast import Cast
from relaas.propositions.clauses import Clause
from relaas.propositions.intentions import Intentions
from relaas.propositions.lexicon import Lexicon
from relaas.propositions.nominal import Nominal
from relaas.propositions.parentheticals import Parentheticals
from relaas.propositions.phrases import is_plural
from relaas.propositions.reporting import Reporting
from relaas.steps.step import Part

Token = Any


class Attributor:
    """Finds the attributions of one document, sentence by sentence in the order of reading, so that pronouns find their speakers."""

    def __init__(self, cast: Cast, words: Lexicon) -> None:
        self.cast = cast
        self.words = words
        self.parentheticals = Parentheticals(cast, words)
        self.verbs = Reporting(cast, words)
        self.intentions = Intentions(cast, words)
        self.prepositions = According(cast, words)
        self.nouns = Nominal(cast, words)

    def find(self, part: Part, clauses: list[Clause], speaker: Source | None) -> list[Attribution]:
        """The attributions within one sentence; ``speaker`` is who speaks already (a quotation carried over, a post)."""
        before = self.cast.salience.mentions
        found: list[Attribution] = list(self.parentheticals.find(part, clauses, speaker))
        self._remember(part, found)
        taken = {i for one in found for i in one.taken}
        for clause in clauses:
            if clause.head in taken:
                continue
            new = [*self.verbs.find(part, clause, clauses, speaker), *self.verbs.own_account(part, clause)]
            subject = clause.subject()
            if subject is not None and not new:
                self.cast.meet(
                    part,
                    subject,
                    main=clause.relation in {"root", "conj"} and not self.cast.in_speech(part, clause.head),
                )
            self._remember(part, new)
            found += new
            found += self._gapped(part, clause, new)
        later, self.cast.salience.mentions = self.cast.salience.mentions, before
        new = [
            *self.prepositions.find(part, clauses, speaker),
            *self.prepositions.accounts(part, clauses, speaker),
            *self.nouns.find(part, clauses, speaker),
        ]
        self.cast.salience.mentions = later
        self._remember(part, new)
        found = [*new, *found]
        cited = list(self.prepositions.cited(part, clauses, found))
        self._remember(part, cited)
        reporting = {one.cue.start for one in found}
        willed = [one for clause in clauses for one in self.intentions.find(part, clause)]
        return [*found, *cited, *(one for one in willed if one.cue.start not in reporting)]

    def _gapped(self, part: Part, clause: Clause, found: list[Attribution]) -> Iterable[Attribution]:
        """What others say under the same verb, which is not repeated ("X speaks of ten dead, Y of twenty")."""
        said = next((one for one in found if one.within and one.source is not None), None)
        for gap in clause.children:
            if said is None or gap.relation != "gap" or gap.speaker is None:
                continue
            source, told = self.cast.source(part, part.doc[gap.speaker]), [i for i in gap.tokens if i > gap.speaker]
            named, content = part.span(min(gap.tokens), gap.speaker), [part.span(min(told), max(told))]
            if source is not None:
                yield replace(
                    said, source=source, source_span=named, content=content, clauses=[gap.number], within=False
                )

    def _remember(self, part: Part, found: Iterable[Attribution]) -> None:
        for one in found:
            if one.source is not None:
                self.cast.remember(one.source, plural=is_plural(part, one.source_span))
