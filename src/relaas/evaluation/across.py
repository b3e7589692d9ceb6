"""``relaas evaluate --stories``: scores what is found across the reports of stories, or checks their labels."""

from __future__ import annotations

import json as jsons
import sys
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from relaas.errors import GoldError
from relaas.evaluation.floors import FILE as FILE_OF_FLOORS
from relaas.evaluation.floors import Book, fallen
from relaas.evaluation.stories import FILE, Story, load, read
from relaas.evaluation.story_scores import errors as faults_of
from relaas.evaluation.story_scores import story_figures, table
from relaas.evaluation.telling import all_told
from relaas.pipeline import Pipeline

SETS = (Path("gold/stories/dev"), Path("gold/stories/dev2"), Path("gold/stories/test"))
BLIND = "test"
GUARDED = ("clusters/b3", "clusters/pairs", "links", "independence", "states", "control/rows", "casualties/rows")
"""Figures that get a floor."""


def stories(
    folders: Sequence[Path],
    *,
    check: bool = False,
    errors: bool = False,
    only: str | None = None,
    json: bool = False,
    lift: bool = False,
    reason: str | None = None,
    floors: Path = FILE_OF_FLOORS,
    pipeline: Callable[[], Pipeline] | None = None,
) -> int:
    """Print the figures of each folder of stories; with ``errors`` the links that are wrong, which a blind set does not show; with ``lift`` raise its floors.

    Returns 1 where a label contradicts its text or a figure fell below its floor.
    """
    chosen = [folder for folder in folders or SETS if next(folder.rglob(FILE), None) is not None]
    if not chosen:
        raise GoldError("there are no stories here; name their folder with --gold")
    if check:
        return _checked(chosen)
    make = pipeline or import_module("relaas.recipes").pipeline
    book, well = Book.open(floors), True
    for folder in chosen:
        told = all_told(_only(load(folder), only), make())
        figures = story_figures(told)
        if only is None:
            well = _guarded(folder, figures, book, lift=lift, reason=reason) and well
        if json:
            print(jsons.dumps({folder.name: figures}, indent=1))
            continue
        print(f"Stories {folder.name}: {len(told)} stories, {sum(len(one.story.reports) for one in told)} reports")
        lines = [line for one in told for line in faults_of(one)] if errors and folder.name != BLIND else table(figures)
        print("\n".join(lines))
    if lift:
        book.save(floors)
    return 0 if well else 1


def _guarded(folder: Path, figures: Mapping[str, float], book: Book, *, lift: bool, reason: str | None) -> bool:
    """Whether a folder's figures hold their floors; raises those first where it is asked for. A blind set has none."""
    name, gold = f"stories/{folder.name}", stories_hash(folder)
    ours = {figure: figures[figure] for figure in GUARDED}
    if lift and folder.name != BLIND:
        book.lift(name, gold, ours, {}, reason)
    known = book.sets.get(name)
    falls = (
        [
            f"{figure} fell to {reached:.3f}, its floor is {least:.3f}"
            for figure, least, reached in fallen(known.ours, ours)
        ]
        if known
        else []
    )
    if known and known.gold != gold:
        falls = ["its floors were measured on another gold; set them anew with --raise --reason"]
    for line in falls:
        print(f"{name}: {line}", file=sys.stderr)
    return not falls


def stories_hash(folder: Path) -> str:
    """SHA-256 over the names and contents of all reports and labels of a folder of stories."""
    digest = sha256()
    for path in sorted(each for each in folder.rglob("*") if each.suffix in {".txt", ".yaml"}):
        digest.update(str(path.relative_to(folder)).encode() + b"\0" + sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _only(found: Sequence[Story], only: str | None) -> list[Story]:
    return [story for story in found if only is None or only in story.name]


def _checked(folders: Sequence[Path]) -> int:
    """Read every story; each fault is a line."""
    faults = []
    for folder in folders:
        for file in sorted(folder.rglob(FILE)):
            try:
                read(file)
            except GoldError as error:
                faults.append(str(error))
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(faults)} stories with faults" if faults else "The stories have no faults.")
    return 1 if faults else 0
