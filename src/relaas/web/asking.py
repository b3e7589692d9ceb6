"""The choice of claims in an address: the same options as the commands', read without fear of what stands there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from relaas.errors import QueryError
from relaas.queries.place import Found
from relaas.queries.selection import Question, select
from relaas.store.view import Filter, View
from relaas.web.page import Page

STATUSES = ("unreviewed", "accepted", "rejected")
FLAGS = ("accepted", "disputed")
SINGLE = ("place", "actor", "source", "since", "until", "as_known", "words")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks: the filter (None where no claim can match), the place it found, and what was wrong with it."""

    wanted: Filter | None
    place: Found | None = None
    fault: str = ""
    given: dict[str, Any] = field(default_factory=dict)

    @property
    def active(self) -> list[tuple[str, str]]:
        """The options that narrow, one pair each, in a steady order."""
        pairs = [(key, one) for key in (*SINGLE, "report") if (one := self.given.get(key))]
        pairs += [(key, one) for key in ("topic", "evidence", "status") for one in self.given[key]]
        return pairs + [(key, "1") for key in FLAGS if self.given[key]]


def asked(page: Page, view: View) -> Asked:
    """The choice of a request; a value without meaning selects nothing and is told."""
    params = page.request.query_params
    given: dict[str, Any] = {key: (params.get(key) or "").strip()[:200] or None for key in (*SINGLE, "report")}
    given |= {key: [one for one in params.getlist(key) if one.strip()] for key in ("topic", "evidence", "status")}
    given |= {key: params.get(key) == "1" for key in FLAGS}
    question = Question(**{key: value for key, value in given.items() if key not in {"report", "status", "disputed"}})
    try:
        selection = select(view, question)
    except QueryError as error:
        return Asked(None, None, _named(page, str(error)), given)
    wanted = selection.wanted
    if wanted is not None:
        wanted = replace(wanted, status=tuple(one for one in given["status"] if one in STATUSES))
        wanted = replace(wanted, documents=(given["report"],)) if given["report"] else wanted
    return Asked(wanted, selection.place, "", given)


def _named(page: Page, sentence: str) -> str:
    """A sentence about options, with the fields of the page in place of the commands' options."""
    for key in ("since", "until", "as_known"):
        sentence = sentence.replace(f"--{key.replace('_', '-')}", page.say(f"web.{key}"))
    return sentence
