"""Every event type with actors, recipients and changes of control, in sentences of our own; what is not right yet stands as such."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import yaml
from event_sentences import claim_of, plain

from relaas.ontology.loader import concept
from relaas.pipeline import Pipeline

FOLDER = Path(__file__).parents[2] / "gold" / "events"


def rows() -> list[Any]:
    """Each sentence with its language; those that fail are marked with the reason."""
    found = []
    for file in sorted(FOLDER.glob("*.yaml")):
        for row in yaml.safe_load(file.read_text(encoding="utf-8"))["sentences"]:
            marks = [pytest.mark.xfail(reason=row["fails"], strict=True)] if "fails" in row else []
            found.append(pytest.param(file.stem, row, id=f"{file.stem}: {row['text']}", marks=marks))
    return found


@pytest.mark.parametrize(("language", "row"), rows())
def test_a_sentence_tells_its_event(pipeline: Pipeline, language: str, row: dict[str, Any]) -> None:
    """Type and, where the row gives them, mode, actors, recipients and the change of control."""
    claim = claim_of(pipeline, row["text"], language, row.get("claim", ""))
    event = claim.event if claim else None
    allowed = row["type"] if isinstance(row["type"], list) else [row["type"]]
    assert (event.type if event else None) in allowed
    if event is not None and row.get("mode"):
        assert event.mode == row["mode"]
    for part in ("actors", "recipients"):
        if event is not None and row.get(part):
            assert plain(getattr(event, part)) == plain(row[part])
    if "control" in row:
        assert claim is not None
        assert claim.control is not None
        found = asdict(claim.control)
        for part, wanted in row["control"].items():
            assert plain([str(found[part])]) == plain([wanted]), part


def test_every_type_and_a_sentence_without_event_is_in_the_table() -> None:
    """All sixteen types in both languages, and sentences that tell none."""
    for language in ("nl", "en"):
        data = yaml.safe_load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))["sentences"]
        types = {one for row in data for one in (row["type"] if isinstance(row["type"], list) else [row["type"]])}
        assert types >= {None, *concept("plover")["types"]}


TEMPLATES = [
    ("nl", "{a} heeft gisteren de basis van {b} aangevallen."),
    ("nl", "{a} vuurde raketten af op {b}."),
    ("nl", "{a} beschuldigde {b} van plundering."),
    ("nl", "{a} wees het voorstel van {b} af."),
    ("nl", "{a} viel de stellingen van {b} aan."),
    ("nl", "{a} verloor de stad aan {b}."),
    ("en", "{a} attacked {b} on Tuesday."),
    ("en", "{a} fired rockets at {b}."),
    ("en", "{a} accused {b} of looting."),
    ("en", "{a} lost the town to {b}."),
    ("en", "The town was captured by {a}."),
    ("en", "{a} was attacked by {b}."),
]
SIDES = [("Rusland", "Oekraïne"), ("Hamas", "Israël"), ("Ethiopië", "Eritrea")]
ENGLISH = [("Russia", "Ukraine"), ("Hamas", "Israel"), ("Ethiopia", "Eritrea")]


@pytest.mark.parametrize(("language", "template"), TEMPLATES)
@pytest.mark.parametrize("number", range(len(SIDES)))
def test_swapping_the_sides_swaps_the_parts_and_nothing_else(
    pipeline: Pipeline, language: str, template: str, number: int
) -> None:
    """Type and mode stay; actors and recipients change places."""
    one, other = (SIDES if language == "nl" else ENGLISH)[number]
    told = claim_of(pipeline, template.format(a=one, b=other), language)
    swapped = claim_of(pipeline, template.format(a=other, b=one), language)
    assert told is not None
    assert swapped is not None
    assert told.event is not None
    assert swapped.event is not None
    assert (told.event.type, told.event.mode) == (swapped.event.type, swapped.event.mode)
    exchange = {one: other, other: one}
    for part in ("actors", "recipients"):
        assert [_exchanged(name, exchange) for name in getattr(told.event, part)] == list(getattr(swapped.event, part))


def _exchanged(name: str, exchange: dict[str, str]) -> str:
    return " ".join(exchange.get(word, word) for word in name.split())


def test_the_cue_names_the_frame_and_its_words(pipeline: Pipeline) -> None:
    """What `explain` shows: the rule, and the trigger with the words beside it that were needed."""
    text = "Jets bombed the port."
    claim = claim_of(pipeline, text, "en")
    assert claim is not None
    cue = claim.cues["event"]
    assert cue.rule == "en.event.bombard"
    assert "bombed" in {span.of(text) for span in cue.spans}


def test_a_pointer_takes_the_event_it_points_to(pipeline: Pipeline) -> None:
    """ "Dat klopt niet" denies what the sentence before told."""
    claim = claim_of(pipeline, "De rebellen veroverden Goma. Dat klopt niet, zegt het leger.", "nl", "Dat")
    assert claim is not None
    assert claim.event is not None
    assert (claim.event.type, claim.event.actors) == ("COERCE", ("rebellen",))


@pytest.mark.parametrize(
    ("language", "text", "words", "actor"),
    [
        ("nl", "De rebellen kwamen maandag. Ze vielen de kazerne aan.", "Ze", "rebellen"),
        ("nl", "Strijders van Hezbollah vielen de post aan.", "", "Hezbollah"),
        ("nl", "De kazerne die door de milities is aangevallen, staat leeg. De milities bestormden de poort.", "bestormden", "milities"),
        ("en", "Fighters of the RSF stormed the market.", "", "RSF"),
        ("en", "Hezbollah fighters attacked the post.", "", "Hezbollah"),
    ],
)  # fmt: skip
def test_groups_of_a_body_and_pronouns_are_named(
    pipeline: Pipeline, language: str, text: str, words: str, actor: str
) -> None:
    """The body for its people, and whom a pronoun means."""
    claim = claim_of(pipeline, text, language, words)
    assert claim is not None
    assert claim.event is not None
    assert plain(claim.event.actors) == plain([actor])


def test_a_language_without_frames_tells_no_event(pipeline: Pipeline) -> None:
    """Nothing is guessed where nothing is known."""
    claim = claim_of(pipeline, "Die Rebellen eroberten die Stadt.", "de")
    assert claim is None or claim.event is None
