"""Markdown: the claims report by report, for notes and mail."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import ClassVar, TextIO

from relaas.exports import wording
from relaas.exports.exporter import Claim, Exporter, Style
from relaas.exports.markdown_text import escaped
from relaas.ontology.display import name, say, sign, standing


class Markdown(Exporter):
    """A heading for each report and a line for each claim, standing first."""

    name: ClassVar[str] = "markdown"

    def write(self, claims: Iterable[Claim], stream: TextIO, style: Style) -> int:
        """The claims in their order; what is unreviewed is said at the end."""
        total = unreviewed = 0
        for _, group in groupby(claims, key=lambda claim: claim["document"]["id"]):
            for number, claim in enumerate(group):
                if number == 0:
                    document = claim["document"]
                    published = wording.day(document["published"], style.language)
                    stream.write(f"## {escaped(wording.publisher(document))} ({published})\n\n")
                stream.write(_line(claim, style.language))
                total += 1
                unreviewed += claim["status"] == "unreviewed"
            stream.write("\n")
        note = (
            wording.review_note(unreviewed, total, style.language)
            if total
            else say("none_found", language=style.language)
        )
        if note:
            stream.write(f"*{note}*\n")
        return total


def _line(claim: Claim, language: str) -> str:
    shown = standing(claim["evidence"], claim["certainty"])
    rest = " · ".join(escaped(one) for one in wording.details(claim, language))
    word, quote = name("standings", shown, language=language), escaped(claim["quote"]["exact"])
    return f"- {sign(shown)} **{word}** “{quote}” — {rest} `{claim['id'][:8]}`\n"
