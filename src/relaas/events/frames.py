"""The frames of one language: trigger words, what must stand beside them, and who plays which part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from relaas.events.words import Words, classes_of, compiled
from relaas.ontology.loader import language_data

LIMITS = ("with", "without", "subject", "object", "not_subject", "not_object", "not_with_light")


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to tell an event; ``limits`` hold what the words beside the trigger must and must not be.

    ``type`` is None where the words tell a state of control and no event. A ``weak`` frame waits until no other fits; an
    ``uncounted`` one is no event in the passive with a number and without an agent, which counts the victims. The mode of a
    ``residual`` one gives way to an instrument's.
    """

    id: str
    type: str | None
    mode: str | None
    verbs: Words
    nouns: Words
    phrases: Words
    limits: Mapping[str, Words]
    speech: bool
    infinitive: bool
    weak: bool
    uncounted: bool
    residual: bool
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    of: str
    control: Mapping[str, str] | None

    @property
    def transitive(self) -> bool | None:
        """Whether somebody or something must undergo it, cannot, or the frame does not say."""
        if "subject" in self.limits and "object" not in self.limits:
            return False
        return True if self.of == "object" and "subject" not in self.limits else None


@dataclass(frozen=True, slots=True)
class Frames:
    """All that a language knows about events."""

    language: str
    frames: tuple[Frame, ...]
    classes: Mapping[str, Words]
    instruments: tuple[tuple[str, Words], ...]
    occurring: Words
    done: Words
    consequences: Words
    prepositions: frozenset[str]
    never: Words
    pronouns: Mapping[str, frozenset[str]]
    pointers: frozenset[str]
    answers: frozenset[str]
    syntax: Mapping[str, frozenset[str]]
    senses: tuple[tuple[str, Words], ...]


@cache
def frames(language: str) -> Frames | None:
    """The frames of a language, None for a language without them."""
    data = language_data(language, "events")
    if not data:
        return None
    classes = classes_of(data["classes"])
    light = data["light"]
    return Frames(
        language,
        tuple(_frame(one, classes) for one in data["frames"]),
        classes,
        tuple((one["mode"], compiled(one["words"], classes)) for one in data["instruments"]),
        compiled(light["occurring"], classes),
        compiled(light["done"], classes),
        compiled(light["consequences"], classes),
        frozenset(light["prepositions"]),
        compiled(data["never"]["words"], classes),
        {kind: frozenset(data["pronouns"][kind]) for kind in ("speaker", "person", "group")},
        frozenset(data["pointers"]["words"]),
        frozenset(data["pointers"]["verbs"]),
        {key: frozenset(words) for key, words in data["syntax"].items() if isinstance(words, list)},
        tuple((one["sense"], compiled(one["words"], classes)) for one in data["senses"]),
    )


@lru_cache(maxsize=50_000)
def fired_by(language: str, form: str) -> frozenset[int]:
    """The numbers of a language's frames that have a form of a word among their verbs or nouns."""
    known = frames(language)
    each = known.frames if known else ()
    return frozenset(n for n, one in enumerate(each) if one.verbs.word(form) or one.nouns.word(form))


@lru_cache(maxsize=50_000)
def begun_by(language: str, word: str) -> frozenset[int]:
    """The numbers of a language's frames one of whose phrases may begin with a word."""
    known = frames(language)
    each = known.frames if known else ()
    return frozenset(n for n, one in enumerate(each) if one.phrases.opens(word) or one.nouns.opens(word))


def _frame(data: Mapping[str, Any], classes: Mapping[str, Words]) -> Frame:
    verbs = [str(verb).replace(" ", "") for verb in data.get("verbs", ())]
    return Frame(
        data["id"],
        data["type"],
        data["mode"],
        compiled(verbs, classes),
        compiled(data.get("nouns", ()), classes),
        compiled(data.get("phrases", ()), classes, phrases_alone=True),
        {key: compiled(data[key], classes) for key in LIMITS if key in data},
        bool(data.get("speech")),
        data.get("clause") == "infinitive",
        bool(data.get("weak")),
        bool(data.get("uncounted")),
        bool(data.get("residual")),
        _parts(data.get("actor", "subject")),
        _parts(data.get("recipient", "object")),
        data.get("of", "object"),
        data.get("control"),
    )


def _parts(value: object) -> tuple[str, ...]:
    """The parts in the order in which they are tried; none is the empty tuple."""
    values = [str(one) for one in value] if isinstance(value, list) else [str(value)]
    return tuple(one for one in values if one != "none")
