"""A gold story read by the pipeline: its reports in a record of their own, linked, and its labelled claims beside those that were found."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import numpy as np

from relaas import workflow
from relaas.evaluation.labelled import Labelled, from_json
from relaas.evaluation.matching import nearest
from relaas.evaluation.stories import Story
from relaas.linking.facts import Facts
from relaas.linking.identity import linker_identity
from relaas.linking.report import Matrix, Report, report_of
from relaas.model.span import Span
from relaas.pipeline import Pipeline
from relaas.queries.picture import Picture, picture
from relaas.readers.reader import Options
from relaas.store.linking import LinkStore
from relaas.store.store import Store
from relaas.store.view import Filter


@dataclass(frozen=True, slots=True)
class Told:
    """A story with the picture that reading it gave; ``found`` is the claim's id for each labelled claim that has a counterpart."""

    story: Story
    picture: Picture
    found: dict[str, str]


def tell(story: Story, pipeline: Pipeline) -> Told:
    """Read a story's reports, link them, and align its labels."""
    with record(story.files, pipeline) as store, store.view() as view:
        whole = picture(view, Filter())
    return Told(story, whole, aligned(story, whole))


@contextmanager
def record(files: Sequence[Path], pipeline: Pipeline) -> Iterator[Store]:
    """A record that holds some reports, read and linked."""
    readers = import_module("relaas.recipes").readers()
    with tempfile.TemporaryDirectory() as folder, Store.open(str(Path(folder, "story.db"))) as store:
        workflow.read([str(file) for file in files], store, pipeline, readers, Options())
        yield store


def aligned(story: Story, whole: Picture) -> dict[str, str]:
    """For each labelled claim the found claim of its report whose quote is most like its own."""
    found: dict[str, str] = {}
    for name, document in story.reports.items():
        claims = [claim for claim in whole.claims if Path(claim["document"]["name"]).stem == name]
        keys = [key for key, (report, _) in story.claims.items() if report == name]
        partners = nearest(
            document.text, [_labelled(story.claims[key][1]) for key in keys], [from_json(claim) for claim in claims]
        )
        found |= {key: claims[place]["id"] for key, place in zip(keys, partners, strict=True) if place is not None}
    return found


def reports(store: Store, centre: Matrix | None) -> list[Report]:
    """The reports of a record as linking sees them, in an order of their content; ``centre`` as in the weights."""
    with store.view() as view:
        base = LinkStore(view.connection, linker_identity())
        numbers = base.readings(document["id"] for document in view.documents())
        made, vectors = base.facts(numbers), base.vectors(numbers)
    found = [
        report_of(made[number][0], [Facts.from_json(row) for row in made[number][1]], vectors[number], centre)
        for number in numbers
    ]
    return sorted(found, key=lambda report: report.order)


def sentence_vectors(store: Store) -> list[Matrix]:
    """The vectors of all sentences of a record."""
    with store.view() as view:
        base = LinkStore(view.connection, linker_identity())
        found = base.vectors(base.readings(document["id"] for document in view.documents()))
    return [row.astype(np.float64) for _, rows in sorted(found.items()) for _, row in sorted(rows.items())]


def _labelled(quote: Span) -> Labelled:
    return Labelled(quote, quote, {})


def all_told(stories: Sequence[Story], pipeline: Pipeline) -> list[Told]:
    """Every story, one after another."""
    return [tell(story, pipeline) for story in stories]
