"""The ledgers hang on the reports alone: not on the order of reading, not on batches, not on when linking was done."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from linked_reports import Made, keep_all, ledger, linked, pictured, reports

from relaas.linkage import link
from relaas.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Callable[[], Store]:
    """New empty stores."""
    count = iter(range(10_000))
    return lambda: Store.open(str(tmp_path / f"{next(count)}.db"))


def test_a_hundred_orders_give_the_same_ledger(store: Callable[[], Store]) -> None:
    """Every row, link and state is the same, byte for byte, whatever was read first."""
    chance, whole = random.Random(7), reports()
    with store() as one:
        first = linked(one, [whole])
    assert "retraction" in first
    assert "update" in first
    for _ in range(100):
        shuffled = chance.sample(whole, len(whole))
        with store() as other:
            assert linked(other, [shuffled]) == first


def test_any_cut_into_batches_gives_the_same_ledger(store: Callable[[], Store]) -> None:
    """Linking after each report, after some, or once at the end comes to the same."""
    whole = reports()
    with store() as one:
        first = linked(one, [whole])
    for cut in range(len(whole) + 1):
        with store() as other:
            assert linked(other, [whole[:cut], whole[cut:]]) == first
    with store() as other:
        assert linked(other, [[each] for each in whole]) == first


def test_linking_again_changes_nothing(store: Callable[[], Store]) -> None:
    """What is linked stays as it is; nothing is linked twice."""
    with store() as one:
        keep_all(one, reports())
        assert link(one) == len(reports())
        before = ledger(one)
        assert link(one) == 0
        assert ledger(one) == before


def test_a_new_reading_takes_the_place_of_the_old(store: Callable[[], Store]) -> None:
    """Links of a reading that was superseded are in no picture; those of the new one are."""
    whole = reports()
    with store() as one:
        linked(one, [whole])
        again = Made(whole[2].report, ())
        keep_all(one, [again])
        link(one)
        assert not any(link_.type == "contradiction" for link_ in pictured(one).links)
