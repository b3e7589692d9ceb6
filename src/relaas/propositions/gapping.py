"""Finds what is said under a verb that is not repeated: "X speaks of ten dead, Y of twenty", "X put it at ten, Y at twenty"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from relaas.propositions.kinds import noun_kind
from relaas.propositions.lexicon import Lexicon
from relaas.propositions.phrases import phrase_top

Token = Any
BREAKS, STOPS = frozenset({",", ";"}), frozenset({",", ";", ":", ".", "!", "?", "—", "–", "("})
NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM"})
VERBAL = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch without a verb: who speaks in it, from where on it tells what, to its last token, and the verb that it lacks."""

    speaker: int
    first: int
    last: int
    verb: int


def gaps(tokens: list[Token], words: Lexicon) -> list[Gap]:
    """The stretches of a sentence that lack the reporting verb of the one before, in the order of the text."""
    found = []
    for place, token in enumerate(tokens):
        if token.text in BREAKS and (gap := _gap(tokens, place, words)) is not None:
            found.append(gap)
    return found


def _gap(tokens: list[Token], place: int, words: Lexicon) -> Gap | None:
    start = place + 1
    while start < len(tokens) and tokens[start].pos_ == "CCONJ":
        start += 1
    end = next((n for n in range(start, len(tokens)) if tokens[n].text in STOPS), len(tokens))
    turn = next((n for n in range(start, end) if tokens[n].pos_ not in NOMINAL or _is_figure(tokens[n], n, start)), end)
    phrase = tokens[start:turn]
    if not phrase or turn >= end or any(token.pos_ in VERBAL for token in tokens[start:end]):
        return None
    head = phrase_top([token for token in phrase if token.pos_ in {"NOUN", "PROPN"}])
    if head is None or not _speaks(head, words.language):
        return None
    verb = _verb_before(tokens[:place], words)
    if verb is None or not _parallel(tokens[turn], tokens[verb + 1 : place]):
        return None
    return Gap(head.i, tokens[turn].i, tokens[end - 1].i, tokens[verb].i)


def _is_figure(token: Token, place: int, start: int) -> bool:
    """Whether a number stands behind the speaker and is what he says."""
    return token.pos_ == "NUM" and place > start and token.head.i <= token.i


def _speaks(head: Token, language: str) -> bool:
    return head.pos_ == "PROPN" or noun_kind(str(head.base), head.lower_, language) is not None


def _verb_before(tokens: list[Token], words: Lexicon) -> int | None:
    """The last reporting verb before, where its own words follow it."""
    for place in range(len(tokens) - 1, 0, -1):
        token = tokens[place]
        if token.pos_ == "VERB":
            lemma = str(token.base)
            known = [*words.verbs.get(lemma, ()), *(group for _, group in words.pairs.get(lemma, ()))]
            reports = any(group.attributes for group in known) or lemma in words.counting
            return place if reports else None
    return None


def _parallel(token: Token, before: list[Token]) -> bool:
    """Whether a stretch goes on as the one before did: with the same preposition or conjunction, or with a figure as it had one."""
    if token.pos_ == "NUM":
        return any(other.pos_ == "NUM" for other in before)
    return token.pos_ in {"ADP", "SCONJ"} and any(other.lower_ == token.lower_ for other in before)
