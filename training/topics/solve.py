"""Fits the heads: the first by regularised least squares over sparse features, the second by logistic regression."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from examples import LABELS, Report

from relaas.propositions.topic_model import BUCKETS, KINDS, Features, TopicModel, features, softmax, values

WEIGHTS = {"lemma": 1.0, "role": 1.0, "letters": 2.0, "concept": 3.0, "pair": 0.5, "lexicon": 1.2, "manner": 0.2}
"""How much each kind of feature may say: the square of the length that its values have in a clause."""


@dataclass(frozen=True)
class Settings:
    """What was tuned by cross-validation."""

    decay: float = 12.0
    rounds: int = 12
    sharpness: float = 8.0
    second_decay: float = 2e-3
    second_steps: int = 400
    balance: float = 0.3


@dataclass
class Table:
    """The labelled clauses of a report, with their features."""

    found: Features
    labels: np.ndarray

    @classmethod
    def of(cls, report: Report) -> Table:
        """The table of the labelled clauses; clauses without a label are left out."""
        rows = [i for i, label in enumerate(report.labels) if label >= 0]
        return cls(features([report.units[i] for i in rows]), report.labels[rows])


def joined(tables: Sequence[Table]) -> tuple[Features, np.ndarray]:
    """Several tables as one, the clauses numbered on."""
    whole, at = Features(), 0
    for table in tables:
        whole.clause += [at + clause for clause in table.found.clause]
        for name in ("kind", "bucket", "value", "word"):
            getattr(whole, name).extend(getattr(table.found, name))
        at += len(table.labels)
    return whole, np.concatenate([table.labels for table in tables])


def fit_first(tables: Sequence[Table], settings: Settings) -> TopicModel:
    """The first head by conjugate gradients; a bucket seen in one clause alone gets no weight."""
    found, labels = joined(tables)
    counts = np.bincount(
        np.unique(np.array(found.clause, np.int64) * BUCKETS + np.array(found.bucket)) % BUCKETS, minlength=BUCKETS
    )
    scales = np.where(counts > 1, np.sqrt(np.log((len(labels) + 1) / (1.0 + counts))), 0.0).astype(np.float32)
    lexicon = np.unique([b for b, k in zip(found.bucket, found.kind, strict=True) if KINDS[k] in {"lexicon", "manner"}])
    scales[lexicon] = 1.0
    kinds = np.sqrt(np.array([WEIGHTS[kind] for kind in KINDS], np.float32))
    value = values(found, scales, kinds)
    matrix = Sparse(np.array(found.clause), np.array(found.bucket), value, len(labels))
    shares = np.bincount(labels, minlength=len(LABELS)) / len(labels)
    target = np.eye(len(LABELS), dtype=np.float32)[labels] - shares.astype(np.float32)
    weight = ((shares.mean() / np.maximum(shares, 1e-3)) ** settings.balance)[labels].astype(np.float32)[:, None]
    weights = np.zeros((BUCKETS, len(LABELS)), np.float32)
    rest = matrix.back(weight * target)
    way, size = rest.copy(), (rest * rest).sum(0)
    for _ in range(settings.rounds):
        push = matrix.back(weight * matrix.out(way)) + settings.decay * way
        step = size / np.maximum((way * push).sum(0), 1e-12)
        weights += step * way
        rest -= step * push
        new = (rest * rest).sum(0)
        way = rest + new / np.maximum(size, 1e-12) * way
        size = new
    around = np.zeros((len(LABELS) * 10 + 1, len(LABELS)), np.float32)
    around[: len(LABELS)] = np.eye(len(LABELS))
    bias = shares.astype(np.float32)
    heads = {"weights": weights, "bias": bias, "scales": scales, "kinds": kinds, "around": around}
    return TopicModel(LABELS, heads, settings.sharpness)


class Sparse:
    """Clauses × buckets, stored twice so that both products run over sorted rows."""

    def __init__(self, clause: np.ndarray, bucket: np.ndarray, value: np.ndarray, count: int) -> None:
        self.count = count
        order = np.argsort(bucket, kind="stable")
        self.sides = [(clause, bucket, value), (bucket[order], clause[order], value[order])]

    def out(self, weights: np.ndarray) -> np.ndarray:
        """The clauses' scores."""
        return self._product(0, weights, self.count)

    def back(self, errors: np.ndarray) -> np.ndarray:
        """The buckets' gradients."""
        return self._product(1, errors, BUCKETS)

    def _product(self, side: int, factor: np.ndarray, count: int) -> np.ndarray:
        rows, columns, value = self.sides[side]
        starts = np.flatnonzero(np.diff(rows, prepend=-1))
        result = np.zeros((count, factor.shape[1]), np.float32)
        result[rows[starts]] = np.add.reduceat(factor[columns] * value[:, None], starts, axis=0)
        return result


def fit_second(inputs: np.ndarray, labels: np.ndarray, settings: Settings) -> np.ndarray:
    """The second head by full-batch Adam, starting from the first head's own word; unlabelled clauses are left out."""
    inputs, labels = inputs[labels >= 0], labels[labels >= 0]
    size = len(LABELS)
    start = np.zeros((inputs.shape[1], size), np.float32)
    start[:size] = 4.0 * np.eye(size)
    weights, first, second = start.copy(), np.zeros_like(start), np.zeros_like(start)
    truth = np.eye(size, dtype=np.float32)[labels]
    for step in range(1, settings.second_steps + 1):
        slope = inputs.T @ (softmax(inputs @ weights) - truth) / len(labels) + settings.second_decay * (weights - start)
        first += 0.1 * (slope - first)
        second += 0.001 * (slope * slope - second)
        weights -= 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights
