"""A run's identity changes with everything that can change what it finds; else a better step would not read again."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

from relaas.pipeline import ROOT, SHARED, Pipeline, _digest
from relaas.steps.step import Step

# Raising an error, reading the environment and parsing YAML decide nothing about a text.
NEUTRAL = {ROOT / "errors.py", ROOT / "settings.py", ROOT / "ontology" / "loader.py"}
CODE_AND_TEXT = {".py", ".pyc", ".md", ".typed"}


def test_each_step_stands_on_what_it_imports(pipeline: Pipeline) -> None:
    """Every module of the package that a step reaches by imports is hashed into its identity."""
    unnamed: dict[str, list[str]] = {}
    for step in pipeline.steps:
        own = Path(inspect.getfile(type(step)))
        hashed = _hashed(step)
        reached = {module for module in _reached(own) if module.name != "__init__.py"} - NEUTRAL - {own}
        if found := sorted(
            module for module in reached if not any(module == one or one in module.parents for one in hashed)
        ):
            unnamed[step.name] = [str(module.relative_to(ROOT)) for module in found]
    assert unnamed == {}


def test_data_beside_a_steps_code_is_part_of_its_identity(pipeline: Pipeline, tmp_path: Path) -> None:
    """A data file in a folder that a step stands on changes the folder's hash, itself or by its manifest."""
    folders = {one for step in pipeline.steps for one in _hashed(step) if one.is_dir()}
    files = {
        one for folder in folders for one in folder.rglob("*") if one.is_file() and one.suffix not in CODE_AND_TEXT
    }
    unhashed = [file for file in sorted(files) if not _counts(tmp_path, file.suffix) and not _in_manifest(file)]
    assert [str(file.relative_to(ROOT)) for file in unhashed] == []


def _counts(folder: Path, suffix: str) -> bool:
    """Whether a folder's hash changes with the content of a file of this suffix."""
    digests = []
    for content in (b"1", b"2"):
        (folder / f"data{suffix}").write_bytes(content)
        _digest.cache_clear()
        digests.append(_digest(folder))
    return digests[0] != digests[1]


def _in_manifest(file: Path) -> bool:
    from hashlib import sha256

    digest = sha256(file.read_bytes()).hexdigest()
    return any(digest in manifest.read_text("utf-8") for manifest in file.parent.glob("*.json"))


def _hashed(step: Step) -> list[Path]:
    return [ROOT / name for name in (*SHARED, *step.stands_on)]


def _reached(file: Path) -> set[Path]:
    """The package's modules that a module imports, and those that they import."""
    reached: set[Path] = set()
    ahead = [file]
    while ahead:
        new = _imported(ahead.pop()) - reached
        reached |= new
        ahead += new
    return reached


def _imported(file: Path) -> set[Path]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    paths = {ROOT.parent / name.replace(".", "/") for name in names if name.split(".")[0] == ROOT.name}
    return {path.with_suffix(".py") for path in paths if path.with_suffix(".py").exists()} | {
        path / "__init__.py" for path in paths if (path / "__init__.py").exists()
    }
