"""What tests of several rooms share: an interface language, claims made by hand, and a pipeline without a model."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["RELAAS_LANGUAGE"] = "en"
os.environ["COLUMNS"] = "80"
os.environ.setdefault("RELAAS_THREADS", "1")

from relaas.settings import settings
from relaas.store.store import Store

settings.cache_clear()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty record on disk."""
    with Store.open(str(tmp_path / "record.db")) as opened:
        yield opened
