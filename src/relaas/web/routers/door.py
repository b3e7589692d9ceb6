"""The door: which language, and the scripts and styles."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from relaas.exports.page import TEMPLATES
from relaas.ontology.display import LANGUAGES
from relaas.settings import settings
from relaas.web.page import HERE, Here, Missing, assets

router = APIRouter()
KINDS = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


@router.get("/")
def door(request: Request) -> RedirectResponse:
    """To the reports, in the browser's first language that there are pages in, else in the settings'."""
    accepted = [
        one.partition(";")[0].strip()[:2].lower() for one in request.headers.get("accept-language", "").split(",")
    ]
    language = next((one for one in accepted if one in LANGUAGES), settings().language)
    return RedirectResponse(f"/{language}/reports", status_code=303)


@router.get("/{language}/")
def home(page: Here) -> RedirectResponse:
    """To the reports."""
    return RedirectResponse(page.href("/reports"), status_code=303)


@router.get("/assets/{mark}/{name}")
def asset(mark: str, name: str) -> Response:
    """A script or style, for good: its address changes with its content."""
    if assets().get(name) != f"/assets/{mark}/{name}":
        raise Missing
    path = TEMPLATES / name if name == "report.css" else HERE / "static" / name
    headers = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(path.read_bytes(), media_type=KINDS[name.rpartition(".")[2]], headers=headers)
