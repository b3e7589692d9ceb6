"""Which place a claim without one of its own is told about."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import exp
from pathlib import Path

import numpy as np

from relaas.errors import ModelError
from relaas.model.place import Place
from relaas.propositions.grouping import Proposition
from relaas.propositions.landscape import Ground, Key, Landscape, key_of, kind_of_ground
from relaas.propositions.told_place import (
    Chances,
    Features,
    Shares,
    Told,
    mates_of,
    of_claim,
    of_company,
    of_ground,
    of_use,
    shares_of,
    told,
)
from relaas.steps.step import Analysis, Part

WEIGHTS = Path(__file__).with_name("inheritance_weights.json")
MOST = 12
"""At most this many grounds are weighed, those named last."""
SHOWN = 3
TOWNS = frozenset({"town", "unknown"})
GROUPS = ("first ground", "first none", "ground", "none", "direction", "origin")
Weights = Mapping[str, Mapping[str, float]]


@dataclass(slots=True)
class Options:
    """What one claim may be told about: grounds with their features, and the features of none."""

    grounds: tuple[Ground, ...]
    features: list[dict[str, float]]
    none: dict[str, float]


class Inheritance:
    """The places that the claims of one report are told about: each claim by itself first, then in the company of the others."""

    def __init__(self, analysis: Analysis, claims: Sequence[tuple[Part, Proposition, tuple[Place, ...]]]) -> None:
        self.landscape = Landscape(analysis)
        self.claims = [told(self.landscape, part, proposition, own) for part, proposition, own in claims]
        self.options = [None if claim.stands else self._options(claim) for claim in self.claims]

    def places(self, using: Weights | None = None) -> list[tuple[Place, ...]]:
        """Each claim's places: its own, else the one it is told about; beside a building or quarter the town it lies in."""
        using = weights() if using is None else using
        shares = shares_of(self.first(using))
        found: list[tuple[Place, ...]] = []
        towns: dict[Key, Place] = {}
        for number in range(len(self.claims)):
            places = self._chosen(number, shares, using)
            parts = [place for place in places if kind_of_ground(place) == "part"]
            known = next((place for place in places if kind_of_ground(place) in TOWNS), None)
            if parts and known is None and parts[0].inherited:
                known = towns.get(key_of(parts[0])) or self._focus(self.claims[number])
                places = (
                    places if known is None else (*places, _inherited(known, parts[0].use, f"town of {parts[0].name}"))
                )
            if known is not None:
                towns.update({key_of(part): known for part in parts})
            found.append(places)
        return found

    def _focus(self, claim: Told) -> Place | None:
        key = self.landscape.focus(claim.voice)
        ground = self.landscape.grounds.get(key) if key is not None else None
        return ground.place if ground is not None and ground.kind in TOWNS else None

    def first(self, using: Weights) -> list[Chances]:
        """The chances of each claim's grounds by itself; a place of its own is certain."""
        found: list[Chances] = []
        for claim, options in zip(self.claims, self.options, strict=True):
            if options is None:
                found.append({key_of(place): 1.0 for place in claim.own})
            else:
                scores = [score(features, using["first ground"]) for features in options.features]
                keys = [*(ground.key for ground in options.grounds), None]
                found.append(dict(zip(keys, softmax([*scores, score(options.none, using["first none"])]), strict=True)))
        return found

    def accompanied(self, number: int, options: Options, shares: Shares) -> list[dict[str, float]]:
        """The features of a claim's options, none last, with what the other claims say of each."""
        keys = [*(ground.key for ground in options.grounds), None]
        mates = mates_of(number, self.claims)
        return [
            {**features, **of_company(number, key, self.claims, shares, mates)}
            for key, features in zip(keys, [*options.features, options.none], strict=True)
        ]

    def _chosen(self, number: int, shares: Shares, using: Weights) -> tuple[Place, ...]:
        claim, options = self.claims[number], self.options[number]
        own = claim.own
        if options is None:
            return own
        features = self.accompanied(number, options, shares)
        chances = softmax([*(score(one, using["ground"]) for one in features[:-1]), score(features[-1], using["none"])])
        best = max(range(len(chances)), key=chances.__getitem__)
        if best == len(options.grounds):
            return own
        ground = options.grounds[best]
        use = own[-1].use if own else use_of(of_use(claim, ground), using)
        return (*own, _inherited(ground.place, use, _reason(features[best], using["ground"], chances[best])))

    def _options(self, claim: Told) -> Options:
        grounds = self._candidates(claim)
        near = self._likeness(claim, grounds)
        return Options(
            tuple(grounds),
            [of_ground(claim, ground, self.landscape, near) for ground in grounds],
            of_claim(claim, self.landscape),
        )

    def _candidates(self, claim: Told) -> list[Ground]:
        """The grounds named up to the end of the claim's sentence, by its voice or the outlet; what the title names or is named most, and the country."""
        end = claim.proposition.lead.sentence.span.end
        last: dict[Key, int] = {}
        grounds = self.landscape.grounds
        for ground in grounds.values():
            starts = [one.start for one in ground.mentions if one.start < end and one.voice in {claim.voice, ""}]
            if starts:
                last[ground.key] = starts[-1]
        kept = sorted(last, key=lambda key: -last[key])[:MOST]
        titled = [key for key, ground in grounds.items() if ground.titled]
        countries = [key for key, ground in grounds.items() if ground.kind == "country"]
        also = [self.landscape.focus(claim.voice), self.landscape.lead, *titled, *countries]
        kept += [key for key in dict.fromkeys(also) if key is not None and key not in kept]
        return [grounds[key] for key in kept if not claim.own or grounds[key].kind in TOWNS]

    def _likeness(self, claim: Told, grounds: Sequence[Ground]) -> dict[Key, float]:
        """How like the claim's sentence the last one before it is that names each ground (cosine of the sentence vectors)."""
        vectors = claim.part.doc.user_data.get("vectors")
        first = claim.part.sentences[0].index
        if vectors is None or claim.sentence - first >= len(vectors):
            return {}
        here, found = vectors[claim.sentence - first], {}
        for ground in grounds:
            rows = [one.sentence - first for one in ground.mentions if first <= one.sentence < claim.sentence]
            if rows and rows[-1] < len(vectors):
                found[ground.key] = round(float(np.dot(here, vectors[rows[-1]])), 3)
        return found


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The trained weights by group and feature; raises ModelError where they cannot be read."""
    try:
        data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
        return {name: data[name] for name in GROUPS}
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{WEIGHTS.name} cannot be read: {error}") from error


def use_of(features: Features, using: Weights) -> str:
    """Direction or origin where the words speak for it, else location."""
    scores = {use: score(features, using[use]) for use in ("direction", "origin")}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] > 0 else "location"


def score(features: Features, weight: Mapping[str, float]) -> float:
    """The sum of the features' weights; a feature without one says nothing."""
    return sum(weight.get(name, 0.0) * value for name, value in features.items())


def softmax(scores: Sequence[float]) -> list[float]:
    """Scores as chances that add to one."""
    most = max(scores)
    powers = [exp(one - most) for one in scores]
    return [one / sum(powers) for one in powers]


def _reason(features: Features, weight: Mapping[str, float], chance: float) -> str:
    parts = sorted(((weight.get(name, 0.0) * value, name) for name, value in features.items()), reverse=True)
    return f"inherited ({chance:.2f}): " + "; ".join(name for value, name in parts[:SHOWN] if value > 0)


def _inherited(place: Place, use: str, reason: str) -> Place:
    return replace(place, text=None, start=None, end=None, inherited=True, use=use, geometry=None, reason=reason)
