"""Opens a store, brings its tables up to date, and hands out writers and views."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, OperationalError

from relaas.errors import StoreError
from relaas.store.view import View
from relaas.store.writer import Writer

HEAD = "0004"
PATIENCE = 120.0


class Store:
    """The record on disk. Opening creates or upgrades it; two processes may do so at once, one waits."""

    def __init__(self, engine: sa.Engine, name: str) -> None:
        self.engine = engine
        self.name = name
        self.memory: dict[str, Any] = {}

    @classmethod
    def open(cls, where: str, *, create: bool = True) -> Store:
        """The store at a path or database URL; raises StoreError where it cannot be opened or is newer than this
        version.
        """
        url = where if "://" in where else f"sqlite:///{where}"
        if url.startswith("sqlite") and "://" not in where and where != ":memory:":
            path = Path(where)
            if not create and not path.exists():
                raise StoreError(f"there is no store at {where}; `relaas read FILES… --db {where}` makes one")
            if not path.absolute().parent.is_dir():
                raise StoreError(f"the folder of the store {where} does not exist")
        try:
            store = cls(_engine(url), where)
            store._upgrade()
        except (DatabaseError, OperationalError) as error:
            raise StoreError(f"the store {where} cannot be opened: {error.orig or error}") from error
        return store

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """A writer in one transaction: all of what it adds is kept, or nothing."""
        with self.engine.connect() as connection:
            try:
                _begin(connection, "IMMEDIATE")
            except OperationalError as error:
                raise StoreError(f"the store {self.name} stays locked by another process") from error
            try:
                yield Writer(connection)
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    @contextmanager
    def view(self) -> Iterator[View]:
        """A consistent view of what is stored now."""
        with self.engine.connect() as connection:
            _begin(connection, "DEFERRED")
            try:
                yield View(connection, self.memory)
            finally:
                connection.rollback()

    def _upgrade(self) -> None:
        with self.engine.connect() as connection:
            if _version(connection) == HEAD:
                return
        with self.engine.connect() as connection:
            _begin(connection, "IMMEDIATE")
            version = _version(connection)
            if version != HEAD:
                if version is not None and version > HEAD:
                    raise StoreError(
                        f"the store {self.name} was made by a newer relaas (tables {version}, this one knows {HEAD})"
                    )
                _migrate(connection)
                Writer(connection).derive()
            connection.commit()


def _migrate(connection: sa.Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _version(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def _begin(connection: sa.Connection, mode: str) -> None:
    """Start a transaction. SQLite's is started by hand, so that schema changes belong to it and writers queue at its
    door.
    """
    if connection.dialect.name != "sqlite":
        return
    connection.info["mode"] = mode
    connection.begin()


def _engine(url: str) -> sa.Engine:
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _on_connect)
        sa.event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: Any, record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")
    cursor.execute("PRAGMA foreign_keys = ON")
    _into_wal(cursor)
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()


def _into_wal(cursor: Any) -> None:
    """Switch to write-ahead logging; the switch does not honour the busy time-out, so wait here."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except Exception as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.05)


def _on_begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {connection.info.pop('mode', 'DEFERRED')}")
