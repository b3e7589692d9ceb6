"""What the tree says of those that a number counts."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from relaas.evaluation.quantities import bare, cases, count, parsed
from relaas.model.quantity import Quantity


@pytest.fixture(scope="module")
def read() -> object:
    """The pipeline up to its quantities."""
    return parsed()


PAIRS = [
    ("nl", "De rebellen doodden drie agenten.", ["killed"]),
    ("nl", "Drie agenten doodden een rebel.", ["people", "killed"]),
    ("nl", "Zestig mensen vluchtten.", ["displaced"]),
    ("nl", "Zestig mensen weigerden te vluchten.", ["people"]),
    ("nl", "Veertig gevangenen zijn vrijgelaten.", ["released"]),
    ("nl", "Veertig gevangenen zijn ontsnapt.", ["escaped"]),
    ("nl", "Een groep van vijftig dorpelingen keerde terug.", ["returned"]),
    ("nl", "Van de vijftig dorpelingen keerde niemand terug.", ["inhabitants"]),
    ("nl", "Het dodental liep op tot 45.", ["killed"]),
    ("nl", "Het aantal gewonden liep op tot 45.", ["injured"]),
    ("nl", "Onder de doden zijn vier vrouwen.", ["killed"]),
    ("nl", "De brigade telt drieduizend man.", ["soldiers"]),
    ("en", "The rebels killed three policemen.", ["killed"]),
    ("en", "Three policemen killed the rebels.", ["people"]),
    ("en", "Forty soldiers surrendered.", ["surrendered"]),
    ("en", "Forty soldiers were captured.", ["captured"]),
    ("en", "The bodies of twelve villagers were found.", ["killed"]),
    ("en", "The death toll rose to 45.", ["killed"]),
    ("en", "The number of wounded rose to 45.", ["injured"]),
    ("en", "Among the dead were four women.", ["killed"]),
]


@pytest.mark.parametrize(("language", "text", "units"), PAIRS)
def test_the_unit_is_what_the_predicate_says_of_its_side(
    read: object, language: str, text: str, units: list[str]
) -> None:
    """One word changed, or the sides exchanged, and the unit changes with it."""
    assert [each.unit for each in _read(read, text, language)] == units


def test_a_verb_of_estimating_makes_a_number_about(read: object) -> None:
    """The words of estimating stay outside its span."""
    found = _read(read, "Het comité schat dat er twintig doden zijn.", "nl")
    assert [(each.text, each.bound) for each in found] == [("twintig", "~")]


def test_the_sentences_written_for_this_are_read(read: object) -> None:
    """Words, value, bound and unit together, with the tree and without."""
    wanted = cases()
    with_tree = count(wanted, read).figures  # type: ignore[arg-type]
    assert with_tree["numbers/F1"] >= 0.97
    assert with_tree["quantities/F1"] >= 0.95
    assert count(wanted, bare).figures["quantities/F1"] >= 0.75


def _read(read: object, text: str, language: str) -> Sequence[Quantity]:
    assert callable(read)
    found: Sequence[Quantity] = read(text, language)
    return found
