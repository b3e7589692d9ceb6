"""Where the model's weights are and what they choose from; nothing is read with weights that are missing, damaged or of
another version."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from relaas.errors import ModelError

FORMAT = 2
"""Raised when the graph's inputs or outputs change, so that old weights are refused and not misread."""
FOLDER = Path(__file__).with_name("weights")
MANIFEST = "model.json"
GRAPH, PIECES = "model.onnx", "pieces.json"


@dataclass(frozen=True)
class Weights:
    """The checked files and the model's inventories, each in the order of the numbers that the graph gives."""

    graph: Path
    pieces: Path
    version: str
    dim: int
    upos: tuple[str, ...]
    labels: tuple[str, ...]
    scripts: tuple[str, ...]
    entities: tuple[str, ...]
    tellings: dict[str, tuple[str, ...]]
    """The heads that say what a word is part of in a claim, and the labels of each."""
    schemes: dict[str, int]
    """The languages trained for, and the number of the conventions that each follows."""


def load(folder: Path | None = None) -> Weights:
    """Check every file against the manifest beside it and return where they are; raise ModelError in one clear
    sentence."""
    folder = folder or FOLDER
    manifest = _manifest(folder / MANIFEST)
    try:
        if manifest["format"] != FORMAT:
            raise ModelError(
                f"The reading model in {folder} is of format {manifest['format']}, this program reads format {FORMAT}: "
                "install weights that belong to it."
            )
        for name, digest in sorted(manifest["sha256"].items()):
            _check(folder / name, digest)
        return Weights(
            graph=folder / GRAPH,
            pieces=folder / PIECES,
            version=str(manifest["version"]),
            dim=int(manifest["dim"]),
            upos=tuple(manifest["upos"]),
            labels=tuple(manifest["labels"]),
            scripts=tuple(manifest["scripts"]),
            entities=tuple(manifest["entities"]),
            tellings={str(name): tuple(labels) for name, labels in manifest["tellings"].items()},
            schemes=dict(manifest["schemes"]),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ModelError(
            f"The reading model's manifest {folder / MANIFEST} is damaged: {error!r} is not as it should be."
        ) from error


def _manifest(path: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise ModelError(f"The reading model is missing: there is no {path}.") from error
    except (OSError, ValueError) as error:
        raise ModelError(f"The reading model's manifest {path} cannot be read: {error}.") from error
    if not isinstance(manifest, dict):
        raise ModelError(f"The reading model's manifest {path} is damaged: it is no JSON object.")
    return manifest


def _check(path: Path, digest: str) -> None:
    try:
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise ModelError(f"The reading model is missing: there is no {path}.") from error
    except OSError as error:
        raise ModelError(f"The reading model's file {path} cannot be read: {error}.") from error
    if found != digest:
        raise ModelError(f"The reading model's file {path} is damaged: its checksum is not the one in {MANIFEST}.")
