"""Everybody a report names as a speaker: who a description or pronoun stands for, and for whom a spokesperson speaks."""

from __future__ import annotations

import re
from typing import Any

from relaas.model.source import Source
from relaas.model.span import Span
from relaas.propositions.clauses import plain_lemma
from relaas.propositions.kinds import is_person, kind_of, pronouns, spokesperson
from relaas.propositions.lexicon import small_words
from relaas.propositions.phrases import contiguous, member, phrase_tokens, singular_verb
from relaas.propositions.roster import Roster
from relaas.steps.step import Analysis, Entity, Part

Token = Any


class Cast(Roster):
    """The speakers of one document, filled in the order of reading."""

    def __init__(self, analysis: Analysis) -> None:
        super().__init__(analysis)
        self.analysis = analysis
        self.last: Source | None = None
        self.last_plural: Source | None = None
        for person in self.people.values():
            for part, noun in person.descriptions:
                pattern = spokesperson(part.passage.language)
                if person.principal is None and pattern and pattern.search(plain_lemma(noun)):
                    person.principal = self._principal_of(part, noun)

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

    def source(self, part: Part, head: Token, *, speaker: Source | None = None) -> Source | None:
        """The source that a noun phrase names, by its head; None where the phrase can be nobody (a bare relative or expletive)."""
        language = part.passage.language
        if (head.pos_ == "PRON" and member(head) is None) or (
            head.lower_ in pronouns(language) and head.pos_ not in {"NOUN", "PROPN"}
        ):
            return self._pronoun(part, head, speaker)
        if head.pos_ in {"NUM", "PRON", "DET"} and (one := member(head)) is not None:
            return self._common(part, one, [one.i], singular=head.lower_ in small_words(language, "single_members"))
        tokens = phrase_tokens(head)
        span = Span(part.starts[tokens[0]], part.ends[tokens[-1]])
        if (spoken_for := self._spokesperson(part, head, tokens, speaker)) is not None:
            return spoken_for
        entity = self.name_in(part, head, tokens)
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
        kept = contiguous([i for i in sorted(tokens) if i not in case], head.i)
        while len(kept) > 1 and part.doc[kept[-1]].is_punct:
            kept.pop()
        return Span(part.starts[kept[0]], part.ends[kept[-1]])

    def is_place(self, head: Token) -> bool:
        """Whether a noun names a kind of place ("capital", "city"), which counts its inhabitants without saying so."""
        return plain_lemma(head) in small_words(head.doc.vocab.lang, "kinds_of_place")

    def outlet(self) -> Source | None:
        """The publisher, as the one who speaks where a statement says "we"."""
        publisher = self.analysis.document.publisher
        if publisher is None:
            return None
        name = re.sub(r"\s*\([^()]*\)$", "", publisher)
        return Source(name, kind_of(name.lower(), self.analysis.document.language or "") or "organisation")

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
            kind = {"PER": "civilian", "LOC": "official", "MISC": "official"}.get(entity.label, "organisation")
        return Source(name, kind or "organisation", entity.text, entity.span.start, entity.span.end)

    def _common(self, part: Part, head: Token, tokens: list[int], *, singular: bool = False) -> Source | None:
        kept = [
            i
            for i in tokens
            if not (part.doc[i].pos_ == "DET" or part.doc[i].lower_ in small_words(part.passage.language, "articles"))
            or i > head.i
        ]
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
        kept = contiguous(kept, head.i)
        span = Span(part.starts[kept[0]], part.ends[kept[-1]])
        name = span.of(self.analysis.text)
        if not name.strip():
            return None
        if singular:
            name = plain_lemma(head)
        first = part.doc[kept[0]]
        if first.is_sent_start and first.pos_ not in {"PROPN"} and not self.is_name(part, first):
            name = name[0].lower() + name[1:]
        kind = kind_of(plain_lemma(head), part.passage.language) or kind_of(head.lower_, part.passage.language)
        kind = kind or kind_of(name.lower(), part.passage.language)
        return Source(name, kind or "unnamed", span.of(self.analysis.text), span.start, span.end)

    def _spokesperson(self, part: Part, head: Token, tokens: list[int], speaker: Source | None) -> Source | None:
        """The one for whom a spokesperson speaks, with the spokesperson in ``via``."""
        language = part.passage.language
        pattern = spokesperson(language)
        if pattern is None or (not pattern.search(plain_lemma(head)) and not pattern.search(head.lower_)):
            return None
        entity = self.name_in(part, head, tokens)
        own = entity if entity is not None and entity.label == "PER" else None
        principal: Source | None = None
        for child in head.children:
            if child.dep_ in {"nmod", "nmod:poss", "compound", "nmod:of", "obl"} and child.i in tokens:
                if child.pos_ == "PRON" or child.lower_ in small_words(language, "possessives"):
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

    def _pronoun(self, part: Part, head: Token, speaker: Source | None) -> Source | None:
        kind = pronouns(part.passage.language).get(head.lower_)
        span = (head.text, part.starts[head.i], part.ends[head.i])
        if kind in {"i", "we"}:
            return speaker
        plural = kind == "they" and not singular_verb(head)
        known = (self.last_plural or self.last) if plural else self.last or self.last_plural
        if kind is None or known is None:
            return None
        return Source(known.name, known.kind, *span, known.via)

    def _described(self, part: Part, head: Token, tokens: list[int]) -> Source | None:
        """A definite description whose noun described somebody by name before ("de burgemeester", "the charity")."""
        definite = any(part.doc[i].lower_ in small_words(part.passage.language, "definite") for i in tokens[:1])
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

    def _principal_of(self, part: Part, noun: Token) -> Source | None:
        for child in noun.children:
            if (
                child.dep_ in {"nmod", "compound", "nmod:of"}
                and child.pos_ in {"NOUN", "PROPN"}
                and self.entity_label(part, child.i) != "PER"
            ):
                return self.source(part, child)
        return self._compound_principal(part, noun)
