"""Whether the quotes use the same words, the same names and the same concepts."""

from __future__ import annotations

from relaas.linking.facts import Facts


def words(one: Facts, other: Facts) -> tuple[float, str]:
    """Shared stems over all stems, within one language; 0 between two."""
    if one.language != other.language:
        return 0.0, ""
    return _share(one.stems, other.stems)


def concepts(one: Facts, other: Facts) -> tuple[float, str]:
    """Shared concepts over all concepts, in any two languages."""
    return _share(one.concepts, other.concepts)


def names(one: Facts, other: Facts) -> tuple[float, str]:
    """Shared names over the names of the one that has fewer; 0 where one has none."""
    if not one.names or not other.names:
        return 0.0, ""
    shared = one.names & other.names
    return round(len(shared) / min(len(one.names), len(other.names)), 3), ", ".join(sorted(shared))


def strange_names(one: Facts, other: Facts) -> tuple[float, str]:
    """How many of the names of the one with fewer the other lacks; 0 where one has none."""
    if not one.names or not other.names:
        return 0.0, ""
    few, many = sorted((one.names, other.names), key=lambda each: (len(each), sorted(each)))
    lacking = few - many
    return round(len(lacking) / len(few), 3), ", ".join(sorted(lacking))


def _share(some: frozenset[str], others: frozenset[str]) -> tuple[float, str]:
    both = some | others
    shared = some & others
    return (round(len(shared) / len(both), 3) if both else 0.0), ", ".join(sorted(shared))
