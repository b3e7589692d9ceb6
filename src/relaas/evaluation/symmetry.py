"""Side swap: the same text with other names must carry the same labels, but for the names.

Texts come from templates with slots, and from gold reports in which names are exchanged. A label of one rendering is
compared with that of another by where it stands between the names, so that longer names move nothing. Run ``python -m
relaas.evaluation.symmetry`` for all changes.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from relaas.errors import ReadError, RelaasError
from relaas.evaluation.gold import Gold
from relaas.evaluation.gold import load as load_gold
from relaas.evaluation.labelled import Labelled, from_claim
from relaas.evaluation.writing import flow
from relaas.pipeline import Pipeline
from relaas.readers.plain import PlainText
from relaas.readers.reader import Metadata, Options
from relaas.workflow import analyse

_SLOT = re.compile(r"\{(\w+)\}")
Place = tuple[int, int]
Plain = tuple[tuple[str, str], ...]
ASPECTS = ("labels", "places")
KNOWN_NAMES = frozenset({"swapped", "sides"})  # exchanges of names that the knowledge files may hold


@dataclass(frozen=True, slots=True)
class Rendering:
    """A text with the stretches it was put together from: (start, end, whether a name fills it)."""

    text: str
    pieces: tuple[tuple[int, int, bool], ...]

    def place(self, offset: int, *, end: bool = False) -> Place:
        """Where an offset stands: which stretch, and how far into it; in a name only its two ends are told apart."""
        for number, (start, stop, name) in enumerate(self.pieces):
            if (start < offset <= stop) if end else (start <= offset < stop):
                return number, ((1 if offset == stop else 0) if name else offset - start)
        return len(self.pieces), 0


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One text under several names; the first rendering is what the others are held against."""

    id: str
    language: str
    published: str
    renderings: Mapping[str, Rendering]


def rendered(template: str, names: Mapping[str, str]) -> Rendering:
    """A template with its slots filled."""
    return _joined([(slot, names[words] if slot else words) for slot, words in _cut(template, _SLOT)])


def exchanged(text: str, names: Mapping[str, str]) -> tuple[Rendering, Rendering]:
    """A text, and the text in which each of the names (whole words) is exchanged, all at once; both are cut at the
    same names.
    """
    pattern = re.compile(
        rf"(?<!\w)({'|'.join(re.escape(name) for name in sorted(names, key=len, reverse=True))})(?!\w)"
    )
    parts = list(_cut(text, pattern))
    return _joined(parts), _joined([(slot, names[words] if slot else words) for slot, words in parts])


def _cut(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[bool, str]]:
    """The stretches of a text, in turn between the matches and the matches themselves, those marked True."""
    at = 0
    for match in pattern.finditer(text):
        yield False, text[at : match.start()]
        yield True, match[1]
        at = match.end()
    yield False, text[at:]


def _joined(parts: Sequence[tuple[bool, str]]) -> Rendering:
    text, pieces = "", []
    for name, words in parts:
        pieces.append((len(text), len(text) + len(words), name))
        text += words
    return Rendering(text, tuple(pieces))


def claims(rendering: Rendering, case: Case, pipeline: Pipeline) -> list[Labelled]:
    """What the pipeline finds in one rendering; raises ReadError where the text cannot be read."""
    options = Options(Metadata(published=case.published, language=case.language))
    document = PlainText().read(rendering.text.encode(), f"{case.id}.txt", options)
    return [from_claim(claim) for claim in analyse(pipeline, document).claims]


def labels(rendering: Rendering, found: Sequence[Labelled], *, known: bool) -> list[Plain]:
    """The labels of every claim without the names in them.

    The kind of a source that is a bare name rests on who bears it, so it counts only where the names of both texts
    are ``known``.
    """
    return sorted(_plain(rendering, claim, known) for claim in found)


