"""Finds the trigger that tells a claim's event: the frame whose word stands nearest the claim's predicate and whose limits hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from relaas.events.frames import Frame, Frames
from relaas.events.scope import RAISED, SUBJECT, Scope, base, cases, forms, parts

Token = Any
Label = Callable[[Token], str | None]
VERBAL, NOMINAL = 0, 1
DEEP = 6
NOUNS = frozenset({"NOUN", "PROPN"})


@dataclass(slots=True)
class Trigger:
    """A frame with the token that fired it, the parts around it and the words it stood on."""

    frame: Frame
    token: Token
    parts: dict[str, Token]
    words: list[Token] = field(default_factory=list)


def trigger(scope: Scope, lead: Token, label: Label) -> Trigger | None:
    """The trigger of a claim whose predicate is ``lead``; None where no frame fits or its words are those of sport and the like."""
    known = scope.known
    if known.never.find(scope.text) or any(known.never.word(token.lower_, base(token)) for token in scope.tokens):
        return None
    for token, _ in _in_order(scope, lead):
        if token.pos_ in NOUNS and not is_eventive(token, lead, known):
            continue
        for frame in known.frames:
            if (found := fits(frame, token, scope, label)) is not None:
                return found
    return None


def spoken(scope: Scope, cue: list[Token], label: Label, *, infinitive: bool) -> Trigger | None:
    """The speech act that reporting words are: a call, a promise, a threat, blame."""
    for token in sorted(cue, key=lambda one: (one.pos_ not in {"VERB", "AUX"}, one.i)):
        for frame in scope.known.frames:
            if not frame.speech or (frame.infinitive and not infinitive):
                continue
            if (found := fits(frame, token, scope, label)) is not None:
                return found
    return None


def _in_order(scope: Scope, lead: Token) -> Iterator[tuple[Token, int]]:
    """The claim's tokens from its predicate down; verbs before nouns at the same depth."""
    inside = {token.i for token in scope.tokens}
    rows = []
    for token in scope.tokens:
        depth, at = 0, token
        while at.i != lead.i and at.head.i != at.i and depth < DEEP:
            at, depth = at.head, depth + 1
        if at.i != lead.i or token.i not in inside:
            depth = DEEP
        rows.append((depth, NOMINAL if token.pos_ in NOUNS else VERBAL, token.i, token))
    for depth, kind, _, token in sorted(rows, key=lambda row: row[:3]):
        if kind == NOMINAL or is_reached(token, lead):
            yield token, depth


def is_reached(token: Token, lead: Token) -> bool:
    """Whether a word is the predicate, what it is raised from, coordinated with it or built with, and not one of another clause."""
    seen = 0
    while token.i != lead.i and seen < DEEP:
        if token.dep_ in {"acl:relcl", "advcl:relcl", "csubj"} or token.head.i == token.i:
            return False
        if token.dep_ == "advcl" and token.head.i != lead.i:
            return False
        token, seen = token.head, seen + 1
    return token.i == lead.i


def is_eventive(noun: Token, lead: Token, known: Frames) -> bool:
    """Whether a noun stands where it tells an event: the predicate itself, or beside a verb that says only that, or what came of it."""
    seen = 0
    token = noun
    while token.i != lead.i and seen < 4:
        head, relation = token.head, token.dep_
        if head.i == token.i:
            return False
        if relation in {"nmod", "conj", "appos", "flat", "nmod:poss", "acl", "amod", "compound"} and head.pos_ in NOUNS:
            if relation in {"nmod:poss", "amod"} or (relation == "nmod" and not known.syntax["measure"] & {base(head)}):
                return False
        elif relation in SUBJECT or relation in {"obj", "xcomp", "ccomp", "root", "conj", "iobj", "appos"}:
            if head.i != lead.i and head.dep_ not in RAISED:
                return False
            if not known.light.word(*forms(head)) and not (relation in SUBJECT and known.consequences.word(*forms(head))):
                return False
        elif relation in {"obl", "obl:agent", "obl:arg", "nmod"}:
            if not cases(token) & known.prepositions:
                return False
            if not known.consequences.word(*forms(head)) and not known.light.word(*forms(head)) and head.pos_ == "VERB":
                return False
        else:
            return False
        token, seen = head, seen + 1
    return token.i == lead.i


