"""From toponyms of one report to places, all at once."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from relaas.knowledge.gazetteer import Candidate, Gazetteer
from relaas.knowledge.names import key
from relaas.knowledge.sources import capitals
from relaas.knowledge.toponyms import demonyms
from relaas.knowledge.wording import housed, kind_words, part_words
from relaas.model.place import Place
from relaas.ontology.loader import language_data, languages
from relaas.places.features import NAMES, Array, Name
from relaas.places.parts import Part, part_of_town
from relaas.places.ranking import rank, weights
from relaas.places.relations import relation_before
from relaas.places.settlement import FUZZY, Ground, ground_of, listen_again, settled
from relaas.places.toponym import Toponym
from relaas.places.usage import use_of

_HELD = re.compile(r"\s*(?:,\s*(?:in\s+)?|\(\s*|\s+in\s+)((?:[^\W\d_][\w'’-]*\s+)*)")
_ANOTHER = re.compile(r"\b(?:een|ander|andere|another|other|a|second|tweede) $")
_BREAK = re.compile(r"[^\w'’ -]")
_LISTED = re.compile(r"\s*(?:,|,?\s+(?:and|or|en|of))\s+(?:(?:the|de|het)\s+)?")
_WORD = re.compile(r"[\w'’.-]+")
# Kinds of place whose names take an article: "de Donbas", "the Dnieper"; a town or province does not.
_ARTICLED = (
    "river",
    "region",
    "sea",
    "ocean",
    "gulf",
    "strait",
    "bay",
    "lake",
    "canal",
    "country",
    "island",
    "peninsula",
    "mountains",
    "desert",
    "facility",
    "square",
    "border",
    "former country",
)


@dataclass(slots=True)
class Ranked:
    """One name of a report with its candidates' chances and features, for explaining the choice."""

    name: Name
    chances: list[float]
    rows: Array
    toponyms: list[Toponym]
    best: Candidate | None = None  # the likeliest candidate; None where the gazetteer knows none that fits the report
    ground: Ground | None = None  # where the name must lie if nothing bears it


def resolve(
    toponyms: Sequence[Toponym],
    *,
    text: str,
    language: str,
    gazetteer: Gazetteer | None = None,
    always: bool = False,
) -> list[Place]:
    """Places for the toponyms of one report, one each, in the same order.

    A toponym that nothing bears is returned all the same, with ``geonameid``, ``lat`` and ``lon`` None; with ``always``
    it gets the point and radius of the area where the rest of the report places it, if there is one.
    """
    base = gazetteer or Gazetteer.open()
    by_toponym: dict[int, Ranked] = {}
    for ranked, members in _ranked(toponyms, text=text, language=language, gazetteer=base, always=always):
        for number in members:
            by_toponym[number] = ranked
    return [_place(toponym, by_toponym[number], text, language) for number, toponym in enumerate(toponyms)]


def ranked_names(
    toponyms: Sequence[Toponym], *, text: str, language: str, gazetteer: Gazetteer | None = None
) -> list[Ranked]:
    """Every distinct name of the report with all its candidates, for ``explain``."""
    return [
        ranked for ranked, _ in _ranked(toponyms, text=text, language=language, gazetteer=gazetteer or Gazetteer.open())
    ]


def find(text: str, *, language: str) -> list[Place]:
    """The places of a text for which no entity model was asked: finding and resolving in one."""
    from relaas.places.finding import find_toponyms

    return resolve(find_toponyms(text, language=language), text=text, language=language)


