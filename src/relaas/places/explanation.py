"""Why a text's places were resolved as they were, as plain rows."""

from __future__ import annotations

from typing import Any

from relaas.places.features import NAMES, Array, describe
from relaas.places.finding import find_toponyms
from relaas.places.geometry import geometry_of, located
from relaas.places.ranking import weights
from relaas.places.resolution import ranked_names, resolve

SHOWN = 5


def explain(text: str, language: str) -> list[dict[str, Any]]:
    """One row a toponym: the place chosen, its use, the shape and the rule that gave it, and the best candidates with
    their features.
    """
    toponyms = find_toponyms(text, language=language)
    by_start = {}
    for ranked in ranked_names(toponyms, text=text, language=language):
        order = sorted(range(len(ranked.chances)), key=lambda n: -ranked.chances[n])[:SHOWN]
        rows = [
            {
                "name": ranked.name.candidates[n].entry.name,
                "geonameid": ranked.name.candidates[n].entry.geonameid,
                "kind": ranked.name.candidates[n].entry.kind,
                "within": ranked.name.candidates[n].entry.admin2
                or ranked.name.candidates[n].entry.admin1
                or ranked.name.candidates[n].entry.country,
                "spelling": ranked.name.candidates[n].how,
                "chance": round(ranked.chances[n], 3),
                "features": describe(ranked.rows[n]),
                "weighed": _weighed(ranked.rows[n]),
            }
            for n in order
        ]
        for toponym in ranked.toponyms:
            by_start[toponym.start] = (rows, len(ranked.chances))
    result = []
    places = resolve(toponyms, text=text, language=language)
    for place in places:
        whole = located(place, text=text, language=language, places=places)
        ground = geometry_of(place, text=text, language=language, places=places)
        candidates, count = by_start[place.start or 0]
        result.append(
            {
                **whole.to_row(),
                "geometry": whole.geometry,
                "reason": place.reason,
                "shape": ground.rule if ground else None,
                "shape_extent_km": ground.extent_km if ground else None,
                "candidates": candidates,
                "candidate_count": count,
            }
        )
    return result


def _weighed(row: Array) -> dict[str, float]:
    """What each feature adds to the candidate's score, heaviest first; those under a tenth are left out."""
    parts = sorted(zip(NAMES, row * weights(), strict=True), key=lambda part: -abs(part[1]))
    return {name: round(float(value), 1) for name, value in parts if abs(value) >= 0.1}
