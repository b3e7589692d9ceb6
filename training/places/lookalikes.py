"""Lists names of places that are far oftener something else: common words, names of persons, organisations.

Counted in the corpora that shipped data may be drawn from (Universal Dependencies, GUM, MEANTIME, NTREX, WikiANN).
Only words that are names in the gazetteer are kept, so the lists stay short.

    python training/places/lookalikes.py ../shared/data
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from relaas.knowledge.gazetteer import Gazetteer
from relaas.knowledge.names import key
from relaas.knowledge.toponyms import demonyms

TARGET = Path(__file__).parents[2] / "src/relaas/ontology/languages"
NTREX = {"nl": "newstest2019-ref.nld.txt", "en": "newstest2019-src.eng.txt"}


def main(data: Path) -> None:
    """Write one file a language."""
    gazetteer = Gazetteer.open()
    for language in ("nl", "en"):
        lower, openers = Counter[str](), Counter[str]()
        for words in _sentences(data, language):
            for place, word in enumerate(words):
                if word.islower():
                    lower[key(word)] += 1
                if place == 0 and word[:1].isupper() and len(words) > 3:
                    openers[key(word)] += 1
        labels = {label: Counter[str]() for label in ("PER", "ORG", "LOC")}
        for name in ("train.conllu", "val.conllu"):
            for word, label in _entities(data / "wikiann" / language / name):
                if label in labels:
                    labels[label][key(word)] += 1
        known = {word for word in {*lower, *labels["PER"], *labels["ORG"], *openers} if word and gazetteer.knows(word)}
        demonym = demonyms(language)
        words = sorted(w for w in known if lower[w] >= 1 and w not in demonym)
        persons = sorted(
            w for w in known if labels["PER"][w] >= 2 and labels["PER"][w] > 2 * labels["LOC"][w] and w not in words
        )
        bodies = sorted(
            w
            for w in known
            if labels["ORG"][w] >= 4 and labels["ORG"][w] > 4 * labels["LOC"][w] and w not in words and w not in persons
        )
        first = sorted(w for w, count in openers.items() if count >= 2 and lower[w] >= 1 and w not in words)
        lines = [
            "# Names of places that are far oftener something else; made by training/places/lookalikes.py.",
            'example: "Reading the news, Jackson met people from Target."'
            if language == "en"
            else 'example: "Er stond bij Jansen in de Straat van alles."',
        ]
        for group, found in (("words", words), ("persons", persons), ("organisations", bodies), ("openers", first)):
            lines.append(f"{group}: >-")
            lines.extend(_wrapped(found))
        (TARGET / language / "place_lookalikes.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(language, len(words), len(persons), len(bodies), len(first))


def _wrapped(words: list[str]) -> Iterator[str]:
    line = " "
    for word in words:
        if len(line) + len(word) > 140:
            yield line
            line = " "
        line += " " + word
    yield line


def _sentences(data: Path, language: str) -> Iterator[list[str]]:
    for line in (data / "ntrex" / NTREX[language]).read_text(encoding="utf-8").splitlines():
        yield re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", line)
    folder = data / ("ud-nl" if language == "nl" else "gum")
    for path in sorted(folder.glob("*.conllu")):
        words: list[str] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) > 3 and cells[0].isdigit():
                words.append(cells[1] if cells[3] != "PROPN" else cells[1].capitalize())
            elif not line and words:
                yield words
                words = []
    if language == "en":
        with (data / "meantime" / "train.conll.csv").open(encoding="utf-8") as stream:
            words = [row["token"] for row in csv.DictReader(stream) if "english" in row["topic/subtopic_name/doc"]]
        yield words


def _entities(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) == 3:
            yield cells[1], cells[2].partition("-")[2]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
