"""Which pipeline read a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from relaas.ids import content_hash


@dataclass(frozen=True, slots=True)
class Run:
    """A pipeline by its content: the name of each step with a hash of its configuration, code and data files."""

    steps: Mapping[str, str]

    @property
    def id(self) -> str:
        """The same for the same pipeline on every machine; no clock time or counter takes part."""
        return content_hash(sorted(self.steps.items()))
