"""What every page shares: the language in its address, a view of the record, and how it is written."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qsl, unquote, urlencode

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse

from relaas import __version__
from relaas.errors import JudgementError
from relaas.exports import reasons, wording
from relaas.exports.page import TEMPLATES as SHARED
from relaas.ids import bytes_hash
from relaas.ontology.display import LANGUAGES, definition, entry, labels, name, say, sign, speak, standing
from relaas.queries.picture import iso
from relaas.store.store import Store
from relaas.store.view import View
from relaas.text import collapse
from relaas.web.linking import Linking
from relaas.web.safety import LONGEST_BODY, REVIEWER, Tokens

HERE = Path(__file__).parent
MOST_FIELDS = 400
# The rooms of the house, in the order of the navigation: a new one is a line here, a router and a template.
ROOMS = ("reports", "ledger", "overview", "situation", "review")


class Missing(Exception):
    """There is no such page; ``key`` names the sentence that says what is missing."""

    def __init__(self, key: str = "web.missing") -> None:
        self.key = key


@dataclass(frozen=True, slots=True)
class Page:
    """One request: its language, the record, and the person's name. ``query`` is the address's own state."""

    request: Request
    language: str
    store: Store

    @property
    def query(self) -> list[tuple[str, str]]:
        """The parameters of the address that say anything, in their order."""
        return [(key, value) for key, value in self.request.query_params.multi_items() if value.strip()]

    def view(self) -> AbstractContextManager[View]:
        """A consistent view of the record, for the time of one request."""
        return self.store.view()

    @property
    def linking(self) -> Linking:
        """What links the record while it is served."""
        found: Linking = self.request.app.state.linking
        return found

    @property
    def reviewer(self) -> str:
        """The name that judgements are signed with; empty where nobody gave one."""
        return collapse(unquote(self.request.cookies.get(REVIEWER, ""))) or str(self.request.app.state.reviewer)

    def href(self, path: str, *, keep: bool = False, **changed: Any) -> str:
        """An address in this page's language: with ``keep`` the present state, ``changed`` put in its place (None: left
        out).
        """
        kept = [(key, value) for key, value in self.query if key not in changed] if keep else []
        mark = changed.pop("mark", None)
        added = [
            (key, str(one))
            for key, value in changed.items()
            if value is not None and value != ""
            for one in (value if isinstance(value, list) else [value])
        ]
        state = urlencode([*((key, value) for key, value in kept if key != "mark"), *added])
        return f"/{self.language}{path}" + (f"?{state}" if state else "") + (f"#{mark}" if mark else "")

    def render(self, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """A page of a template, everything in it escaped."""
        tokens: Tokens = self.request.app.state.tokens
        shared = _words(self.language) | {
            "page": self,
            "href": self.href,
            "token": tokens.make(self.request.state.session),
            "path": self.request.url.path,
            "state": urlencode(self.query),
            "rooms": ROOMS,
        }
        return HTMLResponse(templates().get_template(template).render(shared | values), status_code=status)

    def say(self, key: str, **values: Any) -> str:
        """A sentence in the page's language."""
        return say(key, language=self.language, **values)


@lru_cache(maxsize=len(LANGUAGES))
def _words(language: str) -> dict[str, Any]:
    """What templates say, in one language."""
    return {
        "language": language,
        "languages": LANGUAGES,
        "version": __version__,
        "assets": assets(),
        "say": lambda key, **values: say(key, language=language, **values),
        "name": lambda kind, label: name(kind, label, language=language),
        "definition": lambda kind, label: definition(kind, label, language=language),
        "labels": labels,
        "entry": entry,
        "sign": sign,
        "standing": lambda claim: standing(claim["evidence"], claim["certainty"]),
        "wording": wording,
        "reasons": reasons,
        "day": lambda value: wording.day(value, language),
        "since": lambda number: wording.day(iso(number), language),
        "number": lambda value: wording.number(value, language),
        "counted": lambda what, count: wording.counted(what, count, language),
        "collapse": collapse,
    }


@lru_cache(maxsize=1)
def templates() -> Any:
    """The templates of the pages, and those of the situation report."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader([HERE / "templates", SHARED]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@lru_cache(maxsize=1)
def assets() -> Mapping[str, str]:
    """The address of each script and style by its name; it changes with the content, so that a browser may keep it."""
    found = {path.name: path for path in sorted((HERE / "static").iterdir())}
    found["report.css"] = SHARED / "report.css"
    return {name: f"/assets/{bytes_hash(path.read_bytes())[:12]}/{name}" for name, path in found.items()}


async def page(request: Request, language: str) -> Page:
    """The page of a request; raises Missing for a language that there is none of."""
    if language not in LANGUAGES:
        raise Missing
    speak(language)
    return Page(request, language, request.app.state.store)


async def form(request: Request, here: Annotated[Page, Depends(page)]) -> dict[str, str]:
    """The fields of a form of ours, each once; raises JudgementError where it came from elsewhere."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise JudgementError(here.say("web.foreign_form"))
    raw = b""
    async for part in request.stream():
        raw += part
        if len(raw) > LONGEST_BODY:
            raise JudgementError(here.say("web.too_much"))
    try:
        pairs = parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise JudgementError(here.say("web.too_much")) from error
    fields = dict(pairs)
    tokens: Tokens = request.app.state.tokens
    origin, host = request.headers.get("origin"), request.headers.get("host", "")
    foreign = origin is not None and origin.partition("://")[2] != host
    if foreign or not tokens.fits(request.state.session, fields.pop("token", "")):
        raise JudgementError(here.say("web.foreign_form"))
    return {key: value.replace("\r\n", "\n") for key, value in fields.items()}


Here = Annotated[Page, Depends(page)]
Fields = Annotated[dict[str, str], Depends(form)]
