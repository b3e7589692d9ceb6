"""The words of a passage with their tree, as plain objects.

spaCy keeps a token's annotation in C and makes its strings anew each time they are asked for; rules ask hundreds of
times for each word, so it is read once.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Any


class Words(list["Word"]):
    """The words of one passage in order, by spaCy's names for a Doc: ``vocab`` (of which ``lang`` is the language),
    ``ents`` and ``user_data`` are its own.
    """

    def __init__(self, doc: Any) -> None:
        super().__init__(Word(self, token) for token in doc)
        self.vocab, self.ents, self.user_data = doc.vocab, doc.ents, doc.user_data
        for word, token in zip(self, doc, strict=True):
            word._head = self[token.head.i]
            word.children = tuple(self[child.i] for child in token.children)


class Word:
    """A word and its place in the tree, by spaCy's names for a Token; one given another head is among that one's
    children. ``base`` is the lemma in small letters without the treebank's marks of compounding.
    """

    __slots__ = (
        "_head", "base", "children", "dep_", "doc", "i", "is_alpha", "is_punct", "is_sent_start", "is_space", "is_title",
        "lemma_", "like_num", "lower_", "pos_", "text", "whitespace_",
    )  # fmt: skip

    def __init__(self, doc: Words, token: Any) -> None:
        self.doc, self.i = doc, int(token.i)
        self.text, self.lower_, self.whitespace_ = token.text, token.lower_, token.whitespace_
        self.lemma_, self.pos_, self.dep_ = token.lemma_, token.pos_, token.dep_
        self.base = self.lemma_.replace("_", "").lower()
        self.is_alpha, self.is_punct, self.is_space = token.is_alpha, token.is_punct, token.is_space
        self.is_title, self.like_num, self.is_sent_start = token.is_title, token.like_num, token.is_sent_start
        self._head: Word = self
        self.children: tuple[Word, ...] = ()

    def __repr__(self) -> str:
        return str(self.text)

    def _hang(self, head: Word) -> None:
        old, self._head = self._head, head
        old.children = tuple(child for child in old.children if child is not self)
        if head is not self:
            head.children = tuple(sorted((*head.children, self), key=attrgetter("i")))

    head = property(attrgetter("_head"), _hang, doc="The word that this one depends on; a root is its own head.")

    @property
    def subtree(self) -> Iterator[Word]:
        """The word and all below it: those before it, itself, those after it."""
        for child in self.children:
            if child.i < self.i:
                yield from child.subtree
        yield self
        for child in self.children:
            if child.i > self.i:
                yield from child.subtree

    @property
    def left_edge(self) -> Word:
        """The first word of the subtree."""
        return min(self.subtree, key=attrgetter("i"))

    @property
    def sent(self) -> range:
        """The numbers of the words of its sentence."""
        start = next((at for at in range(self.i, 0, -1) if self.doc[at].is_sent_start), 0)
        end = next((at for at in range(self.i + 1, len(self.doc)) if self.doc[at].is_sent_start), len(self.doc))
        return range(start, end)

    def nbor(self, steps: int = 1) -> Word:
        """The word so many places on."""
        return self.doc[self.i + steps]

    def is_ancestor(self, other: Word) -> bool:
        """Whether the other stands somewhere below this word."""
        return other is not self and any(word is other for word in self.subtree)
