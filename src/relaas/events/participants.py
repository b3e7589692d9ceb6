"""Names of those who act and those acted upon, as the report uses them: coordination, pronouns, groups of a named body."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from relaas.events.detection import Trigger
from relaas.events.frames import Frames
from relaas.events.scope import SUBJECT, beside, cases, forms
from relaas.model.source import Source
from relaas.propositions.cast import Cast
from relaas.steps.step import Part

Token = Any
NAMES = frozenset({"NOUN", "PROPN"})


class Company:
    """Who is spoken of in one document, in the order of reading, so that a pronoun finds whom it means."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.person: str | None = None
        self.group: str | None = None

    def label(self, part: Part, token: Token) -> str | None:
        """The label of the name that holds a token, or that stands right beside a common noun."""
        return self.cast.entity_label(part, token.i)

    def meet(self, part: Part, token: Token, known: Frames) -> None:
        """Remember whom a sentence is about."""
        if token.pos_ not in NAMES:
            return
        label = self.label(part, token)
        name = self.name(part, token, known, None)
        if name is None:
            return
        if label == "PER" or (label is None and known.classes["persons"].word(*forms(token, known))):
            self.person = name
        elif (
            label in {"ORG", "LOC", "MISC"}
            or known.classes["forces"].word(*forms(token, known))
            or known.classes["people"].word(*forms(token, known))
        ):
            self.group = name

    def names(self, part: Part, head: Token, known: Frames, speaker: Source | None) -> tuple[str, ...]:
        """The names of a phrase and of those coordinated with it."""
        if head.pos_ == "PRON" and head.dep_ in SUBJECT | {"obj", "obl:agent"} and _is_relative(head):
            head = _antecedent(head) or head
        heads = [head, *(child for child in head.children if child.dep_ == "conj" and child.pos_ in NAMES)]
        found = [self.name(part, one, known, speaker) for one in heads]
        return tuple(dict.fromkeys(name for name in found if name))

    def name(self, part: Part, head: Token, known: Frames, speaker: Source | None) -> str | None:
        """The name of one phrase: of a group of a named body the body ("strijders van X"), of a pronoun whom it means."""
        word = head.lower_
        if word in known.pronouns["speaker"]:
            return speaker.name if speaker else None
        if head.pos_ in {"PRON", "DET"}:
            if word in known.pronouns["person"]:
                return self.person
            return (self.group or self.person) if word in known.pronouns["group"] else None
        if head.pos_ not in NAMES | {"ADJ", "NUM", "VERB", "X"}:
            return None
        if (body := self._body(part, head, known)) is not None:
            return body
        if head.pos_ == "NUM":
            return None
        source = self.cast.source(part, head)
        if source is None:
            return None
        counts = {token.lower_ for token in head.subtree if token.dep_ == "nummod" or token.pos_ == "NUM"}
        first, _, rest = source.name.partition(" ")
        while rest and first.lower() in known.syntax["unnamed"] | counts:
            source = replace(source, name=rest)
            first, _, rest = rest.partition(" ")
        return source.name if self.label(part, head) else _without_whereabouts(source.name, head, known)

    def _body(self, part: Part, head: Token, known: Frames) -> str | None:
        """The body whose people a phrase names: "rebellen van de M23", "Taliban-strijders", "Hezbollah fighters"."""
        if self.label(part, head) is not None and "-" not in head.text:
            return None
        if not known.classes["forces"].word(*forms(head, known)):
            return None
        front, dash, rest = head.text.rpartition("-")
        if dash and front[:1].isupper() and known.classes["forces"].word(rest.lower()):
            return str(front)
        for child in head.children:
            if self.label(part, child) != "ORG":
                continue
            if child.dep_ in {"compound", "nmod", "nmod:poss", "appos"} and (
                child.i < head.i or cases(child) & known.syntax["of"] or child.dep_ == "appos"
            ):
                source = self.cast.source(part, child)
                return source.name if source else None
        return None


