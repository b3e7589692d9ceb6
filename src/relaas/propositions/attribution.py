"""Finds who is made to say what: cue, source and content, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from relaas.model.source import Source
from relaas.model.span import Span
from relaas.propositions.cast import Cast
from relaas.propositions.clauses import Clause, plain_lemma
from relaas.propositions.lexicon import Effect, Group, Lexicon
from relaas.steps.step import Part

Token = Any
# Groups whose object alone is a content ("denies the attack"); the others need a clause or a quotation.
NOMINAL = frozenset({"accuse", "confirm", "deny", "expect", "fear", "hope", "plan", "warn", "call", "doubt"})
CONTENT = frozenset({"ccomp", "csubj", "csubj:pass", "xcomp"})


@dataclass(slots=True)
class Attribution:
    """A cue with its source and the clauses it governs; ``content`` are the stretches ascribed, one a continuous piece."""

    cue: Span
    group: Group
    source: Source | None
    source_span: Span | None
    content: list[Span]
    clauses: list[int] = field(default_factory=list)
    negated: bool = False
    rule: str = ""

    @property
    def effect(self) -> Effect:
        """What it does to its content, negation of the cue taken in."""
        return self.group.negated if self.negated and self.group.negated is not None else self.group.effect


class Attributor:
    """Finds the attributions of one document, sentence by sentence in the order of reading, so that pronouns find their speakers."""

    def __init__(self, cast: Cast, words: Lexicon) -> None:
        self.cast = cast
        self.words = words

    def find(self, part: Part, clauses: list[Clause], speaker: Source | None) -> list[Attribution]:
        """The attributions within one sentence; ``speaker`` is who speaks already (a quotation carried over, a post)."""
        found: list[Attribution] = []
        for clause in clauses:
            found += self._verbal(part, clause, clauses, speaker)
        found += self._according(part, clauses, speaker)
        found += self._nominal(part, clauses, speaker)
        for one in found:
            if one.source is not None:
                self.cast.remember(one.source, plural=_plural(part, one.source_span))
        return found

    def _verbal(self, part: Part, clause: Clause, clauses: list[Clause], speaker: Source | None) -> Iterable[Attribution]:
        """A reporting, perceiving or verifying verb with its clause, quotation or object."""
        predicate = clause.predicate
        groups = self.words.verbs.get(clause.lemma, []) if predicate.pos_ in {"VERB", "AUX"} else self.words.adjectives.get(clause.lemma, [])
        groups = [group for group in groups if group.attributes]
        if not groups:
            return
        content = [child for child in clause.children if self._is_content(child)]
        inverted = clause.relation == "parataxis" and clause.parent is not None and not content
        if inverted and clause.parent is not None:
            content = [clause.parent]
        group = _chosen(groups, clause, bool(content))
        passive = any(child.dep_ in {"aux:pass", "nsubj:pass"} for child in predicate.children)
        subject = clause.child("obl:agent") if passive else clause.subject()
        if subject is not None and not passive and subject.lower_ in {"er", "het", "it", "there"}:
            subject = None
        if not content and not self._nominal_content(clause, group):
            return
        if passive and subject is None and not content:
            return
        source = self.cast.source(part, subject, speaker=speaker) if subject is not None else None
        if source is None and subject is None and not passive and inverted:
            return
        cue = [predicate.i, *(t.i for t in predicate.children if t.dep_ in {"aux", "aux:pass", "compound:prt", "advmod"} and abs(t.i - predicate.i) <= 4)]
        whole = self.cast.phrase(part, subject) if subject is not None else None
        spans = [_span_below(part, child, without=clause if inverted else None) for child in content]
        yield Attribution(
            cue=Span(part.starts[min(cue)], part.ends[max(cue)]) if not inverted else Span(part.starts[predicate.i], part.ends[predicate.i]),
            group=group,
            source=source,
            source_span=whole,
            content=spans,
            clauses=[child.number for child in content] or [clause.number],
            negated=is_negated(clause, self.words),
            rule=f"{self.words.language}.{group.name}.{clause.lemma}",
        )
        if content:
            clause.frame = True
            subject_tokens = {t.i for t in subject.subtree} if subject is not None else set()
            clause.left_out |= set(clause.tokens) | subject_tokens

    def _is_content(self, child: Clause) -> bool:
        if child.relation in CONTENT:
            return True
        if child.relation == "parataxis" and child.head > (child.parent.head if child.parent else 0):
            between = child.part.doc[child.parent.head + 1 : child.head] if child.parent else ()
            return any(token.text in {":", '"', "“", "‘", "„", "'"} for token in between)
        return False

    def _nominal_content(self, clause: Clause, group: Group) -> bool:
        return group.name in NOMINAL and clause.child("obj", "obl", "obl:arg", "nsubj:pass") is not None

    def _according(self, part: Part, clauses: list[Clause], speaker: Source | None) -> Iterable[Attribution]:
        """"Volgens X", "aldus X", "according to X": the phrase's clause and what is coordinated with it."""
        doc = part.doc
        for clause in clauses:
            for i in list(clause.tokens):
                token = doc[i]
                phrase = self._preposition(token)
                if phrase is None:
                    continue
                head = _governed(token)
                if head is None or head.i == token.i:
                    continue
                source = self.cast.source(part, head, speaker=speaker)
                if source is None:
                    continue
                top = _coordinated_top(clause)
                out = {below.i for below in head.subtree}
                group = self.words.group("say")
                assert group is not None
                yield Attribution(
                    cue=Span(part.starts[token.i], part.ends[token.i + len(phrase.split()) - 1]),
                    group=group,
                    source=source,
                    source_span=self.cast.phrase(part, head),
                    content=[span for span in _pieces(part, [t for c in clauses for t in c.tokens if c is top or top in c.ancestors()], out)],
                    clauses=[top.number],
                    rule=f"{self.words.language}.according.{phrase}",
                )
                for other in clauses:
                    other.left_out |= out & set(other.tokens)

    def _preposition(self, token: Token) -> str | None:
        for phrase in self.words.prepositions:
            parts = phrase.split()
            if token.lower_ == parts[0] and [t.lower_ for t in token.doc[token.i : token.i + len(parts)]] == parts:
                return phrase
        return None

    def _nominal(self, part: Part, clauses: list[Clause], speaker: Source | None) -> Iterable[Attribution]:
        """A reporting noun with a clause ("the claim that", "berichten dat"); its owner is the source, else the noun's own description."""
        for clause in clauses:
            if clause.relation not in {"acl", "ccomp", "advcl", "acl:relcl", "csubj"} or clause.predicate.head.pos_ != "NOUN":
                continue
            noun = clause.predicate.head
            if clause.relation == "acl:relcl" or not (clause.marks() & {"dat", "of", "that", "whether", "as", "alsof"}):
                continue
            lemma = plain_lemma(noun)
            groups = [group for group in self.words.nouns.get(lemma, []) if group.attributes]
            if lemma in self.words.hearsay_nouns or not groups:
                continue
            owner = next((child for child in noun.children if child.dep_ in {"nmod", "nmod:poss", "obl"} and child.pos_ in {"NOUN", "PROPN"}), None)
            source = self.cast.source(part, owner, speaker=speaker) if owner is not None else self.cast.source(part, noun)
            above = clause.parent
            if above is not None:
                above.frame = above.frame or not _says_more(above, noun)
            yield Attribution(
                cue=Span(part.starts[noun.i], part.ends[noun.i]),
                group=groups[0],
                source=source,
                source_span=self.cast.phrase(part, owner) if owner is not None else None,
                content=[_span_below(part, clause)],
                clauses=[clause.number],
                rule=f"{self.words.language}.noun.{lemma}",
            )


