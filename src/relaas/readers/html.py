"""Reads web pages."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from relaas.errors import ReadError
from relaas.model.document import Document
from relaas.model.span import Span
from relaas.readers.reader import Metadata, Options, Reader


class Html(Reader):
    """The article of a page, by trafilatura: title, date, publisher, text; no menus, comments or scripts."""

    name: ClassVar[str] = "html"
    suffixes: ClassVar[tuple[str, ...]] = (".html", ".htm", ".xhtml")

    def read(self, raw: bytes, name: str, options: Options) -> Document:
        """The title and the paragraphs of the article, an empty line between them."""
        from trafilatura import bare_extraction

        page = bare_extraction(raw, with_metadata=True, include_comments=False, include_tables=False, favor_recall=True)
        if page is None:
            raise ReadError("is a page in which no article was found")
        found: Any = page
        blocks = _blocks(found.body)
        title = _line(found.title)
        if title and not any(text == title for text, _ in blocks):
            blocks.insert(0, (title, True))
        text, headings, at = "", [], 0
        for block, heading in blocks:
            if heading:
                headings.append(Span(at, at + len(block)))
            text += block + "\n\n"
            at = len(text)
        metadata = Metadata(
            publisher=_line(found.sitename),
            published=_line(found.date),
            language=_declared(raw) or _line(found.language),
            title=title,
        )
        return self.document(raw, name, text.rstrip("\n") + "\n", metadata, options, headings=tuple(headings))


def _blocks(body: Any) -> list[tuple[str, bool]]:
    """The text of each block element in order, and whether it is a heading."""
    blocks: list[tuple[str, bool]] = []
    if body is None:
        return blocks
    for element in body.iter("p", "head", "quote", "item", "cell"):
        if any(parent.tag in {"quote", "item"} for parent in element.iterancestors()) and element.tag == "p":
            continue
        if text := _line(" ".join(element.itertext())):
            blocks.append((text, element.tag == "head"))
    return blocks


def _declared(raw: bytes) -> str | None:
    match = re.search(rb"<html[^>]*\blang=[\"']?([A-Za-z]{2})", raw[:4_000], re.IGNORECASE)
    return match[1].decode().lower() if match else None


def _line(text: str | None) -> str | None:
    return re.sub(r"\s+([,.;:!?])", r"\1", " ".join(text.split())) if text and text.strip() else None
