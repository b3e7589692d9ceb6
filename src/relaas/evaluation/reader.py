"""Measure the reader: trees, tags and lemmas on treebank sentences it never saw, entities by span, retrieval by vector,
speed.

The sentences kept from training are chosen by hash, here and nowhere else: training asks this module what it must leave
alone.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from relaas.reading.reader import Reader

REPORT = 20
"""Sentences read together, as in a report of 400 words."""
Row = list[str]


def share(key: str, parts: int) -> int:
    """The part, 0 to `parts` - 1, to which a key belongs, the same on every machine."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") % parts


def kept_sentence(sentence: str) -> bool:
    """Whether a sentence of the Dutch dev treebanks is kept for testing, by its sent_id: a fifth is."""
    return share(sentence, 5) == 0


def kept_document(document: str) -> bool:
    """Whether a GUM document is kept for testing, by its file's stem: a quarter of the news is."""
    return document.startswith("GUM_news") and share(document, 4) == 0


@dataclass(frozen=True)
class Gold:
    """A sentence with what is right; a part that is not annotated is empty. Heads count from 1, 0 is the root; entities
    are word spans."""

    language: str
    words: list[str]
    spaced: list[bool]
    upos: list[str]
    lemmas: list[str]
    heads: list[int]
    labels: list[str]
    entities: list[tuple[int, int, str]]


def treebank(path: Path) -> Iterator[tuple[dict[str, str], list[Row], list[bool]]]:
    """Yield comments, word rows and which words follow a space; a multiword token's later parts follow none, empty
    nodes go."""
    comments: dict[str, str] = {}
    rows: list[Row] = []
    spaced: list[bool] = []
    space, inside, after = True, 0, True
    for line in (*path.read_text("utf-8").splitlines(), ""):
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            comments[key.strip()] = value.strip()
        elif not line:
            if rows:
                yield comments, rows, spaced
            comments, rows, spaced, space, inside = {}, [], [], True, 0
        else:
            row = line.split("\t")
            free = "SpaceAfter=No" not in row[9]
            if "-" in row[0]:
                inside, after = int(row[0].split("-")[1]), free
            elif "." not in row[0]:
                rows.append(row)
                spaced.append(space)
                number = int(row[0])
                space = free if number > inside else after and number == inside


def plain_lemma(form: str, lemma: str) -> str:
    """A lemma without the treebank's marks of compounding: `basis_niveau` is basisniveau, and a hyphen of the form
    stays."""
    if len(lemma) < 2:
        return lemma
    whole, *rest = lemma.split("_")
    for part in rest:
        whole += ("-" if form.lower().startswith(whole.lower() + "-") else "") + part
    return whole


def dutch(data: Path) -> list[Gold]:
    """The fifth of the two Dutch dev treebanks that is kept for testing."""
    names = [data / "ud-nl" / f"nl_{name}-ud-dev.conllu" for name in ("alpino", "lassysmall")]
    return [
        _tree("nl", rows, spaced)
        for name in names
        for comments, rows, spaced in treebank(name)
        if kept_sentence(comments["sent_id"])
    ]


def english(data: Path) -> list[Gold]:
    """The GUM news documents that are kept for testing."""
    return [
        _tree("en", rows, spaced)
        for path in sorted((data / "gum").glob("*.conllu"))
        if kept_document(path.stem)
        for _, rows, spaced in treebank(path)
    ]


def _tree(language: str, rows: list[Row], spaced: list[bool]) -> Gold:
    lemmas = [plain_lemma(row[1], row[2]) if language == "nl" else row[2] for row in rows]
    return Gold(
        language,
        [row[1] for row in rows],
        spaced,
        [row[3] for row in rows],
        lemmas,
        [int(row[6]) for row in rows],
        [row[7] for row in rows],
        [],
    )


def read(reader: Reader, sentences: Sequence[Gold]) -> list[Doc]:
    """Read the sentences in reports of twenty, a Doc each, words given."""
    docs = [_doc(_blank(one.language), one.words, one.spaced) for one in sentences]
    for at in range(0, len(docs), REPORT):
        reader.read(docs[at : at + REPORT])
    return docs


_LANGUAGES: dict[str, Language] = {}


def _blank(language: str) -> Language:
    if language not in _LANGUAGES:
        _LANGUAGES[language] = spacy.blank(language)
    return _LANGUAGES[language]


def _doc(language: Language, words: list[str], spaced: list[bool]) -> Doc:
    return Doc(
        language.vocab,
        words=words,
        spaces=[*spaced[1:], False],
        sent_starts=[index == 0 for index in range(len(words))],
    )


