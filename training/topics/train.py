"""Train the topic heads on labelled dispatches.

    python training/topics/train.py --told gold/train/reports gold/train/topics --held gold/dev --out src/relaas/propositions/topic_weights.npz

`--told` folders are trained on, `--held` folders are only scored: each gold claim against the clause that covers its quote best.
Cross-validation is by report.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from examples import LABELS, Report
from examples import reports as read
from solve import Settings, Table, fit_first, fit_second

from relaas.propositions.topic_model import HEADS, TopicModel, features, softmax, surroundings

FOLDS = 5


class Heads:
    """Both heads over a set of reports, each report's first chances coming from a head that never saw it."""

    def __init__(self, reports: Sequence[Report], settings: Settings) -> None:
        self.reports, self.settings = reports, settings
        self.tables = [Table.of(report) for report in reports]
        self.seen = self._unseen_chances()

    def _unseen_chances(self) -> list[np.ndarray]:
        found: list[np.ndarray] = [np.zeros((0, len(LABELS)), np.float32)] * len(self.reports)
        for fold in range(FOLDS):
            model = self.first([i for i in range(len(self.reports)) if i % FOLDS != fold])
            for i in range(fold, len(self.reports), FOLDS):
                found[i] = model.first(self.reports[i].units, features(self.reports[i].units))
        return found

    def first(self, chosen: Sequence[int]) -> TopicModel:
        """A model whose first head is fitted on the chosen reports; its second sees nothing but the clause."""
        return fit_first([self.tables[i] for i in chosen], self.settings)

    def second(self, chosen: Sequence[int]) -> np.ndarray:
        """The second head, fitted on what first heads said of reports that they had not seen."""
        rows = [
            (surroundings(self.reports[i].units, self.seen[i]), self.reports[i].labels)
            for i in chosen
            if self.reports[i].units
        ]
        return fit_second(
            np.concatenate([row[0] for row in rows]), np.concatenate([row[1] for row in rows]), self.settings
        )

    def model(self) -> TopicModel:
        """Both heads fitted on everything."""
        model = self.first(range(len(self.reports)))
        model.around = self.second(range(len(self.reports)))
        return model

    def crossed(self) -> tuple[float, float]:
        """Accuracy over gold claims of the first head and of both, each report held out in turn."""
        plain, both = [], []
        for fold in range(FOLDS):
            around = self.second([i for i in range(len(self.reports)) if i % FOLDS != fold])
            for i in range(fold, len(self.reports), FOLDS):
                report = self.reports[i]
                if report.units:
                    plain += report.scored(self.seen[i])
                    both += report.scored(softmax(surroundings(report.units, self.seen[i]) @ around))
        return float(np.mean(plain)), float(np.mean(both))


def held_accuracy(model: TopicModel, reports: Sequence[Report]) -> str:
    """Accuracy over the gold claims of reports not trained on, and how it rises with the probability asked for."""
    right: list[bool] = []
    sure: list[float] = []
    first: list[bool] = []
    for report in reports:
        found = features(report.units)
        chances = model.chances(report.units, found)
        right += report.scored(chances)
        first += report.scored(model.first(report.units, found))
        sure += report.certainty(chances)
    hits, levels = np.array(right), np.array(sure)
    steps = ", ".join(
        f"p≥{at:.1f}: {hits[levels >= at].mean():.2f} of {int((levels >= at).sum())}"
        for at in (0.3, 0.4, 0.5, 0.6, 0.8)
        if (levels >= at).any()
    )
    return f"first head {np.mean(first):.3f}, both {hits.mean():.3f} ({steps})"


def write(model: TopicModel, path: Path) -> None:
    """Save the heads in half precision."""
    half = {name: getattr(model, name).astype(np.float16) for name in HEADS}
    np.savez_compressed(path, labels=np.array(LABELS), sharpness=np.float32(model.sharpness), **half)
    print(f"{path}: {path.stat().st_size:,} bytes")


def main() -> None:
    """Read, cross-validate, fit, score, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("told", "held"):
        parser.add_argument(f"--{name}", type=Path, nargs="*", default=[], help="folders of labelled dispatches")
    parser.add_argument("--out", type=Path)
    parser.add_argument(
        "--kept", type=Path, help="keep the reports as read in this file, or take them from it where it is there"
    )
    parser.add_argument("--decay", type=float, default=Settings.decay)
    options = parser.parse_args()
    if options.kept and options.kept.exists():
        reports, held = pickle.loads(options.kept.read_bytes())
    else:
        reports, held = read(options.told), read(options.held)
        if options.kept:
            options.kept.write_bytes(pickle.dumps((reports, held)))
    heads = Heads(reports, Settings(decay=options.decay))
    plain, both = heads.crossed()
    print(
        f"{len(reports)} reports, {sum(len(report.claims) for report in reports)} claims; cross-validated: first head {plain:.3f}, both {both:.3f}"
    )
    model = heads.model()
    if held:
        print(f"held out, {sum(len(report.claims) for report in held)} claims: {held_accuracy(model, held)}")
    if options.out:
        write(model, options.out)


if __name__ == "__main__":
    main()
