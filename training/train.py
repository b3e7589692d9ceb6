"""Train the reader's weights: `python train.py --wheel … --data … --entities … --work …`; run again to go on where it
stopped.

Every epoch mixes all sources; a source is repeated or thinned by the plan below. The state is written every few
minutes.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import entities
import teacher
import treebanks
import vocabulary
from batches import Batcher, changed, inventory, renamed
from encoder import load
from model import Network
from relaas.reading.pieces import Pieces
from samples import EVERY, LABELS, Sample

PIECES = 60_000
PLAN = {
    "dutch": 2.0,
    "older": 0.6,
    "gum": 1.0,
    "wikiann-nl": 0.4,
    "wikiann-en": 0.3,
    "meantime": 1.0,
    "own": 4.0,
    "renamed": 2.0,
    "vectors": 0.6,
}
"""How often a sentence of each source comes up in an epoch."""
KEEPING = ("dutch", "gum", "own", "meantime", "vectors")
"""The sources whose sentences keep their vectors."""
log = logging.getLogger("train")


@dataclass
class Material:
    """What is trained on, by source, and what is tested on."""

    sources: dict[str, list[Sample]]
    trees: dict[str, list[Sample]]
    names: list[Sample]


def material(data: Path, folder: Path) -> Material:
    """Load every source."""
    dutch, dutch_test = treebanks.dutch(data)
    gum, gum_test = treebanks.gum(data)
    sources = {
        "dutch": dutch,
        "older": treebanks.older(data),
        "gum": entities.gum(gum),
        "wikiann-nl": entities.wikiann(data, "nl", 8000),
        "wikiann-en": entities.wikiann(data, "en", 8000),
        "meantime": entities.meantime(data),
        "own": entities.own(folder, data),
        "vectors": teacher.ntrex(data),
    }
    return Material(
        sources, {"nl": dutch_test, "en": [sample for sample, _ in gum_test]}, entities.tested(folder, data)
    )


def losses(
    output: tuple[torch.Tensor, ...], batch: dict[str, torch.Tensor], centre: torch.Tensor
) -> dict[str, torch.Tensor]:
    """Return one loss a task; what is unknown weighs nothing."""
    tags, lemmas, names, arcs, labels, vector, _ = (tensor.float() for tensor in output)
    spread = batch["weight"][:, None].expand_as(batch["upos"])

    def choice(scores: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
        known = wanted.ne(-100)
        if not known.any():
            return scores.sum() * 0
        each = F.cross_entropy(scores[known], wanted[known], reduction="none")
        return (each * spread[known]).sum() / spread[known].sum()

    words = batch["first"].ne(0)
    shown = torch.cat([torch.ones_like(words[:, :1]), words], 1)[:, None, :]
    arcs = arcs.masked_fill(~shown, -1e4)
    index = batch["head"].clamp(min=0)[:, :, None, None].expand(-1, -1, labels.shape[2], 1)
    chosen = labels.gather(3, index).squeeze(3)
    allowed = (batch["entities"][..., None] >> torch.arange(len(LABELS))) & 1
    told = batch["entities"].ne(EVERY) & words
    logs = names.log_softmax(-1).masked_fill(allowed.eq(0), -1e4).logsumexp(-1)
    has = batch["has_vector"]
    target = F.normalize(batch["vectors"] - centre, dim=-1)
    near = 1 - (F.normalize(vector - centre, dim=-1) * target).sum(-1)
    return {
        "upos": choice(tags, batch["upos"]),
        "lemma": choice(lemmas, batch["lemma"]),
        "arc": choice(arcs, batch["head"]),
        "label": choice(chosen, batch["label"].masked_fill(batch["head"].eq(-100), -100)),
        "entity": -(logs * told).sum() / told.sum().clamp(min=1),
        "vector": 5 * (near * has).sum() / has.sum().clamp(min=1),
    }


@torch.no_grad()
def score(network: Network, batcher: Batcher, samples: list[Sample]) -> dict[str, float]:
    """A quick look: greedy heads, best tags, spans without a decoder."""
    network.eval()
    counts = dict.fromkeys(("words", "upos", "lemma", "uas", "las", "gold", "found", "right"), 0)
    number = {name: at for at, name in enumerate(batcher.inventory.labels)}
    for batch in batcher.epoch(samples, 32):
        with torch.autocast("cpu", torch.bfloat16):
            tags, lemmas, names, arcs, labels, *_ = network(
                batch["ids"], batch["first"], batch["last"], batch["scheme"]
            )
        counted = batch["head"].ne(-100) & batch["label"].ne(number["punct"])
        shown = torch.cat([torch.ones_like(batch["first"][:, :1]), batch["first"]], 1).ne(0)[:, None, :]
        heads = arcs.float().masked_fill(~shown, -1e4).argmax(-1)
        best = labels.gather(3, heads[:, :, None, None].expand(-1, -1, labels.shape[2], 1)).squeeze(3).argmax(-1)
        counts["words"] += int(counted.sum())
        counts["upos"] += int((tags.argmax(-1).eq(batch["upos"]) & counted).sum())
        counts["lemma"] += int((lemmas.argmax(-1).eq(batch["lemma"]) & counted).sum())
        counts["uas"] += int((heads.eq(batch["head"]) & counted).sum())
        counts["las"] += int((heads.eq(batch["head"]) & best.eq(batch["label"]) & counted).sum())
        for wanted, given, exists in zip(
            batch["entities"].tolist(), names.argmax(-1).tolist(), batch["first"].tolist(), strict=True
        ):
            size = sum(place > 0 for place in exists)
            gold = _spans([mark.bit_length() - 1 if mark.bit_count() == 1 else 0 for mark in wanted[:size]])
            mine = _spans(given[:size])
            counts["gold"], counts["found"], counts["right"] = (
                counts["gold"] + len(gold),
                counts["found"] + len(mine),
                counts["right"] + len(gold & mine),
            )
    network.train()
    words = max(1, counts["words"])
    return {key: round(counts[key] / words, 4) for key in ("upos", "lemma", "uas", "las")} | {
        "f1": round(2 * counts["right"] / max(1, counts["gold"] + counts["found"]), 4)
    }


def _spans(tags: list[int]) -> set[tuple[int, int, int]]:
    spans, start = set(), -1
    for index, tag in enumerate([*tags, 0]):
        inside = tag > 0 and tag % 2 == 0
        if start >= 0 and not (inside and tag == tags[start] + 1):
            spans.add((start, index, tags[start]))
            start = -1
        if tag % 2 == 1:
            start = index
    return spans


def draw(sources: dict[str, list[Sample]], rng: random.Random) -> list[Sample]:
    """Choose an epoch's sentences by the plan, and change the looks of some."""
    chosen = []
    for name, number in PLAN.items():
        pool = sources.get(name, [])
        whole, rest = divmod(number, 1)
        if name == "renamed":
            pool, whole, rest = [], 0, 0
            for _ in range(int(number)):
                chosen += renamed(sources["own"] + sources["meantime"], rng)
        chosen += pool * int(whole) + rng.sample(pool, int(len(pool) * rest))
    return changed(chosen, rng)


