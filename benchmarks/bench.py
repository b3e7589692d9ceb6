"""How fast and how large: reports of 400 words a second with the store, memory, and the time until the help is there.

    python benchmarks/bench.py [--reports 100] [--json]

The reports are made from the sentences of examples/, mixed anew for each, so that no two are alike.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
WORDS = 400


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = {**_reading(options.reports), "help_seconds": _help()}
    if options.json:
        print(json.dumps(figures))
        return
    print(f"{figures['reports_per_second']:.1f} reports of {WORDS} words a second with the store (at least 10)")
    print(f"{figures['start_seconds']:.1f} s to start, {figures['memory_mb']:.0f} MB resident at most (at most 500)")
    print(f"{figures['help_seconds']:.2f} s for relaas --help (at most 0.4)")


def _reading(count: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "one"), Path(folder, "many")
        _write(small, 1, seed=1)
        _write(large, count, seed=2)
        start = _timed(small, Path(folder, "one.db"))
        whole = _timed(large, Path(folder, "many.db"))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"reports_per_second": (count - 1) / max(whole - start, 1e-9), "start_seconds": start, "memory_mb": memory}


def _timed(folder: Path, base: Path) -> float:
    began = time.perf_counter()
    command = [sys.executable, "-m", "relaas.cli.main", "read", str(folder), "--db", str(base), "--format", "none"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return time.perf_counter() - began


def _help() -> float:
    """The best of five, as the first is the disk's time."""
    best = float("inf")
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "relaas.cli.main", "--help"], check=True, stdout=subprocess.DEVNULL)
        best = min(best, time.perf_counter() - began)
    return best


def _write(folder: Path, count: int, *, seed: int) -> None:
    folder.mkdir()
    random.seed(seed)
    by_language: dict[str, list[str]] = {"nl": [], "en": []}
    for path in sorted((ROOT / "examples").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        language = "en" if "language: en" in text else "nl"
        by_language[language] += re.split(r"(?<=[.”\"])\s+", text.split("\n\n", 1)[1])
    for number in range(count):
        language = "nl" if number % 3 else "en"
        sentences: list[str] = []
        while sum(len(sentence.split()) for sentence in sentences) < WORDS:
            sentences.append(random.choice(by_language[language]))
        paragraphs = [" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4)]
        head = f"title: Report {number}\npublished: 2024-02-{number % 28 + 1:02d}\nlanguage: {language}\n\n"
        (folder / f"{number:06d}.txt").write_text(head + "\n\n".join(paragraphs) + "\n", encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("RELAAS_THREADS", "2")
    main()
