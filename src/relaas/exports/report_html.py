"""The situation report as one self-contained page: prints well, light and dark, readable on a telephone, no script."""

from __future__ import annotations

from typing import ClassVar

from relaas.exports.page import context, environment
from relaas.exports.situation import SituationExporter
from relaas.queries.report import Report


class HtmlReport(SituationExporter):
    """The page; every text of a report is escaped, nothing is fetched from elsewhere."""

    name: ClassVar[str] = "html"

    def render(self, report: Report, *, language: str) -> str:
        """The whole page."""
        template = environment().get_template("report.html")
        return str(
            template.render(context(report, language, lambda line: f"#report-{line.report}" if line.report else ""))
        )
