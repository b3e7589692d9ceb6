"""What the properties ask again and again: does everything resolve, what does the record hold, what does it export."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from relaas import recipes, workflow
from relaas.exports.exporter import Style
from relaas.model.span import Span
from relaas.pipeline import Pipeline
from relaas.readers.reader import Metadata, Options
from relaas.steps.step import Analysis
from relaas.store.store import Store
from relaas.workflow import Outcome

FOUND = (
    "entities",
    "times",
    "quantities",
    "places",
    "described_places",
    "all_places",
    "speeches",
    "attributions",
    "footings",
    "claims",
)


def unresolved(analysis: Analysis) -> Iterator[str]:
    """A line for every span that lies outside the text, is empty, or whose words are not the text's."""
    text = analysis.document.text
    for name in FOUND:
        for one in getattr(analysis, name, None) or ():
            yield from _unresolved(one, text, name)
    for part in analysis.parts:
        for token in part.doc:
            start, end = part.starts[token.i], part.ends[token.i]
            if text[start:end] != token.text:
                yield f"word {token.text!r} at {start}:{end} is {text[start:end]!r}"
        for sentence in part.sentences:
            yield from _unresolved(sentence, text, "sentence")
            if not part.passage.span.contains(sentence.span):
                yield f"sentence {sentence.span} outside its passage {part.passage.span}"
    for claim in analysis.claims:
        if not claim.sentence.span.contains(claim.quote):
            yield f"quote {claim.quote} outside its sentence {claim.sentence.span}"
        for one in (*claim.places, *claim.quantities):
            if one.start is not None and not claim.quote.contains(Span(one.start, one.end)):
                yield f"{type(one).__name__} at {one.start}:{one.end} outside its quote {claim.quote}"
    if len({claim.id for claim in analysis.claims}) < len(analysis.claims):
        yield "two claims share an id"


def _unresolved(one: Any, text: str, where: str) -> Iterator[str]:
    if isinstance(one, Span):
        if not 0 <= one.start < one.end <= len(text):
            yield f"{where}: {one} in a text of {len(text)}"
        return
    if isinstance(one, list | tuple):
        for inner in one:
            yield from _unresolved(inner, text, where)
    elif isinstance(one, Mapping):
        for key, inner in one.items():
            yield from _unresolved(inner, text, f"{where}.{key}")
    elif is_dataclass(one) and not isinstance(one, type):
        start, end = getattr(one, "start", None), getattr(one, "end", None)
        words = getattr(one, "text", None)
        span = getattr(one, "span", None)
        if isinstance(span, Span):
            start, end = span.start, span.end
        if isinstance(start, int) and isinstance(end, int):
            yield from _unresolved(Span(start, end), text, f"{where}.{type(one).__name__}")
            if words is not None and text[start:end] != words:
                yield f"{where}.{type(one).__name__}: {words!r} at {start}:{end} is {text[start:end]!r}"
        for field in fields(one):
            yield from _unresolved(getattr(one, field.name, None), text, f"{where}.{field.name}")


def unresolved_json(claim: Mapping[str, Any], text: str) -> Iterator[str]:
    """The same of an exported claim against the stored text."""
    pairs = [(claim["quote"]["exact"], claim["quote"]), (claim["sentence"]["text"], claim["sentence"])]
    for named in (claim["source"], claim["time"], *claim["places"], *claim["quantities"]):
        if named is not None and named["start"] is not None:
            pairs.append((named["text"], named))
    for words, place in pairs:
        if not words or text[place["start"] : place["end"]] != words:
            yield f"{words!r} at {place['start']}:{place['end']} is {text[place['start'] : place['end']]!r}"
    for name, cue in claim["cues"].items():
        for start, end in cue["spans"]:
            if not 0 <= start < end <= len(text):
                yield f"cue {name} at {start}:{end} in a text of {len(text)}"


def read(store: Store, pipeline: Pipeline, paths: Sequence[Path | str], **metadata: str | None) -> Outcome:
    """Read files into a store, assuming this metadata where they are silent."""
    return workflow.read(
        [str(path) for path in paths], store, pipeline, recipes.readers(), Options(Metadata(**metadata))
    )


def exported(store: Store) -> str:
    """The whole record as `relaas claims --format jsonl` writes it."""
    stream = io.StringIO()
    with store.view() as view:
        recipes.exporters()["jsonl"].write(view.claims(), stream, Style("nl"))
    return stream.getvalue()


def strict(export: str) -> list[dict[str, Any]]:
    """The lines of an export, read by a parser that takes no NaN and no Infinity."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is not JSON")

    return [json.loads(line, parse_constant=refuse) for line in export.split("\n") if line]


def rows(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the record, by table; the search index and what is derived are none of it."""
    with store.engine.connect() as connection:
        names = sa.inspect(connection).get_table_names()
        derived = {"shown", "judged_links"}
        kept = [name for name in names if not name.startswith(("claims_text_", "sqlite_")) and name not in derived]
        return {name: [tuple(row) for row in connection.execute(sa.text(f'SELECT * FROM "{name}"'))] for name in kept}


def lost(
    before: Mapping[str, Iterable[tuple[Any, ...]]], after: Mapping[str, Iterable[tuple[Any, ...]]]
) -> dict[str, list[tuple[Any, ...]]]:
    """The rows that were there before and are not any more, by table."""
    gone = {name: [row for row in kept if row not in set(after.get(name, ()))] for name, kept in before.items()}
    return {name: kept for name, kept in gone.items() if kept}
