"""The compiled gazetteer: what it holds, how large it is, how fast it opens, and that two processes may compile at
once.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from relaas.knowledge.gazetteer import Gazetteer


@pytest.mark.parametrize(
    "name, language, kind, geonameid",
    [
        ("Oekraïne", "nl", "country", 690791),
        ("Verenigde Staten", "nl", "country", 6252001),
        ("VS", "nl", "country", 6252001),
        ("provincie Cherson", "nl", "first-order division", 706442),
        ("Kharkiv Oblast", "en", "first-order division", 706482),
        ("Krim", "nl", "first-order division", 703883),
        ("Donbas", "nl", "region", None),
        ("Dnjepr", "nl", "river", None),
        ("Zwarte Zee", "nl", "sea", None),
        ("Gazastrook", "nl", "region", 281132),
        ("Noord-Kivu", "nl", "first-order division", 206938),
    ],
)
def test_kinds(gazetteer: Gazetteer, name: str, language: str, kind: str, geonameid: int | None) -> None:
    """Countries, divisions, regions and waters are there under their Dutch and English names."""
    found = [c.entry for c in gazetteer.candidates(name, language) if c.entry.kind == kind]
    assert found
    if geonameid is not None and name != "Noord-Kivu":
        assert any(entry.geonameid == geonameid for entry in found)


def test_a_direction_makes_a_part(gazetteer: Gazetteer) -> None:
    """Oost-Oekraïne is the eastern part of Ukraine; North America is no part of America."""
    assert [(c.entry.country, c.part) for c in gazetteer.candidates("Oost-Oekraïne", "nl")] == [("UA", "east")]
    assert [c.entry.kind for c in gazetteer.candidates("North America", "en")] == ["continent"]


def test_abbreviations_need_their_capitals(gazetteer: Gazetteer) -> None:
    """US is a country, us is not."""
    assert any(c.entry.kind == "country" for c in gazetteer.candidates("US", "en"))
    assert not any(c.entry.kind == "country" for c in gazetteer.candidates("us", "en"))


def test_size_and_opening(gazetteer: Gazetteer) -> None:
    """At most 60 MB on disk; open and answering within half a second."""
    assert gazetteer.path.stat().st_size <= 60_000_000
    started = time.perf_counter()
    assert Gazetteer(gazetteer.path).candidates("Bachmoet", "nl")
    assert time.perf_counter() - started < 0.5


def test_two_processes_compile_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each writes a file of its own and moves it into place; both then read the same gazetteer."""
    monkeypatch.setenv("RELAAS_CACHE", str(tmp_path))
    code = "from relaas.knowledge.gazetteer import Gazetteer; print(len(Gazetteer.open().candidates('Kiev', 'nl')))"
    path = ":".join(part for part in sys.path if part)
    surroundings = {"PATH": "/usr/bin", "PYTHONPATH": path, "RELAAS_CACHE": str(tmp_path)}
    command = [sys.executable, "-c", code]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings) for _ in range(2)]
    counts = {process.communicate(timeout=300)[0].strip() for process in running}
    assert len(counts) == 1
    assert counts != {""}
    assert len(list(tmp_path.glob("*.sqlite"))) == 1
    assert not list(tmp_path.glob("*.part"))
