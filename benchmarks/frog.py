"""The reader beside Frog, the Dutch suite in Debian (`apt-get install frog frogdata uctodata`): the same sentences in the same run.

    python benchmarks/frog.py [--sentences 400] [--data ../shared/data]

Both give every word its tag, lemma, head and entity; the reader a vector for each sentence as well. The sentences are NTREX's where the
data is there, else those of the gold set. Where Frog is not installed only the reader is timed.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from relaas.evaluation.reader import parallel, tokens
from relaas.ontology.loader import ROOT as ONTOLOGY
from relaas.reading.reader import Reader

ROOT = ONTOLOGY.parents[2]
REPORT = 20


def main() -> None:
    """Time both and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, default=400)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    options = parser.parse_args()
    texts = _sentences(options.data)[: options.sentences]
    words = sum(len(doc) for doc in tokens("nl", texts))
    ours = _reader(texts)
    print(f"{words} words in {len(texts)} sentences, reports of {REPORT}")
    print(f"reader  {words / ours:8.0f} words a second (2 threads; tags, lemmas, trees, entities, vectors)")
    for name, skipped in (("with its parser", "ac"), ("without its parser", "acmp")):
        seconds = _frog(texts, skipped)
        if seconds is None:
            print("frog is not installed: apt-get install frog frogdata uctodata")
            return
        print(f"frog    {words / seconds:8.0f} words a second {name}; the reader is {seconds / ours:.1f} times as fast")


def _sentences(data: Path) -> list[str]:
    if (data / "ntrex").is_dir():
        return parallel(data, "nl")
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "gold" / "dev").glob("nl_*.txt"))]
    return [line for text in texts for line in text.split("\n") if len(line.split()) > 5]


def _reader(texts: list[str]) -> float:
    reader = Reader.open(threads=2)
    docs = tokens("nl", texts)
    reader.read(docs[:REPORT])
    docs = tokens("nl", texts)
    start = time.perf_counter()
    for at in range(0, len(docs), REPORT):
        reader.read(docs[at : at + REPORT])
    return time.perf_counter() - start


def _frog(texts: list[str], skipped: str) -> float | None:
    """Seconds that Frog needs beyond its start, which is timed on one sentence and taken off."""
    if shutil.which("frog") is None:
        return None

    def run(lines: list[str]) -> float:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "text.txt"
            file.write_text("\n".join(lines) + "\n", "utf-8")
            start = time.perf_counter()
            command = [
                "frog",
                f"--skip={skipped}",
                "--threads=2",
                "-n",
                "-t",
                str(file),
                "-o",
                str(Path(folder) / "out"),
            ]
            subprocess.run(command, check=True, capture_output=True, cwd=folder)
            return time.perf_counter() - start

    start = run(texts[:1])
    return max(0.001, run(texts) - start)


if __name__ == "__main__":
    main()
