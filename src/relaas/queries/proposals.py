"""Links that wait for a person: doubtful ones, likeliest first, each with its claims and its reasons."""

from __future__ import annotations

from dataclasses import dataclass

from relaas.model.link import Link
from relaas.queries.picture import Claim, Picture


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed link with the two claims that it would tie together."""

    link: Link
    one: Claim
    other: Claim


def proposals(found: Picture) -> list[Proposal]:
    """The proposed links between claims that are not of one cluster yet, likeliest first."""
    waiting = [
        link
        for link in found.links
        if link.proposed
        and found.asked & {link.one, link.other}
        and found.cluster_of[link.one] is not found.cluster_of[link.other]
    ]
    ordered = sorted(waiting, key=lambda link: (-link.score, link.one, link.other))
    return [Proposal(link, found.by_id[link.one], found.by_id[link.other]) for link in ordered]
