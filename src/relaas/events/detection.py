"""Finds the trigger that tells a claim's event: the frame whose word stands nearest the claim's predicate and whose limits hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from relaas.events.frames import Frame, Frames
from relaas.events.scope import RAISED, SUBJECT, Scope, Stretches, base, cases, forms, is_passive, parts
from relaas.events.words import Words

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
    weak: Trigger | None = None
    silent = all(token.i != lead.i for token in scope.tokens)
    for token in _in_order(scope, lead):
        eventive = token.pos_ not in NOUNS or is_eventive(token, lead, known, silent=silent)
        for frame in scope.candidates(token):
            if frame.infinitive and not any(child.dep_ in {"xcomp", "ccomp"} for child in token.children):
                continue
            if (found := fits(frame, token, scope, label, eventive=eventive)) is None:
                continue
            if not frame.weak:
                return found
            weak = weak or found
    return weak


def spoken(scope: Scope, cue: list[Token], label: Label, *, infinitive: bool) -> Trigger | None:
    """The speech act that reporting words are: a call, a promise, a threat, blame."""
    for token in sorted(cue, key=lambda one: (one.pos_ not in {"VERB", "AUX"}, one.i)):
        for frame in scope.candidates(token):
            if not frame.speech or (frame.infinitive and not infinitive):
                continue
            if (found := fits(frame, token, scope, label, eventive=True)) is not None:
                return found
    return None


def _in_order(scope: Scope, lead: Token) -> Iterator[Token]:
    """The claim's tokens from its predicate down; verbs before nouns at the same depth; verbs of other clauses left out."""
    rows = []
    for token in scope.tokens:
        depth, at = 0, token
        while at.i != lead.i and at.head.i != at.i and depth < DEEP:
            at, depth = at.head, depth + 1
        kind = NOMINAL if token.pos_ in NOUNS else VERBAL
        if at.i == lead.i and (kind == NOMINAL or is_reached(token, lead, scope.known)):
            rows.append((depth, kind, token.i, token))
    for _, _, _, token in sorted(rows, key=lambda row: row[:3]):
        yield token


def is_reached(token: Token, lead: Token, known: Frames) -> bool:
    """Whether a word is the predicate or built with it, raised from it or coordinated with it, and not the verb of another clause."""
    seen = 0
    while token.i != lead.i and seen < DEEP:
        head = token.head
        if head.i == token.i or token.dep_ == "amod":
            return False
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {
            "xcomp",
            "ccomp",
            "conj",
            "parataxis",
            "aux",
            "aux:pass",
            "cop",
            "obl",
            "advmod",
        }:
            shown = head.head.i if head.pos_ in NOUNS else head.i
            seen_by = known.syntax["perceiving"] & set(forms(token.doc[shown], known))
            if not (seen_by or (head.pos_ in NOUNS and base(head) in known.syntax["measure"])):
                return False
        token, seen = head, seen + 1
    return bool(token.i == lead.i)


def is_eventive(noun: Token, lead: Token, known: Frames, *, silent: bool = False) -> bool:
    """Whether a noun stands where it tells an event: the predicate itself, or beside a verb that says only that, or what came of it.

    Below a ``silent`` predicate, reporting words that are no part of the claim ("spreekt van een bezetting"), every noun does.
    """
    seen = 0
    token = noun
    while token.i != lead.i and seen < 4:
        head, relation = token.head, token.dep_
        if head.i == token.i:
            return False
        if silent and head.i == lead.i:
            return True
        if token.pos_ in {"VERB", "AUX"}:
            if relation not in RAISED:
                return False
        elif head.pos_ in NOUNS:
            if relation in {"nmod", "obl", "acl"} and base(head) not in known.syntax["measure"]:
                return False
            if relation not in {"nmod", "obl", "conj", "appos", "flat", "acl", "compound"}:
                return False
        elif relation == "nsubj:pass" and known.done.word(*forms(head, known)):
            pass
        elif relation in SUBJECT:
            if not (known.occurring.word(*forms(head, known)) or known.consequences.word(*forms(head, known))):
                return False
        elif relation in {"obj", "xcomp", "ccomp", "iobj", "appos", "conj"}:
            if not known.done.word(*forms(head, known)):
                return False
        elif relation in {"obl", "obl:agent", "obl:arg", "nmod"}:
            if not cases(token) & known.prepositions:
                return False
            words = forms(head, known)
            if head.pos_ == "VERB" and not known.consequences.word(*words) and not known.occurring.word(*words):
                return False
        else:
            return False
        token, seen = head, seen + 1
    return bool(token.i == lead.i)


def fits(frame: Frame, token: Token, scope: Scope, label: Label, *, eventive: bool) -> Trigger | None:
    """The trigger that a token is for a frame, None where it is none; a noun that is not ``eventive`` can only begin a phrase."""
    fired = _fired(frame, token, scope, eventive=eventive)
    if fired is None:
        return None
    words, anchor = fired
    around = parts(anchor, scope.known, frame.of, transitive=frame.transitive)
    limits = frame.limits
    lost = "subject" in limits and "object" not in limits and "subject" not in around and "object" in around
    if lost and anchor.pos_ == "VERB" and not is_passive(anchor, scope.known):
        around["subject"] = around.pop("object")  # the parser hung the subject of an inverted verb as its object
    if (
        frame.uncounted
        and "subject" not in around
        and (victim := around.get("object")) is not None
        and _is_counted(victim)
    ):
        return None
    needed = limits.get("with")
    if needed is not None:
        beside = [
            one
            for one in scope.tokens
            if one.i not in {word.i for word in words} and needed.noun(forms(one, scope.known), None)
        ]
        own = needed.word(*forms(token, scope.known))
        if not beside and not own and not needed.find(scope.text) and not needed.find(scope.lemmas):
            return None
        words += beside[:1]
    barred = limits.get("without")
    if barred is not None and (
        barred.find(scope.text)
        or barred.find(scope.lemmas)
        or any(barred.noun((one.lower_, base(one)), None) for one in scope.tokens)
    ):
        return None
    light = limits.get("not_with_light")
    if light is not None and any(light.word(*forms(one, scope.known)) for one in scope.tokens):
        return None
    for part in ("subject", "object"):
        if not _allowed(limits.get(part), limits.get(f"not_{part}"), around.get(part), anchor, label, scope.known):
            return None
    return Trigger(frame, anchor, around, words)


