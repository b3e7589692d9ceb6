"""Names of speakers and parties brought to one form, so that "the Yemeni army" and "het Jemenitische leger" can be known as one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from rapidfuzz import fuzz

from relaas.linking.vocabulary import everywhere
from relaas.ontology.loader import language_data, languages
from relaas.text import folded

ALIKE = 80.0
LEAST = 4
COGNATE = 5
GENERIC = frozenset({"residents", "witnesses", "people", "refugees", "civilians", "experts"})
"""Bodies of which every report may mean other persons."""

OFFICES = frozenset(
    {
        "minister",
        "president",
        "mayor",
        "governor",
        "commander",
        "commissioner",
        "director",
        "doctor",
        "priest",
        "leadership",
    }
)
"""Bodies that are one person."""


@lru_cache(maxsize=50_000)
def parts(name: str) -> frozenset[str]:
    """What a name is made of: bodies by their id, countries by their code, other words as they are compared.

    >>> sorted(parts("the Yemeni army")), sorted(parts("het Jemenitische leger"))
    (['=army', '@YE'], ['=army', '@YE'])
    """
    words = [part for word in folded(name).split() for part in _unhyphened(word)]
    bodies = everywhere("bodies", "bodies").each([(word, word) for word in words])
    found = {f"={body}" for each in bodies for body in each}
    for word, each in zip(words, bodies, strict=True):
        if each or word in idle():
            continue
        country = next((countries()[form] for form in _forms(word) if form in countries()), None)
        if country:
            found.add(f"@{country}")
        elif len(word) > 1:
            found.add(word)
    return frozenset(found)


def _forms(word: str) -> tuple[str, ...]:
    """A word and what it may be bent from: "Serbs", "Servische"."""
    return word, word.rstrip("e"), word.removesuffix("se"), word.removesuffix("s")


@lru_cache(maxsize=200_000)
def alike(one: str, other: str) -> bool:
    """Whether two names may stand for one and the same: one holds what the other is made of, spelling aside.

    >>> alike("army", "Malian army"), alike("Malian army", "French army")
    (True, False)
    """
    mine, theirs = parts(one), parts(other)
    return meet(mine, theirs) or _initials(one, other) or _titled(mine, theirs) or _titled(theirs, mine)


def _titled(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the one is a person's name with an office, the other the same name without: "minister Salcedo", "Arturo Salcedo"."""
    bodies = {part[1:] for part in one if part.startswith("=")}
    name = {part for part in one if part[0] not in "=@"}
    plain = not any(part[0] in "=@" for part in other)
    return bool(bodies & OFFICES) and plain and bool(name) and all(_holds(other, part) for part in name)


def _initials(one: str, other: str) -> bool:
    """Whether one name is made of the first letters of the other's words: MNLA, Mouvement national de libération de l'Azawad.

    >>> _initials("RSF", "Rapid Support Forces")
    True
    """
    short, long = sorted((one, other), key=len)
    letters = "".join(word[0] for word in folded(long).split() if word not in idle())
    return short.isupper() and len(short) > 2 and " " not in short.strip() and letters == folded(short)


def meet(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether all that one name is made of stands in the other."""
    if not one or not other:
        return False
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return all(_holds(large, part) for part in small)


def _holds(names: frozenset[str], part: str) -> bool:
    if part in names:
        return True
    if part[0] in "=@" or len(part) < LEAST:
        return False
    own = _evened(part)
    return any(name[0] not in "=@" and len(name) >= LEAST and fuzz.ratio(own, _evened(name)) >= ALIKE for name in names)


def _unhyphened(word: str) -> list[str]:
    """The parts of a word with hyphens, unless it is known as it stands: "VN-missie", but "Zuid-Soedan"."""
    known = word in countries() or everywhere("bodies", "bodies").of_word(word)
    return [word] if known or "-" not in word else [part for part in word.split("-") if part]


@lru_cache(maxsize=100_000)
def _evened(word: str) -> str:
    """A name's spelling with the sounds that each language writes its own way written one way."""
    for sound, written in _sounds():
        word = word.replace(sound, written)
    return word


@cache
def _sounds() -> tuple[tuple[str, str], ...]:
    """How each language writes out a sound and how it is compared, long ones first."""
    found = {
        str(sound): str(written)
        for language in languages()
        for sound, written in language_data(language, "spelling").get("transliteration", {}).get("pairs", {}).items()
    }
    return tuple(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def is_generic(name: str) -> bool:
    """Whether a name tells no single speaker apart: "residents", "witnesses in the town"."""
    own = parts(name)
    return (
        bool(own)
        and all(part.startswith("=") and part[1:] in GENERIC for part in own if part.startswith("="))
        and any(part.startswith("=") for part in own)
    )


def any_alike(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether any name of one side may be one of the other's."""
    theirs = list(others)
    return any(alike(one, other) for one in some for other in theirs)


@cache
def countries() -> dict[str, str]:
    """Adjectives, inhabitants and names of countries as they are compared, with the country's code."""
    from babel import Locale

    found: dict[str, str] = {}
    for language in languages():
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and len(folded(str(name)).split()) == 1:
                found.setdefault(folded(str(name)), code)
        for code, words in language_data(language, "demonyms").get("countries", {}).items():
            for word in words:
                found.setdefault(folded(str(word)), str(code))
    return found


@cache
def idle() -> frozenset[str]:
    """Words that tell no name apart: articles, prepositions, those for a spokesman."""
    found: set[str] = set()
    for language in languages():
        data = language_data(language, "bodies")
        found |= {folded(str(word)) for word in data.get("spokespeople", {}).get("words", ())}
        found |= {folded(str(word)) for word in data.get("idle", {}).get("words", ())}
    return frozenset(found)


@cache
def _days() -> frozenset[str]:
    """Names of days and months in every language, as they are compared."""
    from babel.dates import get_day_names, get_month_names

    return frozenset(
        folded(str(name))
        for language in languages()
        for names in (get_day_names("wide", locale=language), get_month_names("wide", locale=language))
        for name in names.values()
    )


def is_day(form: str) -> bool:
    """Whether a folded word names a day of the week or a month."""
    return form in _days()


SIDES = (
    frozenset({"army", "government", "police", "president", "ministry", "defence"}),
    frozenset({"fighters", "opposition"}),
)


def _cognate(names: Iterable[str], part: str) -> bool:
    """Whether a word begins as one of the others does: one adjective in two languages ("Islamist", "islamitische")."""
    return len(part) > COGNATE and part[0] != "@" and any(name[:COGNATE] == part[:COGNATE] for name in names)


def same_side(one: str | None, other: str | None) -> bool | None:
    """Whether two names may be of one party to a war; None where they do not tell ("troops")."""
    if one is None or other is None:
        return None
    if _initials(one, other):
        return True
    mine, theirs = parts(one), parts(other)
    proper = [{part for part in each if not part.startswith("=")} for each in (mine, theirs)]
    if proper[0] and proper[1]:
        return any(_holds(frozenset(proper[1]), part) or _cognate(proper[1], part) for part in proper[0])
    bodies = [{part[1:] for part in each if part.startswith("=")} for each in (mine, theirs)]
    if bodies[0] & bodies[1]:
        return True if bodies[0] & bodies[1] - {"troops", "commander", "leadership"} else None
    sides = [{number for number, side in enumerate(SIDES) if side & each} for each in bodies]
    return False if sides[0] and sides[1] and not sides[0] & sides[1] else None
