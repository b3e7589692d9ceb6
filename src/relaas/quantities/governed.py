"""What the dependency tree says happened to those that a number counts: the predicate over their noun, by sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from relaas.ontology.loader import language_data
from relaas.quantities.happened import FLOWS

SUBJECT = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj"})
OBJECT = frozenset({"obj", "iobj", "obl:arg"})
INSIDE = frozenset({"nummod", "det", "amod", "advmod", "fixed", "flat", "compound", "nummod:gov", "nmod:poss", "case"})
CONTENT = frozenset({"ccomp", "obj", "nsubj:pass", "csubj:pass", "obl:arg"})
MARKS = frozenset(
    {"estimates", "strength", "troops", "groups", "amounts", "among", "whole_of", "agents", "aims", "not_reached"}
)
PREDICATE = frozenset({"VERB", "AUX"})
MOST = 8
"""Steps up a tree; trees have no more between a number and its predicate."""
Token = Any


@dataclass(frozen=True, slots=True)
class Told:
    """What happened to those counted; ``settled`` where the tree says that nothing did, so that no word near by counts.

    ``of_people`` holds only where the noun is one of people; ``estimated`` where somebody estimates the number;
    ``beside`` where an adjective or a relative clause says it, not the predicate.
    """

    unit: str | None
    settled: bool = False
    of_people: bool = False
    estimated: bool = False
    beside: bool = False


NOTHING = Told(None)
SETTLED = Told(None, settled=True)


@dataclass(frozen=True, slots=True)
class Happenings:
    """One language's predicates by side, each with its unit, and the words that guide the climb."""

    subjects: dict[str, str]
    objects: dict[str, str]
    of_people: dict[str, str]
    counts: dict[str, str]
    heads: dict[str, str]
    states: dict[str, str]
    nouns: dict[str, str]
    marks: dict[str, frozenset[str]]


@cache
def happenings(language: str) -> Happenings | None:
    """The predicates of a language; ``None`` where there are none."""
    data = language_data(language, "happened")
    if not data:
        return None
    sides: dict[str, dict[str, str]] = {side: {} for side in Happenings.__slots__ if side != "marks"}
    for unit, entry in data.items():
        if unit not in MARKS:
            for side, index in sides.items():
                for word in entry.get(side, ()):
                    index.setdefault(str(word), unit)
    for unit, entry in language_data(language, "units").get("nouns", {}).items():
        if unit in FLOWS:
            sides["nouns"].update({str(word): unit for word in entry["words"]})
    return Happenings(**sides, marks={name: frozenset(data[name]["words"]) for name in MARKS})


def told(number: Sequence[Token], noun: Token | None, language: str) -> Told:
    """What the tree says of those that a number (its tokens) counts; ``noun`` is their noun where it is known."""
    known = happenings(language)
    if known is None or not number:
        return NOTHING
    inside = {token.i for token in number}
    root = next((token for token in number if token.head.i not in inside), number[0])
    while noun is not None and root.i < noun.head.i < noun.i and noun.head.pos_ not in PREDICATE:
        noun = noun.head  # prisoners of war
    named = _counted(root) if noun is None or _hangs_under(noun, root) else noun
    counted = _first_of_row(named, known)
    if counted is None:
        return NOTHING
    found = _above(counted, known, MOST)
    estimated = _is_estimated(counted, known)
    if found.unit is None and (state := _state(named, known)):
        return Told(state, estimated=estimated, beside=True)
    return replace(found, estimated=estimated)


def _hangs_under(noun: Token, root: Token) -> bool:
    """Whether a noun hangs under its number: "tientallen bewoners", "tien van zijn soldaten"."""
    token = noun
    for _ in range(4):
        if token.head.i == token.i:
            return False
        token = token.head
        if token.i == root.i:
            return True
    return False


def _is_estimated(token: Token, known: Happenings) -> bool:
    """Whether a verb of estimating has the number in its content: "schat dat er twintig doden zijn"."""
    for _ in range(MOST):
        if token.head.i == token.i:
            return False
        label = token.dep_
        token = token.head
        if _is(token, "estimates", known) and label in CONTENT:
            return True
    return False


def _counted(number: Token) -> Token:
    """The noun of a number; the number itself where it has none."""
    token = number
    for _ in range(4):
        if token.dep_ not in INSIDE or token.head.i == token.i or token.head.pos_ in PREDICATE:
            break
        token = token.head
    return token


