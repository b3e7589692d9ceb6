"""Computes on what footing and how surely each clause is put forward, from the root of the sentence down.

The method is De Facto's: every predicate that introduces a source or bears on certainty is data, its effect is applied to its
complement, and what holds of a clause is handed to the clauses below it. The scale is FactBank's, with FUT.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from relaas.model.claim import Cue
from relaas.model.source import Source
from relaas.model.span import Span
from relaas.propositions.attribution import Attribution, negations
from relaas.propositions.clauses import Clause, plain_lemma
from relaas.propositions.lexicon import Lexicon
from relaas.propositions.perception import Footing
from relaas.propositions.scale import Certainty

Token = Any
DOUBT = 3
DEPENDENT = frozenset({"acl:relcl", "acl", "advcl", "advcl:relcl"})


@dataclass(frozen=True, slots=True)
class State:
    """What holds of a clause before its own words are looked at."""

    source: Source | None = None
    evidence: str = "stated"
    certainty: Certainty = field(default_factory=Certainty)
    hearsay: bool = False
    cues: dict[str, Cue] = field(default_factory=dict)

    def with_cue(self, label: str, rule: str, *spans: Span) -> State:
        """The same with the reason for one label."""
        return replace(self, cues={**self.cues, label: Cue(rule, spans)})


class Factuality:
    """Sets source, evidence and certainty of the clauses of one sentence."""

    def __init__(self, words: Lexicon, ignorant: Mapping[int, Source] | None = None) -> None:
        self.words = words
        self.ignorant = ignorant or {}

    def apply(
        self,
        clauses: Sequence[Clause],
        attributions: Sequence[Attribution],
        footings: Mapping[int, Footing],
        ground: State,
    ) -> None:
        """From the root down; ``ground`` is what holds of the whole sentence (a post, a quotation carried over)."""
        by_clause: dict[int, list[Attribution]] = {}
        for attribution in attributions:
            for number in attribution.clauses:
                by_clause.setdefault(number, []).append(attribution)
        ground = self._parenthetical_doubt(clauses, ground)
        states: dict[int, State] = {}
        bases: dict[int, State] = {}
        for clause in _top_down(clauses):
            above = self._inherited(clause, states, bases, ground)
            for attribution in by_clause.get(clause.number, []):
                if clause.parent is None or attribution.clauses != [clause.parent.number]:
                    above = self._attributed(above, attribution, clause)
            bases[clause.number] = above
            if clause.number in footings:
                above = _footed(above, footings[clause.number])
            state = self._own(clause, above, clauses)
            clause.verification = footings[clause.number].verification if clause.number in footings else None
            states[clause.number] = state
            clause.source, clause.evidence, clause.certainty = state.source, state.evidence, state.certainty.label
            clause.cues |= state.cues

    def _parenthetical_doubt(self, clauses: Sequence[Clause], ground: State) -> State:
        """A doubt set between commas ("…, nog onbevestigde, berichten dat …") reaches the whole sentence and claims nothing itself."""
        pattern = self.words.hearsay_adjectives
        for clause in clauses:
            match = pattern.search(clause.words) if pattern else None
            words = [i for i in clause.tokens if clause.doc[i].is_alpha]
            if match is None or len(words) > DOUBT or clause.parent is None or clause.subject() is not None:
                continue
            clause.frame = True
            rule, span = f"{self.words.language}.hearsay.adjective", _located(clause, match)
            doubted = replace(
                ground, evidence="unconfirmed", certainty=ground.certainty.at_most("possible"), hearsay=True
            )
            return doubted.with_cue("evidence", rule, span).with_cue("certainty", rule, span)
        return ground

    def _inherited(self, clause: Clause, states: dict[int, State], bases: dict[int, State], ground: State) -> State:
        """What a clause takes over from the one above it: the voice always, certainty only where it is in its scope."""
        if clause.parent is None:
            return ground
        above = states[clause.parent.number]
        if clause.relation == "parataxis" and clause.frame:
            return ground
        if clause.relation == "conj" or clause.relation == "parataxis":
            beside = self._beside_content(clause, states)
            base = beside or (bases[clause.parent.number] if self._stands_alone(clause) else above)
            return replace(
                base, certainty=_spread(base, Certainty()), cues=_without(base.cues, "certainty", keep=base.hearsay)
            )
        if clause.relation in DEPENDENT:
            if self._is_condition(clause) or above.certainty.unknown:
                return above
            return replace(
                above, certainty=_spread(above, Certainty()), cues=_without(above.cues, "certainty", keep=above.hearsay)
            )
        if clause.parent.frame:
            return replace(
                above,
                certainty=_spread(above, Certainty(unknown=above.certainty.unknown, future=above.certainty.future)),
            )
        return above

    def _stands_alone(self, clause: Clause) -> bool:
        """Whether a coordinated clause has a finite verb of its own, so that the first one's modal and doubts do not reach it."""
        return clause.is_finite() and (
            clause.child("nsubj", "nsubj:pass", "expl") is not None or bool(clause.auxiliaries())
        )

    def _beside_content(self, clause: Clause, states: dict[int, State]) -> State | None:
        """What holds of the content before a clause that the tree hangs on the reporting verb though it goes on with the content.

        So does one that repeats the complementiser, one spliced on by a comma alone, and one that shares the content's subject.
        """
        frame = clause.parent
        if frame is None or not frame.frame:
            return None
        before = [
            child
            for child in frame.children
            if child.relation in {"ccomp", "xcomp", "csubj"} and child.head < clause.head and child.number in states
        ]
        if not before:
            return None
        first = min(clause.tokens)
        stopped = any(token.text == ";" for token in clause.doc[max(0, first - 1) : first + 1])
        spliced = not stopped and not any(child.dep_ == "cc" for child in clause.predicate.children)
        shared = clause.child("nsubj", "nsubj:pass", "csubj") is None and bool(clause.auxiliaries())
        return states[before[-1].number] if spliced or shared or clause.marks() & {"dat", "that"} else None

    def _attributed(self, state: State, attribution: Attribution, clause: Clause) -> State:
        effect = attribution.effect
        finite = attribution.group.finite
        if finite is not None and clause.is_finite() and clause.relation in {"ccomp", "parataxis", "root"}:
            effect = finite if finite.evidence else replace(effect, certainty=finite.certainty)
        evidence = (
            state.evidence
            if state.evidence == "unconfirmed"
            else effect.evidence or attribution.group.effect.evidence or state.evidence
        )
        result = replace(state, evidence=evidence, certainty=state.certainty.after(effect.certainty))
        if attribution.source is not None:
            source = attribution.source
            if state.source is not None and state.source.name != source.name:
                source = replace(
                    source,
                    via=(
                        *source.via,
                        *(name for name in (state.source.name, *state.source.via) if name not in source.via),
                    ),
                )
            result = replace(result, source=source)
            if attribution.source_span is not None:
                result = result.with_cue("source", attribution.rule, attribution.source_span)
        elif evidence == "attributed" and state.source is None and attribution.source_span is None:
            result = replace(result, evidence="unconfirmed", certainty=result.certainty.at_most("possible"))
        result = result.with_cue("evidence", attribution.rule, attribution.cue)
        if effect.certainty:
            result = result.with_cue("certainty", attribution.rule, attribution.cue)
        return result

    def _own(self, clause: Clause, state: State, clauses: Sequence[Clause]) -> State:
        """The clause's own words: hearsay, unknowns, modality, future, condition, negation."""
        text = clause.words
        state = self._hearsay(clause, state, text, clauses)
        state = self._phrases(clause, state, text)
        state = self._raised(clause, state, text)
        unknown = self._embedded_question(clause) or (
            clause.parent is not None and _asks(clause, self.words) and self._embedded_question(clause.parent)
        )
        if unknown:
            span = clause.part.span(clause.head, clause.head)
            state = replace(state, certainty=replace(state.certainty, unknown=True)).with_cue(
                "certainty", f"{self.words.language}.unknown", span
            )
            ignorant = self.ignorant.get(clause.number) or (
                self.ignorant.get(clause.parent.number) if clause.parent else None
            )
            if ignorant is not None and state.evidence == "stated":
                state = replace(state, source=ignorant, evidence="attributed").with_cue(
                    "evidence", f"{self.words.language}.ignorance", span
                )
        elif self._in_condition(clause):
            state = replace(state, certainty=replace(state.certainty, future=True)).with_cue(
                "certainty", f"{self.words.language}.condition", clause.span_of(clause.tokens[:1])
            )
        negative = negations(clause, self.words)
        if len(negative) % 2 == 1 and not clause.frame:
            cue = [clause.part.span(token.i, token.i) for token in negative]
            state = replace(state, certainty=state.certainty.negated())
            if not (state.certainty.future or state.certainty.unknown):
                state = state.with_cue("certainty", f"{self.words.language}.negation", *cue)
        if text.rstrip().endswith("?") and state.certainty.label in {"CT+", "CT-"} and clause.parent is None:
            state = replace(state, certainty=replace(state.certainty, unknown=True)).with_cue(
                "certainty", f"{self.words.language}.question"
            )
        return state

    def _hearsay(self, clause: Clause, state: State, text: str, clauses: Sequence[Clause]) -> State:
        words = self.words
        for name, pattern in (
            ("hearsay.adverb", words.hearsay_phrases),
            ("hearsay.adjective", words.hearsay_adjectives),
        ):
            match = pattern.search(text) if pattern else None
            if match:
                span = _located(clause, match)
                certainty = state.certainty.at_most("possible")
                state = replace(state, evidence="unconfirmed", certainty=certainty, hearsay=True)
                state = state.with_cue("evidence", f"{words.language}.{name}", span).with_cue(
                    "certainty", f"{words.language}.{name}", span
                )
        modal = next((t for t in clause.auxiliaries() if t.lower_ in words.hearsay_forms), None)
        if modal is None and clause.predicate.lower_ in words.hearsay_forms:
            modal = clause.predicate
        if modal is None:
            return state
        span = clause.part.span(modal.i, modal.i)
        reading = self._reading_of_zou(clause, modal, text, clauses)
        if reading == "hearsay":
            future = bool(words.future_times and words.future_times.search(text)) and not _is_perfect(clause)
            certainty = replace(state.certainty.at_most("possible"), future=state.certainty.future or future)
            state = replace(state, evidence="unconfirmed", certainty=certainty, hearsay=True)
            return state.with_cue("evidence", f"{words.language}.hearsay.zou", span).with_cue(
                "certainty", f"{words.language}.hearsay.zou", span
            )
        if reading == "possible":
            return replace(state, certainty=state.certainty.at_most("possible")).with_cue(
                "certainty", f"{words.language}.zou.possible", span
            )
        if reading == "future":
            return replace(state, certainty=replace(state.certainty, future=True)).with_cue(
                "certainty", f"{words.language}.zou.future", span
            )
        return state

    def _reading_of_zou(self, clause: Clause, modal: Token, text: str, clauses: Sequence[Clause]) -> str:
        """Hearsay, past future, irrealis or possibility: what "zou" means here."""
        words = self.words
        lemmas = {plain_lemma(t) for t in clause.auxiliaries()} | {clause.lemma}
        if lemmas & words.ability:
            return "possible"
        if words.irrealis_strong and words.irrealis_strong.search(text):
            return "future"
        if any(self._is_condition(child) for child in clause.children) or (
            clause.parent and self._is_condition(clause)
        ):
            return "future"
        pattern = words.adverbs.get("past_future")
        if pattern and pattern.search(text):
            return "future"
        if not _is_perfect(clause) and any(
            child.relation == "conj"
            and any(t.lower_ in {"maar", "but"} for t in child.predicate.children if t.dep_ == "cc")
            for child in clause.children
        ):
            return "future"
        if (
            words.irrealis
            and words.irrealis.search(
                re.sub(r"\b(?:als|dan|best)\b(?= (?:gevolg|reactie|antwoord|onderdeel|de|het|een)\b)", " ", text)
            )
            and not _is_perfect(clause)
        ):
            return "future"
        above = clause.parent
        if above is not None and clause.relation in {"ccomp", "xcomp", "csubj"} and not _is_perfect(clause):
            past = is_past(above, words)
            if above.lemma in words.past_future_verbs and past:
                return "future"
        if clause.relation == "acl" and plain_lemma(clause.predicate.head) in words.past_future_nouns:
            return "future"
        return "hearsay"

    def _phrases(self, clause: Clause, state: State, text: str) -> State:
        words = self.words
        unknown = words.phrases.get("unknown")
        adjective = any(group.name == "unknown" for group in words.adjectives.get(clause.lemma, ()))
        match = unknown.search(text) if unknown else None
        if match or adjective:
            span = _located(clause, match) if match else clause.part.span(clause.head, clause.head)
            state = replace(state, certainty=replace(state.certainty, unknown=True)).with_cue(
                "certainty", f"{words.language}.unknown", span
            )
        for name, level in (("probable", "probable"), ("possible", "possible"), ("improbable", "probable")):
            pattern = words.adverbs.get(name)
            match = pattern.search(text) if pattern else None
            if match and not state.hearsay:
                certainty = state.certainty.at_most(level)
                certainty = certainty.negated() if name == "improbable" else certainty
                state = replace(state, certainty=certainty).with_cue(
                    "certainty", f"{words.language}.{name}", _located(clause, match)
                )
        if words.possibility and (match := words.possibility.search(text)) and not state.hearsay:
            state = replace(state, certainty=state.certainty.at_most("possible")).with_cue(
                "certainty", f"{words.language}.possibility", _located(clause, match)
            )
        future = words.adverbs.get("future")
        match = future.search(text) if future else None
        form = next((t for t in [*clause.auxiliaries(), clause.predicate] if t.lower_ in words.future_forms), None)
        timed = words.future_times.search(text) if words.future_times else None
        if (
            match
            or form is not None
            or (timed and clause.is_finite() and not _is_perfect(clause) and not is_past(clause, words))
        ):
            words_of_time = match or timed
            at = (form or clause.predicate).i
            span = _located(clause, words_of_time) if form is None and words_of_time else clause.part.span(at, at)
            state = replace(state, certainty=replace(state.certainty, future=True)).with_cue(
                "certainty", f"{words.language}.future", span
            )
        return state

    def _raised(self, clause: Clause, state: State, text: str) -> State:
        """Verbs that colour their own infinitive: seeming, intending, threatening."""
        words = self.words
        heads = [clause.predicate, *clause.auxiliaries()]
        for token in heads:
            lemma = plain_lemma(token)
            for group in words.raising.get(lemma, ()):
                if self._governs(clause, token, lemma):
                    span = clause.part.span(token.i, token.i)
                    state = replace(state, certainty=state.certainty.after(group.effect.certainty)).with_cue(
                        "certainty", f"{words.language}.{group.name}.{lemma}", span
                    )
            for group in words.verbs.get(lemma, ()):
                if group.name == "seem" and (lemma != "look" or any(c.dep_ == "xcomp" for c in token.children)):
                    span = clause.part.span(token.i, token.i)
                    state = replace(state, certainty=state.certainty.at_most("probable")).with_cue(
                        "certainty", f"{words.language}.seem", span
                    )
        intend = words.phrases.get("intend")
        if intend and (match := intend.search(text)):
            state = replace(state, certainty=replace(state.certainty, future=True)).with_cue(
                "certainty", f"{words.language}.intend", _located(clause, match)
            )
        return state

    def _governs(self, clause: Clause, token: Token, lemma: str) -> bool:
        """Whether a verb of intending has the infinitive (or the object of its striving) that it colours; "gaan" only in the present."""
        if lemma in self.words.verbs and clause.frame:
            return False
        if token.i != clause.head or _has_infinitive(token):
            return lemma != "gaan" or not (is_past(clause, self.words) or _is_perfect(clause))
        return (
            lemma != "gaan"
            and self.words.language == "nl"
            and any(child.dep_ in {"obl", "obl:arg", "advcl"} for child in token.children)
        )

    def _embedded_question(self, clause: Clause) -> bool:
        """Whether the clause denies knowing what a clause below it asks ("wie er schoot, weten we niet")."""
        if clause.lemma not in self.words.knowing and not any(
            plain_lemma(c) in self.words.knowing for c in clause.predicate.children if c.dep_ == "xcomp"
        ):
            return False
        asked = any(_asks(child, self.words) for child in clause.children)
        return asked and len(negations(clause, self.words)) % 2 == 1

    def _is_condition(self, clause: Clause) -> bool:
        """Whether a clause is the if-part of a conditional: a strong marker, or a weak one in the present."""
        marks = clause.marks()
        if clause.relation not in {"advcl", "parataxis"} or (
            clause.parent is not None
            and self.words.verbs.get(clause.parent.lemma)
            and clause.head > clause.parent.head
            and marks & {"if", "of"}
        ):
            return False
        if not marks & self.words.conditions:
            return self._verb_first(clause)
        if marks & self.words.strong_conditions:
            return True
        return clause.is_finite() and not is_past(clause, self.words)

    def _verb_first(self, clause: Clause) -> bool:
        """A condition without a marker: the verb opens it and "dan" or "then" answers ("Valt de stad, dan …", "mocht de stad vallen")."""
        opening = [clause.doc[i] for i in clause.tokens if not clause.doc[i].is_punct][:1]
        if (
            not opening
            or opening[0].pos_ not in {"VERB", "AUX"}
            or clause.parent is None
            or clause.head > clause.parent.head
        ):
            return False
        return opening[0].lower_ in self.words.strong_conditions or any(
            t.lower_ in {"dan", "then"} for t in clause.parent.predicate.children
        )

    def _in_condition(self, clause: Clause) -> bool:
        if self._is_condition(clause):
            return True
        return any(
            self._is_condition(child) and child.relation == "advcl" for child in clause.children
        ) and not is_past(clause, self.words)


