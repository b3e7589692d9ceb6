"""Reads reports into a store: what is new is analysed, what fails is set aside, and the rest goes on."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Protocol

from relaas.errors import ReadError, RelaasError
from relaas.model.claim import Claim
from relaas.model.document import Document
from relaas.model.span import Span
from relaas.pipeline import Pipeline
from relaas.readers.files import Item, items
from relaas.readers.reader import Options, Reader
from relaas.steps.step import Analysis

if TYPE_CHECKING:
    from relaas.store.store import Store

FEW = 6
"""Reports that this process reads by itself; for more it is worth the time to start others."""


@dataclass(slots=True)
class Outcome:
    """What reading a number of reports came to: the ids of all named, how many were new, and what was set aside."""

    documents: list[str] = field(default_factory=list)
    new: int = 0
    set_aside: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the record keeps of an analysis: claims with their searchable words and their quotes' own, the names in the text, its
    language, and the vectors of its sentences.
    """

    claims: Sequence[Claim]
    words: Sequence[str]
    mentions: Sequence[tuple[Span, str, str]]
    language: str | None
    lemmas: Sequence[str]
    vectors: Mapping[int, bytes]


class Engine(Protocol):
    """Where documents are analysed; ``ahead`` is how many may wait for their turn."""

    ahead: int

    def submit(self, document: Document) -> Callable[[], Reading]:
        """Begin with a document; calling what is returned waits for its reading, or raises ReadError."""


class Inline:
    """This process, one document after another."""

    ahead = 0

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline

    def submit(self, document: Document) -> Callable[[], Reading]:
        """The analysis itself waits until it is asked for."""
        return partial(reading, self.pipeline, document)


@dataclass(slots=True)
class _Waiting:
    item: Item
    document: Document
    settled: Document
    found: Callable[[], Reading] | None
    """None where the record has this reading already."""


def read(
    paths: Iterable[str],
    store: Store,
    pipeline: Pipeline,
    readers: Sequence[Reader],
    options: Options,
    *,
    many: Callable[[], AbstractContextManager[Engine]] | None = None,
    format: str | None = None,
    progress: Callable[[str], None] | None = None,
) -> Outcome:
    """Read every report under the paths into the store, in their order.

    Each report is one transaction: a process that is killed leaves whole reports or none, and the next run reads what
    is missing. A report that fails in any way is kept aside with its reason. Where more than a few are named, ``many``
    opens the engine that analyses them ahead of what is being stored. What is new is linked at the end.
    """
    from relaas.linkage import link  # a process that only analyses needs no database

    stream = items(paths, readers, format=format)
    first = list(islice(stream, FEW + 1))
    here: AbstractContextManager[Engine] = nullcontext(Inline(pipeline))
    with many() if many and len(first) > FEW else here as engine:
        work = _Work(store, pipeline, engine)
        for item in chain(first, stream):
            if progress:
                progress(item.name)
            work.begin(item, options)
        work.finish()
    link(store)
    return work.outcome


class _Work:
    """Reports on their way into the store."""

    def __init__(self, store: Store, pipeline: Pipeline, engine: Engine) -> None:
        self.store, self.run, self.engine = store, pipeline.identity, engine
        self.outcome = Outcome()
        self.seen: set[str] = set()
        self.waiting: deque[_Waiting] = deque()

    def begin(self, item: Item, options: Options) -> None:
        """Keep a report's bytes and have it analysed, unless the record has this reading."""
        try:
            document = opened(item, options)
        except ReadError as error:
            self._set_aside(item, error)
            return
        with self.store.writer() as writer:
            settled = writer.add_document(document, item.raw)
            known = writer.is_read(settled, self.run)
        self.waiting.append(_Waiting(item, document, settled, None if known else self.engine.submit(settled)))
        while len(self.waiting) > self.engine.ahead:
            self._end(self.waiting.popleft())

    def finish(self) -> None:
        """Wait for what is still being analysed."""
        while self.waiting:
            self._end(self.waiting.popleft())

    def _end(self, one: _Waiting) -> None:
        try:
            self.outcome.new += one.found is not None and self._stored(one)
        except ReadError as error:
            self._set_aside(one.item, error)
            return
        if one.document.id not in self.seen:
            self.seen.add(one.document.id)
            self.outcome.documents.append(one.document.id)

    def _stored(self, one: _Waiting) -> bool:
        """Store what was found; whoever comes second finds the work done, and metadata that came meanwhile asks for it anew."""
        found, settled = one.found, one.settled
        while found is not None:
            kept = found()
            with self.store.writer() as writer:
                now = writer.settled(one.document)
                if writer.is_read(now, self.run):
                    return False
                if now == settled:
                    writer.add_reading(
                        settled,
                        self.run,
                        kept.claims,
                        kept.words,
                        kept.mentions,
                        language=kept.language,
                        lemmas=kept.lemmas,
                        vectors=kept.vectors,
                    )
                    return True
            settled, found = now, self.engine.submit(now)
        return False

    def _set_aside(self, item: Item, error: ReadError) -> None:
        with self.store.writer() as writer:
            writer.add_set_aside(item.name, item.raw, str(error))
        self.outcome.set_aside.append((item.name, str(error)))


