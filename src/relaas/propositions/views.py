"""What the reading model says of a clause, seen from several sides: its own words, its predicate, the clause above, the sentences around."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relaas.propositions.clauses import Clause
from relaas.reading.tellings import TELLINGS
from relaas.steps.step import Analysis

Floats = NDArray[np.float32]
VIEWS = ("own", "head", "above", "sentence", "before", "after")
SIDES = (*VIEWS, "lexical")
"""The model's views, and that of the word heads (`relaas.propositions.lexical`)."""
WIDTH = sum(map(len, TELLINGS.values()))


def columns(kind: str) -> slice:
    """Where the labels of a head stand among those of all heads."""
    names = list(TELLINGS)
    start = sum(len(TELLINGS[name]) for name in names[: names.index(kind)])
    return slice(start, start + len(TELLINGS[kind]))


def views(clauses: Sequence[Clause]) -> dict[str, Floats]:
    """For each side the logarithms of chances, clauses × the labels of all heads in a row; zeros where nothing is there.

    ``clauses`` are a report's, in the order of the text; a passage that no model has read says nothing.
    """
    found = {name: np.zeros((len(clauses), WIDTH), np.float32) for name in VIEWS}
    sentences = _sentences(clauses)
    order = {index: place for place, index in enumerate(sentences)}
    means = list(sentences.values())
    rows = {id(clause): number for number, clause in enumerate(clauses)}
    for number, clause in enumerate(clauses):
        logs = _logs(clause)
        if logs is None:
            continue
        own = own_words(clause)
        found["own"][number] = logs[own or [clause.head]].mean(0)
        found["head"][number] = logs[clause.head]
        place = order[clause.sentence.index]
        found["sentence"][number] = means[place]
        if place:
            found["before"][number] = means[place - 1]
        if place + 1 < len(means):
            found["after"][number] = means[place + 1]
    for number, clause in enumerate(clauses):
        above = next((rows[id(one)] for one in clause.ancestors() if id(one) in rows), None)
        found["above"][number] = found["own"][number if above is None else above]
    return found


def telling(analysis: Analysis) -> list[Clause]:
    """A report's clauses that say something, in the order of the text: none of reporting words alone."""
    return [
        clause
        for _, sentence in analysis.sentences()
        for clause in analysis.clauses[sentence.index]
        if not clause.frame and own_words(clause)
    ]


def own_words(clause: Clause) -> list[int]:
    """The numbers of the clause's words that its claim would quote."""
    doc, left_out = clause.doc, clause.left_out
    return [i for i in clause.tokens if i not in left_out and not doc[i].is_space and not doc[i].is_punct]


def _logs(clause: Clause) -> Any:
    tellings = clause.doc.user_data.get("tellings")
    return None if tellings is None else tellings.logs


def _sentences(clauses: Sequence[Clause]) -> dict[int, Floats]:
    """The mean over the words of each sentence that has a clause, in the order of the text."""
    words: dict[int, list[int]] = {}
    docs: dict[int, Any] = {}
    for clause in clauses:
        words.setdefault(clause.sentence.index, []).extend(own_words(clause))
        docs[clause.sentence.index] = _logs(clause)
    return {
        index: np.zeros(WIDTH, np.float32) if docs[index] is None or not tokens else docs[index][tokens].mean(0)
        for index, tokens in sorted(words.items())
    }
