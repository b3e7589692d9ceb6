"""What an exporter of situation reports is."""

from __future__ import annotations

from typing import ClassVar

from relaas.queries.report import Report


class SituationExporter:
    """Renders a situation report. The same report gives the same characters on every machine."""

    name: ClassVar[str]

    def render(self, report: Report, *, language: str) -> str:
        """The whole report in one language; quotations stay in their own."""
        raise NotImplementedError
