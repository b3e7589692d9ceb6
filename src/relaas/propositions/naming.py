"""From a noun phrase to the name of a source: how much of it is the name, and what kind of source it describes."""

from __future__ import annotations

from typing import Any

from relaas.knowledge.actors import actors
from relaas.model.source import Source
from relaas.model.span import Span
from relaas.propositions.clauses import plain_lemma
from relaas.propositions.kinds import described_kind, is_person, kind_of, noun_kind, otherwise
from relaas.propositions.lexicon import lexicon, small_words
from relaas.propositions.phrases import contiguous, phrase_tokens, run_around
from relaas.propositions.roster import Person, Roster
from relaas.steps.step import Analysis, Entity, Part

Token = Any
KIND_OF_NAME = {"PER": "civilian", "LOC": "official", "MISC": "official"}
KNOWN = "official"
"""What somebody is of whom the report says no more than the name: readers know him from the news."""
SEATED = frozenset({"official", "military", "organisation"})
PEOPLE = frozenset({"civilian", "witness", "expert"})
SMALL_LINKS = frozenset({"van", "voor", "of", "for"})
BEFORE_NAME = frozenset({"DET", "PUNCT", "ADP", "ADV", "PRON", "CCONJ", "SCONJ"})


class Naming(Roster):
    """Names the sources of one document as its noun phrases give them."""

    def __init__(self, analysis: Analysis) -> None:
        super().__init__(analysis)
        self.analysis = analysis

    def phrase(
        self, part: Part, head: Token, *, within: tuple[int, int] | None = None, verb: int | None = None
    ) -> Span:
        """The whole noun phrase with article and apposition, as the attribution spans have it.

        ``within`` and ``verb`` bound it where reporting words are known by their order: it stays on its side of the verb.
        """
        tokens = {token.i for token in head.subtree}
        case = {token.i for token in head.children if token.dep_ in {"case", "punct", "mark", "cc"}}
        case |= {below.i for token in head.children if token.dep_ == "case" for below in token.subtree}
        if within is not None and verb is not None:
            side = range(within[0], verb) if head.i < verb else range(verb + 1, within[1] + 1)
            near = set(run_around(head))
            tokens |= near | {below.i for i in near for below in part.doc[i].subtree}
            case = {i for i in case if i < head.i and i not in near}
            tokens = {i for i in tokens if i in side}
            if head.i < verb:
                tokens = set(range(within[0], max(tokens) + 1))
        kept = contiguous([i for i in sorted(tokens) if i not in case], head.i)
        while len(kept) > 1 and part.doc[kept[-1]].is_punct:
            kept.pop()
        return Span(part.starts[kept[0]], part.ends[kept[-1]])

    def can_speak(self, part: Part, head: Token) -> bool:
        """Whether a noun phrase names somebody: a name of a person or body, or a noun that describes a kind of source."""
        if self.entity_label(part, head.i) in {"PER", "ORG"}:
            return True
        lemma, language = plain_lemma(head), part.passage.language
        known = noun_kind(lemma, head.lower_, language)
        if known is not None:
            return known != "unnamed"
        return head.pos_ == "PROPN" or otherwise(lemma, language) == "civilian"

    def is_place(self, head: Token) -> bool:
        """Whether a noun names a kind of place ("capital", "city"), which counts its inhabitants without saying so."""
        return plain_lemma(head) in small_words(head.doc.vocab.lang, "kinds_of_place")

    def named(self, part: Part, head: Token, entity: Entity, span: Span) -> Source:
        """The source that a name stands for: its fullest form, its kind by how it is described here or elsewhere."""
        wide = self._widened(part, head, entity)
        name = wide.of(self.analysis.text) if wide != entity.span else self.full_name(entity.text, entity.label)
        person = self.people.get(name) or self.people.get(entity.text)
        if person is not None and person.principal is not None and entity.label == "PER":
            body = person.principal
            return Source(body.name, body.kind, entity.text, entity.span.start, entity.span.end, (name,))
        kind = self._kind_of_name(part, head, entity, span, person)
        return Source(name, kind, wide.of(self.analysis.text), wide.start, wide.end)

    def _kind_of_name(self, part: Part, head: Token, entity: Entity, span: Span, person: Person | None) -> str:
        language = part.passage.language
        if entity.label == "LOC":
            return "official"
        own = self.entity_at(part, head.i) is None
        words = span.of(self.analysis.text)
        if entity.label == "PER":
            plain = [token for token in part.tokens(span) if self.entity_at(part, token.i) is None]
            words = " ".join(token.text for token in plain)
        found = described_kind(head, words, language) if own else None
        found = found or (person.kind if person else None) or kind_of(words, language)
        if found is None or found == "unnamed":
            day = self.analysis.document.published
            known = actors().find(self.full_name(entity.text, entity.label), day)
            presumed = KNOWN if person is not None and entity.label == "PER" and not person.told else None
            found = (known.kind(day) if known else None) or presumed or KIND_OF_NAME.get(entity.label, "organisation")
        return found

    def _widened(self, part: Part, head: Token, entity: Entity) -> Span:
        """A name with the words before it that belong to it: "United" before "Nations", "Thai" before "health ministry"."""
        inside = list(part.tokens(entity.span))
        if not inside or entity.label == "PER":
            return entity.span
        common, first = not entity.text[:1].isupper(), inside[0].i
        allowed = {token.i for token in head.subtree} | {token.i for one in inside for token in one.subtree}
        while first - 1 in allowed:
            before = part.doc[first - 1]
            owner = before.dep_ == "case" and before.pos_ == "PART"
            people = self.entity_at(part, first - 1)
            joined = before.text[:1].isupper() and before.dep_ in {"amod", "compound", "flat"}
            joined = joined and (before.pos_ != "ADJ" or people is None)
            described = common and before.pos_ == "ADJ" and not self._before_name(before)
            if common and owner and first >= 2 and part.doc[first - 2].text[:1].isupper():
                first -= 2
            elif described or (joined and not before.is_sent_start and entity.label == "ORG"):
                first -= 1
            else:
                break
        start = part.starts[first] if first != inside[0].i else entity.span.start
        wide = Span(start, entity.span.end)
        return self._seated(part, inside[-1].i, wide, inside[-1]) if entity.label == "ORG" else wide

    def common(self, part: Part, head: Token, tokens: list[int], *, singular: bool = False) -> Source | None:
        """The source that a description stands for, without article and capital of the sentence's beginning."""
        articles, language = small_words(part.passage.language, "articles"), part.passage.language
        owners = {token.i for token in head.subtree if token.dep_ == "nmod:poss" and token.pos_ in {"NOUN", "PROPN"}}
        kept = [i for i in tokens if i > head.i or not (part.doc[i].pos_ == "DET" or part.doc[i].lower_ in articles)]
        single, owning = small_words(language, "single_members"), small_words(language, "owning")
        while (
            kept
            and kept[0] < head.i
            and kept[0] not in owners
            and (self._before_name(part.doc[kept[0]]) or part.doc[kept[0]].lower_ in single | owning)
        ):
            kept.pop(0)
        if not kept:
            return None
        kept = contiguous(kept, head.i)
        addressing = small_words(language, "addressing")
        kept = kept[
            : next((n for n, i in enumerate(kept) if i > head.i and part.doc[i].lower_ in addressing), len(kept))
        ]
        while len(kept) > 1 and part.doc[kept[-1]].lower_ in small_words(language, "intensifiers"):
            kept.pop()
        span = Span(part.starts[kept[0]], part.ends[kept[-1]])
        name = span.of(self.analysis.text)
        if not name.strip():
            return None
        span = self._seated(part, kept[-1], self._told_apart(part, kept[-1], span, head), head)
        name = span.of(self.analysis.text)
        if singular:
            name = plain_lemma(head)
        first = part.doc[kept[0]]
        if first.is_sent_start and first.pos_ != "PROPN" and not self.is_name(part, first):
            name = name[0].lower() + name[1:]
        kind = described_kind(head, name, language) or otherwise(plain_lemma(head), language)
        return Source(name, kind, span.of(self.analysis.text), span.start, span.end)

    def _told_apart(self, part: Part, last: int, span: Span, head: Token) -> Span:
        """A described person with the place that tells him apart ("vrouw in de rij voor brood"), not that of his speaking."""
        doc, language = part.doc, part.passage.language
        following = doc[last + 1].lower_ if last + 2 < len(doc) else ""
        if following not in small_words(language, "locating") or head.i != last or not self._describes_person(head):
            return span
        stretch = []
        for token in doc[last + 2 : last + 9]:
            if token.is_punct or token.pos_ in {"VERB", "AUX", "SCONJ", "CCONJ", "PRON", "ADV"}:
                break
            if token.pos_ == "ADP" and token.lower_ not in small_words(language, "locating") | SMALL_LINKS:
                break
            stretch.append(token)
        while stretch and stretch[-1].pos_ not in {"NOUN", "PROPN"}:
            stretch.pop()
        nouns = [token for token in stretch if token.pos_ in {"NOUN", "PROPN"}]
        utterances = lexicon(language).documents | small_words(language, "occasions")
        if not nouns or any(plain_lemma(token) in utterances or token.lower_ in utterances for token in nouns):
            return span
        return Span(span.start, part.ends[stretch[-1].i])

    def _describes_person(self, head: Token) -> bool:
        lemma, language = plain_lemma(head), head.doc.vocab.lang
        person = is_person(lemma, language) or noun_kind(lemma, head.lower_, language) in PEOPLE
        return head.pos_ == "NOUN" and person

    def _seated(self, part: Part, last: int, span: Span, head: Token) -> Span:
        """A body's name with the place of its seat ("ministry in Moscow"); of people it is no part, nor of a verb's object."""
        language = part.passage.language
        if last + 2 >= len(part.doc) or part.doc[last + 1].lower_ not in small_words(language, "seats"):
            return span
        words = span.of(self.analysis.text).lower()
        kind, seat = kind_of(plain_lemma(head), language) or kind_of(words, language), self.entity_at(part, last + 2)
        if kind not in SEATED or is_person(plain_lemma(head), language) or seat is None or seat.label != "LOC":
            return span
        return span if head.dep_ in {"obj", "obl"} else Span(span.start, seat.span.end)

    def _before_name(self, token: Token) -> bool:
        """Whether a word before a description is no part of it: articles, "its", a doubt ("onbevestigde")."""
        doubts = lexicon(token.doc.vocab.lang).hearsay_adjectives
        if token.pos_ in {"ADJ", "VERB"} and doubts and doubts.fullmatch(token.lower_):
            return True
        return token.pos_ in BEFORE_NAME or (token.dep_ == "nmod:poss" and token.pos_ not in {"NOUN", "PROPN"})

    def coordinated(self, part: Part, head: Token, first: Source) -> Source:
        """Several who speak together are one source by all their names ("France and Russia")."""
        own = [head, *(child for child in head.children if child.dep_ in {"flat", "appos", "nmod:desc"})]
        others = [
            child for one in own for child in one.children if child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN"}
        ]
        cuts = [child for child in others if any(grand.dep_ == "cc" for grand in child.children)]
        if not cuts or first.start is None or first.via or any(child.i < head.i for child in others):
            return first
        if not all(
            kind_of(plain_lemma(child), part.passage.language) or self.entity_at(part, child.i) for child in others
        ):
            return first
        last = part.span(others[-1].i, max(phrase_tokens(others[-1])))
        start = min(first.start, last.start)
        text = Span(start, last.end).of(self.analysis.text)
        return Source(text, first.kind, text, start, last.end)
