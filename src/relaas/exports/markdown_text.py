"""Text of a report inside Markdown."""

from __future__ import annotations

import re

from relaas.text import collapse

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


def escaped(text: str) -> str:
    """One line, with no mark-up of its own."""
    return _SPECIAL.sub(r"\\\1", collapse(text))
