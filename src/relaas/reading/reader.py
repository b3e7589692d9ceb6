"""The reader: gives every sentence of a report its tags, lemmas, tree, entities and vector, in one pass.

Words and sentence starts come from the caller and stay as they are. A language that the model was not trained for is
read all the same and marked: `doc.user_data["trained"]` is False.
"""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, POS
from spacy.strings import StringStore
from spacy.tokens import Doc
from tokenizers import Tokenizer, models

from relaas.errors import ModelError
from relaas.reading import decoding, session
from relaas.reading.dictionary import chosen
from relaas.reading.lemmas import lemma as edited
from relaas.reading.pieces import UNKNOWN, Pieces
from relaas.reading.session import Scores, Spelt
from relaas.reading.tellings import Tellings
from relaas.reading.weights import Weights, load

PARTICLE = "compound:prt"
JOINED = frozenset({"nl"})
"""Languages whose verbs take their separated particle back in the lemma: "valt … aan" is `aanvallen`."""
INSIDE, OUTSIDE, BEGIN = 1, 2, 3


class Reader:
    """The trained model. Make one with `Reader.open` and keep it: its session is opened once, when the first report is
    read."""

    def __init__(self, weights: Weights, threads: int | None) -> None:
        self.weights, self.threads = weights, threads or os.cpu_count() or 1
        self._steps = decoding.allowed_steps(weights.entities)
        self._particle = weights.labels.index(PARTICLE) if PARTICLE in weights.labels else -1

    @classmethod
    def open(cls, *, threads: int | None = None, weights: Path | None = None) -> Reader:
        """Check the weights (in the folder `weights`, else the ones shipped); raise ModelError where they are missing,
        damaged or of another version."""
        return cls(load(weights), threads)

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        return session.open_session(self.weights)

    @cached_property
    def _pieces(self) -> Pieces:
        try:
            pieces = [(str(piece), float(score)) for piece, score in json.loads(self.weights.pieces.read_text("utf-8"))]
            return Pieces(Tokenizer(models.Unigram(pieces, unk_id=UNKNOWN, byte_fallback=False)))
        except (OSError, ValueError, TypeError) as error:
            raise ModelError(f"The reading model's pieces {self.weights.pieces} cannot be read: {error}.") from error

    def read(self, docs: Sequence[Doc]) -> None:
        """Annotate in place the passages of one report: pos_, lemma_, head, dep_, ents, and in `user_data` `trained`,
        `vectors` (float32, sentences × dim) and `tellings` (what each word is part of in a claim).

        A token of white space gets the tag SPACE and hangs from a neighbour; a sentence of nothing else has a vector of
        zeros.
        """
        parts: list[list[_Sentence]] = [[_Sentence(doc, start, end) for start, end in _sentences(doc)] for doc in docs]
        everything = [sentence for part in parts for sentence in part if sentence.words]
        usual = min(self.weights.schemes.values())
        spelt = [
            Spelt(self._pieces.spell(one.texts, one.spaced), self.weights.schemes.get(one.language, usual))
            for one in everything
        ]
        for sentence, scores in zip(everything, session.run(self._session, spelt, self.threads), strict=True):
            sentence.scores = scores
        for doc, part in zip(docs, parts, strict=True):
            self._write(doc, part)

    def _write(self, doc: Doc, sentences: list[_Sentence]) -> None:
        columns = _Columns(len(doc), doc.vocab.strings, self.weights)
        vectors = np.zeros((len(sentences), self.weights.dim), np.float32)
        told = np.zeros((len(doc), sum(map(len, self.weights.tellings.values()))), np.float32)
        for row, sentence in enumerate(sentences):
            if sentence.scores is not None:
                vectors[row] = sentence.scores.vector
                told[sentence.words] = sentence.scores.tellings
                self._decode(sentence, sentence.scores, columns)
            columns.spaces(sentence)
        if len(doc):
            doc.from_array([HEAD, DEP, POS, LEMMA, ENT_IOB, ENT_TYPE], columns.table())  # type: ignore[arg-type]
        doc.user_data["trained"] = doc.vocab.lang in self.weights.schemes
        doc.user_data["vectors"] = vectors
        doc.user_data["tellings"] = Tellings(told, self.weights.tellings)

    def _decode(self, sentence: _Sentence, scores: Scores, columns: _Columns) -> None:
        heads = np.array(decoding.best_tree(scores.arcs))
        labels = scores.labels[np.arange(len(heads)), heads]
        lemmas = [
            chosen(text, self._candidates(text, best), self.weights.upos[tag], sentence.language)
            for text, best, tag in zip(sentence.texts, scores.lemmas.tolist(), scores.tags.tolist(), strict=True)
        ]
        if sentence.language in JOINED:
            for index in np.flatnonzero(labels == self._particle).tolist():
                verb = int(heads[index]) - 1
                if verb >= 0 and self.weights.upos[scores.tags[verb]] in {"VERB", "AUX"}:
                    lemmas[verb] = sentence.texts[index].lower() + lemmas[verb]
        columns.words(np.array(sentence.words), heads, labels, scores.tags, lemmas)
        columns.names(sentence.words, decoding.best_path(scores.entities, self.weights.entities, self._steps))

    def _candidates(self, text: str, best: list[int]) -> tuple[str, ...]:
        """What the best scripts make of a form, those that fit it."""
        return tuple(found for script in best if (found := edited(text, self.weights.scripts[script])) is not None)


