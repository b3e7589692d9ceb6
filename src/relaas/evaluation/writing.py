"""Writes label files as people read them: one key a line, each record inside a claim on one line, the keys in the
guide's order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml

from relaas.model.span import Span
from relaas.text import occurrences

KEYS = (
    "quote",
    "nth",
    "start",
    "end",
    "source",
    "evidence",
    "verification",
    "certainty",
    "topic",
    "event",
    "control",
    "time",
    "places",
    "quantities",
)


def flow(value: Any) -> str:
    """A value on one line of YAML."""
    text: str = yaml.safe_dump([value], default_flow_style=True, allow_unicode=True, sort_keys=False, width=1_000_000)
    return text.strip()[1:-1]


def entry(row: Mapping[str, Any], keys: Iterable[str], *, indent: int = 2) -> Iterator[str]:
    """A record as an item of a list, its present keys in the given order."""
    mark = " " * indent + "- "
    for key in keys:
        if key in row:
            yield f"{mark}{key}: {flow(row[key])}"
            mark = " " * (indent + 2)


def authoring_quote(text: str, span: Span) -> dict[str, Any]:
    """The quote of a span with the occurrence it is, where the same characters stand in the text more than once."""
    starts = occurrences(text, span.of(text))
    return {"quote": span.of(text), **({"nth": starts.index(span.start) + 1} if len(starts) > 1 else {})}


def labels_file(
    notes: Mapping[str, Any], none: Iterable[Mapping[str, Any]], claims: Iterable[Mapping[str, Any]]
) -> str:
    """A whole label file."""
    lines = [f"{key}: {flow(value)}" for key, value in notes.items()]
    rows = [f"  - {flow(dict(row))}" for row in none]
    lines += ["none:", *rows] if rows else ["none: []"]
    lines.append("claims:")
    for claim in claims:
        lines.extend(entry(claim, KEYS))
    return "\n".join(lines) + "\n"
