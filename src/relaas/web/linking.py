"""Links what waits while the pages are served: in a process of its own, which lets pages and judgements go first."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess

from relaas.linkage import link
from relaas.linking.identity import linker_identity
from relaas.store.linking import LinkStore
from relaas.store.store import Store
from relaas.store.view import View

NICE = 10
COUNTED = 1.0
"""Seconds for which a number of waiting reports is shown before it is counted anew."""
_CONTEXT = multiprocessing.get_context("spawn")


class Signals:
    """What the processes of one server tell the one that links: that there is work, and that somebody is judging."""

    def __init__(self) -> None:
        self.work, self.pause = _CONTEXT.Event(), _CONTEXT.Event()
        self._judging = _CONTEXT.Value("i", 0)

    def judging(self, more: int) -> None:
        """Several may judge at once; linking goes on when the last of them is done."""
        with self._judging.get_lock():
            self._judging.value += more
            (self.pause.set if self._judging.value else self.pause.clear)()


class Linking:
    """The linking of one record beside its pages. Nothing waits for it: what is not linked yet is counted and said on the pages.

    With ``signals`` of another process the linking is that one's; this one only tells it of work.
    """

    def __init__(self, store: Store, signals: Signals | None = None) -> None:
        self.store = store
        self.signals = signals or Signals()
        self._is_guest = signals is not None
        self._process: BaseProcess | None = None
        self._lock = threading.Lock()
        self._counted: tuple[float, int] = (0.0, 0)

    def waiting(self, view: View) -> int:
        """How many reports are not linked yet; where there are some, they are being linked."""
        now, (at, count) = time.monotonic(), self._counted
        if now - at > COUNTED:
            count = LinkStore(view.connection, linker_identity()).waiting()
            self._counted = (now, count)
        if count:
            self.wake()
        return count

    @contextmanager
    def giving_way(self) -> Iterator[None]:
        """While a judgement is kept no more is linked; then what the judgement changed is."""
        self.signals.judging(1)
        try:
            yield
        finally:
            self.signals.judging(-1)
            self._counted = (0.0, 0)

    def wake(self) -> None:
        """Have what waits linked, by the process that is there or a new one."""
        with self._lock:
            self.signals.work.set()
            if not self._is_guest and (self._process is None or not self._process.is_alive()):
                given = (self.store.name, self.signals, os.getpid())
                self._process = _CONTEXT.Process(target=link_all, args=given, daemon=True)
                self._process.start()

    def stop(self) -> None:
        """End the process; what it was at is left unlinked, whole."""
        with self._lock:
            if self._process is not None and self._process.is_alive():
                self._process.terminate()
                self._process.join(5)
            self._process = None


def link_all(name: str, signals: Signals, server: int) -> None:
    """Link what waits, report by report, whenever there is work; ends when the server is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICE)

    def stop() -> bool:
        while signals.pause.is_set() and os.getppid() == server:
            time.sleep(0.002)
        return os.getppid() != server

    with Store.open(name, create=False) as store:
        while os.getppid() == server:
            if signals.work.wait(1.0):
                signals.work.clear()
                link(store, batch=1, stop=stop)