def _ranked(
    toponyms: Sequence[Toponym], *, text: str, language: str, gazetteer: Gazetteer, always: bool = False
) -> list[tuple[Ranked, list[int]]]:
    announced = [_announced(toponym, text, language) for toponym in toponyms]
    groups = _grouped(toponyms, text, announced, language)
    names: list[Name] = []
    for (spelled, _held), members in groups.items():
        first = toponyms[members[0]]
        candidates = _candidates(first, language, gazetteer)
        kinds = next((announced[number] for number in members if announced[number]), ())
        articled = any(_with_article(toponyms[number], text, language) for number in members)
        if not kinds and articled:
            kinds = _articled_kinds(candidates)
        name = Name(first.text, spelled, candidates, kinds, mentions=len(members))
        name.spots = tuple(toponyms[number].start for number in members)
        name.articled = articled
        name.holders = frozenset(
            code for number in members for code in _holders(toponyms[number], text, language, gazetteer)
        )
        names.append(name)
    _link_containers(names, list(groups.values()), toponyms, text, language)
    whole = [(name.container, name.neighbours) for name in names]
    scored = _scored(names, whole, language)
    if listen_again(
        names, [_likeliest(name, chances) for name, (chances, _) in zip(names, scored, strict=True)], gazetteer
    ):
        scored = _scored(names, whole, language)
    result = [
        (Ranked(name, chances, rows, [toponyms[m] for m in members], _likeliest(name, chances)), members)
        for name, members, (chances, rows) in zip(names, groups.values(), scored, strict=True)
    ]
    chosen = settled(names, [ranked.best for ranked, _ in result])
    for name, (container, neighbours) in zip(names, whole, strict=True):
        name.container, name.neighbours = container, neighbours
    for number, ((ranked, _), best) in enumerate(zip(result, chosen, strict=True)):
        ranked.best = best
        if best is None and always:
            ranked.ground = ground_of(number, names, chosen, gazetteer)
    return result


def _scored(
    names: list[Name], links: Sequence[tuple[tuple[int, ...], tuple[int, ...]]], language: str
) -> list[tuple[list[float], Array]]:
    """Chances and features of each name's candidates; ``links`` number all names, the ranker only those with
    candidates.
    """
    known = [name for name in names if name.candidates]
    numbers = {id(name): number for number, name in enumerate(known)}
    for name, (container, neighbours) in zip(names, links, strict=True):
        name.container = tuple(numbers[id(names[other])] for other in container if id(names[other]) in numbers)
        name.neighbours = tuple(numbers[id(names[other])] for other in neighbours if id(names[other]) in numbers)
    chance, rows, stacked = rank(known, language)
    scored = []
    for name in names:
        number = numbers.get(id(name))
        start, end = (0, 0) if number is None else (stacked.starts[number], stacked.starts[number + 1])
        scored.append((chance[start:end].tolist(), rows[start:end]))
    return scored


def _likeliest(name: Name, chances: Sequence[float]) -> Candidate | None:
    return name.candidates[max(range(len(chances)), key=chances.__getitem__)] if chances else None


def _grouped(
    toponyms: Sequence[Toponym], text: str, announced: Sequence[tuple[str, ...]], language: str
) -> dict[tuple[str, str], list[int]]:
    """Mentions of one name are one place, unless two of them are followed by different containers ("Paris, Texas").

    A mention announced as no town ("provincie Cherson") stands apart from the bare ones too.
    """
    order = sorted(range(len(toponyms)), key=lambda number: toponyms[number].start)
    held: dict[int, str] = {}
    for number, following in itertools.pairwise(order):
        between = text[toponyms[number].end : toponyms[following].start]
        if _holds(between, language):
            held[number] = key(toponyms[following].text)
    groups: dict[tuple[str, str], list[int]] = {}
    first_held: dict[str, str] = {}
    for number in order:
        spelled = key(toponyms[number].text)
        if announced[number] and "populated place" not in announced[number]:
            groups.setdefault((spelled, "|".join(announced[number])), []).append(number)
            continue
        container = held.get(number, "")
        if container and _ANOTHER.search(text[max(0, toponyms[number].start - 12) : toponyms[number].start]):
            groups.setdefault((spelled, "another " + container), []).append(number)
            continue
        if container:
            first_held.setdefault(spelled, container)
        else:
            container = first_held.get(spelled, "")
        groups.setdefault((spelled, container), []).append(number)
    # A bare mention before the one with its container belongs to it too.
    for spelled, container in list(groups):
        if container == "" and spelled in first_held:
            groups[(spelled, first_held[spelled])] = sorted(
                groups.pop((spelled, "")) + groups[(spelled, first_held[spelled])]
            )
    return groups


