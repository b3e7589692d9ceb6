"""A tiny gold set, written into a temporary folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_gold import write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one labelled report in the authoring form, without a fault."""
    write(tmp_path / "dev")
    return tmp_path / "dev"
