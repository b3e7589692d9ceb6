"""The vectors that the untouched encoder gives each sentence, which training has to keep; and NTREX sentences in four
languages to keep them on.

Only NTREX documents of even share are used: the others show how well the vectors hold on text never seen.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import vocabulary
from encoder import Encoder
from entities import marked
from model import Layer
from relaas.evaluation.reader import share
from samples import Sample

PREFIX = "passage: "
LANGUAGES = {"nl": "ref.nld", "en": "src.eng", "uk": "ref.ukr", "ru": "ref.rus"}


def ntrex(data: Path) -> list[Sample]:
    """Return the sentences of half the documents, without labels."""
    found = []
    documents = [line.split("\t")[0] for line in (data / "ntrex" / "DOCUMENT_IDS.tsv").read_text("utf-8").splitlines()]
    for language, name in LANGUAGES.items():
        lines = (data / "ntrex" / f"newstest2019-{name}.txt").read_text("utf-8").splitlines()
        shift = len(documents) - len(lines)
        for index, line in enumerate(lines):
            if share(documents[index + shift], 2) == 0:
                sample = marked(f"vector-{language}-{index}", "vector", language, line, [])
                sample.entities = None
                found.append(sample)
    return found


@torch.no_grad()
def vectors(encoder: Encoder, samples: list[Sample]) -> dict[str, np.ndarray]:
    """Return each sample's vector, of length 1, from the untouched encoder with its whole vocabulary."""
    spell = vocabulary.tokenizer(encoder.pieces, encoder.scores)
    layers = [Layer(encoder.hidden, encoder.heads, 4 * encoder.hidden).eval() for _ in range(encoder.layers)]
    tensors = {key: torch.from_numpy(value) for key, value in encoder.tensors.items()}
    for number, layer in enumerate(layers):
        begin = f"layers.{number}."
        layer.load_state_dict(
            {key.removeprefix(begin): value for key, value in tensors.items() if key.startswith(begin)}
        )
    ids = {}
    for sample in samples:
        text = unicodedata.normalize("NFKC", PREFIX + sample.text())
        words = ["▁" + word for word in text.split()]
        ids[sample.id] = [0, *(piece for encoding in spell.encode_batch(words) for piece in encoding.ids)][:255]
        ids[sample.id].append(2)
    order = sorted(ids, key=lambda key: (len(ids[key]), key))
    found = {}
    for at in range(0, len(order), 64):
        keys = order[at : at + 64]
        length = len(ids[keys[-1]])
        batch = torch.tensor([[*ids[key], *[1] * (length - len(ids[key]))] for key in keys])
        shown = batch.ne(1).float()
        with torch.autocast("cpu", torch.bfloat16):
            x = tensors["word"][batch] + tensors["position"][:length]
            x = F.layer_norm(x, x.shape[-1:], tensors["norm.weight"], tensors["norm.bias"], 1e-12)
            for layer in layers:
                x = layer(x, (1 - shown)[:, None, None, :] * -30000.0)
        x = x.float()
        mean = F.normalize((x * shown[:, :, None]).sum(1) / shown.sum(1, keepdim=True), dim=-1)
        found.update(zip(keys, mean.numpy(), strict=True))
    return found
