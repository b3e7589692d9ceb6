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
from relaas.propositions.kinds import described_kind, is_person, kind_of, occupations
from relaas.propositions.lexicon import small_words
from relaas.propositions.phrases import describing, phrase_tokens
from relaas.steps.step import Analysis, Entity, Part

Token = Any
BESIDE = frozenset({"appos", "flat", "flat:name"})
REACH = 7
"""How many words after "of" the body may be named in to which somebody belongs."""
HALVES = frozenset({"amod", "compound", "flat"})
JOINING = frozenset("-‑–")
NAMED = frozenset({"PER", "ORG"})
MISTAKEN = frozenset({"LOC", "MISC"})
_JOINED_ARTICLE = re.compile(r"^(?:al|el|ar|as|ad|ash|an|at)-", re.IGNORECASE)
_ABBREVIATED = re.compile(r"\s*\(([A-Z][A-Za-z0-9-]{1,7})\)")


@dataclass(slots=True)
class Person:
    """A named speaker: the fullest name, the nouns that described them, and for whom they speak.

    ``told``: the report says more of them than the name, an age at least; of whom it says nothing it takes for known.
    """

    name: str
    label: str
    roles: set[str] = field(default_factory=set)
    kind: str | None = None
    principal: Source | None = None
    told: bool = False
    descriptions: list[tuple[Part, Token]] = field(default_factory=list)


class Roster:
    """Every name of one document with the nouns that describe it."""

    def __init__(self, analysis: Analysis) -> None:
        self.people: dict[str, Person] = {}
        whole = _whole(analysis.parts, analysis.entities, analysis.text)
        entities = _people(_entitled(analysis.parts, list(map(_untitled, whole))))
        self._entities = sorted(entities, key=lambda one: (one.span.start, -one.span.end))
        self._holding = _holding(self._entities, analysis.parts)
        self._full = _fullest(self._entities, analysis.text)
        self._shortened = _shortened(self._entities, analysis.text)
        for part in analysis.parts:
            self._introduce(part)

    def full_name(self, name: str, label: str) -> str:
        """The fullest form the document gives of a name."""
        if label == "PER":
            full = self._full.get((label, _last_name(name)), name)
            return self._shortened.get(full, full)
        return self._shortened.get(name) or self._full.get((label, name.lower()), name)

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
            if entity.label == "PER":
                person.kind = person.kind or _occupation(part, inside) or _affiliation(part, inside[-1])
                person.told = person.told or bool(person.roles) or _is_told(part, inside)


def _is_told(part: Part, inside: Sequence[int]) -> bool:
    """Whether an age, a relative clause or a place stands behind a name, or it is brought in by a verb right before it ("says Zara")."""
    doc, last = part.doc, inside[-1]
    if inside[0] and doc[inside[0] - 1].pos_ in {"VERB", "AUX"}:
        return True
    following = [token for token in doc[last + 1 : last + 3] if token.is_punct or token.pos_ in {"NUM", "PRON", "ADP"}]
    return any(
        token.pos_ == "NUM"
        or token.lower_ in small_words(part.passage.language, "relatives")
        or (token.i == last + 1 and token.lower_ in small_words(part.passage.language, "affiliating"))
        for token in following
    )


def _occupation(part: Part, inside: Sequence[int]) -> str | None:
    """The kind of what a relative clause says that somebody does ("who studies the region"); None where there is none."""
    doc, language, last = part.doc, part.passage.language, inside[-1]
    relative = next((token for token in doc[last + 1 : last + 3] if not token.is_punct), None)
    if relative is None or relative.lower_ not in small_words(language, "relatives") or relative.dep_ != "nsubj":
        return None
    return occupations(language).get(plain_lemma(relative.head))


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
    if last + 3 < len(doc) and doc[last + 1].text == ",":
        last += 1
    if last + 2 >= len(doc) or doc[last + 1].lower_ not in small_words(language, "affiliating"):
        return None
    stretch = []
    for token in doc[last + 2 : last + 2 + REACH]:
        if token.is_punct or token.pos_ in {"VERB", "AUX", "SCONJ", "CCONJ"}:
            break
        stretch.append(token)
    words = [" ".join(token.lower_ for token in stretch)]
    words += [plain_lemma(token) for token in stretch if token.pos_ in {"NOUN", "PROPN"}]
    kinds = (kind_of(each, language) for each in words)
    return next((kind for kind in kinds if kind is not None and kind != "unnamed"), None)


