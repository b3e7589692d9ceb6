"""What two real reports must show across each other; they are read where they lie and skipped where they are not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from relaas import recipes, workflow
from relaas.queries.casualties import casualties
from relaas.queries.conditions import conditions
from relaas.queries.control import control
from relaas.queries.picture import Picture, picture
from relaas.queries.proposals import proposals
from relaas.readers.reader import Options
from relaas.store.store import Store
from relaas.store.view import Filter

SEEDS = Path(__file__).parents[3] / "shared" / "data" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the two reports are not on this machine")


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Picture]:
    """Both reports read and linked."""
    with Store.open(str(tmp_path_factory.mktemp("seeds") / "seeds.db")) as store:
        workflow.read([str(SEEDS)], store, recipes.pipeline(), recipes.readers(), Options())
        with store.view() as view:
            yield picture(view, Filter())


def test_one_utterance_is_proposed_as_one_statement(seeds: Picture) -> None:
    """The president's word between quotation marks stands in both: proposed, with speaker and quotation as the reason."""
    found = [
        one for one in proposals(seeds) if all("gestoord" in each["quote"]["exact"] for each in (one.one, one.other))
    ]
    assert [one.link.type for one in found] == ["same_statement"]
    assert {"quotation", "speaker"} <= {reason.feature for reason in found[0].link.reasons}


def test_an_advance_stands_unconfirmed_twice(seeds: Picture) -> None:
    """Once by reports that nobody owns to, once by the Russian side; neither is taken for the other's confirmation."""
    unconfirmed = [claim for claim in seeds.claims if claim["evidence"] == "unconfirmed"]
    told = [
        claim for claim in unconfirmed if any(word in claim["quote"]["exact"] for word in ("opmars", "terrein wint"))
    ]
    assert len(told) == 2
    assert all(seeds.state(claim["id"]) == "reported" for claim in told)


@pytest.mark.parametrize(
    ("place", "holder", "loser", "sense"),
    [
        ("Lyman", None, "Rusland", "full"),
        ("Izyum", None, "Rusland", "full"),
        ("Slovyansk", "Oekraïense", None, "full"),
        ("Kramatorsk", "Oekraïense", None, "full"),
        ("Donetsk Oblast", "Kremlin", None, "legal"),
    ],
)
def test_places_change_and_keep_hands(
    seeds: Picture, place: str, holder: str | None, loser: str | None, sense: str
) -> None:
    """Towns lost and held, and what is only claimed by law, each with the sentence that says so."""
    rows = [row for row in control(seeds) if row.place == place]
    assert (holder, loser, sense) in [(row.holder, row.loser, row.sense) for row in rows]
    assert all(seeds.by_id[id]["sentence"]["text"] for row in rows for id in row.claims)


def test_people_are_counted_by_claimant(seeds: Picture) -> None:
    """At least 120 civilians killed, by the deputy mayor; a population of 80,000 and of 12,000."""
    [toll] = [row for row in casualties(seeds) if row.low == 120]
    assert (toll.role, toll.claimant, toll.best, toll.high) == ("killed", "Aleksandr Martsjenko", None, None)
    rows = [row for row in conditions(seeds) if row.kind == "population"]
    assert {80_000, 12_000} <= {number for row in rows for number in (row.low, row.best, row.high)}
