"""Writes the figures of the gold set into its data card and its page in the docs, between two marks.

Run ``python -m relaas.evaluation.card``; with ``--check`` nothing is written, and the exit code says whether the
pages are up to date.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from relaas.errors import GoldError, RelaasError
from relaas.evaluation.fields import FIELDS, LABELLED
from relaas.evaluation.floors import FILE, Book
from relaas.evaluation.gold import Gold, gold_hash, load

PAGES = (Path("gold/README.md"), Path("docs/gold.md"))
AGREEMENT = Path("gold/agreement.json")
MARKS = re.compile(r"(<!-- figures:(\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def tables(folder: Path, book: Book) -> dict[str, str]:
    """Each table by the name that the marks call it."""
    sets = {name: load(folder / name) for name in ("dev", "test") if (folder / name).exists()}
    if not sets:
        raise GoldError(f"{folder} holds neither dev nor test")
    hashes = {name: gold_hash(folder / name) for name in sets}
    agreement = folder / AGREEMENT.name
    return {
        "sizes": _lines(_sizes(sets, hashes)),
        "labels": _lines(_labels(sets)),
        "stories": _lines(_stories(sets)),
        "agreement": _lines(
            _agreement(json.loads(agreement.read_text(encoding="utf-8")) if agreement.exists() else None)
        ),
        "scores": _lines(_scores(book)),
    }


def filled(page: str, found: dict[str, str]) -> str:
    """A page with its tables written anew."""
    return MARKS.sub(lambda match: f"{match[1]}{found[match[2]]}\n{match[3]}", page)


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _row(*cells: Any) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _head(*cells: str) -> str:
    return _row(*cells) + "\n|" + "---|" * len(cells)


def _sizes(sets: dict[str, list[Gold]], hashes: dict[str, str]) -> Iterator[str]:
    yield _head("", *sets)
    counted = {name: _counts(golds) for name, golds in sets.items()}
    for what in dict.fromkeys(key for counts in counted.values() for key in counts):
        yield _row(what, *(counts.get(what, 0) for counts in counted.values()))
    yield _row("hash (SHA-256, first 12)", *(f"`{hashes[name][:12]}`" for name in sets))


def _counts(golds: Sequence[Gold]) -> dict[str, int]:
    counts = {"reports": len(golds)}
    counts |= {f"in {language}": sum(gold.language == language for gold in golds) for language in ("nl", "en")}
    counts["sentences"] = sum(len(gold.sentences) for gold in golds)
    counts["words"] = sum(len(gold.document.text[gold.document.body.start :].split()) for gold in golds)
    counts["claims"] = sum(len(gold.claims) for gold in golds)
    counts["wars and crises"] = len({gold.notes.get("war") for gold in golds})
    return counts | {f"style {style}": count for style, count in sorted(Counter(gold.style for gold in golds).items())}


def _labels(sets: dict[str, list[Gold]]) -> Iterator[str]:
    yield _head("field", "labels and how many claims carry each (all sets)")
    claims = [claim for golds in sets.values() for gold in golds for claim in gold.claims]
    for name in LABELLED:
        counts = Counter(str(FIELDS[name](claim.labels)) for claim in claims)
        yield _row(
            name, ", ".join(f"{'none' if label == 'None' else label} {count}" for label, count in counts.most_common())
        )
    for name in ("time", "places", "quantities", "verification"):
        count = sum(bool(claim.labels.get(name)) for claim in claims)
        yield _row(name, f"{count} claims have one or more")


def _stories(sets: dict[str, list[Gold]]) -> Iterator[str]:
    yield _head("war or crisis", "reports", "stories over several reports")
    golds = [gold for each in sets.values() for gold in each]
    for war in sorted({str(gold.notes.get("war")) for gold in golds}):
        of_war = [gold for gold in golds if str(gold.notes.get("war")) == war]
        yield _row(
            war,
            len(of_war),
            ", ".join(sorted({str(gold.notes["story"]) for gold in of_war if gold.notes.get("story")})),
        )


def _agreement(figures: dict[str, Any] | None) -> Iterator[str]:
    if figures is None:
        yield "Not measured yet."
        return
    yield f"{figures['reports']} reports labelled twice; claims found by both: F1 {figures['claims F1']:.3f}."
    yield ""
    yield _head("field", "claims", "same", "Cohen's kappa", "Krippendorff's alpha")
    for name, each in figures["fields"].items():
        if name in FIELDS:
            yield _row(name, each["claims"], *(f"{each[key]:.3f}" for key in ("same", "kappa", "alpha")))


def _scores(book: Book) -> Iterator[str]:
    if not book.sets:
        yield "Not measured yet."
        return
    heads = [head for name in sorted(book.sets) for head in (name, f"{name}, baseline")]
    yield _head("all languages", *heads)
    for figure in ("fields", "strict", *FIELDS, *(f"{name}/macro-F1" for name in LABELLED)):
        cells = [
            side.get(f"all/{figure}")
            for name in sorted(book.sets)
            for side in (book.sets[name].ours, book.sets[name].baseline)
        ]
        yield _row(figure, *("–" if cell is None else f"{cell:.3f}" for cell in cells))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pages, or check that they are up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("gold"))
    parser.add_argument("--floors", type=Path, default=FILE)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    try:
        found = tables(options.folder, Book.open(options.floors))
    except RelaasError as error:
        print(error, file=sys.stderr)
        return 2
    stale = [
        page for page in PAGES if filled(page.read_text(encoding="utf-8"), found) != page.read_text(encoding="utf-8")
    ]
    for page in stale:
        if options.check:
            print(f"{page} is not up to date; run python -m relaas.evaluation.card", file=sys.stderr)
        else:
            page.write_text(filled(page.read_text(encoding="utf-8"), found), encoding="utf-8")
            print(f"{page} written")
    return 1 if stale and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
