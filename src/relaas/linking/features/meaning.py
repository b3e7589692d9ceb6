"""Whether the sentences mean the same, in any two languages."""

from __future__ import annotations

LOW, MIDDLE, HIGH = -0.2, 0.3, 0.8


def pieces(cosine: float, specific: float, rank: float) -> dict[str, tuple[float, str]]:
    """The likeness of two sentences in pieces, so that likeness above a point may count more than below it.

    >>> pieces(0.5, 0.4, 1.0)["meaning_high"]
    (0.2, '0.50')
    """
    value = min(HIGH, max(LOW, cosine))
    shown = f"{cosine:.2f}"
    return {
        "meaning": (value, shown),
        "meaning_high": (round(max(0.0, value - MIDDLE), 3), shown),
        "specific": (min(HIGH, max(LOW, specific)), f"{specific:.2f}"),
        "nearest": (rank, ""),
        "each_nearest": (float(rank == 1.0), ""),
    }
