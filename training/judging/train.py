"""Fit the judges: `python training/judging/train.py --held gold/dev … --out src/relaas/propositions/judging.json`.

Only reports that the reading model was not trained on may be given; accuracy is by cross-validation over reports.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from examples import Example, examples
from scipy.optimize import minimize

from relaas.propositions.cutting import signs
from relaas.propositions.judging import weights
from relaas.propositions.views import SIDES
from relaas.reading.tellings import TELLINGS
from relaas.steps.judging import SETTLE, settle

FOLDS = 8
DECAY = {"sides": 0.5, "rules": 2.0, "constant": 1.0}
"""How much a weight of each kind costs, against one clause's loss."""
RAREST = 4
START = np.array([0.6, 0.2, 0.1, 0.1, 0.05, 0.05, 0.2])


class Fit:
    """One kind of label over some reports."""

    def __init__(self, kind: str, reports: Sequence[Example]) -> None:
        self.kind, self.names = kind, TELLINGS[kind]
        ends = np.cumsum([len(labels) for labels in TELLINGS.values()])
        at = list(TELLINGS).index(kind)
        columns = slice(int(ends[at]) - len(self.names), int(ends[at]))
        rows = [(r, n) for r in reports for n, label in enumerate(r.labels[kind]) if label in self.names]
        self.right = np.array([self.names.index(str(r.labels[kind][n])) for r, n in rows], np.int64)
        self.seen = np.array([[r.seen[side][n, columns] for side in SIDES] for r, n in rows], np.float64)
        self.said = [r.rules[kind][n] for r, n in rows]
        # A claim's clauses weigh as much together as one.
        sizes = {(r.name, c): r.claims.count(c) for r in reports for c in set(r.claims)}
        self.weight = np.array([1 / sizes[r.name, r.claims[n]] for r, n in rows])

    def matrix(self, keys: Sequence[str]) -> np.ndarray:
        """Clauses × things said."""
        places = {key: number for number, key in enumerate(keys)}
        found = np.zeros((len(self.said), len(keys)))
        for row, said in enumerate(self.said):
            for one in said:
                if one in places:
                    found[row, places[one]] = 1.0
        return found

    def scores(self, parameters: np.ndarray, keys: Sequence[str]) -> np.ndarray:
        """Scores of the labels."""
        sides, rules, constant = _split(parameters, len(keys), len(self.names))
        return np.einsum("nsk,s->nk", self.seen, sides) + self.matrix(keys) @ rules + constant

    def fitted(self, keys: Sequence[str]) -> np.ndarray:
        """The weights with the least loss."""
        said, size = self.matrix(keys), len(self.names)
        truth = np.eye(size)[self.right]
        start = np.concatenate([START, np.zeros(len(keys) * size), np.zeros(size)])

        def loss(parameters: np.ndarray) -> tuple[float, np.ndarray]:
            sides, rules, constant = _split(parameters, len(keys), size)
            scores = np.einsum("nsk,s->nk", self.seen, sides) + said @ rules + constant
            scores -= scores.max(1, keepdims=True)
            logs = scores - np.log(np.exp(scores).sum(1, keepdims=True))
            error = (np.exp(logs) - truth) * self.weight[:, None]
            value = -(logs * truth).sum(1) @ self.weight
            value += (
                DECAY["sides"] * ((sides - START) ** 2).sum()
                + DECAY["rules"] * (rules**2).sum() / 2
                + DECAY["constant"] * (constant**2).sum() / 2
            )
            slope = [
                np.einsum("nsk,nk->s", self.seen, error) + 2 * DECAY["sides"] * (sides - START),
                (said.T @ error + DECAY["rules"] * rules).ravel(),
                error.sum(0) + DECAY["constant"] * constant,
            ]
            return value, np.concatenate(slope)

        return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x


