"""Reads the gold set: reports with the claims that people found in them, in the authoring or the stand-off form.

In the authoring form a quote says which occurrence it is (``nth``); in the stand-off form it carries ``start`` and
``end``. Both are read into the same records, so that scoring, agreement and the gates never ask which one it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from relaas.errors import GoldError
from relaas.evaluation.labelled import Labelled
from relaas.model.document import Document
from relaas.model.span import Span
from relaas.readers.plain import PlainText
from relaas.readers.reader import Options
from relaas.steps.passages import Passages
from relaas.steps.sentences import Sentences
from relaas.steps.step import Analysis
from relaas.steps.words import Words
from relaas.text import occurrences

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
QUIET = frozenset({"heading", "signature", "dateline", "warning", "teaser", "pullquote"})


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence of a gold report with the kind of passage it stands in."""

    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Gold:
    """One labelled report. ``none`` are the stretches said to hold no claim, each with its reason; ``notes`` style,
    war and story.
    """

    name: str
    path: Path
    document: Document
    claims: tuple[Labelled, ...]
    none: tuple[tuple[Span, str], ...]
    notes: Mapping[str, str | None]
    sentences: tuple[Stretch, ...]

    @property
    def language(self) -> str:
        """The report's language."""
        return self.document.language or "und"

    @property
    def style(self) -> str:
        """The kind of outlet it imitates."""
        return self.notes.get("style") or "unknown"


def load(folder: Path) -> list[Gold]:
    """Every labelled report of a folder, by name; raises GoldError for a folder that holds none or a file that
    contradicts its text.
    """
    files = label_files(folder)
    if not files:
        raise GoldError(f"{folder} holds no gold: no .yaml file with a text beside it")
    return [read(file) for file in files]


def label_files(folder: Path) -> list[Path]:
    """The label files of a folder and the folders in it, in the order of their names; files of minimal pairs are no
    labels.
    """
    found = [folder] if folder.is_file() else sorted(folder.rglob("*.yaml"))
    return [path for path in found if text_path(path) is not None]


def text_path(labels: Path) -> Path | None:
    """The text that belongs to a label file: beside it, or in the folder ``texts`` next to its own."""
    for path in (labels.with_suffix(".txt"), labels.parent.parent / "texts" / f"{labels.stem}.txt"):
        if path.exists():
            return path
    return None


def gold_hash(folder: Path) -> str:
    """SHA-256 over the names and contents of all texts and labels, so that figures name the gold they were measured
    on.
    """
    digest = sha256()
    for labels in label_files(folder):
        for path in (text_path(labels), labels):
            if path is not None:
                digest.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def read(labels: Path) -> Gold:
    """One report with its labels."""
    path = text_path(labels)
    if path is None:
        raise GoldError(f"{labels.name} has no text: {labels.stem}.txt is neither beside it nor in ../texts")
    document, sentences = _analysed(path.read_bytes(), path.name)
    data = raw(labels)
    try:
        none = tuple(
            (_found(document.text, row, "text", labels.name), str(row.get("why"))) for row in data.get("none") or ()
        )
        claims = [_claim(document.text, row, sentences, labels.name) for row in data["claims"]]
    except (KeyError, TypeError, AttributeError) as error:
        raise GoldError(f"{labels.name} is not in the gold's form: {type(error).__name__}: {error}") from error
    notes = {key: data.get(key) for key in ("style", "war", "story")}
    return Gold(labels.stem, labels, document, tuple(claims), none, notes, sentences)


def raw(labels: Path) -> dict[str, Any]:
    """The label file as it is written; raises GoldError where it is no YAML or no mapping."""
    try:
        data = yaml.load(labels.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise GoldError(f"{labels.name} cannot be read: {error}") from error
    if not isinstance(data, dict) or not isinstance(data.get("claims"), list):
        raise GoldError(f"{labels.name} has no list of claims")
    return data


@lru_cache(maxsize=256)
def _analysed(content: bytes, name: str) -> tuple[Document, tuple[Stretch, ...]]:
    """The document and its sentences, cut by the rules that the pipeline uses; no model takes part."""
    analysis = Analysis(PlainText().read(content, name, Options()))
    for step in (Passages(), Words(), Sentences()):
        step.run(analysis)
    found = tuple(Stretch(sentence.span, part.passage.kind) for part, sentence in analysis.sentences())
    return analysis.document, found


def around(sentences: tuple[Stretch, ...], span: Span) -> Span:
    """The sentence, or the sentences, that a span touches; the span itself where it touches none."""
    touched = [sentence.span for sentence in sentences if sentence.span.overlaps(span)]
    return Span(touched[0].start, touched[-1].end) if touched else span


def _claim(text: str, row: Mapping[str, Any], sentences: tuple[Stretch, ...], name: str) -> Labelled:
    quote = _found(text, row, "quote", name)
    sentence = around(sentences, quote)
    labels = dict(row)
    labels["source"] = _placed(text, row.get("source"), quote, sentence)
    labels["time"] = _placed(text, row.get("time"), quote, sentence)
    labels["places"] = [_placed(text, place, quote, sentence) for place in row.get("places") or ()]
    labels["quantities"] = [_placed(text, number, quote, sentence) for number in row.get("quantities") or ()]
    return Labelled(quote, sentence, labels)


def _found(text: str, row: Mapping[str, Any], key: str, name: str) -> Span:
    """Where a quote stands: by its offsets, else by the occurrence it names; raises GoldError where the characters
    differ.
    """
    words = str(row[key])
    if "start" in row:
        span = Span(int(row["start"]), int(row["end"]))
        if span.of(text) != words:
            raise GoldError(f"{name}: at {span.start}–{span.end} the text has {span.of(text)!r}, the label {words!r}")
        return span
    starts, nth = occurrences(text, words), int(row.get("nth") or 1)
    if len(starts) < nth:
        raise GoldError(f"{name}: {words!r} occurs {len(starts)} times in the text, the label names occurrence {nth}")
    return Span(starts[nth - 1], starts[nth - 1] + len(words))


def _placed(text: str, row: Mapping[str, Any] | None, quote: Span, sentence: Span) -> dict[str, Any] | None:
    """A source, time, place or quantity with the offsets of its words: those nearest to the quote, inside it if they
    can be.
    """
    if row is None or row.get("text") is None or "start" in row:
        return None if row is None else dict(row)
    words = str(row["text"])
    start = min(occurrences(text, words), key=lambda at: _distance(at, len(words), quote, sentence), default=None)
    return {**row, "start": start, "end": None if start is None else start + len(words)}


def _distance(at: int, length: int, quote: Span, sentence: Span) -> tuple[int, int]:
    span = Span(at, at + length)
    if quote.contains(span):
        return 0, at
    gap = max(quote.start - span.end, span.start - quote.end, 0)
    return (1 if sentence.contains(span) else 2), gap


def uncovered(gold: Gold) -> Iterator[Stretch]:
    """Sentences of running text and posts that neither a claim nor ``none`` touches."""
    taken = [claim.quote for claim in gold.claims] + [span for span, _ in gold.none]
    for sentence in gold.sentences:
        if sentence.kind not in QUIET and not any(sentence.span.overlaps(span) for span in taken):
            yield sentence
