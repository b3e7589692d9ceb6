"""What a step is, and what it works on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from relaas.model.claim import Claim, Sentence
from relaas.model.document import Document, Passage
from relaas.model.place import Place
from relaas.model.quantity import Quantity
from relaas.model.span import Span
from relaas.model.time import Time
from relaas.model.words import Word, Words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Entity:
    """A name in the text: PER, ORG, LOC, MISC or ARM, and the rule or model head that found it."""

    span: Span
    label: str
    text: str
    rule: str


@dataclass(slots=True)
class Part:
    """A passage with its words, a spaCy Doc until the reading model has read it, and where each stands in the document's text."""

    passage: Passage
    doc: Doc | Words
    starts: list[int]
    ends: list[int]
    sentences: list[Sentence] = field(default_factory=list)

    def span(self, first: int, last: int) -> Span:
        """The document's characters from token ``first`` to token ``last``, both included."""
        return Span(self.starts[first], self.ends[last])

    def tokens(self, span: Span) -> Sequence[Token | Word]:
        """The tokens that lie inside a span of the document."""
        first, after = bisect_left(self.starts, span.start), bisect_right(self.starts, span.end)
        return [self.doc[i] for i in range(first, after) if self.ends[i] <= span.end]

    def token_at(self, offset: int) -> Token | Word | None:
        """The token that holds the character at ``offset``."""
        at = bisect_right(self.starts, offset) - 1
        return self.doc[at] if at >= 0 and offset < self.ends[at] else None


@dataclass(slots=True)
class Given:
    """What a caller of ``annotate`` knows already and wants used: words, sentence lengths, entity spans."""

    words: Sequence[str] | None = None
    sentences: Sequence[int] | None = None
    entities: Sequence[tuple[int, int, str]] | None = None


@dataclass(slots=True)
class Analysis:
    """Everything that the steps have found in one document so far; each step adds what it declares."""

    document: Document
    given: Given = field(default_factory=Given)
    parts: list[Part] = field(default_factory=list)
    trained: bool = True
    entities: list[Entity] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    described_places: list[Place] = field(default_factory=list)
    titled_places: list[Place] = field(default_factory=list)
    cast: Any = None
    clauses: dict[int, list[Any]] = field(default_factory=dict)
    speeches: list[Any] = field(default_factory=list)
    attributions: list[Any] = field(default_factory=list)
    footings: list[Any] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The document's text, which every offset counts in."""
        return self.document.text

    def sentences(self) -> Iterator[tuple[Part, Sentence]]:
        """Every sentence with its part, in the order of reading."""
        for part in self.parts:
            for sentence in part.sentences:
                yield part, sentence


class Step:
    """One thing done to an analysis. ``reads`` and ``writes`` name fields of Analysis, so that the order can be checked.

    ``stands_on`` names the packages and data files (under ``relaas/``) whose content decides the outcome: they are part of the
    step's identity, and so of the run's.
    """

    name: ClassVar[str]
    reads: ClassVar[frozenset[str]] = frozenset()
    writes: ClassVar[frozenset[str]] = frozenset()
    stands_on: ClassVar[tuple[str, ...]] = ()

    def run(self, analysis: Analysis) -> None:
        """Add to the analysis what this step writes."""
        raise NotImplementedError

    def configuration(self) -> dict[str, Any]:
        """The options that change what the step finds."""
        return {}
