"""From scores to labels: entities that follow the BIO rules, and one tree with one root a sentence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
NEVER = -1e9


def allowed_steps(labels: Sequence[str]) -> NDArray[np.float64]:
    """Return the cost of going from one label (row) to the next (column): 0, or far below where the next is an inside
    of another entity."""
    steps = np.zeros((len(labels), len(labels)))
    for column, label in enumerate(labels):
        if label.startswith("I-"):
            for row, before in enumerate(labels):
                if before[2:] != label[2:]:
                    steps[row, column] = NEVER
    return steps


def best_path(scores: Floats, labels: Sequence[str], steps: NDArray[np.float64]) -> list[int]:
    """Return the best label numbers that the rules allow (Viterbi); of equal paths the one with the lower numbers."""
    greedy = scores.argmax(axis=1)
    if not any(
        labels[tag].startswith("I-") and (index == 0 or steps[greedy[index - 1], tag] < 0)
        for index, tag in enumerate(greedy)
    ):
        return [int(tag) for tag in greedy]
    start = np.array([NEVER if label.startswith("I-") else 0.0 for label in labels])
    logs = scores.astype(np.float64)
    logs = (
        logs
        - np.log(np.exp(logs - logs.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True))
        - logs.max(axis=1, keepdims=True)
    )
    here, back = logs[0] + start, []
    for row in logs[1:]:
        ways = here[:, None] + steps
        back.append(ways.argmax(axis=0))
        here = ways.max(axis=0) + row
    path = [int(here.argmax())]
    for choices in reversed(back):
        path.append(int(choices[path[-1]]))
    return path[::-1]


def best_tree(arcs: Floats) -> list[int]:
    """Return each word's head, 0 for the root and 1… for the words: the best tree in which one word alone hangs from
    the root.

    `arcs` is words × 1 + words. Where the greedy choice is no such tree, Chu-Liu and Edmonds' tree is found for the
    likeliest roots in turn.
    """
    size = arcs.shape[0]
    if size == 1:
        return [0]
    scores = arcs.astype(np.float64)
    scores[np.arange(size), np.arange(size) + 1] = 2 * NEVER
    greedy = scores.argmax(axis=1)
    if (greedy == 0).sum() == 1 and _is_tree(greedy):
        return [int(head) for head in greedy]
    scores = scores - scores.max(axis=1, keepdims=True)
    best, chosen = -np.inf, greedy
    most = scores[:, 1:].max(axis=1)
    for root in np.argsort(-scores[:, 0], kind="stable")[: 5 if size < 150 else 1]:
        if np.where(np.arange(size) == root, scores[root, 0], most).sum() <= best:
            continue  # not even the best head for every word would do
        square = np.full((size + 1, size + 1), 3 * NEVER)
        square[1:, 1:] = scores[:, 1:]
        square[root + 1] = 3 * NEVER
        square[root + 1, 0] = scores[root, 0]
        heads = _edmonds(square)[1:]
        total = scores[np.arange(size), heads].sum()
        if total > best:
            best, chosen = total, heads
    return [int(head) for head in chosen]


def _is_tree(heads: NDArray[np.intp]) -> bool:
    """Whether every word comes to the root: after enough doublings of the step, all stand at 0."""
    at = np.concatenate([[0], heads])
    for _ in range(len(at).bit_length()):
        at = at[at]
    return bool((at == 0).all())


def _edmonds(scores: NDArray[np.float64]) -> NDArray[np.intp]:
    """The best tree from node 0 over a square of scores (child × head); a cycle is shrunk to one node and the smaller
    problem solved."""
    heads: NDArray[np.intp] = scores.argmax(axis=1)
    heads[0] = 0
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = np.zeros(len(scores), bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    ring = np.array(cycle)
    small = np.full((len(outside) + 1, len(outside) + 1), 3 * NEVER)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    out = scores[np.ix_(outside, ring)]
    small[:-1, -1] = out.max(axis=1)
    into = scores[np.ix_(ring, outside)] - scores[ring, heads[ring]][:, None]
    small[-1, :-1] = into.max(axis=0)
    small[0] = 3 * NEVER
    small[np.arange(len(small)), np.arange(len(small))] = 4 * NEVER
    found = _edmonds(small)
    for index, node in enumerate(outside[1:], start=1):
        head = found[index]
        heads[node] = ring[out[index].argmax()] if head == len(outside) else outside[head]
    entry = found[-1]
    broken = ring[into[:, entry].argmax()]
    heads[broken] = outside[entry]
    return heads


def _cycle(heads: NDArray[np.intp]) -> list[int]:
    """The nodes of one cycle, or none; node 0 is the root and is its own head."""
    colour = [0] * len(heads)
    colour[0] = -1
    for start in range(1, len(heads)):
        node, path = start, []
        while colour[node] == 0:
            colour[node] = start
            path.append(node)
            node = int(heads[node])
        if colour[node] == start:
            return path[path.index(node) :]
        for seen in path:
            colour[seen] = -1
    return []
