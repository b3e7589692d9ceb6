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

    def __init__(self, words: Lexicon) -> None:
        self.words = words

    def apply(
        self, clauses: Sequence[Clause], attributions: Sequence[Attribution], footings: Mapping[int, Footing], ground: State
    ) -> None:
        """From the root down; ``ground`` is what holds of the whole sentence (a post, a quotation carried over)."""
        by_clause: dict[int, list[Attribution]] = {}
        for attribution in attributions:
            for number in attribution.clauses:
                by_clause.setdefault(number, []).append(attribution)
        states: dict[int, State] = {}
        for clause in _top_down(clauses):
            above = self._inherited(clause, states, ground)
            for attribution in by_clause.get(clause.number, []):
                if clause.parent is None or attribution.clauses != [clause.parent.number]:
                    above = self._attributed(above, attribution, clause)
            if clause.number in footings:
                above = _footed(above, footings[clause.number])
            state = self._own(clause, above, clauses)
            clause.verification = footings[clause.number].verification if clause.number in footings else None
            states[clause.number] = state
            clause.source, clause.evidence, clause.certainty = state.source, state.evidence, state.certainty.label
            clause.cues |= state.cues

    def _inherited(self, clause: Clause, states: dict[int, State], ground: State) -> State:
        """What a clause takes over from the one above it: the voice always, certainty only where it is in its scope."""
        if clause.parent is None:
            return ground
        above = states[clause.parent.number]
        if clause.relation == "parataxis" and clause.frame:
            return ground
        if clause.relation == "conj" or clause.relation == "parataxis":
            base = self._beside_content(clause, states) or above
            return replace(base, certainty=_spread(base, Certainty()), cues=_without(base.cues, "certainty", keep=base.hearsay))
        if clause.relation in DEPENDENT:
            if self._is_condition(clause) or above.certainty.unknown:
                return above
            return replace(above, certainty=_spread(above, Certainty()), cues=_without(above.cues, "certainty", keep=above.hearsay))
        if clause.parent.frame:
            return replace(above, certainty=_spread(above, Certainty(unknown=above.certainty.unknown, future=above.certainty.future)))
        return above

    def _beside_content(self, clause: Clause, states: dict[int, State]) -> State | None:
        """What holds of the content before a clause that the tree hangs on the reporting verb though it goes on with the content.

        So does one that repeats the complementiser, one spliced on by a comma alone, and one that shares the content's subject.
        """
        frame = clause.parent
        if frame is None or not frame.frame:
            return None
        before = [child for child in frame.children if child.relation in {"ccomp", "xcomp", "csubj"} and child.head < clause.head and child.number in states]
        if not before:
            return None
        spliced = not any(child.dep_ == "cc" for child in clause.predicate.children)
        shared = clause.child("nsubj", "nsubj:pass", "csubj") is None and bool(clause.auxiliaries())
        return states[before[-1].number] if spliced or shared or clause.marks() & {"dat", "that"} else None

    def _attributed(self, state: State, attribution: Attribution, clause: Clause) -> State:
        effect = attribution.effect
        finite = attribution.group.finite
        if finite is not None and clause.is_finite() and clause.relation in {"ccomp", "parataxis", "root"}:
            effect = finite if finite.evidence else replace(effect, certainty=finite.certainty)
        evidence = state.evidence if state.evidence == "unconfirmed" else effect.evidence or attribution.group.effect.evidence or state.evidence
        result = replace(state, evidence=evidence, certainty=state.certainty.after(effect.certainty))
        if attribution.source is not None:
            source = attribution.source
            if state.source is not None and state.source.name != source.name:
                source = replace(source, via=(*source.via, *(name for name in (state.source.name, *state.source.via) if name not in source.via)))
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
        if self._in_condition(clause):
            state = replace(state, certainty=replace(state.certainty, future=True)).with_cue("certainty", f"{self.words.language}.condition", clause.span_of(clause.tokens[:1]))
        negative = negations(clause, self.words)
        if len(negative) % 2 == 1 and not clause.frame:
            cue = [clause.part.span(token.i, token.i) for token in negative]
            state = replace(state, certainty=state.certainty.negated())
            if not (state.certainty.future or state.certainty.unknown):
                state = state.with_cue("certainty", f"{self.words.language}.negation", *cue)
        if text.rstrip().endswith("?") and state.certainty.label in {"CT+", "CT-"} and clause.parent is None:
            state = replace(state, certainty=replace(state.certainty, unknown=True)).with_cue("certainty", f"{self.words.language}.question")
        return state

    def _hearsay(self, clause: Clause, state: State, text: str, clauses: Sequence[Clause]) -> State:
        words = self.words
        for name, pattern in (("hearsay.adverb", words.hearsay_phrases), ("hearsay.adjective", words.hearsay_adjectives)):
            match = pattern.search(text) if pattern else None
            if match:
                span = _located(clause, match)
                certainty = state.certainty.at_most("possible")
                state = replace(state, evidence="unconfirmed", certainty=certainty, hearsay=True)
                state = state.with_cue("evidence", f"{words.language}.{name}", span).with_cue("certainty", f"{words.language}.{name}", span)
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
            return state.with_cue("evidence", f"{words.language}.hearsay.zou", span).with_cue("certainty", f"{words.language}.hearsay.zou", span)
        if reading == "possible":
            return replace(state, certainty=state.certainty.at_most("possible")).with_cue("certainty", f"{words.language}.zou.possible", span)
        if reading == "future":
            return replace(state, certainty=replace(state.certainty, future=True)).with_cue("certainty", f"{words.language}.zou.future", span)
        return state

    def _reading_of_zou(self, clause: Clause, modal: Token, text: str, clauses: Sequence[Clause]) -> str:
        """Hearsay, past future, irrealis or possibility: what "zou" means here."""
        words = self.words
        lemmas = {plain_lemma(t) for t in clause.auxiliaries()} | {clause.lemma}
        if lemmas & words.ability:
            return "possible"
        if any(self._is_condition(child) for child in clause.children) or (clause.parent and self._is_condition(clause)):
            return "future"
        pattern = words.adverbs.get("past_future")
        if pattern and pattern.search(text):
            return "future"
        if words.irrealis and words.irrealis.search(re.sub(r"\b(?:als|dan|best)\b(?= (?:gevolg|reactie|antwoord|onderdeel|de|het|een)\b)", " ", text)) and not _is_perfect(clause):
            return "future"
        above = clause.parent
        if above is not None and clause.relation in {"ccomp", "xcomp", "csubj"} and not _is_perfect(clause):
            past = any("Tense=Past" in str(t.morph) or _looks_past(t) for t in (above.predicate, *above.auxiliaries()))
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
            state = replace(state, certainty=replace(state.certainty, unknown=True)).with_cue("certainty", f"{words.language}.unknown", span)
        for name, level in (("probable", "probable"), ("possible", "possible"), ("improbable", "probable")):
            pattern = words.adverbs.get(name)
            match = pattern.search(text) if pattern else None
            if match and not state.hearsay:
                certainty = state.certainty.at_most(level)
                certainty = certainty.negated() if name == "improbable" else certainty
                state = replace(state, certainty=certainty).with_cue("certainty", f"{words.language}.{name}", _located(clause, match))
        if words.possibility and (match := words.possibility.search(text)) and not state.hearsay:
            state = replace(state, certainty=state.certainty.at_most("possible")).with_cue("certainty", f"{words.language}.possibility", _located(clause, match))
        future = words.adverbs.get("future")
        match = future.search(text) if future else None
        form = next((t for t in [*clause.auxiliaries(), clause.predicate] if t.lower_ in words.future_forms), None)
        timed = words.future_times.search(text) if words.future_times else None
        if match or form is not None or (timed and clause.is_finite() and not _is_perfect(clause) and not _past(clause)):
            span = _located(clause, match or timed) if form is None and (match or timed) else clause.part.span((form or clause.predicate).i, (form or clause.predicate).i)
            state = replace(state, certainty=replace(state.certainty, future=True)).with_cue("certainty", f"{words.language}.future", span)
        return state

    def _raised(self, clause: Clause, state: State, text: str) -> State:
        """Verbs that colour their own infinitive: seeming, intending, threatening."""
        words = self.words
        heads = [clause.predicate, *clause.auxiliaries()]
        for token in heads:
            lemma = plain_lemma(token)
            for group in words.raising.get(lemma, ()):
                infinitive = any(child.dep_ in {"xcomp", "ccomp", "advcl", "obl", "obl:arg"} for child in token.children) or token.i != clause.head
                if infinitive and not (lemma == "gaan" and not _has_infinitive(token)) and not (lemma in words.verbs and clause.frame):
                    span = clause.part.span(token.i, token.i)
                    state = replace(state, certainty=state.certainty.after(group.effect.certainty)).with_cue("certainty", f"{words.language}.{group.name}.{lemma}", span)
            for group in words.verbs.get(lemma, ()):
                if group.name == "seem" and (lemma != "look" or any(c.dep_ == "xcomp" for c in token.children)):
                    span = clause.part.span(token.i, token.i)
                    state = replace(state, certainty=state.certainty.at_most("probable")).with_cue("certainty", f"{words.language}.seem", span)
        intend = words.phrases.get("intend")
        if intend and (match := intend.search(text)):
            state = replace(state, certainty=replace(state.certainty, future=True)).with_cue("certainty", f"{words.language}.intend", _located(clause, match))
        return state

    def _is_condition(self, clause: Clause) -> bool:
        """Whether a clause is the if-part of a conditional: a strong marker, or a weak one in the present."""
        marks = clause.marks()
        if clause.relation not in {"advcl", "ccomp", "parataxis"} or not marks & self.words.conditions:
            return clause.relation == "advcl" and clause.predicate.pos_ == "VERB" and any(t.lower_ in {"mocht", "mochten", "should"} for t in clause.auxiliaries())
        if marks & self.words.strong_conditions:
            return True
        return clause.is_finite() and not _past(clause)

    def _in_condition(self, clause: Clause) -> bool:
        if self._is_condition(clause):
            return True
        return any(self._is_condition(child) and child.relation == "advcl" for child in clause.children) and not _past(clause)


