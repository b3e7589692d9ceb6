"""Finds where sentences begin."""

from __future__ import annotations

import re
from functools import cache
from typing import ClassVar

from relaas.model.claim import Sentence
from relaas.model.span import Span
from relaas.ontology.loader import language_data
from relaas.steps.step import Analysis, Part, Step
from relaas.text import QUOTE_MARKS

LONGEST = 200
"""Words in a sentence; what is longer is cut, so that no text takes longer than its length deserves."""
FINAL = frozenset({".", "!", "?", "…", "...", "?!", "!!", "!?", "??", "....", ".."})
CLOSING = QUOTE_MARKS | frozenset(")]}''")


class Sentences(Step):
    """Splits each passage into sentences: abbreviations and initials do not end one, nor does a mark before a small letter.

    A quotation of several sentences is several sentences; the closing mark stays with the last.
    """

    name: ClassVar[str] = "sentences"
    reads: ClassVar[frozenset[str]] = frozenset({"words", "given"})
    writes: ClassVar[frozenset[str]] = frozenset({"sentences"})
    stands_on: ClassVar[tuple[str, ...]] = ("ontology/languages",)

    def run(self, analysis: Analysis) -> None:
        """Number the sentences of the document in the order of reading and mark their first words."""
        index = 0
        for part in analysis.parts:
            starts = _given_starts(analysis, part) or _cut(part, _starts(analysis.text, part))
            for token in part.doc:
                token.is_sent_start = token.i in starts
            ordered = sorted(starts)
            for first, after in zip(ordered, [*ordered[1:], len(part.doc)], strict=True):
                part.sentences.append(Sentence(index, Span(part.starts[first], part.ends[after - 1])))
                index += 1


def _cut(part: Part, starts: set[int]) -> set[int]:
    """The starts with more in stretches too long to be one sentence: a table, a list without stops, a row of dashes."""
    ordered = sorted(starts)
    cuts = set(starts)
    for first, after in zip(ordered, [*ordered[1:], len(part.doc)], strict=True):
        at = first
        while after - at > LONGEST:
            marks = [i + 1 for i in range(at + LONGEST // 2, at + LONGEST) if part.doc[i].text in {",", ";", ":"}]
            at = marks[-1] if marks else at + LONGEST
            cuts.add(at)
    return cuts


def _given_starts(analysis: Analysis, part: Part) -> set[int] | None:
    if analysis.given.words is None:
        return None
    starts, at = {0}, 0
    for length in analysis.given.sentences or ():
        if 0 <= at < len(part.doc):
            starts.add(at)
        at += max(0, length)
    return starts


def _starts(text: str, part: Part) -> set[int]:
    starts, doc = {0}, part.doc
    never, may_end = _abbreviations(part.passage.language)
    at = 0
    while at < len(doc) - 1:
        if not _ends(doc, at, never, may_end):
            at += 1
            continue
        after = at + 1
        while after < len(doc) and doc[after].text in CLOSING and part.starts[after] == part.ends[after - 1]:
            after += 1
        if after < len(doc) and _begins(text, part, after):
            starts.add(after)
        at = max(after, at + 1)
    return starts


def _ends(doc: object, at: int, never: frozenset[str], may_end: frozenset[str]) -> bool:
    word = doc[at].text  # type: ignore[index]
    if word not in FINAL:
        bare = word.rstrip(".").lower()
        return word.endswith(".") and len(word) > 1 and (bare in may_end or not (bare in never or _is_initial(word)))
    if word != "." or at == 0:
        return True
    before = doc[at - 1].text  # type: ignore[index]
    bare = before.lower()
    return bare in may_end or not (bare in never or _is_initial(before + "."))


def _begins(text: str, part: Part, at: int) -> bool:
    """Whether a sentence can begin at this token: a capital, digit or opening mark; glued to the word before, only a capital."""
    word = part.doc[at].text
    if part.starts[at] == part.ends[at - 1]:
        return word[0].isupper() and len(word) > 1
    if word[0].islower() and not re.match(r"['’](?:s|t|n|k)\b", text[part.starts[at] : part.starts[at] + 3]):
        gap = text[part.ends[at - 1] : part.starts[at]]
        return "\n" in gap and gap.count("\n") > 1
    if word in QUOTE_MARKS and at + 1 < len(part.doc):
        following = part.doc[at + 1].text
        return not following[0].islower() or following in {"s", "t"}
    return word not in {",", ";", ":", ")", "]", "—", "–"}


def _is_initial(word: str) -> bool:
    return re.fullmatch(r"(?:[^\W\d_]\.){1,4}", word) is not None and word[0].isupper()


@cache
def _abbreviations(language: str) -> tuple[frozenset[str], frozenset[str]]:
    data = language_data(language, "sentences").get("abbreviations", {})
    return frozenset(data.get("words", ())), frozenset(data.get("may_end", ()))
