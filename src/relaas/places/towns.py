"""Which town "de stad" stands for: the title, how often and how lately each is named, and what the last description meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from relaas.knowledge.sources import capitals
from relaas.model.place import Place
from relaas.model.span import Span

TOWN = "populated place"
GROUND_USES = frozenset({"location", "direction", "origin"})
MOST = 4
"""Mentions of a town beyond these say no more."""
# Fitted on the descriptions of gold/train and gold/dev (softmax over the towns of a report).
WEIGHTS = {
    "title": 2.5,
    "mentions": 0.9,
    "never as ground": 1.5,
    "none before": -0.3,
    "first": 0.6,
    "last": 0.9,
    "paragraph": 0.8,
    "sentence before": 0.9,
    "this sentence": 0.3,
    "last description": 1.2,
}
_BLANK = re.compile(r"\n\s*\n")


@dataclass(slots=True)
class _Town:
    place: Place
    titled: bool
    spots: list[int] = field(default_factory=list)
    """Where it is named as a ground."""


class Towns:
    """The towns of one report, asked for in the order of the text."""

    def __init__(
        self,
        text: str,
        places: Sequence[Place],
        *,
        title: str = "",
        titled: Sequence[Place] = (),
        heading: Span | None = None,
        sentences: Sequence[Span] = (),
    ) -> None:
        self.text, self.sentences = text, sentences
        self.towns: dict[int | str, _Town] = {}
        self.lands: Counter[str] = Counter()
        for place in [*titled, *sorted(places, key=lambda place: place.start or 0)]:
            if place.country and place.use in GROUND_USES:
                self.lands[place.country] += 1
            if place.kind != TOWN or not place.resolved:
                continue
            above = place.start is None or (place.text or "-") in title
            above = above or (heading is not None and heading.start <= (place.start or 0) < heading.end)
            town = self.towns.setdefault(place.geonameid or place.name, _Town(place, above))
            town.titled = town.titled or above
            if place.start is not None and place.use in GROUND_USES:
                town.spots.append(place.start)
        self.meant: int | str | None = None

    def capital(self, start: int) -> Place | None:
        """The capital of the country that most places lie in, where the report names it; else the likeliest town."""
        for land, _ in self.lands.most_common(1):
            for town in self.towns.values():
                if (land, town.place.name) in capitals():
                    return town.place
        return self.likeliest(start)

    def nearest(self, start: int) -> Place | None:
        """The town named last before: what "that town" points at."""
        before = [(spot, town.place) for town in self.towns.values() for spot in town.spots if spot < start]
        return max(before, key=lambda one: one[0])[1] if before else self.likeliest(start)

    def likeliest(self, start: int) -> Place | None:
        """The town that a description most likely stands for; None where none is named before it or in the title."""
        fit = {key: town for key, town in self.towns.items() if town.titled or any(spot < start for spot in town.spots)}
        if not fit:
            return None
        self.meant = max(fit, key=lambda key: self._score(key, start))
        return fit[self.meant].place

    def _score(self, key: int | str, start: int) -> float:
        town = self.towns[key]
        grounds = [spot for each in self.towns.values() for spot in each.spots if spot < start]
        before = [spot for spot in town.spots if spot < start]
        last = before[-1] if before else -1
        here, previous = self._sentences_at(start)
        said = {
            "title": town.titled,
            "mentions": min(len(town.spots), MOST),
            "never as ground": not town.spots,
            "none before": not before,
            "first": bool(before) and before[0] == min(grounds),
            "last": bool(before) and last == max(grounds),
            "paragraph": last >= self._paragraph(start),
            "sentence before": any(previous <= spot < here for spot in before),
            "this sentence": last >= here,
            "last description": self.meant == key,
        }
        return sum(WEIGHTS[name] * value for name, value in said.items())

    def _sentences_at(self, start: int) -> tuple[int, int]:
        """Where the sentence that holds a character starts, and where the one before it does."""
        starts = [span.start for span in self.sentences if span.start <= start]
        here = starts[-1] if starts else 0
        return here, starts[-2] if len(starts) > 1 else here

    def _paragraph(self, start: int) -> int:
        return max((match.end() for match in _BLANK.finditer(self.text, 0, start)), default=0)
