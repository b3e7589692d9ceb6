"""Cuts a text into the tokens that the grammars work on, in one pass of one pattern without backtracking into
itself.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Token(NamedTuple):
    """A token: its text in lower case, its kind (the name of the scanner's branch) and its place."""

    low: str
    kind: str
    start: int
    end: int


_SCANNER = re.compile(
    r"""
    (?P<url>https?://\S+|www\.\S+|[@\#]\w+)
  | (?P<stamp>\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?(?!\w))
  | (?P<full>(?<![\w/-])\d{1,4}(?P<sep>[-/.])\d{1,2}(?P=sep)\d{1,4}(?![\d/-]|\.\d))
  | (?P<clock>\d{1,2}:\d{2}(?::\d{2})?(?!\w))
  | (?P<decade>(?:\d\d)?\d0['’]?s(?!\w))
  | (?P<ordinal>\d{1,4}(?:ste|de|e|st|nd|rd|th)(?!\w|[+-]\d))
  | (?P<number>\d+(?:[.,]\d+)*)
  | (?P<short>['’‘]\d\d(?!\w))
  | (?P<word>[^\W\d_]+)
  | (?P<mark>[^\w\s]|_)
    """,
    re.VERBOSE,
)


def tokens(text: str) -> list[Token]:
    """The tokens of a text in order; white space is left out, every other character is in a token.

    >>> [token.low for token in tokens("Op 3-5-2024, 20.00 uur")]
    ['op', '3-5-2024', ',', '20.00', 'uur']
    """
    found = []
    for match in _SCANNER.finditer(text):
        low = match.group()
        if len(low.lower()) == len(low):
            low = low.lower()
        found.append(Token(low, match.lastgroup or "mark", match.start(), match.end()))
    return found


def tight(before: Token, after: Token) -> bool:
    """Whether no white space stands between two neighbours."""
    return before.end == after.start
