"""The words of a claim as the frames see them, and the parts that stand around a trigger."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import simplemma

from relaas.events.frames import Frame, Frames, begun_by, fired_by
from relaas.events.words import Words
from relaas.propositions.clauses import plain_lemma

Token = Any
SUBJECT = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
BESIDE = frozenset({"obl", "nmod", "obl:arg", "obl:agent", "advcl", "nmod:of"})
AUXILIARY = frozenset({"aux", "aux:pass", "cop"})
COUNTED = frozenset({"nmod", "obl", "appos", "nmod:of"})
RAISED = frozenset({"xcomp", "ccomp", "conj", "parataxis"})


@dataclass(frozen=True, slots=True)
class Stretches:
    """Where phrases of a frame stand: those among its nouns, and its own."""

    nouns: Sequence[list[Token]] = ()
    phrases: Sequence[list[Token]] = ()


@dataclass(slots=True)
class Scope:
    """Tokens in the order of the text, with their forms; ``text`` and ``lemmas`` are the same parted by spaces."""

    tokens: list[Token]
    known: Frames
    text: str = ""
    lemmas: str = ""
    starts: list[int] = field(default_factory=list)
    lemma_starts: list[int] = field(default_factory=list)
    stretches: dict[str, Stretches] = field(default_factory=dict)
    """By the id of a frame, where its phrases stand among the words."""
    held: dict[int, set[int]] = field(default_factory=dict)
    """By a token's number, the numbers of the frames of which it stands in a phrase."""

    def __post_init__(self) -> None:
        at = lemma_at = 0
        lowers, lemmas = [], []
        for token in self.tokens:
            self.starts.append(at)
            self.lemma_starts.append(lemma_at)
            lowers.append(token.lower_)
            lemmas.append(base(token))
            at += len(lowers[-1]) + 1
            lemma_at += len(lemmas[-1]) + 1
        self.text, self.lemmas = " ".join(lowers), " ".join(lemmas)
        begun = set().union(*(begun_by(self.known.language, word) for word in {*lowers, *lemmas}))
        for number in begun:
            self._note(number, self.known.frames[number])

    def candidates(self, token: Token) -> list[Frame]:
        """The frames that a token may fire, in their order."""
        fired = (fired_by(self.known.language, form) for form in forms(token, self.known))
        numbers = self.held.get(token.i, set()).union(*fired)
        return [self.known.frames[number] for number in sorted(numbers)]

    def _note(self, number: int, frame: Frame) -> None:
        """Find the phrases of a frame."""
        found = Stretches(self._standing(frame.nouns), self._standing(frame.phrases))
        for stretch in (*found.nouns, *found.phrases):
            self.stretches[frame.id] = found
            for token in stretch:
                self.held.setdefault(token.i, set()).add(number)

    def _standing(self, words: Words) -> list[list[Token]]:
        """The tokens of each phrase of a list, by their forms first, then by their lemmas."""
        if words.phrase is None:
            return []
        return [
            self.tokens[bisect_right(starts, match.start()) - 1 : bisect_right(starts, match.end() - 1)]
            for text, starts in ((self.text, self.starts), (self.lemmas, self.lemma_starts))
            for match in words.phrase.finditer(text)
        ]


def base(token: Token) -> str:
    """The lemma in small letters without the treebank's marks of compounding."""
    return str(token.base)


@lru_cache(maxsize=50_000)
def _dictionary(form: str, language: str) -> str:
    """A second opinion on a lemma, for inflected forms that the reader leaves as they are."""
    return str(simplemma.lemmatize(form, lang=language)).lower()


def forms(token: Token, known: Frames) -> tuple[str, ...]:
    """The forms by which a word list knows a token, made once: as written, its lemma by reader and dictionary, and those joined with a particle."""
    kept: dict[tuple[int, str], tuple[str, ...]] = token.doc.user_data.setdefault("forms", {})
    key = (token.i, known.language)
    if key not in kept:
        kept[key] = _forms(token, known)
    return kept[key]


