"""The claims in the order of the time that they are about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from relaas.queries.picture import Claim, picture
from relaas.store.view import Filter, View


def timeline(view: View, wanted: Filter, *, disputed: bool = False) -> list[dict[str, Any]]:
    """Claims that name a time, earliest first; an open beginning goes by its end. A claim without a time has no place
    here; with ``disputed``, neither has one that nobody contradicts.
    """
    claims: Iterable[Claim] = view.claims(wanted)
    if disputed:
        found = picture(view, wanted)
        claims = (one for one in found.claims if one["id"] in found.asked and found.state(one["id"]) == "disputed")
    dated = [
        dict(claim) for claim in claims if claim["time"] and (claim["time"]["earliest"] or claim["time"]["latest"])
    ]
    return sorted(
        dated,
        key=lambda claim: (claim["time"]["earliest"] or claim["time"]["latest"], claim["time"]["latest"] or "9999"),
    )