def _says_more(clause: Clause, noun: Token) -> bool:
    """Whether a clause around a reporting noun claims something itself ("the claim caused anger"), unlike "there are reports that"."""
    light = {"zijn", "hebben", "komen", "klinken", "gaan", "be", "have", "come", "emerge", "circulate", "doen", "rondgaan"}
    return clause.lemma not in light and clause.head != noun.i


def _chosen(groups: list[Group], clause: Clause, has_clause: bool) -> Group:
    if len(groups) == 1 or has_clause:
        return groups[0]
    return next((group for group in groups if group.name in NOMINAL), groups[0])


def is_negated(clause: Clause, words: Lexicon) -> bool:
    """Whether the predicate itself is negated, by an adverb, a negative subject or object."""
    return bool(negations(clause, words)) and len(negations(clause, words)) % 2 == 1


def negations(clause: Clause, words: Lexicon) -> list[Token]:
    """The negative words that bear on the predicate; those in fixed phrases ("niet alleen") and on other phrases do not count."""
    doc = clause.doc
    found = []
    text = clause.words
    skip = words.no_negation.search(text) if words.no_negation else None
    near = {clause.head} | {t.i for t in clause.predicate.children if t.dep_ in {"aux", "aux:pass", "cop", "xcomp", "obj", "nsubj", "nsubj:pass", "iobj", "advmod", "expl", "obl", "obl:arg", "fixed", "ccomp"}}
    near |= {t.i for i in list(near) for t in doc[i].children if t.dep_ in {"xcomp", "obj", "det", "advmod", "amod", "nummod"}}
    for i in clause.tokens:
        token = doc[i]
        if token.lower_ not in words.negation and plain_lemma(token) not in words.negation:
            continue
        if skip and token.lower_ in skip.group(0).lower().split():
            continue
        if token.head.i in near or token.i in near or token.head.i == clause.head:
            found.append(token)
    return found


