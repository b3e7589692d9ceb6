"""Lists what two labellers disagree on, side by side for a third reader, and merges the decisions into the final
labels.

Run ``python -m relaas.evaluation.adjudication list A B DECISIONS``, fill in every ``decide:`` of the files written
there, then ``python -m relaas.evaluation.adjudication merge A B DECISIONS FINAL``. A file that is there is never
overwritten by ``list``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from relaas.errors import GoldError, RelaasError
from relaas.evaluation.agreement import both, couples
from relaas.evaluation.checking import KEPT, check
from relaas.evaluation.fields import ALL
from relaas.evaluation.gold import Gold, around, raw
from relaas.evaluation.labelled import Labelled
from relaas.evaluation.matching import core
from relaas.evaluation.writing import authoring_quote, entry, flow, labels_file
from relaas.model.span import Span
from relaas.text import collapse, occurrences

OPEN = "TODO"
# What is decided as one: a record of the label file, with the values by which two such records are compared.
RECORDS: dict[str, tuple[str, ...]] = {
    "source": ("source", "kind", "via"),
    "evidence": ("evidence",),
    "verification": ("verification",),
    "certainty": ("certainty",),
    "topic": ("topic",),
    "event": ("event", "mode"),
    "time": ("time",),
    "places": ("own places", "inherited places"),
    "quantities": ("quantities",),
}
HEADER = """\
# Disagreements on {name}. Fill in every `decide: TODO`.
# fields: decide is `a`, `b`, or the right value itself (a label, null, or a record in the form of the two).
#         `drop: true` beside `at:` leaves the claim out altogether.
# only:   a claim that one labeller has; decide is `keep` or `drop`, and the claim may be edited where it stands.
# add:    claims that neither has, in the authoring form (quote, nth, source, evidence, …).
# why:    one line, where it teaches something for the guide.
"""


def differences(one: Labelled, other: Labelled, text: str) -> list[str]:
    """The records of two labellings of a claim that differ; the quotes count without their edges."""
    found = ["quote"] if core(text, one.quote) != core(text, other.quote) else []
    return found + [
        record
        for record, names in RECORDS.items()
        if any(ALL[name](one.labels) != ALL[name](other.labels) for name in names)
    ]


def side_by_side(one: Gold, other: Gold) -> str:
    """The file of open decisions for one report."""
    text = one.document.text
    lines = [HEADER.format(name=one.name) + f"report: {one.name}", "pairs:"]
    for a, b in couples(one, other):
        if a is not None and b is not None and (wrong := differences(a, b, text)):
            lines.extend(_pair(text, a, b, wrong))
    lines.append("only:")
    for a, b in couples(one, other):
        claim = a or b
        if claim is not None and (a is None or b is None):
            lines.extend(_only(text, claim, "b" if a is None else "a"))
    return "\n".join([*lines, "add: []"]) + "\n"


def _pair(text: str, one: Labelled, other: Labelled, wrong: Sequence[str]) -> Iterator[str]:
    sides = {record: (_record(text, one, record), _record(text, other, record)) for record in wrong}
    yield from entry({"at": one.quote.start, "sentence": collapse(one.sentence.of(text))}, ("at", "sentence"))
    if "quote" not in wrong:
        yield f"    quote: {flow(one.quote.of(text))}"
    yield "    fields:"
    for record, (a, b) in sides.items():
        yield f"      - field: {record}"
        yield f"        a: {flow(a)}"
        yield f"        b: {flow(b)}"
        yield f"        decide: {OPEN}"
    yield "    why:"


def _only(text: str, claim: Labelled, side: str) -> Iterator[str]:
    yield from entry(
        {"at": claim.quote.start, "in": side, "sentence": collapse(claim.sentence.of(text))}, ("at", "in", "sentence")
    )
    yield "    claim:"
    row = {**authoring_quote(text, claim.quote), **{record: _record(text, claim, record) for record in RECORDS}}
    yield from (f"      {key}: {flow(value)}" for key, value in row.items())
    yield f"    decide: {OPEN}"
    yield "    why:"


def _record(text: str, claim: Labelled, record: str) -> Any:
    """A record as the authoring form has it: without the offsets that reading added."""
    if record == "quote":
        return claim.quote.of(text)
    return _bare(claim.labels.get(record))


def _bare(value: Any) -> Any:
    if isinstance(value, list):
        return [_bare(each) for each in value]
    if isinstance(value, dict):
        return {key: each for key, each in value.items() if key not in ("start", "end")}
    return value


def merge(one: Gold, other: Gold, decisions: Mapping[str, Any]) -> str:
    """The final label file in the authoring form; raises GoldError naming the first decision that is open or has no
    meaning.
    """
    text = one.document.text
    pairs = list(decisions.get("pairs") or ())
    rows: list[dict[str, Any]] = []
    for a, b in couples(one, other):
        if a is not None and b is not None and (row := _decided(text, a, b, pairs, one.name)):
            rows.append(row)
    only = decisions.get("only") or ()
    rows += [dict(row["claim"]) for row in only if _verdict(row, "keep", "drop", name=one.name) == "keep"]
    rows += [dict(row) for row in decisions.get("add") or ()]
    placed = sorted(
        ((_start(text, row, one.name), row) for row in rows), key=lambda pair: (pair[0], -len(pair[1]["quote"]))
    )
    spans = [Span(start, start + len(row["quote"])) for start, row in placed]
    notes = {key: raw(one.path).get(key) for key in KEPT}
    return labels_file(notes, _none(one, other, spans), (row for _, row in placed))


def _decided(text: str, one: Labelled, other: Labelled, pairs: list[Any], name: str) -> dict[str, Any] | None:
    """One claim that both have, with what was decided on it; ``pairs`` are the decisions not yet used, in the order
    of the text.
    """
    row = {**authoring_quote(text, one.quote), **{record: _record(text, one, record) for record in RECORDS}}
    wrong = differences(one, other, text)
    if not wrong:
        return row
    decision: dict[str, Any] = next((each for each in pairs if each["at"] == one.quote.start), {"fields": []})
    given = {each["field"]: each for each in decision.get("fields") or ()}
    if decision.get("drop"):
        pairs.remove(decision)
        return None
    if missing := [record for record in wrong if record not in given]:
        raise GoldError(f"{name}: no decision on {', '.join(missing)} of {row['quote']!r}; write the list anew")
    pairs.remove(decision)
    for record in wrong:
        verdict = _verdict(given[record], name=name)
        side = {"a": one, "b": other}.get(verdict) if isinstance(verdict, str) else None
        if record == "quote":
            row.pop("nth", None)
            row.update(authoring_quote(text, side.quote) if side else _free_quote(text, verdict, one, name))
        else:
            row[record] = _record(text, side, record) if side else verdict
    return row


def _free_quote(text: str, words: str, near: Labelled, name: str) -> dict[str, Any]:
    starts = occurrences(text, words)
    if not starts:
        raise GoldError(f"{name}: the decided quote {words!r} is not in the text")
    start = min(starts, key=lambda at: abs(at - near.quote.start))
    return authoring_quote(text, Span(start, start + len(words)))


def _verdict(row: Mapping[str, Any], *allowed: str, name: str) -> Any:
    verdict = row.get("decide", OPEN)
    if verdict == OPEN or (allowed and verdict not in allowed):
        where = row.get("sentence") or f"{row.get('field')}: {row.get('a')} or {row.get('b')}"
        raise GoldError(
            f"{name}: still to be decided: {where}"
            if verdict == OPEN
            else f"{name}: {verdict!r} is no decision for {where}"
        )
    return verdict


def _start(text: str, row: Mapping[str, Any], name: str) -> int:
    starts, nth = occurrences(text, row["quote"]), row.get("nth") or 1
    if len(starts) < nth:
        raise GoldError(f"{name}: {row['quote']!r} occurs {len(starts)} times, not {nth}")
    return starts[nth - 1]


def _none(one: Gold, other: Gold, claims: Sequence[Span]) -> list[dict[str, Any]]:
    """Stretches that either labeller set aside, unless a final claim stands in the same sentence; one entry a
    stretch.
    """
    text, kept = one.document.text, dict[Span, str]()
    for span, why in sorted([*one.none, *other.none]):
        taken = any(claim.overlaps(around(one.sentences, span)) for claim in claims)
        if not taken and not any(span.overlaps(earlier) for earlier in kept):
            kept[span] = why
    rows = []
    for span, why in kept.items():
        row = authoring_quote(text, span)
        rows.append({"text": row["quote"], **({"nth": row["nth"]} if "nth" in row else {}), "why": why})
    return rows


def _list(options: argparse.Namespace) -> None:
    options.decisions.mkdir(parents=True, exist_ok=True)
    for one, other in both(options.first, options.second):
        path = options.decisions / f"{one.name}.decide.yaml"
        if path.exists():
            print(f"{path.name} is there already and is left as it is")
            continue
        path.write_text(side_by_side(one, other), encoding="utf-8")
        print(f"{path.name}: {path.read_text(encoding='utf-8').count(f'decide: {OPEN}') - 1} decisions")


def _merge(options: argparse.Namespace) -> None:
    options.final.mkdir(parents=True, exist_ok=True)
    for one, other in both(options.first, options.second):
        path = options.decisions / f"{one.name}.decide.yaml"
        if not path.exists():
            raise GoldError(f"{path.name} is missing; run list first")
        merged = merge(one, other, yaml.safe_load(path.read_text(encoding="utf-8")))
        (options.final / f"{one.name}.yaml").write_text(merged, encoding="utf-8")
        print(f"{one.name}.yaml: {merged.count('- quote:')} claims")


def _check(options: argparse.Namespace) -> None:
    if found := list(check(options.folder)):
        raise GoldError("\n".join(found))
    print("no faults")


def main(arguments: Sequence[str] | None = None) -> int:
    """List the disagreements, or merge what was decided."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True)
    for name, action in (("list", _list), ("merge", _merge)):
        command = commands.add_parser(name)
        for argument in ("first", "second", "decisions", *(["final"] if name == "merge" else [])):
            command.add_argument(argument, type=Path)
        command.set_defaults(action=action)
    checker = commands.add_parser("check")
    checker.add_argument("folder", type=Path)
    checker.set_defaults(action=_check)
    options = parser.parse_args(arguments)
    try:
        options.action(options)
    except RelaasError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
