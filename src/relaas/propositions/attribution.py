"""Finds who is made to say what: cue, source and content, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from relaas.model.source import Source
from relaas.model.span import Span
from relaas.propositions.cast import Cast
from relaas.propositions.clauses import Clause, plain_lemma
from relaas.propositions.kinds import pronouns
from relaas.propositions.lexicon import Effect, Group, Lexicon
from relaas.steps.step import Part

Token = Any
# Groups whose object alone is a content ("denies the attack"); the others need a clause or a quotation.
NOMINAL = frozenset({"accuse", "confirm", "deny", "expect", "fear", "hope", "plan", "warn", "call", "doubt"})
ATTITUDES = frozenset({"hope", "fear", "call", "believe", "expect", "plan", "warn", "accuse", "doubt"})
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
            new = [*self._verbal(part, clause, clauses, speaker), *self._own_account(part, clause)]
            subject = clause.subject()
            if subject is not None and not new:
                self.cast.meet(part, subject)
            self._remember(part, new)
            found += new
        new = [*self._according(part, clauses, speaker), *self._nominal(part, clauses, speaker)]
        self._remember(part, new)
        return found + new

    def _remember(self, part: Part, found: Iterable[Attribution]) -> None:
        for one in found:
            if one.source is not None:
                self.cast.remember(one.source, plural=_plural(part, one.source_span))

    def _verbal(
        self, part: Part, clause: Clause, clauses: list[Clause], speaker: Source | None
    ) -> Iterable[Attribution]:
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
        cue = _cue(clause)
        yield Attribution(
            cue=Span(part.starts[min(cue)], part.ends[max(cue)]),
            group=group,
            source=source,
            source_span=self.cast.phrase(part, subject) if subject is not None else None,
            content=[
                _span_below(part, child, without=region if child.head not in region else frozenset())
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

    def _own_account(self, part: Part, clause: Clause) -> Iterable[Attribution]:
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
        if (
            subject is not None
            and not passive
            and subject.lower_ in {"er", "het", "it", "there", "dat", "that", "wat", "what"}
        ):
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
        if before not in {",", '"', "”", "“", "’", "'", "»", "«", "—", "–", "-"} or clause.marks():
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
            if part.doc[i].text in {'"', "“", "„", "‘", "«"} and i in inside:
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

    def _according(self, part: Part, clauses: list[Clause], speaker: Source | None) -> Iterable[Attribution]:
        """ "Volgens X", "aldus X", "according to X": the phrase's clause and what is coordinated with it."""
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
                if plain_lemma(head) in self.words.not_sources and not any(
                    child.dep_ == "nmod" for child in head.children
                ):
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
                    content=list(
                        _pieces(part, [t for c in clauses for t in c.tokens if c is top or top in c.ancestors()], out)
                    ),
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
            if (
                clause.relation not in {"acl", "ccomp", "advcl", "acl:relcl", "csubj"}
                or clause.predicate.head.pos_ != "NOUN"
            ):
                continue
            noun = clause.predicate.head
            if clause.relation == "acl:relcl" or not (clause.marks() & {"dat", "of", "that", "whether", "as", "alsof"}):
                continue
            lemma = plain_lemma(noun)
            groups = [group for group in self.words.nouns.get(lemma, []) if group.attributes]
            if lemma in self.words.hearsay_nouns or not groups:
                continue
            owner = next(
                (
                    child
                    for child in noun.children
                    if child.dep_ in {"nmod", "nmod:poss", "obl"} and child.pos_ in {"NOUN", "PROPN"}
                ),
                None,
            )
            source = (
                self.cast.source(part, owner, speaker=speaker) if owner is not None else self.cast.source(part, noun)
            )
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
    light = {
        "zijn",
        "hebben",
        "komen",
        "klinken",
        "gaan",
        "be",
        "have",
        "come",
        "emerge",
        "circulate",
        "doen",
        "rondgaan",
    }
    return clause.lemma not in light and clause.head != noun.i


def _chosen(groups: list[Group], clause: Clause, has_clause: bool) -> Group:
    if len(groups) == 1 or has_clause:
        return groups[0]
    return next((group for group in groups if group.name in NOMINAL), groups[0])