def _plain(rendering: Rendering, claim: Labelled, known: bool) -> Plain:
    found, start, end = claim.labels, claim.quote.start, claim.quote.end
    source, event, time, verification = (found[key] or {} for key in ("source", "event", "time", "verification"))
    places = sorted((str(_where(rendering, each)), each["use"], each["inherited"]) for each in found["places"])
    numbers = [
        tuple(str(each[key]) for key in ("value", "low", "high", "bound", "unit")) for each in found["quantities"]
    ]
    actors = [len(event.get(key, ())) for key in ("actors", "recipients")]
    return (
        ("quote", str((rendering.place(start), rendering.place(end, end=True)))),
        ("evidence", found["evidence"]),
        ("certainty", found["certainty"]),
        ("topic", found["topic"]),
        ("source", str((bool(source), _where(rendering, source), len(source.get("via", ()))))),
        ("kind", str(source.get("kind")) if known or not _bare_name(rendering, source) else "by its name"),
        ("verification", str((bool(verification), verification.get("scope")))),
        ("event", str((event.get("type"), event.get("mode"), *actors))),
        ("time", str(time.get("edtf"))),
        ("places", str(places)),
        ("quantities", str(numbers)),
    )


def _bare_name(rendering: Rendering, source: Mapping[str, Any]) -> bool:
    """Whether a source is named by nothing but one of the exchanged names, or by words of another sentence."""
    if source.get("start") is None:
        return True
    return any(name and start <= source["start"] and source["end"] <= stop for start, stop, name in rendering.pieces)


def _where(rendering: Rendering, record: Mapping[str, Any]) -> tuple[Place, Place] | None:
    if record.get("start") is None:
        return None
    return rendering.place(record["start"]), rendering.place(record["end"], end=True)


def changes(case: Case, pipeline: Pipeline) -> Iterator[str]:
    """A sentence for each label that changed with the names, claim by claim."""
    (first, original), *others = case.renderings.items()
    try:
        expected = claims(original, case, pipeline)
    except ReadError as error:
        yield f"{case.id}, {first}: {error}"
        return
    for name, rendering in others:
        try:
            found = claims(rendering, case, pipeline)
        except ReadError as error:
            yield f"{case.id}, {name}: {error}"
            continue
        known = name in KNOWN_NAMES
        for fault in _differences(labels(original, expected, known=known), labels(rendering, found, known=known)):
            yield f"{case.id}, {name}: {fault}"


def _differences(expected: Sequence[Plain], found: Sequence[Plain]) -> Iterator[str]:
    theirs = {claim[0]: claim for claim in found}
    for claim in expected:
        other = theirs.pop(claim[0], None)
        if other is None:
            yield f"the claim at {claim[0][1]} ({claim[1][1]}, {claim[3][1]}) is gone"
            continue
        for (key, one), (_, two) in zip(claim[1:], other[1:], strict=True):
            if one != two:
                yield f"{key} of the claim at {claim[0][1]}: {one} became {two}"
    yield from (f"a claim at {claim[0][1]} ({claim[1][1]}, {claim[3][1]}) came up" for claim in theirs.values())


def from_templates(path: Path) -> Iterator[Case]:
    """The cases of a file of templates: each under its seen names, with sides, people and places exchanged, and under
    unseen names.
    """
    for language, data in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        seen, swap = data["names"]["seen"], data["swap"]
        names = {"seen": seen, "swapped": {slot: seen[swap.get(slot, slot)] for slot in seen}}
        names |= {key: each for key, each in data["names"].items() if key != "seen"}
        for row in data["templates"]:
            renderings = {key: rendered(row["text"], each) for key, each in names.items()}
            yield Case(f"{language}.{row['id']}", language, str(row["published"]), renderings)


