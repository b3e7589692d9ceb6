"""Finds reporting, perceiving and verifying verbs with their subject and what they introduce."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from relaas.model.source import Source
from relaas.model.span import Span
from relaas.propositions.attribution import Attribution
from relaas.propositions.cast import Cast
from relaas.propositions.clauses import Clause, plain_lemma
from relaas.propositions.extents import cue_tokens, span_below
from relaas.propositions.kinds import pronouns
from relaas.propositions.lexicon import Group, Lexicon, small_words
from relaas.propositions.negation import is_negated, is_uncheckable
from relaas.steps.step import Part
from relaas.text import OPENERS, QUOTE_MARKS

Token = Any
# Groups whose object alone is a content ("denies the attack"); the others need a clause or a quotation.
NOMINAL = frozenset({"accuse", "confirm", "deny", "expect", "fear", "hope", "plan", "warn", "call", "doubt"})
ATTITUDES = frozenset({"hope", "fear", "call", "believe", "expect", "plan", "warn", "accuse", "doubt"})
CONTENT = frozenset({"ccomp", "csubj", "csubj:pass", "xcomp"})


class Reporting:
    """Attributions by a verb or adjective of saying, believing, wanting."""

    def __init__(self, cast: Cast, words: Lexicon) -> None:
        self.cast = cast
        self.words = words

    def find(self, part: Part, clause: Clause, clauses: list[Clause], speaker: Source | None) -> Iterable[Attribution]:
        """A reporting, perceiving or verifying verb with its clause, quotation or object."""
        lemma = reporting_lemma(clause)
        groups = (
            self.words.verbs.get(lemma, [])
            if clause.predicate.pos_ in {"VERB", "AUX"}
            else self.words.adjectives.get(lemma, [])
        )
        groups = [group for group in groups if group.attributes]
        paired = self._paired(clause) or self._counts(part, clause)
        groups = groups or ([paired] if paired else [])
        if not groups or is_uncheckable(clause, self.words):
            return
        content = [child for child in clause.children if self._is_content(child)]
        host = None if content else self._host(clause)
        inverted = host is not None
        if inverted and host is not None:
            content = [host]
        group = _chosen(groups, clause, bool(content))
        if not content and paired is None and not self._has_object(clause, group, lemma):
            return
        passive = any(child.dep_ in {"aux:pass", "nsubj:pass"} for child in clause.predicate.children)
        if passive and group.name in {"confirm", "believe", "expect", "fear"} and clause.child("obl:agent") is None:
            return
        behind = bool(content) and all(child.head < clause.head for child in content)
        subject = self._subject(clause, passive=passive, inverted=inverted or behind)
        if subject is None and (inverted or not content):
            return
        if subject is not None and pronouns(self.words.language).get(subject.lower_) in {"i", "we"} and speaker is None:
            speaker = self.cast.outlet() if group.name in ATTITUDES else None
            if speaker is None:
                return
        region = self._region(part, clause, subject, content)
        source = self.cast.source(part, subject, speaker=speaker) if subject is not None else None
        if subject is not None and source is None:
            source = speaker
        cue = cue_tokens(clause)
        yield Attribution(
            cue=Span(part.starts[min(cue)], part.ends[max(cue)]),
            group=group,
            source=source,
            source_span=self.cast.phrase(part, subject) if subject is not None else None,
            content=[
                span_below(part, child, without=region if child.head not in region else frozenset())
                for child in content
            ],
            clauses=[child.number for child in content] or [clause.number],
            negated=is_negated(clause, self.words),
            rule=f"{self.words.language}.{group.name}.{lemma}",
        )
        if content:
            self._set_frame(clause, clauses, content, region)
        elif subject is not None:
            edge = {clause.head, *(t.i for t in subject.subtree), *cue}
            clause.left_out |= edge & set(clause.tokens)

    def _paired(self, clause: Clause) -> Group | None:
        """The group of a verb that reports only together with another word ("houdt vol", "spreekt van")."""
        others = self.words.pairs.get(clause.lemma)
        if not others or clause.predicate.pos_ != "VERB":
            return None
        below = {
            token.lower_
            for child in clause.predicate.children
            for token in (child, *child.children)
            if token.i in clause.tokens or token.dep_ == "case"
        }
        return next(
            (group for other, group in others.items() if other in below and (other != "op" or "het" in below)), None
        )

    def _counts(self, part: Part, clause: Clause) -> Group | None:
        """A body that counts is the source of its count; a town that "counts" inhabitants is none."""
        subject = clause.subject()
        if (
            clause.lemma not in self.words.counting
            or subject is None
            or subject.pos_ not in {"NOUN", "PROPN"}
            or clause.child("obj") is None
        ):
            return None
        source = self.cast.source(part, subject)
        return (
            self.words.group("say")
            if source is not None
            and source.kind not in {"unnamed", "civilian", "media"}
            and self.cast.entity_label(part, subject.i) != "LOC"
            else None
        )

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

    def _has_object(self, clause: Clause, group: Group, lemma: str) -> bool:
        """Whether an object or prepositional phrase alone is a content ("denies the attack", "spreekt van een bezetting")."""
        if group.name not in NOMINAL and lemma not in self.words.with_object:
            return False
        return clause.child("obj", "obl", "obl:arg", "nsubj:pass", "xcomp") is not None

    def _set_frame(self, clause: Clause, clauses: list[Clause], content: list[Clause], region: frozenset[int]) -> None:
        """Reporting words carry no claim of their own; nor do the clauses that only describe the speaker."""
        clause.frame = True
        kept = {one.number for one in content}
        for other in clauses:
            other.left_out |= region & set(other.tokens)
            if other.head in region and other.number not in kept and other.relation in {"acl:relcl", "acl", "appos"}:
                other.frame = True

    def _subject(self, clause: Clause, *, passive: bool, inverted: bool) -> Token | None:
        """Who reports: the subject, a passive's agent, or, where the tree names none, the noun phrase beside a verb set in between."""
        subject = clause.child("obl:agent") if passive else clause.subject()
        if subject is not None and not passive and subject.lower_ in self.words.small("expletives"):
            subject = None
        if subject is None and inverted and not passive:
            subject = _beside_verb(clause)
        return subject

    def _host(self, clause: Clause) -> Clause | None:
        """The clause that a reporting verb set behind or between belongs to ("…, zegt X"), None where the verb stands on its own."""
        above = clause.parent
        if above is None or clause.relation not in {
            "parataxis",
            "advcl",
            "conj",
            "acl",
            "acl:relcl",
            "ccomp",
            "discourse",
        }:
            return None
        first = min((i for i in clause.tokens if not clause.doc[i].is_punct), default=clause.head)
        before = clause.doc[first - 1].text if first else ""
        if before not in QUOTE_MARKS | {",", "—", "–", "-"} or clause.marks():
            return None
        if clause.relation == "conj" and any(child.dep_ == "cc" for child in clause.predicate.children):
            return None
        return above if above.head < clause.head or clause.relation == "parataxis" else None

    def _region(self, part: Part, clause: Clause, subject: Token | None, content: list[Clause]) -> frozenset[int]:
        """The tokens of the reporting words: the verb with its subject and what stands between, to the sentence's end where nothing resumes."""
        own = set(clause.tokens) | ({token.i for token in subject.subtree} if subject is not None else set())
        inside = {token.i for child in content for token in child.predicate.subtree if child.head < clause.head} - own
        later = [min(child.tokens) for child in content if child.head > clause.head]
        if later or not content:
            return frozenset(own - {i for child in content for i in child.tokens})
        first = min((i for i in own if i > max(child.head for child in content)), default=clause.head)
        last = part.token_at(clause.sentence.span.end - 1)
        end = last.i if last is not None else clause.head
        for i in range(clause.head + 1, end + 1):
            if part.doc[i].text in OPENERS and i in inside:
                end = i - 1
                break
        return frozenset(range(first, end + 1))

    def _is_content(self, child: Clause) -> bool:
        if child.relation in CONTENT:
            return True
        if (
            child.relation in {"parataxis", "conj", "root", "advcl"}
            and child.parent is not None
            and child.head > child.parent.head
        ):
            between = child.part.doc[child.parent.head + 1 : child.head]
            return any(token.text == ":" for token in between)
        return False


