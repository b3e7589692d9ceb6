"""A running server as tests speak to it."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from relaas.store.store import Store


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
