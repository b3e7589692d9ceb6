"""What a clause's own words do to its footing and certainty: hearsay, unknowns, modality, future, condition, negation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from relaas.model.source import Source
from relaas.model.span import Span
from relaas.propositions.clauses import Clause, plain_lemma
from relaas.propositions.conditions import asks, begins_asking, in_condition, is_condition
from relaas.propositions.lexicon import Lexicon
from relaas.propositions.negation import negations
from relaas.propositions.state import State
from relaas.propositions.verbs import has_infinitive, is_past, is_perfect

Token = Any


class Modality:
    """The own words of one sentence's clauses."""

    def __init__(
        self,
        words: Lexicon,
        ignorant: Mapping[int, Source] | None = None,
        ahead: Mapping[int, Span] | None = None,
    ) -> None:
        self.words = words
        self.ignorant = ignorant or {}
        self.ahead = ahead or {}

    def apply(self, clause: Clause, state: State, clauses: Sequence[Clause]) -> State:
        """The clause's own words: hearsay, unknowns, modality, future, condition, negation."""
        text = clause.words
        state = self._hearsay(clause, state, text, clauses)
        state = self._phrases(clause, state, text)
        state = self._raised(clause, state, text)
        asking = clause.parent is not None and (asks(clause, self.words) or begins_asking(clause, self.words))
        unknown = (
            self._embedded_question(clause)
            or self._unestablished(clause)
            or (asking and clause.parent is not None and self._embedded_question(clause.parent))
            or (begins_asking(clause, self.words) and any(self._embedded_question(one) for one in clause.children))
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
        elif in_condition(clause, self.words):
            state = replace(state, certainty=replace(state.certainty, future=True)).with_cue(
                "certainty", f"{self.words.language}.condition", clause.span_of(clause.tokens[:1])
            )
        negative = negations(clause, self.words)
        without = clause.marks() & self.words.without and clause.relation == "advcl"
        if without:
            negative = [*negative, clause.doc[clause.tokens[0]]]
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
            told = bool(match) and clause.predicate.pos_ == "VERB" and name == "hearsay.adjective"
            told = told and match is not None and _token_at(clause, match).i == clause.head
            if match and not told and not _is_aside(clause, match):
                span = located(clause, match)
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
            future = bool(words.future_times and words.future_times.search(text)) and not is_perfect(clause)
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
        if any(is_condition(child, words) for child in clause.children) or (
            clause.parent and is_condition(clause, self.words)
        ):
            return "future"
        pattern = words.adverbs.get("past_future")
        if pattern and pattern.search(text):
            return "future"
        if not is_perfect(clause) and any(
            child.relation == "conj"
            and any(t.lower_ in words.small("adversatives") for t in child.predicate.children if t.dep_ == "cc")
            for child in clause.children
        ):
            return "future"
        if (
            words.irrealis
            and words.irrealis.search(words.comparative_as.sub(" ", text) if words.comparative_as else text)
            and not is_perfect(clause)
        ):
            return "future"
        above = clause.parent
        if above is not None and clause.relation in {"ccomp", "xcomp", "csubj"} and not is_perfect(clause):
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
            span = located(clause, match) if match else clause.part.span(clause.head, clause.head)
            silent = self.ignorant.get(clause.number) if match else None
            if silent is not None and state.evidence == "stated":
                state = replace(state, source=silent, evidence="attributed").with_cue(
                    "evidence", f"{words.language}.ignorance", span
                )
            state = replace(state, certainty=replace(state.certainty, unknown=True)).with_cue(
                "certainty", f"{words.language}.unknown", span
            )
        for name, level in (("probable", "probable"), ("possible", "possible"), ("improbable", "probable")):
            pattern = words.adverbs.get(name)
            match = pattern.search(text) if pattern else None
            if match and not state.hearsay and not _is_aside(clause, match) and not self._is_month(clause, match):
                certainty = state.certainty.at_most(level)
                certainty = certainty.negated() if name == "improbable" else certainty
                state = replace(state, certainty=certainty).with_cue(
                    "certainty", f"{words.language}.{name}", located(clause, match)
                )
        if words.possibility and (match := words.possibility.search(text)) and not state.hearsay:
            state = replace(state, certainty=state.certainty.at_most("possible")).with_cue(
                "certainty", f"{words.language}.possibility", located(clause, match)
            )
        future = words.adverbs.get("future")
        match = future.search(text) if future else None
        form = next((t for t in [*clause.auxiliaries(), clause.predicate] if t.lower_ in words.future_forms), None)
        if clause.number in self.ahead and not (is_past(clause, words) or is_perfect(clause)):
            state = replace(state, certainty=replace(state.certainty, future=True)).with_cue(
                "certainty", f"{words.language}.future.time", self.ahead[clause.number]
            )
        timed = words.future_times.search(text) if words.future_times else None
        if (
            match
            or form is not None
            or (timed and clause.is_finite() and not is_perfect(clause) and not is_past(clause, words))
        ):
            words_of_time = match or timed
            at = (form or clause.predicate).i
            span = located(clause, words_of_time) if form is None and words_of_time else clause.part.span(at, at)
            state = replace(state, certainty=replace(state.certainty, future=True)).with_cue(
                "certainty", f"{words.language}.future", span
            )
        return state

    def _is_month(self, clause: Clause, match: re.Match[str]) -> bool:
        """Whether a modal's form is something else here ("since May")."""
        token = _token_at(clause, match)
        return match.group(0) in self.words.modal_forms and token.pos_ not in {"AUX", "VERB"}

    def _raised(self, clause: Clause, state: State, text: str) -> State:
        """Verbs that colour their own infinitive: seeming, intending, threatening."""
        words = self.words
        heads = [clause.predicate, *clause.auxiliaries()]
        for token in heads:
            lemma = plain_lemma(token)
            suffered = clause.child("aux:pass") is not None and not has_infinitive(clause.predicate)
            for group in words.raising.get(lemma, ()):
                if self._governs(clause, token, lemma) and not suffered:
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
                "certainty", f"{words.language}.intend", located(clause, match)
            )
        return state

    def _governs(self, clause: Clause, token: Token, lemma: str) -> bool:
        """Whether a verb of intending has the infinitive (or the object of its striving) that it colours; "gaan" only in the present."""
        if lemma in self.words.verbs and clause.frame:
            return False
        if lemma in self.words.threats and token.i == clause.head and clause.child("obj") is not None:
            return True
        if token.i != clause.head or has_infinitive(token):
            return lemma != "gaan" or not (is_past(clause, self.words) or is_perfect(clause))
        return (
            lemma != "gaan"
            and self.words.language == "nl"
            and any(child.dep_ in {"obl", "obl:arg", "advcl"} for child in token.children)
        )

    def _unestablished(self, clause: Clause) -> bool:
        """Whether something could not be established ("the number could not be determined")."""
        words = self.words
        lemmas = {clause.lemma, *(plain_lemma(c) for c in clause.predicate.children if c.dep_ == "xcomp")}
        able = {plain_lemma(t) for t in (clause.predicate, *clause.auxiliaries())} & (
            words.ability | words.small("abilities")
        )
        return bool(lemmas & words.finding_out) and bool(able) and len(negations(clause, words)) % 2 == 1

    def _embedded_question(self, clause: Clause) -> bool:
        """Whether the clause denies knowing what a clause beside or below it asks ("wie er schoot, weten we niet")."""
        words = self.words
        infinitives = [plain_lemma(c) for c in clause.predicate.children if c.dep_ in {"xcomp", "ccomp"}]
        if clause.lemma not in words.knowing and not any(one in words.knowing for one in infinitives):
            return False
        near = [*clause.children, *([clause.parent, *clause.parent.children] if clause.parent else [])]
        asked = any(asks(child, words) for child in clause.children) or any(
            begins_asking(one, words) for one in (clause, *near)
        )
        asked = asked or any(
            clause.doc[i].lower_ in words.questions and clause.doc[i].dep_ != "mark"
            for i in clause.tokens
            if i > clause.head
        )
        return asked and len(negations(clause, words)) % 2 == 1