def _is_counted(noun: Token) -> bool:
    """Whether a noun comes with a number, or is one."""
    return noun.pos_ == "NUM" or any(child.dep_ == "nummod" or child.pos_ == "NUM" for child in noun.children)


def _fired(frame: Frame, token: Token, scope: Scope, *, eventive: bool) -> tuple[list[Token], Token] | None:
    """The words by which a token fires a frame, itself or a phrase it stands in, and the word that its parts hang from."""
    if _can_be_verb(token) and frame.verbs.word(*forms(token, scope.known)):
        return [token], token
    if eventive and _can_be_noun(token) and frame.nouns.word(token.lower_, base(token)):
        return [token], token
    found = scope.stretches.get(frame.id, Stretches())
    for stretches, nominal in ((found.nouns if eventive else (), True), (found.phrases, False)):
        for stretch in stretches:
            if any(one.i == token.i for one in stretch):
                return list(stretch), token if nominal else _governor(token, scope)
    return None


def _can_be_verb(token: Token) -> bool:
    """Whether a token is a verb or participle, or is built as one though the reader tagged it otherwise."""
    return token.pos_ in {"VERB", "AUX", "ADJ"} or (
        token.pos_ == "NOUN" and any(child.dep_ in {"aux", "aux:pass"} for child in token.children)
    )


def _can_be_noun(token: Token) -> bool:
    """Whether a token is a noun, or stands where one does though the reader tagged it otherwise."""
    return token.pos_ in NOUNS | {"X"} or (
        token.pos_ in {"VERB", "ADJ"} and token.dep_ in SUBJECT | {"obj", "obl", "nmod"}
    )


def _governor(token: Token, scope: Scope) -> Token:
    """The verb that a phrase belongs to, else its own first word."""
    at, seen = token, 0
    while at.pos_ not in {"VERB", "AUX"} and at.head.i != at.i and seen < 4:
        if any(child.dep_ in SUBJECT for child in at.children):
            return at
        at, seen = at.head, seen + 1
    return at if at.i in {one.i for one in scope.tokens} else token


def _allowed(
    wanted: Words | None, barred: Words | None, part: Token | None, token: Token, label: Label, known: Frames
) -> bool:
    """Whether a part is one of those wanted and none of those barred; a missing part fails only where one is wanted."""
    if (
        part is not None
        and barred is not None
        and ("any" in barred.special or barred.noun(forms(part, known), label(part)))
    ):
        return False
    if part is not None and wanted is not None:
        beside = [child for child in part.children if child.dep_ == "conj"]
        if any(wanted.noun(forms(one, known), label(one)) for one in beside):
            return True
    if wanted is None:
        return True
    if part is None:
        return "any_clause" in wanted.special and any(child.dep_ in {"xcomp", "ccomp"} for child in token.children)
    if "any" in wanted.special or wanted.noun(forms(part, known), label(part)):
        return True
    if "pronoun" in wanted.special and part.pos_ == "PRON":
        return True
    if "any_name" in wanted.special and part.pos_ == "PROPN":
        return True
    return "any_clause" in wanted.special and any(child.dep_ in {"xcomp", "ccomp"} for child in token.children)


def mode_of(found: Trigger, scope: Scope) -> tuple[str | None, Token | None]:
    """The mode of a trigger, and the instrument that gave it to an assault whose own words give none."""
    if (found.frame.mode is not None and not found.frame.residual) or found.frame.type != "ASSAULT":
        return found.frame.mode, None
    near = _near(found.token, scope)
    for mode, words in scope.known.instruments:
        for token in near:
            if words.word(token.lower_, base(token)):
                return mode, token
        text = " ".join(token.lower_ for token in near)
        if words.find(text) or words.find(" ".join(base(token) for token in near)):
            return mode, found.token
    return found.frame.mode, None


def _near(token: Token, scope: Scope) -> list[Token]:
    """The words of the trigger's own clause: those below it, and below the verb it stands beside."""
    top = token
    if token.pos_ in NOUNS and token.head.i != token.i and token.head.pos_ in {"VERB", "AUX"}:
        top = token.head
    inside = {one.i for one in scope.tokens}
    return [one for one in top.subtree if one.i in inside]


def deed_of(noun: Token, known: Frames) -> dict[str, Token] | None:
    """The parts of an assault's noun that stands as the doer ("beschietingen door het leger hebben de markt verwoest")."""
    for frame in known.frames:
        if frame.type == "ASSAULT" and noun.pos_ in NOUNS and frame.nouns.word(noun.lower_, base(noun)):
            return parts(noun, known, frame.of)
    return None
