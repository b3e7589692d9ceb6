"""The import rules of the design, over the syntax tree of every module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "src" / "relaas"
# Ground floor first; a module may import its own floor and those before it.
LADDER = (
    "errors",
    "ids",
    "text",
    "dates",
    "settings",
    "model",
    "ontology",
    "language",
    "readers",
    "reading",
    "times",
    "quantities",
    "knowledge",
    "places",
    "propositions",
    "steps",
    "linking",
    "store",
    "queries",
    "exports",
    "pipeline",
    "recipes",
    "workflow",
    "evaluation",
    "cli",
)
# What a fan's leaves share; every other module in it is a leaf.
TRUNKS = {
    "readers": {"reader", "files"},
    "steps": {"step"},
    "queries": {"place", "selection", "disputes"},
    "exports": {"exporter", "situation", "wording", "account", "markdown_text"},
    "cli.commands": set(),
}
ONE_NAMES_ALL = ("readers", "steps", "exports")
# The records that steps work on are imported by the machinery below the steps: they stand as low as the model's.
LOWER = {"steps.step": "language"}


def name_of(path: Path) -> str:
    """A file's module below relaas, e.g. ``steps.step``; empty for the package itself."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


@lru_cache(maxsize=1)
def modules() -> dict[str, Path]:
    """Every module by its name."""
    return {name_of(path): path for path in sorted(ROOT.rglob("*.py"))}


def packages() -> set[str]:
    """Modules that are a folder's face."""
    return {name for name, path in modules().items() if path.name == "__init__.py"}


@cache
def imported(name: str) -> tuple[tuple[str, str | None], ...]:
    """What a module imports, TYPE_CHECKING and functions included: pairs of module and the thing taken from it."""
    found: list[tuple[str, str | None]] = []
    for node in ast.walk(ast.parse(modules()[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, None) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name} imports relatively"
            found += [(node.module or "", alias.name) for alias in node.names]
    return tuple(found)


def inside(name: str) -> Iterator[str]:
    """The modules of relaas that a module imports; what is taken from a folder's face counts as the face."""
    for module, thing in imported(name):
        if module == "relaas" and thing in modules():
            yield str(thing)
        elif module.startswith("relaas."):
            below = module.removeprefix("relaas.")
            yield f"{below}.{thing}" if f"{below}.{thing}" in modules() else below


def floor(name: str) -> str:
    """The rung a module stands on."""
    return LOWER.get(name) or name.split(".")[0]


def leaf(name: str, fan: str) -> bool:
    """Whether a module is a leaf of the fan."""
    below = name.removeprefix(f"{fan}.")
    return name.startswith(f"{fan}.") and "." not in below and below not in TRUNKS[fan]


every = pytest.mark.parametrize("name", [name for name in modules() if name])


@every
def test_every_module_stands_on_the_ladder(name: str) -> None:
    """A new room gets its place in the design before anything imports it."""
    assert floor(name) in LADDER


@every
def test_imports_only_go_down(name: str) -> None:
    """No module imports a floor above its own."""
    rung = LADDER.index(floor(name))
    assert [other for other in inside(name) if LADDER.index(floor(other)) > rung] == []


@every
def test_nobody_inside_imports_a_face(name: str) -> None:
    """Inside the package the defining module is imported, so that no circle can close."""
    if name in packages():
        return
    assert [other for other in inside(name) if other in packages()] == []


@every
def test_a_leaf_does_not_know_its_siblings(name: str) -> None:
    """Readers, steps, queries, exporters and commands each stand alone."""
    for fan in TRUNKS:
        if leaf(name, fan):
            assert [other for other in inside(name) if leaf(other, fan)] == []


@every
def test_only_recipes_lists_the_leaves(name: str) -> None:
    """Adding a leaf changes one list: no other module names half of a fan's leaves or more."""
    if name == "recipes":
        return
    for fan in ONE_NAMES_ALL:
        leaves = {other for other in modules() if leaf(other, fan)}
        assert len(leaves & set(inside(name))) < len(leaves) / 2


@every
def test_only_the_store_knows_sql(name: str) -> None:
    """SQLAlchemy and Alembic stay in one folder."""
    if floor(name) != "store":
        assert [module for module, _ in imported(name) if module.split(".")[0] in {"sqlalchemy", "alembic"}] == []


@every
def test_steps_do_not_reach_the_store(name: str) -> None:
    """A step works on an analysis and nothing else."""
    if floor(name) == "steps":
        assert [other for other in inside(name) if floor(other) == "store"] == []


@every
def test_the_model_stands_on_ids_and_text_alone(name: str) -> None:
    """Records are plain data."""
    if floor(name) == "model":
        assert {floor(other) for other in inside(name)} <= {"model", "ids", "text"}


@every
def test_only_settings_reads_the_environment(name: str) -> None:
    """What the surroundings decide has one place; a child process may be handed them whole."""
    if name in {"settings", "knowledge.gazetteer"}:
        return
    source = modules()[name].read_text(encoding="utf-8")
    assert "os.environ" not in source
    assert "getenv" not in source