def _first_of_row(counted: Token, known: Happenings) -> Token | None:
    """The first member of a row of nouns; ``None`` where a verb stands between, which the tree then has wrong."""
    for _ in range(MOST):
        if counted.dep_ != "conj" or counted.head.i >= counted.i:
            return counted
        if counted.head.pos_ in PREDICATE:
            return counted
        if any(token.pos_ == "VERB" and token.dep_ != "amod" for token in counted.doc[counted.head.i + 1 : counted.i]):
            return None
        if any(_is_verbal(token) for token in counted.doc[counted.head.i + 1 : counted.i]):
            return None
        counted = counted.head
        if counted.head.pos_ == "NUM" and counted.dep_.startswith("nmod") and _cases(counted) & known.marks["whole_of"]:
            counted = counted.head  # tien van zijn soldaten en twee militairen
    return counted


def _is_verbal(token: Token) -> bool:
    """Whether a word tagged as an adjective's participle follows a conjunction ("killed 14 people and wounded 30")."""
    return token.pos_ == "VERB" and any(child.dep_ == "cc" for child in token.children)


def _above(counted: Token, known: Happenings, left: int) -> Told:
    """What the word over a noun says of it."""
    if left == 0:
        return NOTHING
    head, label = counted.head, counted.dep_
    if head.i == counted.i or any(child.dep_ == "cop" for child in counted.children):
        return _predicated(counted, known)
    if head.pos_ in PREDICATE or label in SUBJECT | OBJECT or label.startswith("obl"):
        return _by_predicate(counted, head, known)
    if label == "appos":
        return _above(head, known, left - 1)
    if label.startswith("nmod") or label == "compound":
        return _under_noun(counted, head, known, left)
    return NOTHING


def _under_noun(counted: Token, head: Token, known: Happenings, left: int) -> Told:
    """A number under a noun: "de lichamen van twaalf dorpelingen", "een groep van vijftig", "acht van de twintig"."""
    for word in _words(head):
        if word in known.heads:
            return Told(known.heads[word])
    cases = _cases(counted)
    if counted.dep_ == "compound" and head.i > counted.i:
        return _above(head, known, left - 1)
    if _is(head, "groups", known) and head.pos_ != "NUM":
        return _above(head, known, left - 1)
    if cases & known.marks["whole_of"]:
        return SETTLED
    return NOTHING


def _predicated(counted: Token, known: Happenings) -> Told:
    """A noun as predicate: "onder de doden zijn vier vrouwen", "het dodental is 45", "er zijn veertig vermist"."""
    copula = [below for child in counted.children if child.dep_ == "cop" for below in child.children]
    for child in (*counted.children, *copula):
        whole = child.dep_.startswith(("obl", "nmod")) and _is_whole(child, known)
        if whole and (unit := _unit_of(child, known)):
            return Told(unit)
        if child.dep_ in SUBJECT and (unit := _counted_by(child, known)):
            return Told(unit)
    return NOTHING


def _by_predicate(counted: Token, verb: Token, known: Happenings) -> Told:
    keys = list(_keys(verb))
    if counted.dep_ in SUBJECT:
        return _as_subject(counted, verb, keys, known)
    if counted.dep_ in OBJECT:
        if _is_strength(verb, known):
            return Told("soldiers", of_people=True)
        unit = _first(keys, known.objects)
        if unit is None and not any(child.dep_ in SUBJECT for child in verb.children):
            unit = _first(keys, known.subjects)
        if unit is not None:
            return Told(unit)
        people = _first(keys, known.of_people)
        if people is not None:
            return Told(people, of_people=True)
        return _as_part(counted, verb, known)
    cases = _cases(counted)
    if cases & known.marks["agents"]:
        return SETTLED
    if cases & known.marks["aims"] or cases & known.marks["whole_of"]:
        for child in verb.children:
            if child.dep_ in SUBJECT | OBJECT and (unit := _counted_by(child, known)):
                return Told(unit)
    people = _first(keys, known.of_people)
    if people is not None and counted.dep_ == "obl:arg":
        return Told(people, of_people=True)
    return NOTHING


def _is_strength(verb: Token, known: Happenings) -> bool:
    """Whether it says how many an armed unit has: "de brigade telt drieduizend man"."""
    if not _is(verb, "strength", known):
        return False
    return any(child.dep_ in SUBJECT and _is(child, "troops", known) for child in verb.children)


