"""Reading, checking and converting the gold."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_gold import LABELS, TEXT, write

from relaas.errors import GoldError
from relaas.evaluation.authoring import convert
from relaas.evaluation.checking import check
from relaas.evaluation.gold import gold_hash, load

FIXED = LABELS.replace("nth: 1, why: herhaling", "nth: 2, why: herhaling").replace(
    '{text: "De brug bij Lomé is weg.", nth: 2', '{text: "De brug bij Lomé is weg."'
)


def test_every_quote_and_span_resolves_to_its_words(folder: Path) -> None:
    """Offsets cut exactly the words that the label gives."""
    (gold,) = load(folder)
    for claim in gold.claims:
        assert claim.quote.of(gold.document.text) == claim.labels["quote"]
        spans = [claim.labels["source"], *claim.labels["places"], *claim.labels["quantities"]]
        for record in spans:
            if record and record.get("text"):
                assert gold.document.text[record["start"] : record["end"]] == record["text"]


def test_a_set_without_faults_has_none(tmp_path: Path) -> None:
    """The tiny set is in order."""
    write(tmp_path / "dev", labels=FIXED)
    assert list(check(tmp_path / "dev")) == []


def test_the_standoff_form_says_what_the_authoring_form_says(tmp_path: Path) -> None:
    """Converting changes neither quotes nor labels, and converting again changes nothing."""
    write(tmp_path / "dev", labels=FIXED)
    convert(tmp_path / "dev", tmp_path / "final")
    before, after = load(tmp_path / "dev")[0], load(tmp_path / "final")[0]
    assert [claim.quote for claim in before.claims] == [claim.quote for claim in after.claims]
    assert after.claims[0].labels["places"][0]["start"] == before.claims[0].labels["places"][0]["start"]
    convert(tmp_path / "final", tmp_path / "again")
    assert (tmp_path / "final" / "nl_brug.yaml").read_bytes() == (tmp_path / "again" / "nl_brug.yaml").read_bytes()


@pytest.mark.parametrize(
    "old, new, fault",
    [
        ("evidence: stated", "evidence: sure", "'sure' is no evidence"),
        ("topic: casualties", "topic: dead", "'dead' is no topic"),
        ("certainty: CT-", "certainty: CT", "'CT' is no certainty"),
        ("kind: military", "kind: army", "'army' is no kind of source"),
        ("use: location}]", "use: here}]", "'here' is no use of a place"),
        ("event: null", "event: {type: BOMB, mode: null}", "'BOMB' is no PLOVER type"),
        ("event: null", "event: {type: ASSAULT, mode: nuclear}", "'nuclear' is no mode of ASSAULT"),
        ("time: null", "time: {text: brug, edtf: 2024-13}", "its time is no EDTF"),
        ("low: 4, high: null", "low: 4, high: 4", "low and high are 4 and None, not 4 and 4"),
        ("text: leger,", "text: generaal,", "the words of its source, 'generaal', are not in the text"),
        ("verification: null", "verification: {by: X, scope: all}", "'all' is nothing that can be verified"),
        ("style: local", "style: blog", "the style 'blog' is none of"),
    ],
)
def test_each_fault_is_named(tmp_path: Path, old: str, new: str, fault: str) -> None:
    """A wrong label gives one sentence that names it."""
    write(tmp_path / "dev", labels=FIXED.replace(old, new, 1))
    found = list(check(tmp_path / "dev"))
    assert any(fault in line for line in found), found


def test_a_sentence_that_nobody_labelled_is_named(tmp_path: Path) -> None:
    """Each sentence is covered by a claim or said to hold none."""
    write(tmp_path / "dev", text=TEXT + "\nNiemand las deze zin.\n", labels=FIXED)
    assert any("Niemand las deze zin" in line for line in check(tmp_path / "dev"))


@pytest.mark.parametrize(
    "labels, fault",
    [
        (FIXED.replace("ontkent dat", "spreekt tegen"), "occurs 0 times"),
        (FIXED.replace("    nth: 1\n", "    nth: 3\n"), "occurs 2 times in the text, the label names occurrence 3"),
        (FIXED.replace('quote: "ontkent dat"', 'quote: "ontkent dat"\n    start: 3\n    end: 9'), "the text has"),
        ("- een lijst", "has no list of claims"),
        ("a: [", "cannot be read"),
    ],
)
def test_labels_that_contradict_their_text_are_refused(tmp_path: Path, labels: str, fault: str) -> None:
    """Reading stops with a sentence; checking reports the same one."""
    write(tmp_path / "dev", labels=labels)
    with pytest.raises(GoldError, match=fault):
        load(tmp_path / "dev")
    assert any(fault in line for line in check(tmp_path / "dev"))


def test_the_hash_changes_with_any_label_or_text(tmp_path: Path) -> None:
    """Figures name the gold that they were measured on."""
    hashes = {
        gold_hash(write(tmp_path / name / "dev", labels=labels, text=text).parent)
        for name, labels, text in [
            ("a", FIXED, TEXT),
            ("b", FIXED + " ", TEXT),
            ("c", FIXED, TEXT + " "),
            ("d", FIXED, TEXT),
        ]
    }
    assert len(hashes) == 3


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    """An empty folder is a mistake, not a perfect score."""
    with pytest.raises(GoldError, match="holds no gold"):
        load(tmp_path)
