"""The one list of features, what of a claim each reads, and what they make of two claims."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

from relaas.linking.facts import Facts
from relaas.linking.features import figures, ground, meaning, place, report, sites, speaker, time, topic, wording

Compare = Callable[[Facts, Facts], tuple[float, str]]


@dataclass(frozen=True, slots=True)
class Column:
    """Features that read the same few fields of a claim: where two claims have the same values of those, so have the features."""

    reads: Callable[[Facts], Hashable]
    features: Mapping[str, Compare]

    def compared(self, one: Facts, other: Facts) -> dict[str, tuple[float, str]]:
        """Each feature with its value and what it stands on."""
        return {name: feature(one, other) for name, feature in self.features.items()}


COLUMNS = (
    Column(lambda one: one.spots, {"place": place.compare, "elsewhere": place.elsewhere}),
    Column(
        lambda one: (one.valid, one.reported, one.level),
        {
            "time": time.valid,
            "stretch": time.stretch,
            "reported": time.reported,
            "when": time.when,
            "after": time.after,
            "mood": topic.mood,
        },
    ),
    Column(lambda one: (one.topic, one.event), {"topic": topic.topic, "event": topic.event}),
    Column(
        lambda one: one.counts,
        {
            "figure": figures.same,
            "other_figure": figures.other_number,
            "far_figure": figures.far_apart,
            "other_people": figures.other_people,
            "other_role": figures.other_role,
            "one_sided": figures.one_sided,
        },
    ),
    Column(
        lambda one: (one.speakers, "" if one.speakers else one.outlet, one.direct),
        {"speaker": speaker.same, "other_speaker": speaker.differs, "direct": speaker.direct},
    ),
    Column(lambda one: one.quoted, {"quotation": speaker.quotation}),
    Column(
        lambda one: (
            one.revision == "retraction",
            (one.control, one.spots, one.kind, one.speakers[:1]) if one.control else None,
        ),
        {
            "ground": ground.same,
            "ground_reverse": ground.reverse,
            "ground_alone": ground.one_tells,
            "ground_extent": ground.extent,
            "ground_leaving": ground.leaving,
        },
    ),
    Column(
        lambda one: (one.sites, bool(one.control)),
        {"site": sites.same, "other_site": sites.other, "site_alone": sites.whole},
    ),
)
WORDING: Mapping[str, Compare] = {
    "words": wording.words,
    "concepts": wording.concepts,
    "names": wording.names,
    "strange_names": wording.strange_names,
    "copied": report.copied,
}
"""Features of sets that hardly two claims share: worked out pair by pair."""
INSIDE: Mapping[str, Compare] = {
    "one_report": report.one_report,
    "answers": report.answers,
    "denies": report.denies,
    "beside": report.beside,
}
"""Features of claims of one report."""
APART = dict.fromkeys(INSIDE, (0.0, ""))
"""What those are for claims of two."""
NAMED = (*(name for column in COLUMNS for name in column.features), *WORDING, *INSIDE)
CROSSED = ("speaker", "figure", "ground", "topic")
"""Features that weigh more the closer the meaning."""
NAMES = (*NAMED, *meaning.pieces(0.0, 0.0, 0.0), *(f"{name}*meaning" for name in CROSSED))
Features = dict[str, tuple[float, str]]


def compared(one: Facts, other: Facts, cosine: float, specific: float, rank: float) -> Features:
    """Every feature of a pair with its value and what it stands on; the same values whichever of the two comes first."""
    found: Features = {}
    for column in COLUMNS:
        found |= column.compared(one, other)
    return completed(found, one, other, cosine, specific, rank)


def completed(found: Features, one: Facts, other: Facts, cosine: float, specific: float, rank: float) -> Features:
    """The features of the columns with all others added to them."""
    found |= {name: feature(one, other) for name, feature in WORDING.items()}
    within = one.document == other.document
    found |= {name: feature(one, other) for name, feature in INSIDE.items()} if within else APART
    found |= meaning.pieces(cosine, specific, rank)
    likeness = max(0.0, cosine)
    found |= {f"{name}*meaning": (found[name][0] * likeness, "") for name in CROSSED}
    return found
