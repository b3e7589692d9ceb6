"""Finds sources named by a preposition: "volgens X", "aldus X", "according to X"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from relaas.model.source import Source
from relaas.model.span import Span
from relaas.propositions.attribution import Attribution
from relaas.propositions.cast import Cast
from relaas.propositions.clauses import Clause, plain_lemma
from relaas.propositions.extents import pieces
from relaas.propositions.lexicon import Group, Lexicon
from relaas.steps.step import Part

Token = Any
GOVERNED = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"})


class According:
    """Attributions by a preposition."""

    def __init__(self, cast: Cast, words: Lexicon) -> None:
        self.cast = cast
        self.words = words

    def find(self, part: Part, clauses: list[Clause], speaker: Source | None) -> Iterable[Attribution]:
        """ "Volgens X", "aldus X", "according to X": the phrase's clause and what is coordinated with it."""
        doc = part.doc
        for clause in clauses:
            for i in list(clause.tokens):
                token = doc[i]
                phrase = self._preposition(token)
                if phrase is None:
                    continue
                head = _governed(token)
                if head is None or head.i == token.i:
                    continue
                if plain_lemma(head) in self.words.not_sources and not any(
                    child.dep_ == "nmod" for child in head.children
                ):
                    continue
                source = self.cast.source(part, head, speaker=speaker)
                if source is None:
                    continue
                top = _coordinated_top(clause)
                out = {below.i for below in head.subtree}
                group = self._group(part, head)
                yield Attribution(
                    cue=Span(part.starts[token.i], part.ends[token.i + len(phrase.split()) - 1]),
                    group=group,
                    source=source,
                    source_span=self.cast.phrase(part, head),
                    content=list(
                        pieces(part, [t for c in clauses for t in c.tokens if c is top or top in c.ancestors()], out)
                    ),
                    clauses=[top.number],
                    rule=f"{self.words.language}.according.{phrase}",
                )
                for other in clauses:
                    other.left_out |= out & set(other.tokens)

    def accounts(self, part: Part, clauses: list[Clause], speaker: Source | None) -> Iterable[Attribution]:
        """By whose account something is so: "by the army's estimate", "in her view", "naar het oordeel van X"."""
        for clause in clauses:
            for i in list(clause.tokens):
                noun = part.doc[i]
                owner = self._account_of(noun)
                source = self.cast.source(part, owner, speaker=speaker) if owner is not None else None
                if owner is None or source is None:
                    continue
                out = {below.i for below in noun.subtree}
                top = _coordinated_top(clause)
                yield Attribution(
                    cue=part.span(min(out), max(out)),
                    group=self._say(),
                    source=source,
                    source_span=self.cast.phrase(part, owner),
                    content=pieces(
                        part, [t for c in clauses for t in c.tokens if c is top or top in c.ancestors()], out
                    ),
                    clauses=[(clause if clause.relation == "conj" else top).number],
                    rule=f"{self.words.language}.according.{plain_lemma(noun)}",
                )
                for other in clauses:
                    other.left_out |= out & set(other.tokens)

    def _account_of(self, noun: Token) -> Token | None:
        """Whose an account is: the owner before it, or the one behind its "of"; None where a word is no such account."""
        if noun.pos_ != "NOUN" or plain_lemma(noun) not in self.words.accounts:
            return None
        if any(child.lower_ in self.words.small("owning") for child in noun.children):
            return None
        cases = [child for child in noun.children if child.dep_ == "case" and child.i < noun.i]
        if not any(case.lower_ in self.words.account_prepositions for case in cases):
            return None
        issuing = self.words.small("issuing")
        for child in noun.children:
            behind = child.i > noun.i and any(t.dep_ == "case" and t.lower_ in issuing for t in child.children)
            if child.pos_ in {"NOUN", "PROPN", "PRON"} and (
                child.dep_ == "nmod:poss" or (child.dep_ == "nmod" and behind)
            ):
                return child
        return None

    def cited(self, part: Part, clauses: list[Clause], found: list[Attribution]) -> Iterable[Attribution]:
        """On whose authority somebody reports ("op gezag van X", "citing X"): X says it, and the one who reports passes it on."""
        for one in found:
            home = next((c for c in clauses if any(part.starts[i] == one.cue.start for i in c.tokens)), None)
            if home is None or one.source is None or one.within:
                continue
            near = sorted({i for c in clauses if c is home or home in c.ancestors() for i in c.tokens})
            content = {i for c in clauses if c.number in one.clauses for i in c.tokens}
            for i in near:
                phrase = self._phrase_at(part.doc[i], self.words.authority) if i not in content else None
                last = i + len(phrase.split()) - 1 if phrase else i
                head = _governed(part.doc[last]) if phrase and last + 1 < len(part.doc) else None
                source = self.cast.source(part, head) if head is not None and head.i > last else None
                if source is None or head is None:
                    continue
                out = {below.i for below in head.subtree} | set(range(i, last + 1))
                for clause in clauses:
                    if clause.number not in one.clauses:
                        clause.left_out |= out & set(clause.tokens)
                rule = f"{self.words.language}.authority.{phrase}"
                cue, named = part.span(i, last), self.cast.phrase(part, head)
                yield replace(one, cue=cue, source=source, source_span=named, rule=rule, group=self._say())
                break

    def _group(self, part: Part, head: Token) -> Group:
        """What the phrase does: a rumour or an unchecked report makes hearsay of what is said."""
        doubts, hearsay = self.words.hearsay_adjectives, self.words.group("hear")
        doubted = doubts is not None and any(doubts.fullmatch(child.lower_) for child in head.children)
        if hearsay is not None and (doubted or {plain_lemma(head), head.lower_} & self.words.hearsay_nouns):
            return hearsay
        return self._say()

    def _say(self) -> Group:
        group = self.words.group("say")
        assert group is not None
        return group

    def _phrase_at(self, token: Token, phrases: Iterable[str]) -> str | None:
        for phrase in phrases:
            parts = phrase.split()
            if token.lower_ == parts[0] and [t.lower_ for t in token.doc[token.i : token.i + len(parts)]] == parts:
                return phrase
        return None

    def _preposition(self, token: Token) -> str | None:
        return self._phrase_at(token, self.words.prepositions)


def _governed(token: Token) -> Token | None:
    """The noun that a preposition like "volgens" belongs to."""
    behind = token.head.i > token.i
    if behind and token.dep_ in {"case", "mark", "advmod", "fixed"} and token.head.pos_ in GOVERNED:
        return token.head
    for child in token.children:
        if child.dep_ in {"obj", "obl", "nmod", "pobj", "nsubj", "appos", "parataxis", "flat"} and child.pos_ in {
            "NOUN",
            "PROPN",
            "PRON",
        }:
            return child
    if token.head.dep_ == "case" and token.head.head.pos_ in {"NOUN", "PROPN", "PRON"}:
        return token.head.head
    following = token.doc[token.i + 1 : token.i + 6]
    nouns = [other for other in following if other.pos_ in {"NOUN", "PROPN", "PRON"}]
    if not nouns:
        return None
    top = nouns[0]
    while top.head.i in {other.i for other in following} and top.head.pos_ in {"NOUN", "PROPN"} and top.head.i != top.i:
        top = top.head
    return top


def _coordinated_top(clause: Clause) -> Clause:
    """The clause whose whole coordination a phrase like "volgens X" covers."""
    top = clause
    while top.parent is not None and (
        (top.relation in {"conj", "acl:relcl", "acl"} and top.relation == "conj") or top.frame
    ):
        top = top.parent
    return top