def _as_subject(counted: Token, verb: Token, keys: list[str], known: Happenings) -> Told:
    """The subject undergoes an intransitive verb and a passive; of an active verb it is the one who does it."""
    passive = counted.dep_ == "nsubj:pass" or any(child.dep_ == "aux:pass" for child in verb.children)
    earlier = any(child.dep_ in SUBJECT and child.i < counted.i for child in verb.children)
    subject, object_ = _first(keys, known.subjects), _first(keys, known.objects)
    if object_ is not None and (passive or earlier or (subject is None and _is_participle(verb))):
        return Told(object_)
    if subject is not None:
        return Told(subject)
    below = [child for child in verb.children if child.dep_ in {"xcomp", "ccomp"} and child.pos_ == "VERB"]
    if below and not _is(verb, "not_reached", known) and not any(c.dep_ in SUBJECT for c in below[0].children):
        unit = _first(list(_keys(below[0])), known.subjects)
        if unit is not None:
            return Told(unit)
    if state := _first(
        [word for child in verb.children if child.dep_ in {"xcomp", "advmod"} for word in _words(child)], known.states
    ):
        return Told(state)
    if verb.pos_ not in PREDICATE and (state := _first(list(_words(verb)), known.states)):
        return Told(state)
    if object_ is not None or _first(keys, known.of_people):
        return SETTLED
    return _as_part(counted, verb, known)


def _as_part(counted: Token, verb: Token, known: Happenings) -> Told:
    """A part told of in a clause of its own: "onder de gewonden bevonden zich zes kinderen"."""
    for child in verb.children:
        whole = child.dep_.startswith(("obl", "nmod")) and child.i != counted.i and _is_whole(child, known)
        if whole and (unit := _unit_of(child, known)):
            return Told(unit)
    return NOTHING


def _is_whole(noun: Token, known: Happenings) -> bool:
    """Whether a noun is the whole that a part is told of: "onder de doden", "van de elf doden"."""
    return bool(_cases(noun) & (known.marks["among"] | known.marks["whole_of"]))


def _state(counted: Token, known: Happenings) -> str | None:
    """What an adjective, a participle or a relative clause beside a noun says of it."""
    for child in counted.children:
        if child.dep_ in {"amod", "acl", "appos"} and (unit := _first(list(_words(child)), known.states)):
            return unit
        keys = list(_keys(child)) if child.dep_ == "acl" and child.pos_ == "VERB" and _is_participle(child) else []
        if unit := _first(keys, known.objects) or _first(keys, known.subjects):
            return unit
        if child.dep_ in {"acl:relcl", "acl"} and child.pos_ in PREDICATE:
            subject = next((one for one in child.children if one.dep_ in SUBJECT), None)
            if subject is not None and subject.pos_ == "PRON":
                found = _as_subject(subject, child, list(_keys(child)), known)
                if found.unit is not None:
                    return found.unit
    return None


def _counted_by(noun: Token, known: Happenings) -> str | None:
    """The unit of a noun that gives a number: "het dodental", "het aantal gewonden"."""
    compound = " ".join([child.lower_ for child in noun.children if child.dep_ == "compound"] + [noun.lower_])
    for word in (compound, *_words(noun)):
        if word in known.counts:
            return known.counts[word]
    if _is(noun, "amounts", known):
        return next((unit for child in noun.children if (unit := _unit_of(child, known))), None)
    return None


def _unit_of(noun: Token, known: Happenings) -> str | None:
    """What a noun or adjective used as one says by itself: "doden", "the wounded"."""
    return known.nouns.get(noun.lower_) or _first([noun.lower_, *_words(noun)], known.states)


def _keys(verb: Token) -> Iterator[str]:
    """A verb by its lemma and its form, alone and with each word that goes with it: "raken gewond", "komen leven"."""
    names = list(dict.fromkeys(_words(verb)))
    partners = [
        word
        for child in verb.children
        if child.dep_.startswith(("xcomp", "obj", "obl", "advmod", "compound", "fixed", "expl", "aux", "case", "amod"))
        for word in (*_words(child), *(w for below in child.children if below.dep_ == "fixed" for w in _words(below)))
    ]
    for name in names:
        for word in partners:
            yield f"{name} {word}"
    particles = [child.lower_ for child in verb.children if child.dep_ == "compound:prt"]
    for name in names:
        for particle in particles:
            yield f"{particle}{name}"
            yield f"{name}{particle}"
        yield name


def _words(token: Token) -> list[str]:
    """A token's lemma and form in small letters, the parts of the lemma joined."""
    return [str(token.base), token.lower_]


def _is(token: Token, mark: str, known: Happenings) -> bool:
    """Whether a token is one of the words of a mark."""
    return not known.marks[mark].isdisjoint(_words(token))


def _cases(token: Token) -> set[str]:
    return {child.lower_ for child in token.children if child.dep_ in {"case", "mark"}}


def _is_participle(verb: Token) -> bool:
    """Whether a verb's form is not that of an active clause: it has no object and no auxiliary of the active perfect."""
    if any(child.dep_ in OBJECT for child in verb.children):
        return False
    return verb.dep_ in {"acl", "amod"} or any(child.dep_ == "aux:pass" for child in verb.children)


def _first(keys: list[str], index: dict[str, str]) -> str | None:
    return next((index[key] for key in keys if key in index), None)
