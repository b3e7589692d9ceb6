"""Reading reports into a store: order, repetition, failure, interruption and company change nothing in the end."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handmade import small_pipeline
from relaas import recipes, workflow
from relaas.readers.reader import Metadata, Options
from relaas.store.store import Store

TESTS = Path(__file__).parent.parent


def export(store: Store) -> str:
    """Everything that holds, as the jsonl export writes it."""
    with store.view() as view:
        return "\n".join(json.dumps(one, ensure_ascii=False) for one in view.claims())


def read(store: Store, *paths: Path, options: Options | None = None) -> workflow.Outcome:
    """Read paths with the small pipeline."""
    return workflow.read(map(str, paths), store, small_pipeline(), recipes.readers(), options or Options())


def reports(folder: Path, count: int) -> Path:
    """A folder of small reports, dated and undated."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        date = f" date 2022-{number % 12 + 1:02d} " if number % 3 else ""
        text = f"{date}Report {number} says the bridge is gone. The town of Dorp {number} holds."
        (folder / f"{number:03d}.txt").write_text(text)
    return folder


def test_reading_twice_changes_nothing(store: Store, tmp_path: Path) -> None:
    """The second time nothing is new, and the export is the same byte for byte."""
    folder = reports(tmp_path / "in", 5)
    assert read(store, folder).new == 5
    before = export(store)
    again = read(store, folder)
    assert (again.new, len(again.documents)) == (0, 5)
    assert export(store) == before


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_any_order_in_any_batches_gives_the_same_export(seed: int) -> None:
    """The same reports, one of them under two names and one with metadata from two sides, shuffled and cut anew."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as base:
        folder = reports(Path(base, "in"), 5)
        (folder / "zz copy.txt").write_bytes((folder / "002.txt").read_bytes())
        files = sorted(folder.iterdir())
        assumed = {path: Options() for path in files}
        assumed[files[0]] = Options(Metadata(publisher="Paper", published="2022-11-06"))
        jobs = [*assumed.items(), (files[0], Options(Metadata(published="2022-11", language="nl")))]

        def run(name: str, order: list[tuple[Path, Options]]) -> str:
            with Store.open(str(Path(base, name))) as store:
                while order:
                    size = chance.randint(1, 3)
                    batch, order = order[:size], order[size:]
                    for path, options in batch:
                        read(store, path, options=options)
                return export(store)

        assert run("one.db", list(jobs)) == run("two.db", chance.sample(jobs, len(jobs)))


def test_one_bad_report_never_stops_the_others(store: Store, tmp_path: Path) -> None:
    """A folder with all that can go wrong: what is readable is stored, the rest is listed with its reason."""
    folder = reports(tmp_path / "in", 2)
    (folder / "bytes.txt").write_bytes(b"The bridge \xff\xfe is gone.")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_bytes(b" \n\t\n")
    (folder / "boom.txt").write_text("This one says BOOM.")
    (folder / "date.txt").write_text("published: 2022-13-45\n\nText.")
    (folder / "huge.txt").write_text("x" * 5_000_000)
    (folder / "image.png").write_bytes(b"\x89PNG\r\n")
    (folder / "lines.jsonl").write_text(
        '{"text": "Good line."}\n{"text": \n{"no": 1}\n["list"]\n{"text": "half \\ud800"}\n'
    )
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / "broken.docx").write_bytes(b"PK nothing")
    (folder / ".hidden.txt").write_text("Not for reading.")
    os.symlink(folder / "nowhere.txt", folder / "dangling.txt")
    outcome = read(store, folder, tmp_path / "missing.txt")
    reasons = dict(outcome.set_aside)
    assert outcome.new == 3
    expected = {
        "bytes.txt": "byte 11 (0xff)",
        "empty.txt": "holds no text",
        "blank.txt": "holds no text",
        "boom.txt": "could not be analysed: ValueError: boom",
        "date.txt": "2022-13-45",
        "huge.txt": "5,000,000 characters",
        "image.png": "kind that cannot be read (.png)",
        "lines.jsonl#2": "is not JSON",
        "lines.jsonl#3": "has no text",
        "lines.jsonl#4": "not a JSON object but a list",
        "lines.jsonl#5": "lone surrogate",
        "broken.pdf": "damaged PDF",
        "broken.docx": "Word document",
        "dangling.txt": "not a regular file",
        str(tmp_path / "missing.txt"): "does not exist",
    }
    assert set(reasons) == set(expected)
    for name, words in expected.items():
        assert words in reasons[name], name
    with store.view() as view:
        assert {row["name"] for row in view.set_asides()} == set(expected)


def test_a_repaired_report_leaves_the_list(store: Store, tmp_path: Path) -> None:
    """A report that failed under one pipeline and is read by the next is set aside no more."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"caf\xe9 closed.")
    assert read(store, path).set_aside
    assert not read(store, path, options=Options(encoding="latin-1")).set_aside
    with store.view() as view:
        assert view.set_asides() == []


