"""The situation report as one JSON object."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, ClassVar

from relaas.exports import wording
from relaas.exports.situation import SituationExporter
from relaas.ontology.display import name
from relaas.queries.changes import LEDGERS
from relaas.queries.report import Disputed, Line, Report


class JsonReport(SituationExporter):
    """The report's parts in its order; every line with the claim's id, its standing, and report and sentence cited."""

    name: ClassVar[str] = "json"

    def render(self, report: Report, *, language: str) -> str:
        """Indented, keys in a fixed order."""
        shape = {
            "place": {
                "given": report.place.given,
                "name": report.place.name,
                "kind": report.place.kind,
                "country": report.place.country,
            },
            "asked": dict(report.asked),
            "accepted": report.accepted,
            "claims": report.claims,
            "unreviewed": report.unreviewed,
            "note": wording.review_note(report.unreviewed, report.claims, language),
            "key": {ledger: [row.to_json() for row in report.key.rows(ledger)] for ledger in LEDGERS},
            "topics": [
                {
                    "topic": section.topic,
                    "name": name("topics", section.topic, language=language),
                    "lines": [_line(line) for line in section.lines],
                }
                for section in report.sections
            ],
            "figures": [
                {
                    "unit": row.quantity["unit"],
                    "by": wording.source_name(row.lines[0].claim, language),
                    "quantity": dict(row.quantity),
                    "lines": [_cite(line) for line in row.lines],
                }
                for row in report.figures
            ],
            "disputed": [_disputed(one) for one in report.disputed],
            "unknown": [_line(line) for line in report.unknown],
            "reports": [{"number": cited.number, "claims": cited.claims, **cited.document} for cited in report.reports],
        }
        return json.dumps(shape, ensure_ascii=False, indent=2) + "\n"


def _line(line: Line) -> dict[str, Any]:
    claim = line.claim
    kept = {
        key: claim[key]
        for key in (
            "id",
            "version",
            "status",
            "evidence",
            "verification",
            "certainty",
            "topic",
            "source",
            "event",
            "time",
            "places",
            "quantities",
        )
    }
    return {
        **_cite(line),
        "standing": line.standing,
        "quote": claim["quote"]["exact"],
        "language": claim["passage"]["language"],
        **kept,
    }


def _cite(line: Line) -> dict[str, Any]:
    return {"claim": line.claim["id"], "report": line.report, "sentence": line.sentence}


def _disputed(one: Disputed) -> dict[str, Any]:
    dispute = one.dispute
    reasons = [asdict(reason) for reason in dispute.reasons]
    return {
        "kind": dispute.kind,
        "topic": dispute.topic,
        "place": dispute.place,
        "lines": [_cite(line) for line in one.lines],
        "reasons": reasons,
    }
