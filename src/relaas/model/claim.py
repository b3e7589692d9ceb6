"""The heart of the record: one proposition that a report puts forward, tied to the characters that say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from relaas.ids import content_hash
from relaas.model.control import Control
from relaas.model.document import Document, Passage
from relaas.model.event import Event
from relaas.model.place import Place
from relaas.model.quantity import Quantity
from relaas.model.source import Source
from relaas.model.span import Span
from relaas.model.time import Time


@dataclass(frozen=True, slots=True)
class Cue:
    """The rule (or model head) that set a label and the words it stood on.

    ``path`` leads through the tree from those words to the claim's clause: each step a relation (UD's, or "up") with the
    predicate reached. It is recorded when the label is set.
    """

    rule: str
    spans: tuple[Span, ...] = ()
    path: tuple[tuple[str, Span], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Rule, spans and, where there is one, path."""
        row: dict[str, Any] = {"rule": self.rule, "spans": [[span.start, span.end] for span in self.spans]}
        if self.path:
            row["path"] = [[relation, [span.start, span.end]] for relation, span in self.path]
        return row


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the document by its place in the order of reading."""

    index: int
    span: Span


@dataclass(frozen=True, slots=True)
class Verification:
    """Who checked what: ``scope`` is content, place or date."""

    by: str | None
    scope: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim with its labels (see docs/labels.md) and the reasons for them."""

    document: str
    quote: Span
    ordinal: int
    sentence: Sentence
    passage: Passage
    evidence: str
    certainty: str
    topic: str
    source: Source | None = None
    verification: Verification | None = None
    event: Event | None = None
    control: Control | None = None
    time: Time | None = None
    places: tuple[Place, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    reported: str | None = None
    confidence: Mapping[str, float] = field(default_factory=dict)
    cues: Mapping[str, Cue] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The same for the same stretch of the same document, whatever a run thinks of it."""
        return content_hash(self.document, self.quote.start, self.quote.end, self.ordinal)

    @property
    def version(self) -> str:
        """Changes with any label; reasons and confidence do not count."""
        labels = self.labels()
        for part in (labels["time"], *labels["places"]):
            if part is not None:
                part.pop("reason")
        return content_hash(self.id, labels)

    def labels(self) -> dict[str, Any]:
        """The labels alone, as JSON-able values."""
        return {
            "source": None if self.source is None else asdict(self.source),
            "evidence": self.evidence,
            "verification": None if self.verification is None else asdict(self.verification),
            "certainty": self.certainty,
            "topic": self.topic,
            "event": None if self.event is None else asdict(self.event),
            "control": None if self.control is None else asdict(self.control),
            "time": None if self.time is None else asdict(self.time),
            "places": [
                {
                    key: value for key, value in asdict(place).items() if key != "key"
                }  # only good for one compiled gazetteer
                for place in self.places
            ],
            "quantities": [asdict(quantity) for quantity in self.quantities],
            "reported": self.reported,
        }

    def to_json(self, document: Document, *, run: str, status: str = "unreviewed") -> dict[str, Any]:
        """The claim as the contract has it: one JSON object, quotes cut from the document's text."""
        text = document.text
        return {
            "id": self.id,
            "version": self.version,
            "run": run,
            "status": status,
            "document": document_json(document),
            "passage": {
                "kind": self.passage.kind,
                "author": self.passage.author,
                "published": self.passage.published,
                "language": self.passage.language,
            },
            "sentence": {
                "index": self.sentence.index,
                "text": self.sentence.span.of(text),
                **asdict(self.sentence.span),
            },
            "quote": {"exact": self.quote.of(text), **asdict(self.quote)},
            **self.labels(),
            "confidence": dict(sorted(self.confidence.items())),
            "cues": {name: cue.to_json() for name, cue in sorted(self.cues.items())},
        }


def document_json(document: Document) -> dict[str, Any]:
    """What a claim says of its document."""
    return {
        "id": document.id,
        "name": document.name,
        "publisher": document.publisher,
        "published": document.published,
        "retrieved": document.retrieved,
        "language": document.language,
        "sha256": document.sha256,
    }
