"""``relaas evaluate``: scores the pipeline on the gold set, checks the set, lists errors, and guards the floors."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from relaas.errors import GoldError, RelaasError
from relaas.evaluation import gates, tables
from relaas.evaluation.across import stories
from relaas.evaluation.checking import check
from relaas.evaluation.fields import ALL, FIELDS
from relaas.evaluation.floors import FILE, Book
from relaas.evaluation.gold import Gold, gold_hash, load
from relaas.evaluation.predictions import Predictions, from_file, from_pipeline
from relaas.pipeline import Pipeline

SETS = (Path("gold/dev"), Path("gold/test"))


@dataclass(frozen=True, slots=True)
class Options:
    """What to evaluate (no folder: dev and test, as far as they are there) and what to show; ``claims`` is a file to
    score in the pipeline's stead.
    """

    gold: Sequence[Path] = ()
    claims: Path | None = None
    check: bool = False
    hash: bool = False
    errors: bool = False
    strict: bool = False
    fields: Sequence[str] = ()
    confusion: Sequence[str] = ()
    surplus: bool = False
    only: str | None = None
    json: bool = False
    stories: bool = False
    lift: bool = False
    lower: Sequence[str] = ()
    reason: str | None = None
    floors: Path = FILE
    pipeline: Callable[[], Pipeline] | None = field(default=None, compare=False)


def evaluate(options: Options) -> int:
    """Do what the options ask; 0 when all is well, 1 when a floor fell, the gold has a fault or a report could not be
    read.
    """
    if options.stories:
        return stories(
            options.gold,
            check=options.check,
            errors=options.errors,
            only=options.only,
            json=options.json,
            lift=options.lift,
            reason=options.reason,
            floors=options.floors,
            pipeline=options.pipeline,
        )
    if unknown := [name for name in (*options.fields, *options.confusion) if name not in ALL]:
        raise GoldError(f"there is no field {', '.join(unknown)}; fields are {', '.join(ALL)}")
    folders = options.gold or [folder for folder in SETS if folder.exists()]
    if missing := [str(folder) for folder in folders or SETS if not folder.exists()]:
        raise GoldError(f"there is no gold at {', '.join(missing)}; name its folder with --gold")
    if options.check:
        return _checked(folders)
    if options.hash:
        print("\n".join(f"{gold_hash(folder)}  {folder.name}" for folder in folders))
        return 0
    book, well, measured = Book.open(options.floors), True, []
    for folder in folders:
        golds = [gold for gold in load(folder) if options.only is None or options.only in gold.name]
        predictions, faults = _predictions(golds, options)
        _complain(faults)
        well = well and not faults
        measured.append(gates.measure(folder, golds, predictions))
    if options.lift or options.lower:
        _settle(measured, book, options)
    elif options.json:
        figures = {each.name: {"gold": each.hash, "ours": each.ours, "baseline": each.baseline} for each in measured}
        print(json.dumps(figures, indent=1, sort_keys=True))
    else:
        for each in measured:
            _show(each, options)
    if options.only is not None or options.claims is not None or options.errors or options.confusion or options.surplus:
        return 0 if well else 1
    falls = [line for each in measured for line in gates.verdict(each, book)]
    _complain(falls)
    return 0 if well and not falls else 1


def _checked(folders: Iterable[Path]) -> int:
    faults = [fault for folder in folders for fault in check(folder)]
    _complain(faults)
    print(f"{len(faults)} faults" if faults else "The gold has no faults.")
    return 1 if faults else 0


def _predictions(golds: Sequence[Gold], options: Options) -> tuple[Predictions, list[str]]:
    if options.claims is not None:
        return from_file(options.claims, golds), []
    make = options.pipeline or import_module("relaas.recipes").pipeline
    return from_pipeline(make(), golds)


def _settle(measured: Sequence[gates.Measured], book: Book, options: Options) -> None:
    """Raise or lower floors and save them."""
    if options.only is not None:
        raise GoldError("floors are set on whole sets, so --raise and --lower do not go with --only")
    known = {figure for floors in book.sets.values() for figure in floors.ours}
    if unknown := [figure for figure in options.lower if figure not in known]:
        raise GoldError(f"there is no floor {', '.join(unknown)}")
    for each in measured:
        lines = (
            gates.lift(each, book, options.reason)
            if options.lift
            else gates.lower(each, book, options.lower, options.reason)
        )
        for line in lines:
            print(line)
    book.save(options.floors)


def _show(measured: gates.Measured, options: Options) -> None:
    comparison = measured.comparison
    if options.errors:
        lines = tables.errors(comparison, tuple(options.fields) or tuple(FIELDS), strict=options.strict)
    elif options.confusion:
        lines = (line for name in options.confusion for line in tables.confusions(comparison, name))
    elif options.surplus:
        lines = tables.surplus(comparison)
    else:
        print(f"Gold set {measured.name} ({measured.hash[:12]})")
        lines = tables.overview(measured.ours, measured.baseline, comparison)
    for line in lines:
        print(line)


def _complain(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, file=sys.stderr)


def run(arguments: Sequence[str] | None = None) -> int:
    """The command with its arguments; ``python -m relaas.evaluation.command`` is the same. 2 for a wrong question."""
    parser = argparse.ArgumentParser(prog="relaas evaluate", description=__doc__)
    parser.add_argument("--gold", type=Path, action="append", help="a folder of texts and labels; may be given again")
    parser.add_argument("--claims", type=Path, help="score this JSONL file of claims instead of running the pipeline")
    parser.add_argument("--hash", action="store_true", help="the hash of each set, over all its texts and labels")
    parser.add_argument("--check", action="store_true", help="check the gold itself")
    parser.add_argument(
        "--errors", action="store_true", help="list the errors, one after another, with the cue that misled"
    )
    parser.add_argument("--strict", action="store_true", help="with --errors: claims paired one to one by their quotes")
    parser.add_argument(
        "--field", dest="fields", action="append", help="with --errors: only this field; may be given again"
    )
    parser.add_argument("--confusion", action="append", metavar="FIELD", help="which labels were taken for which")
    parser.add_argument("--surplus", action="store_true", help="list predicted claims that the gold does not have")
    parser.add_argument("--only", help="only reports whose name holds this")
    parser.add_argument("--stories", action="store_true", help="score what is found across the reports of stories")
    parser.add_argument("--json", action="store_true", help="all figures as JSON")
    parser.add_argument("--raise", dest="lift", action="store_true", help="raise the floors to what is reached")
    parser.add_argument(
        "--lower", action="append", metavar="FIGURE", help="let a floor down to what is reached; takes a --reason"
    )
    parser.add_argument("--reason", help="why a floor is let down, or set anew on another gold")
    parser.add_argument("--floors", type=Path, help="the file of the floors")
    try:
        return evaluate(
            Options(**{name: value for name, value in vars(parser.parse_args(arguments)).items() if value is not None})
        )
    except RelaasError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of a long list has seen enough
        sys.stderr.close()
        return 0


if __name__ == "__main__":
    sys.exit(run())