def opened(item: Item, options: Options) -> Document:
    """The report as a document; whatever goes wrong in a reader becomes a ReadError, so that one never stops the others."""
    try:
        return item.read(options)
    except RelaasError:
        raise
    except Exception as error:  # a library may raise anything on a hostile file; nothing may stop the rest
        raise ReadError(f"could not be read: {type(error).__name__}: {error}") from error


def reading(pipeline: Pipeline, document: Document) -> Reading:
    """What the record keeps of a document."""
    analysis = analyse(pipeline, document)
    return Reading(
        analysis.claims,
        searchable(analysis),
        _mentions(analysis),
        analysis.document.language,
        quote_words(analysis),
        sentence_vectors(analysis),
    )


def analyse(pipeline: Pipeline, document: Document) -> Analysis:
    """The pipeline on one document; whatever goes wrong in a step becomes a ReadError, but a fault of relaas's own parts goes through."""
    try:
        return pipeline.run(document)
    except RelaasError:
        raise
    except Exception as error:  # a step meets text that nobody foresaw; the report is set aside, the rest goes on
        raise ReadError(f"could not be analysed: {type(error).__name__}: {error}") from error


def searchable(analysis: Analysis) -> list[str]:
    """For each claim the words it can be found by: the sentence's own and their lemmas."""
    by_sentence: dict[int, str] = {}
    for part, sentence in analysis.sentences():
        tokens = part.tokens(sentence.span)
        lemmas = [token.lemma_.replace("_", "") for token in tokens]
        by_sentence[sentence.index] = " ".join([*(token.text for token in tokens), *lemmas])
    return [by_sentence.get(claim.sentence.index, "") + " " + _names(claim) for claim in analysis.claims]


def _names(claim: Claim) -> str:
    names = [place.name for place in claim.places]
    return " ".join(names + ([claim.source.name] if claim.source else []))


def quote_words(analysis: Analysis) -> list[str]:
    """For each claim form and lemma of the words of its quote, small letters, as ``form/lemma`` parted by spaces."""
    found = []
    for claim in analysis.claims:
        part = next((one for one in analysis.parts if one.passage.span.contains(claim.quote)), None)
        tokens = part.tokens(claim.quote) if part else ()
        pairs = [(token.lower_, token.lemma_.lower().replace("_", "")) for token in tokens if not token.is_punct]
        found.append(
            " ".join(f"{form}/{lemma}" for form, lemma in pairs if "/" not in form and " " not in form + lemma)
        )
    return found


def sentence_vectors(analysis: Analysis) -> dict[int, bytes]:
    """The model's vector of each sentence as 16-bit floats; none where no model read the text."""
    found: dict[int, bytes] = {}
    for part in analysis.parts:
        vectors = part.doc.user_data.get("vectors")
        if vectors is not None:
            for sentence, vector in zip(part.sentences, vectors, strict=False):
                found[sentence.index] = vector.astype("<f2").tobytes()
    return found


def _mentions(analysis: Analysis) -> list[tuple[Span, str, str]]:
    return [(entity.span, entity.label, entity.text) for entity in analysis.entities]
