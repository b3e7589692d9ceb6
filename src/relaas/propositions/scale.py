"""Arithmetic on the certainty scale."""

from __future__ import annotations

from dataclasses import dataclass

LEVELS = ("certain", "probable", "possible")
CODES = {"certain": "CT", "probable": "PR", "possible": "PS"}
NAMES = {code: level for level, code in CODES.items()}


@dataclass(frozen=True, slots=True)
class Certainty:
    """A level and a polarity; ``future`` and ``unknown`` go before both."""

    level: str = "certain"
    positive: bool = True
    future: bool = False
    unknown: bool = False

    @property
    def label(self) -> str:
        """The scale's label: unknown before future before level and polarity.

        >>> Certainty("probable", positive=False).label
        'PR-'
        """
        if self.unknown:
            return "Uu"
        if self.future:
            return "FUT"
        return CODES[self.level] + ("+" if self.positive else "-")

    def at_most(self, level: str) -> Certainty:
        """This certainty, no surer than a level."""
        worse = max(LEVELS.index(self.level), LEVELS.index(level))
        return Certainty(LEVELS[worse], self.positive, self.future, self.unknown)

    def negated(self) -> Certainty:
        """The same level of the opposite."""
        return Certainty(self.level, not self.positive, self.future, self.unknown)

    def after(self, step: str | None) -> Certainty:
        """This certainty after a predicate's step: CT, PR, PS (no surer than), their minus forms and "-" (turned), FUT, Uu."""
        if step is None or step == "CT":
            return self
        if step == "FUT":
            return Certainty(self.level, self.positive, True, self.unknown)
        if step == "Uu":
            return Certainty(self.level, self.positive, self.future, True)
        if step == "-":
            return self.negated()
        result = self.at_most(NAMES[step[:2]])
        return result.negated() if step.endswith("-") else result
