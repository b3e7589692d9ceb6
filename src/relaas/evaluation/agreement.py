"""Agreement of two people who labelled the same texts: Cohen's kappa and Krippendorff's alpha per field.

Run ``python -m relaas.evaluation.agreement FOLDER_A FOLDER_B``. Claims are paired one to one by their quotes; how
well the two agree on what is a claim at all stands beside the rest, as F1.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from relaas.errors import GoldError, RelaasError
from relaas.evaluation.fields import ALL, DETAILS
from relaas.evaluation.gold import Gold, load
from relaas.evaluation.labelled import Labelled
from relaas.evaluation.matching import core, likeness, one_to_one

Couple = tuple[Labelled | None, Labelled | None]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of one field: the share labelled alike, and the share beyond chance by two measures; ``count`` claims were
    labelled by both.
    """

    count: int
    observed: float
    kappa: float
    alpha: float


def both(first: Path, second: Path) -> list[tuple[Gold, Gold]]:
    """The reports that both folders label; raises GoldError where they share none or a text is not the same."""
    others = {gold.name: gold for gold in load(second)}
    shared = [(gold, others[gold.name]) for gold in load(first) if gold.name in others]
    if not shared:
        raise GoldError(f"{first} and {second} have no report in common")
    for one, other in shared:
        if one.document.text != other.document.text:
            raise GoldError(f"{one.name}: the two labellings are of different texts")
    return shared


def couples(one: Gold, other: Gold) -> list[Couple]:
    """Each claim of one labelling with its partner in the other, in the order of the text; None where there is no
    partner.
    """
    partners = one_to_one(one.document.text, one.claims, other.claims)
    found: list[Couple] = [
        (claim, None if index is None else other.claims[index])
        for claim, index in zip(one.claims, partners, strict=True)
    ]
    taken = set(partners)
    found += [(None, claim) for index, claim in enumerate(other.claims) if index not in taken]
    return sorted(found, key=lambda couple: next((each.quote.start, each.quote.end) for each in couple if each))


def agreement(units: Sequence[tuple[Hashable, Hashable]]) -> Agreement:
    """Both measures over pairs of nominal labels; 1 where nothing could differ as one label was used throughout."""
    count = len(units)
    same = sum(one == other for one, other in units)
    if not count:
        return Agreement(0, 1.0, 1.0, 1.0)
    first, second = Counter(one for one, _ in units), Counter(other for _, other in units)
    chance = sum(first[label] * second[label] for label in first) / count**2
    pooled, whole = first + second, 2 * count
    expected = 1 - sum(number * (number - 1) for number in pooled.values()) / (whole * (whole - 1))
    observed = same / count
    kappa = 1.0 if chance == 1 else (observed - chance) / (1 - chance)
    alpha = 1.0 if expected == 0 else 1 - (1 - observed) / expected
    return Agreement(count, observed, kappa, alpha)


def by_field(pairs: Sequence[tuple[Gold, Gold]]) -> dict[str, Agreement]:
    """Agreement per field over the claims that both have."""
    shared = [couple for one, other in pairs for couple in couples(one, other)]
    found = {}
    for name, value in ALL.items():
        found[name] = agreement(
            [(value(a.labels), value(b.labels)) for a, b in shared if a is not None and b is not None]
        )
    return found


def splitting(pairs: Sequence[tuple[Gold, Gold]]) -> tuple[float, float]:
    """F1 of finding the same claims, and the share of shared claims whose quotes are the same but for their edges."""
    claims = alike = matched = 0
    for one, other in pairs:
        text = one.document.text
        claims += len(one.claims) + len(other.claims)
        for a, b in couples(one, other):
            if a is not None and b is not None:
                matched += 1
                alike += likeness(core(text, a.quote), core(text, b.quote)) == 1.0
    return (2 * matched / claims if claims else 1.0), (alike / matched if matched else 1.0)


def table(pairs: Sequence[tuple[Gold, Gold]]) -> Iterator[str]:
    """The figures for people."""
    score, alike = splitting(pairs)
    yield f"{len(pairs)} reports; claims found by both: F1 {score:.3f}; of these with the same quote: {alike:.3f}"
    yield f"{'field':18}{'claims':>8}{'same':>8}{'kappa':>8}{'alpha':>8}"
    for name, figure in by_field(pairs).items():
        detail = "  " if name in DETAILS else ""
        yield f"{detail + name:18}{figure.count:8}{figure.observed:8.3f}{figure.kappa:8.3f}{figure.alpha:8.3f}"


def as_json(pairs: Sequence[tuple[Gold, Gold]]) -> str:
    """The figures for a file."""
    score, alike = splitting(pairs)
    rows = {
        name: {
            "claims": each.count,
            "same": round(each.observed, 4),
            "kappa": round(each.kappa, 4),
            "alpha": round(each.alpha, 4),
        }
        for name, each in by_field(pairs).items()
    }
    return json.dumps(
        {"reports": len(pairs), "claims F1": round(score, 4), "same quote": round(alike, 4), "fields": rows}, indent=1
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the agreement of two folders."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    try:
        pairs = both(options.first, options.second)
        print(as_json(pairs) if options.json else "\n".join(table(pairs)))
    except RelaasError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
