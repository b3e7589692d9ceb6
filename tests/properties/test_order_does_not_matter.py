"""Any order and any batches of the same reports give the same bytes."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property_checks import exported, read, rows, unresolved_json
from property_reports import DUTCH, ENGLISH, examples

from relaas.pipeline import Pipeline
from relaas.store.store import Store

READING = Path(__file__).parent / "reading_process.py"
METADATA: tuple[dict[str, str | None], ...] = (
    {},
    {"publisher": "De Oosterbode"},
    {"published": "2024-04-02", "language": "nl"},
    {"published": "2024-04", "publisher": "Kust en Rivier"},
)


def line(text: str, day: str) -> str:
    """A report as one line of JSON."""
    return json.dumps({"text": text, "date": day})


def reports(folder: Path) -> list[Path]:
    """Eight files: dated, undated and mixed, two of them the same bytes, one of many lines, one broken."""
    texts = {
        "a.txt": "Datum: 2024-04-02\nTitel: Slag om de heuvel\n\n" + " ".join(DUTCH[:5]),
        "b.txt": "date 2022-10 "
        + " ".join(DUTCH[5:9])
        + "\n\n"
        + " ".join(ENGLISH[:2])
        + "\n\n— Marek Dolin (@mdolin) November 6, 2022",
        "c.txt": " ".join(ENGLISH[2:]),
        "d.txt": DUTCH[0],
        "z.md": DUTCH[0],
        "kort/d.txt": DUTCH[9],
        "veel.jsonl": "\n".join(line(text, f"2024-03-{day:02}") for day, text in enumerate(DUTCH[9:12], 1)),
        "stuk.jsonl": '{"text": ',
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(text.encode())
    return [folder / name for name in texts]


@examples(10)
@given(st.data())
def test_orders_and_batches_export_the_same_bytes(pipeline: Pipeline, data: st.DataObject) -> None:
    """Each file is read with its own metadata, two with several, in any order; reading some again changes nothing."""
    with tempfile.TemporaryDirectory() as name:
        files = reports(Path(name))
        tasks = [(file, METADATA[number % 4]) for number, file in enumerate(files)] + [
            (files[3], METADATA[2]),
            (files[2], METADATA[1]),
        ]
        exports = []
        for order in (tasks, data.draw(st.permutations(tasks))):
            with Store.open(str(Path(name, f".{len(exports)}.db"))) as store:
                for file, metadata in order:
                    read(store, pipeline, [file], **metadata)
                exports.append(exported(store))
                again = data.draw(st.lists(st.sampled_from(tasks), max_size=3))
                before = rows(store)
                for file, metadata in again:
                    assert read(store, pipeline, [file], **metadata).new == 0
                assert rows(store) == before
        assert exports[0]
        assert exports[0] == exports[1]


@examples(6)
@given(st.data())
def test_batches_of_one_run_export_the_same_bytes(pipeline: Pipeline, data: st.DataObject) -> None:
    """One run over all files, and the same files in any cut, are the same."""
    with tempfile.TemporaryDirectory() as name:
        files = reports(Path(name))
        shuffled = data.draw(st.permutations(files))
        cuts = sorted({0, len(files), *data.draw(st.lists(st.integers(0, len(files)), max_size=4))})
        with Store.open(str(Path(name, ".one.db"))) as one, Store.open(str(Path(name, ".many.db"))) as many:
            read(one, pipeline, files)
            for first, last in pairwise(cuts):
                read(many, pipeline, shuffled[first:last])
            assert exported(one) == exported(many)


def test_two_names_of_one_report_are_listed_sorted(
    pipeline: Pipeline, new_store: Callable[[], Store], tmp_path: Path
) -> None:
    """The same bytes under two names are one report, whichever name came first."""
    files = [tmp_path / "z.txt", tmp_path / "a.txt"]
    for file in files:
        file.write_text(DUTCH[0])
    exports = []
    for order in (files, files[::-1]):
        store = new_store()
        assert read(store, pipeline, order[:1]).new == 1
        read(store, pipeline, order[1:])
        exports.append(exported(store))
        with store.view() as view:
            assert [one["names"] for one in view.documents()] == [["a.txt", "z.txt"]]
    assert exports[0] == exports[1] != ""


@pytest.mark.parametrize("suffixes", [("txt", "md"), ("txt", "html"), ("txt", "jsonl")], ids="-".join)
def test_one_report_read_by_two_readers_does_not_depend_on_which_came_last(
    pipeline: Pipeline, new_store: Callable[[], Store], tmp_path: Path, suffixes: tuple[str, str]
) -> None:
    """The same bytes under suffixes of two formats give the same export in either order, and settle."""
    contents = {
        "md": DUTCH[2],
        "jsonl": line(DUTCH[2], "2024-03-01"),
        "html": f"<p>{DUTCH[2]}</p>\n\n<p>{DUTCH[5]}</p>",
    }
    files = [tmp_path / f"bericht.{suffix}" for suffix in suffixes]
    for file in files:
        file.write_text(contents[suffixes[1]])
    exports = []
    for order in (files, files[::-1]):
        store = new_store()
        read(store, pipeline, order)
        exports.append(exported(store))
        assert read(store, pipeline, order).new == 0
    assert exports[0] == exports[1]


def test_another_encoding_is_another_text(pipeline: Pipeline, new_store: Callable[[], Store], tmp_path: Path) -> None:
    """Read again in the right encoding, a report's claims are cut from the text that the store then gives."""
    from relaas import recipes, workflow
    from relaas.readers.reader import Options

    file = tmp_path / "bericht.txt"
    file.write_text("Volgens burgemeester Åsa Noël kwamen één of twee mensen om in Charkiv. " + DUTCH[6], "utf-8")
    store = new_store()
    for encoding in ("latin-1", "utf-8"):
        workflow.read([str(file)], store, pipeline, recipes.readers(), Options(encoding=encoding))
    with store.view() as view:
        claims = list(view.claims())
        document = view.document(claims[0]["document"]["id"])
    assert document is not None
    assert all(not list(unresolved_json(claim, document.text)) for claim in claims)
    assert "Åsa Noël" in document.text


