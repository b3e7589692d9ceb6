"""The only reader of the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What the surroundings decide: where things are kept, how many threads to use, which language to show."""

    cache: Path
    database: str
    threads: int
    weights: Path | None
    language: str
    reviewer: str


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once.

    ``RELAAS_CACHE`` (default ``$XDG_CACHE_HOME/relaas``), ``RELAAS_DB`` (default ``relaas.db`` in the working folder),
    ``RELAAS_THREADS`` (default: the processors this process may use, at most 4), ``RELAAS_WEIGHTS`` (another folder of the
    reading model's weights than the shipped one), and the interface language from
    ``RELAAS_LANGUAGE``, ``LC_ALL``, ``LC_MESSAGES`` or ``LANG`` (Dutch where it begins with ``nl``, English otherwise).
    ``RELAAS_REVIEWER`` (default: the name one is logged in by) signs judgements.
    """
    cache = os.environ.get("RELAAS_CACHE")
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    named = next(
        (os.environ[key] for key in ("RELAAS_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(key)), "en"
    )
    return Settings(
        cache=Path(cache) if cache else base / "relaas",
        database=os.environ.get("RELAAS_DB", "relaas.db"),
        threads=_threads(os.environ.get("RELAAS_THREADS")),
        weights=Path(weights) if (weights := os.environ.get("RELAAS_WEIGHTS")) else None,
        language="nl" if named.lower().startswith("nl") else "en",
        reviewer=next((os.environ[key] for key in ("RELAAS_REVIEWER", "LOGNAME", "USER") if os.environ.get(key)), ""),
    )


def _threads(given: str | None) -> int:
    if given and given.isdigit() and int(given) > 0:
        return int(given)
    return min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
