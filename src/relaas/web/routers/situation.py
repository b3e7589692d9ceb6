"""The situation report of a place and period as a page; its citations open the sentence."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from relaas.exports.page import context
from relaas.queries.report import Line, situation
from relaas.web.asking import asked
from relaas.web.page import Here, Page

router = APIRouter()
MOST = 500
SUGGESTED = 40


@router.get("/{language}/situation")
def report(page: Here) -> HTMLResponse:
    """The report, or the places that there could be one of."""
    with page.view() as view:
        question = asked(page, view)
        place, wanted = question.place, question.wanted
        count = view.count(wanted, most=MOST) if wanted is not None and place is not None else 0
        filled = {}
        if wanted is not None and place is not None and 0 < count <= MOST:
            period = {key: value for key in ("since", "until", "as_known") if (value := question.given[key])}
            filled = context(situation(view, place, wanted, period), page.language, lambda line: _sentence(page, line))
            filled = {
                key: value for key, value in filled.items() if key not in {"say", "name", "day", "language", "sign"}
            }
        return page.render(
            "situation.html",
            status=400 if question.fault else 200,
            asked=question,
            count=count,
            most=MOST,
            places=[] if filled else view.places()[:SUGGESTED],
            filled=bool(filled),
            waiting=page.linking.waiting(view),
            room="situation",
            **filled,
        )


def _sentence(page: Page, line: Line) -> str:
    return page.href(f"/reports/{line.claim['document']['id']}", claim=line.claim["id"], mark=f"q-{line.claim['id']}")
