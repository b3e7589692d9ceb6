"""Cuts a sentence's dependency tree into clauses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from relaas.model.claim import Cue, Sentence, Verification
from relaas.model.source import Source
from relaas.model.span import Span
from relaas.propositions.gapping import Gap, gaps
from relaas.propositions.lexicon import Lexicon
from relaas.steps.step import Part

CLAUSAL = frozenset(
    {"ccomp", "advcl", "acl", "acl:relcl", "advcl:relcl", "csubj", "csubj:pass", "csubj:outer", "parataxis"}
)
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj"})
Token = Any


@dataclass(slots=True)
class Clause:
    """A predicate with the words that depend on it, less the clauses below it.

    ``relation`` is its head's dependency label, "gap" where a clause lacks the reporting verb of the one before, whose ``speaker`` is a
    token of its own; ``points_to`` is what a pronoun alone stands for ("Dat meldt X"); the fields after ``children`` are what later steps say of it.
    """

    number: int
    part: Part
    sentence: Sentence
    head: int
    relation: str
    tokens: list[int]
    parent: Clause | None = None
    children: list[Clause] = field(default_factory=list)
    frame: bool = False
    source: Source | None = None
    evidence: str = "stated"
    certainty: str = "CT+"
    verification: Verification | None = None
    topic: str = "other"
    topic_strength: float = 0.0
    speaker: int | None = None
    points_to: Clause | None = None
    left_out: set[int] = field(default_factory=set)
    cues: dict[str, Cue] = field(default_factory=dict)
    confidence: dict[str, float] = field(default_factory=dict)

    @property
    def doc(self) -> Any:
        """The spaCy Doc that the token numbers count in."""
        return self.part.doc

    @property
    def predicate(self) -> Token:
        """The token of the predicate."""
        return self.part.doc[self.head]

    @property
    def lemma(self) -> str:
        """The predicate's lemma, separable parts joined."""
        return plain_lemma(self.predicate)

    @property
    def words(self) -> str:
        """The clause's own words in order, small letters."""
        return " ".join(self.part.doc[i].lower_ for i in self.tokens)

    def span_of(self, tokens: list[int]) -> Span:
        """The document's characters from the first to the last of these tokens."""
        return self.part.span(min(tokens), max(tokens))

    def child(self, *labels: str) -> Token | None:
        """The first dependent of the predicate with one of these labels."""
        return next((token for token in self.predicate.children if token.dep_ in labels), None)

    def subject(self) -> Token | None:
        """The subject; a conjunct without one has its first conjunct's."""
        own = self.child("nsubj", "nsubj:pass", "nsubj:outer")
        if own is None and self.relation == "conj" and self.parent is not None:
            return self.parent.subject()
        return own

    def marks(self) -> frozenset[str]:
        """Subordinating words of the clause, small letters."""
        return frozenset(
            token.lower_ for token in self.predicate.children if token.dep_ in {"mark", "cc"} and token.dep_ == "mark"
        )

    def auxiliaries(self) -> list[Token]:
        """Auxiliaries and copulas of the predicate in order."""
        return [token for token in self.predicate.children if token.dep_ in {"aux", "aux:pass", "cop"}]

    def is_finite(self) -> bool:
        """Whether the clause has a finite verb, as far as its form tells."""
        auxiliaries = self.auxiliaries()
        if (
            self.relation in {"acl", "advcl", "xcomp"}
            and not auxiliaries
            and self.child(*SUBJECTS, "mark", "expl") is None
        ):
            return False
        return any(is_finite(verb) for verb in (self.predicate, *auxiliaries))

    def ancestors(self) -> Iterator[Clause]:
        """The clauses above, nearest first."""
        clause = self.parent
        while clause is not None:
            yield clause
            clause = clause.parent


def plain_lemma(token: Token) -> str:
    """A lemma in small letters, its parts joined, with a separable particle that the lemma lacks put before it."""
    lemma = str(token.base)
    if token.pos_ in {"VERB", "AUX"}:
        for child in token.children:
            if child.dep_ == "compound:prt" and not lemma.startswith(child.lower_):
                return f"{child.lower_}{lemma}" if token.doc.vocab.lang == "nl" else f"{lemma}{child.lower_}"
    return lemma


