"""Reads PDF files that have a text layer."""

from __future__ import annotations

import io
import re
from typing import ClassVar

from relaas.errors import ReadError
from relaas.model.document import Document
from relaas.readers.reader import Metadata, Options, Reader


class Pdf(Reader):
    """The text of the pages in reading order, words broken at a line's end mended.

    A PDF's creation date says when the file was made, not when the report was published: it is not taken for one.
    """

    name: ClassVar[str] = "pdf"
    suffixes: ClassVar[tuple[str, ...]] = (".pdf",)

    def read(self, raw: bytes, name: str, options: Options) -> Document:
        """Text by pdfminer; a scan without text is refused."""
        from pdfminer.high_level import extract_text
        from pdfminer.pdfdocument import PDFPasswordIncorrect

        try:
            text = extract_text(io.BytesIO(raw))
        except PDFPasswordIncorrect as error:
            raise ReadError("is a PDF that asks for a password") from error
        except Exception as error:  # pdfminer raises whatever a broken file leads it to
            raise ReadError(f"is a damaged PDF: {type(error).__name__}") from error
        if not text.strip():
            raise ReadError("is a PDF without a text layer (a scan?); run text recognition on it first")
        return self.document(raw, name, unwrapped(text), Metadata(), options)


def unwrapped(text: str) -> str:
    """Lines of one paragraph joined, words broken by a hyphen at a line's end mended, page breaks made empty lines."""
    text = text.replace("\f", "\n\n").replace("\u00ad\n", "").replace("\r\n", "\n")
    text = re.sub(r"(?<=[^\W\d_])-\n(?=[a-zß-ÿ])", "", text)
    text = re.sub(r"[ \t]*(?<!\n)\n(?!\s*\n)[ \t]*", " ", text)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"\n[ \t]+\n", "\n\n", text)).strip() + "\n"
