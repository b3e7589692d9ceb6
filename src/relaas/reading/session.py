"""Run the network: sentences spelt in pieces go in, scores come out, sentence by sentence.

Batches are cut from one report alone, longest sentences first, by a limit on padded pieces; so they are always the
same, and so are the scores. A sentence too long for the encoder is read in windows that overlap, and each of its words
is taken from the window in which it stands furthest from an edge.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from relaas.errors import ModelError
from relaas.reading.pieces import BEGIN, END, PAD
from relaas.reading.weights import Weights

Floats = NDArray[np.float32]
Whole = NDArray[np.int64]
LONGEST = 510
OVERLAP = 128
PADDED = 256
"""Padded pieces in a batch: its rows stay in a core's own cache, 1.6 times the speed of 1,024."""
NEVER = np.float32(-1e9)


@dataclass(frozen=True)
class Spelt:
    """A sentence as the network wants it: the pieces of each word, and the conventions asked for."""

    pieces: list[list[int]]
    scheme: int


@dataclass
class Scores:
    """What the network says of one sentence of n words; arcs and labels have the root in column 0, then the words."""

    tags: Whole
    lemmas: Whole
    """n × k: the best k edit scripts, best first."""
    entities: Floats
    arcs: Floats
    labels: Whole
    vector: Floats
    tellings: Floats
    """n × labels of all heads of claims in a row, as scores."""


@dataclass(frozen=True)
class _Window:
    sentence: int
    start: int
    end: int
    length: int


def open_session(weights: Weights) -> onnxruntime.InferenceSession:
    """Open the graph on the CPU, each run in one thread: batches run side by side, and no sum is ever cut among threads."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(str(weights.graph), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime raises classes of its own that share no base
        raise ModelError(f"The reading model {weights.graph} cannot be opened: {error}") from error


def run(session: onnxruntime.InferenceSession, sentences: Sequence[Spelt], threads: int) -> list[Scores]:
    """Return the scores of the sentences of one report, in their order; none may be empty."""
    windows = [
        window
        for number, sentence in enumerate(sentences)
        for window in _windows(number, [len(word) for word in sentence.pieces])
    ]
    parts: dict[int, list[tuple[_Window, Scores]]] = {}
    batches = list(_batches(windows))
    with ThreadPoolExecutor(threads) as pool:
        scored = list(pool.map(lambda batch: _score(session, sentences, batch), batches))
    for batch, found in zip(batches, scored, strict=True):
        for window, scores in zip(batch, found, strict=True):
            parts.setdefault(window.sentence, []).append((window, scores))
    return [
        _join(sorted(parts[number], key=lambda pair: pair[0].start), len(sentence.pieces))
        for number, sentence in enumerate(sentences)
    ]


def _windows(number: int, sizes: list[int]) -> Iterator[_Window]:
    sizes = [min(size, LONGEST // 4) for size in sizes]
    start = 0
    while True:
        end, length = start, 0
        while end < len(sizes) and length + sizes[end] <= LONGEST:
            length += sizes[end]
            end += 1
        yield _Window(number, start, end, length + 2)
        if end == len(sizes):
            return
        back, start = 0, end
        while back < OVERLAP and start > 0:
            start -= 1
            back += sizes[start]


def _batches(windows: list[_Window]) -> Iterator[list[_Window]]:
    batch: list[_Window] = []
    for window in sorted(windows, key=lambda one: (-one.length, one.sentence, one.start)):
        if batch and (len(batch) + 1) * batch[0].length > PADDED:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _score(session: onnxruntime.InferenceSession, sentences: Sequence[Spelt], batch: list[_Window]) -> list[Scores]:
    length, words = batch[0].length, max(window.end - window.start for window in batch)
    ids = np.full((len(batch), length), PAD, np.int64)
    first, last = np.zeros((len(batch), words), np.int64), np.zeros((len(batch), words), np.int64)
    for row, window in enumerate(batch):
        pieces = [word[: LONGEST // 4] for word in sentences[window.sentence].pieces[window.start : window.end]]
        flat = [BEGIN, *(piece for word in pieces for piece in word), END]
        sizes = np.array([len(word) for word in pieces], np.int64)
        ids[row, : len(flat)] = flat
        last[row, : len(pieces)] = np.cumsum(sizes)
        first[row, : len(pieces)] = last[row, : len(pieces)] - sizes + 1
    scheme = np.array([sentences[window.sentence].scheme for window in batch], np.int64)
    feed = {"ids": ids, "first": first, "last": last, "scheme": scheme}
    tags, lemmas, entities, arcs, labels, vectors, tellings = session.run(None, feed)
    found = []
    for row, window in enumerate(batch):
        size = window.end - window.start
        one = Scores(
            tags=tags[row, :size].astype(np.int64),
            lemmas=lemmas[row, :size].astype(np.int64),
            entities=entities[row, :size],
            arcs=arcs[row, :size, : size + 1],
            labels=labels[row, :size, : size + 1].astype(np.int64),
            vector=vectors[row],
            tellings=tellings[row, :size],
        )
        found.append(one)
    return found


def _join(parts: list[tuple[_Window, Scores]], size: int) -> Scores:
    if len(parts) == 1:
        return parts[0][1]
    one = parts[0][1]
    whole = Scores(
        tags=np.zeros(size, np.int64),
        lemmas=np.zeros((size, one.lemmas.shape[1]), np.int64),
        entities=np.zeros((size, one.entities.shape[1]), np.float32),
        arcs=np.full((size, size + 1), NEVER, np.float32),
        labels=np.zeros((size, size + 1), np.int64),
        vector=np.zeros_like(one.vector),
        tellings=np.zeros((size, one.tellings.shape[1]), np.float32),
    )
    edges = [0, *((left.end + right.start) // 2 for (left, _), (right, _) in itertools.pairwise(parts)), size]
    total = np.zeros_like(one.vector)
    for (window, scores), start, end in zip(parts, edges, edges[1:], strict=False):
        mine = slice(start - window.start, end - window.start)
        for theirs, ours in (
            (scores.tags, whole.tags), (scores.lemmas, whole.lemmas),
            (scores.entities, whole.entities), (scores.tellings, whole.tellings),
        ):  # fmt: skip
            ours[start:end] = theirs[mine]
        for theirs, ours in ((scores.arcs, whole.arcs), (scores.labels, whole.labels)):
            ours[start:end, 0] = theirs[mine, 0]
            ours[start:end, window.start + 1 : window.end + 1] = theirs[mine, 1:]
        total += scores.vector * np.float32(window.length)
    whole.vector = total / np.sqrt((total * total).sum())
    return whole
