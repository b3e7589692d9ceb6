"""Which place a claim without one of its own is told about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from relaas.model.place import Place
from relaas.steps.step import Analysis, Part

CLAIMED_USES = frozenset({"location", "direction", "origin"})
SETTLED = "populated place"
PARTS_OF_TOWNS = frozenset(
    {"facility", "district", "site", "section of populated place", "building", "bridge", "airport", "hospital"}
)
PLACELESS = frozenset({"agreement", "statement"})


class Inheritance:
    """The places that the voices of one report speak about, as its reading goes on."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self._focus: dict[str, Place | None] = {}
        self._near: dict[str, tuple[int, Place]] = {}

    def places(self, part: Part, sentence: int, own: Sequence[Place], topic: str) -> tuple[Place, ...]:
        """A claim's places: its own, with the town that a building or district lies in; else the one it is told about.

        That is the town named last in its passage, else the one that its voice names most.
        """
        voice = part.passage.author or ""
        if own:
            located = [
                place for place in own if place.use == "location" and _is_town(place) and self._is_scene(part, place)
            ]
            if located:
                self._near[voice] = (sentence, located[-1])
            if all(place.kind in PARTS_OF_TOWNS for place in own) and (town := self.focus(part)) is not None:
                return (*own, _inherited(town))
            return tuple(own)
        if topic in PLACELESS:
            return ()
        at, near = self._near.get(voice, (None, None))
        if near is not None and at is not None and at >= part.sentences[0].index:
            return (_inherited(near),)
        found = self.focus(part)
        return (_inherited(found),) if found is not None else ()

    def _is_scene(self, part: Part, place: Place) -> bool:
        """Whether a place is where something happens, not where a body named in passing has its seat ("the ministry in Kinshasa")."""
        token = part.token_at(place.start) if place.start is not None else None
        if token is None:
            return True
        while token.dep_ in {"flat", "appos", "compound", "nmod:desc", "conj"} and token.head.i != token.i:
            token = token.head
        return token.dep_ not in {"nmod", "nmod:poss", "amod"} or token.head.pos_ == "VERB"

    def focus(self, part: Part) -> Place | None:
        """The place that a voice names most, a town before an area; a post without one has the report's."""
        voice = part.passage.author or ""
        if voice not in self._focus:
            self._focus[voice] = self._most_named(voice)
        return self._focus[voice] or (self.focus_of_report() if voice else None)

    def focus_of_report(self) -> Place | None:
        """The place that the outlet itself names most."""
        if "" not in self._focus:
            self._focus[""] = self._most_named("")
        return self._focus[""]

    def _most_named(self, voice: str) -> Place | None:
        spans = [
            part.passage.span
            for part in self.analysis.parts
            if (part.passage.author or "") == voice and part.passage.kind not in {"signature", "dateline"}
        ]
        named = [
            place
            for place in [*self.analysis.places, *self.analysis.described_places]
            if place.use in CLAIMED_USES and any(span.start <= (place.start or 0) < span.end for span in spans)
        ]
        counts: Counter[str] = Counter(place.name for place in named if _is_town(place))
        counts = counts or Counter(place.name for place in named)
        if not counts:
            return None
        best = max(counts.values())
        return next(place for place in sorted(named, key=lambda place: place.start or 0) if counts[place.name] == best)


def _is_town(place: Place) -> bool:
    """Whether a place is a town, or a name that no gazetteer knows and that is most likely one."""
    return place.kind == SETTLED or place.geonameid is None


def _inherited(place: Place) -> Place:
    return replace(
        place, text=None, start=None, end=None, inherited=True, use="location", reason=f"inherited: {place.name}"
    )
