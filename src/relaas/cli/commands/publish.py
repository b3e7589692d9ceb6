"""`relaas publish`: static pages of what a person has accepted."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from relaas.cli import options
from relaas.ontology.display import say

# Marks a folder as ours, so that publishing again may take away what is no longer accepted.
MARK = ".relaas-published"


def run(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=say("option.publish_folder"), show_default=False)],
    db: options.Database = None,
) -> None:
    from relaas.cli.terminal import database, tell
    from relaas.errors import QueryError
    from relaas.exports.publication import pages
    from relaas.linkage import link
    from relaas.store.store import Store

    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / MARK).exists())):
        raise QueryError(say("not_our_folder", path=folder))
    with Store.open(database(db), create=False) as store:
        link(store)
        with store.view() as view:
            made = dict(pages(view))
    try:
        _write(folder, made)
    except OSError as error:
        raise QueryError(say("cannot_write", path=folder, reason=error.strerror or str(error))) from error
    tell(say("written", path=folder / "index.html"))


def _write(folder: Path, made: dict[str, str]) -> None:
    """Every page, and nothing that an earlier publication left."""
    known = folder / MARK
    before = known.read_text(encoding="utf-8").splitlines() if known.exists() else []
    folder.mkdir(parents=True, exist_ok=True)
    known.write_text("\n".join(sorted({*before, *made})) + "\n", encoding="utf-8")
    for path, text in made.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    for path in sorted(set(before) - made.keys()):
        if not path.startswith("/") and ".." not in path.split("/"):
            (folder / path).unlink(missing_ok=True)
    known.write_text("\n".join(sorted(made)) + "\n", encoding="utf-8")
