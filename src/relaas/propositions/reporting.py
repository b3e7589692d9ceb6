"""Attributions by a verb or adjective: its subject, and the clause, quotation or object that it introduces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from relaas.model.source import Source
from relaas.propositions.attribution import Attribution
from relaas.propositions.cast import Cast
from relaas.propositions.clauses import Clause
from relaas.propositions.extents import cue_span, object_span, span_below
from relaas.propositions.hosts import beside_verb, host_of, is_content, region
from relaas.propositions.kinds import pronouns
from relaas.propositions.lexicon import Lexicon
from relaas.propositions.negation import is_negated, is_uncheckable
from relaas.propositions.phrases import phrase_top
from relaas.propositions.predicates import Predicate, Predicates, carried_verb
from relaas.steps.step import Part

Token = Any
ATTITUDES = frozenset({"hope", "fear", "call", "believe", "expect", "plan", "warn", "accuse", "doubt"})
HELD = frozenset({"believe", "expect"})
NEEDS_AGENT = frozenset({"confirm", "believe", "expect", "fear", "find", "call", "plan"})


class Reporting:
    """Attributions by a verb or adjective of saying, believing, wanting."""

    def __init__(self, cast: Cast, words: Lexicon) -> None:
        self.cast = cast
        self.words = words
        self.predicates = Predicates(cast, words)

    def find(self, part: Part, clause: Clause, clauses: list[Clause], speaker: Source | None) -> Iterable[Attribution]:
        """A reporting verb or adjective with what it introduces."""
        content = [child for child in clause.children if is_content(child)]
        gerund = clause.predicate.lower_.endswith(self.words.gerunds) if self.words.gerunds else False
        host = None if content or (gerund and not clause.auxiliaries()) else host_of(clause)
        predicate = self._predicate(part, clause, content, host)
        if predicate is None or is_uncheckable(clause, self.words):
            return
        if host is not None and predicate.alone and predicate.companions and clause.child("obj", "obl", "obl:arg"):
            host = None
        if host is not None:
            content = [host]
        passive = any(child.dep_ in {"aux:pass", "nsubj:pass"} for child in clause.predicate.children)
        if passive and predicate.group.name in NEEDS_AGENT and clause.child("obl:agent") is None:
            if predicate.group.name in HELD and content and host is None:
                yield self._held(part, clause, predicate, content)
            return
        behind = bool(content) and all(child.head < clause.head for child in content)
        subject = self._subject(clause, passive=passive, inverted=behind)
        if subject is None and (host is not None or not content):
            return
        if subject is not None and subject.lower_ in self.words.negation and predicate.group.name in {"doubt", "deny"}:
            yield from self._undoubted(part, clause, clauses, predicate, subject, content)
            return
        if subject is not None and pronouns(self.words.language).get(subject.lower_) in {"i", "we"} and speaker is None:
            if predicate.group.name not in ATTITUDES or subject.pos_ != "PRON":
                return
            speaker = None if self.cast.in_speech(part, clause.head) else self.cast.outlet()
        yield self._attribution(part, clause, clauses, predicate, subject, content, speaker)

    def _before_questions(self, clause: Clause, subject: Token) -> Token:
        """Of two subjects the one that is no question ("hoeveel tolken er wachten, kon het departement niet zeggen")."""
        subjects = [child for child in clause.predicate.children if child.dep_ == "nsubj"]
        plain = [
            child for child in subjects if not any(t.lower_ in self.words.questions for t in [child, *child.children])
        ]
        return plain[0] if len(subjects) > 1 and plain else subject

    def _predicate(self, part: Part, clause: Clause, content: list[Clause], host: Clause | None) -> Predicate | None:
        found, say = self.predicates.of(part, clause, content, host), self.words.group("say")
        if found is None and say is not None and self.predicates.by_construction(part, clause, content, host):
            return Predicate(say, "construction")
        return found

    def _attribution(
        self,
        part: Part,
        clause: Clause,
        clauses: list[Clause],
        predicate: Predicate,
        subject: Token | None,
        content: list[Clause],
        speaker: Source | None,
    ) -> Attribution:
        said = region(part, clause, subject, content)
        source = self.cast.source(part, subject, speaker=speaker) if subject is not None else None
        if subject is not None and source is None:
            source = speaker
        elif source is not None and subject is not None:
            described = [t.i for t in subject.subtree]
            source = self.cast.on_behalf(
                part, [*clause.tokens, *described], _before(part, source, predicate.companions)
            )
        cue = cue_span(clause, predicate.companions)
        spans = [
            span_below(part, child, without=said if child.head not in said else frozenset()) for child in content
        ] or object_span(clause)
        if content:
            self._set_frame(clause, clauses, content, said)
        elif subject is not None:
            cut = min((i for i in predicate.companions if i > subject.i), default=len(part.doc))
            edge = {clause.head, *(t.i for t in subject.subtree if t.i < cut), *(t.i for t in part.tokens(cue))}
            clause.left_out |= edge & set(clause.tokens)
        return Attribution(
            cue=cue,
            group=predicate.group,
            source=source,
            source_span=self.cast.phrase(part, subject) if subject is not None else None,
            content=spans,
            clauses=[child.number for child in content] or [clause.number],
            negated=is_negated(clause, self.words),
            rule=f"{self.words.language}.{predicate.group.name}.{predicate.name}",
            within=not content,
            hedged=carried_verb(clause, self.words) is not None,
            outside=said - {i for child in content for i in child.tokens},
        )

    def _undoubted(
        self,
        part: Part,
        clause: Clause,
        clauses: list[Clause],
        predicate: Predicate,
        subject: Token,
        content: list[Clause],
    ) -> Iterable[Attribution]:
        """What "nobody doubts" holds, by the outlet's own account."""
        if not content:
            return
        said = region(part, clause, subject, content)
        self._set_frame(clause, clauses, content, said)
        rule = f"{self.words.language}.{predicate.group.name}.{predicate.name}"
        spans = [span_below(part, child) for child in content]
        numbers = [child.number for child in content]
        yield Attribution(cue_span(clause), predicate.group, None, None, spans, numbers, negated=True, rule=rule)

    def _held(self, part: Part, clause: Clause, predicate: Predicate, content: list[Clause]) -> Attribution:
        """What "is believed to" be so, by nobody named: it stays the outlet's, and is less sure."""
        spans = [span_below(part, child) for child in content]
        numbers = [clause.number, *(child.number for child in content)]
        rule = f"{self.words.language}.{predicate.group.name}.{predicate.name}"
        return Attribution(cue_span(clause), predicate.group, None, None, spans, numbers, rule=rule)

    def own_account(self, part: Part, clause: Clause) -> Iterable[Attribution]:
        """ "Naar eigen zeggen": the clause's subject is its source."""
        group, subject = self.words.group("say"), clause.subject()
        match = self.words.own_words.search(clause.words) if self.words.own_words else None
        if match is None or group is None or subject is None or (source := self.cast.source(part, subject)) is None:
            return
        first = clause.words[: match.start()].count(" ")
        cue = part.span(
            clause.tokens[first], clause.tokens[min(first + match.group(0).count(" "), len(clause.tokens) - 1)]
        )
        yield Attribution(
            cue,
            group,
            source,
            self.cast.phrase(part, subject),
            [clause.span_of(clause.tokens)],
            [clause.number],
            rule=f"{self.words.language}.own_account",
        )

    def _set_frame(self, clause: Clause, clauses: list[Clause], content: list[Clause], said: frozenset[int]) -> None:
        """Reporting words carry no claim of their own, nor do phrases that describe the speaker; a finite relative clause does, the outlet's."""
        clause.frame = True
        kept = {one.number for one in content}
        for other in clauses:
            described = other.head in said and other.number not in kept and other is not clause
            if described and other.relation == "acl:relcl" and other.is_finite():
                continue
            other.left_out |= said & set(other.tokens)
            if described and other.relation in {"acl:relcl", "acl", "appos"}:
                other.frame = True

    def _subject(self, clause: Clause, *, passive: bool, inverted: bool) -> Token | None:
        """Who reports: the subject, a passive's agent, or, where the tree names none, the noun phrase beside a verb set in between."""
        subject = clause.child("obl:agent") if passive else clause.subject()
        if subject is not None and not passive and subject.lower_ in self.words.small("expletives"):
            meant = pronouns(self.words.language).get(subject.lower_) == "it" and subject.dep_ == "nsubj"
            subject = subject if meant else None
        elif subject is not None and not passive:
            subject = self._before_questions(clause, subject)
        if subject is not None and not passive and (nearer := _behind_semicolon(clause, subject)) is not None:
            return nearer
        if subject is None and inverted and not passive:
            subject = beside_verb(clause)
        return subject


def _behind_semicolon(clause: Clause, subject: Token) -> Token | None:
    """The noun phrase between a semicolon and the verb, where the tree takes the verb's subject from before the semicolon."""
    doc, verb = clause.doc, clause.head
    marks = [i for i in range(subject.i, verb) if doc[i].text == ";"]
    if not marks:
        return None
    nouns = [token for token in doc[marks[-1] + 1 : verb] if token.pos_ in {"NOUN", "PROPN", "PRON"}]
    return phrase_top(nouns) if nouns else None


def _before(part: Part, source: Source, companions: frozenset[int]) -> Source:
    """A source's name without what belongs to the verb ("de legerleiding | van een bevrijding" under "spreekt")."""
    if source.start is None or source.end is None or source.text is None:
        return source
    ends = [part.ends[i - 1] for i in companions if i and source.start < part.starts[i] < source.end]
    if not ends or source.text != source.name:
        return source
    text = source.text[: min(ends) - source.start]
    return replace(source, name=text, text=text, end=min(ends))
