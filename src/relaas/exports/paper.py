"""The page of a situation report as PDF, by WeasyPrint where it is installed.

WeasyPrint lays out the same HTML and CSS that browsers show, is kept up and needs no browser (a headless Chromium is four times its size);
with its libraries it takes some 70 MB, so it is an extra: ``pip install 'relaas[pdf]'``.
"""

from __future__ import annotations

from relaas.errors import QueryError
from relaas.ontology.display import say


def pdf(html: str) -> bytes:
    """A page as PDF; raises QueryError with what to install where WeasyPrint or the system's Pango is absent."""
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as error:
        raise QueryError(say("pdf_absent", reason=str(error).splitlines()[0])) from error
    return bytes(HTML(string=html, url_fetcher=_nothing).write_pdf())


def _nothing(url: str) -> dict[str, object]:
    """A report fetches nothing from anywhere."""
    raise ValueError(f"a report fetches nothing: {url}")
