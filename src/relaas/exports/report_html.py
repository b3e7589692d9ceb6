"""The situation report as one self-contained page: prints well, light and dark, readable on a telephone, no script."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from relaas import __version__
from relaas.exports import account, wording
from relaas.exports.ledger import key_changes
from relaas.exports.situation import SituationExporter
from relaas.ontology.display import definition, labels, name, say, sign
from relaas.queries.report import Line, Report

TEMPLATES = Path(__file__).parent / "templates"


class HtmlReport(SituationExporter):
    """The page; every text of a report is escaped, nothing is fetched from elsewhere."""

    name: ClassVar[str] = "html"

    def render(self, report: Report, *, language: str) -> str:
        """The whole page."""

        def word(key: str, **values: Any) -> str:
            return say(key, language=language, **values)

        def line(one: Line) -> account.Said:
            return account.said(one, report, language)

        def label(kind: str, label: str) -> str:
            return name(kind, label, language=language)

        def meaning(label: str) -> str:
            return definition("standings", label, language=language)

        return str(
            _template().render(
                report=report,
                language=language,
                say=word,
                line=line,
                name=label,
                meaning=meaning,
                sign=sign,
                version=__version__,
                title=account.title(report),
                where=account.whereabouts(report, language),
                period=account.period(report, language),
                scope=account.scope(report, language),
                note=account.note(report, language),
                reviewed=report.unreviewed == 0,
                shown=[one for one in report.standings if one != "unknown"],
                standings=labels("standings"),
                key=key_changes(report, language),
                figures=account.figure_rows(report.figures, language),
                why=lambda one: account.why(one, language),
                heading=lambda one: account.heading(one, language),
                day=lambda value: wording.day(value, language),
                publisher=wording.publisher,
                claims=lambda count: wording.counted("claims", count, language),
            )
        )


@lru_cache(maxsize=1)
def _template() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")
