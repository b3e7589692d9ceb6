"""Finds reporting nouns with the clause they introduce: "the claim that", "berichten dat"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from relaas.model.source import Source
from relaas.model.span import Span
from relaas.propositions.attribution import Attribution
from relaas.propositions.cast import Cast
from relaas.propositions.clauses import Clause, plain_lemma
from relaas.propositions.extents import span_below
from relaas.propositions.lexicon import Lexicon, small_words
from relaas.steps.step import Part

Token = Any
# A hope or fear without an owner is nobody's in particular, while "reports" are a source by themselves.
ATTITUDES = frozenset({"hope", "fear", "expect", "believe", "plan", "doubt", "warn", "call"})


class Nominal:
    """Attributions by a noun."""

    def __init__(self, cast: Cast, words: Lexicon) -> None:
        self.cast = cast
        self.words = words

    def find(self, part: Part, clauses: list[Clause], speaker: Source | None) -> Iterable[Attribution]:
        """A reporting noun with a clause ("the claim that", "berichten dat"); its owner is the source, else the noun's own description."""
        for clause in clauses:
            if (
                clause.relation not in {"acl", "ccomp", "advcl", "acl:relcl", "csubj"}
                or clause.predicate.head.pos_ != "NOUN"
            ):
                continue
            noun = clause.predicate.head
            if clause.relation == "acl:relcl" or not (clause.marks() & self.words.small("complementisers")):
                continue
            lemma = plain_lemma(noun)
            groups = [group for group in self.words.nouns.get(lemma, []) if group.attributes]
            if lemma in self.words.hearsay_nouns or not groups:
                continue
            owner = next(
                (
                    child
                    for child in noun.children
                    if child.dep_ in {"nmod", "nmod:poss", "obl"} and child.pos_ in {"NOUN", "PROPN"}
                ),
                None,
            )
            source = self.cast.source(part, owner, speaker=speaker) if owner is not None else None
            side = self._side(part, clause.parent) if owner is None else None
            if side is not None:
                owner, source = side, self.cast.source(part, side)
            elif owner is None and groups[0].name not in ATTITUDES:
                source = self.cast.source(part, noun)
            above = clause.parent
            if above is not None:
                above.frame = above.frame or not _says_more(above, noun)
            yield Attribution(
                cue=Span(part.starts[noun.i], part.ends[noun.i]),
                group=groups[0],
                source=source,
                source_span=self.cast.phrase(part, owner) if owner is not None else None,
                content=[span_below(part, clause)],
                clauses=[clause.number],
                rule=f"{self.words.language}.noun.{lemma}",
            )

    def _side(self, part: Part, clause: Clause | None) -> Token | None:
        """The side from which reports come ("aan Russische kant klinken berichten")."""
        sides = self.words.small("sides")
        tokens = [part.doc[i] for i in clause.tokens] if clause is not None else []
        return next((token for token in tokens if token.pos_ == "NOUN" and plain_lemma(token) in sides), None)


def _says_more(clause: Clause, noun: Token) -> bool:
    """Whether a clause around a reporting noun claims something itself ("the claim caused anger"), unlike "there are reports that"."""
    return clause.lemma not in small_words(clause.doc.vocab.lang, "light_verbs") and clause.head != noun.i