def trees(reader: Reader, sentences: Sequence[Gold]) -> dict[str, float]:
    """UAS and LAS without punctuation, `las_core` with subtypes ignored; UPOS and lemma over all words."""
    counted = words = 0
    right = dict.fromkeys(("upos", "lemma", "uas", "las", "las_core"), 0)
    for gold, doc in zip(sentences, read(reader, sentences), strict=True):
        for index, token in enumerate(doc):
            words += 1
            right["upos"] += token.pos_ == gold.upos[index]
            right["lemma"] += token.lemma_ == gold.lemmas[index]
            if gold.labels[index] == "punct":
                continue
            counted += 1
            head = 0 if token.head is token or token.head.i == token.i else token.head.i + 1
            if head == gold.heads[index]:
                right["uas"] += 1
                right["las"] += token.dep_ == gold.labels[index]
                right["las_core"] += token.dep_.split(":")[0] == gold.labels[index].split(":")[0]
    return {name: number / (words if name in {"upos", "lemma"} else counted) for name, number in right.items()} | {
        "words": float(words)
    }


def entities(reader: Reader, sentences: Sequence[Gold]) -> dict[str, tuple[float, float, float, int]]:
    """Precision, recall, F1 by exact span and number of gold spans, for each label, for `all` and for `PER+LOC+ORG`."""
    right: dict[str, int] = {}
    found: dict[str, int] = {}
    wanted: dict[str, int] = {}
    for gold, doc in zip(sentences, read(reader, sentences), strict=True):
        mine = {(entity.start, entity.end, entity.label_) for entity in doc.ents}
        for table, spans in ((found, mine), (wanted, set(gold.entities)), (right, mine & set(gold.entities))):
            for _, _, label in spans:
                for name in (label, "all", *(("PER+LOC+ORG",) if label in {"PER", "LOC", "ORG"} else ())):
                    table[name] = table.get(name, 0) + 1
    scores = {}
    for name in sorted(wanted):
        precision, recall = right.get(name, 0) / max(1, found.get(name, 0)), right.get(name, 0) / wanted[name]
        scores[name] = (precision, recall, 2 * precision * recall / max(1e-9, precision + recall), wanted[name])
    return scores


def parallel(data: Path, language: str) -> list[str]:
    """NTREX's 1,997 sentences in `nl`, `en`, `uk` or `ru`."""
    name = {"nl": "ref.nld", "en": "src.eng", "uk": "ref.ukr", "ru": "ref.rus"}[language]
    return (data / "ntrex" / f"newstest2019-{name}.txt").read_text("utf-8").splitlines()


def tokens(language: str, texts: Sequence[str]) -> list[Doc]:
    """One Doc a text, cut by spaCy's rules, one sentence each."""
    docs = [_blank(language).make_doc(text) for text in texts]
    for doc in docs:
        for token in doc:
            token.is_sent_start = token.i == 0
    return docs


def vectors(reader: Reader, language: str, texts: Sequence[str]) -> np.ndarray:
    """The vectors of the texts, each taken as one sentence."""
    found = []
    for at in range(0, len(texts), REPORT):
        docs = tokens(language, texts[at : at + REPORT])
        reader.read(docs)
        found += [doc.user_data["vectors"][0] for doc in docs]
    return np.stack(found)


def retrieval(
    reader: Reader, data: Path, pairs: Sequence[tuple[str, str]] = (("nl", "en"), ("nl", "uk"), ("nl", "ru"))
) -> dict[str, float]:
    """How often a sentence's translation is the nearest of all 1,997 by cosine."""
    made = {
        language: vectors(reader, language, parallel(data, language))
        for language in sorted({name for pair in pairs for name in pair})
    }
    return {
        f"{one}-{two}": float(((made[one] @ made[two].T).argmax(1) == np.arange(len(made[one]))).mean())
        for one, two in pairs
    }


def speed(reader: Reader, data: Path, sentences: int = 1997) -> float:
    """Words a second over Dutch NTREX in reports of twenty sentences, tokens given, everything set in the Docs."""
    docs = tokens("nl", parallel(data, "nl")[:sentences])
    reader.read(docs[:REPORT])
    docs = tokens("nl", parallel(data, "nl")[:sentences])
    begun = time.perf_counter()
    for at in range(0, len(docs), REPORT):
        reader.read(docs[at : at + REPORT])
    return sum(len(doc) for doc in docs) / (time.perf_counter() - begun)
