"""CSV: one claim a row, flat, with the same columns every time."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from typing import Any, ClassVar, TextIO

from relaas.exports.exporter import Claim, Exporter, Style

SEPARATOR = " | "


class Csv(Exporter):
    """Columns are only ever added at the end. What there may be several of is parted by `` | ``; an unknown value is
    empty.
    """

    name: ClassVar[str] = "csv"

    def write(self, claims: Iterable[Claim], stream: TextIO, style: Style) -> int:
        """A head with the names of the columns, then the rows."""
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        count = 0
        for claim in claims:
            writer.writerow([_cell(value(claim)) for value in COLUMNS.values()])
            count += 1
        return count


def _of(*keys: str) -> Callable[[Claim], Any]:
    def value(claim: Claim) -> Any:
        found: Any = claim
        for key in keys:
            found = found.get(key) if found else None
        return found

    return value


def _each(part: str, key: str) -> Callable[[Claim], Any]:
    return lambda claim: [one.get(key) for one in claim.get(part) or ()]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return SEPARATOR.join(_cell(one) for one in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\0", "\ufffd")


COLUMNS: dict[str, Callable[[Claim], Any]] = {
    "id": _of("id"),
    "version": _of("version"),
    "status": _of("status"),
    "report": _of("document", "name"),
    "publisher": _of("document", "publisher"),
    "published": _of("document", "published"),
    "retrieved": _of("document", "retrieved"),
    "language": _of("passage", "language"),
    "passage": _of("passage", "kind"),
    "sentence": _of("sentence", "index"),
    "start": _of("quote", "start"),
    "end": _of("quote", "end"),
    "quote": _of("quote", "exact"),
    "source": _of("source", "name"),
    "source_kind": _of("source", "kind"),
    "via": _of("source", "via"),
    "evidence": _of("evidence"),
    "verified_by": _of("verification", "by"),
    "verified_scope": _of("verification", "scope"),
    "certainty": _of("certainty"),
    "topic": _of("topic"),
    "event_type": _of("event", "type"),
    "event_mode": _of("event", "mode"),
    "actors": _of("event", "actors"),
    "recipients": _of("event", "recipients"),
    "time_words": _of("time", "text"),
    "edtf": _of("time", "edtf"),
    "earliest": _of("time", "earliest"),
    "latest": _of("time", "latest"),
    "places": _each("places", "name"),
    "geonameids": _each("places", "geonameid"),
    "uses": _each("places", "use"),
    "lats": _each("places", "lat"),
    "lons": _each("places", "lon"),
    "figures": _each("quantities", "text"),
    "lows": _each("quantities", "low"),
    "highs": _each("quantities", "high"),
    "units": _each("quantities", "unit"),
    "reported": _of("reported"),
    "document": _of("document", "id"),
    "sha256": _of("document", "sha256"),
    "control": _of("control", "change"),
    "control_sense": _of("control", "sense"),
    "holder": _of("control", "holder"),
    "loser": _of("control", "loser"),
    "control_place": _of("control", "place"),
}
