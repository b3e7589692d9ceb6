"""Scores place resolution: on GeoVirus (Gritta and others 2018), news toponyms with coordinates used for development
only, and on the sentences of gold/places.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from relaas.errors import GoldError
from relaas.knowledge.names import key
from relaas.model.place import Place
from relaas.places.finding import find_toponyms
from relaas.places.resolution import resolve
from relaas.places.toponym import Toponym

NEAR_KM = 161.0  # a hundred miles, as the field counts


@dataclass(frozen=True, slots=True)
class GoldPlace:
    """A toponym with the point its annotators gave it."""

    toponym: Toponym
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Article:
    """A news text with its toponyms."""

    text: str
    places: tuple[GoldPlace, ...]


def read_geovirus(path: Path) -> list[Article]:
    """The articles of GeoVirus.xml; raises GoldError where offsets and names disagree."""
    articles = []
    for element in ElementTree.parse(path).getroot():
        text = element.findtext("text") or ""
        places = []
        for location in element.iterfind("locations/location"):
            name = location.findtext("name") or ""
            start = int(location.findtext("start") or 0) - 1  # counted from one there
            if text[start : start + len(name)] != name:
                raise GoldError(f"GeoVirus: {name!r} is not at {start}")
            point = float(location.findtext("lat") or 0), float(location.findtext("lon") or 0)
            places.append(GoldPlace(Toponym(name, start, start + len(name)), *point))
        articles.append(Article(text, tuple(places)))
    return articles


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance."""
    a, b = math.radians(lat1), math.radians(lat2)
    step = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(step)))


def right(place: Place, gold: GoldPlace) -> bool:
    """Whether the place lies within 161 km of the gold point."""
    return (
        place.lat is not None
        and place.lon is not None
        and distance_km(place.lat, place.lon, gold.lat, gold.lon) <= NEAR_KM
    )


def given_names(articles: list[Article], *, language: str = "en") -> dict[str, float]:
    """Accuracy within 161 km and the median error, with the names given."""
    errors = []
    for article in articles:
        found = resolve([gold.toponym for gold in article.places], text=article.text, language=language, always=True)
        for place, gold in zip(found, article.places, strict=True):
            known = place.lat is not None and place.lon is not None
            errors.append(distance_km(place.lat or 0, place.lon or 0, gold.lat, gold.lon) if known else 20000.0)
    errors.sort()
    return {
        "toponyms": len(errors),
        "accuracy within 161 km": sum(error <= NEAR_KM for error in errors) / len(errors),
        "median error in km": errors[len(errors) // 2],
        "mean log error": sum(math.log1p(error) for error in errors) / len(errors) / math.log1p(20039),
        "unknown": sum(error == 20000.0 for error in errors) / len(errors),
    }


def end_to_end(articles: list[Article], *, language: str = "en") -> dict[str, float]:
    """Precision, recall and F1 of finding (spans that overlap) and of finding with resolving (and within 161 km).

    Adjectives of nationality are no locations in GeoVirus and are left out of what was found.
    """
    spans = located = found_count = gold_count = 0
    for article in articles:
        toponyms = [t for t in find_toponyms(article.text, language=language) if t.label == "LOC"]
        places = resolve(toponyms, text=article.text, language=language)
        found_count += len(places)
        gold_count += len(article.places)
        for gold in article.places:
            match = next(
                (p for p in places if (p.start or 0) < gold.toponym.end and gold.toponym.start < (p.end or 0)), None
            )
            spans += match is not None
            located += match is not None and right(match, gold)
    return {**_scores("found", spans, found_count, gold_count), **_scores("located", located, found_count, gold_count)}


def _scores(name: str, hits: int, found: int, gold: int) -> dict[str, float]:
    precision, recall = hits / max(found, 1), hits / max(gold, 1)
    return {
        f"{name} precision": precision,
        f"{name} recall": recall,
        f"{name} F1": 2 * precision * recall / max(precision + recall, 1e-9),
    }


@dataclass(frozen=True, slots=True)
class GoldToponym:
    """A toponym of gold/places with the point, the radius and the names by which an answer is right."""

    toponym: Toponym
    names: frozenset[str]
    lat: float
    lon: float
    radius_km: float
    kind: str
    exonym: bool


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """A short text of gold/places."""

    id: str
    text: str
    toponyms: tuple[GoldToponym, ...]


def read_sentences(path: Path) -> list[GoldSentence]:
    """The texts of a file of gold/places; raises GoldError where offsets and words disagree."""
    sentences = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold = []
        for one in row["toponyms"]:
            if row["text"][one["start"] : one["end"]] != one["text"]:
                raise GoldError(f"{path.name}: {row['id']}: {one['text']!r} is not at {one['start']}")
            names = frozenset(key(name) for name in (one["name"], one["text"], *one["alt_names"]))
            toponym = Toponym(one["text"], one["start"], one["end"], one.get("label", "LOC"))
            point = one["lat"], one["lon"], one["radius_km"]
            gold.append(GoldToponym(toponym, names, *point, one["kind"], bool(one["exonym"])))
        sentences.append(GoldSentence(row["id"], row["text"], tuple(gold)))
    return sentences


def answers(sentence: GoldSentence, *, language: str) -> list[tuple[GoldToponym, Place, bool]]:
    """Each toponym with the place found for it and whether that is right: within the radius, or by name within twice."""
    found = resolve([gold.toponym for gold in sentence.toponyms], text=sentence.text, language=language, always=True)
    result = []
    for gold, place in zip(sentence.toponyms, found, strict=True):
        away = (
            distance_km(place.lat, place.lon, gold.lat, gold.lon)
            if place.lat is not None and place.lon is not None
            else math.inf
        )
        named = key(place.name) in gold.names and away <= 2 * gold.radius_km
        result.append((gold, place, away <= gold.radius_km or named))
    return result


def right_answers(sentences: list[GoldSentence], *, language: str) -> dict[str, float]:
    """Shares of right answers, of all toponyms and of the exonyms, with the names given."""
    judged = [answer for sentence in sentences for answer in answers(sentence, language=language)]
    exonyms = [right for gold, _, right in judged if gold.exonym]
    return {
        "toponyms": len(judged),
        "right": sum(right for _, _, right in judged) / max(len(judged), 1),
        "exonyms right": sum(exonyms) / max(len(exonyms), 1),
    }
