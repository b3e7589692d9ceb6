"""Which predicates report: by the verb or adjective, by a verb with its companions, or by the construction alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from relaas.propositions.cast import Cast
from relaas.propositions.clauses import Clause, plain_lemma
from relaas.propositions.lexicon import Group, Lexicon, small_words
from relaas.steps.step import Part

Token = Any
# Groups whose object alone is a content ("denies the attack"); the others need a clause or a quotation.
NOMINAL = frozenset({"accuse", "confirm", "deny", "expect", "fear", "hope", "plan", "warn", "call", "doubt"})
COUNTED_BY_NONE = frozenset({"unnamed", "civilian", "media"})
COMPLEMENTS = ("obj", "obl", "obl:arg", "nsubj:pass", "xcomp")


@dataclass(frozen=True, slots=True)
class Predicate:
    """A reporting predicate: its group and name, the tokens that report beside it, and whether it needs no clause."""

    group: Group
    name: str
    companions: frozenset[int] = frozenset()
    alone: bool = False


class Predicates:
    """Finds the reporting predicates of one language."""

    def __init__(self, cast: Cast, words: Lexicon) -> None:
        self.cast = cast
        self.words = words

    def of(self, part: Part, clause: Clause, content: list[Clause], host: Clause | None) -> Predicate | None:
        """The clause's reporting predicate; ``content`` are the clauses it would introduce, ``host`` the one it is set behind."""
        if clause.predicate.pos_ not in {"VERB", "AUX"}:
            return self._adjective(clause, content)
        name = reporting_lemma(clause, self.words)
        found = self._paired(clause, name) or self._listed(clause, name, content, host)
        return found or self._counting(part, clause) or self._showing(clause, content, host)

    def by_construction(self, part: Part, clause: Clause, content: list[Clause], host: Clause | None) -> bool:
        """Whether a verb reports whatever it means: set behind a whole clause, with a speaker after it and no object ("…, foetert X")."""
        verb = clause.predicate
        before = host is not None or (content and all(one.head < clause.head for one in content))
        if (
            not before
            or verb.pos_ != "VERB"
            or clause.lemma in self.words.seeing
            or clause.child("obj", "expl", "expl:pv", "cop", "aux:pass", "nsubj:pass")
        ):
            return False
        subject = clause.child("nsubj")
        if subject is None or subject.pos_ not in {"NOUN", "PROPN"}:
            return False
        words = [i for i in clause.tokens if not clause.doc[i].is_punct]
        verb_first = subject.i > clause.head and words[0] == clause.head
        bare = subject.i < clause.head and words[-1] == clause.head and len(words) <= 5
        if not verb_first and not (bare and self.words.language == "en"):
            return False
        return self.cast.can_speak(part, subject) and self.cast.entity_label(part, subject.i) != "LOC"

    def _adjective(self, clause: Clause, content: list[Clause]) -> Predicate | None:
        group = next((one for one in self.words.adjectives.get(clause.lemma, ()) if one.attributes), None)
        return None if group is None or not content else Predicate(group, clause.lemma)

    def _listed(self, clause: Clause, name: str, content: list[Clause], host: Clause | None) -> Predicate | None:
        groups = [group for group in self.words.verbs.get(name, ()) if group.attributes]
        if name in self.words.infinitives and any(one.relation == "xcomp" for one in content):
            groups = [self.words.infinitives[name]]
        if not groups:
            return None
        if content or host is not None:
            return Predicate(groups[0], name)
        group = next((one for one in groups if one.name in NOMINAL), groups[0])
        fits = (group.name in NOMINAL or name in self.words.with_object) and name not in self.words.clause_only
        if not fits or clause.child(*COMPLEMENTS) is None or self._names_itself(clause) or _is_bare_attribute(clause):
            return None
        return Predicate(group, name, alone=True)

    def _names_itself(self, clause: Clause) -> bool:
        """Whether a verb's object is its subject ("they call themselves")."""
        return any(
            child.lower_ in self.words.small("reflexives")
            for child in clause.predicate.children
            if child.dep_ in {"obj", "iobj", "expl", "expl:pv"}
        )

    def _paired(self, clause: Clause, name: str) -> Predicate | None:
        """A verb that reports only together with other words ("houdt vol", "geeft de schuld")."""
        best: Predicate | None = None
        near = {
            token.i: token
            for child in clause.predicate.children
            for token in (child, *child.children)
            if token.i in clause.tokens or token.dep_ == "case"
        }
        near |= {i: clause.doc[i] for i in clause.tokens if i > clause.head and clause.doc[i].pos_ == "ADP"}
        words = {form for token in near.values() for form in (token.lower_, plain_lemma(token))}
        for others, group in self.words.pairs.get(name, self.words.pairs.get(clause.lemma, ())):
            if others <= words and (best is None or len(others) > len(best.companions)):
                at = frozenset(i for i, token in near.items() if {token.lower_, plain_lemma(token)} & others)
                best = Predicate(group, f"{name}_{'_'.join(sorted(others))}", at, alone=True)
        return None if best is None or self._names_itself(clause) else best

    def _counting(self, part: Part, clause: Clause) -> Predicate | None:
        """A body that counts is the source of its count; a town that "counts" inhabitants is none."""
        subject, group = clause.subject(), self.words.group("say")
        if (
            clause.lemma not in self.words.counting
            or subject is None
            or group is None
            or subject.pos_ not in {"NOUN", "PROPN"}
            or clause.child("obj") is None
        ):
            return None
        source = self.cast.source(part, subject)
        if source is None or source.kind in COUNTED_BY_NONE or not self.cast.can_speak(part, subject):
            return None
        return (
            None
            if self.cast.entity_label(part, subject.i) == "LOC" or self.cast.is_place(subject)
            else Predicate(group, clause.lemma, alone=True)
        )

    def _showing(self, clause: Clause, content: list[Clause], host: Clause | None) -> Predicate | None:
        """What a report, a poll or figures show is said by those whose they are."""
        subject, group = clause.subject(), self.words.group("show")
        if subject is None or group is None or not (content or host) or clause.lemma not in self.words.shows:
            return None
        return Predicate(group, clause.lemma) if plain_lemma(subject) in self.words.documents else None


