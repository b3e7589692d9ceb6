"""The figures of an evaluation as text: a table per field, per label, per group, and the errors one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from relaas.evaluation.fields import ALL, DETAILS, FIELDS, LABELLED, SETS, shown
from relaas.evaluation.metrics import Comparison, Pair, confusion, label_scores
from relaas.text import collapse

Figures = Mapping[str, float]


def overview(ours: Figures, baseline: Figures | None, comparison: Comparison) -> Iterator[str]:
    """The summary, the fields, the labels and the groups."""
    reports = {pair.gold.name for pair in comparison.aligned}
    predicted = sum(comparison.predicted.values())
    taken = predicted - len(comparison.surplus)
    yield f"{len(comparison.aligned)} gold claims in {len(reports)} reports; {predicted} predicted, {taken} paired."
    yield ""
    heads = ["measure", *_groups(ours, comparison), *(["baseline"] if baseline else [])]
    names = ["fields", "strict", "overlap", "claims/recall", "claims/precision"]
    yield from _rows("Summary", heads, names, ours, baseline)
    yield from _rows("Fields, aligned by sentence", heads, list(FIELDS), ours, baseline)
    yield from _rows("Fields, strict", heads, [f"strict/{name}" for name in FIELDS], ours, baseline)
    names = [*DETAILS, *(f"{name}/F1" for name in SETS), *(f"{name}/macro-F1" for name in LABELLED)]
    yield from _rows("In detail, aligned by sentence", heads, names, ours, baseline)
    yield from labels(comparison)


def _groups(ours: Figures, comparison: Comparison) -> list[str]:
    languages = sorted({pair.gold.language for pair in comparison.aligned})
    styles = sorted({pair.gold.style for pair in comparison.aligned})
    return ["all", *(languages if len(languages) > 1 else []), *(styles if len(styles) > 1 else [])]


def _rows(
    title: str, heads: Sequence[str], names: Iterable[str], ours: Figures, baseline: Figures | None
) -> Iterator[str]:
    yield f"{title:28}" + "".join(f"{head[:10]:>11}" for head in heads[1:])
    for name in names:
        cells = [ours.get(f"{head}/{name}") for head in heads[1:] if head != "baseline"]
        if baseline:
            cells.append(baseline.get(f"all/{name}"))
        yield f"{name:28}" + "".join(f"{'–' if cell is None else f'{cell:.3f}':>11}" for cell in cells)
    yield ""


def labels(comparison: Comparison) -> Iterator[str]:
    """F1 per label with how many gold claims carry it."""
    for name in LABELLED:
        cells = [
            f"{label} {score:.2f} ({count})" for label, (score, count) in label_scores(comparison.aligned, name).items()
        ]
        yield f"F1 per {name}: " + "  ".join(cells)
    yield ""


def confusions(comparison: Comparison, name: str) -> Iterator[str]:
    """Which labels were taken for which, the commonest first."""
    table = confusion(comparison.aligned, name)
    wrong = sorted(
        ((count, gold, found) for (gold, found), count in table.items() if gold != found),
        key=lambda row: (-row[0], row[1:]),
    )
    yield f"Confusions of {name}:"
    yield from (f"  {count:3}  {gold} → {found}" for count, gold, found in wrong)


def errors(comparison: Comparison, wanted: Sequence[str], *, strict: bool = False) -> Iterator[str]:
    """Every gold claim with a wanted field wrong: its sentence, both quotes, what was expected, what was found, and
    the cue for it.
    """
    number = 0
    for pair in comparison.strict if strict else comparison.aligned:
        wrong = [name for name in wanted if not pair.right(name)]
        if not wrong:
            continue
        number += 1
        yield from _error(number, pair, wrong)
    yield f"{number} claims with an error in {', '.join(wanted)}."


def _error(number: int, pair: Pair, wrong: Sequence[str]) -> Iterator[str]:
    text, gold = pair.gold.document.text, pair.gold
    yield f"[{number}] {gold.name} at {pair.claim.quote.start} ({gold.language}, {gold.document.published})"
    yield f"  sentence  {collapse(pair.claim.sentence.of(text))}"
    yield f"  gold      {collapse(pair.claim.quote.of(text))}"
    if pair.found is None:
        yield "  found     no claim"
        yield ""
        return
    if pair.found.quote != pair.claim.quote:
        yield f"  found     {collapse(pair.found.quote.of(text))}"
    for name in wrong:
        value = ALL[name]
        expected, got = shown(value(pair.claim.labels)), shown(value(pair.found.labels))
        yield f"  {name:10}{expected} → {got}{_cue(pair, name)}"
    yield ""


def _cue(pair: Pair, name: str) -> str:
    """The rule and the words that set a field, as recorded when it was set."""
    assert pair.found is not None
    text, base = (
        pair.gold.document.text,
        {"kind": "source", "via": "source", "days": "time", "mode": "event"}.get(name, name),
    )
    if base.endswith("places"):
        base = "places"
    cue = pair.found.cues.get(name) or pair.found.cues.get(base)
    if cue is None:
        return ""
    words = ", ".join(f"“{collapse(span.of(text))}”" for span in cue[1])
    return f"    [{cue[0]}{': ' + words if words else ''}]"


def surplus(comparison: Comparison) -> Iterator[str]:
    """Predicted claims that no gold claim took."""
    for gold, claim in comparison.surplus:
        labels = " ".join(str(claim.labels[name]) for name in ("evidence", "certainty", "topic"))
        yield f"{gold.name} at {claim.quote.start}: {labels}: {collapse(claim.quote.of(gold.document.text))}"
