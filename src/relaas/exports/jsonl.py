"""JSON lines: the contract's objects, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import ClassVar, TextIO

from relaas.exports.exporter import Claim, Exporter, Style


class JsonLines(Exporter):
    """Every field, in the contract's order; ``status`` says whether a person has reviewed the claim."""

    name: ClassVar[str] = "jsonl"

    def write(self, claims: Iterable[Claim], stream: TextIO, style: Style) -> int:
        """One object a line."""
        count = 0
        for claim in claims:
            stream.write(json.dumps(claim, ensure_ascii=False) + "\n")
            count += 1
        return count
