"""Compares rows of the control and casualty ledgers with the labelled rows of stories."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from relaas.evaluation.edtf import days
from relaas.evaluation.telling import Told
from relaas.knowledge.gazetteer import Gazetteer
from relaas.linking.names import meet, parts
from relaas.queries.casualties import casualties
from relaas.queries.control import control
from relaas.queries.picture import iso
from relaas.queries.rows import CasualtyRow, ControlRow
from relaas.text import folded

Row = Mapping[str, Any]


def control_scores(told: Sequence[Told]) -> dict[str, float]:
    """Labelled rows that are right over all (``rows``), found rows on the labelled claims that are (``precision``), and the share of each field."""
    return _scores(told, "control", lambda one: control(one.picture), CONTROL)


def casualty_scores(told: Sequence[Told]) -> dict[str, float]:
    """The same for casualties."""
    return _scores(told, "casualties", lambda one: casualties(one.picture), CASUALTIES)


def same_name(gold: str | None, found: str | None) -> bool:
    """Whether two names are one: without case, accents and articles, one may hold the other."""
    if gold is None or found is None:
        return gold is None and found is None
    return meet(parts(gold), parts(found)) or folded(gold) in folded(found) or folded(found) in folded(gold)


def _same_place(gold: str, row: ControlRow) -> bool:
    """By name, or as another name that the gazetteer has for it."""
    if folded(gold) == folded(row.place) or same_name(gold, row.place):
        return True
    known = Gazetteer.open().candidates(gold, "en") if row.geonameid else ()
    return any(candidate.entry.geonameid == row.geonameid for candidate in known)


def _party(gold: Row, key: str, found: str | None) -> bool:
    """A party by name; of what is denied, a label that names none asks for none."""
    wanted = gold.get(key)
    return same_name(wanted, found) or (wanted is None and bool(gold.get("denied")))


def _same_days(gold: Row, row: ControlRow) -> bool:
    """Whether the days meet; a label without a time of its own asks for none."""
    if gold.get("at") is None:
        return row.edtf is None or row.earliest is None or (iso(row.earliest) or "") <= str(gold["known"])
    first, last = days(str(gold["at"]))
    since, until = iso(row.earliest), iso(row.latest)
    if row.edtf is None:
        return False
    return (last is None or since is None or since <= last) and (first is None or until is None or first <= until)


def _number(gold: float | None, found: float | None) -> bool:
    return (gold is None and found is None) or (gold is not None and found is not None and float(gold) == float(found))


CONTROL: Mapping[str, Callable[[Row, Any], bool]] = {
    "place": lambda gold, row: _same_place(gold["place"], row),
    "holder": lambda gold, row: _party(gold, "holder", row.holder),
    "loser": lambda gold, row: _party(gold, "loser", row.loser),
    "by": lambda gold, row: same_name(gold.get("by"), row.by),
    "sense": lambda gold, row: gold["sense"] == row.sense,
    "denied": lambda gold, row: bool(gold.get("denied")) == row.denied,
    "claimant": lambda gold, row: same_name(gold["claimant"], row.claimant),
    "days": _same_days,
}
CASUALTIES: Mapping[str, Callable[[Row, CasualtyRow], bool]] = {
    "role": lambda gold, row: gold["role"] == row.role,
    "side": lambda gold, row: same_name(gold["side"], row.side),
    "claimant": lambda gold, row: same_name(gold["claimant"], row.claimant),
    "low": lambda gold, row: _number(gold["low"], row.low),
    "best": lambda gold, row: _number(gold["best"], row.best),
    "high": lambda gold, row: _number(gold["high"], row.high),
    "kind": lambda gold, row: gold["kind"] == row.kind,
}


def _scores(
    told: Sequence[Told],
    section: str,
    ledger: Callable[[Told], Sequence[Any]],
    fields: Mapping[str, Callable[[Row, Any], bool]],
) -> dict[str, float]:
    """Each labelled row beside the found row that shares a claim with it and has most fields right."""
    total = right = found = good = 0
    each = dict.fromkeys(fields, 0)
    for one in told:
        rows = ledger(one)
        labelled = set(one.found.values())
        taken: set[int] = set()
        for gold in getattr(one.story, section):
            total += 1
            wanted = {one.found[key] for key in gold["claims"] if key in one.found}
            mine = [
                (sum(same(gold, row) for same in fields.values()), -at)
                for at, row in enumerate(rows)
                if wanted & set(row.claims) and at not in taken
            ]
            if not mine:
                continue
            at = -max(mine)[1]
            verdicts = {name: same(gold, rows[at]) for name, same in fields.items()}
            for name, verdict in verdicts.items():
                each[name] += verdict
            if all(verdicts.values()):
                right += 1
                taken.add(at)
        good += len(taken)
        found += sum(bool(labelled & set(row.claims)) for row in rows)
    shares = {name: count / total if total else 1.0 for name, count in each.items()}
    return {"rows": right / total if total else 1.0, "precision": good / found if found else 1.0} | shares
