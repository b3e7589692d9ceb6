"""HTML: the claims as one self-contained page with a table."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby
from typing import ClassVar, TextIO

from relaas.exports import wording
from relaas.exports.exporter import Claim, Exporter, Style
from relaas.ontology.display import name, say, sign, standing
from relaas.text import collapse

HEAD = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>relaas</title><style>
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }}
h2 {{ font-size: 1.1rem; margin: 2rem 0 .5rem; }}
li {{ margin: .5rem 0; break-inside: avoid; }} ul {{ list-style: none; padding: 0; }}
small {{ opacity: .75; display: block; }}
</style></head><body>
"""


class Html(Exporter):
    """A list for each report; no script, nothing fetched."""

    name: ClassVar[str] = "html"

    def write(self, claims: Iterable[Claim], stream: TextIO, style: Style) -> int:
        """The claims in their order; what is unreviewed is said at the end."""
        language = style.language
        stream.write(HEAD.format(language=language))
        total = unreviewed = 0
        for _, group in groupby(claims, key=lambda claim: claim["document"]["id"]):
            for number, claim in enumerate(group):
                if number == 0:
                    document = claim["document"]
                    published = wording.day(document["published"], language)
                    stream.write(f"<h2>{escape(wording.publisher(document))} · {escape(published)}</h2>\n<ul>\n")
                stream.write(_item(claim, language))
                total += 1
                unreviewed += claim["status"] == "unreviewed"
            stream.write("</ul>\n")
        note = wording.review_note(unreviewed, total, language) if total else say("none_found", language=language)
        stream.write((f"<p><em>{escape(note)}</em></p>\n" if note else "") + "</body></html>\n")
        return total


def _item(claim: Claim, language: str) -> str:
    shown = standing(claim["evidence"], claim["certainty"])
    word = escape(name("standings", shown, language=language))
    rest = escape(" · ".join(wording.details(claim, language)))
    quote = escape(collapse(claim["quote"]["exact"]))
    said = f'<q lang="{escape(claim["passage"]["language"])}" dir="auto">{quote}</q>'
    return f'<li id="{escape(claim["id"])}">{sign(shown)} <strong>{word}</strong> {said}<small>{rest}</small></li>\n'
