"""Whether the claims are about the same thing inside a place: its airport, a barracks, a quarter."""

from __future__ import annotations

from relaas.linking.facts import Facts


def same(one: Facts, other: Facts) -> tuple[float, str]:
    """1 where both name a site of one kind, else 0."""
    shared = one.sites & other.sites
    return float(bool(shared)), ", ".join(sorted(shared))


def other(one: Facts, other: Facts) -> tuple[float, str]:
    """1 where both name sites and none is of one kind, else 0."""
    apart = bool(one.sites and other.sites) and not one.sites & other.sites
    return float(apart), f"{', '.join(sorted(one.sites))} / {', '.join(sorted(other.sites))}" if apart else ""


def whole(one: Facts, other: Facts) -> tuple[float, str]:
    """1 where only one of two claims about who holds ground names a site: a part is not the whole place."""
    alone = bool(one.sites) != bool(other.sites) and bool(one.control and other.control)
    return float(alone), ", ".join(sorted(one.sites | other.sites)) if alone else ""
