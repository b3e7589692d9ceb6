"""Everybody a report names as a speaker: full names, roles, and who a description or pronoun stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from relaas.knowledge.actors import actors
from relaas.model.source import Source
from relaas.model.span import Span
from relaas.propositions.clauses import plain_lemma
from relaas.propositions.kinds import is_person, kind_of, pronouns, spokesperson
from relaas.steps.step import Analysis, Entity, Part

Token = Any
NOT_IN_NAME = frozenset(
    {"acl:relcl", "acl", "parataxis", "punct", "cc", "advcl", "advcl:relcl", "discourse", "case_marker"}
)
_ABBREVIATED = re.compile(r"\s*\(([A-Z][A-Za-z0-9-]{1,7})\)")
DESCRIBING = frozenset({"appos", "compound", "nmod", "amod", "flat", "nmod:desc", "nmod:unmarked", "conj"})
GENERIC = frozenset(
    {"the", "de", "het", "een", "a", "an", "this", "that", "deze", "die", "dit", "dat", "these", "those"}
)


@dataclass(slots=True)
class Person:
    """A named speaker: the fullest name, the nouns that described them, and for whom they speak."""

    name: str
    label: str
    roles: set[str] = field(default_factory=set)
    kind: str | None = None
    principal: Source | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase that names a source: its tokens with and without what surrounds the name."""

    part: Part
    head: int
    whole: Span
    name: Span


