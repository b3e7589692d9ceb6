"""Reads the data files beside this package."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from relaas.errors import OntologyError

FOLDER = Path(__file__).parent / "data"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
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
