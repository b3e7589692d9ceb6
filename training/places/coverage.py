"""How many Ukrainian settlements are found by the Dutch name that the rules make of their Ukrainian one, and how many
share it.

python training/places/coverage.py
"""

from __future__ import annotations

from collections import Counter

from relaas.knowledge import sources
from relaas.knowledge.exonyms import exonyms, respellings, table
from relaas.knowledge.gazetteer import Gazetteer
from relaas.knowledge.names import key


def main() -> None:
    """Print the figures."""
    gazetteer = Gazetteer.open()
    total = named = found = alone = in_ukraine = 0
    missing: list[str] = []
    shared = Counter[int]()
    for town in sources.towns():
        if town.country != "UA" or town.population <= 500:
            continue
        total += 1
        native = [name for name in town.names if "\u0400" <= name[0] <= "\u04ff"]
        own = [name for name in native if table("uk", "nl").accepts(name)] or native
        named += bool(own)
        spelled = [spelling for name in own for spelling in exonyms(name, "nl")]
        if not spelled:  # GeoNames has no Cyrillic name: from the English one
            spelled = respellings(key(town.name), "nl", group="slavic") or [key(town.name)]
        first = spelled[0]
        candidates = gazetteer.candidates(first, "nl")
        here = any(c.entry.geonameid == town.geonameid for c in candidates)
        found += here
        if not here:
            missing.append(f"{town.name} ({first})")
        others = sum(c.entry.kind == "populated place" and c.entry.country == "UA" for c in candidates)
        shared[min(others, 6)] += 1
        in_ukraine += others == 1
        alone += len(candidates) == 1
    print(f"settlements over 500: {total}; with a Cyrillic name: {named}")
    print(f"among the candidates of their Dutch name: {found}, share {found / total:.4f}")
    print(f"only candidate in the world {alone / total:.3f}; only one in Ukraine {in_ukraine / total:.3f}")
    print(f"bearers in Ukraine (6: six or more) {sorted(shared.items())}")
    print("missing:", ", ".join(missing[:30]))


if __name__ == "__main__":
    main()
