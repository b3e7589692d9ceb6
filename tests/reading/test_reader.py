"""The reader with the weights that are shipped."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from relaas.errors import ModelError
from relaas.reading.reader import Reader
from relaas.reading.weights import FOLDER

NLP = {language: spacy.blank(language) for language in ("nl", "en", "uk")}


@pytest.fixture(scope="module")
def reader() -> Reader:
    """One reader for all tests: opening it takes a second."""
    return Reader.open(threads=1)


def make(text: str, language: str = "nl") -> Doc:
    """A Doc as the sentence step hands it over: a sentence ends after a full stop."""
    doc = NLP[language].make_doc(text)
    for token in doc:
        token.is_sent_start = token.i == 0 or doc[token.i - 1].text == "."
    return doc


def told(doc: Doc) -> bytes:
    """Everything that was set, in bytes."""
    rows = [(t.text, t.pos_, t.lemma_, t.head.i, t.dep_, t.ent_iob_, t.ent_type_) for t in doc]
    return json.dumps([rows, doc.user_data["trained"]]).encode() + doc.user_data["vectors"].tobytes()


def test_a_sentence_gets_tags_tree_lemmas_entities_and_a_vector(reader: Reader) -> None:
    """The plain case, with a separated verb whose particle comes back in the lemma."""
    doc = make(
        "Russische troepen vielen gisteren de stad Soledar aan. Burgemeester Anna Kovalenko vluchtte naar Kramatorsk."
    )
    reader.read([doc])
    by_text = {token.text: token for token in doc}
    assert by_text["vielen"].lemma_ == "aanvallen"
    assert by_text["vielen"].dep_ == "root"
    assert by_text["troepen"].dep_ == "nsubj"
    assert by_text["troepen"].pos_ == "NOUN"
    assert by_text["troepen"].lemma_ == "troep"
    assert {(entity.text, entity.label_) for entity in doc.ents} >= {
        ("Soledar", "LOC"),
        ("Anna Kovalenko", "PER"),
        ("Kramatorsk", "LOC"),
        ("Russische", "MISC"),
    }
    assert doc.user_data["vectors"].shape == (2, reader.weights.dim)
    assert np.allclose(np.linalg.norm(doc.user_data["vectors"], axis=1), 1, atol=1e-5)
    assert doc.user_data["trained"] is True
    assert len(list(doc.sents)) == 2


def test_english_is_read_too(reader: Reader) -> None:
    """The same call, the other language's conventions."""
    doc = make("The army said on Tuesday that 12 civilians were killed in Kharkiv.", "en")
    reader.read([doc])
    by_text = {token.text: token for token in doc}
    assert (by_text["said"].lemma_, by_text["said"].dep_) == ("say", "root")
    assert by_text["killed"].dep_ == "ccomp"
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("Kharkiv", "LOC")]


def test_an_untrained_language_is_read_and_marked(reader: Reader) -> None:
    """Ukrainian gets labels and vectors, and says that they are not to be trusted."""
    doc = make("Російські війська атакували місто Соледар.", "uk")
    reader.read([doc])
    assert doc.user_data["trained"] is False
    assert all(token.pos_ for token in doc)


def test_what_else_is_read_changes_nothing(reader: Reader) -> None:
    """Reports read in any order, before and after others, give the same bytes."""
    texts = [
        ["De stad viel. Niemand weet wanneer."],
        ["Kort."],
        ["Het leger meldt dat " + "er gevochten wordt en " * n + "men wacht." for n in (1, 9, 30)],
    ]
    first: dict[int, list[bytes]] = {}
    for order in (list(range(3)), random.Random(1).sample(range(3), 3), [2, 2, 0, 1]):
        for number in order:
            docs = [make(text) for text in texts[number]]
            reader.read(docs)
            assert first.setdefault(number, [told(doc) for doc in docs]) == [told(doc) for doc in docs]


def test_a_sentence_of_any_length_is_one_tree(reader: Reader) -> None:
    """Longer than the encoder's window."""
    doc = Doc(NLP["nl"].vocab, words=(["troepen", "en", "tanks", "bij", "Bachmoet", ","] * 200))
    for token in doc:
        token.is_sent_start = token.i == 0
    reader.read([doc])
    assert sum(token.head.i == token.i for token in doc) == 1
    assert len(list(doc.sents)) == 1


@pytest.mark.parametrize(
    "words",
    [["\u200b"], [" "], ["\n", "Ja", "."], ["Ja", " ", "\n", "nee"], ["\ufffd", "a"], ["x" * 5000], ["🇺🇦"], ["­"]],
)
def test_odd_tokens_get_labels_too(reader: Reader, words: list[str]) -> None:
    """A token that spells to nothing, white space, a word of thousands of characters."""
    doc = Doc(NLP["nl"].vocab, words=words, sent_starts=[index == 0 for index in range(len(words))])
    reader.read([doc])
    assert all(token.pos_ and token.dep_ and token.lemma_ for token in doc)
    assert sum(token.head.i == token.i for token in doc) == 1


def test_nothing_to_read_is_no_error(reader: Reader) -> None:
    """A report without passages, and a passage without words."""
    reader.read([])
    doc = NLP["nl"].make_doc("")
    reader.read([doc])
    assert doc.user_data["vectors"].shape == (0, reader.weights.dim)


@pytest.mark.parametrize("file", ["model.json", "model.onnx", "pieces.json"])
def test_missing_weights_are_a_clear_error(tmp_path: Path, file: str) -> None:
    """Each file on its own."""
    shutil.copytree(FOLDER, tmp_path / "weights")
    (tmp_path / "weights" / file).unlink()
    with pytest.raises(ModelError, match="missing"):
        Reader.open(weights=tmp_path / "weights")


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("model.onnx", None, b"x", "damaged"),
        ("pieces.json", None, b"x", "damaged"),
        ("model.json", None, b"{", "cannot be read"),
        ("model.json", b'"format": 2', b'"format": 99', "format 99"),
        ("model.json", b'"upos"', b'"other"', "damaged"),
    ],
)
def test_damaged_weights_are_a_clear_error(
    tmp_path: Path, file: str, old: bytes | None, new: bytes, message: str
) -> None:
    """A changed byte, a manifest cut short, another format."""
    shutil.copytree(FOLDER, tmp_path / "weights")
    path = tmp_path / "weights" / file
    path.write_bytes(path.read_bytes().replace(old, new) if old else new)
    with pytest.raises(ModelError, match=message):
        Reader.open(weights=tmp_path / "weights")