def _forms(token: Token, known: Frames) -> tuple[str, ...]:
    lemmas = [base(token)]
    if token.pos_ != "PROPN" or not token.is_title:
        lemmas.append(_dictionary(token.lower_, known.language))
    found = [token.lower_, *lemmas, plain_lemma(token)]
    if token.pos_ in {"VERB", "AUX", "ADJ"}:
        for particle in _particles(token, known):
            found += [f"{particle}{lemma}" if known.language == "nl" else f"{lemma}{particle}" for lemma in lemmas]
    return tuple(dict.fromkeys(found))


def _particles(verb: Token, known: Frames) -> Iterator[str]:
    """What may belong to a verb: its particle, an adverb, a preposition right behind it, a stray particle at the clause's end."""
    for child in verb.children:
        if child.dep_ in {"compound:prt", "advmod", "xcomp", "case", "mark"} and len(child.lower_) < 9:
            yield child.lower_
            if child.i > verb.i:
                yield from (child.lower_ + one.lower_ for one in verb.doc[child.i + 1 : child.i + 2])
        elif child.dep_ in BESIDE or child.dep_ == "obj":
            for one in child.children:
                if one.dep_ == "case" and (one.i == verb.i + 1 if known.language != "nl" else one.i > child.i):
                    yield one.lower_
    if any(child.dep_ == "compound:prt" for child in verb.children):
        return
    particles, edges = known.syntax.get("particles", frozenset()), known.syntax.get("edges", frozenset())
    for token in verb.doc[verb.i + 1 : verb.i + 25] if particles else ():
        if token.is_sent_start:
            return
        following = token.nbor() if token.i + 1 < len(verb.doc) else None
        if token.lower_ in particles and (following is None or following.is_punct or following.lower_ in edges):
            yield token.lower_
            return


def is_passive(verb: Token, known: Frames, *, transitive: bool | None = None) -> bool:
    """Whether a verb's subject is what it is done to.

    "Zijn" with a participle counts where the verb is ``transitive``, and never where it is not; None leaves it to the parser.
    """
    children = list(verb.children)
    perfect = [
        child for child in children if child.dep_ in AUXILIARY and base(child) in known.syntax.get("perfect", ())
    ]
    if transitive is False and perfect:
        return False
    if any(child.dep_ == "nsubj:pass" for child in children):
        return True
    has_object = any(child.dep_ == "obj" for child in children)
    if any(child.dep_ == "aux:pass" and base(child) not in known.syntax.get("perfect", ()) for child in children):
        return True
    if perfect and not has_object:
        return bool(transitive) or any(child.dep_ == "aux:pass" for child in children)
    return False


def subject(verb: Token) -> Token | None:
    """The grammatical subject; an infinitive or a conjunct has that of the verb above it."""
    seen = 0
    while seen < 6:
        own = [child for child in verb.children if child.dep_ in SUBJECT]
        if own:
            bare = {"PRON", "SCONJ"}  # "dat" beside the real subject; "de meeste van hen" is one, with words of its own
            return next((child for child in own if child.pos_ not in bare or any(child.children)), own[0])
        if verb.dep_ not in {"xcomp", "conj", "advcl", "ccomp", "aux"} or verb.head.i == verb.i:
            break
        verb, seen = verb.head, seen + 1
    return None


def agent(token: Token, known: Frames) -> Token | None:
    """Who does it after "door" or "by"."""
    for child in token.children:
        if child.dep_ == "obl:agent" or (child.dep_ in BESIDE and cases(child) & known.syntax["agent"]):
            return child
    return None


def cases(token: Token) -> set[str]:
    """The prepositions of a phrase, small letters."""
    return {child.lower_ for child in token.children if child.dep_ in {"case", "compound:prt"} and child.i < token.i}


def beside(token: Token, preposition: str) -> Token | None:
    """The phrase with that preposition below a word, or below its object or verb where the parser hung it there."""
    for child in _near(token):
        if child.dep_ in BESIDE and preposition in cases(child):
            return child
    return None


def _near(token: Token) -> Iterator[Token]:
    yield from token.children
    for child in token.children:
        if child.dep_ in {"obj", "xcomp", "obl", "compound:prt", "nsubj", "nsubj:pass"}:
            yield from child.children
    if token.dep_ in {"obj", "nsubj", "obl", "compound:prt", "case", "nsubj:pass", "xcomp"} and token.head.i != token.i:
        yield from token.head.children


