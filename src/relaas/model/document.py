"""A report as it was read: its text, what is known of it, and its passages."""

from __future__ import annotations

from dataclasses import dataclass, field

from relaas.model.span import Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document in one voice.

    ``kind`` is body, heading, teaser, warning, pullquote, caption or post. ``author`` and ``published`` are a post's own;
    elsewhere they are None and the document's hold.
    """

    kind: str
    span: Span
    language: str
    author: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One report. ``text`` is Unicode as it came; every offset of every claim counts its code points.

    ``published`` and ``retrieved`` keep the precision they were given with ("2022", "2022-10", "2022-10-14" or a date-time).
    ``body`` is the text without the lines that hold metadata. ``headings`` are stretches that the format itself marked.
    """

    id: str
    sha256: str
    name: str
    text: str
    body: Span
    publisher: str | None = None
    published: str | None = None
    retrieved: str | None = None
    language: str | None = None
    title: str | None = None
    reader: str = ""
    headings: tuple[Span, ...] = ()
    passages: tuple[Passage, ...] = field(default=())
