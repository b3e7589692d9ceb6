"""Pure functions on strings and offsets: quotations, paragraphs, whitespace, names as they are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# Each opening mark with the marks that may close it; German and Scandinavian styles turn the English closers into openers.
PAIRS = {"“": "”", "„": "”“", "«": "»", "»": "«»", "‘": "’", "‚": "’‘", "‹": "›", '"': '"', "'": "'", "``": "''"}
DOUBLE = frozenset('“„«»"')
OPENERS = frozenset('"“„‘«')
QUOTE_MARKS = frozenset("“”„«»‘’‚‹›\"'")
_PARAGRAPH = re.compile(r"(?:[^\S\n]*\n)(?:[^\S\n]*\n)+|[\f\x0b\x1c-\x1e\u2029]+")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Text between quotation marks: ``start`` and ``end`` include the marks; ``closed`` is False where the paragraph ended first."""

    start: int
    end: int
    mark: str
    closed: bool

    @property
    def inner(self) -> tuple[int, int]:
        """Start and end without the marks."""
        return self.start + 1, self.end - 1 if self.closed else self.end


def paragraphs(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch between empty lines, without the white space around it."""
    stop = len(text) if end is None else end
    at = start
    for gap in _PARAGRAPH.finditer(text, start, stop):
        if span := trimmed(text, at, gap.start()):
            yield span
        at = gap.end()
    if span := trimmed(text, at, stop):
        yield span


def trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The stretch without white space, byte order marks and NUL at its edges; None when nothing is left."""
    while start < end and (text[start].isspace() or text[start] in "\ufeff\0\u200b"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "\ufeff\0\u200b"):
        end -= 1
    return (start, end) if start < end else None


def quotations(text: str, start: int = 0, end: int | None = None) -> list[Quotation]:
    """The outermost quotations of one paragraph, in order.

    Apostrophes are told from closing single marks by their neighbours ("regio's", "'s avonds"). A quotation that the paragraph
    does not close counts only when it opened the paragraph (it may run on in the next) or uses double marks.
    """
    stop = len(text) if end is None else end
    found: list[Quotation] = []
    opened: list[tuple[int, str]] = []
    at = start
    while at < stop:
        char = text[at]
        if char in QUOTE_MARKS:
            if opened and char in PAIRS[opened[-1][1]] and _may_close(text, at, start, stop, opened[-1][1]):
                begin, mark = opened.pop()
                if not opened:
                    found.append(Quotation(begin, at + 1, mark, True))
            elif char in PAIRS and _may_open(text, at, start, stop) and len(opened) < 8:
                opened.append((at, char))
            elif len(opened) > 1 and char in PAIRS[opened[0][1]] and char in '”“»"':
                begin, mark = opened[0]
                opened.clear()
                found.append(Quotation(begin, at + 1, mark, True))
        at += 1
    if opened:
        begin, mark = opened[0]
        if mark in DOUBLE or begin <= start + 1:
            found.append(Quotation(begin, stop, mark, False))
    return found


def _may_open(text: str, at: int, start: int, stop: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < stop else " "
    if text[at] in "'‘‚":
        if text[at] == "'" and re.match(r"'(?:s|t|n|k|m|r|ns|em|tis|twas|\d0)\b", text[at : at + 5]):
            return False
        return not before.isalnum() and not after.isspace()
    if text[at] == '"':
        return not after.isspace() and (not before.isalnum())
    return not before.isalnum() or text[at] in "„«“"


def _may_close(text: str, at: int, start: int, stop: int, opener: str) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < stop else " "
    if text[at] in "'’" and opener in "'‘‚":
        return not after.isalnum() and not before.isspace()
    if text[at] == '"':
        return not (before.isspace() and after.isalnum())
    return True


def collapse(text: str) -> str:
    """One line of a text: every run of white space and control characters becomes one space."""
    plain = text if text.isprintable() else "".join(char if char.isprintable() else " " for char in text)
    return " ".join(plain.split())


def occurrences(text: str, wanted: str) -> list[int]:
    """Every offset at which ``wanted`` begins, overlapping ones included."""
    found, at = [], text.find(wanted) if wanted else -1
    while at >= 0:
        found.append(at)
        at = text.find(wanted, at + 1)
    return found


@lru_cache(maxsize=50_000)
def folded(name: str) -> str:
    """A name as it is compared: letters and digits only, small, without accents; words parted by one space.

    >>> folded("Wagner-groep"), folded("  İzmir")
    ('wagner groep', 'izmir')
    """
    plain = "".join(char for char in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in plain).split())
