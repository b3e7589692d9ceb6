"""What an exporter is: claims in, characters out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TextIO

Claim = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Style:
    """How to show: the language of names and dates, whether the stream is a terminal, its width, and words to
    highlight.
    """

    language: str
    terminal: bool = False
    width: int = 80
    highlight: tuple[str, ...] = ()


class Exporter:
    """Writes claims in one format. The same claims give the same characters on every machine."""

    name: ClassVar[str]

    def write(self, claims: Iterable[Claim], stream: TextIO, style: Style) -> int:
        """Write every claim, and say with it that it is unreviewed where it is; returns how many there were."""
        raise NotImplementedError
