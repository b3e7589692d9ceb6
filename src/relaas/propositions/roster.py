"""The names in a report and how they are described: full forms, roles, kinds."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from relaas.model.source import Source
from relaas.model.span import Span
from relaas.propositions.clauses import plain_lemma
from relaas.propositions.kinds import described_kind, is_person, kind_of
from relaas.propositions.lexicon import small_words
from relaas.propositions.phrases import describing, phrase_tokens
from relaas.steps.step import Analysis, Entity, Part

Token = Any
BESIDE = frozenset({"appos", "flat", "flat:name"})
REACH = 7
"""How many words after "of" the body may be named in to which somebody belongs."""
MISTAKEN = frozenset({"LOC", "MISC"})
_ABBREVIATED = re.compile(r"\s*\(([A-Z][A-Za-z0-9-]{1,7})\)")


@dataclass(slots=True)
class Person:
    """A named speaker: the fullest name, the nouns that described them, and for whom they speak."""

    name: str
    label: str
    roles: set[str] = field(default_factory=set)
    kind: str | None = None
    principal: Source | None = None
    descriptions: list[tuple[Part, Token]] = field(default_factory=list)


class Roster:
    """Every name of one document with the nouns that describe it."""

    def __init__(self, analysis: Analysis) -> None:
        self.people: dict[str, Person] = {}
        entities = _people(_entitled(analysis.parts, list(map(_untitled, analysis.entities))))
        self._entities = sorted(entities, key=lambda one: (one.span.start, -one.span.end))
        self._holding = _holding(self._entities, analysis.parts)
        self._full = _fullest(self._entities, analysis.text)
        for part in analysis.parts:
            self._introduce(part)

    def full_name(self, name: str, label: str) -> str:
        """The fullest form the document gives of a name."""
        return (
            self._full.get((label, (name.split() or [name])[-1].lower()), name)
            if label == "PER"
            else self._full.get((label, name.lower()), name)
        )

    def entity_at(self, part: Part, index: int) -> Entity | None:
        """The name that holds a token."""
        return self._holding.get(part.starts[index])

    def entity_label(self, part: Part, index: int) -> str | None:
        """The label of the name that holds a token, None outside names."""
        entity = self.entity_at(part, index)
        return entity.label if entity else None

    def is_name(self, part: Part, token: Token) -> bool:
        return part.starts[token.i] in self._holding

    def name_in(self, part: Part, head: Token, tokens: Sequence[int]) -> Entity | None:
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
            end = max(tokens, default=head.i) + 1
            after = self.entity_at(part, end) if end < len(part.doc) and end > head.i + 1 else None
            titled = not is_person(plain_lemma(part.doc[end - 1]), part.passage.language) if after else False
            if after is not None and titled and after.label == "PER" and after.span.start == part.starts[end]:
                return after
        beside |= {
            below.i
            for child in head.children
            if child.dep_ == "appos"
            for below in child.children
            if below.dep_.startswith("flat")
        }
        found = [self.entity_at(part, i) for i in sorted(beside) if i in tokens or i == head.i]
        own = self.entity_at(part, head.i)
        if own is not None and own.label == "ORG" and (head.pos_ == "NOUN" or not own.text[:1].isupper()):
            found = [one for one in found if one is not own and one is not None and one.text[:1].isupper()] or found
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
                if token.dep_ in {"nmod", "obl"} and not is_person(plain_lemma(token), token.doc.vocab.lang):
                    todo += [
                        child
                        for child in token.children
                        if child.dep_ in {"appos", "flat", "flat:name"} and child.pos_ == "PROPN"
                    ]
                continue
            found.append(int(token.i))
            todo += list(token.children)
        return sorted(found)

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
            for noun in describing(top, inside):
                person.roles.add(plain_lemma(noun))
                words = " ".join(part.doc[i].lower_ for i in phrase_tokens(noun))
                kind = described_kind(noun, words, language)
                person.kind = person.kind or kind
                if entity.label == "PER":
                    person.descriptions.append((part, noun))
            if entity.label == "PER" and person.kind is None:
                person.kind = _affiliation(part, inside[-1])


def _holding(entities: Sequence[Entity], parts: Sequence[Part]) -> dict[int, Entity]:
    """The first name that holds each token, by where the token starts."""
    found: dict[int, Entity] = {}
    for part in parts:
        for entity in entities:
            for offset in part.starts[
                bisect_left(part.starts, entity.span.start) : bisect_left(part.starts, entity.span.end)
            ]:
                found.setdefault(offset, entity)
    return found


def _affiliation(part: Part, last: int) -> str | None:
    """The kind of the body that a name is set with ("Emre Solak of the Bosphorus Institute"); None where none follows."""
    doc, language = part.doc, part.passage.language
    if last + 2 >= len(doc) or doc[last + 1].lower_ not in small_words(language, "affiliating"):
        return None
    stretch = []
    for token in doc[last + 2 : last + 2 + REACH]:
        if token.is_punct or token.pos_ in {"VERB", "AUX", "SCONJ", "CCONJ"}:
            break
        stretch.append(token)
    kinds = (kind_of(plain_lemma(token), language) for token in stretch if token.pos_ in {"NOUN", "PROPN"})
    return next((kind for kind in kinds if kind is not None and kind != "unnamed"), None)


def _untitled(entity: Entity) -> Entity:
    """A person's name without a title in small letters that the model took in ("premier Kinigi")."""
    words = entity.text.split()
    if entity.label != "PER" or len(words) < 2 or words[0][:1].isupper() or not words[-1][:1].isupper():
        return entity
    first = next(i for i, word in enumerate(words) if word[:1].isupper())
    if first == 0 or words[0].lower() in small_words("nl", "name_particles"):
        return entity
    start = entity.span.start + entity.text.index(words[first])
    return Entity(Span(start, entity.span.end), entity.label, entity.text[start - entity.span.start :], entity.rule)


def _entitled(parts: Sequence[Part], entities: list[Entity]) -> list[Entity]:
    """A name set right behind the noun for a person is a person's, whatever the model took it for ("burgemeester Sadovy")."""
    starts = {one.span.start: one for one in entities}
    meant = {
        starts[part.starts[token.i]].text
        for part in parts
        for token in part.doc[1:]
        if part.starts[token.i] in starts and _bears_title(part, token)
    }
    return [replace(one, label="PER") if one.label in MISTAKEN and one.text in meant else one for one in entities]


def _bears_title(part: Part, token: Token) -> bool:
    """Whether a word of a name is set beside the noun right before it, and that noun is one for a single person."""
    title = part.doc[token.i - 1]
    beside = token.head.i == title.i and token.dep_ in BESIDE
    return beside and title.pos_ == "NOUN" and is_person(plain_lemma(title), part.passage.language)


def _people(entities: list[Entity]) -> list[Entity]:
    """A last name with its particle that the model took for something else is the person whose name ends so ("De Kruif")."""
    full = {one.text.lower() for one in entities if one.label == "PER"}
    return [
        replace(one, label="PER")
        if one.label != "PER" and " " in one.text and any(name.endswith(f" {one.text.lower()}") for name in full)
        else one
        for one in entities
    ]


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