def _footed(state: State, footing: Footing) -> State:
    """What holds of a clause that is seen, verified or beyond checking."""
    certainty = replace(state.certainty, unknown=True) if footing.unknown else state.certainty
    evidence = "unconfirmed" if state.hearsay and footing.evidence == "observed" else footing.evidence
    state = replace(
        state,
        evidence=evidence,
        certainty=certainty,
        source=footing.source or (None if footing.unknown else state.source),
    )
    state = state.with_cue("evidence", footing.rule, footing.cue)
    return state.with_cue("certainty", footing.rule, footing.cue) if footing.unknown else state


def _asks(clause: Clause, words: Lexicon) -> bool:
    """Whether a clause is an embedded question: it begins with a question word, after a preposition or not."""
    if clause.relation not in {"ccomp", "csubj", "csubj:pass", "advcl", "acl", "acl:relcl", "xcomp", "conj"}:
        return False
    below = sorted((token for token in clause.predicate.subtree if not token.is_punct), key=lambda token: int(token.i))
    return any(token.lower_ in words.questions for token in below[: 2 if below and below[0].pos_ == "ADP" else 1])


def _top_down(clauses: Sequence[Clause]) -> list[Clause]:
    return sorted(clauses, key=lambda clause: (sum(1 for _ in clause.ancestors()), clause.number))


