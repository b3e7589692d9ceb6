"""Reads plain text, with its date before the first words or lines of metadata above it."""

from __future__ import annotations

import re
from typing import ClassVar

from relaas.model.document import Document
from relaas.readers.reader import Metadata, Options, Reader, decoded

_DATE_PREFIX = re.compile(r"\ufeff?\s*date[ \t]+(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?=\s)[ \t]*", re.ASCII)
_LINE = re.compile(r"\ufeff?([A-Za-z][\w -]{0,30}):[ \t]*([^\r\n]*)(?:\r?\n|$)")
_FENCE = re.compile(r"\ufeff?---[ \t]*\r?\n")
KEYS = {
    "title": "title", "titel": "title", "headline": "title", "kop": "title",
    "date": "published", "datum": "published", "published": "published", "gepubliceerd": "published",
    "publisher": "publisher", "outlet": "publisher", "uitgever": "publisher", "medium": "publisher",
    "site": "publisher",
    "retrieved": "retrieved", "opgehaald": "retrieved", "accessed": "retrieved",
    "language": "language", "taal": "language", "lang": "language",
}  # fmt: skip


class PlainText(Reader):
    """A text file. Metadata counts only when the first line names a known key, so that "Kyiv: two dead" stays text."""

    name: ClassVar[str] = "text"
    suffixes: ClassVar[tuple[str, ...]] = (".txt", ".text", ".md", "")

    def read(self, raw: bytes, name: str, options: Options) -> Document:
        """The whole file is the text; the body begins after the date or the metadata."""
        text = decoded(raw, options.encoding)
        metadata, body = front_matter(text)
        if match := _DATE_PREFIX.match(text, body):
            metadata, body = Metadata(published=match[1]).filled_from(metadata), match.end()
        return self.document(raw, name, text, metadata, options, body=body)


def front_matter(text: str) -> tuple[Metadata, int]:
    """The metadata in ``key: value`` lines at the top, with or without a fence of dashes, and where the body begins."""
    fence = _FENCE.match(text)
    at = fence.end() if fence else 0
    found: dict[str, str] = {}
    while match := _LINE.match(text, at):
        key = KEYS.get(match[1].strip().lower())
        if key is None and not found:
            return Metadata(), 0
        if key and match[2].strip():
            found.setdefault(key, match[2].strip().strip("\"'"))
        at = match.end()
        if at >= len(text):
            break
    if not found:
        return Metadata(), 0
    if fence and (closing := _FENCE.match(text, at)):
        at = closing.end()
    elif not fence and text[at : at + 2] not in ("\r\n",) and text[at : at + 1] not in ("\n", ""):
        return Metadata(), 0
    return Metadata(**found), at
