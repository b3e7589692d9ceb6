"""What a claim says of who holds ground: the one place where words become holder, loser, place and sense.

What the claim's own event says of control goes first; the words fill in what it leaves open, and speak where it is silent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

from relaas.linking.names import countries, idle, is_day, parts
from relaas.linking.vocabulary import everywhere, vocabulary
from relaas.ontology.loader import language_data
from relaas.text import folded

ARMED = frozenset(
    {"army", "troops", "fighters", "government", "coalition", "police", "opposition", "leadership", "commander"}
)
TOLD = frozenset({"control", "offensive", "defence", "battle", "strategy", "forces", "other"})
GAINING, LOSING = frozenset({"take", "hold", "legal"}), frozenset({"lose", "leave"})
ORDER = ("legal", "encircle", "leave", "take", "lose", "hold", "contested")
UNREAL = frozenset({"take", "encircle", "leave", "lose"})
"""Acts that may be tried, possible or aimed at and then tell nothing of who holds ground."""
PLAIN = frozenset({"encircle", "contested"})
"""Acts that tell of ground whatever the topic is taken to be."""
CHANGES = {"gained": "take", "held": "hold", "lost": "lose", "left": "leave", "contested": "contested"}
"""The act that a change of control of an event comes to."""
PLAIN_SENSES = {"legal": "legal", "encircle": "encircled", "contested": "contested"}
INNER = frozenset(
    {"base", "seat", "port", "station", "hospital", "market", "bridge", "industry", "waterworks", "power"}
)
"""Sites inside a place, to hold which is to hold a part of it; an airfield or a height lies beside it."""
TOWNLIKE = frozenset({"port"})
"""Sites that stand for their town where it is not named: "the port had fallen"."""
_TOKEN = re.compile(r"[^\W_][\w'’-]*")
_CUT = re.compile(r";|, (?:maar|but|terwijl|while) ")
_JOINT = re.compile(r"\W*(?:en|and)?\W*")
_BEFORE = re.compile(r"(\S+) $")


@dataclass(frozen=True, slots=True)
class ControlReading:
    """Who holds which place according to a claim; None where the words do not tell.

    ``act`` is take, hold, lose, leave, encircle, legal or contested; ``sense`` full, partial, contested, encircled or legal; ``by`` who surrounds.
    ``place`` is the position of the place among the claim's.
    """

    act: str
    sense: str
    holder: str | None
    loser: str | None
    by: str | None
    place: int
    denied: bool


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def form(self) -> str:
        return self.text.lower()


def control_readings(
    claim: Mapping[str, Any], words: Sequence[tuple[str, str]], *, before: str = ""
) -> tuple[ControlReading, ...]:
    """What a claim (the contract's JSON) tells of ground, one reading a place; none for plans, unknowns and claims about something else.

    ``words`` are form and lemma of the quote's words, ``before`` the text that went before, which names the loser of a bare "loss".
    """
    language = claim["passage"]["language"] or "und"
    if claim["certainty"] in {"FUT", "Uu"} or not claim["places"]:
        return ()
    if "control" in claim.get("settled", ()):
        return _as_settled(claim)
    if "retraction" in vocabulary("revisions", language).find(words):
        return ()
    aside = "aside" in vocabulary("ground", language).find(words)
    told = _of_words(claim, words, language, before) if aside or claim["topic"] in TOLD else ()
    return _of_event(claim, told, words, language) or told


def _as_settled(claim: Mapping[str, Any]) -> tuple[ControlReading, ...]:
    """What a person said that the claim tells of ground, whatever its words seem to say; of its first place where none is named."""
    control = claim["control"]
    if control is None:
        return ()
    act, holder, loser, by = _act_of(control), control["holder"], control["loser"], None
    if act == "encircle":
        holder, loser, by = None, None, holder or loser
    elif act == "lose" and holder:
        act = "take"
    elif act in LOSING:
        holder = None
    named = (at for at, place in enumerate(claim["places"]) if control["place"] in {None, place["name"]})
    denied = str(claim["certainty"]).endswith("-")
    sense = _event_sense(act, control["sense"])
    return tuple(ControlReading(act, sense, holder, loser, by, place, denied) for place in islice(named, 1))


def _act_of(control: Mapping[str, Any]) -> str:
    """The act that a label of control comes to."""
    return {"encircled": "encircle", "legal": "legal"}.get(control["sense"]) or CHANGES[control["change"]]


def _of_event(
    claim: Mapping[str, Any], told: Sequence[ControlReading], words: Sequence[tuple[str, str]], language: str
) -> tuple[ControlReading, ...]:
    """What the claim's event says of ground, with party, part and place from the words where it names none.

    None where it names no party and no loss, where its place is one that is only headed for, where the words say that it is no longer
    so, and where it is only tried or aimed at.
    """
    control = claim.get("control")
    if control is None:
        return ()
    act = _act_of(control)
    if (act in UNREAL and _unreal(words, language)) or (act in GAINING and any(one.act in LOSING for one in told)):
        return ()
    alike = [one for one in told if one.act == act or {one.act, act} <= GAINING or {one.act, act} <= LOSING]
    like = alike[0] if alike else None
    holder, loser, by = control["holder"], control["loser"], None
    if act == "encircle":
        holder, loser, by = None, None, holder
    elif act in LOSING:
        holder = None
    named = {folded(str(place[key])) for place in claim["places"] for key in ("name", "text") if place[key]}
    holder, loser, by = (None if one and folded(one) in named else one for one in (holder, loser, by))
    if like is not None:
        holder, loser, by = (_party(*pair) for pair in ((holder, like.holder), (loser, like.loser), (by, like.by)))
    if like is not None and like.act == "encircle" and like.holder and not like.by:
        by = None
    if (act in {"hold", "legal", "leave"} and not (holder or loser)) or (
        act in {"take", "encircle"} and not (holder or by or like is not None)
    ):
        return ()
    sense = like.sense if like is not None else _event_sense(act, control["sense"])
    places = _event_places(claim, control["place"], act, alike)
    denied = _is_denied(claim, act, words, language)
    return tuple(ControlReading(act, sense, holder, loser, by, place, denied) for place in places)


def _party(event: str | None, words: str | None) -> str | None:
    """The fuller of two names of one party; where they name two, that of the words, who look for armed and governing sides alone."""
    if event is None or words is None:
        return event or words
    return event if folded(words) in folded(event) else words


def _event_sense(act: str, sense: str) -> str:
    if act in {"encircle", "contested"}:
        return "encircled" if act == "encircle" else "contested"
    return sense if sense in {"legal", "partial"} else "full"


def _event_places(claim: Mapping[str, Any], name: str | None, act: str, alike: Sequence[ControlReading]) -> list[int]:
    """The places of the words that say the same, unless only the event knows of one that the claim names itself; where no words tell, the event's."""
    places = claim["places"]
    own = [
        at
        for at, place in enumerate(places)
        if place["name"] == name and (act not in LOSING or place["use"] != "direction")
    ]
    by_words = [one.place for one in alike]
    explicit = [at for at in own if places[at]["start"] is not None]
    if by_words and (
        not explicit or set(explicit) & set(by_words) or any(places[at]["start"] is not None for at in by_words)
    ):
        return by_words
    return own[:1]


def _is_denied(claim: Mapping[str, Any], act: str, words: Sequence[tuple[str, str]], language: str) -> bool:
    """Whether a claim says that it is not so: a negative one, unless what it denies takes the change of hands for granted."""
    if not str(claim["certainty"]).endswith("-"):
        return False
    lost = act == "lose" and (_no_longer(words, language) or bool({lemma for _, lemma in words} & _losses(language)))
    return not lost and not _presupposed(claim, words, language)


def _presupposed(claim: Mapping[str, Any], words: Sequence[tuple[str, str]], language: str) -> bool:
    """Whether the event's own word stands behind "after" or "since" ("na de val van de stad is …")."""
    cue = claim.get("cues", {}).get("event") or {"spans": ()}
    start, text = claim["quote"]["start"], claim["quote"]["exact"]
    event = {text[first - start : last - start].lower() for first, last in cue["spans"]}
    before = language_data(language, "ground_roles").get("presupposing", {}).get("words", ())
    forms = [form for form, _ in words]
    return any(form in event and set(forms[max(0, at - 2) : at]) & set(before) for at, form in enumerate(forms))


def _of_words(
    claim: Mapping[str, Any], words: Sequence[tuple[str, str]], language: str, before: str
) -> tuple[ControlReading, ...]:
    found: list[ControlReading] = []
    for part in _clauses(claim["quote"]["exact"]):
        forms = {token[0].lower() for token in _TOKEN.finditer(part.text)}
        own = [word for word in words if word[0] in forms]
        if (act := _act(own, claim, language)) is not None:
            found += _clause(act, part, own, claim, language, before)
    return tuple(found)


def _act(words: Sequence[tuple[str, str]], claim: Mapping[str, Any], language: str) -> str | None:
    found = vocabulary("ground", language).find(_verbal(words, language))
    if _unreal(words, language):
        found -= UNREAL
    act = next((one for one in ORDER if one in found), None)
    lost = act == "lose" and bool({lemma for _, lemma in words} & _losses(language))
    plain = act in PLAIN or bool({"plain", "aside"} & found) or lost
    if act is None or (claim["topic"] != "control" and not plain and not _eventful(claim)):
        return None
    return "lose" if act in {"hold", "lose"} and _no_longer(words, language) else act


def _verbal(words: Sequence[tuple[str, str]], language: str) -> Sequence[tuple[str, str]]:
    """Words less those that only describe what they stand before: "an abandoned depot"."""
    cues = language_data(language, "ground_roles")
    articles, acts = _words(cues, "definite") | _words(cues, "indefinite"), vocabulary("ground", language)
    return [
        word
        for at, word in enumerate(words)
        if not (0 < at < len(words) - 1 and words[at - 1][0] in articles and "leave" in acts.find([word]))
    ]


def _unreal(words: Sequence[tuple[str, str]], language: str) -> bool:
    """Whether the act is no more than tried, possible or aimed at: "to take", "in te nemen", "kan ingenomen worden"."""
    forms = [form for form, _ in words]
    cues = language_data(language, "ground_roles").get("unreal", {}).get("words", ())
    aims = language_data(language, "ground_roles").get("aims", {}).get("words", ())
    acts = vocabulary("ground", language)
    aimed = any(
        form in aims and any(acts.of_word(one) & {"take", "encircle", "leave"} for one in words[at + 1])
        for at, form in enumerate(forms[:-1])
    )
    return aimed or bool(set(cues) & set(forms))


def _clauses(text: str) -> list[_Token]:
    """Stretches of a quote that may each tell of a place of their own."""
    cuts = [0, *(found.end() for found in _CUT.finditer(text)), len(text)]
    return [_Token(text[start:end], start, end) for start, end in pairwise(cuts) if end > start]


def _clause(
    act: str, part: _Token, words: Sequence[tuple[str, str]], claim: Mapping[str, Any], language: str, before: str
) -> list[ControlReading]:
    found = vocabulary("ground", language).find(words)
    parties = _parties(part, claim, countries_too=act in {"legal", "lose", "leave"})
    holder, loser, by = _roles(act, parties, _verb(part.text, act), part.text, claim, language)
    if act == "lose" and loser is None and {lemma for _, lemma in words} & _losses(language):
        loser = _last_country(
            before + claim["sentence"]["text"][: claim["quote"]["start"] - claim["sentence"]["start"]]
        )
    if (act in {"legal", "hold"} and holder is None) or (act == "leave" and loser is None):
        return []
    denied = _is_denied(claim, act, words, language)
    return [
        ControlReading(act, _sense(act, found, part, words, claim, place, language), holder, loser, by, place, denied)
        for place in _held(act, part, claim, _verb(part.text, act))
    ]


def _eventful(claim: Mapping[str, Any]) -> bool:
    event = claim["event"]
    return bool(event) and (event["type"], event["mode"]) in {("COERCE", "seize"), ("RETREAT", "withdraw")}


def _sense(
    act: str,
    found: frozenset[str],
    part: _Token,
    words: Sequence[tuple[str, str]],
    claim: Mapping[str, Any],
    place: int,
    language: str,
) -> str:
    if act in PLAIN_SENSES:
        return PLAIN_SENSES[act]
    if "partial" in found:
        ground, sites = (vocabulary(concept, language).each(words) for concept in ("ground", "sites"))
        quarters_alone = all("quarter" in site for acts, site in zip(ground, sites, strict=True) if "partial" in acts)
        quarter = quarters_alone and _is_quarter(part, claim["places"][place], claim, language)
        return "full" if quarter else "partial"
    return "partial" if "whole" not in found and _site_of(part, words, claim, place, language) else "full"


def _site_of(
    part: _Token, words: Sequence[tuple[str, str]], claim: Mapping[str, Any], place: int, language: str
) -> bool:
    """Whether a clause speaks of a site of a place: its port or base, neither beside the place itself ("Goma and its port") nor as its name ("the base
    Lebouirate").
    """
    bodies = everywhere("bodies", "bodies")
    each = [
        set[str]() if bodies.of_word(form) & ARMED else groups
        for (form, _), groups in zip(words, vocabulary("sites", language).each(words), strict=True)
    ]
    sites = {form for (form, _), groups in zip(words, each, strict=True) if groups & INNER}
    one = claim["places"][place]
    start = -1 if one["start"] is None else one["start"] - claim["quote"]["start"] - part.start
    if not sites or not 0 <= start < len(part.text):
        return any(groups & INNER - TOWNLIKE for groups in each)
    ahead, behind = part.text[:start].lower().split(), part.text[start + len(str(one["text"])) :].lower().split()
    joints = _words(language_data(language, "ground_roles"), "joints")
    return not ({*ahead[-1:]} & sites or {*behind[:1]} & joints)


def _is_quarter(part: _Token, place: Mapping[str, Any], claim: Mapping[str, Any], language: str) -> bool:
    """Whether the place that is held is a quarter by name: "the district of Vedro Polje", "Vedro Polje, een wijk"."""
    start = -1 if place["start"] is None else place["start"] - claim["quote"]["start"] - part.start
    if not 0 <= start < len(part.text):
        return False
    cues = language_data(language, "ground_roles")
    ahead = _TOKEN.findall(part.text[:start].lower())
    behind = _TOKEN.findall(part.text[start + len(str(place["text"])) :].lower())
    if ahead[-1:] and ahead[-1] in _words(cues, "belonging"):
        ahead = ahead[:-1]
    quarters = vocabulary("sites", language)
    named = len(ahead) > 1 and "quarter" in quarters.of_word(ahead[-1]) and ahead[-2] in _words(cues, "definite")
    called = len(behind) > 1 and behind[0] in _words(cues, "indefinite") and "quarter" in quarters.of_word(behind[1])
    return named or called


def _held(act: str, part: _Token, claim: Mapping[str, Any], verb: int) -> list[int]:
    """The places that are held, by their position: the one that the clause names nearest to its verb with those side by side with it, else
    the nearest one that it is about.

    A country gives way to a town in it; the place that is left may be an origin, a place on the way is none that is held unless the words
    put it into hands.
    """
    places, offset = claim["places"], claim["quote"]["start"] + part.start
    wanted = {"location", "origin"} if act in LOSING else {"location"}
    usable = [number for number, place in enumerate(places) if place["use"] in wanted]
    if not usable and act == "hold":
        usable = list(range(len(places)))
    here = [
        number
        for number in usable
        if places[number]["start"] is not None and 0 <= places[number]["start"] - offset < len(part.text)
    ]
    small = [number for number in here or usable if places[number]["kind"] != "country"] or here or usable
    towns = [number for number in small if places[number]["kind"] == "populated place"]
    small = (towns or small) if act != "legal" else ([number for number in small if number not in towns] or small)
    inside = [number for number in small if number in here]
    if not inside:
        inherited = [number for number in small if places[number]["start"] is None]
        return inherited if len(inherited) == len(small) else [min(set(small) - set(inherited))]
    nearest = min(inside, key=lambda number: (abs(places[number]["start"] - offset - verb), number))
    row = [nearest]
    for step in (1, -1):
        at = inside.index(nearest)
        while 0 <= at + step < len(inside):
            first, second = sorted((inside[at], inside[at + step]), key=lambda number: int(places[number]["start"]))
            gap = part.text[places[first]["end"] - offset : places[second]["start"] - offset]
            if len(gap) > 5 or not _JOINT.fullmatch(gap):
                break
            at += step
            row.append(inside[at])
    return sorted(row)


def _parties(part: _Token, claim: Mapping[str, Any], *, countries_too: bool) -> list[_Token]:
    """Stretches of a clause that name an armed or governing side: nationality, body, or a name that is no place and no day."""
    text, offset = part.text, claim["quote"]["start"] + part.start
    stretches = [*claim["places"], *([claim["time"]] if claim["time"] else [])]
    toponyms = [(one["start"] - offset, one["end"] - offset) for one in stretches if one["start"] is not None]
    bodies, known = everywhere("bodies", "bodies"), countries()
    runs: list[list[_Token]] = []
    last = -2
    for found in _TOKEN.finditer(text):
        token = _Token(found[0], found.start(), found.end())
        form = folded(token.text)
        inside = any(start <= token.start < end for start, end in toponyms)
        body = bool(bodies.of_word(token.form) & ARMED)
        nation = form in known or form.rstrip("e") in known or form.removesuffix("se") in known
        name = token.text[0].isupper() and not inside and not is_day(form) and (token.start > 0 or token.text.isupper())
        if (body or nation or name) and (not inside or body or (nation and countries_too)):
            if runs and token.start - last <= 1:
                runs[-1].append(token)
            else:
                runs.append([token])
            last = token.end
    return [joined for run in runs if not _describes_site(run, text) and (joined := _joined(run, text)) is not None]


def _describes_site(run: Sequence[_Token], text: str) -> bool:
    """Whether a word only tells whose site or town it is: "the Moroccan base"."""
    behind = _TOKEN.search(text, run[-1].end)
    if len(run) > 1 or behind is None or everywhere("bodies", "bodies").of_word(run[0].form):
        return False
    groups = everywhere("sites").of_word(behind[0].lower()) | everywhere("ground").of_word(behind[0].lower()) & {
        "whole"
    }
    return bool(groups)


def _joined(run: Sequence[_Token], text: str) -> _Token | None:
    """A run of words as one name, with the word before it where that only describes a body ("federal army", "21ste divisie")."""
    start = run[0].start
    ahead = _BEFORE.search(text[:start])
    if (
        ahead
        and everywhere("bodies", "bodies").of_word(run[0].form)
        and not (ahead[1].lower() in idle() or everywhere("ground").of_word(ahead[1].lower()))
    ):
        start = ahead.start(1)
    stretch = _Token(text[start : run[-1].end], start, run[-1].end)
    return stretch if len(stretch.text) > 1 else None


def _losses(language: str) -> frozenset[str]:
    return frozenset(map(str, language_data(language, "ground_roles").get("losses", {}).get("words", ())))


def _last_country(text: str) -> str | None:
    """The last country that a text names as one that acts; None where it names none."""
    known = countries()
    found = [token[0] for token in _TOKEN.finditer(text) if token[0][0].isupper() and folded(token[0]) in known]
    return found[-1] if found else None


def _verb(text: str, act: str) -> int:
    """Where the act's first word stands; the text's end where its words are apart."""
    words = everywhere("ground")
    for found in _TOKEN.finditer(text):
        if act in words.of_word(found[0].lower()):
            return found.start()
    return _verb(text, "hold") if act == "lose" else len(text)


def _roles(
    act: str, parties: Sequence[_Token], verb: int, text: str, claim: Mapping[str, Any], language: str
) -> tuple[str | None, str | None, str | None]:
    """Holder, loser and besieger: the agent after "by" (of what is held, after "in the hands of"), else the party before the verb, else the
    speaker behind a pronoun or a subject that is left out, else the party behind the verb.
    """
    cues = language_data(language, "ground_roles")
    driven = _after(parties, text, cues.get("doers", {}).get("words", ()))
    held = _after(parties, text, cues.get("agents", {}).get("words", ())) if act in {"hold", "legal"} else None
    breaks = [found.start() for found in _TOKEN.finditer(text) if found[0].lower() in _words(cues, "relatives")]
    relative = max((at for at in breaks if at < verb), default=-1)
    ahead = [party for party in parties if party.start < verb]
    before = next((party.text for party in [one for one in ahead if one.start > relative] or ahead), None)
    near = [one for one in parties if one.start > verb and not any(verb < at < one.start for at in breaks)]
    speaker = _speaker(text, claim, cues)
    if act == "contested":
        return None, None, None
    if act == "lose":
        losers = [party.text for party in ahead if party.text != driven]
        return None, losers[-1] if losers else speaker, None
    if act == "encircle":
        inside = before if driven is None and _is_passive(text, verb, cues) else None
        return inside, None, None if inside else driven or before or speaker or (near[0].text if near else None)
    party = driven or (before if act == "legal" and verb < len(text) else None) or held or before or speaker
    party = party or (near[0].text if near else None)
    return (None, party, None) if act == "leave" else (party, None, None)


def _is_passive(text: str, verb: int, cues: Mapping[str, Any]) -> bool:
    """Whether something is done to the party before the verb: "the garrison is surrounded"."""
    ahead = {found[0].lower() for found in _TOKEN.finditer(text[:verb])}
    behind = {found[0].lower() for found in _TOKEN.finditer(text[verb:])}
    said = ahead | behind
    return bool(said & _words(cues, "passives")) and not ahead & _words(cues, "perfects")


def _after(parties: Sequence[_Token], text: str, words: Sequence[str]) -> str | None:
    """The party that stands behind one of the words ("door", "in handen van"), articles between them set aside."""
    for party in parties:
        ahead = folded(text[: party.start]).split()
        for phrase in words:
            parts = str(phrase).split()
            for skip in (0, 1):
                if ahead[len(ahead) - len(parts) - skip : len(ahead) - skip] == parts:
                    return party.text
    return None


def _words(cues: Mapping[str, Any], group: str) -> frozenset[str]:
    return frozenset(map(str, cues.get(group, {}).get("words", ())))


def _speaker(text: str, claim: Mapping[str, Any], cues: Mapping[str, Any]) -> str | None:
    """The speaker where the quote says "they" or leaves its subject out ("te hebben ingenomen"), and he is of an armed or governing side."""
    source = claim["source"]
    if source is None or source["kind"] not in {"military", "armed_group", "official", "organisation", "unnamed"}:
        return None
    if source["kind"] == "unnamed" and not {part[1:] for part in parts(source["name"])} & ARMED:
        return None
    stand_for = _words(cues, "pronouns") | _words(cues, "aims")
    said = {found[0].lower() for found in _TOKEN.finditer(text)}
    return str(source["name"]) if stand_for & said else None


def _no_longer(words: Sequence[tuple[str, str]], language: str) -> bool:
    forms = [form for form, _ in words]
    phrases = language_data(language, "ground_roles").get("no_longer", {}).get("words", ())
    return any(f" {phrase} " in f" {' '.join(forms)} " for phrase in phrases)
