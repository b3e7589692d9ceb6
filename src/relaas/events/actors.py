"""Who acts in a report: the participants of its claims, each with the actor it is known as, or as one that nobody listed yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from relaas.knowledge.actors import actors
from relaas.propositions.kinds import kind_of
from relaas.steps.step import Analysis

GROUPS = frozenset({"armed_group", "military", "official", "organisation"})


@dataclass(slots=True)
class Participant:
    """A name with how often its bearer acts and is acted upon; ``id`` is None for one that is not listed.

    ``kind`` is that of the listed actor on the report's day, else the one its own words give, else None.
    """

    name: str
    id: str | None
    kind: str | None
    acts: int = 0
    undergoes: int = 0

    def to_row(self) -> dict[str, Any]:
        """The participant as JSON-able values."""
        return {"name": self.name, "id": self.id, "kind": self.kind, "acts": self.acts, "undergoes": self.undergoes}


def participants(analysis: Analysis) -> list[Participant]:
    """Everybody named in the report's events who is listed, a body by its name, or a group by its words, in the order of the text."""
    named = {entity.text for entity in analysis.entities if entity.label == "ORG"}
    found: dict[str, Participant] = {}
    day = analysis.document.published
    for claim in analysis.claims:
        for role in ("actors", "recipients"):
            for name in getattr(claim.event, role, ()):
                one = found.get(name) or _known(name, day, claim.passage.language, named)
                if one is None:
                    continue
                found[name] = one
                one.acts += role == "actors"
                one.undergoes += role == "recipients"
    return list(found.values())


def _known(name: str, day: str | None, language: str, named: set[str]) -> Participant | None:
    listed = actors().find(name, day)
    if listed is not None:
        return Participant(name, listed.id, listed.kind(day))
    kind = kind_of(name.lower(), language)
    if name in named or kind in GROUPS:
        return Participant(name, None, kind)
    return None
