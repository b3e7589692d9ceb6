"""Where a report names its places: each mention with its sentence, its paragraph and what it does in the tree."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field

from relaas.knowledge.gazetteer import Gazetteer
from relaas.model.place import Place
from relaas.propositions.clauses import SUBJECTS
from relaas.steps.step import Analysis, Part

CLAIMED_USES = frozenset({"location", "direction", "origin"})
SETTLED = "populated place"
PARTS_OF_TOWNS = frozenset(
    {"facility", "district", "site", "section of populated place", "building", "bridge", "airport", "hospital"}
)
DIVISIONS = frozenset({"first-order division", "second-order division"})
AREAS = frozenset({"region", "island", "islands", "peninsula", "continent"})
ABOVE_TEXT = frozenset({"heading", "teaser", "warning"})
_BLANK = re.compile(r"\n\s*\n")
_NAMING = frozenset({"flat", "appos", "compound", "nmod:desc", "conj"})
Key = int | str


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a report names a ground; ``sentence`` is -1 outside the sentences of the text.

    ``role`` is what it does in the tree: subject, object, oblique (with ``fronted`` before its predicate), noun (it
    belongs to a noun: "the ministry in Kinshasa") or other. ``source`` says that it stands in the words for a source.
    """

    place: Place
    sentence: int
    paragraph: int
    voice: str
    passage: str
    role: str
    fronted: bool
    source: bool

    @property
    def start(self) -> int:
        """Where it stands in the document."""
        return self.place.start or 0


@dataclass(slots=True)
class Ground:
    """A place of a report with all its mentions in the order of the text; ``titled`` where the title or a heading names it."""

    key: Key
    mentions: list[Mention] = field(default_factory=list)
    unnamed: Place | None = None
    titled: bool = False

    @property
    def place(self) -> Place:
        """The place as it is named first; one that the title alone names, or a country that only holds what is named, as the gazetteer has it."""
        return self.unnamed if self.unnamed is not None else self.mentions[0].place

    @property
    def kind(self) -> str:
        """What sort of ground it is, coarsely: town, unknown, division, country, area, part or other."""
        return kind_of_ground(self.place)


