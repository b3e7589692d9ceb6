"""Reads a sentence into claims, and names as they are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable

from relaas.model.claim import Claim
from relaas.pipeline import Pipeline
from relaas.readers.plain import PlainText
from relaas.readers.reader import Metadata, Options


def claims_of(pipeline: Pipeline, text: str, language: str) -> list[tuple[str, Claim]]:
    """The claims of a text dated 3 May 2024, each with its words."""
    document = PlainText().read(text.encode(), "x.txt", Options(Metadata(published="2024-05-03", language=language)))
    analysis = pipeline.run(document)
    return [(claim.quote.of(analysis.text), claim) for claim in analysis.claims]


def claim_of(pipeline: Pipeline, text: str, language: str, words: str = "") -> Claim | None:
    """The first claim whose quote holds the words."""
    return next((claim for quote, claim in claims_of(pipeline, text, language) if words in quote), None)


def plain(names: Iterable[str]) -> list[str]:
    """Names without articles and case, sorted."""
    return sorted(re.sub(r"^(?:de|het|een|the|an?) ", "", name.casefold()) for name in names)