class _Sentence:
    """A sentence of a Doc: its place, and the tokens that are words."""

    def __init__(self, doc: Doc, start: int, end: int) -> None:
        tokens = doc[start:end]
        self.start, self.end, self.language = start, end, str(doc.vocab.lang)
        self.words = [token.i for token in tokens if not token.is_space]
        self.texts = [doc[place].text for place in self.words]
        self.spaced = [
            index == 0 or place - self.words[index - 1] > 1 or bool(doc[place - 1].whitespace_)
            for index, place in enumerate(self.words)
        ]
        self.scores: Scores | None = None


class _Columns:
    """A Doc's annotation as the columns that spaCy takes, in its own numbers for strings."""

    def __init__(self, size: int, strings: StringStore, weights: Weights) -> None:
        self._strings, self._names = strings, weights.entities
        self.heads, self.iob = np.zeros(size, np.int64), np.full(size, OUTSIDE, np.uint64)
        self.labels, self.tags, self.lemmas, self.types = (np.zeros(size, np.uint64) for _ in range(4))
        self._upos = np.array([strings.add(tag) for tag in weights.upos], np.uint64)
        self._labels = np.array([strings.add(label) for label in weights.labels], np.uint64)
        self._types = {label: strings.add(label[2:]) for label in weights.entities if label != "O"}

    def words(
        self,
        places: NDArray[np.int64],
        heads: NDArray[np.int64],
        labels: NDArray[np.int64],
        tags: NDArray[np.int64],
        lemmas: list[str],
    ) -> None:
        """Write the words of one sentence; `heads` count within it from 1, 0 is the root, which is its own head in
        spaCy."""
        self.heads[places] = np.where(heads == 0, 0, places[heads - 1] - places)
        self.labels[places], self.tags[places] = self._labels[labels], self._upos[tags]
        self.lemmas[places] = np.array([self._strings.add(lemma) for lemma in lemmas], np.uint64)

    def names(self, places: list[int], path: list[int]) -> None:
        """Write the entities of one sentence; white space inside a name belongs to it."""
        for index, (place, number) in enumerate(zip(places, path, strict=True)):
            label = self._names[number]
            if label != "O":
                begins = label.startswith("B-")
                gap = slice(place if begins else places[index - 1] + 1, place + 1)
                self.types[gap], self.iob[gap] = self._types[label], INSIDE
                if begins:
                    self.iob[place] = BEGIN

    def spaces(self, sentence: _Sentence) -> None:
        """Hang white space from the word before it, else from the next; where there is no word the first token is the
        root."""
        hosts = sentence.words or [sentence.start]
        for place in sorted(set(range(sentence.start, sentence.end)) - set(sentence.words)):
            host = max((word for word in hosts if word < place), default=hosts[0])
            self.heads[place] = host - place
            self.labels[place] = self._strings.add("root" if host == place else "dep")
            self.tags[place], self.lemmas[place] = self._strings.add("SPACE"), self._strings.add(" ")

    def table(self) -> NDArray[np.uint64]:
        """The columns in the order HEAD, DEP, POS, LEMMA, ENT_IOB, ENT_TYPE; a head to the left is a negative number in
        two's complement."""
        return np.stack([self.heads.view(np.uint64), self.labels, self.tags, self.lemmas, self.iob, self.types], axis=1)


def _sentences(doc: Doc) -> list[tuple[int, int]]:
    """The sentences as the caller set their starts; a Doc without any is one sentence."""
    starts = [token.i for token in doc if token.i == 0 or token.is_sent_start]
    return list(itertools.pairwise([*starts, len(doc)])) if starts else []
