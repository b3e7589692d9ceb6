"""Lists what is wrong in a file of gold/places, one line a toponym, and the shares of right answers by kind.

python training/places/errors.py gold/places/nl.jsonl nl
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from relaas.evaluation.places import answers, read_sentences, right_answers


def main(path: Path, language: str) -> None:
    """Print the errors, then the figures."""
    sentences = read_sentences(path)
    total, right = Counter[str](), Counter[str]()
    for sentence in sentences:
        for gold, place, good in answers(sentence, language=language):
            total[gold.kind] += 1
            right[gold.kind] += good
            if not good:
                found = f"{place.name} ({place.kind}, {place.country}) at {place.lat}, {place.lon}"
                print(f"{sentence.id} {gold.toponym.text}: {gold.lat}, {gold.lon}; found {found}; {place.reason}")
    print(right_answers(sentences, language=language))
    print({kind: f"{right[kind]} of {count}" for kind, count in sorted(total.items())})


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
