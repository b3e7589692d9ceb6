"""What of a claim takes part in linking: worked out once, kept beside the claim, the same for the same reading of a report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from zlib import crc32

from relaas.dates import bounds
from relaas.linking.conditions import ConditionReading, condition_readings
from relaas.linking.control import ControlReading, control_readings
from relaas.linking.names import parts
from relaas.linking.vocabulary import Words, vocabulary
from relaas.ontology.display import entry, polarity
from relaas.text import QUOTE_MARKS, folded, quotations

PROFORM_WORDS = 2
RESTATED = "restated"
"""The revision of a claim that repeats what it is about to mend."""
POINTING = frozenset({"pointing", "self", "negation"})
STEM, LONG = 6, 5
ARTICLE_LESS = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d[\d.,]*")
BEHIND = 2
SORTS: Mapping[str, str] = {
    "troops": "soldiers",
    "fighters": "fighters",
    "civilians": "civilians",
    "children": "children",
}
"""Bodies that a count of people may be of, and the name that counts have for them."""
PEOPLE = frozenset(
    {
        "killed",
        "injured",
        "missing",
        "captured",
        "displaced",
        "detained",
        "people",
        "inhabitants",
        "evacuated",
        "soldiers",
        "families",
    }
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a claim by what it is known by; ``name`` is its own, as names are compared, ``km`` the radius that holds it;
    ``named``: the quote names it.
    """

    key: str
    name: str
    kind: str | None
    lat: float | None
    lon: float | None
    km: float
    named: bool


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people or things; the range runs from ``low`` to ``high``, None at an open end."""

    unit: str
    of: str | None
    value: float | None
    low: float | None
    high: float | None
    bound: str
    cumulative: bool | None


@dataclass(frozen=True, slots=True)
class Facts:
    """A claim as linking sees it. Days are day numbers; ``reported`` is None for an undated report.

    ``speakers`` are the source and those through whom it speaks, empty for the outlet's own voice; ``outlet`` names the outlet;
    ``credits`` are outlets that the report says it has its words from. ``row`` is the sentence whose vector holds for the claim.
    ``running``: its figures are those of a stretch of time.
    """

    id: str
    document: str
    outlet: str
    language: str
    row: int
    index: int
    start: int
    speakers: tuple[str, ...]
    kind: str | None
    evidence: str
    polarity: int
    level: str
    topic: str
    event: tuple[str, str | None] | None
    reported: tuple[int, int] | None
    valid: tuple[int, int] | None
    spots: tuple[Spot, ...]
    counts: tuple[Count, ...]
    stems: frozenset[str]
    names: frozenset[str]
    concepts: frozenset[str]
    ground: frozenset[str]
    sites: frozenset[str]
    shingles: frozenset[int]
    direct: bool
    quoted: frozenset[str]
    revision: str | None
    next_phase: bool
    raised: bool
    running: bool = False
    credits: frozenset[str] = field(default_factory=frozenset)
    answers: str | None = None
    control: tuple[ControlReading, ...] = ()
    conditions: tuple[ConditionReading, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values, sets sorted."""
        return {key: _plain(getattr(self, key)) for key in self.__dataclass_fields__}

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Facts:
        """The facts that ``to_json`` gave."""
        made = dict(row)
        for key in ("stems", "names", "concepts", "ground", "sites", "shingles", "credits", "quoted"):
            made[key] = frozenset(made[key])
        for key in ("reported", "valid", "event", "speakers"):
            made[key] = tuple(made[key]) if made[key] is not None else None
        made["spots"] = tuple(Spot(**one) for one in made["spots"])
        made["control"] = tuple(ControlReading(**one) for one in made["control"])
        made["conditions"] = tuple(ConditionReading(**one) for one in made["conditions"])
        made["counts"] = tuple(Count(**one) for one in made["counts"])
        return cls(**made)


