"""A situation report as HTML: what its template is filled with, for the file, the published pages and the server alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from relaas import __version__
from relaas.exports import account, wording
from relaas.ontology.display import definition, labels, name, say, sign
from relaas.queries.report import Line, Report

TEMPLATES = Path(__file__).parent / "templates"


def context(report: Report, language: str, cite: Callable[[Line], str]) -> dict[str, Any]:
    """Everything that ``report_body.html`` needs; ``cite`` is the address that a line's citation leads to."""
    return {
        "report": report,
        "language": language,
        "cite": cite,
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
        "figures": account.figure_rows(report.figures, language),
        "why": lambda one: account.why(one, language),
        "heading": lambda one: account.heading(one, language),
        "day": lambda value: wording.day(value, language),
        "publisher": wording.publisher,
        "claims": lambda count: wording.counted("claims", count, language),
    }


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
