"""The one list of every leaf by name: readers, steps, exporters, reports, commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relaas.exports.exporter import Exporter
    from relaas.exports.situation import SituationExporter
    from relaas.pipeline import Pipeline
    from relaas.readers.reader import Reader
    from relaas.steps.step import Step

# Names alone, so that the help is there before anything heavy is imported; the modules are relaas.cli.commands.NAME.
COMMANDS = (
    "read", "claims", "report", "search", "annotate", "explain", "places", "timeline",
    "control", "casualties", "conditions", "diff", "review", "publish", "serve", "evaluate", "demo",
)  # fmt: skip
READERS = ("text", "html", "pdf", "docx", "jsonl")
FORMATS = ("table", "jsonl", "csv", "markdown", "html")
REPORT_FORMATS = ("text", "md", "html", "json")
PRINTED_FORMATS = (*REPORT_FORMATS, "pdf")


def readers() -> Sequence[Reader]:
    """Every reader; where several would do, the first."""
    from relaas.readers.docx import Docx
    from relaas.readers.html import Html
    from relaas.readers.jsonl import JsonLines
    from relaas.readers.pdf import Pdf
    from relaas.readers.plain import PlainText

    return PlainText(), Html(), Pdf(), Docx(), JsonLines()


def steps(threads: int | None = None) -> Sequence[Step]:
    """Every step in the order in which they run; the reading model takes as many threads as the settings say, or as are given."""
    from relaas.reading.reader import Reader as Model
    from relaas.settings import settings
    from relaas.steps.attribution import AttributionStep
    from relaas.steps.claims import Claims
    from relaas.steps.clauses import Clauses
    from relaas.steps.entities import Entities
    from relaas.steps.evidence import Evidence
    from relaas.steps.judging import Judging
    from relaas.steps.passages import Passages
    from relaas.steps.places import Places
    from relaas.steps.quantities import Quantities
    from relaas.steps.sentences import Sentences
    from relaas.steps.syntax import Syntax
    from relaas.steps.times import Times
    from relaas.steps.words import Words

    model = Model.open(threads=threads or settings().threads, weights=settings().weights)
    return (
        Passages(), Words(), Sentences(), Syntax(model), Entities(), Times(), Quantities(), Places(),
        Clauses(), AttributionStep(), Evidence(), Judging(), Claims(),
    )  # fmt: skip


def pipeline(threads: int | None = None) -> Pipeline:
    """The pipeline that reads reports."""
    from relaas.pipeline import Pipeline

    return Pipeline(steps(threads))


def exporters() -> Mapping[str, Exporter]:
    """Every format of claims by its name."""
    from relaas.exports.csv import Csv
    from relaas.exports.html import Html
    from relaas.exports.jsonl import JsonLines
    from relaas.exports.markdown import Markdown
    from relaas.exports.table import TableExporter

    return {exporter.name: exporter for exporter in (TableExporter(), JsonLines(), Csv(), Markdown(), Html())}


def situation_exporters() -> Mapping[str, SituationExporter]:
    """Every format of a situation report by its name."""
    from relaas.exports.report_html import HtmlReport
    from relaas.exports.report_json import JsonReport
    from relaas.exports.report_markdown import MarkdownReport
    from relaas.exports.report_text import TextReport

    return {exporter.name: exporter for exporter in (TextReport(), MarkdownReport(), HtmlReport(), JsonReport())}
