"""The sieve lets through every pair that comes to a link, and comes to the same in any company."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from linked_reports import keep_all, reports

from relaas.linking.comparison import compared
from relaas.linking.facts import facts_of
from relaas.linking.linker import links, score
from relaas.linking.overlap import sets_of, shared
from relaas.linking.report import LENGTH, Report, likeness, report_of
from relaas.linking.sieve import Held, Sieve
from relaas.linking.weights import Weights
from relaas.store.linking import LinkStore
from relaas.store.store import Store


def held(folder: Path, sieve: Sieve) -> list[Held]:
    """The handmade reports with vectors of their own, ready to be compared."""
    with Store.open(str(folder / "sieve.db")) as store:
        keep_all(store, reports())
        with store.view() as view:
            base = LinkStore(view.connection, "none")
            told = [(id, facts_of(base.claims(number), {})) for number, id in base.unlinked()]
    chance = np.random.default_rng(3)
    centre = sieve.weights.centre
    width = 8 if centre is None else len(centre)
    rows = [{one.row: chance.normal(size=width).astype(np.float32) for one in facts} for _, facts in told]
    return [sieve.hold(report_of(id, facts, each, centre)) for (id, facts), each in zip(told, rows, strict=True)]


def test_every_pair_that_scores_is_found(tmp_path: Path) -> None:
    """What the sieve drops scores too low for any link, by the features as they are worked out pair by pair."""
    sieve = Sieve(Weights.shipped())
    whole = held(tmp_path, sieve)
    for one in whole:
        for other in whole:
            if one is other:
                continue
            kept = {(pair.mine, pair.theirs) for pair in sieve.pairs(one, [other])}
            near = likeness(one.report, [other.report])
            for i, mine in enumerate(one.report.facts):
                for j, theirs in enumerate(other.report.facts):
                    values = (float(each[i, j]) for each in (near.cosine, near.specific, near.rank))
                    chance = score(compared(mine, theirs, *values), sieve.weights)
                    assert chance < sieve.weights.proposed or (i, j) in kept


def test_links_are_the_same_one_by_one_and_all_at_once(tmp_path: Path) -> None:
    """Which other reports are compared at the time changes no link."""
    sieve = Sieve(Weights.shipped())
    whole = held(tmp_path, sieve)
    others = [(one, [other for other in whole if other is not one]) for one in whole]
    together = [link for one, rest in others for _, link in links(one, rest, sieve)]
    alone = [link for one, rest in others for other in rest for _, link in links(one, [other], sieve)]
    assert together
    assert sorted(together, key=repr) == sorted(alone, key=repr)


def test_likeness_is_exact_in_any_company() -> None:
    """Vectors are whole numbers, so that a product does not hang on how many are worked out at once."""
    chance = np.random.default_rng(1)
    rows = [{at: chance.normal(size=384).astype(np.float32) for at in range(size)} for size in (3, 70, 5)]
    made = [_bare(number, row) for number, row in enumerate(rows)]
    whole = likeness(made[0], made[1:])
    first = likeness(made[0], [made[1]])
    assert np.array_equal(whole.cosine[:, :70], first.cosine)
    assert np.array_equal(whole.specific[:, :70], first.specific)
    assert np.array_equal(whole.rank[:, :70], first.rank)
    back = likeness(made[1], [made[0]])
    assert np.array_equal(back.specific.T, first.specific)
    assert np.array_equal(back.rank.T, first.rank)


def test_shared_members_are_counted() -> None:
    """Words count by what they are, empty sets share nothing."""
    some, others = sets_of([{"a", "b"}, set[str]()]), sets_of([{"b", "c"}, {"a", "b", "d"}, set[str]()])
    assert shared(some, others).tolist() == [[1, 2, 0], [0, 0, 0]]


def _bare(number: int, rows: dict[int, np.ndarray]) -> Report:  # type: ignore[type-arg]
    """A report of vectors alone."""
    vectors = np.stack([np.rint(row * (LENGTH / np.linalg.norm(row))) for row in rows.values()]).astype(np.float32)
    return Report(str(number), tuple([None] * len(rows)), vectors)  # type: ignore[arg-type]
