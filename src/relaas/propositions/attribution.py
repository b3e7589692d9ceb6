"""An attribution: who is made to say what, by which words."""

from __future__ import annotations

from dataclasses import dataclass, field

from relaas.model.source import Source
from relaas.model.span import Span
from relaas.propositions.lexicon import Effect, Group


@dataclass(slots=True)
class Attribution:
    """A cue with its source and the clauses it governs; ``content`` are the stretches ascribed, one a continuous piece.

    ``within``: the clause of the cue holds the content itself, as an object. ``taken``: tokens of reporting words that other rules leave alone.
    ``outside``: tokens of the reporting words, where clauses are the outlet's again.
    ``hedged``: the outlet doubts that this was meant ("seemed to concede").
    """

    cue: Span
    group: Group
    source: Source | None
    source_span: Span | None
    content: list[Span]
    clauses: list[int] = field(default_factory=list)
    negated: bool = False
    rule: str = ""
    within: bool = False
    taken: frozenset[int] = frozenset()
    outside: frozenset[int] = frozenset()
    hedged: bool = False

    @property
    def effect(self) -> Effect:
        """What it does to its content, negation of the cue taken in."""
        return self.group.negated if self.negated and self.group.negated is not None else self.group.effect
