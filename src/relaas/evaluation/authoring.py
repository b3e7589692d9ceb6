"""Turns labels in the authoring form (quotes by occurrence) into the set's stand-off form (quotes by offsets), texts
beside them.

Run ``python -m relaas.evaluation.authoring FROM TO``. Reading either form gives the same claims; the offsets are for
other people's programs, the quotes beside them for other people's eyes.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from relaas.errors import GoldError, RelaasError
from relaas.evaluation.checking import KEPT, faults
from relaas.evaluation.edtf import days, normalised
from relaas.evaluation.fields import unit
from relaas.evaluation.gold import Gold, load, read, text_path
from relaas.evaluation.labelled import Labelled
from relaas.evaluation.writing import labels_file

_ORDER = {
    "source": ("name", "text", "start", "end", "kind", "via"),
    "event": ("type", "mode", "actors", "recipients"),
    "control": ("change", "sense", "holder", "loser", "place"),
    "time": ("text", "start", "end", "edtf", "earliest", "latest"),
    "places": ("text", "start", "end", "name", "use", "inherited"),
    "quantities": ("text", "start", "end", "value", "low", "high", "bound", "unit", "of", "cumulative"),
}


def standoff(gold: Gold) -> str:
    """The label file of one report in the stand-off form."""
    text = gold.document.text
    notes = {key: gold.notes.get(key) for key in KEPT}
    notes = {
        "language": gold.language,
        "published": gold.document.published,
        "publisher": gold.document.publisher,
        **notes,
    }
    none = [
        {"text": span.of(text), "start": span.start, "end": span.end, "why": why} for span, why in sorted(gold.none)
    ]
    ordered = sorted(gold.claims, key=lambda claim: (claim.quote.start, -claim.quote.end))
    return labels_file(notes, none, (_row(text, claim) for claim in ordered))


def _row(text: str, claim: Labelled) -> dict[str, Any]:
    labels, quote = claim.labels, claim.quote
    row: dict[str, Any] = {"quote": quote.of(text), "start": quote.start, "end": quote.end}
    for key in ("source", "evidence", "verification", "certainty", "topic", "event", "time", "places", "quantities"):
        value = labels[key]
        row[key] = [_record(key, each) for each in value] if isinstance(value, list) else _record(key, value)
        if key == "event" and "control" in labels:
            row["control"] = _record("control", labels["control"])
    return row


def _record(key: str, value: Any) -> Any:
    """A record with all its keys in one order; open ends, units and times in one spelling."""
    if not isinstance(value, Mapping) or key not in _ORDER:
        return value
    record = {
        "start": None,
        "end": None,
        "inherited": False,
        "via": [],
        "mode": None,
        "actors": [],
        "recipients": [],
        **value,
    }
    if key == "time":
        record["edtf"] = normalised(str(record["edtf"]))
        record["earliest"], record["latest"] = days(record["edtf"])
    if key == "quantities":
        record["unit"] = unit(record["unit"])
        if record.get("value") is not None and record["bound"] in ("=", ">=", "<="):
            record["low"] = None if record["bound"] == "<=" else record["value"]
            record["high"] = None if record["bound"] == ">=" else record["value"]
    return {name: record.get(name) for name in _ORDER[key]}


def convert(source: Path, target: Path) -> int:
    """Write every report of a folder anew; raises GoldError where the result has a fault or says something else than
    the original.
    """
    golds = load(source)
    target.mkdir(parents=True, exist_ok=True)
    for gold in golds:
        text, labels = text_path(gold.path), target / f"{gold.name}.yaml"
        assert text is not None
        if text.parent.resolve() != target.resolve():
            shutil.copyfile(text, target / text.name)
        labels.write_text(standoff(gold), encoding="utf-8")
        written = read(labels)
        if found := list(faults(written)):
            raise GoldError(f"{gold.name}: {found[0]}")
        if sorted(claim.quote for claim in written.claims) != sorted(claim.quote for claim in gold.claims):
            raise GoldError(f"{gold.name}: the quotes changed on the way")
    return len(golds)


def main(arguments: Sequence[str] | None = None) -> int:
    """Convert a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    options = parser.parse_args(arguments)
    try:
        print(f"{convert(options.source, options.target)} reports")
    except RelaasError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
