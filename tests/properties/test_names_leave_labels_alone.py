"""Who is who makes no difference: other names, or the parties swapped, and every label but the names stays."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property_reports import examples

from relaas import workflow
from relaas.pipeline import Pipeline
from relaas.readers.plain import PlainText
from relaas.readers.reader import Metadata, Options

# Of one make each, so that a name's shape is no information: a person's, a country's, a town's.
PEOPLE = ("Marek Dolin", "Tarek Salun", "Pavel Borin", "Samir Kalun")
LANDS = ("Orvenië", "Kalvanië", "Tarsenië", "Molverië")
TOWNS = ("Dolvary", "Kesmary", "Porvany", "Lestary")
TEMPLATES = {
    "nl": (
        "Het leger van {land} zegt dat het dinsdag {town} heeft ingenomen.",
        "{other} ontkent dat zijn troepen {town} hebben verlaten.",
        "Volgens {person} kwamen zeker drie inwoners van {place} om bij een beschieting door {other}.",
        "{rival} spreekt van een leugen van {land}.",
        "“We geven {place} niet op,” zei {rival} woensdag.",
        "{land} zou zich voorbereiden op een aanval op {place}.",
    ),
    "en": (
        "The army of {land} said it had captured {town} on Tuesday.",
        "{other} denied that its troops had left {town}.",
        "At least three people were killed in {place}, according to {person}.",
        "“We will not give up {place},” said {rival}.",
        "{land} is reportedly preparing an attack on {place}.",
    ),
}


@st.composite
def casts(draw: st.DrawFn) -> dict[str, str]:
    """Two people, two countries, two towns."""
    (person, rival), (land, other), (town, place) = (
        draw(st.permutations(names))[:2] for names in (PEOPLE, LANDS, TOWNS)
    )
    return {"person": person, "rival": rival, "land": land, "other": other, "town": town, "place": place}


@pytest.mark.xfail(
    strict=False,
    reason="the trained heads and the trees see names: topic or event of a few sentences still changes with them",
)
@examples(25)
@given(
    st.sampled_from(("nl", "en")).flatmap(
        lambda language: st.tuples(
            st.just(language), st.lists(st.sampled_from(TEMPLATES[language]), min_size=1, max_size=4, unique=True)
        )
    ),
    casts(),
)
def test_invented_names_swapped_or_changed_leave_the_labels(
    pipeline: Pipeline, given_text: tuple[str, list[str]], cast: dict[str, str]
) -> None:
    """The same sentences with the parties swapped, and with one fixed set of names, carry the same labels."""
    language, sentences = given_text
    template = " ".join(sentences)
    pairs = (("person", "rival"), ("land", "other"), ("town", "place"))
    swapped = {left: cast[right] for one in pairs for left, right in (one, one[::-1])}
    usual = {
        "person": PEOPLE[0],
        "rival": PEOPLE[1],
        "land": LANDS[0],
        "other": LANDS[1],
        "town": TOWNS[0],
        "place": TOWNS[1],
    }
    found = _labels(pipeline, template, language, cast)
    assert found
    assert found == _labels(pipeline, template, language, swapped)
    assert found == _labels(pipeline, template, language, usual)


def _labels(pipeline: Pipeline, template: str, language: str, cast: dict[str, str]) -> list[dict[str, Any]]:
    text = template.format(**cast)
    document = PlainText().read(text.encode(), "a.txt", Options(Metadata(published="2024-04-05", language=language)))
    roles = {name: role for role, name in cast.items()}
    rows = []
    for claim in workflow.analyse(pipeline, document).claims:
        quote = claim.quote.of(text)
        for name, role in roles.items():
            quote = quote.replace(name, role)
        rows.append(
            {
                "quote": quote, "evidence": claim.evidence, "certainty": claim.certainty, "topic": claim.topic,
                "event": claim.event and (claim.event.type, claim.event.mode),
                "source": claim.source and claim.source.kind, "time": claim.time and claim.time.edtf,
                "quantities": [(one.value, one.bound, one.unit) for one in claim.quantities],
            }
        )  # fmt: skip
    return rows
