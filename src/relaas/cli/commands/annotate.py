"""`relaas annotate`: JSON lines in, JSON lines out, in order, one at a time, without a record."""

from __future__ import annotations

from typing import Annotated

import typer

from relaas.ontology.display import say


def run(
    records: Annotated[str, typer.Argument(help=say("option.records"), show_default=False)] = "-",
    out: Annotated[str, typer.Option("--out", help=say("option.out"), show_default=False)] = "-",
) -> None:
    from relaas import recipes
    from relaas.cli.terminal import opened, tell
    from relaas.exports.annotation import annotated_line

    failed = False
    with opened(records, "rb") as lines, opened(out, "w") as stream:
        pipeline = recipes.pipeline()
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            written, fault = annotated_line(line, pipeline)
            if fault:
                failed = True
                tell(say("record_failed", number=number, reason=fault))
            stream.write(written + "\n")
            stream.flush()
    if failed:
        raise typer.Exit(1)
