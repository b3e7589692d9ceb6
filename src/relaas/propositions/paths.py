"""The way through the tree from the words that set a label to the clause that bears it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from relaas.model.claim import Cue
from relaas.model.span import Span
from relaas.propositions.clauses import Clause

UP = "up"
Step = tuple[str, Span]


def with_paths(clause: Clause, clauses: Sequence[Clause], cues: Mapping[str, Cue]) -> dict[str, Cue]:
    """The cues of a clause, each with its path; one that was inherited gets the path from where its words stand."""
    return {label: Cue(cue.rule, cue.spans, _path(clause, clauses, cue)) for label, cue in cues.items()}


def _path(clause: Clause, clauses: Sequence[Clause], cue: Cue) -> tuple[Step, ...]:
    """From the clause of the cue's first words: up to the common clause above, then down by each clause's relation."""
    start = _home(clauses, cue)
    if start is None or start is clause:
        return (_step(clause),)
    above, own = [start, *start.ancestors()], [clause, *clause.ancestors()]
    common = next((one for one in above if one in own), None)
    if common is None:
        return (_step(start), _step(clause))
    climbed = above[1 : above.index(common) + 1]
    down = list(reversed(own[: own.index(common)]))
    return (_step(start), *((UP, _predicate(one)) for one in climbed), *map(_step, down))


def _home(clauses: Sequence[Clause], cue: Cue) -> Clause | None:
    if not cue.spans:
        return None
    at = cue.spans[0].start
    return next((one for one in clauses if any(one.part.starts[i] <= at < one.part.ends[i] for i in one.tokens)), None)


def _step(clause: Clause) -> Step:
    return clause.relation, _predicate(clause)


def _predicate(clause: Clause) -> Span:
    return clause.part.span(clause.head, clause.head)
