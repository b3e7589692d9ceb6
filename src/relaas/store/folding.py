"""One spelling for comparison: case, accents and punctuation set aside."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=10_000)
def folded(name: str) -> str:
    """A name as it is compared: letters and digits only, small, without accents; words parted by one space.

    >>> folded("Wagner-groep"), folded("  İzmir")
    ('wagner groep', 'izmir')
    """
    plain = "".join(char for char in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in plain).split())
