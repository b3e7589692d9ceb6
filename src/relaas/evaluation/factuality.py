"""Certainty and polarity of single events against MEANTIME's English mentions, with the majority class beside them.

An event mention that is a predicate takes the certainty of its clause, put into MEANTIME's terms. Classes are shown with their counts, and
macro-F1 is the mean over the classes that the annotation uses. Run
``python -m relaas.evaluation.factuality ../shared/data/meantime/en-xml``.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from relaas.errors import GoldError, RelaasError
from relaas.ids import bytes_hash
from relaas.model.document import Document
from relaas.model.span import Span
from relaas.pipeline import Pipeline
from relaas.propositions.clauses import Clause, plain_lemma
from relaas.propositions.lexicon import lexicon
from relaas.propositions.verbs import is_past
from relaas.steps.step import Analysis, Given, Part

LEVELS = {"CT": "CERTAIN", "PR": "PROBABLE", "PS": "POSSIBLE"}
OPEN = "UNDERSPECIFIED"
# What is told to come MEANTIME calls certain, what is expected probable; what is only conditional or willed it leaves open.
FORETOLD = frozenset({"future", "plan", "time"})
EXPECTED = frozenset({"expect", "intend"})
SENTENCES = 6
Token = Any


@dataclass
class Table:
    """How often each annotated class met each found one."""

    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def classes(self) -> list[tuple[str, int]]:
        """The annotated classes with their counts, commonest first."""
        counts: Counter[str] = Counter()
        for (gold, _), count in self.pairs.items():
            counts[gold] += count
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    def f1(self, name: str) -> float:
        """F1 of one class, 0 to 1."""
        gold = sum(count for (one, _), count in self.pairs.items() if one == name)
        found = sum(count for (_, other), count in self.pairs.items() if other == name)
        return 2 * self.pairs[name, name] / max(1, gold + found)

    @property
    def macro(self) -> float:
        """Mean F1 over the annotated classes."""
        return sum(self.f1(name) for name, _ in self.classes) / max(1, len(self.classes))

    @property
    def accuracy(self) -> float:
        """Share of mentions with the right class."""
        return sum(count for (one, other), count in self.pairs.items() if one == other) / max(1, self.pairs.total())

    def majority(self) -> Table:
        """The table of always giving the commonest class."""
        commonest = self.classes[0][0]
        return Table(Counter({(name, commonest): count for name, count in self.classes}))


def measure(folder: Path, pipeline: Pipeline) -> dict[str, Table]:
    """Tables of certainty, polarity and both together; raises GoldError for a folder without files."""
    tables = {"certainty": Table(), "polarity": Table(), "both": Table()}
    files = sorted(folder.rglob("*.xml"))
    if not files:
        raise GoldError(f"{folder} holds no MEANTIME file")
    for path in files:
        root = ElementTree.parse(path).getroot()
        analysis, places = _read(root, pipeline)
        for tokens, certainty, polarity in _mentions(root):
            if not tokens or tokens[0] not in places:
                continue
            level, sign = _found(analysis, places[tokens[0]])
            tables["certainty"].pairs[certainty, level] += 1
            tables["polarity"].pairs[polarity, sign] += 1
            tables["both"].pairs[f"{certainty} {polarity}", f"{level} {sign}"] += 1
    return tables


def _read(root: ElementTree.Element, pipeline: Pipeline) -> tuple[Analysis, dict[str, int]]:
    """The document's annotated sentences analysed with their own words, and where each word begins."""
    tokens = [token for token in root.iter("token") if int(token.get("sentence") or 0) < SENTENCES]
    words = [token.text or "_" for token in tokens]
    lengths = list(Counter(int(token.get("sentence") or 0) for token in tokens).values())
    text, places = "", {}
    for token, word in zip(tokens, words, strict=True):
        text += " " if text else ""
        places[token.get("t_id") or ""] = len(text)
        text += word
    digest = bytes_hash(text.encode())
    document = Document(digest[:24], digest, "meantime", text, Span(0, len(text)), language="en", reader="evaluation/1")
    return pipeline.run(document, given=Given(words, lengths), until="evidence"), places


def _mentions(root: ElementTree.Element) -> Iterator[tuple[list[str], str, str]]:
    for mention in root.iter("EVENT_MENTION"):
        certainty, polarity = mention.get("certainty"), mention.get("polarity")
        if certainty and polarity:
            yield [anchor.get("t_id") or "" for anchor in mention.iter("token_anchor")], certainty, polarity


def _found(analysis: Analysis, start: int) -> tuple[str, str]:
    """Level and polarity of the event that a word names, in MEANTIME's terms: its clause's where it is the predicate.

    A noun beside the predicate is taken for certain; an infinitive of purpose or obligation is left open.
    """
    for part, sentence in analysis.sentences():
        if not sentence.span.start <= start < sentence.span.end:
            continue
        token = part.token_at(start)
        clause = next((c for c in analysis.clauses[sentence.index] if token is not None and token.i in c.tokens), None)
        if token is None or clause is None:
            break
        if any(child.dep_ == "mark" and child.pos_ == "PART" for child in token.children):
            return _infinitive(clause, token)
        if token.i != clause.head or _is_cue(clause, part, token):
            return "CERTAIN", "POS"
        return _level(clause)
    return "CERTAIN", "POS"


def _is_cue(clause: Clause, part: Part, token: Token) -> bool:
    """Whether a predicate is itself what makes its complement unsure: the plan is certain, what is planned is not."""
    cue = clause.cues.get("certainty")
    start, end = part.starts[token.i], part.ends[token.i]
    complement = any(child.dep_ in {"xcomp", "ccomp"} for child in token.children)
    return complement and cue is not None and any(one.start <= start and end <= one.end for one in cue.spans)


def _infinitive(clause: Clause, token: Token) -> tuple[str, str]:
    """An infinitive has its clause's label where one is set, and is open otherwise."""
    level, sign = _level(clause)
    complement = token.i == clause.head and clause.relation in {"xcomp", "ccomp"} and clause.evidence == "attributed"
    if (level, sign) != ("CERTAIN", "POS") or (complement and clause.certainty == "CT+"):
        return level, sign
    done = clause.certainty == "CT+" and token.i != clause.head and is_past(clause, lexicon("en"))
    return ("CERTAIN", "POS") if done else (OPEN, OPEN)


def _level(clause: Clause) -> tuple[str, str]:
    label, forms = clause.certainty, {token.lower_ for token in clause.auxiliaries()}
    words = lexicon("en")
    if label == "Uu":
        return OPEN, OPEN
    if label == "FUT":
        cue = clause.cues.get("certainty")
        rule = set(cue.rule.split(".")) if cue is not None else set()
        if rule & EXPECTED or forms & words.conditional_forms:
            return "PROBABLE", OPEN
        return ("CERTAIN", "POS") if rule & FORETOLD else (OPEN, OPEN)
    if label == "CT+" and {plain_lemma(token) for token in clause.auxiliaries()} & words.ability:
        return "POSSIBLE", "POS"
    return LEVELS[label[:2]], "NEG" if label.endswith("-") else "POS"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; 2 where the folder holds none."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    try:
        tables = measure(options.folder, import_module("relaas.recipes").pipeline())
    except RelaasError as error:
        print(error, file=sys.stderr)
        return 2
    for name, table in tables.items():
        base = table.majority()
        print(
            f"{name}: macro-F1 {table.macro:.3f} (majority {base.macro:.3f}), "
            f"accuracy {table.accuracy:.3f} ({base.accuracy:.3f})"
        )
        for label, count in table.classes:
            print(f"  {label}: {count} mentions, F1 {table.f1(label):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