def fits(frame: Frame, token: Token, scope: Scope, label: Label) -> Trigger | None:
    """The trigger that a token is for a frame, None where it is none."""
    words = _fired(frame, token, scope)
    if words is None:
        return None
    around = parts(token, scope.known, frame.of)
    limits = frame.limits
    needed = limits.get("with")
    if needed is not None:
        beside = [one for one in scope.tokens if one.i not in {word.i for word in words} and needed.noun(forms(one), None)]
        own = needed.word(*forms(token))
        if not beside and not own and not needed.find(scope.text) and not needed.find(scope.lemmas):
            return None
        words += beside[:1]
    barred = limits.get("without")
    if barred is not None and (
        barred.find(scope.text) or barred.find(scope.lemmas) or any(barred.noun((one.lower_, base(one)), None) for one in scope.tokens)
    ):
        return None
    light = limits.get("not_with_light")
    if light is not None and any(light.word(*forms(one)) for one in scope.tokens):
        return None
    for part in ("subject", "object"):
        if not _allowed(limits.get(part), limits.get(f"not_{part}"), around.get(part), token, label):
            return None
    return Trigger(frame, token, around, words)


def _fired(frame: Frame, token: Token, scope: Scope) -> list[Token] | None:
    """The words by which a token fires a frame: itself, or the phrase that begins with it."""
    if token.pos_ in {"VERB", "AUX", "ADJ"} and frame.verbs.word(*forms(token)):
        return [token]
    if token.pos_ in NOUNS | {"X", "ADJ", "VERB"} and frame.nouns.word(token.lower_, base(token)):
        return [token]
    for words in (frame.nouns, frame.phrases):
        for lemma, text in ((False, scope.text), (True, scope.lemmas)):
            if words.phrase is None:
                continue
            for match in words.phrase.finditer(text):
                first, last = scope.token_of(match.start(), lemma=lemma), scope.token_of(match.end() - 1, lemma=lemma)
                inside = [one for one in scope.tokens if first.i <= one.i <= last.i]
                if any(one.i == token.i for one in inside):
                    return inside
    return None


def _allowed(wanted: Any, barred: Any, part: Token | None, token: Token, label: Label) -> bool:
    """Whether a part is one of those wanted and none of those barred; a missing part fails only where one is wanted."""
    if part is not None and barred is not None and barred.noun(forms(part), label(part)):
        return False
    if wanted is None:
        return True
    if part is None:
        return "any_clause" in wanted.special and any(child.dep_ in {"xcomp", "ccomp"} for child in token.children)
    if "any" in wanted.special or wanted.noun(forms(part), label(part)):
        return True
    if "pronoun" in wanted.special and part.pos_ == "PRON":
        return True
    if "any_name" in wanted.special and part.pos_ == "PROPN":
        return True
    return "any_clause" in wanted.special and any(child.dep_ in {"xcomp", "ccomp"} for child in token.children)


def mode_of(found: Trigger, scope: Scope) -> tuple[str | None, Token | None]:
    """The mode of a trigger, and the instrument that gave it to an assault whose own words give none."""
    if found.frame.mode is not None or found.frame.type != "ASSAULT":
        return found.frame.mode, None
    near = _near(found.token, scope)
    for mode, words in scope.known.instruments:
        for token in near:
            if words.word(token.lower_, base(token)):
                return mode, token
        text = " ".join(token.lower_ for token in near)
        if words.find(text) or words.find(" ".join(base(token) for token in near)):
            return mode, found.token
    return None, None


def _near(token: Token, scope: Scope) -> list[Token]:
    """The words of the trigger's own clause: those below it, and below the verb it stands beside."""
    top = token
    if token.pos_ in NOUNS and token.head.i != token.i and token.head.pos_ in {"VERB", "AUX"}:
        top = token.head
    inside = {one.i for one in scope.tokens}
    return [token, *(one for one in top.subtree if one.i in inside and one.i != token.i)]
