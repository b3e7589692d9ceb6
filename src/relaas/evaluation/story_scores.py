"""Counts how far what was found across the reports of stories agrees with the labels: clusters, links, independence, states, ledgers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from relaas.evaluation.coreference import b_cubed, conll, pairwise
from relaas.evaluation.ledger_rows import casualty_scores, control_scores
from relaas.evaluation.stories import Pair
from relaas.evaluation.telling import Told
from relaas.linking.states import history
from relaas.model.link import TYPES

DEPENDENT, INDEPENDENT = "dependent", "independent"


def story_figures(told: Sequence[Told]) -> dict[str, float]:
    """Every figure under a flat name, over all stories together."""
    gold, found = _partitions(told)
    cubed, pairs = b_cubed(gold, found), pairwise(gold, found)
    figures = {
        "clusters/b3": cubed.f1, "clusters/b3-precision": cubed.precision, "clusters/b3-recall": cubed.recall,
        "clusters/pairs": pairs.f1, "clusters/pairs-precision": pairs.precision, "clusters/pairs-recall": pairs.recall,
        "clusters/conll": conll(gold, found),
    }  # fmt: skip
    figures |= _link_figures(told)
    figures |= _independence(told)
    figures["states"] = _states(told)
    figures |= {f"control/{name}": value for name, value in control_scores(told).items()}
    figures |= {f"casualties/{name}": value for name, value in casualty_scores(told).items()}
    return figures


def _partitions(told: Iterable[Told]) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """Labelled claims with their cluster in the labels and in what was found; a claim without a counterpart stands alone."""
    gold: dict[Any, Any] = {}
    found: dict[Any, Any] = {}
    for one in told:
        name = one.story.name
        named = {key: number for number, cluster in enumerate(one.story.clusters) for key in cluster}
        for key in one.story.claims:
            gold[name, key] = (name, named.get(key, key))
            id = one.found.get(key)
            found[name, key] = (name, one.picture.cluster_of[id].id if id else key)
    return gold, found


def found_links(one: Told) -> dict[Pair, str]:
    """The types found for pairs of labelled claims of different reports."""
    result: dict[Pair, str] = {}
    for pair in one.story.across():
        ids = [one.found.get(key) for key in pair]
        if None in ids or ids[0] == ids[1]:
            continue
        if (type := one.picture.relation(str(ids[0]), str(ids[1]))) is not None:
            result[pair] = type
    return result


def _gathered(one: Told, links: Mapping[Pair, str]) -> dict[Pair, str]:
    """Links to be compared: pairs of claims, and for follow-ups the pairs of labelled clusters that one of their claims ties."""
    cluster = {key: min(members) for members in one.story.clusters for key in members}
    across = set(one.story.across())
    kept = {pair: type for pair, type in links.items() if type != "follow_up" and pair in across}
    for (first, second), type in links.items():
        ends = sorted((cluster.get(first, first), cluster.get(second, second)))
        if type == "follow_up" and ends[0] != ends[1]:
            kept[f"follow {ends[0]}", ends[1]] = type
    return kept


def _link_figures(told: Sequence[Told]) -> dict[str, float]:
    """F1 over pairs with their type: all together, each type, their mean, and the pairs alone."""
    gold, found, both, alone = Counter[str](), Counter[str](), Counter[str](), 0
    for one in told:
        ours, theirs = _gathered(one, found_links(one)), _gathered(one, one.story.links)
        gold.update(theirs.values())
        found.update(ours.values())
        both.update(type for pair, type in ours.items() if theirs.get(pair) == type)
        alone += len(ours.keys() & theirs.keys())
    figures = {
        "links": _f1(both.total(), gold.total(), found.total()),
        "links/untyped": _f1(alone, gold.total(), found.total()),
    }
    figures["links/types-of-found"] = both.total() / alone if alone else 1.0
    each = {type: _f1(both[type], gold[type], found[type]) for type in TYPES if gold[type]}
    return (
        figures
        | {f"links/{type}": value for type, value in each.items()}
        | {"links/macro": sum(each.values()) / max(1, len(each))}
    )


def _independence(told: Sequence[Told]) -> dict[str, float]:
    """F1 of independent and of dependent pairs, over the pairs of different reports in a labelled cluster."""
    gold, found, both = Counter[str](), Counter[str](), Counter[str]()
    for one in told:
        across = set(one.story.across())
        for cluster in one.story.clusters:
            for pair in sorted(across):
                if not set(pair) <= cluster:
                    continue
                truth = DEPENDENT if any(set(pair) <= source for source in one.story.primaries) else INDEPENDENT
                guess = _source_of(one, pair)
                gold[truth] += 1
                found[guess] += 1
                both[truth] += truth == guess
    each = {label: _f1(both[label], gold[label], found[label]) for label in (DEPENDENT, INDEPENDENT)}
    return {"independence": sum(each.values()) / 2} | {f"independence/{label}": value for label, value in each.items()}


def _source_of(one: Told, pair: Pair) -> str:
    ids = [one.found.get(key) for key in pair]
    if None in ids:
        return INDEPENDENT
    first, second = map(str, ids)
    return DEPENDENT if first == second or second in one.picture.primary(first) else INDEPENDENT


def _states(told: Iterable[Told]) -> float:
    """The share of labelled clusters whose last state is right, by the claim of theirs that most others were found with."""
    right = total = 0
    for one in told:
        for members, states in one.story.states:
            if not states:
                continue
            total += 1
            ids = [one.found[key] for key in sorted(members) if key in one.found]
            if not ids:
                continue
            counts = Counter(one.picture.cluster_of[id].id for id in ids)
            best = max(sorted(counts), key=lambda id: counts[id])
            cluster = next(each for each in one.picture.clusters if each.id == best)
            found = history(cluster, one.picture.by_id, one.picture.known)
            right += found[-1].state == states[max(states)]
    return right / total if total else 1.0


def _f1(both: int, gold: int, found: int) -> float:
    return 2 * both / (gold + found) if gold + found else 1.0


def errors(one: Told) -> list[str]:
    """Links that were missed, invented or mistyped, one a line with the quotes."""
    ours, theirs = found_links(one), one.story.links
    scored = {(link.one, link.other): link.score for link in one.picture.links}
    lines = []
    for pair in one.story.across():
        if ours.get(pair) != theirs.get(pair):
            ids = [one.found.get(key, "") for key in pair]
            score = scored.get((ids[0], ids[1]), scored.get((ids[1], ids[0]), 0.0))
            types = f"{theirs.get(pair, '–')} > {ours.get(pair, '–')} {score:.2f}"
            quotes = f"{_quote(one, pair[0])} | {_quote(one, pair[1])}"
            lines.append(f"{one.story.name} {pair[0]} {pair[1]} {types} | {quotes}")
    return lines


def _quote(one: Told, key: str) -> str:
    report, span = one.story.claims[key]
    return span.of(one.story.reports[report].text)[:70]


def table(figures: Mapping[str, float]) -> list[str]:
    """The figures, one a line."""
    width = max(map(len, figures))
    return [f"{name:{width}}  {value:.3f}" for name, value in figures.items()]
