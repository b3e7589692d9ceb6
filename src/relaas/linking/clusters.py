"""Claims about one thing as connected components over their links, and the primary sources behind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from relaas.model.link import JOINING, Link


@dataclass(frozen=True, slots=True)
class Cluster:
    """Claims about one thing by id, in the order they were given in; ``primaries`` parts them by the source they go back to.

    ``id`` is that of the first claim by its characters, whatever else belongs to the cluster or when it came.
    """

    id: str
    claims: tuple[str, ...]
    primaries: tuple[tuple[str, ...], ...]
    links: tuple[Link, ...]


def clusters(claims: Sequence[str], links: Iterable[Link]) -> list[Cluster]:
    """Every claim in one cluster, alone where nothing firm ties it; proposed links and follow-ups tie nothing together.

    The order of the links does not matter; that of the claims decides the order alone.
    """
    known = dict.fromkeys(claims)
    joining = sorted(
        {
            (link.one, link.other): link for link in links if binds(link) and link.one in known and link.other in known
        }.items()
    )
    ties = [link for _, link in joining]
    groups = components(claims, ((link.one, link.other) for link in ties))
    sources = components(claims, ((link.one, link.other) for link in ties if link.dependent))
    by_claim = {claim: group for group in groups for claim in group}
    own: dict[tuple[str, ...], list[Link]] = {}
    for link in ties:
        own.setdefault(by_claim[link.one], []).append(link)
    parted: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for source in sources:
        parted.setdefault(by_claim[source[0]], []).append(source)
    return [Cluster(min(group), group, tuple(parted[group]), tuple(own.get(group, ()))) for group in groups]


def binds(link: Link) -> bool:
    """Whether a link makes its claims one cluster."""
    return not link.proposed and link.type in JOINING


def components(members: Sequence[str], pairs: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """The connected components of a graph, members and components in the order in which the members were given.

    >>> components(["a", "b", "c"], [("c", "a")])
    [('a', 'c'), ('b',)]
    """
    root = {member: member for member in members}
    for one, other in pairs:
        first, second = find(root, one), find(root, other)
        if first != second:
            root[max(first, second)] = min(first, second)
    groups: dict[str, list[str]] = {}
    for member in members:
        groups.setdefault(find(root, member), []).append(member)
    return [tuple(group) for group in groups.values()]


def find(root: dict[str, str], member: str) -> str:
    """The root of a member, the path to it shortened on the way."""
    while root[member] != member:
        root[member] = root[root[member]]
        member = root[member]
    return member
