"""Turn shipped weights back into a state that training can begin with: `python restore.py --wheel … --weights … --work …`.

The 8-bit products come back as floats, so training goes on from what is shipped when the state it was made from is gone.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from encoder import load
from relaas.reading.weights import GRAPH, MANIFEST, PIECES

_OF = re.compile(r"^/network/([\w./]+)/MatMul_output_0(?:_sum|_product)?$")
MIXES = {"/network/MatMul_output_0": "mix", "/network/teller/MatMul_output_0": "teller.mix"}
"""The mixes of layers, which the graph holds as shares."""


def state(graph: onnx.GraphProto) -> dict[str, torch.Tensor]:
    """The network's parameters by their names, without the frozen piece table; the queries hold the scale of their scores."""
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    found = {
        name.removeprefix("network."): value
        for name, value in constants.items()
        if name.startswith("network.") and "word.weight" not in name
    }
    for node in graph.node:
        if "MatMul" not in node.op_type:
            continue
        match, weight = _OF.match(node.output[0]), _weight(node.input[1], constants)
        if node.output[0] in MIXES:
            found[MIXES[node.output[0]]] = np.log(np.maximum(constants[node.input[0]], 1e-9))
        elif match and weight is not None:
            found.setdefault(match[1].replace("/", ".") + ".weight", weight.T)
    return {name: torch.from_numpy(np.array(value, np.float32, order="C")) for name, value in found.items()}


def _weight(name: str, constants: dict[str, np.ndarray]) -> np.ndarray | None:
    if name.endswith("_whole") and name in constants:
        return constants[name].astype(np.float32) * constants[name.removesuffix("_whole") + "_scale"]
    return constants.get(name)


def main() -> None:
    """Write `state.pt`, `pieces.json` and `inventory.json` into the work folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("wheel", "weights", "work"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    encoder = load(options.wheel)
    manifest = json.loads((options.weights / MANIFEST).read_text("utf-8"))
    pieces = [piece for piece, _ in json.loads((options.weights / PIECES).read_text("utf-8"))]
    numbers: dict[str, int] = {}
    for number, piece in enumerate(encoder.pieces):
        numbers.setdefault(piece, number)
    (options.work / "pieces.json").write_text(json.dumps([numbers[piece] for piece in pieces]), "utf-8")
    inventory = {name: manifest[name] for name in ("upos", "scripts", "labels")}
    (options.work / "inventory.json").write_text(json.dumps(inventory, ensure_ascii=False), "utf-8")
    found = state(onnx.load(str(options.weights / GRAPH)).graph)
    torch.save({"network": found, "folded": True}, options.work / "state.pt")
    print({"parameters": len(found), "pieces": len(pieces)})


if __name__ == "__main__":
    main()
