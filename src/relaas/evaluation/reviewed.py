"""What review came to, as gold: for each report its text and a label file, as the gold set keeps them, and links as in its stories."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from relaas.evaluation.writing import authoring_quote, flow, labels_file
from relaas.model.span import Span
from relaas.queries.link_review import judged_links
from relaas.store.view import Filter, View

Claim = Mapping[str, Any]
# The labels of the guide; what only the pipeline needs (coordinates, reasons) is no label of a person's.
PLACE = ("text", "start", "end", "name", "use", "inherited")
TIME = ("text", "start", "end", "edtf")
SOURCE = ("name", "text", "start", "end", "kind", "via")


def files(view: View, wanted: Filter) -> Iterator[tuple[str, str]]:
    """Everything that review exports, as names of files and what is in them: texts and labels of accepted claims, and what was decided about links."""
    names: dict[str, str] = {}
    for name, text, labels in label_files(view, wanted, names):
        yield f"{name}.txt", text
        yield f"{name}.yaml", labels
    yield from _link_files(view, names)


def label_files(view: View, wanted: Filter, names: dict[str, str] | None = None) -> Iterator[tuple[str, str, str]]:
    """For each report with accepted claims a name, its text and its label file, in the order of the record; ``names`` is filled with the names by
    document.

    Offsets count the text's characters, so that the pair reads as gold wherever the text is kept as it is.
    """
    names = {} if names is None else names
    statuses = view.statuses()
    for id, claims in groupby(view.claims(wanted), key=lambda claim: str(claim["document"]["id"])):
        document = view.document(id)
        if document is not None:
            name = names[id] = _free(document.name, names.values())
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
        "control": claim.get("control"),
        "time": _kept(claim["time"], TIME),
        "places": [_kept(place, PLACE) for place in claim["places"]],
        "quantities": claim["quantities"],
    }


def _kept(label: Mapping[str, Any] | None, keys: Iterable[str]) -> dict[str, Any] | None:
    return None if label is None else {key: label[key] for key in keys}


def _link_files(view: View, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The links that hold in the form of a story (those that were rejected under ``unlinked``), every judgement as it was kept, and the texts that both
    speak of and that are not there yet; nothing where nobody judged a link.
    """
    rows = judged_links(view)
    if not rows:
        return
    claims: dict[str, Claim] = {}
    for row in rows:
        claims |= {row[side]: row[f"{side}_claim"] for side in ("one", "other") if row[f"{side}_claim"] is not None}
    texts: dict[str, str] = {}
    for claim in claims.values():
        id = claim["document"]["id"]
        if id not in texts:
            document = view.document(id)
            assert document is not None
            texts[id] = document.text
            if id not in names:
                names[id] = _free(document.name, names.values())
                yield f"{names[id]}.txt", document.text
    yield "story.yaml", _story(rows, claims, texts, names)
    yield "link_judgements.jsonl", "".join(f"{json.dumps(_told(row), ensure_ascii=False)}\n" for row in rows)


def _story(
    rows: Sequence[Mapping[str, Any]], claims: Mapping[str, Claim], texts: Mapping[str, str], names: Mapping[str, str]
) -> str:
    holding = [row for row in rows if row["holds"]]
    kept = dict.fromkeys(row[side] for row in holding for side in ("one", "other"))
    lines = ["claims:"] if kept else ["claims: {}"]
    for id in kept:
        quote, document = claims[id]["quote"], claims[id]["document"]["id"]
        found = authoring_quote(texts[document], Span(quote["start"], quote["end"]))
        lines.append(f"  {flow(id)}: {flow({'report': names[document]} | found)}")
    for section, verdict in (("links", "accepted"), ("unlinked", "rejected")):
        own = [row for row in holding if row["verdict"] == verdict]
        lines.append(f"{section}:" if own else f"{section}: []")
        lines += [f"  - {flow({'type': row['type'], 'claims': [row['one'], row['other']]})}" for row in own]
    return "\n".join(lines) + "\n"


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    """A judgement of a link as it is stored, and whether the link rests on it."""
    return {key: value for key, value in row.items() if not key.endswith("_claim")}


def _free(name: str, used: Collection[str]) -> str:
    """A file's name for a report, the same whatever else the record holds under other names."""
    stem = re.sub(r"[^\w.-]+", "_", name.rpartition(".")[0] or name).strip("._")[:80] or "report"
    found, number = stem, 1
    while found in used:
        number += 1
        found = f"{stem}_{number}"
    return found
