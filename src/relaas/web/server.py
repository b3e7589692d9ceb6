"""Puts the pages together, and serves them to this machine."""

from __future__ import annotations

import multiprocessing
import os
import secrets
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from relaas import __version__
from relaas.errors import RelaasError
from relaas.ontology.display import LANGUAGES
from relaas.settings import settings
from relaas.store.store import Store
from relaas.web.linking import Linking, Signals
from relaas.web.page import Missing, Page
from relaas.web.routers import door, ledger, links, overview, reports, review, situation
from relaas.web.safety import Guard, Tokens

AT_ONCE = 2
PROCESSES = 2
"""Processes that make pages, where the machine has processors for them."""


def application(
    store: Store, reviewer: str = "", *, linking: Linking | None = None, key: bytes | None = None
) -> FastAPI:
    """The pages of one record; ``reviewer`` signs where the browser says nothing else. ``linking`` and ``key`` (of the forms) are given where several
    processes serve together.
    """
    app = FastAPI(
        title="relaas", version=__version__, docs_url=None, redoc_url=None, openapi_url=None, lifespan=_queued
    )
    app.state.store, app.state.reviewer, app.state.tokens = store, reviewer, Tokens(key)
    app.state.linking = linking or Linking(store)
    for room in (door, reports, ledger, overview, situation, review, links):
        app.include_router(room.router)
    app.add_exception_handler(Missing, _missing)
    app.add_exception_handler(HTTPException, _missing)
    app.add_exception_handler(RelaasError, _refused)
    app.add_exception_handler(Exception, _broken)
    app.add_middleware(Guard)
    return app


@asynccontextmanager
async def _queued(app: FastAPI) -> AsyncIterator[None]:
    """Few pages are made at once and the rest wait their turn: that is sooner done than all of them sharing two processors. What is not linked yet is
    linked beside them.
    """
    current_default_thread_limiter().total_tokens = AT_ONCE
    linking: Linking = app.state.linking
    with linking.store.view() as view:
        linking.waiting(view)
    yield
    linking.stop()


def serve(store: Store, host: str, port: int, reviewer: str, *, started: Callable[[str], None]) -> None:
    """Serve until interrupted; ``started`` is told the address as soon as it answers (port 0 takes any that is free)."""
    listening = _listening(host, port)
    linking, key = Linking(store), secrets.token_bytes(32)
    context = multiprocessing.get_context("spawn")
    given = (store.name, reviewer, listening, linking.signals, key, os.getpid())
    others = [
        context.Process(target=_beside, args=given, daemon=True) for _ in range(min(PROCESSES, os.cpu_count() or 1) - 1)
    ]
    for other in others:
        other.start()
    shown = f"[{host}]" if ":" in host else host
    started(f"http://{shown}:{listening.getsockname()[1]}/")
    try:
        _server(application(store, reviewer, linking=linking, key=key)).run(sockets=[listening])
    finally:
        for other in others:
            other.terminate()
            other.join(5)


def _listening(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        raise RelaasError(f"{host}:{port} cannot be used: {error.strerror or error}") from error
    listening.listen(128)
    return listening


def _server(app: FastAPI) -> Any:
    import uvicorn

    return uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))


def _beside(name: str, reviewer: str, listening: socket.socket, signals: Signals, key: bytes, first: int) -> None:
    """One more process of a server: answers at the same address until the first one is gone."""
    with Store.open(name, create=False) as store:
        server = _server(application(store, reviewer, linking=Linking(store, signals), key=key))

        def watch() -> None:
            while os.getppid() == first:
                time.sleep(1)
            server.should_exit = True

        threading.Thread(target=watch, daemon=True).start()
        server.run(sockets=[listening])


def _page(request: Request) -> Page:
    language = request.url.path.split("/")[1:2]
    return Page(
        request, language[0] if language and language[0] in LANGUAGES else settings().language, request.app.state.store
    )


def _fault(request: Request, status: int, sentence: str) -> HTMLResponse:
    return _page(request).render("fault.html", status=status, sentence=sentence, room="")


def _missing(request: Request, error: Exception) -> HTMLResponse:
    key = error.key if isinstance(error, Missing) else "web.missing"
    status = error.status_code if isinstance(error, HTTPException) else 404
    return _fault(request, status, _page(request).say(key))


def _refused(request: Request, error: Exception) -> HTMLResponse:
    return _fault(request, 400, str(error))


def _broken(request: Request, error: Exception) -> HTMLResponse:
    """A fault of our own: said as such, and nothing of it shown."""
    return _fault(request, 500, _page(request).say("web.broken"))
