"""Matches the named patterns of a language's grammar over tokens, layer by layer.

A pattern's form is a row of elements: ``word`` (literal), ``<name:category>`` (a category of the lexicon or the
result of a lower layer, kept under a name), ``( a | b )``, ``[ optional ]`` and ``~`` (no white space here). All
forms of a layer are compiled into one graph whose entrances are indexed by what a form may begin with, so most words
of a text cost one look-up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from relaas.errors import OntologyError
from relaas.times.scan import Token, tight

_ELEMENT = re.compile(r"[\[\]()|]|<[^>]+>|[^\s\[\]()|]+")
MOST_STEPS = 4000
"""Steps tried from one token and layer: a bound on time that no sensible text comes near."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One named pattern: what it gives to higher layers, the meaning it has, and the words that must or must not
    stand around it.
    """

    name: str
    gives: tuple[str, ...]
    means: str
    fixed: dict[str, Any]
    guards: dict[str, frozenset[str]]
    emit: bool
    rank: int
    distinct: str | None


@dataclass(slots=True, eq=False)
class Node:
    """A place in a layer's graph."""

    edges: dict[str, list[tuple[str | None, Node]]] = field(default_factory=dict)
    tight: list[Node] = field(default_factory=list)
    accepts: list[Pattern] = field(default_factory=list)


@dataclass(slots=True)
class Meaning:
    """What a pattern found: the meaning's name with its slots, over tokens ``start`` to ``end`` (end exclusive)."""

    pattern: Pattern
    slots: dict[str, Any]
    start: int
    end: int

    @property
    def op(self) -> str:
        """The name of the meaning."""
        return self.pattern.means


Edge = tuple[str, Any, int]
"""A key (a literal word, or ``<category>``), a value, and the index after its last token."""


class Grammar:
    """The compiled layers of one language."""

    def __init__(self, layers: list[dict[str, dict[str, Any]]]) -> None:
        self.layers: list[Node] = []
        self.literals: set[str] = set()
        for number, layer in enumerate(layers):
            root = Node()
            for name, entry in layer.items():
                self._add(root, name, entry, number)
            self.layers.append(root)

    def _add(self, root: Node, name: str, entry: dict[str, Any], rank: int) -> None:
        gives = entry.get("gives", [])
        around = ("after", "not_after", "before", "not_before")
        pattern = Pattern(
            name,
            tuple([gives] if isinstance(gives, str) else gives),
            entry["means"],
            entry.get("with", {}),
            {key: frozenset(entry[key]) for key in around if key in entry},
            entry.get("emit", True),
            rank,
            entry.get("distinct"),
        )
        forms = entry["form"]
        for form in [forms] if isinstance(forms, str) else forms:
            parts = _ELEMENT.findall(form)
            ends, rest = self._sequence([root], parts, 0, name)
            if rest != len(parts) or root in ends:
                raise OntologyError(f"pattern {name}: the form {form!r} is not well formed")
            for end in ends:
                end.accepts.append(pattern)

    def _sequence(self, nodes: list[Node], parts: list[str], at: int, name: str) -> tuple[list[Node], int]:
        while at < len(parts):
            part = parts[at]
            if part in ("]", ")", "|"):
                break
            if part == "[":
                inner, at = self._choice(nodes, parts, at + 1, "]", name)
                nodes = nodes + [node for node in inner if node not in nodes]
            elif part == "(":
                nodes, at = self._choice(nodes, parts, at + 1, ")", name)
            else:
                nodes, at = [self._step(nodes, part)], at + 1
        return nodes, at

    def _choice(self, nodes: list[Node], parts: list[str], at: int, close: str, name: str) -> tuple[list[Node], int]:
        ends: list[Node] = []
        while True:
            branch, at = self._sequence(nodes, parts, at, name)
            ends.extend(node for node in branch if node not in ends)
            if at >= len(parts):
                raise OntologyError(f"pattern {name}: {close} is missing")
            at += 1
            if parts[at - 1] == close:
                return ends, at

    def _step(self, nodes: list[Node], part: str) -> Node:
        child = Node()
        for node in nodes:
            if part == "~":
                node.tight.append(child)
            elif part.startswith("<"):
                slot, _, categories = part[1:-1].rpartition(":")
                for category in categories.split(","):
                    node.edges.setdefault(f"<{category}>", []).append((slot or category, child))
            else:
                self.literals.add(part)
                node.edges.setdefault(part, []).append((None, child))
        return child

    def parse(self, tokens: list[Token], lattice: list[list[Edge]]) -> list[Meaning]:
        """Every match of every layer; what a layer gives is added to the lattice for the layers above it."""
        found: list[Meaning] = []
        for root in self.layers:
            fresh: list[tuple[int, Edge]] = []
            entrances = root.edges.keys()
            for start, edges in enumerate(lattice):
                if not edges or not any(key in entrances for key, _, _ in edges):
                    continue
                seen: dict[tuple[str, int], bool] = {}
                for pattern, end, slots in _walk(root, start, (), tokens, lattice, [0]):
                    if (pattern.name, end) in seen or not _allowed(pattern, tokens, start, end):
                        continue
                    seen[pattern.name, end] = True
                    meaning = Meaning(pattern, {**pattern.fixed, **dict(slots)}, start, end)
                    if pattern.distinct is not None and not _distinct(meaning, pattern.distinct):
                        continue
                    found.append(meaning)
                    fresh.extend((start, (f"<{key}>", meaning, end)) for key in pattern.gives)
            for start, edge in fresh:
                lattice[start].append(edge)
        return found


def _walk(
    node: Node,
    at: int,
    slots: tuple[tuple[str, Any], ...],
    tokens: list[Token],
    lattice: list[list[Edge]],
    steps: list[int],
) -> Iterator[tuple[Pattern, int, tuple[tuple[str, Any], ...]]]:
    steps[0] += 1
    for pattern in node.accepts:
        yield pattern, at, slots
    if at >= len(lattice) or steps[0] > MOST_STEPS:
        return
    if node.tight and at and tight(tokens[at - 1], tokens[at]):
        for child in node.tight:
            yield from _walk(child, at, slots, tokens, lattice, steps)
    for key, value, end in lattice[at]:
        for slot, child in node.edges.get(key, ()):
            yield from _walk(child, end, slots if slot is None else (*slots, (slot, value)), tokens, lattice, steps)


def _distinct(meaning: Meaning, slot: str) -> bool:
    """Whether a slot differs among the inner meanings: "een week en drie dagen", not "een week, drie weken"."""
    inner = [each.slots[slot] for each in meaning.slots.values() if isinstance(each, Meaning) and slot in each.slots]
    return len(inner) == len(set(inner))


def _allowed(pattern: Pattern, tokens: list[Token], start: int, end: int) -> bool:
    """Whether the neighbours are as the pattern wants them; "^" and "$" stand for the text's edges, "." for any
    mark.
    """
    guards = pattern.guards
    if not guards:
        return True
    if "after" in guards or "not_after" in guards:
        before = _names(tokens, start - 1, "^")
        if ("after" in guards and not before & guards["after"]) or before & guards.get("not_after", frozenset()):
            return False
    if "before" in guards or "not_before" in guards:
        behind = _names(tokens, end, "$")
        if ("before" in guards and not behind & guards["before"]) or behind & guards.get("not_before", frozenset()):
            return False
    return True


def _names(tokens: list[Token], index: int, edge: str) -> set[str]:
    if not 0 <= index < len(tokens):
        return {edge}
    token = tokens[index]
    return {token.low, "." if token.kind == "mark" and token.low not in "-%€$£°" else token.low, f"#{token.kind}"}