def reporting_lemma(clause: Clause, words: Lexicon) -> str:
    """The predicate's lemma, with the verb it takes along where the two report together ("laten weten", "make clear").

    A particle that the tree hangs elsewhere ("spreekt dat tegen") is joined where the language knows the verb so made.
    """
    lemma, doc = clause.lemma, clause.doc
    if (carried := carried_verb(clause, words)) is not None:
        return plain_lemma(carried)
    causatives = small_words(doc.vocab.lang, "causatives")
    for child in clause.predicate.children:
        other = str(child.base)
        if child.pos_ not in {"VERB", "ADJ"} or child.dep_ not in {"xcomp", "compound:prt", "obj", "ccomp"}:
            continue
        base = lemma.removeprefix(other)
        if base in causatives and f"{base}{other}" in words.verbs:
            return f"{base}{other}"
    if lemma not in words.verbs and (form := words.forms.get(clause.predicate.lower_)) is not None:
        lemma = form
    infinitives = [i for child in clause.children if child.relation == "xcomp" for i in child.tokens]
    for i in infinitives:
        if doc.vocab.lang == "nl" and doc[i].pos_ == "ADP" and f"{doc[i].lower_}{lemma}" in words.verbs:
            return f"{doc[i].lower_}{lemma}"
    particles = [child.lower_ for child in clause.predicate.children if child.dep_ == "compound:prt"]
    base = next((lemma.removeprefix(one) for one in particles if lemma.startswith(one)), lemma)
    if lemma not in words.verbs and (base in words.verbs or base in words.pairs):
        return base
    if doc.vocab.lang == "nl" and lemma not in words.verbs:
        for i in clause.tokens:
            token = doc[i]
            stranded = token.pos_ in {"ADP", "ADV", "ADJ"} and i > clause.head and (token.head.i < i)
            if stranded and f"{token.lower_}{lemma}" in words.verbs:
                return f"{token.lower_}{lemma}"
    return lemma


def carried_verb(clause: Clause, words: Lexicon) -> Token | None:
    """The reporting verb under one of seeming ("seemed to concede that"); None where there is none."""
    if clause.lemma not in small_words(clause.doc.vocab.lang, "carriers"):
        return None
    for child in clause.predicate.children:
        known = words.verbs.get(plain_lemma(child), ()) if child.dep_ in {"xcomp", "ccomp"} else ()
        if any(group.attributes for group in known) and child.i in clause.tokens:
            return child
    return None


def _is_bare_attribute(clause: Clause) -> bool:
    """Whether a participle only describes a noun ("stone breastworks, called sangars")."""
    return clause.relation == "acl" and clause.child("obl:agent", "nsubj", "aux", "aux:pass") is None
