"""The overview: who holds what, what it costs people and how they live, as ledgers whose every row opens the sentences behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from relaas.exports.ledger import row_entry
from relaas.queries.changes import LEDGERS
from relaas.queries.ledgers import ledgers
from relaas.queries.picture import picture
from relaas.store.view import Filter, View
from relaas.web.asking import asked
from relaas.web.page import Here

router = APIRouter()
MOST = 500


@router.get("/{language}/overview")
def overview(page: Here) -> HTMLResponse:
    """The three ledgers of what the address asks for."""
    with page.view() as view:
        question = asked(page, view)
        wanted = replace(question.wanted, source=None) if question.wanted is not None else None
        count = view.count(wanted, most=MOST) if wanted is not None else 0
        tables = []
        if wanted is not None and count <= MOST:
            tables = _tables(view, wanted, page.language, question.given["source"], question.given["disputed"])
        return page.render(
            "overview.html",
            status=400 if question.fault else 200,
            asked=question,
            tables=tables,
            count=count,
            most=MOST,
            waiting=page.linking.waiting(view),
            room="overview",
        )


def _tables(
    view: View, wanted: Filter, language: str, source: str | None, disputed: bool
) -> list[tuple[str, list[Any]]]:
    """Each ledger that has rows, with each row, its words, and the claims that it cites by their id."""
    found = picture(view, wanted)
    told = ledgers(found, source=source, disputed=disputed)
    named = ((ledger, told.rows(ledger)) for ledger in LEDGERS)
    return [
        (ledger, [(row_entry(row, found, language), found.by_id) for row in rows]) for ledger, rows in named if rows
    ]
