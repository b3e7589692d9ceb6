"""Counts how far predicted claims agree with gold claims: per field and label, per language and style, in two readings.

*Aligned* compares each gold claim with the likest predicted claim of its sentence: was the sentence understood?
*Strict* pairs claims one to one by their quotes (likeness at least a half); a gold claim without a partner has every
field wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from relaas.evaluation.fields import ALL, FIELDS, LABELLED, SETS, SUMMARY
from relaas.evaluation.gold import Gold
from relaas.evaluation.labelled import Labelled
from relaas.evaluation.matching import nearest, one_to_one

LEAST_LIKENESS = 0.5
MISSING = "(no claim)"


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold claim with the predicted claim it is compared with, None where there is none."""

    gold: Gold
    claim: Labelled
    found: Labelled | None

    def right(self, name: str) -> bool:
        """Whether the prediction has this field right."""
        value = ALL[name]
        return self.found is not None and value(self.claim.labels) == value(self.found.labels)


@dataclass(slots=True)
class Comparison:
    """All pairs of a gold set and a set of predictions, in both readings, with the predictions that no gold claim
    took.
    """

    aligned: list[Pair] = field(default_factory=list)
    strict: list[Pair] = field(default_factory=list)
    loose: list[Pair] = field(default_factory=list)
    surplus: list[tuple[Gold, Labelled]] = field(default_factory=list)
    predicted: Counter[str] = field(default_factory=Counter)


def compare(golds: Sequence[Gold], predictions: Mapping[str, Sequence[Labelled]]) -> Comparison:
    """Pair every gold claim in every reading."""
    result = Comparison()
    for gold in golds:
        text, found = gold.document.text, list(predictions.get(gold.name, ()))
        readings = (
            (result.aligned, nearest(text, gold.claims, found)),
            (result.strict, one_to_one(text, gold.claims, found, least=LEAST_LIKENESS)),
            (result.loose, one_to_one(text, gold.claims, found)),
        )
        for pairs, partners in readings:
            for claim, partner in zip(gold.claims, partners, strict=True):
                pairs.append(Pair(gold, claim, None if partner is None else found[partner]))
        taken = set(readings[1][1])
        result.surplus.extend((gold, claim) for index, claim in enumerate(found) if index not in taken)
        result.predicted[gold.name] = len(found)
    return result


def figures(comparison: Comparison) -> dict[str, float]:
    """Every figure under one flat name: ``GROUP/MEASURE``, where GROUP is all, a language or a style."""
    groups: dict[str, Callable[[Gold], bool]] = {"all": lambda gold: True}
    golds = {id(pair.gold): pair.gold for pair in comparison.aligned}.values()
    for language in sorted({gold.language for gold in golds}):
        groups[language] = lambda gold, wanted=language: gold.language == wanted  # type: ignore[misc]
    for style in sorted({gold.style for gold in golds}):
        groups[style] = lambda gold, wanted=style: gold.style == wanted  # type: ignore[misc]
    found: dict[str, float] = {}
    for group, belongs in groups.items():
        found.update({f"{group}/{measure}": value for measure, value in _group(comparison, belongs).items()})
    return found


def _group(comparison: Comparison, belongs: Callable[[Gold], bool]) -> dict[str, float]:
    aligned, strict, loose = (
        [pair for pair in pairs if belongs(pair.gold)]
        for pairs in (comparison.aligned, comparison.strict, comparison.loose)
    )
    names = {pair.gold.name for pair in aligned}
    predicted = sum(comparison.predicted[name] for name in names)
    matched = sum(pair.found is not None for pair in strict)
    measures = {"fields": share(aligned, SUMMARY), "strict": share(strict, FIELDS), "overlap": share(loose, FIELDS)}
    measures["claims/recall"] = _ratio(matched, len(strict))
    measures["claims/precision"] = _ratio(matched, predicted)
    for name in ALL:
        measures[name] = share(aligned, (name,))
        measures[f"strict/{name}"] = share(strict, (name,))
    for name in LABELLED:
        scores = label_scores(aligned, name)
        measures.update({f"{name}/{label}": score for label, (score, _) in scores.items()})
        if scores:
            measures[f"{name}/macro-F1"] = sum(score for score, _ in scores.values()) / len(scores)
    for name in SETS:
        measures[f"{name}/F1"] = set_f1(aligned, name)
    return measures


def share(pairs: Iterable[Pair], names: Iterable[str]) -> float:
    """The share of the named fields that are right, over all pairs; 1 for no pairs."""
    names = tuple(names)
    verdicts = [pair.right(name) for pair in pairs for name in names]
    return _ratio(sum(verdicts), len(verdicts))


def label_scores(pairs: Sequence[Pair], name: str) -> dict[str, tuple[float, int]]:
    """F1 and number of gold claims for each label that the gold uses; no source or no event is no label."""
    table = confusion(pairs, name)
    labels = sorted({gold for gold, _ in table if gold != "–"})
    scores = {}
    for label in labels:
        gold = sum(count for (one, _), count in table.items() if one == label)
        found = sum(count for (_, other), count in table.items() if other == label)
        scores[label] = (_ratio(2 * table[label, label], gold + found), gold)
    return scores


def confusion(pairs: Iterable[Pair], name: str) -> Counter[tuple[str, str]]:
    """How often each gold label met each predicted one."""
    value = ALL[name]
    return Counter(
        (str(value(pair.claim.labels) or "–"), MISSING if pair.found is None else str(value(pair.found.labels) or "–"))
        for pair in pairs
    )


def set_f1(pairs: Iterable[Pair], name: str) -> float:
    """F1 over the members (places with their use, quantities) of all pairs together; 1 where neither side has any."""
    value = ALL[name]
    gold = found = both = 0
    for pair in pairs:
        one = set(value(pair.claim.labels))  # type: ignore[call-overload]
        other = set() if pair.found is None else set(value(pair.found.labels))  # type: ignore[call-overload]
        gold, found, both = gold + len(one), found + len(other), both + len(one & other)
    return _ratio(2 * both, gold + found)


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