def _without_whereabouts(name: str, noun: Token, known: Frames) -> str:
    """People without where they are: "women in the camp" are women, but "the driver of the bus" stays."""
    words = forms(noun, known)
    if not any(known.classes[one].word(*words) for one in ("persons", "people", "forces")):
        return name
    front, found, rest = name.partition(noun.text)
    after = rest.split()
    return front + found if found and after and after[0].lower() not in known.syntax["of"] else name


def _is_relative(pronoun: Token) -> bool:
    verb = pronoun.head
    return verb.dep_ in {"acl:relcl", "acl"} and pronoun.i < verb.i and verb.head.i < pronoun.i


def _antecedent(pronoun: Token) -> Token | None:
    head = pronoun.head.head
    return head if head.pos_ in NAMES else None


def part_of(found: Trigger, names: tuple[str, ...], known: Frames) -> Token | None:
    """The phrase that plays a part, the first of those a frame names: subject, object, of, agent, or one after a preposition."""
    for name in names:
        if name in {"subject", "object", "agent", "of"}:
            token = found.parts.get(name)
        elif name == "addressee":
            token = addressee(found.token, known)
        elif name == "holder":
            token = _holder(found, known)
        elif name == "loser":
            token = _dispossessed(found, known)
        elif name == "flag":
            token = _flag_owner(found, known)
        else:
            token = beside(found.token, name)
        if token is not None:
            return token
    return None


def _dispossessed(found: Trigger, known: Frames) -> Token | None:
    """From whom ground is taken: "heroverd op de rebellen", "retook it from the militants"."""
    for preposition in sorted(known.syntax["losers"]):
        token = beside(found.token, preposition)
        if token is not None and known.classes["forces"].noun(forms(token, known), None):
            return token
    return None


def _holder(found: Trigger, known: Frames) -> Token | None:
    """Who has a place in hand: the one after "van", the owner of the hands, else the subject that has an object."""
    owned = [child for word in found.words for child in word.children if child.i < word.i]
    owner = next(
        (child for child in owned if child.dep_ in {"nmod:poss", "compound"} and child.pos_ in NAMES | {"PRON"}), None
    )
    token = beside_of(found, known) or owner
    if token is None and "object" in found.parts:
        token = found.parts.get("subject")
    return token


def beside_of(found: Trigger, known: Frames) -> Token | None:
    """Who stands after "van" behind "in handen"."""
    for word in known.syntax["of"]:
        for at in (found.words[-1], found.words[0], found.token):
            token = beside(at, word)
            if token is not None and token.i > found.words[0].i:
                return token
    return None


def addressee(verb: Token, known: Frames) -> Token | None:
    """To whom a call, threat or blame is addressed: the object, else the phrase after "aan", "op", "to", "on"."""
    if verb.pos_ in NAMES and verb.head.pos_ == "VERB":
        verb = verb.head
    own = [child for child in verb.children if child.dep_ in SUBJECT]
    below = [child for one in verb.children if one.dep_ in {"xcomp", "ccomp"} for child in one.children]
    for label, children in (
        ("iobj", verb.children),
        ("obj", verb.children),
        ("nsubj", own[1:]),
        ("nsubj", below),
        ("obj", below),
    ):
        for child in children:
            if child.dep_ == label and child.i > verb.i and _can_be_addressed(child, known):
                return child
    for preposition in sorted(known.syntax["addressed"]):
        token = beside(verb, preposition)
        if token is not None and _can_be_addressed(token, known):
            return token
    return None


def _can_be_addressed(token: Token, known: Frames) -> bool:
    """Whether a phrase names people, a body or a government: a name, a pronoun, or a noun of those classes."""
    if token.pos_ in {"PROPN", "PRON"}:
        return True
    words = forms(token, known)
    return any(known.classes[name].word(*words) for name in ("forces", "people", "persons", "bodies"))


def _flag_owner(found: Trigger, known: Frames) -> Token | None:
    """Whose flag it is, else who hoists it."""
    for flag in (word for word in found.words if word.i != found.token.i):
        for child in flag.children:
            if child.pos_ in NAMES and (
                child.dep_ == "nmod:poss" or (child.dep_ == "nmod" and cases(child) & known.syntax["of"])
            ):
                return child
    doer = found.parts.get("subject")
    return doer if doer is not None and doer.i not in {word.i for word in found.words} else None