class Cast:
    """The speakers of one document, filled in the order of reading."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.people: dict[str, Person] = {}
        self.last: Source | None = None
        self.last_plural: Source | None = None
        self._entities = sorted(analysis.entities, key=lambda entity: (entity.span.start, -entity.span.end))
        self._full = _fullest(self._entities, analysis.text)
        for part in analysis.parts:
            self._introduce(part)

    def remember(self, source: Source, *, plural: bool) -> None:
        """Make a source the one that the next pronoun means: a person for "he" and "she", a body or group for "they" and "it"."""
        known = self.people.get(source.via[0] if source.via else source.name)
        if (known is not None and known.label == "PER") or (
            not plural
            and any(is_person(word.lower(), language) for word in source.name.split()[:3] for language in ("nl", "en"))
        ):
            self.last = source
        else:
            self.last_plural = source

    def meet(self, part: Part, subject: Token) -> None:
        """Take note of a named person that a sentence is about, whom a pronoun in the next may mean."""
        entity = self.entity_at(part, subject.i)
        if entity is not None and entity.label == "PER" and (source := self.source(part, subject)) is not None:
            self.last = source

    def full_name(self, name: str, label: str) -> str:
        """The fullest form the document gives of a name."""
        return (
            self._full.get((label, (name.split() or [name])[-1].lower()), name)
            if label == "PER"
            else self._full.get((label, name.lower()), name)
        )

    def source(self, part: Part, head: Token, *, speaker: Source | None = None) -> Source | None:
        """The source that a noun phrase names, by its head; None where the phrase can be nobody (a bare relative or expletive)."""
        language = part.passage.language
        if (head.pos_ == "PRON" and _member(head) is None) or (
            head.lower_ in pronouns(language) and head.pos_ not in {"NOUN", "PROPN"}
        ):
            return self._pronoun(part, head, speaker)
        if head.pos_ in {"NUM", "PRON", "DET"} and (member := _member(head)) is not None:
            return self._common(part, member, [member.i], singular=head.lower_ in {"one", "een", "één"})
        tokens = phrase_tokens(head)
        span = Span(part.starts[tokens[0]], part.ends[tokens[-1]])
        if (spoken_for := self._spokesperson(part, head, tokens, speaker)) is not None:
            return spoken_for
        entity = self._name_in(part, head, tokens)
        if entity is not None:
            return self._named(part, head, entity, span)
        if (known := self._described(part, head, tokens)) is not None:
            return known
        return self._common(part, head, tokens)

    def phrase(self, part: Part, head: Token) -> Span:
        """The whole noun phrase with article and apposition, as the attribution spans have it."""
        tokens = [token.i for token in head.subtree]
        case = {token.i for token in head.children if token.dep_ in {"case", "punct", "mark", "cc"}}
        case |= {below.i for token in head.children if token.dep_ == "case" for below in token.subtree}
        kept = _contiguous([i for i in sorted(tokens) if i not in case], head.i)
        while len(kept) > 1 and part.doc[kept[-1]].is_punct:
            kept.pop()
        return Span(part.starts[kept[0]], part.ends[kept[-1]])

    def outlet(self) -> Source | None:
        """The publisher, as the one who speaks where a statement says "we"."""
        publisher = self.analysis.document.publisher
        if publisher is None:
            return None
        name = re.sub(r"\s*\([^()]*\)$", "", publisher)
        return Source(name, kind_of(name.lower(), self.analysis.document.language or "") or "organisation")

    # Naming

    def _named(self, part: Part, head: Token, entity: Entity, span: Span) -> Source:
        name = self.full_name(entity.text, entity.label)
        person = self.people.get(name)
        language = part.passage.language
        if person is not None and person.principal is not None and entity.label == "PER":
            return Source(
                person.principal.name, person.principal.kind, entity.text, entity.span.start, entity.span.end, (name,)
            )
        kind = person.kind if person else None
        kind = kind or kind_of(span.of(self.analysis.text), language) if entity.label != "LOC" else "official"
        if kind in {None, "unnamed"}:
            known = actors().find(name, self.analysis.document.published)
            kind = known.kind(self.analysis.document.published) if known else None
        if kind in {None, "unnamed"}:
            kind = {"PER": "civilian", "LOC": "official", "MISC": "official"}.get(entity.label, "organisation")
        return Source(name, kind or "organisation", entity.text, entity.span.start, entity.span.end)

    def _common(self, part: Part, head: Token, tokens: list[int], *, singular: bool = False) -> Source | None:
        kept = [i for i in tokens if not (part.doc[i].pos_ == "DET" or part.doc[i].lower_ in GENERIC) or i > head.i]
        while (
            kept
            and kept[0] < head.i
            and (
                part.doc[kept[0]].pos_ in {"DET", "PUNCT", "ADP", "ADV", "NUM", "PRON"}
                or (part.doc[kept[0]].dep_ == "nmod:poss" and part.doc[kept[0]].pos_ != "PROPN")
            )
        ):
            kept.pop(0)
        if not kept:
            return None
        kept = _contiguous(kept, head.i)
        span = Span(part.starts[kept[0]], part.ends[kept[-1]])
        name = span.of(self.analysis.text)
        if not name.strip():
            return None
        if singular:
            name = plain_lemma(head)
        first = part.doc[kept[0]]
        if first.is_sent_start and first.pos_ not in {"PROPN"} and not self._is_name(part, first):
            name = name[0].lower() + name[1:]
        kind = kind_of(plain_lemma(head), part.passage.language) or kind_of(head.lower_, part.passage.language)
        kind = kind or kind_of(name.lower(), part.passage.language)
        return Source(name, kind or "unnamed", span.of(self.analysis.text), span.start, span.end)

    def _is_name(self, part: Part, token: Token) -> bool:
        offset = part.starts[token.i]
        return any(entity.span.start <= offset < entity.span.end for entity in self._entities)

    def _name_in(self, part: Part, head: Token, tokens: Sequence[int]) -> Entity | None:
        """The name that a phrase is about: one that holds its head, or one set beside it; a place or people that only modifies does not count."""
        beside = {head.i} | {
            child.i for child in head.children if child.dep_ in {"appos", "flat", "flat:name", "flat:foreign"}
        }
        people = [
            entity
            for i in self._beside(head)
            if (entity := self.entity_at(part, i)) is not None and entity.label == "PER"
        ]
        if (people and (own := self.entity_at(part, head.i)) is None) or (
            people and own is not None and own.label == "PER"
        ):
            return people[0]
        if head.i + 1 < len(part.doc) and self.entity_at(part, head.i) is None:
            after = self.entity_at(part, head.i + 1)
            if after is not None and after.label == "PER" and after.span.start == part.starts[head.i + 1]:
                return after
        beside |= {
            below.i
            for child in head.children
            if child.dep_ == "appos"
            for below in child.children
            if below.dep_.startswith("flat")
        }
        found = [self.entity_at(part, i) for i in sorted(beside) if i in tokens or i == head.i]
        names = [entity for entity in found if entity is not None and entity.label in {"PER", "ORG", "LOC"}]
        names += [entity for entity in found if entity is not None and entity.label == "MISC" and head.pos_ == "PROPN"]
        people = [entity for entity in names if entity.label == "PER"]
        if people:
            return people[0]
        if head.pos_ == "NOUN" and names and self.entity_at(part, head.i) is None and names[0].label == "LOC":
            return None
        return names[0] if names else None

    def _beside(self, head: Token) -> list[int]:
        """Tokens under a noun that can hold the name of whom it describes: not below a preposition or a relative clause."""
        found, todo = [int(head.i)], list(head.children)
        while todo:
            token = todo.pop()
            if token.dep_ in {"acl:relcl", "acl", "nmod:poss", "conj", "parataxis", "advcl"} or (
                any(child.dep_ == "case" for child in token.children) and token.dep_ != "appos"
            ):
                if token.dep_ in {"nmod", "obl"}:
                    todo += [
                        child
                        for child in token.children
                        if child.dep_ in {"appos", "flat", "flat:name"} and child.pos_ == "PROPN"
                    ]
                continue
            found.append(int(token.i))
            todo += list(token.children)
        return sorted(found)

    def entity_at(self, part: Part, index: int) -> Entity | None:
        """The name that holds a token."""
        offset = part.starts[index]
        for entity in self._entities:
            if entity.span.start <= offset < entity.span.end:
                return entity
            if entity.span.start > offset:
                return None
        return None

    def _spokesperson(self, part: Part, head: Token, tokens: list[int], speaker: Source | None) -> Source | None:
        """The one for whom a spokesperson speaks, with the spokesperson in ``via``."""
        language = part.passage.language
        pattern = spokesperson(language)
        if pattern is None or (not pattern.search(plain_lemma(head)) and not pattern.search(head.lower_)):
            return None
        entity = self._name_in(part, head, tokens)
        own = entity if entity is not None and entity.label == "PER" else None
        principal: Source | None = None
        for child in head.children:
            if child.dep_ in {"nmod", "nmod:poss", "compound", "nmod:of", "obl"} and child.i in tokens:
                if child.pos_ == "PRON" or child.lower_ in {"zijn", "haar", "hun", "his", "her", "their"}:
                    principal = self.last or self.last_plural
                else:
                    principal = self.source(part, child)
                break
        if principal is None:
            principal = self._compound_principal(part, head)
        if principal is None and own is not None:
            known = self.people.get(self.full_name(own.text, "PER"))
            principal = known.principal if known else None
        if principal is None:
            earlier = [
                (person.principal, person.name)
                for person in self.people.values()
                if person.principal is not None and any(pattern.search(role) for role in person.roles)
            ]
            if own is None and earlier:
                body, name = earlier[-1]
                return Source(body.name, body.kind, head.text, part.starts[head.i], part.ends[head.i], (name,))
            return None
        via = self.full_name(own.text, "PER") if own else head.lower_
        return Source(principal.name, principal.kind, principal.text, principal.start, principal.end, (via,))

    def _compound_principal(self, part: Part, head: Token) -> Source | None:
        """The body inside a compound ("legerwoordvoerder") or before the noun ("army spokesman", "Kremlin spokesman")."""
        language = part.passage.language
        lemma = str(head.lemma_).lower().replace("-", "_")
        front = lemma.rsplit("_", 1)[0].replace("_", "") if "_" in lemma else ""
        if not front:
            for ending in ("woordvoerder", "woordvoerster"):
                if lemma.endswith(ending) and len(lemma) > len(ending):
                    front = head.text[: -len(ending)].rstrip("-")
        front = (
            front.removesuffix("s")
            if kind_of(front, language) is None and kind_of(front.removesuffix("s"), language)
            else front
        )
        if front:
            kind = kind_of(front.lower(), language)
            span = Span(part.starts[head.i], part.ends[head.i])
            adjectives = [child for child in head.children if child.dep_ == "amod" and child.i < head.i]
            name = " ".join([*(child.text for child in adjectives), front])
            return Source(name, kind or "organisation", span.of(self.analysis.text), span.start, span.end)
        for child in head.children:
            if (
                child.i < head.i
                and child.dep_ in {"amod", "compound", "nmod", "nmod:unmarked"}
                and (entity := self.entity_at(part, child.i))
                and entity.label in {"ORG", "LOC"}
            ):
                return self._named(part, child, entity, entity.span)
        return None

    # Who is meant

    def _pronoun(self, part: Part, head: Token, speaker: Source | None) -> Source | None:
        kind = pronouns(part.passage.language).get(head.lower_)
        span = (head.text, part.starts[head.i], part.ends[head.i])
        if kind in {"i", "we"}:
            return speaker
        plural = kind == "they" and not _singular_verb(head)
        known = (self.last_plural or self.last) if plural else self.last or self.last_plural
        if kind is None or known is None:
            return None
        return Source(known.name, known.kind, *span, known.via)

    def _described(self, part: Part, head: Token, tokens: list[int]) -> Source | None:
        """A definite description whose noun described somebody by name before ("de burgemeester", "the charity")."""
        definite = any(part.doc[i].lower_ in {"de", "het", "the", "deze", "this", "die", "dit"} for i in tokens[:1])
        if not definite or len([i for i in tokens if part.doc[i].pos_ in {"NOUN", "PROPN"}]) > 1:
            return None
        lemma = plain_lemma(head)
        for person in reversed(self.people.values()):
            if any(role == lemma or (role.endswith(lemma) and len(lemma) > 4) for role in person.roles):
                if person.principal is not None:
                    return Source(
                        person.principal.name,
                        person.principal.kind,
                        head.text,
                        part.starts[head.i],
                        part.ends[head.i],
                        (person.name,),
                    )
                kind = person.kind or kind_of(lemma, part.passage.language) or "unnamed"
                return Source(person.name, kind, head.text, part.starts[head.i], part.ends[head.i])
        return None

    def _introduce(self, part: Part) -> None:
        """Take up every name of the part with the nouns that describe it."""
        language = part.passage.language
        seen: set[int] = set()
        for token in part.doc:
            entity = self.entity_at(part, token.i)
            if entity is None or entity.label not in {"PER", "ORG"} or entity.span.start in seen:
                continue
            seen.add(entity.span.start)
            inside = [i for i in range(token.i, len(part.doc)) if part.starts[i] < entity.span.end]
            top = next((part.doc[i] for i in inside if part.doc[i].head.i not in inside), token)
            name = self.full_name(entity.text, entity.label)
            person = self.people.setdefault(name, Person(name, entity.label))
            for noun in _describing(top, inside):
                person.roles.add(plain_lemma(noun))
                words = " ".join(part.doc[i].lower_ for i in phrase_tokens(noun))
                kind = kind_of(plain_lemma(noun), language) or kind_of(words, language)
                person.kind = person.kind or kind
                pattern = spokesperson(language)
                if entity.label == "PER" and person.principal is None and pattern and pattern.search(plain_lemma(noun)):
                    person.principal = self._principal_of(part, noun)

    def _principal_of(self, part: Part, noun: Token) -> Source | None:
        for child in noun.children:
            if (
                child.dep_ in {"nmod", "compound", "nmod:of"}
                and child.pos_ in {"NOUN", "PROPN"}
                and self.entity_label(part, child.i) != "PER"
            ):
                return self.source(part, child)
        return self._compound_principal(part, noun)

    def entity_label(self, part: Part, index: int) -> str | None:
        """The label of the name that holds a token, None outside names."""
        entity = self.entity_at(part, index)
        return entity.label if entity else None


def phrase_tokens(head: Token) -> list[int]:
    """The tokens of a noun phrase without relative clauses, coordination, its preposition and loose punctuation, in one piece."""
    kept: list[int] = [head.i]

    def take(token: Token) -> None:
        for child in token.children:
            if (
                child.dep_ in NOT_IN_NAME
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
    return _contiguous(sorted(kept), head.i)


def _is_seat(token: Token) -> bool:
    """Whether a phrase is the place of a body, which stays in its name ("government in Moscow")."""
    cases = {child.lower_ for child in token.children if child.dep_ == "case"}
    return (
        token.dep_ == "obl"
        and token.pos_ == "PROPN"
        and bool(cases & {"in", "te"})
        and token.head.pos_ == "NOUN"
        and token.i - token.head.i <= 3
    )


def _member(head: Token) -> Token | None:
    """The group in "one of the surgeons", "een van de artsen"."""
    if head.lower_ not in {
        "one",
        "een",
        "één",
        "some",
        "many",
        "several",
        "sommige",
        "enkele",
        "two",
        "three",
        "twee",
        "drie",
        "verscheidene",
    }:
        return None
    return next(
        (
            child
            for child in head.children
            if child.dep_ in {"nmod", "obl"} and child.pos_ == "NOUN" and child.i > head.i
        ),
        None,
    )


def _contiguous(tokens: list[int], anchor: int) -> list[int]:
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


def _describing(top: Token, inside: list[int]) -> list[Token]:
    """Nouns that describe a name: the one it stands beside, or one set beside it."""
    found = []
    if top.dep_ in {"appos", "flat", "flat:name"} and top.head.pos_ in {"NOUN", "PROPN"} and top.head.i not in inside:
        found.append(top.head)
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


def _singular_verb(head: Token) -> bool:
    """Whether a pronoun's verb is singular by its form: Dutch "ze zegt", not "ze zeggen"."""
    verb = head.head
    forms = [child for child in verb.children if child.dep_ in {"aux", "aux:pass", "cop"}] or [verb]
    return head.doc.vocab.lang == "nl" and not any(form.lower_.endswith("n") for form in forms)


def _fullest(entities: Sequence[Entity], text: str) -> dict[tuple[str, str], str]:
    """For each last name the longest name that ends in it; for each other name one form that holds it whole at its end or start."""
    full: dict[tuple[str, str], str] = {}
    for entity in entities:
        if not entity.text.strip():
            continue
        key = (
            (entity.label, entity.text.split()[-1].lower())
            if entity.label == "PER"
            else (entity.label, entity.text.lower())
        )
        known = full.get(key)
        if known is None or len(entity.text) > len(known):
            full[key] = entity.text
    for entity in entities:
        if match := _ABBREVIATED.match(text, entity.span.end):
            full[("ORG", match[1].lower())] = entity.text
    return full
