"""Finds what is said to be verified: "X has verified that …", "door X geverifieerd", what experts or media confirm."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from relaas.model.claim import Verification
from relaas.model.source import Source
from relaas.propositions.cast import Cast
from relaas.propositions.clauses import Clause, plain_lemma
from relaas.propositions.footing import Footing
from relaas.propositions.hosts import is_content
from relaas.propositions.lexicon import Lexicon, small_words
from relaas.propositions.negation import is_negated, is_uncheckable
from relaas.steps.step import Part

Token = Any
CHECKERS = frozenset({"expert", "media"})


class Checks:
    """Footings of what was checked, and by whom."""

    def __init__(self, cast: Cast, words: Lexicon) -> None:
        self.cast = cast
        self.words = words

    def find(self, part: Part, clause: Clause) -> Iterable[Footing]:
        """What a clause says that somebody checked."""
        above = clause.parent
        unchecked = is_uncheckable(clause, self.words) or (above is not None and is_uncheckable(above, self.words))
        if self.words.verified is None or unchecked:
            return
        for i in clause.tokens:
            token = part.doc[i]
            confirmed = token.i == clause.head and plain_lemma(token) in self.words.establishing
            if not (self.checks(token) or confirmed) or (i == clause.head and is_negated(clause, self.words)):
                continue
            who = self._who(clause, token)
            source = self.cast.source(part, who) if who is not None else None
            if confirmed and (source is None or source.kind not in CHECKERS):
                continue
            if i != clause.head and source is None and plain_lemma(token) not in self.words.verifying:
                continue
            yield self._footing(part, clause, token, who, source)
            return

    def _footing(self, part: Part, clause: Clause, token: Token, who: Token | None, source: Source | None) -> Footing:
        content = [child for child in clause.children if is_content(child)] if token.i == clause.head else []
        lemmas = {plain_lemma(part.doc[k]) for k in clause.tokens} | {
            part.doc[k].lower_ for child in clause.children for k in child.tokens[:1]
        }
        small = self.words.small
        scope = (
            "place" if lemmas & small("places_checked") else "date" if lemmas & small("dates_checked") else "content"
        )
        target = content[0].number if content else clause.number
        framed = frozenset({clause.number}) if content else frozenset()
        out = frozenset() if content else frozenset(self._around(part, token, who))
        rule = f"{self.words.language}.verified"
        return Footing(
            target, "verified", rule, part.span(token.i, token.i), source, self.verification(source, scope),
            left_out=out, frames=framed,
        )  # fmt: skip

    def checks(self, token: Token) -> bool:
        """Whether a word says that something was checked, and is not negated by itself or the words before it."""
        if self.words.verified is None or token.pos_ not in {"VERB", "ADJ", "AUX"}:
            return False
        if not (self.words.verified.fullmatch(token.lower_) or plain_lemma(token) in self.words.verifying):
            return False
        prefixes = tuple(sorted(self.words.small("negating_prefixes")))
        before = token.doc[max(0, token.i - 2) : token.i]
        return not token.lower_.startswith(prefixes) and not any(t.lower_ in self.words.negation for t in before)

    def checker(self, part: Part, token: Token) -> Source | None:
        """Who did the checking that a participle or relative clause tells of."""
        subjects = [
            child
            for child in token.children
            if child.dep_ == "nsubj" and child.lower_ not in self.words.small("relatives")
        ]
        who = self.agent(token) or next(iter(subjects), None)
        return self.cast.source(part, who) if who is not None and who.pos_ in {"NOUN", "PROPN", "PRON"} else None

    def verification(self, source: Source | None, scope: str) -> Verification:
        """The record of a check."""
        return Verification(source.name if source else None, scope)

    def _who(self, clause: Clause, token: Token) -> Token | None:
        agent = self.agent(token)
        if agent is not None:
            return agent
        relatives = self.words.small("relatives")
        subjects = [
            child for child in clause.predicate.children if child.dep_ == "nsubj" and child.lower_ not in relatives
        ]
        who = next(iter(subjects), clause.subject()) if token.i == clause.head else None
        if who is None or who.dep_ == "nsubj:pass" or who.pos_ not in {"NOUN", "PROPN", "PRON"}:
            return None
        return who

    def agent(self, token: Token) -> Token | None:
        """Who is said to have checked, in a phrase with "door" or "by"."""
        agents = self.words.small("agents")
        named = (
            child
            for child in token.children
            if child.dep_ in {"obl:agent", "obl", "nmod"} and any(c.lower_ in agents for c in child.children)
        )
        return next(named, None) or agent_beside(token)

    def _around(self, part: Part, token: Token, who: Token | None) -> set[int]:
        """The words of checking and of the images checked, which stay out of the quote at its edges."""
        out = {token.i} | ({t.i for t in who.subtree} if who is not None else set())
        if who is not None and who.i < token.i:
            out |= set(range(min(out), token.i))
        if self.words.images and self.words.images.fullmatch(plain_lemma(token.head)):
            out |= {token.head.i} | {child.i for child in token.head.children if child.dep_ in {"det", "case"}}
            out |= {
                grand.i
                for child in token.head.children
                if child.dep_ == "nmod"
                for grand in child.children
                if grand.dep_ == "case"
            }
            verb = token.head.head
            if verb.i != token.head.i and (plain_lemma(verb) in self.words.perceiving or verb.i < token.i):
                out.add(verb.i)
        return out


def agent_beside(token: Token) -> Token | None:
    """Who verified, where the tree hangs the agent elsewhere: "door X" right before the participle, "by X" right after it."""
    doc = token.doc
    agents = small_words(doc.vocab.lang, "agents")
    if doc.vocab.lang == "en":
        if token.i + 2 >= len(doc) or doc[token.i + 1].lower_ not in agents:
            return None
        stretch = [t for t in doc[token.i + 2 : token.i + 7] if t.pos_ in {"NOUN", "PROPN"}]
        return stretch[0] if stretch else None
    start = next((i for i in range(token.i - 1, max(-1, token.i - 7), -1) if doc[i].lower_ in agents), None)
    if start is None or any(t.pos_ in {"VERB", "AUX"} for t in doc[start + 1 : token.i]):
        return None
    stretch = [t for t in doc[start + 1 : token.i] if t.pos_ in {"NOUN", "PROPN"}]
    return stretch[0] if stretch else None