def is_finite(token: Token) -> bool:
    """Whether a verb's form looks finite: no infinitive marker, and not an infinitive or participle by its auxiliary."""
    if token.pos_ not in {"VERB", "AUX"}:
        return False
    children = list(token.children)
    if any(child.dep_ == "mark" and child.lower_ in {"te", "to", "om"} for child in children):
        return False
    if token.dep_ in {"aux", "aux:pass", "cop"}:
        return True
    return not any(child.dep_ in {"aux", "aux:pass"} for child in children)


def clauses(part: Part, sentence: Sentence, tokens: list[Token], words: Lexicon, first: int) -> list[Clause]:
    """The clauses of one sentence in the order of their first words, numbered from ``first``."""
    heads = [token for token in tokens if _is_head(token, words)]
    if not heads:
        return []
    numbers = {token.i for token in heads}
    owner: dict[int, int] = {}
    for token in tokens:
        owner[token.i] = _owner(token, numbers)
    found: dict[int, Clause] = {}
    for token in heads:
        own = [other.i for other in tokens if owner[other.i] == token.i]
        found[token.i] = Clause(0, part, sentence, token.i, str(token.dep_), own)
    for token in heads:
        if token.head.i != token.i and token.head.i in owner:
            above = found.get(owner[token.head.i])
            if above is not None and above is not found[token.i]:
                found[token.i].parent = above
                above.children.append(found[token.i])
    _cut_gaps(found, gaps(tokens, words))
    ordered = sorted(found.values(), key=lambda clause: (min(clause.tokens), clause.head))
    for number, clause in enumerate(ordered, start=first):
        clause.number = number
        clause.children.sort(key=lambda child: child.head)
    return ordered


def _cut_gaps(found: dict[int, Clause], stretches: list[Gap]) -> None:
    """Make clauses of their own of stretches that lack a verb, out of the clauses that the tree gives their words to."""
    for gap in stretches:
        home = next((one for one in found.values() if gap.verb in one.tokens), None)
        if home is None or gap.speaker in found or gap.first in found:
            continue
        first = min(
            gap.speaker, *(token.i for token in home.doc[gap.speaker].subtree if gap.verb < token.i <= gap.speaker)
        )
        taken = [i for one in found.values() for i in one.tokens if first <= i <= gap.last]
        if set(taken) != set(range(first, gap.last + 1)) or any(one.head in taken for one in found.values()):
            continue
        for token in home.doc[gap.first : gap.last + 1]:
            if token.head.i == gap.speaker:
                token.head, token.dep_ = home.doc[gap.verb], "orphan"
        for one in found.values():
            one.tokens = [i for i in one.tokens if i not in taken]
        made = Clause(0, home.part, home.sentence, gap.last, "gap", sorted(taken), home, speaker=gap.speaker)
        made.left_out = {i for i in taken if i < gap.first}
        found[gap.last] = made
        home.children.append(made)


def _owner(token: Token, heads: set[int]) -> int:
    seen = 0
    while token.i not in heads and token.head.i != token.i and seen < 500:
        token = token.head
        seen += 1
    return int(token.i)


def _is_head(token: Token, words: Lexicon) -> bool:
    if token.head.i == token.i:
        return True
    label = token.dep_
    if label == "ccomp" and _is_bare_infinitive(token) and not _reports(token.head, words):
        return False
    if label in CLAUSAL:
        return label != "parataxis" or is_predicate(token)
    if label == "conj":
        return (
            is_predicate(token)
            and (is_predicate(token.head) or _is_head(token.head, words))
            and token.head.dep_ != "xcomp"
        )
    if label == "xcomp":
        return _reports(token.head, words) and token.pos_ in {"VERB", "AUX"}
    return label in {"list", "discourse"} and is_predicate(token)


def _reports(token: Token, words: Lexicon) -> bool:
    return any(group.attributes for group in words.verbs.get(plain_lemma(token), ()))


def _is_bare_infinitive(token: Token) -> bool:
    """Whether a complement is an infinitive without a subject of its own ("appears to have been taken")."""
    children = list(token.children)
    marked = any(child.dep_ == "mark" and child.lower_ in {"te", "to", "om"} for child in children)
    return marked and not any(child.dep_ in SUBJECTS for child in children)


def is_predicate(token: Token) -> bool:
    """Whether a token heads a clause of its own: a verb, or anything with a subject or a copula."""
    return token.pos_ in {"VERB", "AUX"} or any(
        child.dep_ in SUBJECTS or child.dep_ == "cop" for child in token.children
    )


def subtree(token: Token) -> list[int]:
    """The numbers of a token and all below it, in order."""
    return sorted(below.i for below in token.subtree)
