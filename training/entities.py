"""Sentences with entities, every source in the project's five labels; what a source does not mark costs nothing instead
of counting as "no entity".

No source but the project's own knows ARM; WikiANN knows no MISC; GUM and MEANTIME mark noun phrases, of which only the
names are taken, and a capitalised word left over is unknown. Nationality adjectives and inhabitants are MISC in all of
them, by one list.
"""

from __future__ import annotations

import csv
import functools
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from relaas.evaluation.reader import Row, share
from samples import EVERY, Sample, bits

_WORDS = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text("utf-8"))
TITLES, LINKS, ARTICLES, TIMES = (frozenset(_WORDS[name].split()) for name in ("titles", "links", "articles", "times"))
FREE = bits("O", "B-ARM", "I-ARM")
THING = bits("B-MISC", "B-ARM"), bits("I-MISC", "I-ARM")
OPEN = FREE | bits("B-MISC", "I-MISC")
WORD = re.compile(r"\w+(?:[-'’.]\w+)*\.?|[^\w\s]")


@functools.cache
def demonyms() -> tuple[frozenset[str], frozenset[str]]:
    """Return the capitalised words that are MISC wherever they stand, and the names of countries that are LOC."""
    misc, places = set(), set()
    for line in Path(__file__).with_name("demonyms.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            _, nl_place, adjectives, people, en_place, english = line.split("\t")
            places.update(name.replace("_", " ") for name in (*nl_place.split(), *en_place.split()))
            for word in adjectives.split():
                misc.update(
                    (word, word + "e", re.sub(r"ees$", "eze", word), re.sub(r"([aeo])\1([nlr])s$", r"\1\2se", word))
                )
            for word in people.split():
                doubled = re.sub(r"([aeo])\1([nrldk])$", r"\1\2en", word)
                misc.update(
                    (
                        word,
                        word + "s",
                        word + "en",
                        word + "n",
                        doubled,
                        re.sub(r"([^aeiou])$", r"\1\1en", word),
                        word + "se",
                    )
                )
            for word in english.split():
                misc.update((word.replace("_", " "), word.replace("_", " ") + "s"))
    return frozenset(
        misc - places - {"Pers", "Est", "Let", "Fin", "Pool", "Noor", "Serf", "Slaaf", "Balkan", "Parijs", "Welsh"}
    ), frozenset(places)


def _capital(word: str) -> bool:
    return word[:1].isupper()


def spans_to_bits(size: int, spans: list[tuple[int, int, str]], free: int) -> list[int]:
    """Turn word spans (label `MISC?` = MISC or ARM) into label sets; what no span covers gets `free`."""
    marks = [free] * size
    for start, end, label in spans:
        for index in range(start, end):
            if label == "MISC?":
                marks[index] = THING[index > start]
            else:
                marks[index] = bits(("B-" if index == start else "I-") + label)
    return marks


def with_demonyms(words: list[str], marks: list[int], free: int) -> None:
    """Mark nationality words that stand outside every name as MISC, and leave other loose capitals inside the sentence
    unknown."""
    misc, _ = demonyms()
    for index, word in enumerate(words):
        if marks[index] == free and _capital(word):
            pair = f"{word} {words[index + 1]}" if index + 1 < len(words) else ""
            if pair in misc and marks[index + 1] == free:
                marks[index], marks[index + 1] = bits("B-MISC"), bits("I-MISC")
            elif word in misc:
                marks[index] = bits("B-MISC")
            elif word in TIMES:
                continue
            elif (
                index
                and words[index - 1] not in {".", ":", "''", '"', "“", "‘", "``", "-", "*", "?", "!"}
                and word != "I"
            ):
                marks[index] = EVERY
            elif index == 0:
                marks[index] = OPEN if free == OPEN else FREE | bits("B-MISC")


def wikiann(data: Path, language: str, number: int) -> list[Sample]:
    """Return the cleaner of the silver sentences: no lists, no bare titles, no half-marked names."""
    found: list[Sample] = []
    for order, (words, tags) in enumerate(_columns(data / "wikiann" / language / "train.conllu")):
        names = sum(tag != "O" for tag in tags)
        loose = sum(
            _capital(word) and tag == "O"
            for word, tag in list(zip(words, tags, strict=True))[1:]
            if word not in demonyms()[0]
        )
        if (
            len(words) < 6
            or len(words) > 60
            or names > 0.5 * len(words)
            or loose > 1
            or any(len(word) > 30 for word in words)
        ):
            continue
        if any(mark in words for mark in ("DOORVERWIJZING", "REDIRECT", "#", "'''", "**")) or words.count("''") % 2:
            continue
        if sum(not any(map(str.isalpha, word)) for word in words) > 0.35 * len(words):
            continue
        marks = [bits(tag) if tag != "O" else OPEN for tag in tags]
        for index, (word, tag) in enumerate(zip(words, tags, strict=True)):
            if tag.startswith("B-") and word in demonyms()[0] and not [*tags, "O"][index + 1].startswith("I-"):
                marks[index] = bits("B-MISC")
        with_demonyms(words, marks, OPEN)
        found.append(Sample(f"wikiann-{language}-{order}", "wikiann", language, words, _spaces(words), entities=marks))
    found.sort(key=lambda sample: share(sample.id, 1 << 30))
    return found[:number]


def _columns(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    for block in path.read_text("utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if "\t" in line]
        if rows:
            yield [row[1] for row in rows], [row[2] for row in rows]


def _spaces(words: list[str]) -> list[bool]:
    """Guess the spaces of a text that was given as words."""
    close, left = {".", ",", ";", ":", "!", "?", ")", "]", "»", "”", "%", "'s", "’s", "n't"}, {"(", "[", "«", "“"}
    return [not index or (word not in close and words[index - 1] not in left) for index, word in enumerate(words)]


GUM_TYPES = {
    "person": "PER",
    "organization": "ORG",
    "place": "LOC",
    "event": "MISC",
    "object": "MISC?",
    "abstract": "MISC",
    "animal": "MISC",
}


def gum(pairs: list[tuple[Sample, list[Row]]]) -> list[Sample]:
    """Put entities on GUM's sentences, from the names at the heads of its noun phrases."""
    open_: dict[str, tuple[int, str]] = {}
    for sample, rows in pairs:
        mentions: list[tuple[int, int, str]] = []
        if rows is pairs[0][1] or sample.id.endswith("-1"):
            open_.clear()
        stack = {key: (0, label) for key, (_, label) in open_.items()}
        for index, row in enumerate(rows):
            field = next((part[7:] for part in row[9].split("|") if part.startswith("Entity=")), "")
            for opening, _ in re.findall(r"\(([^()]+)\)?|([^()]+)\)", field):
                if opening:
                    key, kind = opening.split("-")[:2]
                    stack[key] = (index, kind)
            for closing in re.findall(r"\(?([^()]+)\)", field):
                key = closing.split("-")[0]
                if key in stack:
                    start, kind = stack.pop(key)
                    mentions.append((start, index + 1, kind))
        open_ = stack
        sample.entities = _gum_marks(rows, mentions)
    return [sample for sample, _ in pairs]


def _gum_marks(rows: list[Row], mentions: list[tuple[int, int, str]]) -> list[int]:
    words = [row[1] for row in rows]
    spans: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(mentions, key=lambda mention: (mention[0] - mention[1], mention)):
        heads = [i for i in range(start, end) if not start < int(rows[i][6]) <= end]
        label = GUM_TYPES.get(kind)
        if not heads or label is None or rows[heads[0]][3] != "PROPN" or not _capital(words[heads[0]]):
            continue
        begin = finish = heads[0]
        while begin > start and (rows[begin - 1][3] in {"PROPN", "NUM"} or words[begin - 1] in LINKS):
            begin -= 1
        while finish + 1 < end and (rows[finish + 1][3] in {"PROPN", "NUM"} or words[finish + 1] in LINKS):
            finish += 1
        skipped = TITLES | LINKS | ARTICLES if label == "PER" else LINKS | ARTICLES
        while begin < heads[0] and (words[begin].lower().strip(".") in skipped or not _capital(words[begin])):
            begin += 1
        while finish > heads[0] and not (
            _capital(words[finish]) or (words[finish][:1].isdigit() and label.startswith("MISC"))
        ):
            finish -= 1
        name = " ".join(words[begin : finish + 1])
        misc, places = demonyms()
        label = "LOC" if name in places else "MISC" if name in misc else label
        if not any(begin < other and mine <= finish for mine, other, _ in spans):
            spans.append((begin, finish + 1, label))
    marks = spans_to_bits(len(rows), spans, FREE)
    with_demonyms(words, marks, FREE)
    for index, row in enumerate(rows):
        if (
            marks[index] == FREE
            and row[3] == "PROPN"
            and not any(kind == "time" and a <= index < b for a, b, kind in mentions)
        ):
            marks[index] = EVERY
        elif marks[index] == EVERY and row[3] != "PROPN":
            marks[index] = FREE | bits("B-MISC", "I-MISC")
    return marks


def meantime(data: Path) -> list[Sample]:
    """Return MEANTIME's Dutch and English sentences of the annotated opening of each document, names only."""
    found: list[Sample] = []
    for part in ("train", "val"):
        with (data / "meantime" / f"{part}.conll.csv").open(encoding="utf-8", newline="") as stream:
            groups: dict[tuple[str, int], list[tuple[str, str]]] = {}
            for row in csv.reader(stream):
                if row[0] and "/" in row[1]:
                    groups.setdefault((row[1], int(row[2])), []).append((row[4], row[5]))
        for (document, number), rows in groups.items():
            language = {"dutch": "nl", "english": "en"}.get(re.sub(r"\d.*", "", document.rsplit("/", 1)[1]))
            if language and number <= 5:
                words = [word or '"' for word, _ in rows]
                marks = _meantime_marks(words, [reference for _, reference in rows])
                found.append(
                    Sample(f"meantime-{document}-{number}", "meantime", language, words, _spaces(words), entities=marks)
                )
    return found


def _meantime_marks(words: list[str], references: list[str]) -> list[int]:
    starts: dict[str, list[int]] = {}
    mentions: list[tuple[int, int, str]] = []
    for index, reference in enumerate(references):
        for part in reference.replace("|", " ").split():
            key = part.strip("()")
            if part.startswith("("):
                starts.setdefault(key, []).append(index)
            if part.endswith(")") and starts.get(key):
                mentions.append((starts[key].pop(), index + 1, key[:3]))
    spans: list[tuple[int, int, str]] = []
    misc, places = demonyms()
    for start, end, kind in sorted(mentions, key=lambda mention: (mention[1] - mention[0], mention)):
        label = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "PRO": "MISC?"}.get(kind)
        while start < end and words[start].lower().strip(".") in (ARTICLES | TITLES if kind == "PER" else ARTICLES):
            start += 1
        inner = words[start:end]
        if (
            label is None
            or not inner
            or len(inner) > 7
            or not (_capital(inner[0]) and (_capital(inner[-1]) or inner[-1][:1].isdigit()))
        ):
            continue
        if any(not (_capital(word) or word[:1].isdigit() or word in LINKS) for word in inner) or any(
            a < end and start < b for a, b, _ in spans
        ):
            continue
        name = " ".join(inner)
        spans.append((start, end, "LOC" if name in places else "MISC" if name in misc else label))
    marks = spans_to_bits(len(words), spans, FREE)
    with_demonyms(words, marks, FREE)
    return marks


def own(folder: Path, data: Path) -> list[Sample]:
    """Return the project's own sentences of the conflict domain, without those kept for testing (`test_*`), nor their
    translations."""
    barred = {row.get("text") or row["id"] for path in _tests(folder) for row in _rows(path)}
    found = []
    for path in sorted(folder.glob("own_*.jsonl")) + sorted(folder.glob("ntrex_*.jsonl")):
        kind, language = path.stem.split("_")[:2]
        for row in _rows(path):
            if row["id"] not in barred and row.get("text") not in barred:
                found.append(
                    marked(
                        f"{kind}-{language}-{row['id']}",
                        kind,
                        language,
                        row.get("text") or _ntrex(data, language)[row["id"]],
                        row["entities"],
                    )
                )
    return found


def tested(folder: Path, data: Path) -> list[Sample]:
    """Return the sentences kept for testing."""
    found = []
    for path in _tests(folder):
        language = path.stem.rsplit("_", 1)[1]
        for row in _rows(path):
            found.append(
                marked(
                    f"{path.stem}-{row['id']}",
                    path.stem,
                    language,
                    row.get("text") or _ntrex(data, language)[row["id"]],
                    row["entities"],
                )
            )
    return found


def _tests(folder: Path) -> list[Path]:
    return sorted((*folder.glob("test_own_*.jsonl"), *folder.glob("test_ntrex_*.jsonl")))


@functools.cache
def _ntrex(data: Path, language: str) -> list[str]:
    name = {"nl": "ref.nld", "en": "src.eng"}[language]
    return (data / "ntrex" / f"newstest2019-{name}.txt").read_text("utf-8").splitlines()


def _rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def marked(key: str, source: str, language: str, text: str, entities: list[dict]) -> Sample:
    """Cut a text into words so that no entity's edge falls inside one, and mark them."""
    edges = {entity[side] for entity in entities for side in ("start", "end")}
    words, spaced, starts = [], [], []
    for match in WORD.finditer(text):
        begin, end = match.span()
        if text[begin:end].endswith(".") and end == len(text.rstrip()) and end - begin > 1:
            end -= 1
        cuts = sorted(
            {begin, end, *(edge for edge in edges if begin < edge < end)}
            | ({match.end()} if match.end() > end else set())
        )
        for one, two in itertools.pairwise(cuts):
            words.append(text[one:two])
            spaced.append(one == 0 or text[one - 1].isspace())
            starts.append(one)
    spans = []
    for entity in entities:
        inside = [index for index, start in enumerate(starts) if entity["start"] <= start < entity["end"]]
        if inside:
            spans.append((inside[0], inside[-1] + 1, entity["label"]))
    return Sample(key, source, language, words, spaced, entities=spans_to_bits(len(words), spans, bits("O")))
