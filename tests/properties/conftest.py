"""The real pipeline, opened once a process, and stores on disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from relaas.errors import ModelError
from relaas.pipeline import Pipeline
from relaas.store.store import Store

# Read with the settings, at the first report: one thread is enough for short ones, and the tests run two at a time.
os.environ.setdefault("RELAAS_THREADS", "1")


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The pipeline that reads reports, with the shipped weights or those that RELAAS_WEIGHTS names."""
    from relaas import recipes

    try:
        return recipes.pipeline()
    except ModelError as error:
        pytest.skip(f"the reading model's weights are not here: {error}")


@pytest.fixture
def new_store(tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Makes an empty store on disk, as many as a test asks for."""
    made: list[Store] = []

    def make() -> Store:
        made.append(Store.open(str(tmp_path / f"{len(made)}.db")))
        return made[-1]

    yield make
    for store in made:
        store.close()
