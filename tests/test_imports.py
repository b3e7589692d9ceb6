"""The import rules of the design, over the syntax tree of every module."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
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
    "events",
    "steps",
    "review",
    "linking",
    "store",
    "queries",
    "exports",
    "pipeline",
    "recipes",
    "linkage",
    "workflow",
    "engine",
    "reviewing",
    "evaluation",
    "web",
    "cli",
)
# What a fan's leaves share; every other module in it is a leaf.
TRUNKS = {
    "readers": {"reader", "files"},
    "steps": {"step"},
    "queries": {"place", "selection", "disputes", "picture", "rows", "ledgers"},
    "exports": {
        "exporter",
        "situation",
        "wording",
        "account",
        "markdown_text",
        "ledger",
        "paper",
        "page",
        "place_reasons",
    },
    "cli.commands": set(),
    "web.routers": set(),
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


def broken(rule: Callable[[str], list[str]]) -> dict[str, list[str]]:
    """The modules that break a rule, each with what it should not import."""
    return {name: wrong for name in modules() if name and (wrong := rule(name))}


def test_every_module_stands_on_the_ladder() -> None:
    """A new room gets its place in the design before anything imports it."""
    assert {floor(name) for name in modules() if name} <= set(LADDER)


def test_imports_only_go_down() -> None:
    """No module imports a floor above its own."""

    def above(name: str) -> list[str]:
        return [other for other in inside(name) if LADDER.index(floor(other)) > LADDER.index(floor(name))]

    assert broken(above) == {}


def test_nobody_inside_imports_a_face() -> None:
    """Inside the package the defining module is imported, so that no circle can close."""

    def faces(name: str) -> list[str]:
        return [] if name in packages() else [other for other in inside(name) if other in packages()]

    assert broken(faces) == {}


@pytest.mark.parametrize("fan", TRUNKS)
def test_a_leaf_does_not_know_its_siblings(fan: str) -> None:
    """Readers, steps, queries, exporters and commands each stand alone."""

    def siblings(name: str) -> list[str]:
        return [other for other in inside(name) if leaf(other, fan)] if leaf(name, fan) else []

    assert broken(siblings) == {}


@pytest.mark.parametrize("fan", ONE_NAMES_ALL)
def test_only_recipes_lists_the_leaves(fan: str) -> None:
    """Adding a leaf changes one list: no other module names half of a fan's leaves or more."""
    leaves = {other for other in modules() if leaf(other, fan)}

    def listed(name: str) -> list[str]:
        named = sorted(leaves & set(inside(name)))
        return named if name != "recipes" and len(named) >= len(leaves) / 2 else []

    assert broken(listed) == {}


def test_only_the_store_knows_sql() -> None:
    """SQLAlchemy and Alembic stay in one folder."""

    def sql(name: str) -> list[str]:
        known = {"sqlalchemy", "alembic"}
        return [] if floor(name) == "store" else [one for one, _ in imported(name) if one.split(".")[0] in known]

    assert broken(sql) == {}


def test_steps_do_not_reach_the_store() -> None:
    """A step works on an analysis and nothing else."""
    assert (
        broken(lambda name: [one for one in inside(name) if name.startswith("steps.") and floor(one) == "store"]) == {}
    )


def test_the_model_stands_on_ids_and_text_alone() -> None:
    """Records are plain data."""
    allowed = {"model", "ids", "text"}
    assert (
        broken(lambda name: [one for one in inside(name) if floor(name) == "model" and floor(one) not in allowed]) == {}
    )


def test_only_settings_reads_the_environment() -> None:
    """What the surroundings decide has one place; a child process may be handed them whole."""
    allowed = {"settings", "knowledge.gazetteer"}
    sources = {name: path.read_text(encoding="utf-8") for name, path in modules().items() if name not in allowed}
    assert [name for name, source in sources.items() if "os.environ" in source or "getenv" in source] == []
