"""A report as it is read: its text in paragraphs, with the claims and their words marked, a stretch at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from relaas.model.document import Document
from relaas.ontology.display import sign, standing
from relaas.store.view import Filter, View
from relaas.text import paragraphs

Claim = Mapping[str, Any]
# Code points shown at once; a longer report is leafed through.
STRETCH = 24_000
LANES = 3
HEADING_WORDS = 16
# Characters that would steer the direction of the text, or show nothing: they are shown by name instead.
STEERING = frozenset(
    "\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A claim in the text: its number in the report, standing, and the lane of its underline where claims overlap."""

    number: int
    claim: Claim
    standing: str
    lane: int

    @property
    def sign(self) -> str:
        """The sign of its standing."""
        return sign(self.standing)


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters from ``start`` on that bear the same marks: kinds of words (source, time, place, quantity), the claims
    whose quotes they are part of, and those that begin here. ``control`` is the code point of a character that is shown
    by name.
    """

    start: int
    text: str
    kinds: tuple[str, ...]
    claims: tuple[Marked, ...]
    opens: tuple[Marked, ...]
    control: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch between empty lines: heading, body, or a post in its author's voice, with the claims that begin in it."""

    kind: str
    author: str | None
    published: str | None
    language: str | None
    pieces: tuple[Piece, ...]
    claims: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One stretch of a report, the number of stretches, and how many of its claims stand where."""

    document: Document
    paragraphs: tuple[Paragraph, ...]
    page: int
    pages: int
    total: int


def reading(view: View, id: str, *, page: int | None = None, at: str | None = None) -> Reading | None:
    """The stretch of a report by its number (from 1), or the one that holds the claim ``at``; None for no such report."""
    document = view.document(id)
    if document is None:
        return None
    marked = _numbered(list(view.claims(Filter(documents=(id,)))))
    stretches = _stretches(document)
    wanted = next((one.claim["quote"]["start"] for one in marked if one.claim["id"] == at), None)
    if page is None:
        page = next((n for n, s in enumerate(stretches, 1) if wanted is not None and wanted < s[-1][1]), 1)
    page = max(1, min(page, len(stretches)))
    shown = tuple(_paragraph(document, marked, start, end) for start, end in stretches[page - 1])
    return Reading(document, shown, page, len(stretches), len(marked))


def around(document: Document, claim: Claim) -> Paragraph:
    """The paragraph, or paragraphs, that hold a claim's sentence, marked with that claim alone."""
    first, last = claim["sentence"]["start"], claim["sentence"]["end"]
    touched = [(start, end) for start, end in _cut(document) if start < last and first < end] or [(first, last)]
    start, end = touched[0][0], touched[-1][1]
    start, end = max(start, first - STRETCH // 8), min(end, last + STRETCH // 8)
    return _paragraph(document, _numbered([claim]), start, end)


def _numbered(claims: Sequence[Claim]) -> list[Marked]:
    """Claims with their numbers, each in the first lane that is free where it begins."""
    free = [0] * LANES
    found = []
    for number, claim in enumerate(claims, 1):
        start, end = claim["quote"]["start"], claim["quote"]["end"]
        lane = next((lane for lane, until in enumerate(free) if until <= start), LANES - 1)
        free[lane] = max(free[lane], end)
        found.append(Marked(number, claim, standing(claim["evidence"], claim["certainty"]), lane))
    return found


def _cut(document: Document) -> list[tuple[int, int]]:
    """Paragraphs of the body; one that is longer than a page of its own is cut at a space."""
    found: list[tuple[int, int]] = []
    for start, end in paragraphs(document.text, document.body.start, document.body.end):
        while end - start > STRETCH:
            at = document.text.rfind(" ", start + STRETCH // 2, start + STRETCH)
            found.append((start, at if at > 0 else start + STRETCH))
            start = found[-1][1]
        found.append((start, end))
    return found


def _stretches(document: Document) -> list[list[tuple[int, int]]]:
    found: list[list[tuple[int, int]]] = [[]]
    size = 0
    for start, end in _cut(document):
        if found[-1] and size + end - start > STRETCH:
            found.append([])
            size = 0
        found[-1].append((start, end))
        size += end - start
    return [one for one in found if one] or [[(document.body.start, document.body.end)]]


def _paragraph(document: Document, marked: Iterable[Marked], start: int, end: int) -> Paragraph:
    inside = [one for one in marked if one.claim["quote"]["start"] < end and start < one.claim["quote"]["end"]]
    begun = tuple(one for one in inside if start <= one.claim["quote"]["start"] < end)
    post = next((one.claim["passage"] for one in inside if one.claim["passage"]["kind"] == "post"), None)
    kind = "post" if post else "heading" if _is_heading(document, start, end, bool(inside)) else "body"
    author, published = (post["author"], post["published"]) if post else (None, None)
    language = inside[0].claim["passage"]["language"] if inside else document.language
    pieces = tuple(_pieces(document.text, inside, start, end))
    return Paragraph(kind, author, published, language, pieces, begun)


def _is_heading(document: Document, start: int, end: int, claimed: bool) -> bool:
    if any(span.start < end and start < span.end for span in document.headings):
        return True
    words = document.text[start:end]
    return (
        not claimed
        and len(words.split()) <= HEADING_WORDS
        and words.rstrip()[-1:] not in {".", "!", "?", "”", '"', ")"}
    )


def _pieces(text: str, marked: Sequence[Marked], start: int, end: int) -> Iterable[Piece]:
    """The paragraph cut wherever a mark begins or ends."""
    kinds: list[tuple[int, int, str]] = []
    for one in marked:
        kinds += [(a, b, kind) for a, b, kind in _words(one.claim) if a < end and start < b]
    edges = {start, end}
    opening: dict[int, list[Marked]] = defaultdict(list)
    for one in marked:
        quote = one.claim["quote"]
        edges |= {max(start, quote["start"]), min(end, quote["end"])}
        if start <= quote["start"]:
            opening[quote["start"]].append(one)
    edges |= {min(end, max(start, at)) for a, b, _ in kinds for at in (a, b)}
    steering = {at for at in range(start, end) if _steers(text[at])}
    edges |= steering | {at + 1 for at in steering}
    ordered = sorted(edges)
    for a, b in pairwise(ordered):
        on = tuple(one for one in marked if one.claim["quote"]["start"] <= a and b <= one.claim["quote"]["end"])
        named = tuple(dict.fromkeys(kind for x, y, kind in kinds if x <= a and b <= y))
        control = f"{ord(text[a]):04X}" if a in steering else ""
        yield Piece(
            a, "\N{REPLACEMENT CHARACTER}" if control else text[a:b], named, on, tuple(opening.get(a, ())), control
        )


def _steers(char: str) -> bool:
    return char in STEERING or (ord(char) < 32 and char not in "\t\n\r") or 127 <= ord(char) < 160


def _words(claim: Claim) -> Iterable[tuple[int, int, str]]:
    """Where a claim's source, time, places and quantities stand."""
    named = [("source", claim["source"]), ("time", claim["time"])]
    named += [("place", one) for one in claim["places"]] + [("quantity", one) for one in claim["quantities"]]
    for kind, one in named:
        if one and one.get("start") is not None:
            yield one["start"], one["end"], kind
