"""A tiny labelled report for the tests of the measuring side."""

from __future__ import annotations

from pathlib import Path

TEXT = """title: Brug bij Lomé weg
published: 2024-04-02
publisher: De Voorbeeldkoerier (voorbeeld)
language: nl

De brug bij Lomé is weg, zegt de burgemeester. Het leger ontkent dat.

Zeker vier mensen kwamen om. De brug bij Lomé is weg.
"""

LABELS = """style: local
story: null
war: verzonnen
none:
  - {text: "De brug bij Lomé is weg.", nth: 1, why: herhaling}
claims:
  - quote: "De brug bij Lomé is weg"
    nth: 1
    source: {name: burgemeester, text: burgemeester, kind: official, via: []}
    evidence: attributed
    verification: null
    certainty: CT+
    topic: damage
    event: null
    time: null
    places: [{text: Lomé, name: Lomé, use: location}]
    quantities: []
  - quote: "ontkent dat"
    source: {name: leger, text: leger, kind: military, via: []}
    evidence: attributed
    verification: null
    certainty: CT-
    topic: damage
    event: null
    time: null
    places: [{text: null, name: Lomé, use: location, inherited: true}]
    quantities: []
  - quote: "Zeker vier mensen kwamen om"
    source: null
    evidence: stated
    verification: null
    certainty: CT+
    topic: casualties
    event: null
    time: null
    places: []
    quantities:
      - {text: Zeker vier, value: 4, low: 4, high: null, bound: ">=", unit: killed, of: people, cumulative: false}
"""


def write(folder: Path, name: str = "nl_brug", *, labels: str = LABELS, text: str = TEXT) -> Path:
    """One report with its labels; the folder is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    path = folder / f"{name}.yaml"
    path.write_text(labels, encoding="utf-8")
    return path