def _chosen(groups: list[Group], clause: Clause, has_clause: bool) -> Group:
    if len(groups) == 1 or has_clause:
        return groups[0]
    return next((group for group in groups if group.name in NOMINAL), groups[0])


def reporting_lemma(clause: Clause) -> str:
    """The predicate's lemma, with the verb it takes along where the two report together ("laten weten", "make clear")."""
    lemma = clause.lemma
    for child in clause.predicate.children:
        if child.dep_ == "xcomp" and lemma in small_words(clause.doc.vocab.lang, "causatives"):
            return lemma + plain_lemma(child)
    return lemma


def _beside_verb(clause: Clause) -> Token | None:
    """The head of the noun phrase right after a verb, else right before it."""
    doc = clause.doc
    after = [t for t in doc[clause.head + 1 : clause.head + 7] if t.pos_ not in {"ADV", "PART"}]
    start = next((t for t in after if t.pos_ in {"NOUN", "PROPN", "PRON"}), None)
    if start is None or any(t.is_punct for t in doc[clause.head + 1 : start.i]):
        before = doc[clause.head - 1] if clause.head else None
        if before is None or before.pos_ not in {"NOUN", "PROPN", "PRON"}:
            return None
        start = before
    while (
        start.head.pos_ in {"NOUN", "PROPN"}
        and abs(start.head.i - clause.head) <= 6
        and start.head.i != start.i
        and start.dep_ in {"flat", "compound", "nmod:desc", "nmod:unmarked", "amod", "appos"}
        and not any(t.is_punct for t in doc[min(start.i, start.head.i) : max(start.i, start.head.i)])
    ):
        start = start.head
    return start
