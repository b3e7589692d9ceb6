"""Labelled dispatches as training sentences: what every word is part of (`TELLINGS`).

Two forms are read: one claim a line (`gold/train/README.md`), and the gold's own YAML. Words and sentences are the pipeline's own.
"""

from __future__ import annotations

import dataclasses
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from relaas.evaluation.gold import load as load_gold
from relaas.model.document import Document
from relaas.model.span import Span
from relaas.pipeline import Pipeline
from relaas.reading.tellings import CUT, TELLINGS, VOICE
from relaas.recipes import steps
from relaas.steps.claims import SPEAKING
from relaas.steps.step import Analysis, Part
from samples import Sample

NONE = -100
COLUMNS = ("quote", "source", "kind", "evidence", "certainty", "topic", "sentence")
READ = frozenset({"passages", "words", "sentences", "syntax", "entities"})
LABELLED = ("topic", "evidence", "certainty", "event")
LATER, EIGHTH = 200, 8
SWAPPED = frozenset({"PER", "ORG", "LOC", "MISC"})
PSEUDO = 0.3
"""How often a name makes way for one that nobody bears."""
Pools = dict[tuple[str, str, int], list[list[str]]]
"""Names to choose from, by language, label and how many words they have."""
_ONSETS, _RIMES = (
    [
        "b",
        "d",
        "f",
        "g",
        "h",
        "j",
        "k",
        "l",
        "m",
        "n",
        "p",
        "r",
        "s",
        "t",
        "v",
        "z",
        "br",
        "dr",
        "kr",
        "sh",
        "tr",
        "st",
    ],
    ["a", "e", "i", "o", "u", "aan", "el", "ir", "or", "un", "ash", "ev", "il", "om", "as", "ek"],
)


@dataclass
class Told:
    """One claim of a dispatch: where its quote and its sentence begin, and its labels; None where a label is not known."""

    quote: Span
    labels: dict[str, str | None]
    source: str | None = None
    source_span: Span | None = None
    cue: str | None = None


@dataclass
class Dispatch:
    """A labelled report."""

    name: str
    document: Document
    claims: list[Told] = field(default_factory=list)
    cut: bool = True
    """Whether its quotes say where claims begin and end."""
    compact: bool = True
    """Whether it is in the form with one claim a line."""
    voiced: bool = True
    """Whether cues are marked, so that an unmarked word is surely none."""


def is_kept_apart(name: str) -> bool:
    """Whether a report is kept from the reading model for the judges: every eighth of the later ones."""
    number = name.rpartition("_")[2]
    return number.isdigit() and int(number) > LATER and int(number) % EIGHTH == 0


def dispatches(folders: Sequence[Path]) -> Iterator[Dispatch]:
    """The reports of folders in either form."""
    for folder in folders:
        if any(folder.glob("*.yaml")):
            for gold in load_gold(folder):
                claims = [
                    Told(
                        one.quote,
                        {name: _label(name, one.labels.get(name)) for name in LABELLED},
                        source_span=_source_span(one.labels.get("source")),
                        source=(one.labels.get("source") or {}).get("name") if one.labels.get("source") else None,
                    )
                    for one in gold.claims
                ]
                yield Dispatch(gold.name, gold.document, claims, compact=False, voiced=False)
        else:
            yield from (compact(path) for path in sorted(folder.glob("*.txt")))


def _label(name: str, value: object) -> str | None:
    if name == "event":
        return str(value["type"]) if isinstance(value, dict) else "none"
    return None if value is None else str(value)


def _source_span(source: object) -> Span | None:
    if isinstance(source, dict) and source.get("start") is not None:
        return Span(source["start"], source["end"])
    return None


@dataclass
class Written:
    """A report in the form with one claim a line: each row by its columns, and where its sentence begins and ends in the text."""

    columns: tuple[str, ...] = COLUMNS
    published: str | None = None
    title: str = ""
    text: str = ""
    rows: list[tuple[dict[str, str], int, int]] = field(default_factory=list)


