"""A situation report as HTML: what its template is filled with, for the file, the published pages and the server alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from relaas import __version__
from relaas.exports import account, wording
from relaas.exports.ledger import Cited, key_changes
from relaas.ontology.display import definition, labels, name, say, sign, standing
from relaas.queries.report import Line, Report

TEMPLATES = Path(__file__).parent / "templates"


def context(report: Report, language: str, cite: Callable[[Line], str]) -> dict[str, Any]:
    """Everything that ``report_body.html`` needs; ``cite`` is the address that a line's citation leads to (empty: nowhere), where a line
    of report 0 stands in a report that the page does not list.
    """
    return {
        "report": report,
        "language": language,
        "cite": cite,
        "opens": lambda one: cite(_line(one, report)),
        "say": lambda key, **values: say(key, language=language, **values),
        "line": lambda one: account.said(one, report, language),
        "name": lambda kind, label: name(kind, label, language=language),
        "meaning": lambda label: definition("standings", label, language=language),
        "sign": sign,
        "version": __version__,
        "title": account.title(report),
        "where": account.whereabouts(report, language),
        "period": account.period(report, language),
        "scope": account.scope(report, language),
        "note": account.note(report, language),
        "reviewed": report.unreviewed == 0,
        "shown": [one for one in report.standings if one != "unknown"],
        "standings": labels("standings"),
        "key": key_changes(report, language),
        "figures": account.figure_rows(report.figures, language),
        "why": lambda one: account.why(one, language),
        "heading": lambda one: account.heading(one, language),
        "day": lambda value: wording.day(value, language),
        "publisher": wording.publisher,
        "claims": lambda count: wording.counted("claims", count, language),
    }


def _line(one: Cited, report: Report) -> Line:
    """The claim behind a quote of the ledgers; report number 0 where it stands in a report that has none here."""
    claim = report.picture.by_id[one.claim]
    numbers = {cited.document["id"]: cited.number for cited in report.reports}
    return Line(claim, standing(claim["evidence"], claim["certainty"]), numbers.get(claim["document"]["id"], 0))


@lru_cache(maxsize=1)
def environment() -> Any:
    """The templates of this folder: every value is escaped, a missing one is a fault."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
