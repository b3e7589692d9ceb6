"""The small parts: names brought together, words found in groups, partitions compared, duplicates seen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relaas.evaluation.coreference import b_cubed, ceaf_e, conll, muc, pairwise
from relaas.linking.blocking import SPAN, keys
from relaas.linking.clusters import components
from relaas.linking.control import control_readings
from relaas.linking.duplicates import shared, signature
from relaas.linking.facts import facts_of, plain_words
from relaas.linking.names import alike, is_generic, same_side
from relaas.linking.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("het Jemenitische leger", "Yemeni army", True),
        ("ziekenhuis", "hospital in Zalingei", True),
        ("Armeense ministerie van Defensie", "Armenian defence ministry", True),
        ("Verenigde Naties", "United Nations", True),
        ("RSF", "Rapid Support Forces", True),
        ("Amadou Cissé", "Amadou Cisse", True),
        ("Poetin", "Putin", True),
        ("VN-missie", "UN mission", True),
        ("luchtmacht van generaal Osso", "air force of General Osso", True),
        ("Malian army", "French army", False),
        ("army", "hospital", False),
        ("the", "de", False),
    ],
)
def test_names_of_two_languages(one: str, other: str, same: bool) -> None:
    """A body is one by what it is and where it belongs, in whatever language it is named."""
    assert alike(one, other) is alike(other, one) is same


@pytest.mark.parametrize(
    ("name", "generic"), [("residents", True), ("twee bewoners", True), ("army", False), ("doctor", False)]
)
def test_some_speakers_are_anybody(name: str, generic: bool) -> None:
    """Residents of one report need not be those of another."""
    assert is_generic(name) is generic


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("army", "rebels", False),
        ("Russian troops", "Ukrainian troops", False),
        ("troops", "soldiers", None),
        ("Islamist rebels", "islamitische opstandelingen", True),
        ("Russian troops", "Russische leger", True),
        (None, "army", None),
    ],
)
def test_sides_of_a_war(one: str | None, other: str | None, same: bool | None) -> None:
    """Parties are told apart by nation and kind; bare troops may be anybody's."""
    assert same_side(one, other) is same


@pytest.mark.parametrize(
    ("change", "quote", "read"),
    [
        ({"change": "gained", "holder": "rebels"}, "rebels rolled into Karama", ("take", "full", "rebels", None)),
        (
            {"change": "left", "loser": "the garrison"},
            "the garrison left Karama",
            ("leave", "full", None, "the garrison"),
        ),
        ({"change": "gained", "holder": "rebels"}, "rebels are trying to take Karama, a failed attempt", None),
        ({"change": "held", "holder": None}, "Karama sleeps", None),
    ],
)
def test_an_event_tells_who_holds_ground(
    change: dict[str, str | None], quote: str, read: tuple[str | None, ...] | None
) -> None:
    """What a claim's event says of control is read before its words, unless it is only tried or names nobody."""
    place = {
        "name": "Karama",
        "text": "Karama",
        "kind": "populated place",
        "use": "location",
        "start": quote.index("Karama"),
    }
    told = {
        "topic": "control", "certainty": "CT+", "event": None, "source": None, "time": None, "passage": {"language": "en"},
        "quote": {"exact": quote, "start": 0, "end": len(quote)}, "sentence": {"text": quote, "start": 0},
        "places": [place | {"end": quote.index("Karama") + 6}],
        "control": {"sense": "physical", "holder": None, "loser": None, "place": "Karama"} | change,
    }  # fmt: skip
    found = [(one.act, one.sense, one.holder, one.loser) for one in control_readings(told, plain_words(quote))]
    assert found == ([read] if read else [])


@pytest.mark.parametrize(
    ("quote", "word", "denied"),
    [
        ("a month after the fall of Karama the market is not open", "fall", False),
        ("Karama has not fallen", "fallen", True),
    ],
)
def test_a_denial_leaves_what_it_takes_for_granted(quote: str, word: str, denied: bool) -> None:
    """What stands behind "after" has happened, though the sentence denies something else; the change of hands itself may be denied."""
    at, event = quote.index("Karama"), quote.index(word)
    place = {
        "name": "Karama",
        "text": "Karama",
        "kind": "populated place",
        "use": "location",
        "start": at,
        "end": at + 6,
    }
    told = {
        "topic": "control", "certainty": "CT-", "event": None, "source": None, "time": None, "passage": {"language": "en"},
        "quote": {"exact": quote, "start": 0, "end": len(quote)}, "sentence": {"text": quote, "start": 0}, "places": [place],
        "cues": {"event": {"rule": "en.event.fall", "spans": [[event, event + len(word)]]}},
        "control": {"change": "lost", "sense": "physical", "holder": None, "loser": None, "place": "Karama"},
    }  # fmt: skip
    assert [one.denied for one in control_readings(told, plain_words(quote))] == [denied]


def test_words_phrases_and_compounds_are_found() -> None:
    """A group is found by a word, by the end of a compound, and by a phrase with any word in it."""
    groups = Vocabulary({"army": ["leger", "*leger"], "held": ["in_*_handen"]})
    words = [(word, word) for word in ("het", "regeringsleger", "heeft", "de", "stad", "in", "vaste", "handen")]
    assert groups.find(words) == {"army", "held"}


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=12), st.randoms())
def test_components_do_not_hang_on_the_order_of_links(pairs: list[tuple[int, int]], chance: object) -> None:
    """The same links in any order give the same groups."""
    members = [str(number) for number in range(9)]
    named = [(str(one), str(other)) for one, other in pairs]
    assert components(members, named) == components(members, sorted(named, reverse=True))


def test_partitions_are_scored() -> None:
    """One and the same is 1 by every measure; everything alone has no recall and full precision."""
    gold = {"a": 1, "b": 1, "c": 2}
    alone = {"a": 1, "b": 2, "c": 3}
    assert conll(gold, gold) == 1
    assert (b_cubed(gold, alone).precision, round(b_cubed(gold, alone).recall, 3)) == (1, 0.667)
    assert pairwise(gold, alone).recall == muc(gold, alone).recall == 0
    assert round(ceaf_e(gold, alone).precision, 3) == round((2 / 3 + 1) / 3, 3)


def test_near_duplicates_share_a_signature() -> None:
    """The estimated share of two sets is near the true one, and the same on every machine."""
    some, others = set(range(1000)), set(range(200, 1200))
    assert abs(shared(signature(some), signature(others)) - 800 / 1200) < 0.15
    assert signature([1, 2, 3]).tolist()[:2] == signature([3, 2, 1]).tolist()[:2]
    assert np.array_equal(signature([]), signature([]))


def test_keys_hang_on_the_report_alone() -> None:
    """A report without claims bears no key; blocking asks for no other report."""
    assert keys([]) == frozenset()
    assert facts_of([], {}) == []
    assert SPAN > 0