def _split(parameters: np.ndarray, keys: int, labels: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    sides, rest = parameters[: len(SIDES)], parameters[len(SIDES) :]
    return sides, rest[: keys * labels].reshape(keys, labels), rest[keys * labels :]


def keys_of(reports: Sequence[Example], kind: str) -> list[str]:
    """What rules said often enough to be weighed."""
    counts: dict[str, int] = {}
    for report in reports:
        for said in report.rules[kind]:
            for one in said:
                counts[one] = counts.get(one, 0) + 1
    return sorted(key for key, number in counts.items() if number >= RAREST)


def main() -> None:
    """Fit, say how well, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    reports = examples(options.held)
    written = {}
    for kind in SETTLE:
        keys = keys_of(reports, kind)
        print(kind, crossed(reports, kind, keys))
        whole = Fit(kind, reports)
        sides, rules, constant = _split(whole.fitted(keys), len(keys), len(TELLINGS[kind]))
        written[kind] = {
            "sides": {side: round(float(value), 3) for side, value in zip(SIDES, sides, strict=True)},
            "rules": {
                key: {label: round(float(v), 3) for label, v in zip(TELLINGS[kind], row, strict=True) if abs(v) >= 0.02}
                for key, row in zip(keys, rules, strict=True)
            },
            "constant": {label: round(float(value), 3) for label, value in zip(TELLINGS[kind], constant, strict=True)},
        }
    judged(reports, {"labels": written, "join": {}})
    print("join", crossed_pairs(reports))
    join = fitted_pairs([pair for report in reports for pair in report.pairs])
    written = {"labels": written, "join": {name: round(value, 3) for name, value in join.items() if abs(value) >= 0.02}}
    options.out.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", "utf-8")


def judged(reports: Sequence[Example], data: dict[str, object]) -> None:
    """Give the clauses the labels that the pipeline will have given them when they are joined."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "judging.json")
        path.write_text(json.dumps(data), "utf-8")
        judges = weights.__wrapped__(path).judges
    for report in reports:
        settle(report.clauses, report.seen, judges)


def _table(pairs: Sequence[tuple]) -> list[tuple[dict[str, float], bool]]:
    return [(signs(clause, other, words), same) for clause, other, words, same in pairs]


def fitted_pairs(pairs: Sequence[tuple]) -> dict[str, float]:
    """The weights of the signs of one claim, by logistic regression."""
    table = _table(pairs)
    names = sorted({name for row, _ in table for name in row})
    x = np.array([[row.get(name, 0.0) for name in names] for row, _ in table])
    y = np.array([same for _, same in table], float)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        scores = x @ w
        value = (np.logaddexp(0, scores) - y * scores).sum() + 0.5 * (w**2).sum()
        return value, x.T @ (1 / (1 + np.exp(-scores)) - y) + w

    return dict(zip(names, minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x.tolist(), strict=True))


def crossed_pairs(reports: Sequence[Example]) -> dict[str, float]:
    """Accuracy of joining by cross-validation, beside always joining."""
    right, same = [], []
    for fold in range(FOLDS):
        w = fitted_pairs([p for n, r in enumerate(reports) if n % FOLDS != fold for p in r.pairs])
        for row, is_same in _table([p for n, r in enumerate(reports) if n % FOLDS == fold for p in r.pairs]):
            right.append((sum(w.get(name, 0.0) * value for name, value in row.items()) > 0) == is_same)
            same.append(is_same)
    return {"pairs": len(right), "right": round(float(np.mean(right)), 4), "one claim": round(float(np.mean(same)), 4)}


def crossed(reports: Sequence[Example], kind: str, keys: Sequence[str]) -> dict[str, float]:
    """Accuracy over clauses by cross-validation, beside the rules' own and the model's own, and how far chances are from shares."""
    right, sure, rules, own, weights = [], [], [], [], []
    for fold in range(FOLDS):
        fit = Fit(kind, [r for n, r in enumerate(reports) if n % FOLDS != fold])
        held = Fit(kind, [r for n, r in enumerate(reports) if n % FOLDS == fold])
        if not len(held.right):
            continue
        scores = held.scores(fit.fitted(keys), keys)
        chances = np.exp(scores - scores.max(1, keepdims=True))
        chances /= chances.sum(1, keepdims=True)
        right += (chances.argmax(1) == held.right).tolist()
        sure += chances.max(1).tolist()
        rules += [held.names[r] in said for r, said in zip(held.right, held.said, strict=True)]
        own += (held.seen[:, 0].argmax(1) == held.right).tolist()
        weights += held.weight.tolist()
    hits, chance = np.array(right, float), np.array(sure)
    bins = np.minimum((chance * 10).astype(int), 9)
    gap = sum(abs(hits[bins == b].mean() - chance[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist()))
    return {
        "clauses": len(right),
        "judge": round(float(np.average(hits, weights=weights)), 4),
        "rules": round(float(np.average(np.array(rules, float), weights=weights)), 4),
        "model": round(float(np.average(np.array(own, float), weights=weights)), 4),
        "calibration error": round(float(gap), 4),
    }


if __name__ == "__main__":
    main()
