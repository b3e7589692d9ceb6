"""What people see of the ontology: display names, signs, and the sentences of the interface in their language."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from relaas.errors import QueryError
from relaas.ontology.loader import concept, language_data
from relaas.settings import settings

CONCEPTS = ("topics", "evidence", "certainty", "source_kinds", "standings")
LANGUAGES = ("nl", "en")
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def shown_in(language: str | None = None) -> str:
    """The interface language: the given one, else the one that is spoken in just now, else the settings'."""
    return language or _spoken.get() or settings().language


def speak(language: str) -> None:
    """Speak a language from here on in this thread or task alone: to whoever asked for a page, in the page's."""
    _spoken.set(language)


def say(key: str, *, language: str | None = None, **values: Any) -> str:
    """A sentence of the interface, e.g. ``say("none_found")``; a missing key shows itself, so that a gap never stops a
    command.
    """
    text = str(_message(shown_in(language), key) or _message("en", key) or key)
    return text.format(**values) if values else text


@lru_cache(maxsize=4_000)
def _message(language: str, key: str) -> Any:
    """A sentence of the commands and exports, or of review and the pages."""
    return next(
        (
            text
            for file in ("interface", "pages")
            if (text := language_data(language, file).get("messages", {}).get(key))
        ),
        None,
    )


def entry(kind: str, label: str) -> dict[str, Any]:
    """The data of one label, e.g. ``entry("topics", "control")``; empty where the ontology has no such label."""
    found = concept(kind)[kind].get(label)
    return dict(found) if isinstance(found, dict) else {}


def name(kind: str, label: str, *, language: str | None = None) -> str:
    """The display name of a label; an unknown label is its own name."""
    return str(entry(kind, label).get("name", {}).get(shown_in(language)) or label)


def definition(kind: str, label: str, *, language: str | None = None) -> str:
    """What a label means, in a sentence."""
    return str(entry(kind, label).get("definition", {}).get(shown_in(language)) or "")


def sign(label: str) -> str:
    """The sign of a standing, printed beside its name so that colour is never needed."""
    return str(entry("standings", label).get("sign", "·"))


def labels(kind: str) -> tuple[str, ...]:
    """Every label of a concept, in the ontology's order."""
    return tuple(concept(kind)[kind])


def label(kind: str, given: str) -> str:
    """The label that a person means by a label or a display name in any language; raises QueryError listing what is
    allowed.
    """
    wanted = given.strip().casefold()
    for candidate in labels(kind):
        names = [candidate, *(str(value) for value in entry(kind, candidate).get("name", {}).values())]
        if wanted in {known.casefold() for known in names}:
            return candidate
    allowed = ", ".join(_choice(kind, candidate) for candidate in labels(kind))
    raise QueryError(say("unknown_label", what=say(f"kind.{kind}"), given=given, allowed=allowed))


def chosen(kind: str, given: Sequence[str] | None) -> tuple[str, ...]:
    """The labels of an option that may be repeated or hold several parted by commas."""
    if not given:
        return ()
    return tuple(dict.fromkeys(label(kind, one) for value in given for one in _parted(kind, value)))


def _parted(kind: str, value: str) -> list[str]:
    """Values parted by commas."""
    return [one for one in value.split(",") if one.strip()] or [value]


def _choice(kind: str, candidate: str) -> str:
    shown = name(kind, candidate)
    return candidate if shown.casefold() == candidate.casefold() else f"{candidate} ({shown})"


def standing(evidence: str, certainty: str) -> str:
    """Under which standing a claim is shown: unknown, expected and denied go before the footing."""
    grade = entry("certainty", certainty)
    if grade.get("level") == "unknown":
        return "unknown"
    if grade.get("level") == "future":
        return "expected"
    return "denied" if grade.get("polarity") == -1 else evidence


def polarity(certainty: str) -> int:
    """1 for what is put forward as so, -1 for what is put forward as not so, 0 for what is unknown."""
    return int(entry("certainty", certainty).get("polarity", 0))
