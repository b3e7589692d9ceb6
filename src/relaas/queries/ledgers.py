"""The three ledgers of a picture together."""

from __future__ import annotations

from relaas.queries.casualties import casualties
from relaas.queries.conditions import conditions
from relaas.queries.control import control
from relaas.queries.picture import Picture
from relaas.queries.rows import Ledgers


def ledgers(found: Picture, *, source: str | None = None, disputed: bool = False) -> Ledgers:
    """Control, casualties and conditions; the options as each of them has them."""
    return Ledgers(
        control(found, source=source, disputed=disputed),
        casualties(found, source=source, disputed=disputed),
        conditions(found, source=source, disputed=disputed),
    )
