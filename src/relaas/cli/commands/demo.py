"""`relaas demo`: the example reports in a new record, a situation report of it, and what to try next."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from relaas.ontology.display import say

PLACE = "Wad Madani"
SHIPPED = Path(__file__).parents[2] / "examples"
CHECKOUT = Path(__file__).parents[4] / "examples"


def run(
    folder: Annotated[Path, typer.Option(help=say("option.folder"))] = Path("demo"),
    examples: Annotated[Path | None, typer.Option(help=say("option.examples"), show_default=False)] = None,
) -> None:
    from relaas.errors import QueryError

    source = examples or next((found for found in (SHIPPED, CHECKOUT) if found.is_dir()), None)
    if source is None or not source.is_dir():
        raise QueryError(say("no_examples"))
    failed = _read(source, _emptied(folder))
    _show(folder)
    if failed:
        raise typer.Exit(1)


def _emptied(folder: Path) -> Path:
    """The path of a new record in the folder; an earlier demo's record makes room."""
    from relaas.errors import QueryError

    base = folder / "relaas.db"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in (base, folder / "relaas.db-wal", folder / "relaas.db-shm"):
            old.unlink(missing_ok=True)
    except OSError as error:
        raise QueryError(say("cannot_write", path=folder, reason=error.strerror or str(error))) from error
    return base


def _read(source: Path, base: Path) -> bool:
    from relaas import recipes, workflow
    from relaas.cli.terminal import progress, tell
    from relaas.readers.reader import Options
    from relaas.store.store import Store

    with Store.open(str(base)) as store, progress() as show:
        outcome = workflow.read([str(source)], store, recipes.pipeline(), recipes.readers(), Options(), progress=show)
    for name, reason in outcome.set_aside:
        tell(say("set_aside", name=name, reason=reason))
    return bool(outcome.set_aside)


def _show(folder: Path) -> None:
    from relaas.queries.report import situation
    from relaas.queries.selection import Question, select
    from relaas.recipes import situation_exporters
    from relaas.settings import settings
    from relaas.store.store import Store

    base, page, language = folder / "relaas.db", folder / "wad-madani.html", settings().language
    with Store.open(str(base), create=False) as store, store.view() as view:
        selection = select(view, Question(place=PLACE))
        if selection.wanted is None or selection.place is None:
            return
        report = situation(view, selection.place, selection.wanted, {})
    exporters = situation_exporters()
    page.write_text(exporters["html"].render(report, language=language), encoding="utf-8")
    sys.stdout.write(exporters["text"].render(report, language=language))
    command = ".venv/bin/relaas" if Path(".venv/bin/relaas").exists() else "relaas"
    typer.echo(f"\n{say('demo_intro', db=base)}\n{say('demo_next')}:\n")
    for line in _tries(base):
        typer.echo(f"  {command} {line}")
    typer.echo(f"\n{say('demo_page', path=page)}")


def _tries(base: Path) -> list[str]:
    """What to type next."""
    return [
        f"claims --evidence unconfirmed --format table --db {base}",
        f"report Avdiivka --since 2024-02-17 --db {base}",
        f"search brug --format table --db {base}",
        f"timeline --topic casualties --format table --db {base}",
        f"explain CLAIM-ID --db {base}",
        f"serve --db {base}",
        f"read YOUR-REPORTS/ --format table --db {base}",
    ]
