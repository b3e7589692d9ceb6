"""The ledger: claims as a table, chosen, sorted and searched; a row opens its quote, its explanation and its history."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from relaas.queries.connections import connections
from relaas.queries.explanation import explanation
from relaas.queries.link_review import judged_links
from relaas.queries.reading import around
from relaas.queries.reviewing import dossier
from relaas.store.view import Leaf, View
from relaas.web.asking import STATUSES, asked
from relaas.web.page import Here, Missing

router = APIRouter()
SIZE = 50
COUNTED = 10_000
# Column heads by the order that they sort in.
SORTS = ("footing", "source", "topic", "time", "report")


@router.get("/{language}/ledger")
def ledger(page: Here) -> HTMLResponse:
    """One leaf of the claims that the address asks for."""
    with page.view() as view:
        params, question = page.request.query_params, asked(page, view)
        order, descending = _order(params.get("sort", ""))
        wanted = question.wanted
        if wanted is not None and order == "time":
            wanted = replace(wanted, dated=True)
        leaf = Leaf(order, descending, SIZE + 1, params.get("after") or None, params.get("before") or None)
        found = view.page(wanted, leaf) if wanted is not None else []
        more = len(found) > SIZE
        claims = (found[1:] if leaf.before else found[:SIZE]) if more else found
        return page.render(
            "ledger.html",
            status=400 if question.fault else 200,
            asked=question,
            claims=claims,
            total=view.count(wanted, most=COUNTED) if wanted is not None else 0,
            counted_most=COUNTED,
            earlier=bool(leaf.after) or (bool(leaf.before) and more),
            later=more or bool(leaf.before),
            order=order,
            descending=descending,
            sorts=SORTS,
            statuses=STATUSES,
            opened=_opened(view, params.get("open", "")),
            waiting=page.linking.waiting(view),
            room="ledger",
        )


@router.get("/{language}/claims/{id}")
def claim(page: Here, id: str) -> HTMLResponse:
    """One claim: its quote in context, the reason for every label, and what was judged."""
    with page.view() as view:
        opened = _opened(view, id[:24])
        if opened is None:
            raise Missing("web.no_claim")
        return page.render("claim.html", opened=opened, waiting=page.linking.waiting(view), room="ledger")


def _order(given: str) -> tuple[str, bool]:
    """The order that is asked for, and whether from its end ("-time")."""
    name = given.removeprefix("-")
    return (name, given.startswith("-")) if name in SORTS else ("report", False)


def _opened(view: View, id: str) -> dict[str, object] | None:
    explained, known = (explanation(view, id), dossier(view, id)) if id else (None, None)
    if explained is None or known is None:
        return None
    document = view.document(explained.claim["document"]["id"])
    assert document is not None
    return {
        "explained": explained,
        "dossier": known,
        "paragraph": around(document, explained.claim),
        "connections": connections(view, explained.claim["id"]),
        "links": judged_links(view, explained.claim["id"]),
    }
