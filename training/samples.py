"""One training sentence: its words and whatever is known of them; what is not known is None and costs nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC", "B-ARM", "I-ARM")
EVERY = (1 << len(LABELS)) - 1
"""A word's entity label is the set of labels it may have, one bit each; all bits: nothing is known of it."""


def bits(*labels: str) -> int:
    """The set of these labels."""
    return sum(1 << LABELS.index(label) for label in labels)


@dataclass
class Sample:
    """A sentence to learn from."""

    id: str
    source: str
    language: str
    words: list[str]
    spaced: list[bool]
    upos: list[str] | None = None
    lemmas: list[str | None] | None = None
    heads: list[int] | None = None
    labels: list[str] | None = None
    scheme: int = 0
    entities: list[int] | None = None
    tellings: dict[str, list[int]] | None = None
    names: list[tuple[int, int, str]] = field(default_factory=list)
    """The names inside, as first word, word after the last, label: what may be swapped for another."""
    keep_vector: bool = True
    weight: float = field(default=1.0)

    def text(self) -> str:
        """The sentence as it was written."""
        return "".join(
            (" " if space and index else "") + word
            for index, (word, space) in enumerate(zip(self.words, self.spaced, strict=True))
        )
