"""``relaas evaluate --stories``: scores what is found across the reports of stories, or checks their labels."""

from __future__ import annotations

import json as jsons
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from relaas.errors import GoldError
from relaas.evaluation.stories import FILE, Story, load, read
from relaas.evaluation.story_scores import errors as faults_of
from relaas.evaluation.story_scores import story_figures, table
from relaas.evaluation.telling import all_told
from relaas.pipeline import Pipeline

SETS = (Path("gold/stories/dev"), Path("gold/stories/dev2"), Path("gold/stories/test"))
BLIND = "test"


def stories(
    folders: Sequence[Path],
    *,
    check: bool = False,
    errors: bool = False,
    only: str | None = None,
    json: bool = False,
    pipeline: Callable[[], Pipeline] | None = None,
) -> int:
    """Print the figures of each folder of stories; with ``errors`` the links that are wrong, which a blind set does not show.

    Returns 1 where a label contradicts its text.
    """
    chosen = [folder for folder in folders or SETS if next(folder.rglob(FILE), None) is not None]
    if not chosen:
        raise GoldError("there are no stories here; name their folder with --gold")
    if check:
        return _checked(chosen)
    make = pipeline or import_module("relaas.recipes").pipeline
    for folder in chosen:
        told = all_told(_only(load(folder), only), make())
        figures = story_figures(told)
        if json:
            print(jsons.dumps({folder.name: figures}, indent=1))
            continue
        print(f"Stories {folder.name}: {len(told)} stories, {sum(len(one.story.reports) for one in told)} reports")
        lines = [line for one in told for line in faults_of(one)] if errors and folder.name != BLIND else table(figures)
        print("\n".join(lines))
    return 0


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