def direct_object(verb: Token, known: Frames) -> Token | None:
    """What a verb in the active is done to; of two subjects the second, and a bare phrase with an article that hangs as an adverbial."""
    children = list(verb.children)
    own = next((child for child in children if child.dep_ in {"obj", "iobj"}), None)
    if own is not None:
        return own
    subjects = [child for child in children if child.dep_ in SUBJECT]
    bare = [
        child
        for child in children
        if child.dep_ == "obl"
        and child.pos_ == "NOUN"
        and not cases(child)
        and any(one.lower_ in known.syntax["articles"] for one in child.children)
    ]
    return next(iter([*subjects[1:], *bare]), None)


def parts(token: Token, known: Frames, of: str, *, transitive: bool | None = None) -> dict[str, Token]:
    """Subject and object as the event has them, whatever the voice, of a verb or an event noun."""
    found: dict[str, Token | None]
    if token.pos_ in {"VERB", "AUX"} or any(child.dep_ in SUBJECT for child in token.children):
        own, doer = subject(token), agent(token, known)
        above = subject(token.head) if token.dep_ == "xcomp" and token.head.pos_ == "AUX" else None
        if above is not None and own is not None and above.i != own.i:
            return _counted({"subject": above, "object": own}, known)
        if is_passive(token, known, transitive=transitive):
            found = {"subject": doer, "object": own}
        elif token.dep_ in {"acl", "amod"} and token.head.pos_ in {"NOUN", "PROPN"} and not _has_subject(token):
            active = doer is None and direct_object(token, known) is not None
            found = (
                {"subject": token.head, "object": direct_object(token, known)}
                if active
                else {"subject": doer, "object": token.head}
            )
        else:
            found = {"subject": own, "object": direct_object(token, known)}
    else:
        found = _nominal(token, known, of)
    found["agent"] = agent(token, known)
    return _counted({name: one for name, one in found.items() if one is not None}, known)


def _counted(found: dict[str, Token], known: Frames) -> dict[str, Token]:
    """The parts with what is counted in place of the amount: "honderden raketten", "thousands of people"."""
    return {name: core(token, known) for name, token in found.items()}


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in SUBJECT for child in verb.children)


def core(token: Token, known: Frames) -> Token:
    """What an amount is an amount of, any other noun itself: "tens of thousands of residents" is residents."""
    for _ in range(3):
        if not known.syntax["amounts"] & {token.lower_, base(token)}:
            break
        counted = [
            child
            for child in token.children
            if child.dep_ in COUNTED and child.pos_ in {"NOUN", "PROPN", "NUM"} and cases(child) <= known.syntax["of"]
        ]
        if (
            not counted
            and token.i + 1 < len(token.doc)
            and token.nbor().head.i == token.head.i
            and token.nbor().dep_ == token.dep_
        ):
            counted = [token.nbor()]  # the parser hung both on the verb
        if not counted:
            break
        token = counted[-1]
    return token


def _nominal(noun: Token, known: Frames, of: str) -> dict[str, Token | None]:
    """The parts of an event noun: "de inname van X door Y", "X's attack on Y", "Russian shelling of Y"."""
    owner = next((child for child in noun.children if child.dep_ == "nmod:poss"), None)
    below = next((child for child in noun.children if child.dep_ in BESIDE and cases(child) & known.syntax["of"]), None)
    doer = agent(noun, known)
    found: dict[str, Token | None] = {"subject": doer or owner, "object": None}
    if below is not None and of == "object":
        found["object"] = below
    elif below is not None and of == "subject":
        found["subject"] = found["subject"] or below
    elif below is not None and of == "recipient":
        found["subject"] = below
    if below is not None:
        found["of"] = below
    if noun.dep_ == "obj" and found["subject"] is None and noun.head.pos_ == "VERB":
        found["subject"] = agent(noun.head, known) if is_passive(noun.head, known) else subject(noun.head)
    elif noun.dep_ == "nsubj:pass" and found["subject"] is None:
        found["subject"] = agent(noun.head, known)
    return found
