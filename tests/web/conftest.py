"""A server on this machine and a real browser; tests that need the browser skip where there is none."""

from __future__ import annotations

import http.client
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from relaas import recipes, workflow
from relaas.readers.reader import Options
from relaas.store.store import Store
from relaas.web.server import application

EXAMPLES = Path(__file__).parents[2] / "examples"


@dataclass
class Served:
    """A running server: its address, its store, and requests to it without a browser."""

    store: Store
    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self, path: str, *, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, dict[str, str], str]:
        """Status, headers and body of one request; cookies are kept as a browser keeps them."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {"cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())} | dict(headers or {})
        body = urlencode(form) if form is not None else None
        if body is not None:
            sent = {"content-type": "application/x-www-form-urlencoded"} | sent
        connection.request("GET" if form is None else "POST", path, body, sent)
        answer = connection.getresponse()
        text = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text


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