def _plain(value: Any) -> Any:
    """A field as plain values; records inside it as mappings (``dataclasses.asdict`` copies all it meets, at ten times the cost)."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple) and value and hasattr(value[0], "__dataclass_fields__"):
        return [{key: getattr(one, key) for key in one.__dataclass_fields__} for one in value]
    return value


def facts_of(
    claims: Sequence[Mapping[str, Any]], words: Mapping[str, Words], *, credits: Iterable[str] = ()
) -> list[Facts]:
    """The facts of all claims of one report, in its order.

    ``claims`` are the contract's JSON objects, ``words`` form and lemma of the words of each claim's quote by its id (what is missing is
    cut from the quote), ``credits`` the outlets that the report names as where it has its words from.
    """
    found: list[Facts] = []
    given = frozenset(credits)
    before = ""
    for claim in claims:
        one = _facts(claim, words.get(claim["id"]) or plain_words(claim["quote"]["exact"]), given, before)
        found.append(_standing_for(one, claim, found))
        before = claim["sentence"]["text"]
    return _revised(found, claims, words)


def _polarity(
    claim: Mapping[str, Any], control: Sequence[ControlReading], counts: Sequence[Count], revision: str | None
) -> int:
    """Whether a claim says that it is so (1) or not so (-1); a figure put in the place of another affirms, though the other is denied ("430, not 800")."""
    if control:
        return -1 if control[0].denied else 1
    if revision == "correction" and len({(count.unit, count.value) for count in counts}) > len(
        {count.unit for count in counts}
    ):
        return 1
    return polarity(claim["certainty"])


def plain_words(text: str) -> list[tuple[str, str]]:
    """Words of a stretch for which no lemmas are at hand."""
    return [(word.lower(), word.lower()) for word in ARTICLE_LESS.findall(text)]


def _facts(claim: Mapping[str, Any], words: Words, credits: frozenset[str], before: str) -> Facts:
    language = claim["passage"]["language"] or claim["document"]["language"] or "und"
    quote, sentence = claim["quote"]["exact"], claim["sentence"]["text"]
    source, event = claim["source"], claim["event"]
    spoken = plain_words(sentence)
    cues = vocabulary("revisions", language).find(spoken)
    near = {group for group in ("next_phase", "update") if group in vocabulary("revisions", language).find(words)}
    control = control_readings(claim, words, before=before)
    counts = tuple(_people_of(count_of(one), one, claim) for one in claim["quantities"] if one["unit"])
    revision = "retraction" if "retraction" in cues else "correction" if "correction" in cues else None
    placed = {
        part
        for place in claim["places"]
        for key in ("name", "text")
        if place[key]
        for part in folded(str(place[key])).split()
    }
    outlet = claim["document"]["publisher"] or claim["passage"].get("author") or claim["document"]["name"]
    return Facts(
        id=claim["id"],
        document=claim["document"]["id"],
        outlet=str(outlet),
        language=language,
        row=claim["sentence"]["index"],
        index=claim["sentence"]["index"],
        start=claim["quote"]["start"],
        speakers=(source["name"], *source["via"]) if source else (),
        kind=source["kind"] if source else None,
        evidence=claim["evidence"],
        polarity=_polarity(claim, control, counts, revision),
        level=str(entry("certainty", claim["certainty"]).get("level", "")),
        topic=claim["topic"],
        event=(event["type"], event["mode"]) if event else None,
        reported=_days(claim["reported"] or claim["document"]["published"]),
        valid=_valid(claim["time"], language),
        spots=tuple(_spot(place, claim["quote"]) for place in claim["places"]),
        counts=counts,
        stems=frozenset(
            folded(lemma)[:STEM] for form, lemma in words if len(lemma) >= LONG and folded(form) not in placed
        ),
        names=_names(quote, sentence) | _spelled(placed),
        concepts=vocabulary("topic_concepts", language).find(words),
        ground=vocabulary("ground", language).find(words),
        sites=vocabulary("sites", language).find(words),
        shingles=_shingles(spoken),
        direct=_is_direct(claim),
        quoted=frozenset(folded(sentence[one.inner[0] : one.inner[1]]) for one in quotations(sentence)) - {""},
        revision=revision,
        next_phase="next_phase" in near,
        running="running" in cues,
        raised="update" in near or "update" in cues,
        credits=credits,
        control=control,
        conditions=condition_readings(claim, words),
    )


def _standing_for(one: Facts, claim: Mapping[str, Any], before: Sequence[Facts]) -> Facts:
    """A pro-form ("denied this") stands for the claim before it, in this sentence or the last: it takes over what that is about.

    So does a second sentence on what was withdrawn ("the statement was premature").
    """
    pro_form = len(claim["quote"]["exact"].split()) <= PROFORM_WORDS and not (
        one.concepts - POINTING or one.counts or one.stems
    )
    again = one.revision == "retraction" and bool(before) and before[-1].revision == "retraction" and not one.control
    if not before or not (pro_form or (again and not one.counts)):
        return one
    other = next(
        (each for each in reversed(before) if each.answers is None and (again or each.speakers != one.speakers)),
        before[-1],
    )
    if one.index - other.index > 1:
        return one
    taken = ("row", "topic", "event", "valid", "spots", "counts", "stems", "names", "concepts", "ground", "sites")
    denied = tuple(replace(reading, denied=one.polarity < 0) for reading in other.control) if one.polarity else ()
    return replace(one, answers=other.id, control=denied, **{key: getattr(other, key) for key in taken})


def _revised(found: Sequence[Facts], claims: Sequence[Mapping[str, Any]], words: Mapping[str, Words]) -> list[Facts]:
    """Claims beside words that take back or mend: in their own sentence, or in the next where that says nothing else of its own.

    An outlet that quotes itself and then gives another figure mends what it said.
    """
    revised = []
    for place, one in enumerate(found):
        after = found[place + 1] if place + 1 < len(found) else None
        before = found[place - 1] if place else None
        if after is not None and 0 <= after.index - one.index <= 1 and _mends(one, after):
            revised.append(replace(one, revision=RESTATED))
        elif one.revision is None and before is not None and 0 <= one.index - before.index <= 1 and _mends(before, one):
            revised.append(replace(one, revision="correction"))
        else:
            revised.append(one)
    return revised


def _mends(one: Facts, after: Facts) -> bool:
    """Whether the first is the outlet's word about itself and the second counts the same otherwise."""
    quotes_itself = bool(one.speakers) and _own(one)
    numbers = {count.value for count in one.counts}, {count.value for count in after.counts}
    return quotes_itself and bool(numbers[0] and numbers[1]) and numbers[0] != numbers[1]


