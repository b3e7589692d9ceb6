"""Reads the data files beside this package."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from relaas.ontology import loader

FOLDER = Path(__file__).parent / "data"
read_mapping = cache(loader.read_mapping)
