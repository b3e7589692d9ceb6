"""`relaas serve`: the pages, for this machine alone."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Annotated

import typer

from relaas.cli import options
from relaas.ontology.display import say


def run(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help=say("option.port"))] = 8765,
    host: Annotated[str, typer.Option("--host", help=say("option.host"))] = "127.0.0.1",
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help=say("option.by"), show_default=False)] = None,
    db: options.Database = None,
) -> None:
    from relaas.cli.terminal import database, tell
    from relaas.errors import QueryError
    from relaas.settings import settings
    from relaas.store.store import Store
    from relaas.web.server import serve

    if not _loopback(host):
        raise QueryError(say("not_loopback", host=host))
    with Store.open(database(db), create=False) as store:
        serve(store, host, port, by or settings().reviewer, started=lambda url: tell(say("serving", url=url)))


def _loopback(host: str) -> bool:
    """Whether an address can be reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
