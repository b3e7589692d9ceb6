"""Chains across documents and languages on MEANTIME, from given mentions: ``python -m relaas.evaluation.meantime [FILE]``.

Prints CoNLL F1 of events and entities in Dutch, in English and across both, beside the baseline that takes one lemma for one thing. The
data stay where they are.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from relaas.evaluation.coreference import conll
from relaas.ids import bytes_hash, content_hash
from relaas.linking.chains import Mention, chains, same_lemma
from relaas.linking.weights import Weights
from relaas.model.document import Document
from relaas.model.span import Span
from relaas.pipeline import Pipeline
from relaas.steps.step import Given

FILE = Path("../shared/data/meantime/train.conll.csv")
LANGUAGES = {"dutch": "nl", "english": "en"}
EVENTS = ("OTH", "SPE", "GRA", "MIX")
_PART = re.compile(r"(\()?([^()]+)(\))?$")


@dataclass(frozen=True, slots=True)
class Article:
    """One document: its tokens sentence by sentence, and its mentions as chain, first and last token."""

    name: str
    language: str
    words: tuple[str, ...]
    lengths: tuple[int, ...]
    mentions: tuple[tuple[str, int, int], ...]


def articles(file: Path) -> list[Article]:
    """The Dutch and English documents of a file of tokens with bracketed chains."""
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    csv.field_size_limit(1 << 30)
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            rows[row["topic/subtopic_name/doc"]].append(row)
    return [
        _article(name, language, tokens)
        for name, tokens in sorted(rows.items())
        if (language := LANGUAGES.get(re.sub(r"\d", "", name.split("/")[-1])))
    ]


def _article(name: str, language: str, tokens: Sequence[dict[str, str]]) -> Article:
    open_at: dict[str, list[int]] = defaultdict(list)
    found, lengths, last = [], [], None
    for at, token in enumerate(tokens):
        if token["sent_id"] != last:
            last = token["sent_id"]
            lengths.append(0)
        lengths[-1] += 1
        for part in token["reference"].split("|"):
            match = _PART.match(part.strip())
            if match is None or match[2] == "-":
                continue
            if match[1]:
                open_at[match[2]].append(at)
            if match[3] and open_at[match[2]]:
                found.append((match[2], open_at[match[2]].pop(), at))
    return Article(
        name,
        language,
        tuple(token["token"] for token in tokens),
        tuple(lengths),
        tuple(sorted(found, key=lambda one: one[1:])),
    )


def mentions(some: Sequence[Article], pipeline: Pipeline) -> tuple[list[Mention], dict[str, str]]:
    """Every mention as chains see it, and the labelled chain of each."""
    found: list[Mention] = []
    gold: dict[str, str] = {}
    for article in some:
        for mention, chain in _mentions(article, pipeline):
            found.append(mention)
            gold[mention.id] = chain
    return found, gold


def _mentions(article: Article, pipeline: Pipeline) -> Iterator[tuple[Mention, str]]:
    text = " ".join(article.words)
    document = Document(
        content_hash(article.name),
        bytes_hash(text.encode()),
        article.name,
        text,
        Span(0, len(text)),
        language=article.language,
    )
    analysis = pipeline.run(document, given=Given(words=article.words, sentences=article.lengths), until="syntax")
    doc = analysis.parts[0].doc
    sentence_of = [number for number, length in enumerate(article.lengths) for _ in range(length)]
    vectors = _centred(np.asarray(doc.user_data["vectors"], np.float64))
    counts: dict[tuple[int, str], int] = defaultdict(int)
    for order, (chain, first, last) in enumerate(article.mentions):
        head = next(
            (
                token
                for token in doc[first : last + 1]
                if token.head.i < first or token.head.i > last or token.head == token
            ),
            doc[last],
        )
        shape = (
            "event"
            if chain[:3] in EVENTS
            else "pronoun"
            if head.pos_ in {"PRON", "DET"}
            else "name"
            if head.pos_ == "PROPN"
            else "noun"
        )
        sentence = sentence_of[first]
        counts[sentence, shape] += 1
        words = " ".join(article.words[first : last + 1])
        yield (
            Mention(
                f"{article.name}:{order}", article.name, article.language, sentence, order, counts[sentence, shape], words,
                head.lemma_.lower(), shape, vectors[min(sentence, len(vectors) - 1)],
            ),
            chain,
        )  # fmt: skip


def _centred(
    vectors: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    centre = Weights.shipped().centre
    shifted = vectors - (centre if centre is not None else vectors.mean(0))
    lengths = np.linalg.norm(shifted, axis=1, keepdims=True)
    made: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = shifted / np.maximum(lengths, 1e-9)
    return made


def figures(found: Sequence[Mention], gold: dict[str, str]) -> dict[str, tuple[float, float]]:
    """CoNLL F1 of ours and of the baseline, by language and kind; ``across`` takes both languages together."""
    result = {}
    for group, languages in (("nl", {"nl"}), ("en", {"en"}), ("across", {"nl", "en"})):
        own = [one for one in found if one.language in languages]
        made, base = _partition(chains(own)), _partition(same_lemma(own))
        for kind in ("events", "entities"):
            wanted = {one.id: gold[one.id] for one in own if (one.shape == "event") == (kind == "events")}
            result[f"{group}/{kind}"] = (conll(wanted, made), conll(wanted, base))
    return result


def _partition(groups: Sequence[Sequence[str]]) -> dict[str, str]:
    return {member: group[0] for group in groups for member in group}


def main() -> None:
    """Print the figures."""
    from relaas import recipes

    file = Path(sys.argv[1]) if len(sys.argv) > 1 else FILE
    found, gold = mentions(articles(file), recipes.pipeline())
    print(f"{'CoNLL F1':18} {'ours':>6} {'one lemma':>10}")
    for name, (ours, base) in figures(found, gold).items():
        print(f"{name:18} {ours:6.3f} {base:10.3f}")


if __name__ == "__main__":
    main()
