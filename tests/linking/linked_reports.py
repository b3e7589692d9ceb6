"""Reports made by hand that speak of the same things, for linking without a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from handmade import RUN, claim, document, figure, said, time
from relaas.linkage import link
from relaas.model.claim import Claim
from relaas.model.document import Document
from relaas.model.place import Place
from relaas.queries.casualties import casualties
from relaas.queries.conditions import conditions
from relaas.queries.control import control
from relaas.queries.picture import Picture, picture
from relaas.store.store import Store
from relaas.store.view import Filter

KARAMA = Place("Karama", "Karama", 11, "populated place", "location", False, 15.0, 32.0, 4.0, None, None, "SD")
SAFRA = Place("Safra", "Safra", 12, "populated place", "location", False, 12.0, 29.0, 4.0, None, None, "SD")


@dataclass(frozen=True)
class Made:
    """A report with its claims."""

    report: Document
    claims: tuple[Claim, ...]


def made(name: str, publisher: str, published: str, *told: tuple[str, dict[str, Any]]) -> Made:
    """A report of one sentence a claim."""
    text = " ".join(f"{quote}." for quote, _ in told)
    report = document(text, name=f"{name}.txt", publisher=publisher, published=published)
    return Made(report, tuple(claim(report, quote, **labels) for quote, labels in told))


def attributed(name: str, kind: str = "military", **more: Any) -> dict[str, Any]:
    """Labels of what a source says about Karama."""
    return {"evidence": "attributed", "source": said(name, kind), "places": (KARAMA,)} | more


def reports() -> list[Made]:
    """A town taken, copied, denied, withdrawn and taken again; a toll that rises and one that is mended; power that is out and back."""
    toll = {"topic": "casualties"}
    return [
        made(
            "wire", "Wire", "2023-05-01",
            ("The army captured the town of Karama", attributed("army")),
            ("at least 12 people were killed in Karama", attributed("hospital", "organisation", quantities=(figure("at least 12", 12, ">="),), **toll)),
            ("Power in Karama has been cut off", {"places": (KARAMA,), "topic": "services"}),
        ),
        made(
            "copy", "Gazette", "2023-05-02",
            ("The army captured the town of Karama", attributed("army")),
            ("at least 12 people were killed in Karama", attributed("hospital", "organisation", quantities=(figure("at least 12", 12, ">="),), **toll)),
        ),
        made(
            "denial", "Herald", "2023-05-02",
            ("The army captured the town of Karama", attributed("militia", "armed_group", certainty="CT-")),
            ("15 people were killed in Karama", attributed("hospital", "organisation", quantities=(figure("15", 15, cumulative=True),), **toll)),
        ),
        made(
            "back", "Wire", "2023-05-04",
            ("The army has retracted its claim that it captured the town of Karama", attributed("army")),
            ("Power in Karama has been restored", {"places": (KARAMA,), "topic": "services"}),
        ),
        made(
            "later", "Courier", "2023-05-20",
            ("The army captured the town of Karama on Friday", attributed("army", time=time("on Friday", "2023-05-19", "2023-05-19", "2023-05-19"))),
            ("The army captured the town of Safra", attributed("army", places=(SAFRA,))),
        ),
    ]  # fmt: skip


def keep_all(store: Store, some: Sequence[Made]) -> None:
    """Put reports in the record as reading would, without linking them."""
    for one in some:
        with store.writer() as writer:
            settled = writer.add_document(one.report, one.report.text.encode())
            quotes = [each.quote.of(one.report.text) for each in one.claims]
            writer.add_reading(settled, RUN, one.claims, quotes, [])


def pictured(store: Store, *, as_known: int | None = None) -> Picture:
    """The whole record as known on a day."""
    with store.view() as view:
        return picture(view, Filter(as_known=as_known))


def ledger(store: Store) -> str:
    """Every row of every ledger, every link and every state, as characters."""
    whole = pictured(store)
    rows = [row.to_json() for rows in (control(whole), casualties(whole), conditions(whole)) for row in rows]
    states = [
        (cluster.id, cluster.claims, cluster.primaries, whole.histories[cluster.id]) for cluster in whole.clusters
    ]
    return "\n".join(map(repr, [*rows, *whole.links, *states]))


def linked(store: Store, batches: Sequence[Sequence[Made]]) -> str:
    """The ledger after reading and linking batch after batch."""
    for batch in batches:
        keep_all(store, batch)
        link(store)
    return ledger(store)
