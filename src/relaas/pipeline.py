"""A list of steps: checks their order, runs them, and knows its own identity."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Sequence
from functools import cache, cached_property
from importlib import metadata
from pathlib import Path

from relaas.errors import PipelineError
from relaas.ids import content_hash
from relaas.model.document import Document
from relaas.model.run import Run
from relaas.steps.step import Analysis, Given, Step

ROOT = Path(__file__).parent
SHARED = ("ids.py", "text.py", "dates.py", "model", "steps/step.py")
COUNTED = frozenset({".py", ".yaml", ".json", ".tsv", ".csv", ".npz", ".geojson"})
LIBRARY = "libraries:"


class Pipeline:
    """Steps in order. The same document through the same pipeline gives the same analysis, whatever was read before."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self.steps = tuple(steps)
        check_order(self.steps)

    def run(self, document: Document, *, given: Given | None = None, until: str | None = None) -> Analysis:
        """Every step on one document; with ``until``, up to and including the step of that name."""
        analysis = Analysis(document, given or Given())
        for step in self.steps:
            step.run(analysis)
            if step.name == until:
                break
        return analysis

    @cached_property
    def identity(self) -> Run:
        """The run that a result belongs to: name, configuration, code and data of each step."""
        shared = [_digest(ROOT / name) for name in SHARED]
        return Run({step.name: _identity(step, shared) for step in self.steps})


def check_order(steps: Sequence[Step]) -> None:
    """Raise PipelineError where a step reads what no step before it writes, or two steps share a name."""
    written = {"document", "given"}
    names: set[str] = set()
    for step in steps:
        if step.name in names:
            raise PipelineError(f"two steps are called {step.name!r}")
        names.add(step.name)
        if missing := step.reads - written:
            raise PipelineError(
                f"step {step.name!r} reads {', '.join(sorted(missing))}, which no step before it writes"
            )
        written |= step.writes


def _identity(step: Step, shared: list[str]) -> str:
    code = _digest(Path(inspect.getfile(type(step))))
    return content_hash(step.name, step.configuration(), code, [_ground(name) for name in step.stands_on], shared)


def _ground(name: str) -> str:
    """What a step stands on: a package or data file of ours, or the version of a library."""
    if name.startswith(LIBRARY):
        return f"{name} {metadata.version(name.removeprefix(LIBRARY))}"
    return _digest(ROOT / name)


@cache
def _digest(path: Path) -> str:
    """Hash of a file, or of all code and data in a folder; the model's graph counts by the checksum in its manifest."""
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    if not path.is_dir():
        raise PipelineError(f"{path.relative_to(ROOT)} is named by a step but is not there")
    files = sorted(file for file in path.rglob("*") if file.suffix in COUNTED)
    return content_hash([[str(file.relative_to(path)), _digest(file)] for file in files])
