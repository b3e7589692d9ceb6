"""Analyses documents in several processes of this machine, each with one thread and a reading model of its own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from types import TracebackType

from relaas.errors import RelaasError
from relaas.model.document import Document
from relaas.pipeline import Pipeline
from relaas.workflow import Reading, reading

AHEAD = 4
"""Documents that wait for their turn, for each process."""


class Local:
    """A pool of processes. What one finds in a document is what any other would find: results depend on neither their number nor the order."""

    def __init__(self, processes: int) -> None:
        self.ahead = AHEAD * processes
        # A fresh interpreter: the runtime's threads do not survive a fork.
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(processes, context)

    def __enter__(self) -> Local:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def submit(self, document: Document) -> Callable[[], Reading]:
        """Begin with a document; the result waits, and raises ReadError where the document cannot be analysed."""
        try:
            future = self._pool.submit(_read, document)
        except BrokenProcessPool as error:
            raise _ended() from error
        return lambda: _result(future)


def _result(future: Future[Reading]) -> Reading:
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise _ended() from error


def _ended() -> RelaasError:
    return RelaasError(
        "a process that was reading ended before its time (out of memory, or killed); the same command goes on where it stopped"
    )


@lru_cache(maxsize=1)
def _pipeline() -> Pipeline:
    from relaas import recipes

    return recipes.pipeline(threads=1)


def _read(document: Document) -> Reading:
    return reading(_pipeline(), document)
