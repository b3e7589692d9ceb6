"""Finds what is said to be seen on images or by the reporter, and what is said to be verified or beyond checking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from relaas.model.claim import Verification
from relaas.model.source import Source
from relaas.model.span import Span
from relaas.propositions.cast import Cast
from relaas.propositions.clauses import Clause, plain_lemma
from relaas.propositions.kinds import pronouns
from relaas.propositions.lexicon import Lexicon, small_words
from relaas.propositions.negation import is_negated, is_uncheckable
from relaas.steps.step import Part

Token = Any


@dataclass(frozen=True, slots=True)
class Footing:
    """A clause's footing other than attribution: observed, verified or unconfirmed, with whose eyes or checks, and what to leave out of the quote."""

    clause: int
    evidence: str
    rule: str
    cue: Span
    source: Source | None = None
    verification: Verification | None = None
    unknown: bool = False
    left_out: frozenset[int] = frozenset()
    frame: int | None = None


class Perceiver:
    """Finds footings of one sentence's clauses."""

    def __init__(self, cast: Cast, words: Lexicon) -> None:
        self.cast = cast
        self.words = words

    def find(self, part: Part, clauses: Sequence[Clause]) -> list[Footing]:
        """Every footing in the sentence, in the order of its clauses."""
        found: list[Footing] = []
        for clause in clauses:
            found += self._unchecked(part, clause)
            found += self._seen(part, clause)
            found += self._verified(part, clause)
        return found

    def _unchecked(self, part: Part, clause: Clause) -> Iterable[Footing]:
        if not is_uncheckable(clause, self.words):
            return
        subject = clause.subject()
        passive = any(child.dep_ in {"aux:pass", "nsubj:pass"} for child in clause.predicate.children)
        cue = part.span(clause.head, clause.head)
        source = None
        if (
            subject is not None
            and not passive
            and pronouns(self.words.language).get(subject.lower_) not in {"we", "i"}
            and subject.pos_ in {"NOUN", "PROPN"}
        ):
            source = self.cast.source(part, subject)
            if source is not None and (
                source.kind == "media" or (self.words.images and self.words.images.search(source.name))
            ):
                source = None
        evidence = "unconfirmed" if source is None else "attributed"
        yield Footing(clause.number, evidence, f"{self.words.language}.uncheckable", cue, source, unknown=True)

    def _seen(self, part: Part, clause: Clause) -> Iterable[Footing]:
        """ "Footage shows …", "op beelden is te zien …", "our reporter saw …"."""
        lemma = clause.lemma
        verbs = [
            t
            for t in (part.doc[i] for i in clause.tokens)
            if t.pos_ in {"VERB", "ADJ", "AUX"}
            and (
                plain_lemma(t) in self.words.perceiving
                or (lemma == plain_lemma(t) and lemma in self.words.small("causatives"))
            )
        ]
        if self.words.images is None:
            return
        image = next(
            (
                t
                for t in (part.doc[i] for i in clause.tokens)
                if t.pos_ == "NOUN" and self.words.images.fullmatch(plain_lemma(t))
            ),
            None,
        )
        subject = clause.subject()
        content = [
            child
            for child in clause.children
            if child.relation in {"ccomp", "csubj", "csubj:pass", "advcl", "xcomp"}
            and child.head > clause.head - 1
            and not child.marks() & self.words.small("other_clauses")
        ]
        pictured = image is not None and self._on(image) and image.i < clause.head and clause.is_finite()
        if image is not None and (pictured or (verbs and (self._shows(clause, image, subject) or self._on(image)))):
            out = {t.i for t in image.subtree if t.i in clause.tokens} | {
                verb.i for verb in verbs if verb.i in {clause.head, clause.head - 1}
            }
            source = self._owner(part, image)
            cue = part.span(image.i, image.i)
            rule = f"{self.words.language}.images.{plain_lemma(image)}"
            if content:
                for child in content[:1]:
                    yield Footing(child.number, "observed", rule, cue, source, frame=clause.number)
            else:
                yield Footing(clause.number, "observed", rule, cue, source, left_out=frozenset(out))
            return
        if (
            subject is not None
            and pronouns(self.words.language).get(subject.lower_) == "we"
            and clause.head in {verb.i for verb in verbs}
            and not self._in_speech(part, clause)
        ):
            cue = part.span(clause.head, clause.head)
            yield Footing(
                (content[:1] or [clause])[0].number,
                "observed",
                f"{self.words.language}.own_eyes",
                cue,
                left_out=frozenset({clause.head, subject.i}) if not content else frozenset(),
                frame=clause.number if content else None,
            )
            return
        if (
            subject is not None
            and subject.pos_ in {"NOUN", "PROPN"}
            and clause.head in {verb.i for verb in verbs}
            and not is_negated(clause, self.words)
        ):
            source = self.cast.source(part, subject)
            if source is not None and source.kind == "media" and clause.predicate.pos_ == "VERB":
                cue = part.span(clause.head, clause.head)
                rule = f"{self.words.language}.reporter.{lemma}"
                targets = content[:1] or [clause]
                words = frozenset() if content else frozenset({clause.head, *(t.i for t in subject.subtree)})
                yield Footing(
                    targets[0].number,
                    "observed",
                    rule,
                    cue,
                    source,
                    frame=clause.number if content else None,
                    left_out=words,
                )

    def _in_speech(self, part: Part, clause: Clause) -> bool:
        """Whether a quotation holds the clause: then "we" is its speaker, not the outlet."""
        start = part.starts[clause.head]
        return part.passage.kind == "post" or any(
            speech.span.start <= start < speech.span.end for speech in self.cast.analysis.speeches
        )

    def _shows(self, clause: Clause, image: Token, subject: Token | None) -> bool:
        return subject is not None and (image.i == subject.i or image.head.i == subject.i)

    def _on(self, image: Token) -> bool:
        return any(child.dep_ == "case" and child.lower_ in self.words.small("pictured_on") for child in image.children)

    def _owner(self, part: Part, image: Token) -> Source | None:
        """Who made, spread or studied the images, where the phrase names them."""
        for child in image.children:
            if child.dep_ in {"nmod", "nmod:poss", "acl", "amod", "acl:relcl", "compound"}:
                agent = (
                    child
                    if child.dep_.startswith("nmod") or child.dep_ == "compound"
                    else next((t for t in child.children if t.dep_ in {"obl:agent", "nsubj"}), None)
                )
                if agent is None or agent.pos_ not in {"NOUN", "PROPN"}:
                    continue
                source = self.cast.source(part, agent)
                if source is not None and (
                    source.kind
                    in {"media", "social", "organisation", "military", "expert", "witness", "official", "armed_group"}
                    and self.cast.entity_label(part, agent.i) != "LOC"
                ):
                    return source
        return None

    def _verified(self, part: Part, clause: Clause) -> Iterable[Footing]:
        """ "Door X geverifieerde beelden", "footage verified by X", "X has verified that …"."""
        if self.words.verified is None or is_uncheckable(clause, self.words):
            return
        for i in clause.tokens:
            token = part.doc[i]
            if not (
                self.words.verified.fullmatch(token.lower_) or plain_lemma(token) in self.words.verifying
            ) or token.lower_.startswith(tuple(sorted(self.words.small("negating_prefixes")))):
                continue
            if any(t.lower_ in self.words.negation for t in part.doc[max(0, i - 2) : i]) or (
                i == clause.head and is_negated(clause, self.words)
            ):
                continue
            agent = next(
                (
                    t
                    for t in token.children
                    if t.dep_ in {"obl:agent", "obl", "nmod"}
                    and any(c.lower_ in self.words.small("agents") for c in t.children)
                ),
                None,
            )
            agent = agent or _agent_beside(token)
            subject = clause.subject() if i == clause.head and agent is None else None
            who = agent or (subject if subject is not None and subject.dep_ != "nsubj:pass" else None)
            source = self.cast.source(part, who) if who is not None and who.pos_ in {"NOUN", "PROPN", "PRON"} else None
            lemmas = {plain_lemma(part.doc[k]) for k in clause.tokens} | {
                part.doc[k].lower_ for child in clause.children for k in child.tokens[:1]
            }
            scope = (
                "place"
                if lemmas & self.words.small("places_checked")
                else "date"
                if lemmas & self.words.small("dates_checked")
                else "content"
            )
            verification = Verification(source.name if source else None, scope)
            content = (
                [child for child in clause.children if child.relation in {"ccomp", "csubj"}] if i == clause.head else []
            )
            target = content[0].number if content else clause.number
            yield Footing(
                target, "verified", f"{self.words.language}.verified", part.span(i, i), source, verification,
                frame=clause.number if content else None, left_out=frozenset(self._around(part, token, who)) if not content else frozenset(),
            )  # fmt: skip
            return

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


def _agent_beside(token: Token) -> Token | None:
    """Who verified, where the tree hangs the agent elsewhere: "door X" right before the participle, "by X" right after it."""
    doc = token.doc
    agents = small_words(doc.vocab.lang, "agents")
    if token.i + 2 < len(doc) and doc[token.i + 1].lower_ in agents and doc.vocab.lang == "en":
        stretch = [t for t in doc[token.i + 2 : token.i + 7] if t.pos_ in {"NOUN", "PROPN"}]
        return stretch[0] if stretch else None
    start = next((i for i in range(token.i - 1, max(-1, token.i - 7), -1) if doc[i].lower_ in agents), None)
    if start is None:
        return None
    stretch = [t for t in doc[start + 1 : token.i] if t.pos_ in {"NOUN", "PROPN"}]
    return stretch[-1] if stretch and not any(t.pos_ in {"VERB", "AUX"} for t in doc[start + 1 : token.i]) else None