def _governed(token: Token) -> Token | None:
    """The noun that a preposition like "volgens" belongs to."""
    if token.dep_ in {"case", "mark", "advmod", "fixed"} and token.head.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"}:
        return token.head
    for child in token.children:
        if child.dep_ in {"obj", "obl", "nmod", "pobj", "nsubj", "appos", "parataxis", "flat"} and child.pos_ in {"NOUN", "PROPN", "PRON"}:
            return child
    if token.head.dep_ == "case" and token.head.head.pos_ in {"NOUN", "PROPN", "PRON"}:
        return token.head.head
    following = token.doc[token.i + 1 : token.i + 6]
    nouns = [other for other in following if other.pos_ in {"NOUN", "PROPN", "PRON"}]
    if not nouns:
        return None
    top = nouns[0]
    while top.head.i in {other.i for other in following} and top.head.pos_ in {"NOUN", "PROPN"} and top.head.i != top.i:
        top = top.head
    return top


def _coordinated_top(clause: Clause) -> Clause:
    """The clause whose whole coordination a phrase like "volgens X" covers."""
    top = clause
    while top.parent is not None and (top.relation in {"conj", "acl:relcl", "acl"} and top.relation == "conj" or top.frame):
        top = top.parent
    return top


def _plural(part: Part, span: Span | None) -> bool:
    if span is None:
        return False
    token = part.token_at(span.end - 1)
    head = next((t for t in part.tokens(span) if t.head.i not in {o.i for o in part.tokens(span)} or t.head.i == t.i), token)
    return head is not None and "Number=Plur" in str(head.morph) or (head is not None and head.pos_ == "NOUN" and head.lower_.endswith(("en", "s")) and head.lower_ != head.lemma_.lower())


def _span_below(part: Part, clause: Clause, *, without: Clause | None = None) -> Span:
    """The characters of a clause with all below it, quotation marks at its edges included, another clause's words left out at the edges."""
    tokens = {token.i for token in clause.predicate.subtree}
    if without is not None:
        tokens -= {token.i for token in without.predicate.subtree}
    ordered = sorted(tokens) or [clause.head]
    while len(ordered) > 1 and part.doc[ordered[-1]].text in {".", ",", ";", ":"}:
        ordered.pop()
    while len(ordered) > 1 and part.doc[ordered[0]].text in {",", ";", ":", "-", "–", "—"}:
        ordered.pop(0)
    return part.span(ordered[0], ordered[-1])


def _pieces(part: Part, tokens: list[int], out: set[int]) -> list[Span]:
    """The continuous pieces of some tokens with others left out."""
    kept = sorted(set(tokens) - out)
    runs: list[list[int]] = []
    for i in kept:
        if runs and i == runs[-1][-1] + 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    spans = []
    for run in runs:
        while run and part.doc[run[0]].text in {",", ".", ";", ":"}:
            run.pop(0)
        while run and part.doc[run[-1]].text in {",", ".", ";", ":"}:
            run.pop()
        if run:
            spans.append(part.span(run[0], run[-1]))
    return spans
