"""The published view: static pages of accepted claims, which need no server and hold nothing else.

A page quotes a claim's own words and never the sentence around them, as other claims may stand there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from relaas import __version__
from relaas.exports import wording
from relaas.exports.page import TEMPLATES, context, environment
from relaas.ids import content_hash
from relaas.ontology.display import LANGUAGES, definition, labels, name, say, sign, standing
from relaas.queries.picture import Picture
from relaas.queries.place import Found
from relaas.queries.report import Line, Report, Section, situation
from relaas.queries.rows import Ledgers
from relaas.store.view import Filter, PlaceFilter, View
from relaas.text import folded

Claim = Mapping[str, Any]
ACCEPTED = Filter(accepted=True)
NOTHING, NO_LEDGERS = Picture((), frozenset(), (), {}), Ledgers((), (), ())


@dataclass(frozen=True, slots=True)
class Place:
    """A place with a page of its own."""

    path: str
    name: str
    country: str | None
    claims: int
    report: Report


@dataclass(frozen=True, slots=True)
class Cited:
    """A report with its accepted claims, in the order of its text."""

    path: str
    document: Mapping[str, Any]
    report: Report


def pages(view: View) -> Iterator[tuple[str, str]]:
    """Every page as its path and its text, in both languages; the same claims give the same characters."""
    claims = list(view.claims(ACCEPTED))
    places, reports = list(_places(view, claims)), list(_reports(claims))
    yield "style.css", (TEMPLATES / "report.css").read_text(encoding="utf-8")
    yield "index.html", _render("publication_door.html", "en", "", {"languages": LANGUAGES})
    for language in LANGUAGES:
        held = {"places": places, "reports": reports, "count": len(claims)}
        yield f"{language}/index.html", _render("publication.html", language, "../", held)
        for place in places:
            filled = context(place.report, language, _address)
            yield f"{language}/{place.path}", _render("publication_place.html", language, "../../", filled)
        for cited in reports:
            filled = context(cited.report, language, lambda line: f"#c-{line.claim['id']}")
            filled |= {"document": cited.document}
            yield f"{language}/{cited.path}", _render("publication_report.html", language, "../../", filled)


def _render(template: str, language: str, root: str, values: Mapping[str, Any]) -> str:
    shared = {
        "language": language,
        "root": root,
        "say": lambda key, **words: say(key, language=language, **words),
        "day": lambda value: wording.day(value, language),
        "publisher": wording.publisher,
        "claims": lambda count: wording.counted("claims", count, language),
        "territory": lambda code: wording.territory(code, language),
        "name": lambda kind, label: name(kind, label, language=language),
        "meaning": lambda label: definition("standings", label, language=language),
        "standings": labels("standings"),
        "sign": sign,
        "version": __version__,
    }
    return str(environment().get_template(template).render({**shared, **values}))


def _places(view: View, claims: Sequence[Claim]) -> Iterator[Place]:
    """Every place that an accepted claim is about, most claims first."""
    found: Counter[tuple[str, int | None, str | None, str | None]] = Counter()
    for claim in claims:
        found.update({(one["name"], one["geonameid"], one["country"], one["kind"]) for one in claim["places"]})
    for key, count in sorted(found.items(), key=lambda item: (-item[1], item[0][0], item[0][1] or 0)):
        called, id, country, kind = key
        place = (
            PlaceFilter(geonameids=frozenset({id}))
            if id is not None
            else PlaceFilter(names=frozenset({folded(called)}))
        )
        report = situation(view, Found(called, called, kind, country, place), Filter(place=place, accepted=True), {})
        yield Place(f"places/{content_hash(called, id)[:12]}.html", called, country, count, report)


def _reports(claims: Sequence[Claim]) -> Iterator[Cited]:
    for id, group in groupby(claims, key=lambda claim: str(claim["document"]["id"])):
        own = list(group)
        yield Cited(f"reports/{id}.html", own[0]["document"], _alone(own))


def _alone(claims: Sequence[Claim]) -> Report:
    """A report's own claims as one section, for the template's lines."""
    lines = tuple(Line(claim, standing(claim["evidence"], claim["certainty"]), 1) for claim in claims)
    nowhere = Found("", "", None, None, None)
    return Report(nowhere, {}, True, (Section("other", lines),), (), (), (), (), len(lines), 0, NOTHING, NO_LEDGERS)


def _address(line: Line) -> str:
    return f"../reports/{line.claim['document']['id']}.html#c-{line.claim['id']}"