class Landscape:
    """The grounds of one report, and the paragraphs its sentences stand in."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.title = analysis.document.title or ""
        self.paragraphs, self.starts, self.ends = _paragraphs(analysis)
        self.first_of_paragraph = {
            index for index, number in enumerate(self.paragraphs) if index == 0 or self.paragraphs[index - 1] != number
        }
        self._sources = [one.source_span for one in analysis.attributions if one.source_span is not None]
        self.grounds: dict[Key, Ground] = {}
        for place in sorted([*analysis.places, *analysis.described_places], key=lambda place: place.start or 0):
            if place.start is not None:
                key = key_of(place)
                self.grounds.setdefault(key, Ground(key)).mentions.append(self._mention(place, place.start))
        for place in analysis.titled_places:
            self.grounds.setdefault(key_of(place), Ground(key_of(place), [], place))
        for ground in self.grounds.values():
            ground.titled = not ground.mentions or any(
                one.passage in ABOVE_TEXT or (one.place.text or "-") in self.title for one in ground.mentions
            )
        self.within: Counter[str] = Counter(
            ground.place.country
            for ground in self.grounds.values()
            for one in ground.mentions
            if ground.place.country and ground.kind != "country" and one.place.use in CLAIMED_USES
        )
        self.land = self.within.most_common(1)[0][0] if self.within else ""
        self._add_country()
        self.lead = self._lead()
        self.counts: dict[str, Counter[Key]] = {}
        self._focus: dict[str, Key | None] = {}
        for ground in self.grounds.values():
            for one in ground.mentions:
                if one.place.use in CLAIMED_USES and one.passage not in {"signature", "dateline"}:
                    self.counts.setdefault(one.voice, Counter())[ground.key] += 1

    def _add_country(self) -> None:
        """The country that holds most of what is named is a ground too, named or not ("nearly a million Lebanese fled")."""
        code = self.land
        entry = Gazetteer.open().entry_of_country(code) if code else None
        if entry is not None and entry.geonameid not in self.grounds:
            place = Place(
                None, entry.name, entry.geonameid, entry.kind, "location", True,
                entry.lat, entry.lon, entry.extent_km, None, None, country=code, key=str(entry.id),
            )  # fmt: skip
            self.grounds[entry.geonameid or entry.name] = Ground(entry.geonameid or entry.name, [], place)

    def _lead(self) -> Key | None:
        """The first ground of the running text, a town where its first sentence with a ground names one."""
        named = sorted(
            (one.start, one.sentence, ground.kind not in {"town", "unknown", "part"}, ground.key)
            for ground in self.grounds.values()
            for one in ground.mentions
            if one.place.use in CLAIMED_USES and one.passage not in ABOVE_TEXT | {"dateline", "signature"}
        )
        first = [one for one in named if one[1] == named[0][1]]
        return min(first, key=lambda one: (one[2], one[0]))[3] if first else None

    def _mention(self, place: Place, start: int) -> Mention:
        part = next((p for p in self.analysis.parts if p.passage.span.start <= start < p.passage.span.end), None)
        sentence = self.sentence_at(start)
        role, fronted = _role(part, start)
        return Mention(
            place,
            sentence,
            self.paragraphs[sentence] if sentence >= 0 else -1,
            "" if part is None else part.passage.author or "",
            "body" if part is None else part.passage.kind,
            role,
            fronted,
            any(span.start <= start < span.end for span in self._sources),
        )

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence that holds a character; -1 for none."""
        at = bisect_right(self.starts, offset) - 1
        return at if at >= 0 and offset < self.ends[at] else -1

    def focus(self, voice: str) -> Key | None:
        """The ground that a voice names most, a town before an area; a post without one has the report's."""
        if voice not in self._focus:
            self._focus[voice] = self._most_named(voice)
        return self._focus[voice]

    def _most_named(self, voice: str) -> Key | None:
        counts = self.counts.get(voice, Counter())
        if not counts:
            return self.focus("") if voice else None
        towns = {key: count for key, count in counts.items() if self.grounds[key].kind in {"town", "unknown"}}
        fit = towns or counts
        return max(fit, key=lambda key: (fit[key], -self.grounds[key].mentions[0].start))


def key_of(place: Place) -> Key:
    """What two mentions of one place share."""
    return place.geonameid if place.geonameid is not None else place.name


def kind_of_ground(place: Place) -> str:
    """The coarse kind; a name that no gazetteer knows is most likely a small town."""
    if place.kind in PARTS_OF_TOWNS:
        return "part"
    if place.geonameid is None and place.kind is None:
        return "unknown"
    if place.kind == SETTLED:
        return "town"
    if place.kind in DIVISIONS:
        return "division"
    if place.kind == "country":
        return "country"
    return "area" if place.kind in AREAS else "other"


def _paragraphs(analysis: Analysis) -> tuple[list[int], list[int], list[int]]:
    """For each sentence its paragraph's number, where it starts and where it ends."""
    numbers: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    number, last, passage = 0, 0, None
    for part, sentence in analysis.sentences():
        if ends and (part.passage is not passage or _BLANK.search(analysis.text, last, sentence.span.start)):
            number += 1
        numbers.append(number)
        starts.append(sentence.span.start)
        ends.append(sentence.span.end)
        last, passage = sentence.span.end, part.passage
    return numbers, starts, ends


def _role(part: Part | None, start: int) -> tuple[str, bool]:
    token = part.token_at(start) if part is not None else None
    if token is None:
        return "other", False
    while token.dep_ in _NAMING and token.head.i != token.i:
        token = token.head
    fronted = token.i < token.head.i
    label = token.dep_.split(":")[0]
    if token.dep_ in SUBJECTS:
        return "subject", fronted
    if label in {"obj", "iobj"}:
        return "object", fronted
    if label in {"obl", "advmod"} or (label in {"nmod", "amod"} and token.head.pos_ == "VERB"):
        return "oblique", fronted
    return ("noun", fronted) if label in {"nmod", "amod"} else ("other", fronted)
