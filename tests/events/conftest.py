"""The pipeline that all tests of events share."""

from __future__ import annotations

import pytest

from relaas.pipeline import Pipeline
from relaas.recipes import pipeline as recipe


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The pipeline as it ships."""
    return recipe()
