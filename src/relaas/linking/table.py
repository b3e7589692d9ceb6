"""Functions of two claims that read few of their fields, worked out once for each two values of those and looked up ever after."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping

import numpy as np
from numpy.typing import NDArray

from relaas.linking.facts import Facts

Matrix = NDArray[np.float64]
Ids = NDArray[np.int64]
ROWS_KEPT = 256
Worth = Callable[[Facts, Facts], float]


class Table:
    """Named functions of two claims that read the same fields; ``reads`` gives what they read, to be told apart by."""

    def __init__(self, reads: Callable[[Facts], Hashable], worths: Mapping[str, Worth]) -> None:
        self.reads, self.worths = reads, worths
        self._numbers: dict[Hashable, int] = {}
        self._bearers: list[Facts] = []
        self._rows: dict[int, Matrix] = {}

    def number(self, one: Facts) -> int:
        """The number of the value that a claim bears."""
        value = self.reads(one)
        number = self._numbers.get(value)
        if number is None:
            number = self._numbers[value] = len(self._bearers)
            self._bearers.append(one)
        return number

    def look_up(self, some: Ids, others: Ids) -> dict[str, Matrix]:
        """Each function of each of some values (row) and each of others (column)."""
        kinds, which = np.unique(some, return_inverse=True)
        found = np.stack([self._values(int(kind), others) for kind in kinds])
        return {name: found[which, at] for at, name in enumerate(self.worths)}

    def _values(self, kind: int, others: Ids) -> Matrix:
        row = self._row(kind)
        values = row[:, others]
        missing = np.isnan(values[0])
        if missing.any():
            mine = self._bearers[kind]
            for other in np.unique(others[missing]).tolist():
                row[:, other] = [worth(mine, self._bearers[other]) for worth in self.worths.values()]
            values = row[:, others]
        return values

    def _row(self, kind: int) -> Matrix:
        """What is known of a value beside all others, the rows that were used longest ago left out."""
        row = self._rows.pop(kind, None)
        if row is None or row.shape[1] < len(self._bearers):
            longer = np.full((len(self.worths), 2 * len(self._bearers)), np.nan)
            if row is not None:
                longer[:, : row.shape[1]] = row
            row = longer
        self._rows[kind] = row
        if len(self._rows) > ROWS_KEPT:
            del self._rows[next(iter(self._rows))]
        return row
