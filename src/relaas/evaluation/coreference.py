"""How alike two partitions of the same mentions are: B³, MUC, CEAF, their mean (CoNLL), and pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from relaas.evaluation.matching import assign

Partition = Mapping[Any, Hashable]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean; 0 where both are."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def b_cubed(gold: Partition, found: Partition) -> Score:
    """For each mention the share of its found cluster that is its gold cluster's, and the other way round."""
    sizes, own, theirs = (
        Counter((gold[one], found[one]) for one in gold),
        Counter(gold.values()),
        Counter(found[one] for one in gold),
    )
    precision = sum(count * count / theirs[other] for (_, other), count in sizes.items())
    recall = sum(count * count / own[one] for (one, _), count in sizes.items())
    return Score(precision / len(gold), recall / len(gold)) if gold else Score(1.0, 1.0)


def pairwise(gold: Partition, found: Partition) -> Score:
    """Pairs of mentions that are one cluster's; 1 where there are none to find."""
    shared = _pairs(Counter((gold[one], found[one]) for one in gold))
    ours, theirs = _pairs(Counter(found[one] for one in gold)), _pairs(Counter(gold.values()))
    return Score(shared / ours if ours else 1.0, shared / theirs if theirs else 1.0)


def muc(gold: Partition, found: Partition) -> Score:
    """Links needed to join what belongs together, over those that are there."""
    own = {one: found[one] for one in gold}
    return Score(_links(own, gold), _links(gold, own))


def ceaf_e(gold: Partition, found: Partition) -> Score:
    """Clusters matched one to one by the share of mentions that they have in common."""
    ours, theirs = _groups(gold), _groups({one: found[one] for one in gold})
    names, others = sorted(ours, key=str), sorted(theirs, key=str)
    column = {name: number for number, name in enumerate(others)}
    total = 0.0
    for rows in _blocks(ours, gold, found):
        wanted = sorted({column[found[one]] for name in rows for one in ours[name]})
        gains = [[_share(ours[name], theirs[others[at]]) for at in wanted] for name in rows]
        total += sum(gains[row][place] for row, place in enumerate(assign(gains)) if place is not None)
    return Score(total / len(others) if others else 1.0, total / len(names) if names else 1.0)


def conll(gold: Partition, found: Partition) -> float:
    """The mean of the F1 of MUC, B³ and CEAF over entities."""
    return (muc(gold, found).f1 + b_cubed(gold, found).f1 + ceaf_e(gold, found).f1) / 3


def _links(key: Partition, other: Partition) -> float:
    parts, sizes = Counter(one for one, _ in {(key[one], other[one]) for one in key}), Counter(key.values())
    needed = sum(size - 1 for size in sizes.values())
    return sum(sizes[one] - parts[one] for one in sizes) / needed if needed else 1.0


def _pairs(counts: Counter[Hashable]) -> int:
    return sum(count * (count - 1) // 2 for count in counts.values())


def _groups(partition: Partition) -> dict[Hashable, set[Hashable]]:
    groups: dict[Hashable, set[Hashable]] = {}
    for member, name in partition.items():
        groups.setdefault(name, set()).add(member)
    return groups


def _blocks(ours: Mapping[Hashable, set[Hashable]], gold: Partition, found: Partition) -> list[Sequence[Hashable]]:
    """Gold clusters that may compete for the same found one, so that the matching stays small."""
    by_found: dict[Hashable, list[Hashable]] = {}
    for one in gold:
        by_found.setdefault(found[one], []).append(gold[one])
    root: dict[Hashable, Hashable] = {name: name for name in ours}

    def top(name: Hashable) -> Hashable:
        while root[name] != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    for names in by_found.values():
        for name in names[1:]:
            root[top(name)] = top(names[0])
    groups: dict[Hashable, list[Hashable]] = {}
    for name in sorted(ours, key=str):
        groups.setdefault(top(name), []).append(name)
    return list(groups.values())


def _share(one: set[Hashable], other: set[Hashable]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))
