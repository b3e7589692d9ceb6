"""Fits the weights by which a claim inherits a place, and says how well they do on reports they were not fitted to.

    python training/placing/train.py --compact gold/train/reports --own gold/dev --out src/relaas/propositions/inheritance_weights.json

The choice among grounds and none is a softmax over the options of one claim, made twice: by the claim itself, then with the
chances of the claims around it. The second is fitted to chances that come from weights fitted to other reports. Direction
and origin are logistic. The reports of ``--own`` are labelled by the guide in full: weights fitted to the many compact
reports are drawn on to those few, and say how they do on each part of them when drawn on to the others.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from examples import Report, compact_reports, gold_reports

from relaas.propositions.inheritance import Weights, score, use_of
from relaas.propositions.told_place import of_use, shares_of
from relaas.recipes import pipeline

Row = tuple[list[dict[str, float]], int]
"""The options of a choice, none last, and the number of the right one."""
FOLDS = 5
LEAST = 4
"""A feature seen in fewer rows gets no weight."""
PULL = 1.0
"""How strongly weights are pulled to nought."""
STEPS = 80
HOLD = 40.0
"""How strongly weights drawn on to the few reports are pulled to those fitted to the many; by cross-validation."""
PARTS = 6
NONE = "none: "


def main() -> None:
    """Read, cross-validate by report, fit to all, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--compact", type=Path, required=True)
    parser.add_argument("--own", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    steps = pipeline()
    many, few = list(compact_reports(given.compact, steps)), list(gold_reports(given.own, steps))
    print(len(many), "and", len(few), "reports")
    kept = [report for n, report in enumerate(many) if n % FOLDS == 0]
    weights = adapted(fitted([report for n, report in enumerate(many) if n % FOLDS]), few)
    tell("compact, kept from fitting", [(kept, weights)])
    weights = fitted(many)
    tell("own, kept from fitting", [(few, weights)])
    rounds = [([one for n, one in enumerate(few) if n % PARTS == part], part) for part in range(PARTS)]
    tell(
        "own, drawn on to the others",
        [(held, adapted(weights, [one for n, one in enumerate(few) if n % PARTS != part])) for held, part in rounds],
    )
    if given.out:
        weights = adapted(weights, few)
        given.out.write_text(json.dumps(weights, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")


def fitted(reports: Sequence[Report], folds: int = 2) -> dict[str, dict[str, float]]:
    """All weights: the second choice is fitted to first chances of reports that the first was not fitted to."""
    rows: list[Row] = []
    for fold in range(folds):
        first = first_weights([report for n, report in enumerate(reports) if n % folds != fold])
        rows += [row for n, report in enumerate(reports) if n % folds == fold for row in second_rows(report, first)]
    second = _split(_softmax_fit(rows), "ground", "none")
    return {**first_weights(reports), **second, **use_weights(reports)}


def adapted(weights: Weights, reports: Sequence[Report], folds: int = 2) -> dict[str, Mapping[str, float]]:
    """Weights drawn on to a few reports, the second choice again by first chances of reports that the first was not drawn to."""
    rows: list[Row] = []
    for fold in range(folds):
        first = first_weights([report for n, report in enumerate(reports) if n % folds != fold], weights)
        rows += [row for n, report in enumerate(reports) if n % folds == fold for row in second_rows(report, first)]
    second = _split(_softmax_fit(rows, _joined(weights, "ground", "none")), "ground", "none")
    return {**weights, **first_weights(reports, weights), **second, **use_weights(reports, weights)}


def first_weights(reports: Sequence[Report], prior: Weights | None = None) -> dict[str, dict[str, float]]:
    """The weights of a claim by itself; with ``prior`` drawn on from those."""
    rows = []
    for report in reports:
        for label in report.labels:
            options = report.inheritance.options[label.claim]
            if options is not None:
                rows.append(([*options.features, _marked(options.none)], label.right))
    held = None if prior is None else _joined(prior, "first ground", "first none")
    return _split(_softmax_fit(rows, held), "first ground", "first none")


def second_rows(report: Report, first: Weights) -> list[Row]:
    """The choices of a report in the company of its first chances."""
    shares, rows = shares_of(report.inheritance.first(first)), []
    for label in report.labels:
        options = report.inheritance.options[label.claim]
        if options is not None:
            features = report.inheritance.accompanied(label.claim, options, shares)
            rows.append(([*features[:-1], _marked(features[-1])], label.right))
    return rows


def use_weights(reports: Sequence[Report], prior: Weights | None = None) -> dict[str, dict[str, float]]:
    """The weights of direction and origin, each against the other uses; with ``prior`` drawn on from those."""
    used = [
        (of_use(report.inheritance.claims[label.claim], options.grounds[label.right]), label.use)
        for report in reports
        for label in report.labels
        if (options := report.inheritance.options[label.claim]) is not None and label.right < len(options.grounds)
    ]
    return {
        use: _softmax_fit(
            [([features, {}], 0 if right == use else 1) for features, right in used],
            None if prior is None else prior[use],
        )
        for use in ("direction", "origin")
    }


def _marked(features: dict[str, float]) -> dict[str, float]:
    return {f"{NONE}{name}": value for name, value in features.items()}


def _split(weights: dict[str, float], ground: str, none: str) -> dict[str, dict[str, float]]:
    return {
        ground: {name: value for name, value in weights.items() if not name.startswith(NONE)},
        none: {name.removeprefix(NONE): value for name, value in weights.items() if name.startswith(NONE)},
    }


def _joined(weights: Weights, ground: str, none: str) -> dict[str, float]:
    return {**weights[ground], **_marked(dict(weights[none]))}


def _softmax_fit(rows: Sequence[Row], prior: Mapping[str, float] | None = None) -> dict[str, float]:
    """Weights that make the right option of each row likeliest, by gradient descent with a second-moment scale (Adam).

    They are pulled to nought, or to those of ``prior``, which are where they start.
    """
    seen = Counter(name for options, _ in rows for one in options for name in one)
    names = sorted({name for name, count in seen.items() if count >= LEAST} | set(prior or ()))
    start, pull = np.array([(prior or {}).get(name, 0.0) for name in names]), PULL if prior is None else HOLD
    quickest = 0.15 if prior is None else 0.08
    number = {name: n for n, name in enumerate(names)}
    column, value, option, starts, right = [], [], [], [0], []
    at = 0
    for choices, chosen in rows:
        right.append(at + chosen)
        for features in choices:
            for name, one in features.items():
                if name in number:
                    column.append(number[name])
                    value.append(one)
                    option.append(at)
            at += 1
        starts.append(at)
    columns, values, options = np.array(column), np.array(value), np.array(option)
    begins, lengths = np.array(starts[:-1]), np.diff(starts)
    target = np.zeros(at)
    target[right] = 1.0
    weight, mean, square = start.copy(), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):
        scores = np.bincount(options, values * weight[columns], at)
        scores -= np.repeat(np.maximum.reduceat(scores, begins), lengths)
        chance = np.exp(scores)
        chance /= np.repeat(np.add.reduceat(chance, begins), lengths)
        slope = np.bincount(columns, values * (chance - target)[options], len(names)) + pull * (weight - start)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope * slope
        rate = quickest * (1 - step / STEPS) + 0.002
        weight -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-6)
    return {name: round(float(one), 3) for name, one in zip(names, weight, strict=True) if abs(one) >= 0.01}


def tell(name: str, judged: Sequence[tuple[Sequence[Report], Weights]]) -> None:
    """The share of choices that are right with their use, of those right but for it, and of those out of reach."""
    counts: Counter[str] = Counter()
    for report, weights in ((report, weights) for reports, weights in judged for report in reports):
        chances = report.inheritance.first(weights)
        counts["beyond"] += report.beyond
        for label in report.labels:
            options = report.inheritance.options[label.claim]
            if options is None:
                continue
            features = report.inheritance.accompanied(label.claim, options, shares_of(chances))
            scores = [*(score(one, weights["ground"]) for one in features[:-1]), score(features[-1], weights["none"])]
            best = max(range(len(scores)), key=scores.__getitem__)
            keys = [*(ground.key for ground in options.grounds), None]
            counts["first"] += max(keys, key=lambda key: chances[label.claim][key]) == keys[label.right]
            counts["ground"] += best == label.right
            counts["right"] += best == label.right and (
                best == len(options.grounds)
                or use_of(of_use(report.inheritance.claims[label.claim], options.grounds[best]), weights) == label.use
            )
            counts["none"] += label.right == len(options.grounds)
            counts["rows"] += 1
    total = counts["rows"] + counts["beyond"]
    shares = ", ".join(f"{key} {counts[key] / total:.3f}" for key in ("right", "ground", "first", "none", "beyond"))
    print(f"{name}: {shares} of {total}")


if __name__ == "__main__":
    main()
