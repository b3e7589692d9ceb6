"""Claims and reports made by hand, and a small pipeline of real steps that needs no model."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from relaas.model.claim import Claim, Cue, Sentence, Verification
from relaas.model.document import Document, Passage
from relaas.model.event import Event
from relaas.model.place import Place
from relaas.model.quantity import Quantity
from relaas.model.run import Run
from relaas.model.source import Source
from relaas.model.span import Span
from relaas.model.time import Time
from relaas.pipeline import Pipeline
from relaas.readers.plain import PlainText
from relaas.readers.reader import Metadata, Options
from relaas.steps.passages import Passages
from relaas.steps.sentences import Sentences
from relaas.steps.step import Analysis, Step
from relaas.steps.words import Words
from relaas.store.store import Store

RUN = Run({"handmade": "1"})
BAKHMUT = Place("Bachmoet", "Bakhmut", 713174, "populated place", "location", False, 48.59, 38.0, 5.3, None, None, "UA")
LYMAN = Place("Lyman", "Lyman", 702320, "populated place", "location", False, 48.98, 37.8, 4.0, None, None, "UA")
UKRAINE = Place("Oekraïne", "Ukraine", 690791, "country", "location", False, 49.0, 32.0, 600.0, None, None, "UA")


class EachSentence(Step):
    """One stated claim for each sentence, so that stores and workflows can be tried without a model."""

    name: ClassVar[str] = "each_sentence"
    reads: ClassVar[frozenset[str]] = frozenset({"sentences"})
    writes: ClassVar[frozenset[str]] = frozenset({"claims"})

    def run(self, analysis: Analysis) -> None:
        """Add the claims; a report that says BOOM fails as a step may fail."""
        if "BOOM" in analysis.text:
            raise ValueError("boom")
        for part, sentence in analysis.sentences():
            analysis.claims.append(
                Claim(
                    analysis.document.id,
                    sentence.span,
                    0,
                    sentence,
                    part.passage,
                    "stated",
                    "CT+",
                    "other",
                    reported=analysis.document.published,
                )
            )


class SmallPipeline(Pipeline):
    """A pipeline that goes by one name, whatever state the code is in."""

    identity = RUN  # type: ignore[assignment]


def small_pipeline() -> Pipeline:
    """Real passages, words and sentences, and a claim for each sentence."""
    return SmallPipeline([Passages(), Words(), Sentences(), EachSentence()])


def document(
    text: str, *, name: str = "a.txt", publisher: str | None = "Paper", published: str | None = "2022-11"
) -> Document:
    """A report read from its bytes."""
    found = PlainText().read(text.encode(), name, Options(Metadata(publisher=publisher, published=published)))
    return replace(found, language=found.language or "en")


def claim(report: Document, quote: str, **labels: Any) -> Claim:
    """A claim on the first occurrence of a quote: stated, certain, about control, unless told."""
    start = report.text.index(quote)
    sentence_start = max((report.text.rfind(mark, 0, start) + 1 for mark in ".\n"), default=0)
    index = report.text.count(".", 0, start)
    stop = report.text.find(".", start)
    sentence = Span(min(start, sentence_start), len(report.text) if stop < 0 else stop + 1)
    settled: dict[str, Any] = {"evidence": "stated", "certainty": "CT+", "topic": "control"} | labels
    return Claim(
        report.id,
        Span(start, start + len(quote)),
        0,
        Sentence(index, Span(sentence.start, max(sentence.end, start + len(quote)))),
        Passage("body", report.body, report.language or "en"),
        reported=report.published,
        **settled,
    )


def keep(store: Store, report: Document, *claims: Claim, run: Run = RUN) -> Document:
    """Put a report with its claims in the record; the searchable words are the quotes."""
    with store.writer() as writer:
        settled = writer.add_document(report, report.text.encode())
        writer.add_reading(settled, run, claims, [one.quote.of(report.text) for one in claims], [])
    return settled


def said(name: str, kind: str = "official", *via: str) -> Source:
    """A source by name."""
    return Source(name, kind, via=via)


def figure(text: str, value: float | None, bound: str = "=", **more: Any) -> Quantity:
    """A number of killed, unless told otherwise."""
    low = more.pop("low", value if bound in {"=", ">="} else None)
    high = more.pop("high", value if bound in {"=", "<="} else None)
    fields = {"unit": "killed", "of": "people", "cumulative": None} | more
    return Quantity(text, value, low, high, bound, start=0, end=len(text), **fields)


def time(text: str, edtf: str, earliest: str | None, latest: str | None) -> Time:
    """A time as the steps leave it."""
    return Time(text, 0, len(text), "DATE", None, edtf, earliest, latest, None, "by hand")


def full_claims(report: Document) -> list[Claim]:
    """Three claims that fill every field of the contract, on a text that begins as ``FULL`` does."""
    return [
        claim(
            report,
            "more than 120 civilians were killed",
            evidence="attributed",
            topic="casualties",
            source=Source("Aleksandr Vas", "official", "Vas", 0, 3, ("a spokesman",)),
            event=Event("ASSAULT", "heavy-weapons", ("the army",), ("civilians",)),
            time=time("since September", "2022-09/2022-11", "2022-09-01", "2022-11-30"),
            places=(BAKHMUT, UKRAINE),
            quantities=(figure("more than 120", 120, ">=", of="civilians", cumulative=True),),
            confidence={"evidence": 0.97},
            cues={"evidence": Cue("en.report.say", (Span(0, 3),))},
        ),
        claim(
            report,
            "the bridge is gone",
            evidence="verified",
            verification=Verification("the desk", "place"),
            topic="damage",
        ),
        claim(report, "who fired is not clear", certainty="Uu", topic="battle", places=(BAKHMUT,)),
    ]


FULL = "Vas said more than 120 civilians were killed. Checked: the bridge is gone. Today, who fired is not clear.\n"
