"""Computes on what footing and how surely each clause is put forward, from the root of the sentence down.

The method is De Facto's: every predicate that introduces a source or bears on certainty is data, its effect is applied to its
complement, and what holds of a clause is handed to the clauses below it. The scale is FactBank's, with FUT.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from relaas.model.claim import Cue
from relaas.model.source import Source
from relaas.model.span import Span
from relaas.propositions.attribution import Attribution
from relaas.propositions.clauses import Clause
from relaas.propositions.conditions import is_condition
from relaas.propositions.footing import Footing
from relaas.propositions.lexicon import Lexicon
from relaas.propositions.modality import Modality, located
from relaas.propositions.paths import with_paths
from relaas.propositions.scale import Certainty
from relaas.propositions.state import State
from relaas.propositions.verbs import looks_ahead

Token = Any
DOUBT = 3
# Without anybody named, what is said is hearsay; what is hoped or feared is the outlet's own account.
HEARSAY = frozenset({"say", "confirm", "deny", "accuse", "show"})
DEPENDENT = frozenset({"acl:relcl", "acl", "advcl", "advcl:relcl"})


class Factuality:
    """Sets source, evidence and certainty of the clauses of one sentence."""

    def __init__(
        self,
        words: Lexicon,
        ignorant: Mapping[int, Source] | None = None,
        ahead: Mapping[int, Span] | None = None,
    ) -> None:
        self.words = words
        self.modality = Modality(words, ignorant, ahead)

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
        outside = {i for attribution in attributions for i in attribution.outside}
        states: dict[int, State] = {}
        bases: dict[int, State] = {}
        for clause in _top_down(clauses):
            own = by_clause.get(clause.number, [])
            described = clause.relation in DEPENDENT and clause.head in outside and not own
            above = ground if described else self._inherited(clause, states, bases, ground)
            for attribution in (one for one in own if not one.within):
                above = self._attributed(above, attribution, clause)
            bases[clause.number] = above
            for attribution in (one for one in own if one.within):
                above = self._attributed(above, attribution, clause)
            if clause.number in footings:
                above = _footed(above, footings[clause.number])
            state = self.modality.apply(clause, above, clauses)
            clause.verification = footings[clause.number].verification if clause.number in footings else None
            states[clause.number] = state
            if any(one.within for one in own) and _rumoured(state, bases[clause.number]):
                state = states[clause.number] = replace(state, source=bases[clause.number].source)
            clause.source, clause.evidence, clause.certainty = _owned(state), state.evidence, state.certainty.label
            cues = state.cues if clause.source is not None else _without(state.cues, "source", keep=False)
            clause.cues |= with_paths(clause, clauses, cues)

    def _parenthetical_doubt(self, clauses: Sequence[Clause], ground: State) -> State:
        """A doubt set between commas ("…, nog onbevestigde, berichten dat …") reaches the whole sentence and claims nothing itself."""
        pattern = self.words.hearsay_adjectives
        for clause in clauses:
            match = pattern.search(clause.words) if pattern else None
            words = [i for i in clause.tokens if clause.doc[i].is_alpha]
            if match is None or len(words) > DOUBT or clause.parent is None or clause.subject() is not None:
                continue
            clause.frame = True
            rule, span = f"{self.words.language}.hearsay.adjective", located(clause, match)
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
        if clause.relation == "gap":
            return bases[clause.parent.number]
        if clause.relation == "parataxis" and clause.frame:
            return ground
        if clause.relation == "conj" or clause.relation == "parataxis":
            beside = self._beside_content(clause, states)
            base = beside or (bases[clause.parent.number] if self._stands_alone(clause) else above)
            return replace(
                base, certainty=_spread(base, Certainty()), cues=_without(base.cues, "certainty", keep=base.hearsay)
            )
        if clause.relation in DEPENDENT:
            if is_condition(clause, self.words) or above.certainty.unknown:
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
        return (
            states[before[-1].number]
            if spliced or shared or clause.marks() & self.words.small("declaratives")
            else None
        )

    def _attributed(self, state: State, attribution: Attribution, clause: Clause) -> State:
        effect = attribution.effect
        finite = attribution.group.finite
        if attribution.group.ahead is not None and looks_ahead(clause, self.words):
            effect = replace(effect, certainty=attribution.group.ahead.certainty)
        if finite is not None and clause.is_finite() and clause.relation in {"ccomp", "parataxis", "root"}:
            effect = finite if finite.evidence else replace(effect, certainty=finite.certainty)
        evidence = (
            state.evidence
            if state.evidence == "unconfirmed"
            else effect.evidence or attribution.group.effect.evidence or state.evidence
        )
        certainty = state.certainty.after(effect.certainty)
        certainty = certainty.at_most("probable") if attribution.hedged else certainty
        result = replace(state, evidence=evidence, certainty=certainty)
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
        elif (
            evidence == "attributed"
            and state.source is None
            and attribution.source_span is None
            and attribution.group.name not in HEARSAY
        ):
            result = replace(result, evidence=state.evidence)
        elif evidence == "attributed" and state.source is None and attribution.source_span is None:
            result = replace(result, evidence="unconfirmed", certainty=result.certainty.at_most("possible"))
        result = result.with_cue("evidence", attribution.rule, attribution.cue)
        if effect.certainty:
            result = result.with_cue("certainty", attribution.rule, attribution.cue)
        return result


def _rumoured(state: State, base: State) -> bool:
    """Whether it is hearsay that somebody said something ("he is said to have asked for"): then it is not his account."""
    cue = state.cues.get("evidence")
    return state.hearsay and not base.hearsay and cue is not None and not cue.rule.endswith("adjective")


def _owned(state: State) -> Source | None:
    """Whose it is: hearsay that comes from "reports" or "rumours" has no source."""
    nobody = state.evidence == "unconfirmed" and state.source is not None and state.source.kind == "unnamed"
    return None if nobody else state.source


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


def _top_down(clauses: Sequence[Clause]) -> list[Clause]:
    return sorted(clauses, key=lambda clause: (sum(1 for _ in clause.ancestors()), clause.number))


def _spread(state: State, otherwise: Certainty) -> Certainty:
    """Hearsay spreads over what is in its scope; other certainty does not."""
    return Certainty("possible") if state.hearsay else otherwise


def _without(cues: dict[str, Cue], label: str, *, keep: bool) -> dict[str, Cue]:
    return cues if keep else {name: cue for name, cue in cues.items() if name != label}
