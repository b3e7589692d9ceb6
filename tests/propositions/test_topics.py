"""What clauses are about: concepts found in words, and labels that rest on no name."""

from __future__ import annotations

import numpy as np
import pytest

from relaas.ontology.loader import language_data
from relaas.propositions.topic_model import WEIGHTS, Unit, features, surroundings, topic_model
from relaas.propositions.topics import Groups, Word, topic_words

pytestmark = pytest.mark.skipif(not WEIGHTS.exists(), reason="the topic weights are not there")


def words(text: str, *, names: tuple[str, ...] = ()) -> list[Word]:
    """A clause as words whose lemma is their form; the second word is the predicate of all others."""
    found = []
    for place, form in enumerate(text.split()):
        pos, head = ("VERB", -1) if place == 1 else ("NOUN", 1)
        found.append(Word(form.lower(), form.lower(), pos, "obj", head, form in names))
    return found


def label(text: str, language: str, *, names: tuple[str, ...] = ()) -> tuple[str, float]:
    """The topic of a clause on its own, and its probability."""
    units = [Unit(words(text, names=names), 1, language)]
    chances = topic_model().chances(units, features(units))[0]
    return topic_model().labels[int(chances.argmax())], float(chances.max())


@pytest.mark.parametrize(
    ("text", "language", "topic"),
    [
        ("burgers sneuvelen beschieting doden", "nl", "casualties"),
        ("inwoners vluchten grens", "nl", "displacement"),
        ("partijen tekenen bestand", "nl", "agreement"),
        ("soldaten arresteren burgemeester", "nl", "arrest"),
        ("people killed bodies", "en", "casualties"),
        ("families flee border", "en", "displacement"),
        ("soldiers arrest mayor", "en", "arrest"),
    ],
)
def test_plain_clauses_get_their_topic(text: str, language: str, topic: str) -> None:
    """A clause whose words leave no doubt gets its topic."""
    assert label(text, language)[0] == topic


def test_no_label_rests_on_a_name() -> None:
    """Another name in the same place changes neither the label nor its probability."""
    one = label("Bravik verdedigen loopgraven", "nl", names=("Bravik",))
    assert one == label("Vluchtelingenkamp verdedigen loopgraven", "nl", names=("Vluchtelingenkamp",))


def test_a_name_that_is_a_topic_word_says_nothing() -> None:
    """A party called "Vrede" is no talk of peace."""
    assert topic_words("nl").concepts.find(words("Vrede marcheren", names=("Vrede",)))[0] == []


def test_compounds_count_by_their_end_and_whole_words_go_first() -> None:
    """`*aanval` holds for "raketaanval", but a listed word keeps its own group."""
    groups = Groups({"attack": ["*aanval"], "advance": ["tegenaanval"]})
    assert groups.of_word("raketaanval") == ("attack",)
    assert groups.of_word("tegenaanval") == ("advance",)


def test_a_separated_particle_joins_its_verb() -> None:
    """The verb of "rukken … op" is found where the tree missed the particle."""
    groups = Groups({"advance": ["oprukken"]}, particles=True)
    clause = [
        Word("troepen", "troepen", "NOUN", "nsubj", 1),
        Word("rukken", "rukken", "VERB", "root", -1),
        Word("op", "op", "ADP", "case", 1),
    ]
    assert groups.find(clause)[1] == ["advance"]


def test_neighbours_weigh_in() -> None:
    """The second head sees the clause before, at six tenths of what that clause got itself."""
    first = np.eye(3, 17, dtype=np.float32)
    seen = surroundings([Unit([], -1, "nl", sentence=number) for number in range(3)], first)
    assert seen.shape == (3, 17 * 10 + 1)
    assert seen[1, 17] == pytest.approx(0.6)


def test_languages_share_their_concepts() -> None:
    """The same concept ids stand in both languages, each with an example."""
    dutch, english = (language_data(language, "topic_concepts") for language in ("nl", "en"))
    assert list(dutch) == list(english)
    assert all(group["example"] and group["words"] for data in (dutch, english) for group in data.values())


def test_an_empty_report_has_no_chances() -> None:
    """Nothing said, nothing labelled."""
    assert topic_model().chances([], features([])).shape == (0, 17)
