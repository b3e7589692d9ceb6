"""Minimal pairs: two texts that differ in one cue, and the label that changes with it.

Run ``python -m relaas.evaluation.pairs`` for those that the pipeline gets wrong, with what it found and the rule that
set it. Failures that are known stand with their reason in ``known_failures.yaml`` beside the pairs; a pair that is
listed there and right is a fault too.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from relaas.errors import GoldError, ReadError, RelaasError
from relaas.evaluation.fields import FIELDS, place_name
from relaas.evaluation.labelled import Labelled, from_claim
from relaas.evaluation.writing import flow
from relaas.model.document import Document
from relaas.model.span import Span
from relaas.pipeline import Pipeline
from relaas.readers.plain import PlainText
from relaas.readers.reader import Metadata, Options
from relaas.text import occurrences
from relaas.workflow import analyse

FOLDER = Path("gold/pairs")
KNOWN = "known_failures.yaml"
COUNTED = ("evidence", "certainty", "topic", "source", "kind", "time", "places", "quantity", "unit", "cumulative")


@dataclass(frozen=True, slots=True)
class Side:
    """One text of a pair: ``of`` are words of the claim that is meant, the whole text where it has but one."""

    text: str
    of: str
    published: str
    expect: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair with the language its texts are in and what was changed between them."""

    id: str
    language: str
    cue: str
    sides: tuple[Side, Side]


def load(folder: Path = FOLDER) -> list[Pair]:
    """Every pair of a folder, a file a language; raises GoldError where a file is not in the form, or two pairs share
    an id.
    """
    pairs = [pair for path in sorted(folder.glob("??.yaml")) for pair in _file(path)]
    ids = [pair.id for pair in pairs]
    if twice := sorted({each for each in ids if ids.count(each) > 1}):
        raise GoldError(f"two minimal pairs are called {twice[0]}")
    return pairs


def known(folder: Path = FOLDER) -> dict[str, str]:
    """The failures that are known, with their reasons."""
    path = folder / KNOWN
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")) or {}) if path.exists() else {}


def _file(path: Path) -> Iterator[Pair]:
    for row in yaml.safe_load(path.read_text(encoding="utf-8"))["pairs"]:
        try:
            first, second = (_side(row[name], row["published"]) for name in ("a", "b"))
            yield Pair(row["id"], path.stem, row["cue"], (first, second))
        except (KeyError, TypeError) as error:
            raise GoldError(
                f"{path.name}: {row.get('id')} is no minimal pair: {type(error).__name__}: {error}"
            ) from error


def _side(row: Mapping[str, Any], published: str) -> Side:
    side = Side(row["text"], row.get("of") or row["text"], str(row.get("published") or published), row["expect"])
    if side.of not in side.text:
        raise GoldError(f"{side.of!r} is not in {side.text!r}")
    if unknown := set(side.expect) - set(COUNTED):
        raise GoldError(f"{side.text!r} expects {', '.join(sorted(unknown))}, which no pair is compared by")
    return side


def document(side: Side, language: str) -> Document:
    """The side as a report of its own."""
    options = Options(Metadata(published=side.published, language=language))
    return PlainText().read(side.text.encode(), "pair.txt", options)


def faults(side: Side, language: str, pipeline: Pipeline) -> list[str]:
    """What the pipeline gets wrong on one side, a sentence each."""
    try:
        found = [from_claim(claim) for claim in analyse(pipeline, document(side, language)).claims]
    except ReadError as error:
        return [str(error)]
    start = occurrences(side.text, side.of)[0]
    meant = Span(start, start + len(side.of))
    claim = max(found, key=lambda each: (_shared(each.quote, meant), -len(each.quote), -each.quote.start), default=None)
    if claim is None or not claim.quote.overlaps(meant):
        return [f"no claim holds “{side.of}”"]
    wrong = []
    for name, wanted in side.expect.items():
        expected, got = _expected(name, wanted), _found(name, claim)
        if expected != got:
            rule = claim.cues.get({"kind": "source", "unit": "quantities", "quantity": "quantities"}.get(name, name))
            wrong.append(f"{name}: {expected} expected, {got} found" + (f" [{rule[0]}]" if rule else ""))
    return wrong


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _expected(name: str, wanted: Any) -> Any:
    if name == "source":
        return FIELDS["source"]({"source": None if wanted is None else {"name": wanted}})
    if name == "time":
        return FIELDS["time"]({"time": None if wanted is None else {"edtf": wanted}})
    if name == "places":
        return sorted((place_name(place["name"]), place["use"]) for place in wanted)
    if name == "quantity":
        ends = [None if wanted[key] is None else float(wanted[key]) for key in ("value", "low", "high")]
        return (*ends, wanted["bound"])
    return wanted


def _found(name: str, claim: Labelled) -> Any:
    labels = claim.labels
    numbers = labels.get("quantities") or [None]
    if name == "places":
        return sorted((place_name(place["name"]), place["use"]) for place in labels["places"])
    if name == "quantity":
        quantities: Any = FIELDS["quantities"]({"quantities": numbers[:1]}) if numbers[0] else ()
        return quantities[0][:4] if quantities else None
    if name in ("unit", "cumulative"):
        return numbers[0].get(name) if numbers[0] else None
    return FIELDS[name](labels)


def failures(pairs: Sequence[Pair], pipeline: Pipeline) -> dict[str, str]:
    """What is wrong with each pair that the pipeline does not get right."""
    found = {}
    for pair in pairs:
        wrong = [
            f"{name}: {fault}"
            for name, side in zip("ab", pair.sides)
            for fault in faults(side, pair.language, pipeline)
        ]
        if wrong:
            found[pair.id] = "; ".join(wrong)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """List the failures; 1 when they are not exactly the known ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument(
        "--write", action="store_true", help=f"write what fails into {KNOWN}; reasons that stand there are kept"
    )
    options = parser.parse_args(arguments)
    try:
        pairs, reasons = load(options.folder), known(options.folder)
        found = failures(pairs, import_module("relaas.recipes").pipeline())
    except RelaasError as error:
        print(error, file=sys.stderr)
        return 2
    for pair in pairs:
        if pair.id in found:
            print(f"{pair.id} ({pair.cue})\n  a {pair.sides[0].text}\n  b {pair.sides[1].text}\n  {found[pair.id]}")
    print(f"{len(pairs) - len(found)} of {len(pairs)} right; {len(set(found) - set(reasons))} failures are not known")
    if options.write:
        lines = [f"{flow(name)}: {flow(reasons.get(name) or wrong)}\n" for name, wrong in sorted(found.items())]
        (options.folder / KNOWN).write_text(
            "# Minimal pairs that are known to fail, with the reason.\n" + "".join(lines), encoding="utf-8"
        )
    return 0 if set(found) == set(reasons) else 1


if __name__ == "__main__":
    sys.exit(main())
