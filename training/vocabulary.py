"""Cut the encoder's 250,002 pieces to those that the six languages need, counted on the training texts and on frequent
words.

A piece that is dropped is spelt with shorter ones, so nothing becomes unreadable: every single character of the two
scripts stays.
"""

from __future__ import annotations

import collections
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from tokenizers import Tokenizer, models

from encoder import Encoder

SPECIAL = 4
FREQUENT = {"nl": 80_000, "en": 60_000, "de": 25_000, "fr": 25_000, "ru": 30_000, "uk": 30_000}
NTREX = ("ref.nld", "src.eng", "ref.deu", "ref.fra", "ref.ukr", "ref.rus")


def tokenizer(pieces: list[str], scores: list[float]) -> Tokenizer:
    """Segment one word, given with its leading "▁" or without; no normaliser and no splitting of its own."""
    return Tokenizer(models.Unigram(list(zip(pieces, scores, strict=True)), unk_id=3, byte_fallback=False))


def _texts(data: Path) -> Iterator[tuple[str, float]]:
    for name in NTREX:
        weight = 2.0 if name in {"ref.nld", "src.eng"} else 1.0
        for line in (data / "ntrex" / f"newstest2019-{name}.txt").read_text("utf-8").splitlines():
            yield line, weight
    for path in sorted((data / "ud-nl").glob("*.conllu")) + sorted((data / "gum").glob("*.conllu")):
        rows = (line.split("\t") for line in path.read_text("utf-8").splitlines() if line[:1].isdigit())
        yield " ".join(row[1] for row in rows), 2.0
    for language in ("nl", "en", "ru"):
        rows = (
            line.split("\t") for line in (data / "wikiann" / language / "train.conllu").read_text("utf-8").splitlines()
        )
        yield " ".join(row[1] for row in rows if len(row) > 1), 0.5 if language == "ru" else 1.0


def _frequent() -> Iterator[tuple[str, float]]:
    from wordfreq import top_n_list, word_frequency

    for language, number in FREQUENT.items():
        for word in top_n_list(language, number):
            weight = max(0.25, min(40.0, word_frequency(word, language) * 1e6))
            yield word, weight
            yield word.capitalize(), weight / 3


def _words(text: str) -> Iterable[str]:
    for word in unicodedata.normalize("NFKC", text).split():
        yield "▁" + word
        parts = re.findall(r"\w+|[^\w\s]", word)
        if len(parts) > 1:
            yield from ("▁" + part for part in parts)
            yield from parts[1:]


def cut(encoder: Encoder, data: Path, size: int) -> list[int]:
    """Return the numbers of the `size` pieces to keep, the special ones first, in their old order."""
    whole = tokenizer(encoder.pieces, encoder.scores)
    weights: collections.Counter[str] = collections.Counter()
    for text, weight in (*_texts(data), *_frequent()):
        for word in _words(text):
            weights[word] += weight
    words = sorted(weights)
    counts: collections.Counter[int] = collections.Counter()
    for word, encoding in zip(words, whole.encode_batch(words, add_special_tokens=False), strict=True):
        for piece in encoding.ids:
            counts[piece] += weights[word]
    keep = set(range(SPECIAL))
    for number, piece in enumerate(encoder.pieces):
        bare = piece.removeprefix("▁")
        if len(bare) <= 1 and (not bare or _script(bare)):
            keep.add(number)
    for number, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        if len(keep) >= size:
            break
        keep.add(number)
    total = sum(counts.values())
    print(
        f"pieces seen {len(counts)}, kept {len(keep)}, of the running text {sum(counts[n] for n in keep) / total:.4%}"
    )
    return sorted(keep)


def _script(character: str) -> bool:
    name = unicodedata.name(character, "")
    return name.startswith(("LATIN", "CYRILLIC", "DIGIT")) or unicodedata.category(character)[0] in "PS"