def test_a_report_under_two_names_is_one_document(store: Store, tmp_path: Path) -> None:
    """Its claims are stored once and name both."""
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text("The bridge is gone.")
    outcome = read(store, tmp_path / "b.txt", tmp_path / "a.txt")
    assert (len(outcome.documents), outcome.new) == (1, 2)
    with store.view() as view:
        (found,) = view.claims()
    assert (found["document"]["name"], found["document"]["names"]) == ("a.txt", ["a.txt", "b.txt"])


@pytest.mark.parametrize(
    "text",
    [
        "\0",
        "Zero\0byte here.",
        "\ufeffMark first.",
        "שלום עולם. كل شيء.",
        "“Open “nested ‘quote.",
        "a\u2028b\u2029c.",
        "x" * 60_000,
        "\u200b",
    ],
)
def test_odd_text_is_read_or_set_aside(store: Store, tmp_path: Path, text: str) -> None:
    """Never a crash, and every quote resolves."""
    (tmp_path / "a.txt").write_bytes(text.encode())
    outcome = read(store, tmp_path / "a.txt")
    assert len(outcome.documents) + len(outcome.set_aside) == 1
    with store.view() as view:
        for one in view.claims():
            stored = view.document(one["document"]["id"])
            assert stored is not None
            assert stored.text[one["quote"]["start"] : one["quote"]["end"]] == one["quote"]["exact"]


SCRIPT = """
import os, signal, sys
sys.path.insert(0, {tests!r})
import handmade
from relaas import recipes, workflow
from relaas.readers.reader import Options
from relaas.store.store import Store

seen = []
class Killed(handmade.EachSentence):
    def run(self, analysis):
        seen.append(1)
        if len(seen) == {dies}:
            os.kill(os.getpid(), signal.SIGKILL)
        super().run(analysis)

handmade.EachSentence = Killed if {dies} else handmade.EachSentence
with Store.open({base!r}) as store:
    outcome = workflow.read([{folder!r}], store, handmade.small_pipeline(), recipes.readers(), Options())
    print(outcome.new, len(outcome.documents), len(outcome.set_aside))
"""


def start(base: Path, folder: Path, *, dies: int = 0) -> subprocess.Popen[str]:
    """A process that reads a folder; with ``dies``, killed in the middle of that report."""
    code = textwrap.dedent(SCRIPT).format(tests=str(TESTS), base=str(base), folder=str(folder), dies=dies)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_killed_process_leaves_whole_reports_and_the_next_run_reads_the_rest(tmp_path: Path) -> None:
    """The record after the repair is the record that an undisturbed run makes."""
    folder = reports(tmp_path / "in", 6)
    killed = start(tmp_path / "killed.db", folder, dies=4)
    killed.communicate(timeout=120)
    assert killed.returncode == -signal.SIGKILL
    with Store.open(str(tmp_path / "killed.db")) as store:
        with store.view() as view:
            assert len({one["document"]["id"] for one in view.claims()}) == 3
        outcome = read(store, folder)
        assert (outcome.new, len(outcome.documents)) == (3, 6)
        repaired = export(store)
    with Store.open(str(tmp_path / "clean.db")) as store:
        read(store, folder)
        assert export(store) == repaired


def test_two_processes_read_into_one_new_store_at_once(tmp_path: Path) -> None:
    """One waits, neither fails, and each report is in the record once."""
    folder = reports(tmp_path / "in", 12)
    both = [start(tmp_path / "shared.db", folder) for _ in range(2)]
    for one in both:
        out, err = one.communicate(timeout=240)
        assert one.returncode == 0, err
        assert out.split()[1:] == ["12", "0"]
    with Store.open(str(tmp_path / "shared.db")) as store:
        together = export(store)
    with Store.open(str(tmp_path / "alone.db")) as store:
        read(store, folder)
        assert export(store) == together
