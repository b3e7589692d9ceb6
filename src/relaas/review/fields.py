"""A claim's labels as flat fields, one string each, the same for a form and for `relaas review correct --set`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

Claim = Mapping[str, Any]
CORRECTABLE = (
    "quote", "source", "evidence", "verification", "certainty", "topic", "event", "control", "time", "places", "quantities",
)  # fmt: skip
SINGLE = (
    "quote.text", "quote.start", "source.name", "source.kind", "source.text", "source.start", "source.via",
    "evidence", "verification.scope", "verification.by", "certainty", "topic",
    "event.type", "event.mode", "event.actors", "event.recipients",
    "control.change", "control.sense", "control.holder", "control.loser", "control.place",
    "time.text", "time.start", "time.edtf",
)  # fmt: skip
CONTROL = ("change", "sense", "holder", "loser", "place")
PLACE = ("name", "text", "start", "use")
QUANTITY = ("text", "start", "value", "low", "high", "bound", "unit", "of", "cumulative")
ROWS: Mapping[str, tuple[str, ...]] = {"places": PLACE, "quantities": QUANTITY}
_ROW = re.compile(r"(places|quantities)\.(\d{1,3})\.([a-z]+)$")


def flat(claim: Claim) -> dict[str, str]:
    """Every label of a claim as strings; what is not there is empty, names in lists are parted by semicolons."""
    event, source, time = claim["event"] or {}, claim["source"] or {}, claim["time"] or {}
    control = claim.get("control") or {}
    found = {
        "quote.text": claim["quote"]["exact"],
        "quote.start": str(claim["quote"]["start"]),
        **{f"source.{key}": _written(source.get(key)) for key in ("name", "kind", "text", "start", "via")},
        **{key: str(claim[key]) for key in ("evidence", "certainty", "topic")},
        **{f"verification.{key}": _written((claim["verification"] or {}).get(key)) for key in ("scope", "by")},
        **{f"event.{key}": _written(event.get(key)) for key in ("type", "mode", "actors", "recipients")},
        **{f"control.{key}": _written(control.get(key)) for key in CONTROL},
        **{f"time.{key}": _written(time.get(key)) for key in ("text", "start", "edtf")},
    }
    for name, keys in ROWS.items():
        for number, row in enumerate(claim[name]):
            found |= {f"{name}.{number}.{key}": _written(row.get(key)) for key in keys}
    return found


def known(field: str) -> bool:
    """Whether a name is that of a flat field."""
    match = _ROW.match(field)
    return match[3] in ROWS[match[1]] if match else field in SINGLE


def rows(given: Mapping[str, str], name: str) -> list[dict[str, str]]:
    """The rows of places or quantities, in their order; a row whose first field is empty was taken out."""
    found: dict[int, dict[str, str]] = {}
    for field, value in given.items():
        if (match := _ROW.match(field)) and match[1] == name:
            found.setdefault(int(match[2]), {})[match[3]] = value.strip()
    empty = dict.fromkeys(ROWS[name], "")
    return [empty | found[number] for number in sorted(found) if found[number].get(ROWS[name][0])]


def names(given: str) -> list[str]:
    """Names parted by semicolons."""
    return [name.strip() for name in given.split(";") if name.strip()]


def changed_fields(changes: Mapping[str, Any]) -> tuple[str, ...]:
    """The labels that a correction touches, in the order of the guide."""
    return tuple(name for name in CORRECTABLE if name in changes)


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(str(one) for one in value)
    return str(value)
