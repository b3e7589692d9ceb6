"""A process that reads a folder into a store, killed on the way where asked: `DB FOLDER [--kill-at STATEMENT]`."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

import sqlalchemy as sa
from property_checks import read

from relaas import recipes
from relaas.store.store import Store


def kill_at(statement: int) -> None:
    """Die by SIGKILL before the N-th statement that changes the database, as a machine without power would."""
    left = statement

    def count(connection: Any, cursor: Any, text: str, *rest: Any) -> None:
        nonlocal left
        left -= text.lstrip().upper().startswith(("INSERT", "UPDATE", "CREATE", "DELETE"))
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(sa.Engine, "before_cursor_execute", count)


if __name__ == "__main__":
    database, folder, *options = sys.argv[1:]
    if options:
        kill_at(int(options[1]))
    with Store.open(database) as store:
        read(store, recipes.pipeline(), [folder])
