"""Reviewed claims as gold: for each report its text and a label file, as the gold set keeps them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from relaas.evaluation.writing import labels_file
from relaas.store.view import Filter, View

Claim = Mapping[str, Any]
# The labels of the guide; what only the pipeline needs (coordinates, reasons) is no label of a person's.
PLACE = ("text", "start", "end", "name", "use", "inherited")
TIME = ("text", "start", "end", "edtf")
SOURCE = ("name", "text", "start", "end", "kind", "via")


def label_files(view: View, wanted: Filter) -> Iterator[tuple[str, str, str]]:
    """For each report with accepted claims a name, its text and its label file, in the order of the record.

    Offsets count the text's characters, so that the pair reads as gold wherever the text is kept as it is.
    """
    used: set[str] = set()
    statuses = view.statuses()
    for id, claims in groupby(view.claims(wanted), key=lambda claim: str(claim["document"]["id"])):
        document = view.document(id)
        if document is not None:
            name = _free(document.name, used)
            yield name, document.text, _labels(list(claims), statuses[id])


def _labels(claims: list[Claim], statuses: Mapping[str, int]) -> str:
    document = claims[0]["document"]
    notes = {key: document[key] for key in ("language", "published", "publisher")}
    notes |= {"reviewed": statuses.get("accepted", 0) + statuses.get("rejected", 0)}
    notes |= {"waiting": statuses.get("unreviewed", 0)}
    return labels_file(notes, (), (_row(claim) for claim in claims))


def _row(claim: Claim) -> dict[str, Any]:
    quote = claim["quote"]
    return {
        "quote": quote["exact"],
        "start": quote["start"],
        "end": quote["end"],
        "source": _kept(claim["source"], SOURCE),
        **{key: claim[key] for key in ("evidence", "verification", "certainty", "topic", "event")},
        "time": _kept(claim["time"], TIME),
        "places": [_kept(place, PLACE) for place in claim["places"]],
        "quantities": claim["quantities"],
    }


def _kept(label: Mapping[str, Any] | None, keys: Iterable[str]) -> dict[str, Any] | None:
    return None if label is None else {key: label[key] for key in keys}


def _free(name: str, used: set[str]) -> str:
    """A file's name for a report, the same whatever else the record holds under other names."""
    stem = re.sub(r"[^\w.-]+", "_", name.rpartition(".")[0] or name).strip("._")[:80] or "report"
    found, number = stem, 1
    while found in used:
        number += 1
        found = f"{stem}_{number}"
    used.add(found)
    return found
