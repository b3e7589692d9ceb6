"""Finds the passages of a document: running text, headings, teasers, warnings, captions, and posts in their own voice."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import ClassVar

from relaas.dates import written_date
from relaas.language import Guesser
from relaas.model.document import Document, Passage
from relaas.model.span import Span
from relaas.ontology.loader import language_data
from relaas.steps.step import Analysis, Step
from relaas.text import paragraphs, trimmed

SIGNATURE = re.compile(
    r"(?:(?:https?://|pic\.|t\.co/)\S{1,200}\s{0,3})?(?<![—–-])[—–-]+(?![—–-])\s*(?P<author>[^—\n@()]{1,60}?)\s*\((?P<handle>@\w{1,30})\)"
    r"\s*[·,|]?\s*(?P<date>[^\n]{6,40})$"
)
_LINE_END = re.compile(r"(?<=[.!?…:;])[\"”’'»)\]]*[^\S\n]*\n\s*")
_LIST_ITEM = re.compile(r"\n[^\S\n]*(?=[-–—•*·▪]\s)")
_FINAL = re.compile(r"[.!?…:;,][\"”’'»)\]]*$")
_DATELINE = re.compile(
    r"(?P<head>[A-ZÀ-Þ][A-ZÀ-Þ'’ .-]{2,40}(?:,\s[^\n—–]{3,40}?)?(?:\s?\([^()\n]{2,40}\))?"
    r"|[A-ZÀ-Þ][\w'’ .-]{2,40}\s?\([^()\n]{2,40}\)(?:,\s[^\n—–]{3,30}?)?)\s{0,3}[—–-]{1,3}\s+"
)
HEADING_WORDS = 16
FIRST_LINE = 70


class Passages(Step):
    """Cuts the body into passages, each in one voice and one language."""

    name: ClassVar[str] = "passages"
    reads: ClassVar[frozenset[str]] = frozenset({"document", "given"})
    writes: ClassVar[frozenset[str]] = frozenset({"passages"})
    stands_on: ClassVar[tuple[str, ...]] = ("ontology/languages", "language.py", "libraries:py3langid")

    def run(self, analysis: Analysis) -> None:
        """Set the document's passages, and its language where nobody gave it."""
        document = analysis.document
        guesser = Guesser(document.text[document.body.start : document.body.end], document.language)
        if analysis.given.words is not None:
            passages = [Passage("body", document.body, guesser.language)] if len(document.body) else []
        else:
            passages = [passage for piece in _pieces(document) for passage in _voiced(document, piece, guesser)]
            passages = _with_posts(document.text, passages, guesser)
        analysis.document = _with(document, tuple(passages), document.language or guesser.language)


def _with(document: Document, passages: tuple[Passage, ...], language: str) -> Document:
    return replace(document, passages=passages, language=language)


def _pieces(document: Document) -> list[tuple[int, int]]:
    """Paragraphs, and within them lines that end a sentence, list items and a first line that is a heading."""
    text, pieces = document.text, []
    for start, end in paragraphs(text, document.body.start, document.body.end):
        cuts = {match.end() for pattern in (_LINE_END, _LIST_ITEM) for match in pattern.finditer(text, start, end)}
        cuts |= {edge for span in document.headings for edge in (span.start, span.end) if start < edge < end}
        first = text.find("\n", start, end)
        if 0 < first - start <= FIRST_LINE and not _FINAL.search(text[start:first].rstrip()):
            rest = text[first + 1 : end]
            if max(map(len, rest.split("\n"))) > FIRST_LINE and rest[:1].isupper():
                cuts.add(first + 1)
        at = start
        for cut in [*sorted(cuts), end]:
            if span := trimmed(text, at, cut):
                pieces.append(span)
            at = cut
    return pieces


def _voiced(document: Document, piece: tuple[int, int], guesser: Guesser) -> list[Passage]:
    start, end = piece
    text = document.text
    language = guesser.of(text[start:end])
    if kind := _kind(text[start:end], language):
        return _with_warning(text, start, end, kind, language)
    marked = any(span.start <= start and end <= span.end for span in document.headings)
    if marked or _looks_like_heading(text, start, end, document.body):
        return [Passage("heading", Span(start, end), language)]
    if match := _DATELINE.match(text, start, end):
        head = Span(start, start + len(match["head"]))
        return [Passage("dateline", head, language), *_with_warning(text, match.end(), end, "body", language)]
    return _with_warning(text, start, end, "body", language)


def _with_warning(text: str, start: int, end: int, kind: str, language: str) -> list[Passage]:
    """A warning that closes a paragraph is a passage of its own."""
    pattern = _patterns(language).get("warning")
    match = (
        re.search(rf"(?<=[.!?:])\s+(?={pattern.pattern})", text[start:end], re.IGNORECASE)
        if pattern and kind != "warning"
        else None
    )
    if match is None:
        return [Passage(kind, Span(start, end), language)]
    return [
        Passage(kind, Span(start, start + match.start()), language),
        Passage("warning", Span(start + match.end(), end), language),
    ]


def _kind(text: str, language: str) -> str | None:
    return next((kind for kind, pattern in _patterns(language).items() if pattern.match(text)), None)


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    data = language_data(language, "passages")
    return {kind: re.compile("(?:" + "|".join(group["patterns"]) + ")", re.IGNORECASE) for kind, group in data.items()}


def _looks_like_heading(text: str, start: int, end: int, body: Span) -> bool:
    piece = text[start:end]
    if "\n" in piece or _FINAL.search(piece) or len(piece.split()) > HEADING_WORDS or piece[0] in "-•*@#":
        return False
    alone = not text[body.start : start].strip() and not text[end : body.end].strip()
    return not alone and not SIGNATURE.search(piece)


def _with_posts(text: str, passages: list[Passage], guesser: Guesser) -> list[Passage]:
    """Paragraphs that close with a post's signature become posts; a signature alone signs the paragraph before it."""
    done: list[Passage] = []
    for passage in passages:
        match = SIGNATURE.search(text, passage.span.start, passage.span.end)
        published = written_date(match["date"]) if match else None
        if match is None or published is None:
            done.append(passage)
            continue
        author, start = match["author"].strip(), passage.span.start
        if not text[start : match.start()].strip() and done and done[-1].kind in {"body", "heading"}:
            start = done.pop().span.start
        elif (
            done
            and done[-1].kind == "body"
            and passage.language != guesser.language == _language_before(done, passage.language)
        ):
            while done and done[-1].kind == "body" and done[-1].language == passage.language:
                start = done.pop().span.start
        if span := trimmed(text, start, match.start()):
            language = guesser.of(text[span[0] : span[1]])
            done.append(Passage("post", Span(*span), language, author=author, published=published))
        if span := trimmed(text, match.start(), match.end()):
            done.append(Passage("signature", Span(*span), passage.language, author=author, published=published))
    return done


def _language_before(done: list[Passage], language: str) -> str | None:
    """The language of the nearest passage that is not in the post's own."""
    return next((passage.language for passage in reversed(done) if passage.language != language), None)
