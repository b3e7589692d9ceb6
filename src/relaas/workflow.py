"""Reads reports into a store: what is new is analysed, what fails is set aside, and the rest goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from relaas.errors import ReadError, RelaasError
from relaas.linkage import link
from relaas.model.claim import Claim
from relaas.model.document import Document
from relaas.model.span import Span
from relaas.pipeline import Pipeline
from relaas.readers.files import Item, items
from relaas.readers.reader import Options, Reader
from relaas.steps.step import Analysis
from relaas.store.store import Store


@dataclass(slots=True)
class Outcome:
    """What reading a number of reports came to: the ids of all named, how many were new, and what was set aside."""

    documents: list[str] = field(default_factory=list)
    new: int = 0
    set_aside: list[tuple[str, str]] = field(default_factory=list)


def read(
    paths: Iterable[str],
    store: Store,
    pipeline: Pipeline,
    readers: Sequence[Reader],
    options: Options,
    *,
    format: str | None = None,
    progress: Callable[[str], None] | None = None,
) -> Outcome:
    """Read every report under the paths into the store.

    Each report is one transaction: a process that is killed leaves whole reports or none, and the next run reads what
    is missing. A report that fails in any way is kept aside with its reason. What is new is linked at the end.
    """
    outcome = Outcome()
    seen: set[str] = set()
    for item in items(paths, readers, format=format):
        if progress:
            progress(item.name)
        try:
            document = opened(item, options)
            new = _store(document, item, store, pipeline)
        except ReadError as error:
            with store.writer() as writer:
                writer.add_set_aside(item.name, item.raw, str(error))
            outcome.set_aside.append((item.name, str(error)))
            continue
        outcome.new += new
        if document.id not in seen:
            seen.add(document.id)
            outcome.documents.append(document.id)
    link(store)
    return outcome


def opened(item: Item, options: Options) -> Document:
    """The report as a document; whatever goes wrong in a reader becomes a ReadError, so that one never stops the others."""
    try:
        return item.read(options)
    except RelaasError:
        raise
    except Exception as error:  # a library may raise anything on a hostile file; nothing may stop the rest
        raise ReadError(f"could not be read: {type(error).__name__}: {error}") from error


def _store(document: Document, item: Item, store: Store, pipeline: Pipeline) -> bool:
    """Analyse outside the transaction, store inside it; whoever comes second finds the work done."""
    run = pipeline.identity
    with store.writer() as writer:
        settled = writer.add_document(document, item.raw)
        if writer.is_read(settled, run):
            return False
    while True:
        analysis = analyse(pipeline, settled)
        with store.writer() as writer:
            now = writer.settled(document)
            if writer.is_read(now, run):
                return False
            if now == settled:
                found = analysis.claims, searchable(analysis), _mentions(analysis)
                language, own = analysis.document.language, (quote_words(analysis), sentence_vectors(analysis))
                writer.add_reading(settled, run, *found, language=language, lemmas=own[0], vectors=own[1])
                return True
        settled = now


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
