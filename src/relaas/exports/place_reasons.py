"""Why a name was taken for a place, in words: the record keeps the reasons as the pipeline gave them, a page says what they come to."""

from __future__ import annotations

import re

from relaas.ontology.display import say

_CHANCE = re.compile(r"chance (\d\.\d+) of (\d+)$")
_INHERITED = re.compile(r"inherited \((\d\.\d+)\): (.*)$", re.DOTALL)
_PARTS = re.compile(r"[;,] ")
MOST = 4


def place_reason(reason: str, language: str) -> str:
    """The reasons that have words in the language, weightiest first, each once; empty where none has."""
    share = ""
    if inherited := _INHERITED.match(reason):
        share, reason = say("place_why.inherited", language=language, share=f"{float(inherited[1]):.0%}"), inherited[2]
    told = [share, *(_worded(part, language) for part in _PARTS.split(reason))]
    return ", ".join(list(dict.fromkeys(part for part in told if part))[:MOST])


def _worded(part: str, language: str) -> str:
    if chance := _CHANCE.match(part):
        return say("place_why.chance", language=language, share=f"{float(chance[1]):.0%}", count=chance[2])
    words = part.split()
    for length in range(len(words), 0, -1):
        key = f"place_why.{' '.join(words[:length]).rstrip(':')}"
        if (found := say(key, language=language)) != key:
            return found
    return ""
