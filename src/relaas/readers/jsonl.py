"""Reads JSON lines: one report a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, ClassVar

from relaas.errors import ReadError
from relaas.model.document import Document
from relaas.readers.reader import Metadata, Options, Reader

# Where a field may be found when the caller maps nothing.
FIELDS = {
    "text": ("text", "body", "content", "tekst"),
    "title": ("title", "headline", "titel"),
    "published": ("published", "date", "published_at", "datum"),
    "publisher": ("publisher", "source", "outlet", "uitgever"),
    "retrieved": ("retrieved", "retrieved_at"),
    "language": ("language", "lang", "taal"),
}


class JsonLines(Reader):
    """Each line is a report of its own, with its own identity; a broken line is set aside alone."""

    name: ClassVar[str] = "jsonl"
    suffixes: ClassVar[tuple[str, ...]] = (".jsonl", ".ndjson")

    def items(self, raw: bytes, name: str) -> Iterator[tuple[str, bytes]]:
        """The lines that are not empty, named by the number of the line."""
        for number, line in enumerate(raw.split(b"\n"), start=1):
            if line.strip():
                yield f"{name}#{number}", line.strip()

    def read(self, raw: bytes, name: str, options: Options) -> Document:
        """The report in one line; ``options.fields`` says which key holds the text and the metadata."""
        try:
            record = json.loads(raw)
        except (ValueError, RecursionError) as error:
            raise ReadError(f"is not JSON: {error}") from error
        if not isinstance(record, dict):
            raise ReadError(f"is not a JSON object but a {type(record).__name__}")
        text = _field(record, "text", options)
        if text is None:
            raise ReadError(
                f"has no text: none of its fields is called {_names('text', options)} (map one with --fields text=NAME)"
            )
        found = {
            key: _field(record, key, options) for key in ("publisher", "published", "retrieved", "language", "title")
        }
        return self.document(raw, name, text, Metadata(**found), options)


def _field(record: dict[str, Any], key: str, options: Options) -> str | None:
    for name in [options.fields[key]] if key in options.fields else FIELDS[key]:
        value: Any = record
        for part in name.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        if isinstance(value, str | int) and str(value).strip():
            return str(value)
    return None


def _names(key: str, options: Options) -> str:
    return options.fields.get(key) or " or ".join(FIELDS[key])
