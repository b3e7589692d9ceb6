"""The documentation names what there is: every command, and what is said of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from relaas import __version__, recipes
from relaas.ontology.loader import concept, language_data
from relaas.web.asking import FLAGS, SINGLE
from relaas.web.page import ROOMS

ROOT = Path(__file__).parent.parent
FILTERS = (*SINGLE, *FLAGS, "report", "topic", "evidence", "status")


def test_the_reference_is_what_the_commands_say() -> None:
    """`make docs` has been run since the last change of a command."""
    environment = {**os.environ, "RELAAS_LANGUAGE": "en"}
    done = subprocess.run(
        [sys.executable, "-m", "relaas.cli.reference"], capture_output=True, text=True, check=True, env=environment
    )
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == done.stdout


@pytest.mark.parametrize("name", recipes.COMMANDS)
def test_every_command_is_in_the_readme(name: str) -> None:
    """What a person can type is named on the first page."""
    assert re.search(rf"relaas {name}\b", (ROOT / "README.md").read_text(encoding="utf-8"))


def test_links_lead_somewhere() -> None:
    """Files that the documentation links to are there."""
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_changelog_knows_the_version() -> None:
    """The newest heading is this version or what is to come."""
    headings = re.findall(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] in {"Unreleased", __version__}
    assert __version__ in headings


@pytest.mark.parametrize("file", ["interface", "pages"])
def test_the_interface_says_the_same_in_both_languages(file: str) -> None:
    """Every sentence is there in Dutch and English, with the same names to fill in."""
    dutch, english = (language_data(language, file)["messages"] for language in ("nl", "en"))
    assert {key for key in dutch if not key.startswith("unit.")} == {
        key for key in english if not key.startswith("unit.")
    }
    for key in english.keys() & dutch.keys():
        assert set(re.findall(r"{(\w+)}", dutch[key])) == set(re.findall(r"{(\w+)}", english[key])), key


def test_every_sentence_is_used_and_every_used_sentence_is_there() -> None:
    """No key of the interface is dead, and none that the code names is missing."""
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*") if path.suffix in {".py", ".html"}
    )
    messages = {**language_data("en", "interface")["messages"], **language_data("en", "pages")["messages"]}
    built = {"unit", "use", "scope", "status", "kind", "explain", "dispute", "time", "rule", "column", "report", "help"}
    built |= {"verdict", "doubt", "field", "bound", "ledger", "control", "sense", "link"}
    halves = set(re.findall(r"'(web\.[a-z_]*)' ~", code)) | set(
        re.findall(r"""f["']([a-z_]+\.(?:[a-z_]+\.)*)\{""", code)
    )
    assert [
        key
        for key in messages
        if key.split(".")[0] not in built
        and not re.search(f"[\"']{re.escape(key)}[\"']", code)
        and not any(half != "web." and key.startswith(half) for half in halves)
        and key.removeprefix("web.") not in {*ROOMS, *FILTERS}
    ] == []
    assert [key for key in re.findall(r"""say\(\s*["']([a-z_.]+)["'][,)]""", code) if key not in messages] == []
    assert [key for key in (*ROOMS, *FILTERS) if f"web.{key}" not in messages] == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_group_of_predicates_is_explained_in_words(language: str) -> None:
    """`relaas explain` says what a rule means, not only its name."""
    messages = language_data("en", "interface")["messages"]
    assert [name for name in language_data(language, "predicates")["groups"] if f"rule.{name}" not in messages] == []


@pytest.mark.parametrize("kind", ["topics", "evidence", "certainty", "source_kinds", "standings"])
def test_every_label_is_explained_in_both_languages(kind: str) -> None:
    """Name, definition and example."""
    for label, entry in concept(kind)[kind].items():
        for part in ("name", "definition", "example"):
            assert set(entry[part]) >= {"nl", "en"}, f"{kind} {label} {part}"