def _spread(state: State, otherwise: Certainty) -> Certainty:
    """Hearsay spreads over what is in its scope; other certainty does not."""
    return Certainty("possible") if state.hearsay else otherwise


def _without(cues: dict[str, Cue], label: str, *, keep: bool) -> dict[str, Cue]:
    return cues if keep else {name: cue for name, cue in cues.items() if name != label}


def _located(clause: Clause, match: re.Match[str]) -> Span:
    """The document's characters of a match in the clause's joined words."""
    first = match.string[: match.start()].count(" ")
    last = first + match.group(0).count(" ")
    tokens = clause.tokens
    return clause.part.span(tokens[min(first, len(tokens) - 1)], tokens[min(last, len(tokens) - 1)])


def _is_perfect(clause: Clause) -> bool:
    """Whether the predicate is a perfect: an auxiliary of having or being beside a participle."""
    return any(
        plain_lemma(t) in {"hebben", "zijn", "have"} and t.dep_ in {"aux", "aux:pass"} for t in clause.auxiliaries()
    )


def is_past(clause: Clause, words: Lexicon) -> bool:
    """Whether the clause's finite verb looks past; a participle beside an auxiliary says nothing."""
    auxiliaries = clause.auxiliaries()
    forms = [t for t in (auxiliaries or [clause.predicate]) if t.pos_ in {"VERB", "AUX"}]
    return any(looks_past(t, words) for t in forms)


def looks_past(token: Token, words: Lexicon) -> bool:
    """Whether a verb's form looks past: one of the language's strong forms, or a weak ending that its lemma lacks."""
    form, lemma = token.lower_, str(token.lemma_).replace("_", "").lower()
    if form in words.hearsay_forms or form in words.conditional_forms:
        return False
    if form in words.past_forms:
        return True
    return form.endswith(words.past_endings) and form != lemma and not lemma.startswith(form[:-1])


def _has_infinitive(token: Token) -> bool:
    return (
        any(child.dep_ == "xcomp" or "VerbForm=Inf" in str(child.morph) for child in token.children)
        or token.dep_ == "aux"
    )
