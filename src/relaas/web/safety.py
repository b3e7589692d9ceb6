"""What keeps the pages safe: which hosts are answered, what a page may load, and that changes come from our own forms."""

from __future__ import annotations

import hmac
import re
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

SESSION = "relaas_session"
REVIEWER = "relaas_reviewer"
LONGEST_BODY = 1_000_000
_HOST = re.compile(r"(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$", re.ASCII | re.IGNORECASE)
_ID = re.compile(r"[\w-]{20,64}$", re.ASCII)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"x-frame-options", b"DENY"),
)


class Guard:
    """Answers this machine's own names alone, sets the headers of every answer, and gives each browser a session."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; the time it took stands in ``Server-Timing``."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        headers = dict(scope["headers"])
        session, fresh = _session(headers.get(b"cookie", b"").decode("latin-1"))
        scope["state"] = {**scope.get("state", {}), "session": session}

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                taken = (time.perf_counter() - began) * 1000
                sent = [*message.get("headers", ()), *HEADERS, (b"server-timing", f"app;dur={taken:.1f}".encode())]
                if not any(name == b"cache-control" for name, _ in sent):
                    sent.append((b"cache-control", b"no-store"))
                if fresh:
                    cookie = f"{SESSION}={session}; Path=/; HttpOnly; SameSite=Strict"
                    sent.append((b"set-cookie", cookie.encode()))
                message["headers"] = sent
            await send(message)

        if not _HOST.match(headers.get(b"host", b"").decode("latin-1")):
            await _refuse(guarded, 421, "This server answers to this machine's own names only.")
        elif int(headers.get(b"content-length", b"0") or 0) > LONGEST_BODY:
            await _refuse(guarded, 413, "That is more than a form can hold.")
        else:
            await self.app(scope, receive, guarded)


async def _refuse(send: Send, status: int, sentence: str) -> None:
    await send(
        {"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain; charset=utf-8")]}
    )
    await send({"type": "http.response.body", "body": sentence.encode()})


def _session(cookies: str) -> tuple[str, bool]:
    """The browser's session, and whether it is new."""
    try:
        found = SimpleCookie(cookies).get(SESSION)
    except CookieError:
        found = None
    if found is not None and _ID.match(found.value):
        return found.value, False
    return secrets.token_urlsafe(24), True


class Tokens:
    """Proof that a form is one of ours: a keyed hash of the browser's session, new with every start of the server.

    The processes of one server share the ``key``.
    """

    def __init__(self, key: bytes | None = None) -> None:
        self.key = key or secrets.token_bytes(32)

    def make(self, session: str) -> str:
        """The token of a session's forms."""
        return hmac.new(self.key, session.encode(), sha256).hexdigest()

    def fits(self, session: str, given: str) -> bool:
        """Whether a token is the session's."""
        return hmac.compare_digest(self.make(session), given) if given.isascii() else False