def located(clause: Clause, match: re.Match[str]) -> Span:
    """The document's characters of a match in the clause's joined words."""
    first = match.string[: match.start()].count(" ")
    last = first + match.group(0).count(" ")
    tokens = clause.tokens
    return clause.part.span(tokens[min(first, len(tokens) - 1)], tokens[min(last, len(tokens) - 1)])


def _is_aside(clause: Clause, match: re.Match[str]) -> bool:
    """Whether a doubt stands in a phrase between commas that is not the clause's core ("…, allegedly more than 400 times, …")."""
    at = clause.tokens[min(match.string[: match.start()].count(" "), len(clause.tokens) - 1)]
    doc, breaks = clause.doc, {",", "–", "—", "(", ")"}
    first = next((i for i in range(at, clause.tokens[0] - 1, -1) if doc[i].text in breaks), None)
    last = next((i for i in range(at, len(doc)) if doc[i].text in breaks), None)
    if first is None or last is None or first < clause.tokens[0] or last > clause.tokens[-1]:
        return False
    inside = [doc[i] for i in range(first + 1, last)]
    return len(inside) > 2 and not any(t.pos_ in {"VERB", "AUX"} or t.i == clause.head for t in inside)


def _token_at(clause: Clause, match: re.Match[str]) -> Token:
    at = match.string[: match.start()].count(" ")
    return clause.doc[clause.tokens[min(at, len(clause.tokens) - 1)]]
