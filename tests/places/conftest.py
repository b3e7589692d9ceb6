"""The gazetteer, opened once for all tests of places."""

from __future__ import annotations

import pytest

from relaas.knowledge.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The compiled gazetteer; the first test run on a machine compiles it, in about 20 seconds."""
    return Gazetteer.open()
