"""Links what waits while the pages are served: in a process of its own, which lets pages and judgements go first."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event

from relaas.linkage import link
from relaas.linking.identity import linker_identity
from relaas.store.linking import LinkStore
from relaas.store.store import Store
from relaas.store.view import View

NICE = 10
PATIENCE = 60.0
"""Seconds that the process stays for more to link, before it ends."""
COUNTED = 1.0
"""Seconds for which a number of waiting reports is shown before it is counted anew."""


class Linking:
    """The linking of one record beside its pages. Nothing waits for it: what is not linked yet is counted and said on the pages."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._context = multiprocessing.get_context("spawn")
        self._work, self._pause = self._context.Event(), self._context.Event()
        self._process: BaseProcess | None = None
        self._lock = threading.Lock()
        self._counted: tuple[float, int] = (0.0, 0)
        self._judging = 0

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
        self._enter(1)
        try:
            yield
        finally:
            self._enter(-1)
            self._counted = (0.0, 0)

    def _enter(self, more: int) -> None:
        """Several may judge at once; linking goes on when the last of them is done."""
        with self._lock:
            self._judging += more
            (self._pause.set if self._judging else self._pause.clear)()

    def wake(self) -> None:
        """Have what waits linked, by the process that is there or a new one."""
        with self._lock:
            self._work.set()
            if self._process is None or not self._process.is_alive():
                given = (self.store.name, self._work, self._pause, os.getpid())
                self._process = self._context.Process(target=link_all, args=given, daemon=True)
                self._process.start()

    def stop(self) -> None:
        """End the process; what it was at is left unlinked, whole."""
        with self._lock:
            if self._process is not None and self._process.is_alive():
                self._process.terminate()
                self._process.join(5)
            self._process = None


def link_all(name: str, work: Event, pause: Event, server: int) -> None:
    """Link what waits, report by report, and wait for more; ends when nothing comes, or when the server is gone."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICE)

    def stop() -> bool:
        while pause.is_set() and os.getppid() == server:
            time.sleep(0.002)
        return os.getppid() != server

    with Store.open(name, create=False) as store:
        while work.wait(PATIENCE):
            work.clear()
            link(store, batch=1, stop=stop)
            if os.getppid() != server:
                return
