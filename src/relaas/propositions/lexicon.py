"""The words of one language that introduce sources or change certainty, indexed for look-up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from relaas.ontology.loader import language_data


@dataclass(frozen=True, slots=True)
class Effect:
    """What a predicate does to its complement: a footing and a step on the certainty scale, each None where it does nothing."""

    evidence: str | None = None
    certainty: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A group of predicates with the same effect; ``negated``, ``finite`` and ``ahead`` (content still to come) replace it where they apply."""

    name: str
    effect: Effect
    negated: Effect | None
    finite: Effect | None
    ahead: Effect | None = None

    @property
    def attributes(self) -> bool:
        """Whether the subject becomes the source of the complement."""
        return self.effect.evidence == "attributed" or (
            self.effect.evidence == "unconfirmed" and self.effect.certainty == "PS"
        )


class Lexicon:
    """Lemmas to groups, and phrases as one pattern a kind."""

    def __init__(self, language: str) -> None:
        self.language = language
        predicates = language_data(language, "predicates")
        self.verbs: dict[str, list[Group]] = {}
        self.nouns: dict[str, list[Group]] = {}
        self.adjectives: dict[str, list[Group]] = {}
        self.raising: dict[str, list[Group]] = {}
        self.prepositions: frozenset[str] = frozenset()
        self.groups: dict[str, Group] = {}
        self.phrases: dict[str, re.Pattern[str] | None] = {}
        self.with_object: set[str] = set()
        self.counting: frozenset[str] = frozenset()
        self.not_sources: frozenset[str] = frozenset()
        self.pairs: dict[str, list[tuple[frozenset[str], Group]]] = {}
        self.clause_only: set[str] = set()
        self.authority: tuple[str, ...] = ()
        self.infinitives: dict[str, Group] = {}
        self.documents: frozenset[str] = frozenset()
        self.shows: frozenset[str] = frozenset()
        self.accounts: frozenset[str] = frozenset()
        self.account_prepositions: frozenset[str] = frozenset()
        self.own_words: re.Pattern[str] | None = None
        for name, data in predicates.get("groups", {}).items():
            group = _group(name, data["effect"])
            self.groups[name] = group
            for index, key in (
                (self.verbs, "verbs"),
                (self.nouns, "nouns"),
                (self.adjectives, "adjectives"),
                (self.raising, "raising"),
            ):
                for word in data.get(key, ()):
                    index.setdefault(word.replace("_", ""), []).append(group)
            self.phrases[name] = phrase_pattern(data.get("phrases", ()))
            self.with_object |= {str(word).replace("_", "") for word in data.get("objects", ())}
            self.not_sources |= frozenset(data.get("not_sources", ()))
            self.counting |= frozenset(data.get("counting", ()))
            for verb, *others in data.get("pairs", ()):
                self.pairs.setdefault(verb, []).append((frozenset(others), group))
            self.clause_only |= {str(word).replace("_", "") for word in data.get("clause_only", ())}
            self.infinitives |= dict.fromkeys(data.get("infinitives", ()), group)
            self.documents |= frozenset(data.get("documents", ()))
            self.shows |= frozenset(data.get("shows", ()))
            if "authority" in data:
                self.authority = tuple(word.replace("_", " ") for word in data["authority"])
            self.accounts |= frozenset(data.get("accounts", ()))
            self.account_prepositions |= frozenset(data.get("account_prepositions", ()))
            if "own_words" in data:
                self.own_words = phrase_pattern(data["own_words"])
            if "prepositions" in data:
                self.prepositions = frozenset(word.replace("_", " ") for word in data["prepositions"])
        images = predicates.get("groups", {}).get("perceive", {})
        self.forms: Mapping[str, str] = predicates.get("forms", {})
        self.images = phrase_pattern(f"*{word}" if language == "nl" else word for word in images.get("nouns", ()))
        self.perceiving = frozenset(str(word).replace("_", "") for word in images.get("verbs", ()))
        self.seeing = frozenset(str(word) for word in images.get("seeing", ()))
        verifying = predicates.get("groups", {}).get("verify", {})
        self.verifying = frozenset(verifying.get("verbs", ()))
        self.establishing = frozenset(verifying.get("establishing", ()))
        self.verified = phrase_pattern(f"{word}*" for word in verifying.get("adjectives", ()))
        self.checking = frozenset(predicates.get("groups", {}).get("uncheckable", {}).get("verbs", ()))
        hearsay = predicates.get("hearsay", {})
        self.hearsay_forms = frozenset(hearsay.get("forms", ()))
        self.hearsay_phrases = phrase_pattern(hearsay.get("adverbs", ()))
        self.hearsay_nouns = frozenset(hearsay.get("nouns", ()))
        self.hearsay_adjectives = phrase_pattern(hearsay.get("adjectives", ()))
        self.modality: Mapping[str, Any] = language_data(language, "modality")
        self.adverbs = {name: phrase_pattern(data.get("adverbs", ())) for name, data in self.modality.items()}
        negation = self.modality.get("negation", {})
        self.negation = frozenset(negation.get("words", ()))
        self.negative_states = frozenset(negation.get("states", ()))
        self.no_negation = phrase_pattern(negation.get("not_when", ()))
        condition = self.modality.get("condition", {})
        self.conditions = frozenset(condition.get("markers", ()))
        self.strong_conditions = frozenset(condition.get("strong", ()))
        self.purpose = frozenset(self.modality.get("purpose", {}).get("markers", ()))
        future = self.modality.get("future", {})
        self.future_forms = frozenset(future.get("forms", ()))
        self.future_times = phrase_pattern(future.get("times", ()))
        self.possibility = _joined(self.modality.get("ability", {}).get("possibility", ()))
        self.ability = frozenset(self.modality.get("ability", {}).get("verbs", ()))
        self.past_future_verbs = frozenset(self.modality.get("past_future", {}).get("verbs", ()))
        self.past_future_nouns = frozenset(self.modality.get("past_future", {}).get("nouns", ()))
        self.questions = frozenset(self.modality.get("questions", {}).get("words", ()))
        threats = predicates.get("groups", {}).get("threaten_event", {})
        self.threats = frozenset(threats.get("raising", ())) if language == "en" else frozenset()
        self.without = frozenset(self.modality.get("without", {}).get("markers", ()))
        self.modal_forms = frozenset(self.modality.get("possible", {}).get("forms", ()))
        self.finding_out = frozenset(predicates.get("groups", {}).get("unknown", {}).get("finding_out", ()))
        self.irrealis_strong = phrase_pattern(self.modality.get("irrealis", {}).get("strong", ()))
        past = self.modality.get("past", {})
        self.conditional_forms = frozenset(past.get("conditional", ()))
        self.gerunds = tuple(past.get("gerunds", ()))
        self.past_endings = tuple(past.get("endings", ()))
        self.past_forms = frozenset(past.get("forms", ()))
        self.knowing = frozenset(
            str(word).replace("_", "") for word in predicates.get("groups", {}).get("unknown", {}).get("knowing", ())
        )
        self.comparative_as = phrase_pattern(small_words(language, "comparative_as"))
        self.irrealis = phrase_pattern(self.modality.get("irrealis", {}).get("markers", ()))

    def small(self, name: str) -> frozenset[str]:
        """The function words of one group ("expletives", "articles"); empty where the language has none."""
        return small_words(self.language, name)

    def group(self, name: str) -> Group | None:
        """The group of that name, None where this language has none."""
        return self.groups.get(name)


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language, read once; empty for a language without data."""
    return Lexicon(language)


@cache
def small_words(language: str, group: str) -> frozenset[str]:
    """Function words by what they do in a sentence; empty for a language without data."""
    return frozenset(map(str, language_data(language, "function_words").get(group, {}).get("words", ())))


def phrase_pattern(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """One pattern for whole words and phrases, longest first; ``*`` stands for any letters."""
    words = sorted({str(phrase).replace("_", " ") for phrase in phrases}, key=lambda word: (-len(word), word))
    if not words:
        return None
    body = "|".join(re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in words)
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)", re.IGNORECASE)


def _joined(patterns: Iterable[str]) -> re.Pattern[str] | None:
    parts = list(patterns)
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE) if parts else None


def _group(name: str, effect: Mapping[str, Any]) -> Group:
    def one(data: Mapping[str, Any] | None) -> Effect | None:
        return None if data is None else Effect(data.get("evidence"), data.get("certainty"))

    own = one(effect)
    assert own is not None
    return Group(name, own, one(effect.get("negated")), one(effect.get("finite")), one(effect.get("ahead")))
