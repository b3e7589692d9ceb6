"""Reads the marked-up Dutch reports of this folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from relaas.places.toponym import Toponym

_MARK = re.compile(r"\[([^\]|]+)\|([^\]|]+)\|([^\]|]+)(?:\|([^\]|]+))?\]|\{([^}]+)\}")


@dataclass(frozen=True, slots=True)
class Gold:
    """A toponym with the name and country it stands for, and its division where that matters."""

    toponym: Toponym
    name: str
    country: str
    division: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """One report: its text, its places, and the names in it that are none."""

    war: str
    text: str
    gold: tuple[Gold, ...]
    decoys: tuple[tuple[int, int], ...]


def reports() -> list[Report]:
    """Every line of dutch.txt as a report."""
    war, found = "", []
    for line in (Path(__file__).parent / "dutch.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            war = line[3:]
        elif line and not line.startswith("#"):
            found.append(_report(war, line))
    return found


def _report(war: str, line: str) -> Report:
    text, at = "", 0
    gold: list[Gold] = []
    decoys: list[tuple[int, int]] = []
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        words = mark.group(1) or mark.group(5)
        start = len(text)
        text += words
        if mark.group(1):
            gold.append(Gold(Toponym(words, start, len(text)), mark.group(2), mark.group(3), mark.group(4)))
        else:
            decoys.append((start, len(text)))
        at = mark.end()
    return Report(war, text + line[at:], tuple(gold), tuple(decoys))
