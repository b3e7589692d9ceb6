"""The reading room: the reports of the record, and one report with its claims marked in its text."""

from __future__ import annotations

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from relaas.queries.explanation import explanation
from relaas.queries.reading import reading
from relaas.web.page import Here, Missing

router = APIRouter()
SIZE = 60


@router.get("/{language}/reports")
def reports(page: Here, number: int = Query(1, alias="page", ge=1, le=1_000_000)) -> HTMLResponse:
    """Every report, by date, with how far it has been reviewed."""
    with page.view() as view:
        total = view.document_count()
        shown = view.documents(first=(number - 1) * SIZE, size=SIZE)
        return page.render(
            "reports.html",
            documents=shown,
            statuses=view.statuses([one["id"] for one in shown]),
            total=total,
            at=number,
            pages=max(1, -(-total // SIZE)),
            room="reports",
        )


@router.get("/{language}/reports/{id}")
def report(
    page: Here,
    id: str,
    number: int | None = Query(None, alias="page", ge=1, le=1_000_000),
    claim: str | None = Query(None, max_length=24),
) -> HTMLResponse:
    """One report; with ``claim`` that claim stands out and is explained."""
    with page.view() as view:
        found = reading(view, id, page=number, at=claim)
        if found is None:
            raise Missing("web.no_report")
        explained = explanation(view, claim) if claim else None
        return page.render("report_room.html", reading=found, chosen=explained, room="reports")
