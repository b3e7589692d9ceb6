"""Review: the queue with the likeliest errors first, and the forms by which a person settles a claim."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from relaas.errors import ConflictError, JudgementError, QueryError
from relaas.model.control import CHANGES, SENSES
from relaas.model.judgement import DECIDING, VERDICTS
from relaas.ontology.loader import concept
from relaas.queries.explanation import explanation
from relaas.queries.reading import around
from relaas.queries.reviewing import Dossier, dossier, queue, waiting
from relaas.review.corrections import BOUNDS, SCOPES, USES
from relaas.review.fields import PLACE, QUANTITY, flat
from relaas.reviewing import Verdict, judge
from relaas.store.view import View
from relaas.text import collapse
from relaas.web.asking import asked
from relaas.web.page import Fields, Here, Missing, Page
from relaas.web.safety import REVIEWER

router = APIRouter()
AHEAD = 12
COUNTED = 10_000
OPEN_ROWS = 2
WAY = {"corrected": "correct", "split": "split", "graded": "grade", "commented": "comment"}


@router.get("/{language}/review")
def review(page: Here) -> HTMLResponse:
    """The first claim of the queue, or the one at which the address stands, with those that follow."""
    with page.view() as view:
        question, params = asked(page, view), page.request.query_params
        wanted = question.wanted
        found = queue(view, wanted, after=params.get("after") or None, size=AHEAD) if wanted is not None else []
        left = view.count(waiting(wanted), most=COUNTED) if wanted is not None else 0
        if not found and params.get("after") and wanted is not None:
            found = queue(view, wanted, size=AHEAD)
        at = params.get("at") or (found[0]["id"] if found else "")
        return page.render(
            "review.html",
            status=400 if question.fault else 200,
            asked=question,
            ahead=[one for one in found if one["id"] != at],
            left=left,
            counted_most=COUNTED,
            opened=_opened(view, at),
            done=_judgement(view, params.get("done", "")),
            way="",
            fault="",
            room="review",
        )


@router.get("/{language}/review/{id}/{way}")
def way(page: Here, id: str, way: str) -> HTMLResponse:
    """The form for a correction, a split, a grade or a comment."""
    with page.view() as view:
        if way not in WAY.values():
            raise Missing
        return _form(page, view, id, way)


@router.post("/{language}/claims/{id}/judgements")
def add(page: Here, id: str, fields: Fields) -> Response:
    """Keep a judgement, and go on to the next claim; where it cannot stand the form comes back with what was filled in."""
    chosen, seen = _verdict(page, fields)
    try:
        with page.linking.giving_way():
            number = judge(page.store, id, chosen, page.reviewer, version=fields.get("version"), seen=seen)
    except (JudgementError, QueryError) as error:
        status = 409 if isinstance(error, ConflictError) else 422
        with page.view() as view:
            return _form(page, view, id, WAY.get(chosen.verdict, ""), fault=str(error), given=fields, status=status)
    after, at = (id, None) if chosen.verdict in DECIDING else (None, id)
    there = page.href("/review", keep=True, after=after, at=at, done=number, open=None)
    return RedirectResponse(there, status_code=303)


@router.post("/{language}/reviewer")
def sign(page: Here, fields: Fields) -> RedirectResponse:
    """Remember in this browser who judges."""
    answer = RedirectResponse(page.href("/review"), status_code=303)
    name = quote(collapse(fields.get("name", ""))[:80])
    answer.set_cookie(REVIEWER, name, max_age=31_536_000, httponly=True, samesite="strict")
    return answer


def _verdict(page: Page, fields: dict[str, str]) -> tuple[Verdict, int]:
    """What the form says, unchecked, and the last judgement that its writer saw."""
    verdict, seen, undoes = (fields.get(key, "") for key in ("verdict", "seen", "undoes"))
    if verdict not in VERDICTS or not seen.isdigit():
        raise JudgementError(page.say("web.foreign_form"))
    labels = {key: value for key, value in fields.items() if "." in key or key in {"evidence", "certainty", "topic"}}
    parts = [value for key, value in sorted(fields.items()) if key.startswith("part")]
    grade = fields.get("reliability", ""), fields.get("credibility", "")
    number = int(undoes) if undoes.isdigit() else None
    return Verdict(verdict, labels, parts, *grade, fields.get("why", ""), number), int(seen)


def _form(
    page: Page,
    view: View,
    id: str,
    way: str,
    *,
    fault: str = "",
    given: dict[str, str] | None = None,
    status: int = 200,
) -> HTMLResponse:
    opened = _opened(view, id)
    if opened is None:
        raise Missing("web.no_claim")
    known: Dossier = opened["dossier"]
    fields = flat(known.claim) | (given or {})
    return page.render(
        "review_form.html" if way else "review_refused.html",
        status=status,
        opened=opened,
        way=way,
        fault=fault,
        fields=fields,
        given=given or {},
        places=_rows(fields, "places", PLACE),
        quantities=_rows(fields, "quantities", QUANTITY),
        types=concept("plover")["types"],
        grades=concept("admiralty"),
        bounds=BOUNDS,
        scopes=SCOPES,
        uses=USES,
        changes=CHANGES,
        senses=SENSES,
        room="review",
    )


def _rows(fields: dict[str, str], name: str, keys: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a list as they stand in the form, and two that are free."""
    numbers = [int(key.split(".")[1]) for key in fields if key.startswith(f"{name}.") and key.split(".")[1].isdigit()]
    return [
        {key: fields.get(f"{name}.{number}.{key}", "") for key in keys}
        for number in range(max(numbers, default=-1) + 1 + OPEN_ROWS)
    ]


def _opened(view: View, id: str) -> dict[str, Any] | None:
    explained, known = (explanation(view, id), dossier(view, id)) if id else (None, None)
    if explained is None or known is None:
        return None
    document = view.document(explained.claim["document"]["id"])
    assert document is not None
    return {"explained": explained, "dossier": known, "paragraph": around(document, explained.claim)}


def _judgement(view: View, number: str) -> dict[str, Any] | None:
    """The judgement that was just kept, with whether it can be undone."""
    if not number.isdigit() or len(number) > 12:
        return None
    found = view.judgement(int(number))
    if found is None:
        return None
    last = view.judgements(found["claim_id"])[-1]
    return found | {"last": last["number"] == found["number"], "seen": last["number"]}
