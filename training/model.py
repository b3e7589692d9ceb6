"""The network: the encoder and on it heads for tags, lemmas, trees, entities and the vector that the untouched encoder
would give.

A word is its first piece plus a learnt part of its last; the tasks read a learnt mix of all layers, so that the last
stays free for the vector.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

SCHEMES = 3
ARC, LABEL = 256, 128
TELLING = 4
KINDS, WEAPONS = 6, 5
"""Kinds of names, 0 for none; the last, weapons, are told apart by their words."""


class Drop(nn.Module):
    """Dropout with one mask for all places of a sentence: as good, and far fewer random numbers."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        """Return x, in training with a share of its columns at 0 and the others raised."""
        if not self.training:
            return x
        kept = torch.rand(x.shape[0], 1, x.shape[2]) >= self.share
        return x * (kept / (1 - self.share)).to(x.dtype)


class Layer(nn.Module):
    """One block of a BERT encoder: normalisation after each part."""

    def __init__(self, hidden: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads, self.scale = heads, (hidden // heads) ** -0.5
        self.attend, self.out = nn.Linear(hidden, 3 * hidden), nn.Linear(hidden, hidden)
        self.up, self.down = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.attended, self.fed = nn.LayerNorm(hidden, 1e-12), nn.LayerNorm(hidden, 1e-12)
        self.drop = Drop(0.1)
        self.attention: Callable[..., Tensor] | None = None

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Shapes: x batch × pieces × hidden, mask batch × 1 × 1 × pieces, 0 or a large negative number."""
        if self.attention:
            q, k, v = self.attend(x).chunk(3, -1)
            seen = self.attention(q, k, v, mask[:, 0, 0].ge(0).to(torch.int32), self.heads)
        else:
            seen = self._attention(x, mask)
        x = self.attended(x + self.drop(self.out(seen)))
        return self.fed(x + self.drop(self.down(F.gelu(self.up(x)))))

    def _attention(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, hidden = x.shape
        q, k, v = (
            self.attend(x).view(batch, length, 3, self.heads, hidden // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        )
        scores = q @ k.transpose(-1, -2)
        scores = (scores if self.scale == 1 else scores * self.scale) + mask
        return (scores.softmax(-1) @ v).transpose(1, 2).reshape(batch, length, hidden)

    def fold(self) -> None:
        """Put the scale of the scores into the weights of the queries: the same numbers, one pass over the scores less."""
        self._scale_queries(self.scale)
        self.scale = 1.0

    def unfold(self) -> None:
        """Take the scale out of the queries' weights, which had it folded in."""
        self._scale_queries(1 / self.scale)

    def _scale_queries(self, factor: float) -> None:
        queries = self.attend.out_features // 3
        with torch.no_grad():
            self.attend.weight[:queries] *= factor
            self.attend.bias[:queries] *= factor


class Teller(nn.Module):
    """What each word is part of in a claim: layers of its own over a learnt mix of the encoder's, which stay as they are.

    It begins as a copy of the encoder's last layers, fed by the layer below them. Of a name it sees only what kind of name
    it is, so that who is named decides nothing.
    """

    def __init__(self, hidden: int, heads: int, below: int, labels: int) -> None:
        super().__init__()
        self.mix = nn.Parameter(torch.zeros(1, below + 1))
        self.layers = nn.ModuleList(Layer(hidden, heads, 4 * hidden) for _ in range(TELLING))
        for layer in self.layers:
            layer.drop.share = 0.2
        with torch.no_grad():
            self.mix[:, below - TELLING] = 5.0
        self.kinds = nn.Embedding(KINDS, hidden)
        self.last = nn.Linear(hidden, hidden, bias=False)
        nn.init.zeros_(self.last.weight)
        self.up, self.labels = nn.Linear(2 * hidden, hidden), nn.Linear(hidden, labels)
        self.strong = Drop(0.4)

    def mixed(self, every: list[Tensor]) -> Tensor:
        """Return the mix of the encoder's layers: batch × pieces × hidden."""
        return (self.mix.softmax(-1) @ torch.stack(every).flatten(1)).view(every[0].shape)

    def forward(self, mixed: Tensor, kinds: Tensor, mask: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Return the scores of all heads' labels in a row: batch × words × labels. `kinds` gives what kind of name each piece is
        part of, 0 for none: batch × pieces.
        """
        x = torch.where(kinds[..., None] > 0, self.kinds(kinds).to(mixed.dtype), mixed)
        for layer in self.layers:
            x = layer(x, mask)
        wide = x.shape[-1]
        one = torch.gather(x, 1, first[..., None].expand(-1, -1, wide))
        two = torch.gather(x, 1, last[..., None].expand(-1, -1, wide))
        words = self.strong(one + self.last(two))
        return self.labels(self.strong(F.gelu(self.up(torch.cat([words, x[:, :1].expand_as(words)], -1)))))


def _mask(ids: Tensor) -> Tensor:
    return (1.0 - ids.ne(1).to(torch.float32))[:, None, None, :] * -30000.0


def _kinds(entities: Tensor, ids: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """What kind of name each piece is part of: batch × pieces; `entities` are the words' scores."""
    kinds = (entities.argmax(-1) + 1) // 2 * first.gt(0)
    kinds = kinds * kinds.ne(WEAPONS)
    pieces = torch.arange(ids.shape[1])
    inside = first[:, :, None].le(pieces) & last[:, :, None].ge(pieces)
    return (inside * kinds[:, :, None]).amax(1)


class Network(nn.Module):
    """Everything that is learnt."""

    def __init__(self, sizes: dict[str, int], table: np.ndarray, positions: np.ndarray) -> None:
        super().__init__()
        hidden, layers = table.shape[1], sizes["layers"]
        self.word = nn.Embedding.from_pretrained(torch.from_numpy(table), freeze=True)
        self.position = nn.Embedding.from_pretrained(torch.from_numpy(positions), freeze=True)
        self.norm = nn.LayerNorm(hidden, 1e-12)
        self.layers = nn.ModuleList(Layer(hidden, sizes["heads"], 4 * hidden) for _ in range(layers))
        self.drop, self.strong = Drop(0.1), Drop(0.3)
        self.mix = nn.Parameter(torch.zeros(2, layers + 1))
        with torch.no_grad():
            self.mix[:, -4:] = 1.0
        self.last = nn.Linear(hidden, hidden, bias=False)
        nn.init.zeros_(self.last.weight)
        self.scheme = nn.Embedding(SCHEMES, hidden)
        nn.init.normal_(self.scheme.weight, std=0.02)
        self.upos = nn.Linear(hidden, sizes["upos"])
        self.lemma_up, self.lemma = nn.Linear(hidden, 256), nn.Linear(256, sizes["lemmas"])
        self.entity_up, self.entity = nn.Linear(hidden, 256), nn.Linear(256, sizes["entities"])
        self.child, self.parent = nn.Linear(hidden, ARC + LABEL), nn.Linear(hidden, ARC + LABEL)
        self.arc = nn.Linear(ARC, ARC, bias=False)
        self.arc_bias = nn.Linear(ARC, 1, bias=False)
        self.label = nn.Linear(LABEL, sizes["labels"] * LABEL)
        self.label_child, self.label_parent = (
            nn.Linear(LABEL, sizes["labels"]),
            nn.Linear(LABEL, sizes["labels"], bias=False),
        )
        self.teller = Teller(hidden, sizes["heads"], layers, sizes["tellings"])
        nn.init.xavier_uniform_(self.arc.weight)
        nn.init.normal_(self.label.weight, std=0.02)

    def forward(self, ids: Tensor, first: Tensor, last: Tensor, scheme: Tensor) -> tuple[Tensor, ...]:
        """Return scores: tags, lemmas, entities, arcs (batch × words × 1 + words), labels (× label), the vectors, and what
        each word is part of in a claim (all heads' labels in a row).

        `first` and `last` give each word's first and last piece (0 where there is no word), `scheme` the conventions
        wanted of each sentence.
        """
        shown, every = ids.ne(1), self._encoded(ids)
        weights = self.mix.softmax(-1)
        syntax, naming = (weights @ torch.stack(every).flatten(1)).view(2, *every[0].shape)
        weight = shown.to(syntax.dtype)[:, :, None]
        vector = F.normalize((every[-1] * weight).sum(1) / weight.sum(1), dim=-1)
        words = self._words(syntax, first, last) + self.scheme(scheme)[:, None, :]
        names = self.strong(self._words(naming, first, last))
        dropped = self.strong(words)
        tags = self.upos(dropped)
        lemmas = self.lemma(F.gelu(self.lemma_up(dropped)))
        entities = self.entity(self.strong(F.gelu(self.entity_up(names))))
        root = syntax[:, :1] + self.scheme(scheme)[:, None, :]
        parents = self.strong(F.gelu(self.parent(torch.cat([root, words], 1))))
        children = self.strong(F.gelu(self.child(words)))
        arcs = self.arc(children[..., :ARC]) @ parents[..., :ARC].transpose(1, 2) * ARC**-0.5 + self.arc_bias(
            parents[..., :ARC]
        ).transpose(1, 2)
        tellings = self.teller(self.teller.mixed(every), _kinds(entities, ids, first, last), _mask(ids), first, last)
        return tags, lemmas, entities, arcs, self._labels(children[..., ARC:], parents[..., ARC:]), vector, tellings

    @torch.no_grad()
    def below(self, ids: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
        """Return what the teller stands on: the mix of layers and the kinds of names, a piece each."""
        every = self._encoded(ids)
        naming = (self.mix.softmax(-1)[1:] @ torch.stack(every).flatten(1)).view(every[0].shape)
        entities = self.entity(F.gelu(self.entity_up(self._words(naming, first, last))))
        return self.teller.mixed(every), _kinds(entities, ids, first, last)

    def _encoded(self, ids: Tensor) -> list[Tensor]:
        mask = _mask(ids)
        every = [self.drop(self.norm(self.word(ids) + self.position.weight[: ids.shape[1]]))]
        for layer in self.layers:
            every.append(layer(every[-1], mask))
        return every

    def _words(self, x: Tensor, first: Tensor, last: Tensor) -> Tensor:
        wide = x.shape[-1]
        one = torch.gather(x, 1, first[..., None].expand(-1, -1, wide))
        two = torch.gather(x, 1, last[..., None].expand(-1, -1, wide))
        return one + self.last(two)

    def _labels(self, children: Tensor, parents: Tensor) -> Tensor:
        """Scores of each label for each pair: batch × children × labels × parents."""
        batch, words, wide = children.shape
        turned = self.label(children).view(batch, -1, wide)
        pairs = (turned @ parents.transpose(1, 2)).view(batch, words, -1, parents.shape[1])
        return (
            pairs * wide**-0.5
            + self.label_child(children)[..., None]
            + self.label_parent(parents).transpose(1, 2)[:, None]
        )
