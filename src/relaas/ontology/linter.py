"""Checks the ontology's data: nothing undefined, no unknown reference, no clash.

Run as ``python -m relaas.ontology.linter``; it prints one sentence a fault and exits 1 where there is any.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from relaas.ontology.loader import ROOT, concept, language_data, languages

TONGUES = ("nl", "en")
CONCEPTS = {
    "topics": "topics",
    "evidence": "evidence",
    "certainty": "certainty",
    "source_kinds": "source_kinds",
    "plover": "types",
}
STEPS = frozenset({"CT", "PR", "PS", "FUT", "Uu", "-", "CT-", "PR-", "PS-"})
WORDED = (
    "verbs",
    "nouns",
    "adjectives",
    "raising",
    "phrases",
    "prepositions",
    "words",
    "patterns",
    "strong",
    "weak",
    "adverbs",
    "forms",
)


def faults() -> list[str]:
    """Every fault as a sentence, in a fixed order."""
    return sorted([*_concepts(), *_languages(), *_predicates(), *_events(), *_topics(), *_sources()])


def _concepts() -> Iterator[str]:
    """Each entry of a shared concept needs a name, a definition and an example in both languages; no two share a name."""
    for file, key in CONCEPTS.items():
        entries: Mapping[str, Any] = concept(file).get(key, {})
        if not entries:
            yield f"{file}.yaml: holds no {key}"
        names: dict[tuple[str, str], list[str]] = defaultdict(list)
        for entry, data in entries.items():
            for part in ("name", "definition", "example"):
                for tongue in TONGUES:
                    if not str((data.get(part) or {}).get(tongue) or "").strip():
                        yield f"{file}.yaml: {entry} has no {part} in {tongue}"
            for tongue in TONGUES:
                names[tongue, str((data.get("name") or {}).get(tongue))].append(entry)
        for (tongue, name), sharing in names.items():
            if len(sharing) > 1:
                yield f"{file}.yaml: {' and '.join(sharing)} are both called {name!r} in {tongue}"


def _languages() -> Iterator[str]:
    """Every language knows the same concepts, and each group of words shows an example."""
    files = {
        language: {path.stem for path in (ROOT / "languages" / language).glob("*.yaml")} for language in languages()
    }
    everything = set().union(*files.values()) if files else set()
    for language, known in sorted(files.items()):
        for missing in sorted(everything - known):
            yield f"languages/{language}: has no {missing}.yaml, which another language has"
        for name in sorted(known):
            for where, group in _groups(language_data(language, name), name):
                if any(key in group for key in WORDED) and not str(group.get("example", "")).strip():
                    yield f"languages/{language}/{where}: has words but no example"


def _groups(data: Any, where: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every mapping that holds word lists, with its path; only in the files about propositions."""
    if where.split("/")[0] not in {
        "predicates",
        "modality",
        "topics",
        "sources",
        "passages",
        "sentences",
        "function_words",
    }:
        return
    for key, value in data.items() if isinstance(data, dict) else ():
        if isinstance(value, dict):
            if any(isinstance(value.get(word), list) for word in WORDED):
                yield f"{where}/{key}", value
            else:
                yield from _groups(value, f"{where}/{key}")


def _predicates() -> Iterator[str]:
    """Effects name known labels, and no verb makes its subject a source in two ways."""
    evidence = set(concept("evidence")["evidence"])
    for language in languages():
        owners: dict[str, list[str]] = defaultdict(list)
        for name, group in language_data(language, "predicates").get("groups", {}).items():
            effect = group.get("effect", {})
            for part in (effect, effect.get("negated") or {}, effect.get("finite") or {}):
                if part.get("evidence") not in evidence | {None}:
                    yield f"languages/{language}/predicates: {name} has the unknown evidence {part['evidence']!r}"
                if part.get("certainty") not in STEPS | {None}:
                    yield f"languages/{language}/predicates: {name} has the unknown certainty {part['certainty']!r}"
            if effect.get("evidence") == "attributed":
                for verb in group.get("verbs", ()):
                    owners[verb].append(name)
        for verb, groups in owners.items():
            if len(groups) > 1:
                yield f"languages/{language}/predicates: {verb!r} stands in {' and '.join(groups)}"


def _events() -> Iterator[str]:
    """Event words name PLOVER's types and modes."""
    types = concept("plover")["types"]
    for language in languages():
        for rule in language_data(language, "events").get("events", []):
            if rule["type"] not in types:
                yield f"languages/{language}/events: {rule['type']} is no PLOVER type"
            elif rule["mode"] is not None and rule["mode"] not in types[rule["type"]]["modes"]:
                yield f"languages/{language}/events: {rule['type']} has no mode {rule['mode']}"
            if not rule.get("example"):
                yield f"languages/{language}/events: {rule['type']} {rule['mode']} has no example"


def _topics() -> Iterator[str]:
    """Topic words belong to known topics, and to one strength."""
    known = set(concept("topics")["topics"])
    for language in languages():
        data = language_data(language, "topics")
        for topic in data:
            if topic not in known:
                yield f"languages/{language}/topics: {topic!r} is no topic"
            for word in set(map(str, data[topic].get("strong", ()))) & set(map(str, data[topic].get("weak", ()))):
                yield f"languages/{language}/topics: {word!r} is strong and weak for {topic}"
        for topic in sorted(known - set(data)):
            yield f"languages/{language}/topics: has no words for {topic}"


def _sources() -> Iterator[str]:
    """Kinds of source are known, and no noun belongs to two."""
    known = set(concept("source_kinds")["source_kinds"])
    for language in languages():
        owners: dict[str, list[str]] = defaultdict(list)
        for kind, data in language_data(language, "sources").get("kinds", {}).items():
            if kind not in known:
                yield f"languages/{language}/sources: {kind!r} is no kind of source"
            for word in data.get("words", ()):
                owners[word].append(kind)
        for word, kinds in owners.items():
            if len(kinds) > 1:
                yield f"languages/{language}/sources: {word!r} stands under {' and '.join(kinds)}"


def main() -> int:
    """Print the faults; 1 where there are any."""
    found = faults()
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
