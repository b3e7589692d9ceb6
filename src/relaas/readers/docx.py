"""Reads Word documents."""

from __future__ import annotations

import io
from typing import ClassVar

from relaas.errors import ReadError
from relaas.model.document import Document
from relaas.model.span import Span
from relaas.readers.reader import Metadata, Options, Reader


class Docx(Reader):
    """Paragraphs in order, headings by their style; the title of the file's properties where it has one."""

    name: ClassVar[str] = "docx"
    suffixes: ClassVar[tuple[str, ...]] = (".docx",)

    def read(self, raw: bytes, name: str, options: Options) -> Document:
        """Text by python-docx, an empty line between paragraphs."""
        from docx import Document as Word

        try:
            word = Word(io.BytesIO(raw))
        except Exception as error:  # python-docx raises zip, key and XML errors alike on a broken file
            raise ReadError(f"is not a Word document that can be opened: {type(error).__name__}") from error
        text, headings = "", []
        for paragraph in word.paragraphs:
            style = (paragraph.style.name or "") if paragraph.style is not None else ""
            if paragraph.text.strip():
                if style.startswith(("Heading", "Title", "Kop")):
                    headings.append(Span(len(text), len(text) + len(paragraph.text)))
                text += paragraph.text + "\n\n"
        metadata = Metadata(title=word.core_properties.title or None, language=word.core_properties.language or None)
        return self.document(raw, name, text.rstrip("\n") + "\n", metadata, options, headings=tuple(headings))
