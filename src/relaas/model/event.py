"""What happened, in PLOVER's terms."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """A PLOVER type and mode with who did it and to whom, by the names the report uses; ``mode`` None where the words give none."""

    type: str
    mode: str | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