def written(path: Path, *, titled: bool = False) -> Written:
    """Read the form with one claim a line; with ``titled`` the first heading is the report's title and no part of its text."""
    found, at = Written(), 0
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# published:"):
            found.published = line.split(":", 1)[1].strip()
        elif line.startswith("# columns:"):
            found.columns = tuple(line.split(":", 1)[1].split())
        elif line.startswith("#h ") and titled and not found.title:
            found.title = line[3:].strip()
        elif line.startswith("#h "):
            found.text += ("\n\n" if found.text.strip() else "") + line[3:].strip() + "\n\n"
        elif line.strip() == "¶":
            found.text = found.text.rstrip() + "\n\n"
        elif line.count("\t") >= len(found.columns) - 1:
            row = dict(zip(found.columns, line.split("\t"), strict=False))
            sentence = row["sentence"].strip()
            if sentence not in {'"', "", found.text[at:]}:
                found.text += ("" if not found.text or found.text.endswith("\n") else " ") + sentence
                at = len(found.text) - len(sentence)
            found.rows.append((row, at, len(found.text)))
    return found


def compact(path: Path) -> Dispatch:
    """A report with one claim a line; what its header does not name among the columns is not known."""
    report = written(path)
    text = report.text
    document = Document(
        path.stem, path.stem, path.stem, text, Span(0, len(text)), published=report.published, language=path.stem[:2]
    )
    only_topics = path.parent.name == "topics"
    found = Dispatch(path.stem, document, cut=not only_topics, voiced="cue" in report.columns)
    for row, start, end in report.rows:
        if row["quote"] in {"-", ""}:
            continue
        place = text.find(row["quote"], start, end)
        if place < 0:
            print(f"{path.name}: {row['quote']!r} is not in its sentence")
            continue
        told = Told(Span(place, place + len(row["quote"])), {})
        for name in LABELLED:
            value = row.get(name, "").split("/")[0]
            known = value and not (only_topics and name != "topic") and (value != "-" or name == "event")
            told.labels[name] = ("none" if value == "-" else value) if known and name in row else None
        told.source = row.get("source") if row.get("source") not in {"-", None} and not only_topics else None
        told.cue = row.get("cue") if row.get("cue") not in {"-", None} else None
        found.claims.append(told)
    return found


def samples(folders: Sequence[Path]) -> list[Sample]:
    """Every body sentence of the folders' reports with what its words tell, and its names for swapping."""
    pipeline, found = Pipeline([step for step in steps() if step.name in READ]), []
    for dispatch in dispatches(folders):
        if is_kept_apart(dispatch.name):
            continue
        analysis = pipeline.run(dispatch.document)
        for part, sentence in analysis.sentences():
            if part.passage.kind in SPEAKING:
                sample = _sample(dispatch, analysis, part, sentence.index, sentence.span)
                if sample is not None:
                    found.append(sample)
    return found


def _sample(dispatch: Dispatch, analysis: Analysis, part: Part, index: int, span: Span) -> Sample | None:
    tokens = [token for token in part.tokens(span) if not token.is_space]
    claims = [one for one in dispatch.claims if one.quote.overlaps(span)]
    if not tokens or not (claims or dispatch.cut):
        return None
    places = [(part.starts[token.i], part.ends[token.i]) for token in tokens]
    tellings = {name: [NONE] * len(tokens) for name in TELLINGS}
    _labels(dispatch, claims, places, tellings)
    _voices(dispatch, analysis, span, claims, places, tellings["voice"])
    names = [
        (inside[0], inside[-1] + 1, entity.label)
        for entity in analysis.entities
        if entity.label in SWAPPED
        and (
            inside := [
                n for n, (start, end) in enumerate(places) if entity.span.start <= start and end <= entity.span.end
            ]
        )
    ]
    return Sample(
        f"{dispatch.name}/{index}", "told", part.passage.language if part.passage.language in {"nl", "en"} else "nl",
        [token.text for token in tokens],
        [n == 0 or places[n - 1][1] < start for n, (start, _) in enumerate(places)],
        scheme={"nl": 0, "en": 1}.get(part.passage.language, 0),
        keep_vector=False, tellings=tellings, names=names,
    )  # fmt: skip