def main() -> None:
    """Train, or go on training."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("wheel", "data", "entities", "work"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--start", type=Path, help="a state of an earlier run whose weights to begin with")
    parser.add_argument("--rate", type=float, default=4e-4)
    parser.add_argument("--batch", type=int, default=64, help="in units of 32 pieces")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--minutes", type=float, default=0, help="be done by then: the rates fall by the clock where that is faster"
    )
    parser.add_argument("--plan", type=json.loads, default={}, help="changes to the plan, as JSON")
    options = parser.parse_args()
    PLAN.update(options.plan)
    options.work.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(message)s",
        handlers=[logging.StreamHandler(), logging.FileHandler(options.work / "train.log")],
    )
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    everything = material(options.data, options.entities)
    log.info(
        "%s",
        {name: len(samples) for name, samples in everything.sources.items()} | {"names tested": len(everything.names)},
    )
    encoder = load(options.wheel)
    kept = _kept(options.work, encoder, options.data)
    pieces = Pieces(vocabulary.tokenizer([encoder.pieces[n] for n in kept], [encoder.scores[n] for n in kept]))
    trees = [sample for name in ("dutch", "older", "gum") for sample in everything.sources[name]]
    stored = options.work / "inventory.json"
    found = inventory(trees) if not stored.exists() else inventory([])
    if stored.exists():
        found = type(found)(**json.loads(stored.read_text("utf-8")))
    stored.write_text(json.dumps(vars(found), ensure_ascii=False), "utf-8")
    vectors = _vectors(options.work, encoder, everything.sources)
    centre = torch.from_numpy(np.mean(list(vectors.values()), axis=0))
    batcher = Batcher(pieces, found, vectors, options.seed)
    network = Network(
        found.sizes() | {"layers": encoder.layers, "heads": encoder.heads},
        encoder.tensors["word"][kept],
        encoder.tensors["position"],
    )
    _, extra = network.load_state_dict(
        {key: torch.from_numpy(value) for key, value in encoder.tensors.items() if key.startswith(("layers", "norm"))},
        strict=False,
    )
    assert not extra, extra
    if options.start:
        begin, own = torch.load(options.start, weights_only=False)["network"], network.state_dict()
        network.load_state_dict(
            {key: value for key, value in begin.items() if own[key].shape == value.shape}, strict=False
        )
    run(network, batcher, everything, centre, options, rng)


def run(
    network: Network,
    batcher: Batcher,
    everything: Material,
    centre: torch.Tensor,
    options: argparse.Namespace,
    rng: random.Random,
) -> None:
    """The epochs: linear warm-up and decay, gradients clipped."""
    body = [
        parameter
        for name, parameter in network.named_parameters()
        if name.startswith(("layers", "norm")) and parameter.requires_grad
    ]
    heads = [
        parameter
        for name, parameter in network.named_parameters()
        if not name.startswith(("layers", "norm")) and parameter.requires_grad
    ]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": options.rate}, {"params": heads, "lr": options.rate * 4}],
        betas=(0.9, 0.98),
        weight_decay=0.01,
        fused=True,
    )
    done, state = 0, options.work / "state.pt"
    if state.exists():
        stored = torch.load(state, weights_only=False)
        network.load_state_dict(stored["network"])
        optimiser.load_state_dict(stored["optimiser"])
        done = stored["epoch"]
        rng.setstate(stored["random"])
        batcher.random.setstate(stored["order"])
    network.train()
    started = time.monotonic()
    for epoch in range(done, options.epochs):
        batches = list(batcher.epoch(draw(everything.sources, rng), options.batch))
        total, step = len(batches) * options.epochs, epoch * len(batches)
        sums: dict[str, float] = {}
        begun = time.monotonic()
        for at, batch in enumerate(batches, start=1):
            step += 1
            past = max(step / total, (time.monotonic() - started) / 60 / options.minutes if options.minutes else 0.0)
            if past > 1:
                break
            scale = min(step / (0.06 * total), (1 - past) / 0.94, 1.0)
            for group, rate in zip(optimiser.param_groups, (options.rate, options.rate * 4), strict=True):
                group["lr"] = rate * scale
            with torch.autocast("cpu", torch.bfloat16):
                output = network(batch["ids"], batch["first"], batch["last"], batch["scheme"])
            each = losses(output, batch, centre)
            optimiser.zero_grad(set_to_none=True)
            torch.stack(list(each.values())).sum().backward()
            torch.nn.utils.clip_grad_norm_(body + heads, 2.0)
            optimiser.step()
            for key, value in each.items():
                sums[key] = sums.get(key, 0.0) + float(value.detach())
            if at % 100 == 0 or at == len(batches):
                log.info(
                    "epoch %d %d/%d %.0f s %s",
                    epoch + 1,
                    at,
                    len(batches),
                    time.monotonic() - begun,
                    {key: round(value / at, 3) for key, value in sums.items()},
                )
        torch.save(
            {
                "network": network.state_dict(),
                "optimiser": optimiser.state_dict(),
                "epoch": epoch + 1,
                "random": rng.getstate(),
                "order": batcher.random.getstate(),
            },
            state,
        )
        for name, samples in (*everything.trees.items(), ("names", everything.names)):
            if samples:
                log.info("epoch %d %s %s", epoch + 1, name, score(network, batcher, samples))


def _kept(work: Path, encoder: object, data: Path) -> list[int]:
    stored = work / "pieces.json"
    if not stored.exists():
        stored.write_text(json.dumps(vocabulary.cut(encoder, data, PIECES)), "utf-8")  # type: ignore[arg-type]
    return list(json.loads(stored.read_text("utf-8")))


def _vectors(work: Path, encoder: object, sources: dict[str, list[Sample]]) -> dict[str, np.ndarray]:
    """The wanted vectors, made once and then added to when new sentences come."""
    stored = work / "vectors.npz"
    found: dict[str, np.ndarray] = {}
    if stored.exists():
        with np.load(stored) as archive:
            found = dict(zip(archive["keys"].tolist(), archive["vectors"], strict=True))
    wanted = (sample for name in KEEPING for sample in sources[name])
    new = [sample for sample in wanted if sample.id not in found and len(sample.words) < 120]
    if new:
        log.info("vectors of %d sentences", len(new))
        found |= teacher.vectors(encoder, new)  # type: ignore[arg-type]
        np.savez(stored, keys=np.array(list(found)), vectors=np.stack(list(found.values())))
    return found


if __name__ == "__main__":
    main()
