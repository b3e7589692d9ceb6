"""Spell words with the model's pieces; the words are given, so every word keeps its place however it is spelt.

A word after a space starts with "▁", one that touches the word before does not. A word that leaves nothing (a
zero-width character alone) is spelt with the unknown piece, so that it still gets labels.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from tokenizers import Tokenizer

BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3
LONGEST = 48
"""A word of more characters than this is spelt by its two ends: a long web address tells no more by its middle."""


class Pieces:
    """The tokenizer with a memory of the words it has spelt."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, list[int]] = {}

    def spell(self, words: Sequence[str], spaced: Sequence[bool]) -> list[list[int]]:
        """Return the piece numbers of each word; `spaced` says which words follow a space or begin the sentence."""
        keys = [("▁" + word if space else word) for word, space in zip(words, spaced, strict=True)]
        new = sorted({key for key in keys if key not in self._known})
        if new:
            if len(self._known) > 200_000:
                self._known.clear()
                new = sorted(set(keys))
            for key, encoding in zip(
                new, self._tokenizer.encode_batch([_plain(key) for key in new], add_special_tokens=False), strict=True
            ):
                self._known[key] = encoding.ids or [UNKNOWN]
        return [self._known[key] for key in keys]


def _plain(key: str) -> str:
    text = "▁".join(unicodedata.normalize("NFKC", key).split())
    return text if len(text) <= LONGEST else text[: LONGEST // 2] + text[-LONGEST // 2 :]
