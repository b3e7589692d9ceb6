"""Broken files are set aside with a reason, and every other is stored as if they were not there."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property_checks import exported, read, strict
from property_reports import DUTCH, ENGLISH, examples

from relaas import workflow
from relaas.pipeline import Pipeline
from relaas.readers.plain import PlainText
from relaas.readers.reader import Options
from relaas.store.store import Store

BROKEN: dict[str, bytes] = {
    "leeg.txt": b"",
    "wit.txt": b" \r\n\t\0\xef\xbb\xbf",
    "latijn.txt": "Eén dode in Zuid-Soedan".encode("latin-1"),
    "half.txt": "Twee doden bij een café".encode()[:-1],
    "datum.txt": b"Datum: 2024-02-30\n\nDrie doden.",
    "jaarnul.txt": b"date 0000 Drie doden in Charkiv.",
    "half.docx": b"PK\x03\x04 afgebroken",
    "geen.docx": b"geen zip",
    "half.pdf": b"%PDF-1.7\n1 0 obj <<",
    "leeg.html": b"<html><body></body></html>",
    "diep.html": b"<html>" + b"<div>" * 5000,
    "stuk.jsonl": b'{"text": "Vier doden.", "date"',
    "lijst.jsonl": b"[1, 2]",
    "diep.jsonl": b"[" * 200_000,
    "getal.jsonl": b'{"text": 12, "n": ' + b"9" * 6000 + b"}",
    "surrogaat.jsonl": b'{"text": "Vijf doden \\ud83d."}',
    "veld.jsonl": b'{"inhoud": {"tekst": []}}',
    "foto.jpg": b"\xff\xd8\xff",
    "geen tekst.jsonl": b"\n\n",
    "lang.txt": b"x " * 600_000,
}
GOOD = {
    "een.txt": DUTCH[0],
    "m/twee.txt": DUTCH[2] + " " + DUTCH[7],
    "z.md": ENGLISH[0],
    "zz.jsonl": json.dumps({"text": DUTCH[4]}),
}


def fill(folder: Path, files: dict[str, bytes]) -> None:
    """Write the files, and the good ones beside them."""
    for name, raw in {**files, **{name: text.encode() for name, text in GOOD.items()}}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(raw)


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_broken_file_is_set_aside_alone(pipeline: Pipeline, tmp_path: Path, name: str) -> None:
    """The good files around it are stored, and it has a reason that names no Python error but what is wrong."""
    folder = tmp_path / "in"
    folder.mkdir()
    fill(folder, {name: BROKEN[name]})
    with Store.open(str(tmp_path / ".db")) as store:
        outcome = read(store, pipeline, [folder])
        assert {named.partition("#")[0] for named, _ in outcome.set_aside} == {name}
        assert all(reason for _, reason in outcome.set_aside)
        assert outcome.new == len(GOOD)
        with store.view() as view:
            assert {row["name"].partition("#")[0] for row in view.set_asides()} == {name}


@examples(10)
@given(
    st.sets(st.sampled_from(sorted(set(BROKEN) - {"diep.jsonl"})), min_size=2),
    st.lists(st.binary(min_size=1, max_size=60), max_size=3),
)
def test_any_mixture_of_broken_files_leaves_the_others(
    pipeline: Pipeline, names: set[str], bytes_: list[bytes]
) -> None:
    """Broken files and random bytes under every suffix leave the claims of the good files beside them unchanged."""
    with tempfile.TemporaryDirectory() as name:
        clean, mixed = Path(name, "clean"), Path(name, "mixed")
        clean.mkdir()
        mixed.mkdir()
        fill(clean, {})
        noise = {
            f"ruis{number}{suffix}": raw
            for number, raw in enumerate(bytes_)
            for suffix in (".docx", ".pdf", ".html", ".jsonl", ".txt")
        }
        fill(mixed, {one: BROKEN[one] for one in names} | noise)
        with Store.open(str(Path(name, "a.db"))) as one, Store.open(str(Path(name, "b.db"))) as other:
            read(one, pipeline, [clean])
            outcome = read(other, pipeline, [mixed])
            kept = [claim for claim in strict(exported(other)) if not claim["document"]["name"].startswith("ruis")]
            assert kept == strict(exported(one))
            assert names <= {named.partition("#")[0] for named, _ in outcome.set_aside}


def test_what_is_no_file_is_set_aside(pipeline: Pipeline, tmp_path: Path) -> None:
    """A link to nowhere, a link to itself, a pipe, a missing path, and a name that is no UTF-8."""
    folder = tmp_path / "in"
    folder.mkdir()
    fill(folder, {})
    (folder / "nergens.txt").symlink_to(folder / "weg.txt")
    (folder / "lus.txt").symlink_to(folder / "lus.txt")
    os.mkfifo(folder / "pijp.txt")
    with Store.open(str(tmp_path / ".db")) as store:
        outcome = read(store, pipeline, [folder, folder / "bestaat niet.txt"])
        assert outcome.new == len(GOOD)
        assert {Path(named).name for named, _ in outcome.set_aside} == {
            "nergens.txt",
            "lus.txt",
            "pijp.txt",
            "bestaat niet.txt",
        }


def test_a_name_that_is_no_unicode_stops_nothing(pipeline: Pipeline, tmp_path: Path) -> None:
    """A file name in an old encoding: its report is stored or set aside, and the others are stored."""
    folder = tmp_path / "in"
    folder.mkdir()
    fill(folder, {})
    with open(os.fsencode(folder) + b"/caf\xe9.txt", "wb") as file:
        file.write(DUTCH[3].encode())
    with open(os.fsencode(folder) + b"/leeg\xe9.txt", "wb") as file:
        file.write(b"")
    with Store.open(str(tmp_path / ".db")) as store:
        outcome = read(store, pipeline, [folder])
        assert outcome.new >= len(GOOD)
        assert strict(exported(store))


@examples(12)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), min_size=1, max_size=8))
def test_any_language_in_the_front_matter_is_survived(pipeline: Pipeline, language: str) -> None:
    """A report that names a language nobody knows is stored or set aside, and the next is read."""
    with tempfile.TemporaryDirectory() as name:
        Path(name, "a.txt").write_bytes(f"Titel: x\nTaal: {language}\n\n{DUTCH[0]}".encode())
        Path(name, "b.txt").write_text(DUTCH[2])
        with Store.open(str(Path(name, ".db"))) as store:
            outcome = read(store, pipeline, [name])
            assert [named for named, _ in outcome.set_aside if named == "b.txt"] == []
            assert len(outcome.documents) >= 1


@pytest.mark.parametrize(
    "words",
    [
        "in 500 v.Chr.",
        "in het jaar 12000",
        "op 31 april 2024",
        "in 0000",
        "op 99-99-9999",
        "in de 99e eeuw",
        "al 99999 jaar",
        "over 12345678 dagen",
    ],
)
def test_an_impossible_time_stops_nothing(pipeline: Pipeline, tmp_path: Path, words: str) -> None:
    """A year beyond the calendar is left unresolved; the report is stored."""
    file = tmp_path / "a.txt"
    file.write_text(f"De stad viel {words}, zegt het leger.")
    with Store.open(str(tmp_path / ".db")) as store:
        outcome = read(store, pipeline, [file], published="2024-04-02")
        assert outcome.set_aside == []
        assert strict(exported(store))


@pytest.mark.parametrize("sign, count", [("-", 1500), ("—", 1500), (".", 1500), ("(", 300), ("http://a ", 300)])
def test_a_long_row_of_one_sign_holds_nobody_up(pipeline: Pipeline, sign: str, count: int) -> None:
    """A rule across the page is read in a time that goes with its length, not with its square."""
    from time import process_time

    workflow.analyse(pipeline, PlainText().read(DUTCH[0].encode(), "a.txt", Options()))
    document = PlainText().read(f"{DUTCH[0]}\n\n{sign * count}\n\n{DUTCH[1]}".encode(), "a.txt", Options())
    before = process_time()
    workflow.analyse(pipeline, document)
    assert process_time() - before < 2