def _candidates(toponym: Toponym, language: str, gazetteer: Gazetteer) -> list[Candidate]:
    tongue = language if language in languages() else "en"
    owner = demonyms(tongue).get(key(toponym.text))
    if owner is not None and (toponym.label != "LOC" or not gazetteer.exact(key(toponym.text))):
        place = owner[0]
        if len(place) == 2 and place.isupper():
            entry = gazetteer.entry_of_country(place)
            if entry is not None:
                return [Candidate(entry, "curated")]
        known = gazetteer.candidates(place, "en")
        found = [candidate for candidate in known if candidate.entry.kind != "populated place"]
        if known:
            return found or known
    found = gazetteer.candidates(toponym.text, language)
    if not found or found[0].how in FUZZY:
        # A building unknown by its own name stands in the place it is named after.
        for spelled in housed(key(toponym.text), language):
            if housing := [replace(candidate, how="short") for candidate in gazetteer.exact(spelled)]:
                return housing
    if not found and (stripped := re.sub(r"['’]s?$", "", toponym.text)) != toponym.text:
        found = gazetteer.candidates(stripped, language)
    if toponym.text.islower():
        return [candidate for candidate in found if candidate.how != "code"]
    return found


def _articled_kinds(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """Kinds that an article speaks for: a river rather than the country of its name ("de Niger", "the Jordan")."""
    kinds = {candidate.entry.kind for candidate in candidates}
    if not kinds & set(_ARTICLED):
        return ()
    return tuple(kind for kind in _ARTICLED if kind != "country" or "river" not in kinds)


def _holds(between: str, language: str) -> bool:
    """Whether the words between two names say that the second contains the first: "Lyman, in het oosten van
    Oekraïne".
    """
    match = _HELD.fullmatch(between) if len(between) <= 60 else None
    if match is None:
        return False
    words = [key(word) for word in match.group(1).split()]
    tongue = language if language in languages() else "en"
    known = _between_words(tongue)
    return len(words) <= 6 and all(word in known for word in words)


@cache
def _between_words(language: str) -> frozenset[str]:
    spatial = language_data(language, "spatial")
    directions = [word for forms in spatial["directions"].values() for words in forms.values() for word in words]
    kinds = [word for phrase in kind_words(language, "before") for word in phrase.split()]
    return frozenset(
        [*map(key, [*directions, *spatial["fillers"], *spatial.get("containing", [])]), *kinds,
         *part_words(language), *demonyms(language)]
    )  # fmt: skip


def _holders(toponym: Toponym, text: str, language: str, gazetteer: Gazetteer) -> frozenset[str]:
    """Codes of the land that an adjective right before the name belongs to: "het Belgische Waterloo", "the Syrian
    town of Homs".
    """
    before = text[max(0, toponym.start - 60) : toponym.start]
    if not before.endswith(" "):
        return frozenset()
    tongue = language if language in languages() else "en"
    fillers = _between_words(tongue)
    for word in reversed(_BREAK.split(before)[-1].split()[-5:]):
        known = demonyms(tongue).get(key(word))
        if known is not None:
            return _codes(known[0], gazetteer) if not known[1] else frozenset()
        if key(word) not in fillers or key(word) in ("in", "en", "and", "with", "met", "from", "to", "for"):
            return frozenset()
    return frozenset()


def _codes(place: str, gazetteer: Gazetteer) -> frozenset[str]:
    if len(place) == 2 and place.isupper():
        return frozenset([place])
    entries = [c.entry for c in gazetteer.candidates(place, "en") if c.entry.kind != "populated place"]
    found = {entry.admin1 or entry.country for entry in entries if entry.kind.endswith("division") or entry.region}
    return frozenset(code for code in found if code)


def _with_article(toponym: Toponym, text: str, language: str) -> bool:
    """Whether an article stands right before the name and no word right after it that could be its noun: towns take
    none.
    """
    before = text[max(0, toponym.start - 5) : toponym.start].lower()
    if language == "nl":
        return bool(re.search(r"(?:^|\s)de $", before)) and text[toponym.end : toponym.end + 1] != "-"
    return before.endswith("the ") and not re.match(r" [a-z]{3,}", text[toponym.end : toponym.end + 4])


def _announced(toponym: Toponym, text: str, language: str) -> tuple[str, ...]:
    """Kinds told by the words beside the name: "het dorp", "oblast", "City"."""
    tongue = language if language in languages() else "en"
    before = [word.lower() for word in _WORD.findall(text[max(0, toponym.start - 40) : toponym.start])][-4:]
    if before and before[-1] in ("de", "het", "the"):
        before = before[:-1]
    known = kind_words(tongue, "before")
    for count in (3, 2, 1):
        phrase = key(" ".join(before[-count:])) if len(before) >= count else ""
        if phrase in known and text[toponym.start - 1 : toponym.start] == " ":
            return known[phrase]
    relation = relation_before(text, toponym.start, language=tongue)
    if relation is not None and relation.kind == "bank":
        return ("river",)
    after = _WORD.findall(text[toponym.end : toponym.end + 20])[:1]
    if after and text[toponym.end : toponym.end + 1] == " ":
        return kind_words(tongue, "after").get(key(after[0]), ())
    return ()


def _link_containers(
    names: list[Name], members: list[list[int]], toponyms: Sequence[Toponym], text: str, language: str
) -> None:
    by_mention = {number: index for index, group in enumerate(members) for number in group}
    order = sorted(range(len(toponyms)), key=lambda number: toponyms[number].start)
    for place, (number, following) in enumerate(itertools.pairwise(order)):
        between = text[toponyms[number].end : toponyms[following].start]
        index, other = by_mention[number], by_mention[following]
        listed = bool(_LISTED.fullmatch(between)) and (_in_list(place, order, toponyms, text) or "," not in between)
        if index != other and listed:
            names[index].neighbours = (*names[index].neighbours, other)
            names[other].neighbours = (*names[other].neighbours, index)
        if _holds(between, language):
            if _is_large(names[index]) and _in_list(place, order, toponyms, text):
                continue
            if index != other and other not in names[index].container:
                names[index].container = (*names[index].container, other)


def _is_large(name: Name) -> bool:
    """Whether the name is first of all that of a country or a division: "California, Ohio and Texas" is a list, no
    address.
    """
    return any(
        c.entry.kind in ("country", "first-order division")
        and c.how in ("name", "curated")
        and c.entry.population > 400_000
        for c in name.candidates
    )


def _in_list(place: int, order: list[int], toponyms: Sequence[Toponym], text: str) -> bool:
    """Whether the pair at ``place`` of the order stands in an enumeration of three or more."""
    if place + 2 < len(order) and _LISTED.fullmatch(
        text[toponyms[order[place + 1]].end : toponyms[order[place + 2]].start]
    ):
        return True
    return place > 0 and bool(_LISTED.fullmatch(text[toponyms[order[place - 1]].end : toponyms[order[place]].start]))


def _place(toponym: Toponym, ranked: Ranked, text: str, language: str) -> Place:
    best, part = ranked.best, part_of_town(toponym, text, language)
    if best is None or (part is not None and (best.how in FUZZY or (part.named and best.how == "short"))):
        return _unknown(toponym, ranked, part, text, language)
    entry = best.entry
    seat = entry.kind == "populated place" and (entry.country, entry.name) in capitals()
    use = use_of(toponym, text=text, language=language, kind=entry.kind, seat=seat)
    kind = "region" if best.part else entry.kind
    if part is not None and kind == "populated place" and part.kind == "district":
        kind = part.kind
    return Place(
        toponym.text,
        entry.name,
        entry.geonameid,
        kind,
        use,
        False,
        entry.lat,
        entry.lon,
        entry.extent_km,
        toponym.start,
        toponym.end,
        country=entry.country or None,
        reason=reason_of(ranked),
        key=f"{entry.id}:{best.part}" if best.part else str(entry.id),
    )


def _unknown(toponym: Toponym, ranked: Ranked, part: Part | None, text: str, language: str) -> Place:
    """A place that the gazetteer does not hold, by its own name; a quarter or building where the words beside it say so."""
    ground = ranked.ground
    return Place(
        toponym.text,
        toponym.text if part is None else part.name,
        None,
        None if part is None else part.kind,
        use_of(toponym, text=text, language=language),
        False,
        ground.lat if ground else None,
        ground.lon if ground else None,
        ground.extent_km if ground else None,
        toponym.start,
        toponym.end,
        country=ground.country or None if ground else None,
        reason=ground.reason if ground else "no place of this name is known",
    )


def reason_of(ranked: Ranked) -> str:
    """The choice in one line: how it is spelled, the chance, and the three features that weighed most against the
    second best.
    """
    order = sorted(range(len(ranked.chances)), key=lambda n: -ranked.chances[n])
    best = ranked.name.candidates[order[0]]
    if len(order) == 1:
        return f"{best.how}; only candidate"
    gained = (ranked.rows[order[0]] - ranked.rows[order[1]]) * weights()
    top = sorted(range(len(NAMES)), key=lambda n: -gained[n])[:3]
    because = ", ".join(NAMES[n] for n in top if gained[n] > 0.05)
    return f"{best.how}; chance {ranked.chances[order[0]]:.2f} of {len(order)}" + (f"; {because}" if because else "")