def _footed(state: State, footing: Footing) -> State:
    """What holds of a clause that is seen, verified or beyond checking."""
    certainty = replace(state.certainty, unknown=True) if footing.unknown else state.certainty
    state = replace(state, evidence=footing.evidence, certainty=certainty, source=footing.source or (None if footing.unknown else state.source))
    state = state.with_cue("evidence", footing.rule, footing.cue)
    return state.with_cue("certainty", footing.rule, footing.cue) if footing.unknown else state


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
    return any(plain_lemma(t) in {"hebben", "zijn", "have"} and t.dep_ in {"aux", "aux:pass"} for t in clause.auxiliaries())


def _past(clause: Clause) -> bool:
    forms = [t for t in (clause.predicate, *clause.auxiliaries()) if t.pos_ in {"VERB", "AUX"}]
    if any("Tense=Pres" in str(t.morph) for t in forms):
        return False
    return any("Tense=Past" in str(t.morph) or _looks_past(t) for t in forms)


def _looks_past(token: Token) -> bool:
    """Whether a verb's form looks past where the reader gives no tense: Dutch -te, -de; English -ed; a vowel unlike its lemma's."""
    form, lemma = token.lower_, str(token.lemma_).replace("_", "").lower()
    if token.doc.vocab.lang == "en":
        return form.endswith("ed") or form in {"was", "were", "had", "did", "said", "told", "would", "could", "might", "went", "came", "took", "left", "fell", "held", "began", "gave", "made", "found", "lost", "saw", "knew", "thought", "fled", "kept", "met"}
    if form.endswith(("te", "de", "ten", "den")) and not lemma.startswith(form[:-1]) and form != lemma:
        return True
    return form in {"was", "waren", "had", "hadden", "werd", "werden", "zei", "zeiden", "kon", "konden", "wilde", "wilden", "moest", "moesten", "ging", "gingen", "kwam", "kwamen", "bleef", "bleven", "zag", "zagen", "liet", "lieten", "gaf", "gaven", "nam", "namen", "viel", "vielen", "hield", "hielden", "stond", "stonden", "sprak", "spraken", "wist", "wisten", "dacht", "dachten", "vocht", "vochten", "trok", "trokken", "schreef", "schreven", "riep", "riepen", "vond", "vonden", "begon", "begonnen", "lag", "lagen", "zat", "zaten", "liep", "liepen", "reed", "reden", "verloor", "verloren", "bracht", "brachten", "sloeg", "sloegen", "hoefde", "mocht", "mochten", "zou", "zouden"}


def _has_infinitive(token: Token) -> bool:
    return any(child.dep_ == "xcomp" or "VerbForm=Inf" in str(child.morph) for child in token.children) or token.dep_ == "aux"
