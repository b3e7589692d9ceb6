"""Print every figure of the model card: `python evaluate.py --data … --entities … [--weights …]`; needs no torch."""

from __future__ import annotations

import argparse
import json
import resource
import time
from pathlib import Path

import entities
from relaas.evaluation import reader as measure
from relaas.reading.reader import Reader
from samples import LABELS, Sample


def gold(sample: Sample) -> measure.Gold:
    """A marked sentence as the measuring code wants it."""
    spans: list[tuple[int, int, str]] = []
    for index, mark in enumerate(sample.entities or ()):
        side, _, label = LABELS[mark.bit_length() - 1].partition("-")
        if side == "B":
            spans.append((index, index + 1, label))
        elif side == "I":
            spans[-1] = (spans[-1][0], index + 1, label)
    return measure.Gold(sample.language, sample.words, sample.spaced, [], [], [], [], spans)


def main() -> None:
    """Measure what is asked for, everything by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--entities", type=Path, required=True)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only", choices=("trees", "entities", "retrieval", "speed"), action="append")
    options = parser.parse_args()
    wanted = options.only or ["trees", "entities", "retrieval", "speed"]
    begun = time.perf_counter()
    reader = Reader.open(threads=options.threads, weights=options.weights)
    reader.read(measure.tokens("nl", ["Ja."]))
    print(f"open and first sentence: {time.perf_counter() - begun:.2f} s")
    if "trees" in wanted:
        for name, sentences in (("nl", measure.dutch(options.data)), ("en", measure.english(options.data))):
            print(name, {key: round(value, 4) for key, value in measure.trees(reader, sentences).items()})
    if "entities" in wanted:
        tested = entities.tested(options.entities, options.data)
        for source in sorted({sample.source for sample in tested}):
            scores = measure.entities(reader, [gold(sample) for sample in tested if sample.source == source])
            print(source, json.dumps({label: [round(number, 3) for number in row] for label, row in scores.items()}))
        print(
            "all",
            json.dumps(
                {
                    label: [round(number, 3) for number in row]
                    for label, row in measure.entities(reader, [gold(sample) for sample in tested]).items()
                }
            ),
        )
    if "speed" in wanted:
        print(f"words a second: {measure.speed(reader, options.data):.0f}")
    if "retrieval" in wanted:
        print({pair: round(value, 4) for pair, value in measure.retrieval(reader, options.data).items()})
    print(f"resident at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
