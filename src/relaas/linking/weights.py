"""What each feature weighs, as training found it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

WEIGHTS = Path(__file__).parent / "weights.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature weighs (log odds), and from which score a link is drawn or proposed; ``centre`` is the mean sentence vector."""

    features: Mapping[str, float]
    bias: float
    firm: float
    proposed: float
    centre: NDArray[np.float64] | None

    @classmethod
    @cache
    def shipped(cls) -> Weights:
        """The weights that training/linking made."""
        data: dict[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
        centre = np.array(data["centre"], np.float64) if data.get("centre") else None
        return cls(data["features"], data["bias"], data["firm"], data["proposed"], centre)
