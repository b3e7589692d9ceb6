"""Everybody a report names as a speaker: who a description or pronoun stands for, and for whom a spokesperson speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from relaas.model.claim import Sentence
from relaas.model.source import Source
from relaas.model.span import Span
from relaas.ontology.loader import language_data
from relaas.propositions.clauses import plain_lemma
from relaas.propositions.descriptions import Descriptions
from relaas.propositions.kinds import (
    gender_of,
    is_person,
    kind_of,
    names_person,
    noun_kind,
    pronoun_classes,
    pronouns,
    spokesperson,
)
from relaas.propositions.lexicon import lexicon, small_words
from relaas.propositions.naming import Naming
from relaas.propositions.phrases import member, phrase_tokens, singular_verb
from relaas.propositions.salience import BODY, GROUP, PERSON, Salience
from relaas.steps.step import Analysis, Part

Token = Any
BODIES = frozenset({"official", "military", "armed_group", "organisation", "media", "civilian"})
LONGEST_OWNER = 3
"""Words in the name of an owner that stands before what he owns."""
SPOKEN_FOR = frozenset({"official", "military", "armed_group", "organisation"})


class Cast(Naming):
    """The speakers of one document, filled in the order of reading."""

    def __init__(self, analysis: Analysis) -> None:
        super().__init__(analysis)
        self.spoken: list[Source] = []
        self.salience = Salience()
        self.descriptions = Descriptions(self)
        self._moments: dict[int, Salience] = {}
        for person in self.people.values():
            for part, noun in person.descriptions:
                pattern = spokesperson(part.passage.language)
                if person.principal is None and pattern and pattern.search(plain_lemma(noun)):
                    person.principal = self._principal_of(part, noun)

    def begin(self, sentence: int) -> None:
        """Go on to the next sentence of the text."""
        self.salience.sentence = sentence

    def keep(self, sentence: int) -> None:
        """Keep who was spoken of last at the end of a sentence, for `recall`."""
        self._moments[sentence] = replace(self.salience)

    def recall(self, sentence: int) -> None:
        """Go back to a sentence that was read before, so that its pronouns mean whom they meant there."""
        self.salience = replace(self._moments.get(sentence, self.salience))

    def in_speech(self, part: Part, token: int) -> bool:
        """Whether a quotation holds a token."""
        start = part.starts[token]
        return any(speech.span.start <= start < speech.span.end for speech in self.analysis.speeches)

    def remember(self, source: Source, *, plural: bool) -> None:
        """Make a source the one that the next pronoun means: a person for "he" and "she", a body for "it", a group for "they"."""
        if source.start is not None:
            self.spoken.append(source)
        known = self.people.get(source.via[0] if source.via else source.name)
        if (known is not None and known.label == "PER") or (not plural and names_person(source.name)):
            self.salience.add(source, PERSON)
        else:
            self.salience.add(source, GROUP if plural else BODY)

    def meet(self, part: Part, subject: Token, *, main: bool) -> None:
        """Take note of somebody that a sentence is about, whom a pronoun in the next may mean.

        A person who is only described counts where a main clause is about him, a place where it does something.
        """
        entity, language = self.name_in(part, subject, phrase_tokens(subject)), part.passage.language
        lemma = plain_lemma(subject)
        if entity is not None and entity.label == "PER":
            form: str | None = PERSON
        elif subject.pos_ not in {"NOUN", "PROPN"}:
            return
        elif entity is not None and entity.label == "LOC":
            form = BODY if main and subject.dep_ == "nsubj" and subject.head.pos_ == "VERB" else None
        elif (entity is None or entity.label != "ORG") and noun_kind(lemma, subject.lower_, language) in {
            None,
            "unnamed",
        }:
            return
        elif subject.pos_ == "NOUN" and subject.lower_ != lemma:
            form = GROUP if main else None
        elif is_person(lemma, language):
            alone = all(token.dep_ != "conj" for token in subject.children)
            form = PERSON if main and alone else None
        else:
            form = BODY
        source = self.source(part, subject) if form is not None else None
        if source is not None and form is not None and source.kind != "unnamed":
            self.salience.add(source, form, gender_of(lemma, language))

    def mention(self, part: Part, sentence: Sentence) -> None:
        """Take note of the one person whom a sentence names in passing ("we spoke to Amina Noor"), where it is about no other."""
        if any(one.form == PERSON and one.sentence == sentence.index for one in self.salience.mentions):
            return
        named = {
            entity.span.start: token
            for token in part.tokens(sentence.span)
            if (entity := self.entity_at(part, token.i)) is not None
            and entity.label == "PER"
            and part.starts[token.i] == entity.span.start
            and token.dep_ != "nmod:poss"
            and not self.in_speech(part, token.i)
        }
        if len(named) == 1 and (source := self.source(part, next(iter(named.values())))) is not None:
            self.salience.add(source, PERSON)

    def source(self, part: Part, head: Token, *, speaker: Source | None = None) -> Source | None:
        """The source that a noun phrase names, by its head; None where the phrase can be nobody (a bare relative or expletive)."""
        language = part.passage.language
        one = member(head)
        if head.lower_ in small_words(language, "relatives") and head.pos_ == "PRON":
            return self._relative(part, head, speaker)
        if (
            one is None
            and (head.pos_ == "PRON" or head.lower_ in pronouns(language))
            and head.pos_ not in {"NOUN", "PROPN"}
        ):
            return self._pronoun(part, head, speaker)
        if one is not None:
            if one.pos_ == "PRON":
                return self._pronoun(part, one, speaker)
            return self.common(part, one, [one.i], singular=head.lower_ in small_words(language, "single_members"))
        found = self._phrase_source(part, head, speaker)
        return self.coordinated(part, head, found) if found is not None else None

    def _phrase_source(self, part: Part, head: Token, speaker: Source | None) -> Source | None:
        tokens = phrase_tokens(head)
        if (spoken_for := self._spokesperson(part, head, tokens, speaker)) is not None:
            return spoken_for
        if (issuer := self._issuer(part, head, speaker)) is not None:
            return issuer
        entity = self.name_in(part, head, tokens)
        if entity is not None:
            return self.named(part, head, entity, Span(part.starts[tokens[0]], part.ends[tokens[-1]]))
        return self._described(part, head, tokens) or self._owned(part, head) or self.common(part, head, tokens)

    def _owned(self, part: Part, head: Token) -> Source | None:
        """Somebody told by whose he is ("her husband"), by the owner's name: "Fatima Bazzi's husband", "broer van Jan Bos"."""
        data = language_data(part.passage.language, "sources").get("owned", {})
        word = next((child for child in head.children if child.lower_ in data.get("owners", ())), None)
        own = self.common(part, head, phrase_tokens(head)) if word is not None and word.i < head.i else None
        told = plain_lemma(head) in data["nouns"] if "nouns" in data else self.can_speak(part, head)
        if word is None or own is None or not told:
            return None
        owner = self._owner(part, word)
        if owner is None:
            return None
        pattern = next(
            (data["endings"][end] for end in data.get("endings", ()) if owner.endswith(end)), data["pattern"]
        )
        return replace(own, name=str(pattern).format(owner=owner, owned=own.name))

    def _owner(self, part: Part, word: Token) -> str | None:
        """The name of whom a possessive stands for: the subject before it in its sentence that agrees with it, else whoever "he" or "it" means."""
        classes = pronoun_classes(part.passage.language).get(word.lower_, frozenset())
        for subject in reversed(self._subjects_before(part, word)):
            several = subject.lower_ != plain_lemma(subject) and subject.pos_ == "NOUN"
            person = self.entity_label(part, subject.i) == "PER" or is_person(
                plain_lemma(subject), part.passage.language
            )
            form = "they" if several else ("he" if person else "it")
            source = (
                self._phrase_source(part, subject, None) if form in classes or (person and "she" in classes) else None
            )
            if source is not None and len(source.name.split()) <= LONGEST_OWNER:
                return source.name
        if "they" in classes and "she" not in classes:
            return None
        meant = (
            self.salience.last(BODY)
            if "it" in classes
            else self.salience.last(PERSON, gender=min(classes, default=None))
        )
        return meant.source.name if meant is not None and meant.source.name[:1].isupper() else None

    def _subjects_before(self, part: Part, word: Token) -> list[Token]:
        return [
            token
            for token in part.doc[word.sent.start : word.i]
            if token.dep_ in {"nsubj", "nsubj:pass"} and token.pos_ in {"NOUN", "PROPN"} and not token.is_ancestor(word)
        ]

    def on_behalf(self, part: Part, tokens: Iterable[int], source: Source) -> Source:
        """The body for which somebody speaks ("zei kolonel X namens het leger"), with him in ``via``; else the source itself."""
        for i in tokens:
            if part.doc[i].lower_ in small_words(part.passage.language, "on_behalf") and not source.via:
                stretch = [t for t in part.doc[i + 1 : i + 8] if not t.is_punct]
                head = next(
                    (t for t in stretch if t.pos_ in {"NOUN", "PROPN"} and t.head.i not in range(i + 1, t.i)), None
                )
                body = self._phrase_source(part, head, None) if head is not None else None
                if body is not None:
                    return Source(body.name, body.kind, body.text, body.start, body.end, (source.name,))
        return source

    def _relative(self, part: Part, head: Token, speaker: Source | None) -> Source | None:
        """Whom a relative pronoun stands for: the noun that its clause describes."""
        clause = head.head
        noun = clause.head if clause.dep_ == "acl:relcl" and clause.i != clause.head.i else None
        if noun is None or noun.pos_ not in {"NOUN", "PROPN"}:
            return None
        return self._phrase_source(part, noun, speaker)

    def _issuer(self, part: Part, head: Token, speaker: Source | None) -> Source | None:
        """Whose statement, figures or report speaks: "a statement by the ministry", "its report"."""
        if plain_lemma(head) not in lexicon(part.passage.language).documents:
            return None
        issuing = small_words(part.passage.language, "issuing")
        for child in head.children:
            owner = child.dep_ == "nmod:poss" or (
                child.dep_ in {"nmod", "obl"} and any(t.dep_ == "case" and t.lower_ in issuing for t in child.children)
            )
            if owner and child.pos_ in {"NOUN", "PROPN", "PRON"}:
                if child.pos_ == "PRON":
                    return self.salience.body()
                return self._phrase_source(part, child, speaker)
        return None

    def outlet(self) -> Source | None:
        """The publisher, as the one who speaks where a statement says "we"."""
        publisher = self.analysis.document.publisher
        if publisher is None:
            return self._publisher()
        name = re.sub(r"\s*\([^()]*\)$", "", publisher)
        return Source(name, kind_of(name.lower(), self.analysis.document.language or "") or "organisation")

    def _publisher(self) -> Source | None:
        """The organisation that a statement without a publisher is most about; None where no organisation is named twice."""
        counts = Counter(entity.text for entity in self._entities if entity.label == "ORG")
        language = self.analysis.document.language or ""
        bodies = [name for name in counts if kind_of(name.lower(), language) in {None, "organisation", "media"}]
        best = max(bodies, key=lambda name: counts[name], default=None)
        known = self.people.get(best) if best is not None else None
        if best is None or (counts[best] < 2 and (known is None or known.kind != "organisation")):
            return None
        return Source(self.full_name(best, "ORG"), (known.kind if known else None) or "organisation")

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
                    principal = self._body_before(part, child) or self.salience.person()
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
            principal = self._spoken_for(part, head) if own is None else None
            if principal is None:
                return None
            principal = Source(principal.name, principal.kind, head.text, part.starts[head.i], part.ends[head.i])
        via = self.full_name(own.text, "PER") if own else head.lower_
        return Source(principal.name, principal.kind, principal.text, principal.start, principal.end, (via,))

    def _spoken_for(self, part: Part, head: Token) -> Source | None:
        """The body that a spokesperson without more words speaks for: the one that is spoken of before."""
        near, last = self._body_before(part, head), self.salience.last(BODY, GROUP)
        found = near or (last.source if last is not None else None)
        return found if found is not None and found.kind in SPOKEN_FOR else None

    def _body_before(self, part: Part, possessive: Token) -> Source | None:
        """The body that the clause before "its spokesman" in the same sentence is about."""
        for subject in reversed(self._subjects_before(part, possessive)):
            lemma, language = plain_lemma(subject), part.passage.language
            body = kind_of(lemma, language) in BODIES and not is_person(lemma, language)
            if self.entity_label(part, subject.i) == "ORG" or (body and self.entity_label(part, subject.i) is None):
                return self._phrase_source(part, subject, None)
        return None

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
                return self.named(part, child, entity, entity.span)
        return None

    def _pronoun(self, part: Part, head: Token, speaker: Source | None) -> Source | None:
        kinds = pronoun_classes(part.passage.language).get(head.lower_, frozenset())
        span = (head.text, part.starts[head.i], part.ends[head.i])
        if kinds & {"i", "we"}:
            return speaker
        known = self._meant(head, kinds)
        if known is None:
            return None
        return Source(known.name, known.kind, *span, known.via)

    def _meant(self, head: Token, kinds: frozenset[str]) -> Source | None:
        """Whom a pronoun means by its classes, and by the number of its verb where they leave that open."""
        if "they" in kinds and ("she" not in kinds or not singular_verb(head)):
            return self.salience.several()
        if "it" in kinds:
            return self.salience.body()
        if "she" in kinds and "they" in kinds:
            return self.salience.she_or_body("she")
        gender = min(kinds & {"he", "she"}, default=None)
        return self.salience.person(gender) if gender is not None else None

    def _described(self, part: Part, head: Token, tokens: list[int]) -> Source | None:
        """A definite description whose noun described somebody by name ("de burgemeester", "the charity"), or is the last word of a body's name."""
        definite = any(part.doc[i].lower_ in small_words(part.passage.language, "definite") for i in tokens[:1])
        if not definite or len([i for i in tokens if part.doc[i].pos_ in {"NOUN", "PROPN"}]) > 1:
            return None
        lemma, place = plain_lemma(head), (head.text, part.starts[head.i], part.ends[head.i])
        for person in reversed(self.people.values()):
            if any(role == lemma or (role.endswith(lemma) and len(lemma) > 4) for role in person.roles):
                if person.principal is not None:
                    return Source(person.principal.name, person.principal.kind, *place, (person.name,))
                kind = person.kind or kind_of(lemma, part.passage.language) or "unnamed"
                return Source(person.name, kind, *place)
        if len(tokens) > 2:
            return None
        earlier = [one for one in self.spoken if one.name.split()[-1:] == [head.text] or head.text in one.name.split()]
        if (
            earlier
            and len(earlier[-1].name.split()) > 1
            and earlier[-1].kind == (kind_of(lemma, part.passage.language) or earlier[-1].kind)
        ):
            return Source(earlier[-1].name, earlier[-1].kind, *place, earlier[-1].via)
        bodies = {name for name, person in self.people.items() if person.label == "ORG" and len(name.split()) > 1}
        named = sorted(name for name in bodies if name.lower().endswith(f" {head.lower_}"))
        if len(named) == 1 and named[0][:1].isupper():
            known = self.people[named[0]].kind or kind_of(lemma, part.passage.language)
            return Source(named[0], known or "organisation", *place)
        told = self.descriptions.of(part, head)
        return None if told is None else Source(told.name, told.kind, *place)

    def _principal_of(self, part: Part, noun: Token) -> Source | None:
        for child in noun.children:
            if (
                child.dep_ in {"nmod", "compound", "nmod:of"}
                and child.pos_ in {"NOUN", "PROPN"}
                and self.entity_label(part, child.i) != "PER"
            ):
                return self.source(part, child)
        return self._compound_principal(part, noun)
