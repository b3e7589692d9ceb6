"""Sentences with trees: the Dutch dev treebanks (a fifth kept for testing), the older Dutch split, and GUM (some news
kept).

The older split follows other conventions. Cheap differences are mapped; for the rest it has a scheme number of its own,
which the model adds to its words, so that it may learn both ways and be asked for the newer one.
"""

from __future__ import annotations

from pathlib import Path

from relaas.evaluation.reader import Row, kept_document, kept_sentence, plain_lemma, treebank
from samples import Sample

DUTCH, ENGLISH, OLDER = 0, 1, 2


def dutch(data: Path) -> tuple[list[Sample], list[Sample]]:
    """Return what to train on and what to test on."""
    train, test = [], []
    for name in ("alpino", "lassysmall"):
        for comments, rows, spaced in treebank(data / "ud-nl" / f"nl_{name}-ud-dev.conllu"):
            sample = _sample(comments["sent_id"], f"ud-{name}", "nl", rows, spaced, DUTCH)
            (test if kept_sentence(sample.id) else train).append(sample)
    return train, test


def older(data: Path) -> list[Sample]:
    """Return the older Dutch split, the cheap differences mapped."""
    found = []
    for comments, rows, spaced in treebank(data / "ud-nl" / "nl_lassysmall-ud1-train.conllu"):
        for row in rows:
            if row[7] == "flat:name":
                row[7] = "flat"
            if row[3] == "DET" and row[2].lower() in {"mijn", "jouw", "zijn", "haar", "ons", "hun", "uw"}:
                row[3], row[7] = "PRON", "nmod:poss" if row[7] == "det" else row[7]
        _space(rows, spaced)
        key = next((key for key in comments if key.endswith(".xml")), rows[0][1])
        found.append(_sample(key, "ud1", "nl", rows, spaced, OLDER))
    return found


def gum(data: Path) -> tuple[list[tuple[Sample, list[Row]]], list[tuple[Sample, list[Row]]]]:
    """Return training and test sentences with their rows, whose last column carries the entities."""
    train: list[tuple[Sample, list[Row]]] = []
    test: list[tuple[Sample, list[Row]]] = []
    for path in sorted((data / "gum").glob("*.conllu")):
        kept = kept_document(path.stem)
        for comments, rows, spaced in treebank(path):
            sample = _sample(comments["sent_id"], "gum", "en", rows, spaced, ENGLISH)
            (test if kept else train).append((sample, rows))
    return train, test


def _sample(key: str, source: str, language: str, rows: list[Row], spaced: list[bool], scheme: int) -> Sample:
    particles = {int(row[6]): row[1].lower() for row in rows if row[7] == "compound:prt"} if language == "nl" else {}
    lemmas = [_lemma(row, particles.get(index), language) for index, row in enumerate(rows, start=1)]
    return Sample(
        id=key,
        source=source,
        language=language,
        words=[row[1] for row in rows],
        spaced=spaced,
        upos=[row[3] for row in rows],
        lemmas=lemmas,
        heads=[int(row[6]) for row in rows],
        labels=[row[7] for row in rows],
        scheme=scheme,
    )


def _lemma(row: Row, particle: str | None, language: str) -> str | None:
    """The lemma without the marks of compounding; a verb's separated particle is left out, for the reader puts it back
    from the tree."""
    lemma = row[2]
    if lemma == "_" and row[1] != "_":
        return None
    if language == "nl" and "_" in lemma and len(lemma) > 1:
        if particle and lemma.startswith(particle + "_") and not row[1].lower().startswith(particle):
            lemma = lemma[len(particle) + 1 :]
        lemma = plain_lemma(row[1], lemma)
    return lemma or None


def _space(rows: list[Row], spaced: list[bool]) -> None:
    """Guess the spaces of a treebank that does not mark them."""
    for index, row in enumerate(rows[1:], start=1):
        before = rows[index - 1][1]
        spaced[index] = not (
            row[1] in {".", ",", ";", ":", "!", "?", ")", "]", "»", "”"} or before in {"(", "[", "«", "“"}
        )
