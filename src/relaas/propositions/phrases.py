"""Noun phrases as the tree has them: which tokens belong to a name or description."""

from __future__ import annotations

from typing import Any

from relaas.model.span import Span
from relaas.propositions.lexicon import small_words
from relaas.steps.step import Part

Token = Any
NOT_IN_NAME = frozenset(
    {"acl:relcl", "acl", "parataxis", "punct", "cc", "advcl", "advcl:relcl", "discourse", "case_marker"}
)
RUNNING = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM"})
HYPHENS = frozenset("-–‑/.'’")
DESCRIBING = frozenset({"appos", "compound", "nmod", "amod", "flat", "nmod:desc", "nmod:unmarked", "conj"})


def phrase_tokens(head: Token) -> list[int]:
    """The tokens of a noun phrase without relative clauses, coordination, its preposition and loose punctuation, in one piece."""
    kept: list[int] = [head.i]

    def take(token: Token) -> None:
        for child in token.children:
            if (
                (child.dep_ in NOT_IN_NAME and not _joins(child))
                or (child.dep_ == "case" and token.i == head.i)
                or (
                    child.dep_ in {"conj", "mark", "cop", "advmod", "nsubj", "aux", "obl"}
                    and token.i == head.i
                    and not _is_seat(child)
                )
            ):
                continue
            kept.append(child.i)
            take(child)

    take(head)
    return contiguous(sorted(kept), head.i)


def _joins(token: Token) -> bool:
    """Whether a mark stands inside a name without white space ("al-Qaeda")."""
    if token.dep_ != "punct" or token.i == 0 or token.text not in HYPHENS:
        return False
    return not token.whitespace_ and not token.doc[token.i - 1].whitespace_


def _is_seat(token: Token) -> bool:
    """Whether a phrase is the place of a body, which stays in its name ("government in Moscow")."""
    cases = {child.lower_ for child in token.children if child.dep_ == "case"}
    return (
        token.dep_ == "obl"
        and token.pos_ == "PROPN"
        and bool(cases & small_words(token.doc.vocab.lang, "seats"))
        and token.head.pos_ == "NOUN"
        and token.i - token.head.i <= 3
    )


def phrase_top(tokens: list[Token]) -> Token | None:
    """The head of a stretch of tokens by the tree, else by its order: in English the last of its first nouns, in Dutch the first; None for none."""
    first: list[Token] = []
    for token in tokens:
        if token.pos_ in {"NOUN", "PROPN", "PRON"}:
            first.append(token)
        elif first and token.pos_ not in {"ADJ", "NUM"}:
            break
    if not first:
        return tokens[0] if tokens else None
    inside, nouns = {token.i for token in tokens}, [token for token in first if token.pos_ == "NOUN"]
    tops = [token for token in first if token.head.i not in inside or token.head.i == token.i]
    if tokens[0].doc.vocab.lang == "en" and len(tops) != 1:
        return nouns[-1] if nouns else first[-1]
    return tops[0] if tops else first[0]


def run_around(head: Token) -> list[int]:
    """The unbroken run of nouns, names, adjectives, articles and figures around a head."""
    doc, first, last = head.doc, head.i, head.i
    while first > 0 and doc[first - 1].pos_ in RUNNING:
        first -= 1
    while last + 1 < len(doc) and doc[last + 1].pos_ in RUNNING - {"DET", "PRON"}:
        last += 1
    return list(range(first, last + 1))


def member(head: Token) -> Token | None:
    """The group in "one of the surgeons", "een van hen", by the order of the words."""
    doc, language = head.doc, head.doc.vocab.lang
    if head.lower_ not in small_words(language, "counted_members") or head.i + 2 >= len(doc):
        return None
    if doc[head.i + 1].lower_ not in small_words(language, "partitives"):
        return None
    stretch = []
    for token in doc[head.i + 2 : head.i + 8]:
        if token.pos_ not in {"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM"}:
            break
        stretch.append(token)
        if token.pos_ == "PRON" and token.dep_ != "nmod:poss":
            break
    nouns = [token for token in stretch if token.pos_ in {"NOUN", "PROPN"}]
    pronouns = [token for token in stretch if token.pos_ == "PRON" and token.dep_ != "nmod:poss"]
    return phrase_top(nouns) if nouns else (pronouns[0] if pronouns else None)


def contiguous(tokens: list[int], anchor: int) -> list[int]:
    """The unbroken run of numbers around an anchor."""
    if anchor not in tokens:
        return tokens
    at = tokens.index(anchor)
    low = high = at
    while low > 0 and tokens[low - 1] == tokens[low] - 1:
        low -= 1
    while high + 1 < len(tokens) and tokens[high + 1] == tokens[high] + 1:
        high += 1
    return tokens[low : high + 1]


def describing(top: Token, inside: list[int]) -> list[Token]:
    """Nouns that describe a name: the one it stands beside, or one set beside it."""
    found = []
    if top.dep_ in {"appos", "flat", "flat:name"} and top.head.pos_ in {"NOUN", "PROPN"} and top.head.i not in inside:
        found.append(top.head)
        found += [
            other
            for other in top.head.children
            if other.dep_ == "appos" and other.pos_ == "NOUN" and other.i not in inside
        ]
    for child in top.children:
        if child.i not in inside and child.pos_ == "NOUN" and child.dep_ in DESCRIBING:
            if child.dep_ in {"nmod"} and any(grand.dep_ == "case" for grand in child.children):
                continue
            found.append(child)
    if not found:
        found = _nouns_around(top.doc, inside)
    return found


def _nouns_around(doc: Any, inside: list[int]) -> list[Token]:
    """The noun right before a name, and the one that a comma sets right after it, where the tree ties neither to it."""
    found = []
    first, last = min(inside), max(inside)
    if first and doc[first - 1].pos_ == "NOUN":
        found.append(doc[first - 1])
    if last + 2 < len(doc) and doc[last + 1].text in {",", "("}:
        stretch = []
        for token in doc[last + 2 : last + 9]:
            if token.pos_ in {"VERB", "AUX", "PUNCT"} or token.dep_ == "case":
                break
            stretch.append(token)
        nouns = [token for token in stretch if token.pos_ == "NOUN"]
        if nouns and not any(token.pos_ == "PROPN" for token in stretch[:1]):
            found.append(nouns[-1])
    return found


def singular_verb(head: Token) -> bool:
    """Whether a pronoun's verb is singular by its form: Dutch "ze zegt", not "ze zeggen"."""
    verb = head.head
    forms = [child for child in verb.children if child.dep_ in {"aux", "aux:pass", "cop"}] or [verb]
    return head.doc.vocab.lang == "nl" and not any(form.lower_.endswith("n") for form in forms)


def is_plural(part: Part, span: Span | None) -> bool:
    if span is None:
        return False
    token = part.token_at(span.end - 1)
    head = next(
        (t for t in part.tokens(span) if t.head.i not in {o.i for o in part.tokens(span)} or t.head.i == t.i), token
    )
    return (
        head is not None
        and head.pos_ == "NOUN"
        and head.lower_.endswith(("en", "s"))
        and head.lower_ != head.lemma_.lower()
    )