def is_uncheckable(clause: Clause, words: Lexicon) -> bool:
    """Whether the clause says that something cannot be or was not checked."""
    if clause.lemma not in words.checking and not any(
        plain_lemma(c) in words.checking for c in clause.predicate.children if c.dep_ in {"xcomp", "advcl", "ccomp"}
    ):
        return False
    able = words.ability | {"able", "unable", "mogelijk", "kunnen", "zijn", "be", "lukken", "slagen"}
    forms = {plain_lemma(t) for t in (clause.predicate, *clause.auxiliaries())} | {
        plain_lemma(t) for t in clause.predicate.children if t.dep_ == "xcomp"
    }
    negative = is_negated(clause, words) or "unable" in forms
    return negative and bool(forms & able)


def reporting_lemma(clause: Clause) -> str:
    """The predicate's lemma, with the verb it takes along where the two report together ("laten weten", "make clear")."""
    lemma = clause.lemma
    for child in clause.predicate.children:
        if child.dep_ == "xcomp" and lemma in {"laten", "make", "let"}:
            return lemma + plain_lemma(child)
    return lemma


def _cue(clause: Clause) -> list[int]:
    near = {"aux", "aux:pass", "compound:prt", "advmod"}
    return [
        clause.head,
        *(
            t.i
            for t in clause.predicate.children
            if t.dep_ in near and abs(t.i - clause.head) <= 3 and t.i in clause.tokens
        ),
    ]


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


def is_negated(clause: Clause, words: Lexicon) -> bool:
    """Whether the predicate itself is negated, by an adverb, a negative subject or object."""
    return bool(negations(clause, words)) and len(negations(clause, words)) % 2 == 1


def negations(clause: Clause, words: Lexicon) -> list[Token]:
    """The negative words that bear on the predicate; those in fixed phrases ("niet alleen") and on other phrases do not count."""
    doc = clause.doc
    found = []
    text = clause.words
    skip = words.no_negation.search(text) if words.no_negation else None
    near = {clause.head} | {
        t.i
        for t in clause.predicate.children
        if t.dep_
        in {
            "aux",
            "aux:pass",
            "cop",
            "xcomp",
            "obj",
            "nsubj",
            "nsubj:pass",
            "iobj",
            "advmod",
            "expl",
            "obl",
            "obl:arg",
            "fixed",
            "ccomp",
        }
    }
    near |= {
        t.i
        for i in list(near)
        for t in doc[i].children
        if t.dep_ in {"xcomp", "obj", "det", "advmod", "amod", "nummod"}
    }
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
    if token.dep_ in {"case", "mark", "advmod", "fixed"} and token.head.pos_ in {
        "NOUN",
        "PROPN",
        "PRON",
        "NUM",
        "ADJ",
        "X",
    }:
        return token.head
    for child in token.children:
        if child.dep_ in {"obj", "obl", "nmod", "pobj", "nsubj", "appos", "parataxis", "flat"} and child.pos_ in {
            "NOUN",
            "PROPN",
            "PRON",
        }:
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
    while top.parent is not None and (
        (top.relation in {"conj", "acl:relcl", "acl"} and top.relation == "conj") or top.frame
    ):
        top = top.parent
    return top


def _plural(part: Part, span: Span | None) -> bool:
    if span is None:
        return False
    token = part.token_at(span.end - 1)
    head = next(
        (t for t in part.tokens(span) if t.head.i not in {o.i for o in part.tokens(span)} or t.head.i == t.i), token
    )
    return (head is not None and "Number=Plur" in str(head.morph)) or (
        head is not None
        and head.pos_ == "NOUN"
        and head.lower_.endswith(("en", "s"))
        and head.lower_ != head.lemma_.lower()
    )


def _span_below(part: Part, clause: Clause, *, without: frozenset[int] = frozenset()) -> Span:
    """The characters of a clause with all below it, quotation marks at its edges included, another clause's words left out at the edges."""
    tokens = {token.i for token in clause.predicate.subtree}
    ordered = sorted(tokens - without) or [clause.head]
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
