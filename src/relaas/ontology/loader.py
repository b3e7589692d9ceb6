"""Reads the ontology's data files: concepts shared by all languages, and language knowledge per language and concept."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from relaas.errors import OntologyError

ROOT = Path(__file__).parent
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def concept(name: str) -> dict[str, Any]:
    """The data of one shared concept, e.g. ``concept("topics")``; raises OntologyError where the file is missing or broken."""
    return read_mapping(ROOT / f"{name}.yaml")


@cache
def language_data(language: str, name: str) -> dict[str, Any]:
    """The data of one concept in one language, e.g. ``language_data("nl", "times")`` from ``languages/nl/times.yaml``.

    An unknown language gives an empty mapping, so that text in it is read without knowledge instead of refused.
    """
    path = ROOT / "languages" / language / f"{name}.yaml"
    if not path.exists():
        return {}
    return read_mapping(path)


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a folder of data, sorted."""
    return tuple(sorted(path.name for path in (ROOT / "languages").iterdir() if path.is_dir()))


def read_mapping(path: Path) -> dict[str, Any]:
    """The mapping in one YAML file; raises OntologyError where it is missing, broken or no mapping."""
    try:
        with path.open(encoding="utf-8") as stream:
            data = yaml.load(stream, Loader=_Loader)
    except (OSError, yaml.YAMLError) as error:
        raise OntologyError(f"{path.name}: cannot be read: {error}") from error
    if not isinstance(data, dict):
        raise OntologyError(f"{path.name}: expected a mapping at the top, found {type(data).__name__}")
    return data