def _whole(parts: Sequence[Part], entities: Sequence[Entity], text: str) -> list[Entity]:
    """Names with the rest of a word of which the model read a part ("Al" of "Al-Shabaab"), in one piece where the parts touch."""
    found: list[Entity] = []
    for entity in sorted(entities, key=lambda one: one.span.start):
        part = next((one for one in parts if one.passage.span.contains(entity.span)), None)
        end = _word_end(part, entity.span.end) if part is not None and entity.label in NAMED else entity.span.end
        if found and found[-1].span.end > entity.span.start:
            continue
        start = entity.span.start
        if found and part is not None and _one_name(part, found[-1], entity):
            start = found.pop().span.start
        span = Span(start, max(end, entity.span.end))
        found.append(entity if span == entity.span else replace(entity, span=span, text=span.of(text)))
    return found


def _one_name(part: Part, one: Entity, other: Entity) -> bool:
    """Whether two names side by side are halves of one ("International | Organization for Migration")."""
    before, after = part.token_at(one.span.end - 1), part.token_at(other.span.start)
    if one.label != other.label or before is None or after is None or after.i != before.i + 1:
        return False
    inside = {token.i for token in part.tokens(other.span)}
    return before.head.i in inside and before.dep_ in HALVES


def _word_end(part: Part, end: int) -> int:
    """Where the word ends that goes on after a hyphen with a capital."""
    token = part.token_at(end - 1)
    while token is not None and token.i + 2 < len(part.doc):
        hyphen, following = part.doc[token.i + 1], part.doc[token.i + 2]
        if hyphen.text not in JOINING or token.whitespace_ or hyphen.whitespace_ or not following.text[:1].isupper():
            break
        token, end = following, part.ends[following.i]
        while token.i + 1 < len(part.doc) and part.doc[token.i + 1].dep_ in BESIDE and token.nbor().pos_ == "PROPN":
            token = token.nbor()
            end = part.ends[token.i]
    return end


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
    full = {one.text.lower() for one in entities if one.label == "PER" and " " in one.text}
    return [
        replace(one, label="PER")
        if one.label != "PER" and any(name.endswith(f" {one.text.lower()}") for name in full)
        else one
        for one in entities
    ]


def _last_name(name: str) -> str:
    """The last word of a person's name, without an article joined to it ("al-Sarraj" is "Sarraj")."""
    last = (name.split() or [name])[-1].lower()
    return _JOINED_ARTICLE.sub("", last) or last


def _shortened(entities: Sequence[Entity], text: str) -> dict[str, str]:
    """For each short form of a body's name the full one: in brackets behind it, by its initials, or its first word alone."""
    bodies = [one for one in entities if one.label == "ORG" and " " in one.text]
    found = {match[1]: one.text for one in bodies if (match := _ABBREVIATED.match(text, one.span.end))}
    for short in sorted({one.text for one in entities if " " not in one.text and one.label != "LOC"}):
        initials = {one.text for one in bodies if short.isupper() and len(short) > 1 and _initials(one.text) == short}
        firsts = {one.text for one in bodies if one.text.split()[0] == short and not short.isupper()}
        for names in (initials, firsts):
            if len(names) == 1:
                found.setdefault(short, next(iter(names)))
    return found


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[:1].isupper())


def _fullest(entities: Sequence[Entity], text: str) -> dict[tuple[str, str], str]:
    """For each last name the longest name that ends in it; for each other name one form that holds it whole at its end or start."""
    full: dict[tuple[str, str], str] = {}
    for entity in entities:
        if not entity.text.strip():
            continue
        key = (entity.label, _last_name(entity.text)) if entity.label == "PER" else (entity.label, entity.text.lower())
        known = full.get(key)
        if known is None or len(entity.text) > len(known):
            full[key] = entity.text
    for key, name in _first_names(entities, full).items():
        full[key] = name
    return full


def _first_names(entities: Sequence[Entity], full: dict[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """For each first name that stands alone the one full name that begins with it."""
    people = {name for (label, _), name in full.items() if label == "PER"}
    alone = {entity.text for entity in entities if entity.label == "PER" and " " not in entity.text}
    found = {}
    for first in sorted(alone):
        names = [name for name in people if name.split()[0] == first and " " in name]
        if len(names) == 1 and full.get(("PER", first.lower()), first) == first:
            found["PER", first.lower()] = names[0]
    return found
