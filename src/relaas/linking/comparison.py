"""The one list of features, and what they make of two claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from relaas.linking.facts import Facts
from relaas.linking.features import figures, ground, meaning, place, report, sites, speaker, time, topic, wording

Compare = Callable[[Facts, Facts], tuple[float, str]]
FEATURES: Mapping[str, Compare] = {
    "words": wording.words,
    "concepts": wording.concepts,
    "names": wording.names,
    "strange_names": wording.strange_names,
    "place": place.compare,
    "time": time.valid,
    "reported": time.reported,
    "when": time.when,
    "after": time.after,
    "topic": topic.topic,
    "event": topic.event,
    "mood": topic.mood,
    "figure": figures.same,
    "other_figure": figures.other_number,
    "far_figure": figures.far_apart,
    "other_people": figures.other_people,
    "one_sided": figures.one_sided,
    "speaker": speaker.same,
    "other_speaker": speaker.differs,
    "direct": speaker.direct,
    "quotation": speaker.quotation,
    "one_report": report.one_report,
    "answers": report.answers,
    "copied": report.copied,
    "denies": report.denies,
    "beside": report.beside,
    "ground": ground.same,
    "ground_reverse": ground.reverse,
    "ground_alone": ground.one_tells,
    "ground_extent": ground.extent,
    "ground_leaving": ground.leaving,
    "site": sites.same,
    "other_site": sites.other,
    "site_alone": sites.whole,
}
CROSSED = ("speaker", "figure", "ground", "topic")
"""Features that weigh more the closer the meaning."""
NAMES = (*FEATURES, *meaning.pieces(0.0, 0.0, 0.0), *(f"{name}*meaning" for name in CROSSED))


def compared(one: Facts, other: Facts, cosine: float, specific: float, rank: float) -> dict[str, tuple[float, str]]:
    """Every feature of a pair with its value and what it stands on; the same whichever of the two comes first."""
    found = {name: feature(one, other) for name, feature in FEATURES.items()}
    found |= meaning.pieces(cosine, specific, rank)
    likeness = max(0.0, cosine)
    found |= {f"{name}*meaning": (found[name][0] * likeness, "") for name in CROSSED}
    return found