def _own(one: Facts) -> bool:
    mine, outlet = parts(one.speakers[0]), parts(one.outlet)
    return bool(mine) and (mine <= outlet or outlet <= mine)


def _days(value: str | None) -> tuple[int, int] | None:
    if not value:
        return None
    first, last = bounds(value)
    return first.toordinal(), last.toordinal()


def _valid(time: Mapping[str, Any] | None, language: str) -> tuple[int, int] | None:
    """The stretch that a claim names itself; "now" says no more than the date of the report."""
    if not time or not (time["earliest"] or time["latest"]):
        return None
    if "present" in vocabulary("revisions", language).find(plain_words(str(time["text"]))):
        return None
    first = date.fromisoformat(time["earliest"]).toordinal() if time["earliest"] else 1
    return first, date.fromisoformat(time["latest"]).toordinal() if time["latest"] else date.max.toordinal()


def _spot(place: Mapping[str, Any], quote: Mapping[str, Any]) -> Spot:
    name = folded(str(place["name"]))
    return Spot(
        key=str(place["geonameid"]) if place["geonameid"] else name,
        name=name,
        kind=place["kind"],
        lat=place["lat"],
        lon=place["lon"],
        km=float(place["extent_km"] or 5.0),
        named=place["start"] is not None and quote["start"] <= place["start"] < quote["end"],
    )


def count_of(one: Mapping[str, Any]) -> Count:
    """A quantity of the contract as a count, its range worked out from value and bound."""
    value, low, high, bound = one["value"], one["low"], one["high"], one["bound"]
    if bound == "=" and value is not None:
        low = high = value
    elif bound == ">=":
        low, high = (value if low is None else low), None
    elif bound == "<=":
        low, high = None, (value if high is None else high)
    return Count(str(one["unit"] or ""), one["of"], value, low, high, bound, one["cumulative"])


def _people_of(count: Count, quantity: Mapping[str, Any], claim: Mapping[str, Any]) -> Count:
    """A count of people of whom the words right behind the number say more ("14 dead civilians")."""
    if count.unit not in PEOPLE or count.of not in {None, "people", "soldiers"} or quantity["end"] is None:
        return count
    behind = claim["quote"]["exact"][max(0, quantity["end"] - claim["quote"]["start"]) :]
    words = plain_words(behind)[:BEHIND]
    found = vocabulary("bodies", claim["passage"]["language"] or "und", "bodies").find(words) & SORTS.keys()
    return replace(count, of=SORTS[min(found)]) if len(found) == 1 else count


def span(count: Count) -> tuple[float | None, float | None, float | None]:
    """Low, best and high as the words give them: ">= 12" is low 12, "about 12" best 12, "12" all three."""
    if count.bound == "=" and count.value is not None:
        return count.value, count.value, count.value
    if count.bound == ">=":
        return count.low if count.low is not None else count.value, None, None
    if count.bound == "<=":
        return None, None, count.high if count.high is not None else count.value
    return count.low, count.value, count.high


def _names(quote: str, sentence: str) -> frozenset[str]:
    """Words with a capital that the sentence's beginning does not explain, spelling evened out."""
    begins = {found.group() for found in re.finditer(r"(?:^|[.!?:]\s+|[\"“‘'„])\s*(\w+)", sentence)}
    capitals = [word for word in re.findall(r"[^\W\d_][\w'’-]*", quote) if word[0].isupper()]
    first = {word.split()[-1].strip("".join(QUOTE_MARKS)) for word in begins if word.split()}
    return frozenset(part for word in capitals if word not in first for part in parts(word)) | frozenset(
        part for word in capitals if word in first for part in parts(word) if part.startswith("@")
    )


def _spelled(placed: set[str]) -> frozenset[str]:
    return frozenset(word for word in placed if len(word) > 3)


def _shingles(words: Words) -> frozenset[int]:
    forms = [form for form, _ in words]
    return frozenset(crc32(" ".join(forms[at : at + 3]).encode()) for at in range(len(forms) - 2))


def _is_direct(claim: Mapping[str, Any]) -> bool:
    """Whether the quote stands between quotation marks."""
    text, start = claim["sentence"]["text"], claim["quote"]["start"] - claim["sentence"]["start"]
    before = text[:start].rstrip()[-1:] if start > 0 else ""
    return (before in QUOTE_MARKS - {""} and bool(before)) or claim["quote"]["exact"][:1] in QUOTE_MARKS
