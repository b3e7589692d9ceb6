"""What the documentation of times and quantities says comes out when it is run."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "times.md"
PACKAGES = ("relaas.times", "relaas.quantities")
MODULES = [
    f"{package}.{module.name}" for package in PACKAGES for module in iter_modules(import_module(package).__path__)
]


def test_the_page_shows_what_the_functions_give() -> None:
    """Every example of docs/times.md."""
    result = doctest.testfile(str(PAGE), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.attempted > 10
    assert result.failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_hold(name: str) -> None:
    """Every doctest of the two packages."""
    assert doctest.testmod(import_module(name)).failed == 0