def from_gold(golds: Sequence[Gold], path: Path) -> Iterator[Case]:
    """The gold reports with the sides that they tell of exchanged, and with unseen people and places: a case for each
    exchange.
    """
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    for gold in golds:
        body = gold.document.text[gold.document.body.start :].strip()
        exchanges = {"people": _people(gold, data), "places": _places(gold, data)}
        for number, pairs in enumerate(data["sides"].get(gold.language, ()), 1):
            exchanges[f"sides-{number}"] = {one: other for pair in pairs for one, other in (pair, pair[::-1])}
        for key, names in exchanges.items():
            if names and (texts := exchanged(body, names))[0].text != texts[1].text:
                renderings = {"as written": texts[0], key.split("-")[0]: texts[1]}
                yield Case(f"{gold.name}.{key}", gold.language, gold.document.published or "", renderings)


def _people(gold: Gold, data: Mapping[str, Any]) -> dict[str, str]:
    """Full names of sources with an unseen name each, and their last names with its last name."""
    found: dict[str, str] = {}
    known = sorted({claim.labels["source"]["name"] for claim in gold.claims if claim.labels["source"]})
    full = [
        name for name in known if re.fullmatch(r"[^\W\d_a-z]\w+ [^\W\d_a-z][\w-]+", name) and name in gold.document.text
    ]
    for name, other in zip(full, data["people"]):
        found |= {name: other, name.split()[-1]: other.split()[-1]}
    return found


def _places(gold: Gold, data: Mapping[str, Any]) -> dict[str, str]:
    """Towns that the gold names, an unseen name each; countries and their parts stay, their names are not towns'."""
    words = {place["text"] for claim in gold.claims for place in claim.labels["places"] if place.get("text")}
    plain = sorted(
        word for word in words if re.fullmatch(r"[^\W\d_a-z][\w’'-]+", word) and word not in data["no towns"]
    )
    return dict(zip(plain, data["places"]))


def by_aspect(faults: Sequence[str]) -> dict[str, list[str]]:
    """The changes of a text in two: of places, which lean on what the gazetteer knows of a name, and of all other
    labels.
    """
    found: dict[str, list[str]] = {aspect: [] for aspect in ASPECTS}
    for fault in faults:
        found["places" if fault.split(": ", 1)[1].startswith("places of") else "labels"].append(fault)
    return found


def _write(path: Path, wrong: Mapping[str, Sequence[str]]) -> None:
    """The file of known changes: what changes in each text and aspect; a reason that somebody wrote in its place is
    kept.
    """
    reasons = (yaml.safe_load(path.read_text(encoding="utf-8")) or {}) if path.exists() else {}
    lines = ["# Texts in which a label is known to change with the names, with what changes or the reason for it.\n"]
    for name, faults in sorted(wrong.items()):
        for aspect, found in by_aspect(faults).items():
            if found:
                what = "; ".join(fault.split(": ", 1)[1] for fault in found)
                lines.append(f"{name}/{aspect}: {flow(reasons.get(f'{name}/{aspect}') or what)}\n")
    path.write_text("".join(lines), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """List all changes; 1 when there are any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--templates", type=Path, default=Path("tests/symmetry/templates.yaml"))
    parser.add_argument("--names", type=Path, default=Path("tests/symmetry/names.yaml"))
    parser.add_argument("--gold", type=Path, default=Path("gold/dev"))
    parser.add_argument(
        "--write", type=Path, help="write the texts that change, with their changes, into this file of known changes"
    )
    options = parser.parse_args(arguments)
    try:
        pipeline = import_module("relaas.recipes").pipeline()
        cases = [*from_templates(options.templates), *from_gold(load_gold(options.gold), options.names)]
        wrong = {case.id: list(changes(case, pipeline)) for case in cases}
    except RelaasError as error:
        print(error, file=sys.stderr)
        return 2
    for lines in wrong.values():
        print("\n".join(lines), end="\n" if lines else "")
    if options.write:
        _write(options.write, wrong)
    print(f"{sum(not lines for lines in wrong.values())} of {len(wrong)} texts keep every label")
    return 1 if any(wrong.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