def test_two_processes_read_into_one_store(pipeline: Pipeline, new_store: Callable[[], Store], tmp_path: Path) -> None:
    """Two processes that read the same folder into one new store at once both finish, and the record is that of one."""
    folder = tmp_path / "in"
    folder.mkdir()
    reports(folder)
    alone = new_store()
    read(alone, pipeline, [folder])
    shared = tmp_path / "shared.db"
    running = [_reading(shared, folder) for _ in range(2)]
    for process in running:
        _, errors = process.communicate(timeout=300)
        assert process.returncode == 0, errors
    with Store.open(str(shared)) as store:
        assert exported(store) == exported(alone)
        assert len(rows(store)["readings"]) == len(rows(alone)["readings"])


@pytest.mark.parametrize("statement", [6, 60, 84], ids=["making the tables", "early", "late"])
def test_a_killed_process_is_repaired_by_the_next(
    pipeline: Pipeline, new_store: Callable[[], Store], tmp_path: Path, statement: int
) -> None:
    """SIGKILL at any statement leaves whole reports or none; the next run adds what is missing."""
    folder = tmp_path / "in"
    folder.mkdir()
    reports(folder)
    alone = new_store()
    read(alone, pipeline, [folder])
    broken = tmp_path / "broken.db"
    process = _reading(broken, folder, "--kill-at", str(statement))
    process.communicate(timeout=300)
    assert process.returncode == -signal.SIGKILL
    with Store.open(str(broken)) as store:
        assert set(exported(store).splitlines()) <= set(exported(alone).splitlines())
        before = rows(store)
        read(store, pipeline, [folder])
        assert exported(store) == exported(alone)
        assert len(rows(store)["readings"]) == len(rows(alone)["readings"])
        assert all(set(kept) <= set(rows(store)[name]) for name, kept in before.items())


def _reading(database: Path, folder: Path, *options: str) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONHASHSEED": str(random.randrange(1000)), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(READING), str(database), str(folder), *options]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
