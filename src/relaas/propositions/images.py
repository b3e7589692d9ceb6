"""Finds what images show: "footage shows …", "op beelden is te zien …", "images verified by X show …"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from relaas.model.source import Source
from relaas.propositions.cast import Cast
from relaas.propositions.clauses import Clause, plain_lemma
from relaas.propositions.footing import Footing
from relaas.propositions.lexicon import Lexicon
from relaas.propositions.verification import Checks
from relaas.steps.step import Part

Token = Any
OWNERS = frozenset({"media", "social", "organisation", "military", "expert", "witness", "official", "armed_group"})
DESCRIBING = frozenset({"nmod", "nmod:poss", "acl", "amod", "acl:relcl", "compound", "advcl"})


class Images:
    """Footings of what is seen on images."""

    def __init__(self, cast: Cast, words: Lexicon) -> None:
        self.cast = cast
        self.words = words
        self.checks = Checks(cast, words)

    def pictures(self, words: str) -> bool:
        """Whether words name images."""
        return bool(self.words.images and self.words.images.search(words))

    def find(self, part: Part, clause: Clause) -> Iterable[Footing]:
        """What a clause says that images show; verified where the images are said to be checked."""
        if self.words.images is None:
            return
        image = next((t for t in (part.doc[i] for i in clause.tokens) if self._is_image(t)), None)
        if image is None:
            return
        verbs = [part.doc[i] for i in clause.tokens if self._shows(part.doc[i], clause)]
        subject = clause.subject()
        shown = subject is not None and image.i in {subject.i, *(t.i for t in subject.subtree)}
        fronted = image.i < clause.head and (subject is None or subject.i > clause.head)
        shown = shown or (fronted and any(verb.i == clause.head for verb in verbs) and image.head.i == clause.head)
        pictured = self._on(image) and image.i < clause.head and (clause.is_finite() or bool(verbs))
        if not pictured and not (verbs and (shown or self._on(image))):
            return
        yield from self._footing(part, clause, image, verbs)

    def _footing(self, part: Part, clause: Clause, image: Token, verbs: list[Token]) -> Iterable[Footing]:
        content = self._content(clause, image)
        checked = next((t for t in self._around(image) if self.checks.checks(t)), None)
        modifiers = frozenset(
            child.number
            for child in clause.children
            if child not in content
            and child.head > image.i
            and child.relation in {"acl", "acl:relcl", "advcl"}
            and (child.predicate.head.i == image.i or (checked is not None and child.head == checked.i))
        )
        cue = part.span(image.i, image.i)
        rule = f"{self.words.language}.images.{plain_lemma(image)}"
        source, evidence, verification = self._owner(part, image), "observed", None
        if checked is not None:
            source = self.checks.checker(part, checked) or source
            evidence, verification = "verified", self.checks.verification(source, "content")
        agent = self.checks.agent(checked) if checked is not None else None
        out = {t.i for t in image.subtree if t.i in clause.tokens} if image.i < clause.head else {image.i}
        out |= {verb.i for verb in verbs if verb.i in {clause.head, clause.head - 1}}
        if agent is not None:
            out |= set(range(min(t.i for t in agent.subtree), max(agent.i, image.i) + 1))
        target = content[0].number if content else clause.number
        frames = modifiers | ({clause.number} if content else set())
        left_out = frozenset() if content else frozenset(out)
        yield Footing(target, evidence, rule, cue, source, verification, left_out=left_out, frames=frozenset(frames))

    def _content(self, clause: Clause, image: Token) -> list[Clause]:
        """The clause that says what is to be seen: a complement, or (said before) the clause that "footage shows" is set behind."""
        after = [
            child
            for child in clause.children
            if child.relation in {"ccomp", "csubj", "csubj:pass", "xcomp", "acl:relcl", "advcl"}
            and child.head > clause.head - 1
            and child.head > image.i
            and not child.marks() & self.words.small("other_clauses")
            and (child.relation not in {"acl:relcl", "advcl"} or self._asks(child))
        ]
        if after:
            return after
        above = clause.parent
        bare = clause.child("obj", "ccomp", "xcomp", "obl") is None
        return [above] if above is not None and clause.relation == "parataxis" and bare and above.head < image.i else []

    def _asks(self, clause: Clause) -> bool:
        first = min((t for t in clause.predicate.subtree if not t.is_punct), key=lambda token: int(token.i))
        return first.lower_ in self.words.questions

    def _is_image(self, token: Token) -> bool:
        images = self.words.images
        return token.pos_ == "NOUN" and bool(
            images and (images.fullmatch(plain_lemma(token)) or images.fullmatch(token.lower_))
        )

    def _shows(self, token: Token, clause: Clause) -> bool:
        if token.pos_ not in {"VERB", "ADJ", "AUX"}:
            return False
        lemma, causatives = plain_lemma(token), self.words.small("causatives")
        joined = any(lemma == f"{other}{one}" for one in causatives for other in self.words.perceiving)
        return lemma in self.words.perceiving or joined or (lemma in causatives and lemma == clause.lemma)

    def _on(self, image: Token) -> bool:
        return any(child.dep_ == "case" and child.lower_ in self.words.small("pictured_on") for child in image.children)

    def _around(self, image: Token) -> list[Token]:
        """The words that describe images, before and after them."""
        doc = image.doc
        near = [doc[i] for i in range(max(0, image.i - 3), image.i)]
        below = [t for child in image.children if child.dep_ in DESCRIBING for t in (child, *child.children)]
        after = [child for child in image.head.children if child.dep_ in {"advcl", "acl"} and child.i == image.i + 1]
        return near + below + after

    def _owner(self, part: Part, image: Token) -> Source | None:
        """Who made, spread or studied the images, where the phrase names them."""
        for child in image.children:
            if child.dep_ not in DESCRIBING:
                continue
            near = child.dep_.startswith("nmod") or child.dep_ == "compound"
            agents = [child] if near else [t for t in child.children if t.dep_ in {"obl:agent", "nsubj"}]
            for agent in agents:
                dated = agent.pos_ == "PROPN" and agent.lower_ in self.words.small("occasions")
                if agent.pos_ not in {"NOUN", "PROPN"} or dated or agent.lower_ in self.words.small("relatives"):
                    continue
                source = self.cast.source(part, agent)
                place = self.cast.entity_label(part, agent.i) == "LOC" and child.dep_ != "acl:relcl"
                speaks = agent.pos_ == "PROPN" or self.cast.can_speak(part, agent)
                if source is not None and source.kind in OWNERS and speaks and not place:
                    return source
        return None