def _labels(
    dispatch: Dispatch, claims: Sequence[Told], places: Sequence[tuple[int, int]], tellings: dict[str, list[int]]
) -> None:
    """The labels of the shortest claim that covers a word; where claims begin and go on."""
    if dispatch.cut:
        tellings["cut"] = [CUT.index("O")] * len(places)
    for one in sorted(claims, key=lambda claim: -len(claim.quote)):
        inside = [n for n, (start, end) in enumerate(places) if one.quote.start <= start and end <= one.quote.end]
        for order, n in enumerate(inside):
            for name in LABELLED:
                value = one.labels.get(name)
                tellings[name][n] = TELLINGS[name].index(value) if value in TELLINGS[name] else NONE
            if dispatch.cut:
                tellings["cut"][n] = CUT.index("B" if order == 0 else "I")


def _voices(
    dispatch: Dispatch,
    analysis: Analysis,
    span: Span,
    claims: Sequence[Told],
    places: Sequence[tuple[int, int]],
    row: list[int],
) -> None:
    """Where a source's and a cue's words stand; a sentence whose source cannot be found in it says nothing of its other words."""
    if not dispatch.cut:
        return
    text, quoted = analysis.text, [one.quote for one in claims]
    spans: list[tuple[Span, str]] = []
    sure = dispatch.voiced
    for one in claims:
        if one.source_span is not None or one.source:
            source = one.source_span or _found(text, span, one.source or "", quoted)
            if source is None:
                sure = False
            elif span.contains(source):
                spans.append((source, "SRC"))
        if one.cue and (cue := _found(text, span, one.cue, ())) is not None:
            spans.append((cue, "CUE"))
    for n, (start, end) in enumerate(places):
        inside = any(quote.start <= start and end <= quote.end for quote in quoted)
        row[n] = VOICE.index("O") if sure or inside else NONE
    for one_span, label in spans:
        inside_span = [n for n, (start, end) in enumerate(places) if one_span.start <= start and end <= one_span.end]
        for order, n in enumerate(inside_span):
            row[n] = VOICE.index(f"{'B' if order == 0 else 'I'}-{label}")


def _found(text: str, span: Span, words: str, without: Sequence[Span]) -> Span | None:
    """The first place of the words in a sentence, outside quotes where it can be."""
    found = [
        Span(span.start + match.start(), span.start + match.end())
        for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text[span.start : span.end], re.IGNORECASE)
    ]
    outside = [one for one in found if not any(quote.overlaps(one) for quote in without)]
    return next(iter(outside or found), None)


def swapped(told: Sequence[Sample], rng: random.Random) -> list[Sample]:
    """The sentences with other names in place of theirs, as many words each: labels must not rest on who is named."""
    pools: Pools = {}
    for sample in told:
        for start, end, label in sample.names:
            pools.setdefault((sample.language, label, end - start), []).append(sample.words[start:end])
    return [_swap(sample, pools, rng) for sample in told]


def _swap(sample: Sample, pools: Pools, rng: random.Random) -> Sample:
    words, given = list(sample.words), dict[tuple[str, ...], list[str]]()
    for start, end, label in sample.names:
        old = sample.words[start:end]
        words[start:end] = given.setdefault(
            tuple(old), _other(old, label, pools[sample.language, label, end - start], rng)
        )
    return dataclasses.replace(sample, words=words)


def _other(old: Sequence[str], label: str, pool: Sequence[list[str]], rng: random.Random) -> list[str]:
    if rng.random() < PSEUDO and label != "MISC":
        return [
            "".join(rng.choice(_ONSETS) + rng.choice(_RIMES) for _ in range(rng.choice((2, 2, 3)))).capitalize()
            for _ in old
        ]
    return list(rng.choice(pool))
