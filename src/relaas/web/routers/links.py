"""Review of links: whether two claims that may speak of one thing do, one pair after another."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from relaas.errors import ConflictError, JudgementError
from relaas.model.judgement import LINK_VERDICTS
from relaas.queries.link_review import LinkDossier, link_dossier, link_queue, links_waiting
from relaas.queries.picture import Claim
from relaas.queries.reading import around
from relaas.reviewing import judge_link
from relaas.store.view import View
from relaas.web.asking import Asked, asked
from relaas.web.page import Fields, Here, Missing, Page

router = APIRouter()
AHEAD = 12
COUNTED = 500
ID = 24


@router.get("/{language}/review/links")
def links(page: Here) -> HTMLResponse:
    """The first link of the queue, or the one at which the address stands, with those that follow."""
    with page.view() as view:
        return _shown(page, view)


@router.post("/{language}/links/{one}/{other}/judgements")
def add(page: Here, one: str, other: str, fields: Fields) -> Response:
    """Keep a judgement of a link, and go on to the next; where it cannot stand, the link is shown again with the reason."""
    verdict, seen, undoes = (fields.get(key, "") for key in ("verdict", "seen", "undoes"))
    if verdict not in LINK_VERDICTS or not seen.isdigit():
        raise JudgementError(page.say("web.foreign_form"))
    try:
        with page.linking.giving_way():
            judge_link(
                page.store,
                one[:ID],
                other[:ID],
                verdict,
                page.reviewer,
                why=fields.get("why", ""),
                type=fields.get("type"),
                labels=(fields.get("one_labels", ""), fields.get("other_labels", "")),
                seen=int(seen),
                undoes=int(undoes) if undoes.isdigit() else None,
            )
    except JudgementError as error:
        status = 409 if isinstance(error, ConflictError) else 422
        with page.view() as view:
            return _shown(page, view, at=f"{one}+{other}", fault=str(error), status=status)
    link = f"{one}+{other}"
    after, at = (None, link) if verdict == "undone" else (link, None)
    return RedirectResponse(page.href("/review/links", keep=True, after=after, at=at, done=link), status_code=303)


def _shown(page: Page, view: View, *, at: str = "", fault: str = "", status: int = 200) -> HTMLResponse:
    question, params = asked(page, view), page.request.query_params
    found = _queue(view, question, _pair(params.get("after", "")))
    pair = _pair(at or params.get("at", "")) or ((found[0].link.one, found[0].link.other) if found else None)
    known = link_dossier(view, *pair) if pair else None
    if known is None and (at or params.get("at")):
        raise Missing("web.no_link")
    done = _pair(params.get("done", ""))
    return page.render(
        "review_links.html",
        status=400 if question.fault else status,
        asked=question,
        known=known,
        sides=_sides(view, known) if known else (),
        ahead=[one for one in found if known is None or one.id != known.tied.id],
        left=links_waiting(view, question.wanted, most=COUNTED) if question.wanted is not None else 0,
        counted_most=COUNTED,
        done=link_dossier(view, *done) if done else None,
        fault=fault,
        waiting=page.linking.waiting(view),
        room="review",
    )


def _queue(view: View, question: Asked, after: tuple[str, str] | None) -> list[Any]:
    """The links ahead; from the beginning again where none is left behind ``after``."""
    if question.wanted is None:
        return []
    found = link_queue(view, question.wanted, after=after, size=AHEAD)
    return found or link_queue(view, question.wanted, size=AHEAD)


def _pair(given: str) -> tuple[str, str] | None:
    """The two claims of a link as an address names them."""
    one, _, other = given.replace(" ", "+").partition("+")
    return (one[:ID], other[:ID]) if one and other else None


def _sides(view: View, known: LinkDossier) -> tuple[dict[str, Any], ...]:
    """The later claim and the earlier one, each with the paragraph around it."""
    return tuple(_opened(view, claim) for claim in (known.tied.one, known.tied.other))


def _opened(view: View, claim: Claim) -> dict[str, Any]:
    document = view.document(claim["document"]["id"])
    assert document is not None
    return {"explained": {"claim": claim}, "paragraph": around(document, claim)}
