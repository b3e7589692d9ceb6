"""Turn a trained state into the files that the reader opens: the graph with its weights in 8 and its tables in 4 bits,
the pieces, the manifest.

`best.pt` in the work folder is taken where there is one, else the last state.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from encoder import load
from model import Network
from quantise import quantise
from relaas.reading.tellings import TELLINGS
from relaas.reading.weights import FORMAT, GRAPH, MANIFEST, PIECES
from samples import LABELS

SCHEMES = {"nl": 0, "en": 1}
BEST = 6


class Attention(torch.autograd.Function):
    """The attention of a layer as the runtime's one node for it; computed here only so that the exporter knows the shape."""

    @staticmethod
    def forward(ctx: object, q: Tensor, k: Tensor, v: Tensor, shown: Tensor, heads: int) -> Tensor:
        """Shapes: q, k, v batch × pieces × hidden; shown batch × pieces, 1 where there is a piece."""
        return q + 0 * (k + v)

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any, shown: Any, heads: int) -> Any:
        """The node: no bias of its own, the mask of pieces, the scale already in the queries."""
        return g.op("com.microsoft::MultiHeadAttention", q, k, v, shown, num_heads_i=heads, scale_f=1.0).setType(
            q.type()
        )


class Graph(nn.Module):
    """The network with its last steps: best tags, scripts and labels instead of all their scores."""

    def __init__(self, network: Network, root: int) -> None:
        super().__init__()
        self.network, self.root = network, root

    def forward(self, ids: Tensor, first: Tensor, last: Tensor, scheme: Tensor) -> tuple[Tensor, ...]:
        """Mask what is padded; the label of the root's column is `root`, and of no other."""
        tags, lemmas, names, arcs, labels, vector, tellings = self.network(ids, first, last, scheme)
        barred = torch.zeros(labels.shape[2])
        barred[self.root] = -1e6
        best = (labels[..., 1:] + barred[:, None]).argmax(2)
        column = torch.full_like(best[..., :1], self.root)
        return (
            tags.argmax(-1),
            lemmas.topk(BEST, -1).indices,
            names,
            arcs,
            torch.cat([column, best], -1).to(torch.uint8),
            vector,
            tellings,
        )


def floats(network: Network, root: int, path: Path) -> None:
    """Write the graph in 32 bits."""
    ids = torch.randint(4, 100, (2, 9))
    first = torch.tensor([[1, 2, 4, 6], [1, 3, 0, 0]])
    inputs = (ids, first, first.clone(), torch.tensor([0, 1]))
    names = ["tags", "lemmas", "entities", "arcs", "labels", "vectors", "tellings"]
    axes = {
        "ids": {0: "batch", 1: "pieces"},
        "first": {0: "batch", 1: "words"},
        "last": {0: "batch", 1: "words"},
        "scheme": {0: "batch"},
    }
    torch.onnx.export(
        Graph(network, root).eval(),
        inputs,
        str(path),
        input_names=list(axes),
        output_names=names,
        dynamic_axes=axes | {name: {0: "batch"} for name in names},
        opset_version=18,
        dynamo=False,
    )


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("wheel", "work", "teller", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--version", required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    encoder = load(options.wheel)
    kept = json.loads((options.work / "pieces.json").read_text("utf-8"))
    found = json.loads((options.work / "inventory.json").read_text("utf-8"))
    sizes = {
        "upos": len(found["upos"]),
        "lemmas": len(found["scripts"]),
        "labels": len(found["labels"]),
        "entities": len(LABELS),
        "tellings": sum(map(len, TELLINGS.values())),
    }
    network = Network(
        sizes | {"layers": encoder.layers, "heads": encoder.heads},
        encoder.tensors["word"][kept],
        encoder.tensors["position"],
    )
    state = options.work / "best.pt"
    stored = torch.load(state if state.exists() else options.work / "state.pt", weights_only=False)
    network.load_state_dict(stored["network"], strict=False)
    network.teller.load_state_dict(torch.load(options.teller / "state.pt", weights_only=False)["teller"])
    for layer in network.layers if stored.get("folded") else ():
        layer.scale = 1.0
    for layer in (*network.layers, *network.teller.layers):
        layer.fold()
        layer.attention = Attention.apply
    floats(network, found["labels"].index("root"), options.work / "float.onnx")
    quantise(options.work / "float.onnx", options.out / GRAPH)
    (options.out / PIECES).write_text(
        json.dumps(
            [[encoder.pieces[n], round(encoder.scores[n], 5)] for n in kept], ensure_ascii=False, separators=(",", ":")
        ),
        "utf-8",
    )
    digests = {name: hashlib.sha256((options.out / name).read_bytes()).hexdigest() for name in (GRAPH, PIECES)}
    manifest = {
        "format": FORMAT,
        "version": options.version,
        "dim": encoder.hidden,
        "schemes": SCHEMES,
        **{name: found[name] for name in ("upos", "labels", "scripts")},
        "entities": LABELS,
        "tellings": TELLINGS,
        "sha256": digests,
    }
    (options.out / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print({name: (options.out / name).stat().st_size for name in (GRAPH, PIECES, MANIFEST)})


if __name__ == "__main__":
    main()
