"""The analysis of one record as the annotation contract has it: one JSON object in, one out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, Protocol

from relaas.errors import ReadError
from relaas.events.actors import participants
from relaas.ids import bytes_hash
from relaas.model.document import Document
from relaas.model.span import Span
from relaas.readers.reader import LONGEST, checked_date, half_character
from relaas.steps.step import Analysis, Given

LABELS = frozenset({"PER", "ORG", "LOC", "MISC", "ARM"})
FAULTS = (
    MemoryError,
    RecursionError,
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    AssertionError,
)


class Runs(Protocol):
    """What analyses a document: the pipeline."""

    def run(self, document: Document, *, given: Given | None = None) -> Analysis:
        """The analysis of one document."""


def annotated_line(line: bytes, pipeline: Runs) -> tuple[str, str | None]:
    """The output line for an input line, and the sentence that says what is wrong with it, or None.

    A line that is not right gives an output line all the same, with its id where it has one and ``error``: order and
    number of lines are kept.
    """
    record: Any = None
    try:
        record = _parsed(line)
        document, given = _asked(record)
        result = _written(_analysed(pipeline, document, given), record.get("id"))
    except ReadError as error:
        id = record.get("id") if isinstance(record, dict) else None
        return json.dumps({"id": id, "error": str(error)}, ensure_ascii=False), str(error)
    return json.dumps(result, ensure_ascii=False), None


def _written(analysis: Analysis, id: Any) -> dict[str, Any]:
    try:
        return annotation(analysis, id)
    except FAULTS as error:
        raise ReadError(f"could not be written: {type(error).__name__}: {error}") from error


def annotation(analysis: Analysis, id: Any) -> dict[str, Any]:
    """Everything found in a record, by the contract's names; offsets count the code points of its text."""
    places = getattr(analysis, "all_places", None)
    return {
        "id": id,
        "language": analysis.document.language,
        "trained": analysis.trained,
        "tokens": _tokens(analysis),
        "entities": [
            {"start": one.span.start, "end": one.span.end, "label": one.label, "text": one.text}
            for one in analysis.entities
        ],
        "times": [
            _chosen(asdict(one), ("start", "end", "text", "type", "timex", "edtf", "earliest", "latest"))
            for one in analysis.times
        ],
        "places": [place.to_row() for place in (analysis.places if places is None else places)],
        "quantities": [asdict(one) for one in analysis.quantities],
        "actors": [one.to_row() for one in participants(analysis)],
        "attributions": [
            {
                "cue": _pair(one.cue),
                "source": _pair(one.source_span) if one.source_span else None,
                "content": _pair(piece),
            }
            for one in analysis.attributions
            for piece in one.content
            if one.cue and piece
        ],
        "claims": [claim.to_json(analysis.document, run="") for claim in analysis.claims],
    }


def _tokens(analysis: Analysis) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for part in analysis.parts:
        first = len(rows)
        for token in part.doc:
            start, end = part.starts[token.i], part.ends[token.i]
            head = -1 if token.head.i == token.i else first + token.head.i
            rows.append(
                {
                    "start": start,
                    "end": end,
                    "text": token.text,
                    "lemma": token.lemma_,
                    "upos": token.pos_,
                    "head": head,
                    "deprel": token.dep_,
                }
            )
    return rows


def _analysed(pipeline: Runs, document: Document, given: Given) -> Analysis:
    try:
        return pipeline.run(document, given=given)
    except FAULTS as error:
        raise ReadError(f"could not be analysed: {type(error).__name__}: {error}") from error


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"is not JSON: {error}") from error
    if not isinstance(record, dict):
        raise ReadError(f"is not a JSON object but a {type(record).__name__}")
    return record


def _asked(record: Mapping[str, Any]) -> tuple[Document, Given]:
    words = _words(record)
    text = record.get("text")
    if text is None and words is not None:
        text = " ".join(words)
    if not isinstance(text, str):
        raise ReadError("has no text: a record needs a string `text`")
    if len(text) > LONGEST:
        raise ReadError(f"is {len(text):,} characters long; a text may have {LONGEST:,}")
    if (at := half_character(text)) is not None:
        raise ReadError(f"holds half a character (a lone surrogate) at character {at}")
    digest = bytes_hash(text.encode("utf-8"))
    language, published = record.get("language"), record.get("published")
    document = Document(
        id=digest[:24],
        sha256=digest,
        name=str(record.get("id") or "record"),
        text=text,
        body=Span(0, len(text)),
        published=checked_date(str(published), "published") if published else None,
        language=str(language).lower()[:2] if language else None,
        reader="annotate/1",
    )
    return document, Given(words, _sentences(record, words), _entities(record, text))


def _words(record: Mapping[str, Any]) -> list[str] | None:
    words = record.get("words")
    if words is None:
        return None
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        raise ReadError("has `words` that are not a list of words")
    return words


def _sentences(record: Mapping[str, Any], words: list[str] | None) -> list[int] | None:
    lengths = record.get("sentences")
    if lengths is None or words is None:
        return None
    if not isinstance(lengths, list) or not all(isinstance(length, int) and length > 0 for length in lengths):
        raise ReadError("has `sentences` that are not a list of numbers of words")
    if sum(lengths) != len(words):
        raise ReadError(f"has `sentences` of {sum(lengths)} words together, and {len(words)} words")
    return lengths


def _entities(record: Mapping[str, Any], text: str) -> list[tuple[int, int, str]] | None:
    """Given spans, as objects or as ``[start, end, label]``."""
    given = record.get("entities")
    if given is None:
        return None
    if not isinstance(given, list):
        raise ReadError("has `entities` that are not a list of spans")
    found = []
    for one in given:
        values = [one.get(key) for key in ("start", "end", "label")] if isinstance(one, dict) else one
        if (
            not isinstance(values, list)
            or len(values) < 3
            or not isinstance(values[0], int)
            or not isinstance(values[1], int)
        ):
            raise ReadError(f"has an entity without start, end and label: {json.dumps(one, ensure_ascii=False)}")
        start, end, label = values[:3]
        if not 0 <= start < end <= len(text):
            raise ReadError(f"has an entity outside its text: {start}–{end} of {len(text)} characters")
        if label not in LABELS:
            raise ReadError(f"has an entity with the label {label!r}; labels are {', '.join(sorted(LABELS))}")
        found.append((start, end, str(label)))
    return sorted(found)


def _chosen(row: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {key: row[key] for key in keys}


def _pair(span: Any) -> list[int]:
    return [span.start, span.end]
