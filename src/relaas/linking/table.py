"""Features of two claims that read few of their fields, worked out once for each two values of those and looked up ever after."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import numpy as np
from numpy.typing import NDArray

from relaas.linking.comparison import Column, Features
from relaas.linking.facts import Facts

Matrix = NDArray[np.float32]
Ids = NDArray[np.int64]
ROWS_KEPT = 1024
PAIRS_KEPT = 200_000


class Table:
    """The features of a column for each two values that occur. ``sums`` are weighed sums of them, by name, which many pairs are looked up at once for."""

    def __init__(self, column: Column, sums: Mapping[str, Mapping[str, float]]) -> None:
        self.column, self.sums = column, sums
        self._numbers: dict[Hashable, int] = {}
        self._bearers: list[Facts] = []
        self._rows: dict[int, Matrix] = {}
        self._compared: dict[tuple[int, int], Features] = {}

    def number(self, one: Facts) -> int:
        """The number of the value that a claim bears."""
        value = self.column.reads(one)
        number = self._numbers.get(value)
        if number is None:
            number = self._numbers[value] = len(self._bearers)
            self._bearers.append(one)
        return number

    def compared(self, one: int, other: int) -> Features:
        """The features of two values, with what they stand on."""
        found = self._compared.get((one, other))
        if found is None:
            if len(self._compared) >= PAIRS_KEPT:
                self._compared.clear()
            found = self.column.compared(self._bearers[one], self._bearers[other])
            self._compared[one, other] = found
        return found

    def look_up(self, some: Ids, others: Ids) -> dict[str, Matrix]:
        """Each sum for each of some values (row) and each of others (column)."""
        kinds, which = np.unique(some, return_inverse=True)
        found = np.stack([self._values(int(kind), others) for kind in kinds])
        return {name: found[which, at] for at, name in enumerate(self.sums)}

    def _values(self, kind: int, others: Ids) -> Matrix:
        row = self._row(kind)
        values = row[:, others]
        missing = np.isnan(values[0])
        if missing.any():
            for other in np.unique(others[missing]).tolist():
                row[:, other] = self._summed(kind, other)
            values = row[:, others]
        return values

    def _summed(self, one: int, other: int) -> list[float]:
        found = self.column.compared(self._bearers[one], self._bearers[other])
        return [sum(weight * found[name][0] for name, weight in each.items()) for each in self.sums.values()]

    def _row(self, kind: int) -> Matrix:
        """What is known of a value beside all others; the rows that were used longest ago are left out."""
        row = self._rows.pop(kind, None)
        if row is None or row.shape[1] < len(self._bearers):
            longer = np.full((len(self.sums), 2 * len(self._bearers)), np.nan, np.float32)
            if row is not None:
                longer[:, : row.shape[1]] = row
            row = longer
        self._rows[kind] = row
        if len(self._rows) > ROWS_KEPT:
            del self._rows[next(iter(self._rows))]
        return row
