"""The claims in the order of the time that they are about."""

from __future__ import annotations

from typing import Any

from relaas.queries.picture import picture
from relaas.store.view import Filter, View


def timeline(view: View, wanted: Filter, *, disputed: bool = False) -> list[dict[str, Any]]:
    """Claims that name a time, earliest first; an open beginning goes by its end. A claim without a time has no place
    here; with ``disputed``, neither has one that nobody contradicts.
    """
    found = picture(view, wanted) if disputed else None
    dated = [
        claim
        for claim in view.claims(wanted)
        if claim["time"]
        and (claim["time"]["earliest"] or claim["time"]["latest"])
        and (found is None or found.state(claim["id"]) == "disputed")
    ]
    return sorted(
        dated,
        key=lambda claim: (claim["time"]["earliest"] or claim["time"]["latest"], claim["time"]["latest"] or "9999"),
    )
