"""The figures that may not fall, beside the hash of the gold they were measured on.

``floors.json`` holds for each set (dev, test) the gold's hash, our floors and those of the plain-narration baseline,
and every floor that was ever lowered, with its reason. Floors rise by ``relaas evaluate --raise``; only ``--lower
FIGURE --reason "…"`` lets one down.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import floor
from pathlib import Path
from typing import Any

from relaas.errors import GoldError
from relaas.evaluation.fields import FIELDS, LABELLED
from relaas.evaluation.metrics import Comparison, label_scores

FILE = Path(__file__).parent / "floors.json"
FEWEST = 5  # a label that fewer gold claims carry moves by a fifth or more with each of them


@dataclass(slots=True)
class Floors:
    """The floors of one gold set."""

    gold: str
    ours: dict[str, float] = field(default_factory=dict)
    baseline: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Book:
    """All floors with the record of those that were let down."""

    sets: dict[str, Floors] = field(default_factory=dict)
    lowered: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def open(cls, path: Path = FILE) -> Book:
        """The book in a file; an empty one where there is none yet."""
        if not path.exists():
            return cls()
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return cls({name: Floors(**floors) for name, floors in data["sets"].items()}, data["lowered"])
        except (ValueError, KeyError, TypeError) as error:
            raise GoldError(f"{path.name} is damaged: {type(error).__name__}: {error}") from error

    def save(self, path: Path = FILE) -> None:
        """Write the book, figures in the order of their names."""
        sets = {
            name: {
                "gold": each.gold,
                "ours": dict(sorted(each.ours.items())),
                "baseline": dict(sorted(each.baseline.items())),
            }
            for name, each in sorted(self.sets.items())
        }
        path.write_text(
            json.dumps({"sets": sets, "lowered": self.lowered}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )

    def lift(
        self, name: str, gold: str, ours: Mapping[str, float], baseline: Mapping[str, float], reason: str | None
    ) -> list[str]:
        """Raise the floors of a set to the figures where those are higher, and say which rose.

        Floors measured on another gold say nothing about this one: then all are set anew, which takes a reason.
        """
        known = self.sets.get(name)
        if known is not None and known.gold != gold:
            if not reason:
                raise GoldError(
                    f"the gold set {name} is not the one its floors were measured on; to set them anew, give a --reason"
                )
            falls = {
                figure: [known.ours[figure], ours.get(figure)]
                for figure in known.ours
                if ours.get(figure, 0) < known.ours[figure]
            }
            self.lowered.append(
                {
                    "set": name,
                    "figure": "all, on another gold",
                    "gold": [known.gold, gold],
                    "falls": falls,
                    "reason": reason,
                }
            )
            known = None
        before = known or Floors(gold)
        rounded = {figure: floor(value * 1000 + 1e-9) / 1000 for figure, value in ours.items()}
        risen = [figure for figure, value in rounded.items() if value > before.ours.get(figure, -1)]
        kept = {figure: max(value, before.ours.get(figure, value)) for figure, value in rounded.items()}
        lowest = {figure: floor(value * 1000 + 1e-9) / 1000 for figure, value in baseline.items()}
        self.sets[name] = Floors(gold, {**before.ours, **kept}, lowest)
        return risen

    def lower(self, name: str, figure: str, value: float, reason: str) -> None:
        """Let one floor down to what is reached now, and record why; raises GoldError where there is no reason or
        nothing to lower.
        """
        if name not in self.sets or figure not in self.sets[name].ours:
            raise GoldError(f"there is no floor {figure!r} for the gold set {name}")
        before, after = self.sets[name].ours[figure], floor(value * 1000 + 1e-9) / 1000
        if not reason.strip():
            raise GoldError(f'lowering {figure} takes a reason: --reason "…"')
        if after >= before:
            raise GoldError(f"{figure} is {value:.3f}, not below its floor of {before:.3f}")
        self.sets[name].ours[figure] = after
        self.lowered.append({"set": name, "figure": figure, "from": before, "to": after, "reason": reason.strip()})


def guarded(comparison: Comparison, figures: Mapping[str, float]) -> dict[str, float]:
    """The figures that get a floor: summaries and fields over all and per language, and F1 of each label that is
    common enough.
    """
    languages = sorted({pair.gold.language for pair in comparison.aligned})
    names = [
        "fields",
        "strict",
        *FIELDS,
        *(f"strict/{name}" for name in FIELDS),
        *(f"{name}/macro-F1" for name in LABELLED),
    ]
    wanted = [f"{group}/{name}" for group in ("all", *languages) for name in names]
    for name in LABELLED:
        wanted += [
            f"all/{name}/{label}"
            for label, (_, count) in label_scores(comparison.aligned, name).items()
            if count >= FEWEST
        ]
    return {figure: figures[figure] for figure in wanted if figure in figures}


def fallen(floors: Mapping[str, float], figures: Mapping[str, float]) -> Sequence[tuple[str, float, float]]:
    """Each figure below its floor, with the floor and what was reached; a figure that is gone counts as 0."""
    return [
        (figure, least, figures.get(figure, 0.0))
        for figure, least in sorted(floors.items())
        if figures.get(figure, 0.0) < least - 1e-9
    ]
