"""Scores quantities on the sentences of ``gold/quantities``: words, value, bound, unit, with the tree and without.

``python -m relaas.evaluation.quantities`` prints the figures and, with ``--errors``, the errors.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from relaas.errors import GoldError
from relaas.evaluation.fields import unit
from relaas.model.document import Document
from relaas.model.quantity import Quantity
from relaas.model.span import Span
from relaas.quantities.finding import find
from relaas.steps.claims import NAMES_NOT_COUNTS

FOLDER = Path("gold/quantities")
Reading = Callable[[str, str], Sequence[Quantity]]
"""Reads the quantities of a sentence in a language."""


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence in a language with the quantities that a person sees in it, each as words, value, bound, unit, of."""

    language: str
    text: str
    quantities: tuple[tuple[Any, ...], ...]


@dataclass(slots=True)
class Counts:
    """How many quantities were expected and found, how many have number and bound right, and how many the unit too."""

    expected: int = 0
    found: int = 0
    numbers: int = 0
    right: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def figures(self) -> dict[str, float]:
        """F1 of numbers with their bound, and of numbers with bound and unit."""
        whole = max(self.expected + self.found, 1)
        return {
            "expected": self.expected,
            "found": self.found,
            "numbers/F1": round(2 * self.numbers / whole, 3),
            "quantities/F1": round(2 * self.right / whole, 3),
        }


def cases(folder: Path = FOLDER) -> list[Case]:
    """The sentences of every language; raises GoldError where words are not in their sentence."""
    found = []
    for path in sorted(folder.glob("*.yaml")):
        for text, quantities in yaml.safe_load(path.read_text(encoding="utf-8")):
            if missing := [each[0] for each in quantities if each[0] not in text]:
                raise GoldError(f"{path.name}: {missing[0]!r} is not in {text!r}")
            found.append(Case(path.stem, text, tuple(tuple(each) for each in quantities)))
    return found


def count(wanted: Iterable[Case], read: Reading) -> Counts:
    """Compare what a reading finds with what is expected."""
    counts = Counts()
    for case in wanted:
        found = [each for each in read(case.text, case.language) if each.unit not in NAMES_NOT_COUNTS]
        expected = [_expected(each) for each in case.quantities]
        have = [_found(each) for each in found]
        counts.expected += len(expected)
        counts.found += len(have)
        counts.numbers += _shared([each[:4] for each in expected], [each[:4] for each in have])
        counts.right += _shared(expected, have)
        if sorted(map(str, expected)) != sorted(map(str, have)):
            counts.errors.append(f"{case.text}\n    wanted {expected}\n    found  {have}")
    return counts


def bare(text: str, language: str) -> Sequence[Quantity]:
    """The public function, without a tree."""
    return find(text, language=language, kinds="all")


def parsed() -> Reading:
    """The step in the pipeline, with the tree."""
    pipeline = import_module("relaas.recipes").pipeline()

    def read(text: str, language: str) -> Sequence[Quantity]:
        document = Document("case", "case", "case", text, Span(0, len(text)), language=language)
        found: Sequence[Quantity] = pipeline.run(document, until="quantities").quantities
        return found

    return read


def _shared(expected: list[Any], have: list[Any]) -> int:
    rest, shared = list(have), 0
    for each in expected:
        if each in rest:
            rest.remove(each)
            shared += 1
    return shared


def _expected(row: tuple[Any, ...]) -> tuple[Any, ...]:
    _, value, bound, counted, _ = row
    low, high = value if isinstance(value, list) else (None, None)
    return None if isinstance(value, list) else value, low, high, bound, unit(counted)


def _found(quantity: Quantity) -> tuple[Any, ...]:
    low, high = (quantity.low, quantity.high) if quantity.value is None else (None, None)
    return quantity.value, low, high, quantity.bound, unit(quantity.unit)


def main(arguments: Sequence[str]) -> int:
    """Print the figures per language, with the tree and without."""
    wanted = cases()
    for name, read in (("tree", parsed()), ("words", bare)):
        for language in sorted({case.language for case in wanted}):
            counts = count([case for case in wanted if case.language == language], read)
            print(name, language, counts.figures)
            if "--errors" in arguments:
                print("\n".join(counts.errors))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
