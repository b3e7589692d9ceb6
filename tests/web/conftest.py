"""A server on this machine and a real browser; tests that need the browser skip where there is none."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from web_served import Served

from relaas import recipes, workflow
from relaas.readers.reader import Options
from relaas.store.store import Store
from relaas.web.server import application

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def serve() -> Iterator[Callable[[Store], Served]]:
    """Starts servers, and stops them when the test is over."""
    import uvicorn

    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(store: Store) -> Served:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = uvicorn.Server(
            uvicorn.Config(application(store, "Ann"), port=port, log_level="error", server_header=False)
        )
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        running.append((server, thread))
        while not server.started:
            time.sleep(0.01)
        return Served(store, port)

    yield start
    for server, thread in running:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the example reports, read by the whole pipeline; tests copy it."""
    path = tmp_path_factory.mktemp("examples") / "record.db"
    with Store.open(str(path)) as store:
        workflow.read([str(EXAMPLES)], store, recipes.pipeline(), recipes.readers(), Options())
    return path


@pytest.fixture
def record(examples: Path, tmp_path: Path) -> Iterator[Store]:
    """The examples in a record of one's own."""
    for path in examples.parent.iterdir():
        shutil.copy(path, tmp_path / path.name)
    with Store.open(str(tmp_path / examples.name)) as store:
        yield store


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright."""
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("chromium is not installed (apt-get install chromium)")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A page in a browser without a past; whatever a page complains of on its console fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    complaints: list[str] = []
    opened.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert [one for one in complaints if "status of 4" not in one] == []
