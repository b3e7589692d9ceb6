"""Readers: bytes in, a document out, or a sentence that says why not."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relaas import recipes
from relaas.errors import ReadError
from relaas.model.document import Document
from relaas.readers.files import items
from relaas.readers.reader import Metadata, Options

READERS = {reader.name: reader for reader in recipes.readers()}
EXAMPLES = Path(__file__).parents[2] / "examples"


def read(raw: bytes | str, *, by: str = "text", name: str = "a.txt", options: Options | None = None) -> Document:
    """One report by one reader."""
    return READERS[by].read(raw.encode() if isinstance(raw, str) else raw, name, options or Options())


def body(document: Document) -> str:
    """The text without its metadata."""
    return document.text[document.body.start : document.body.end].strip()


@pytest.mark.parametrize(
    ("text", "published", "publisher", "begins"),
    [
        (" date 2022-10 De stad", "2022-10", None, "De stad"),
        (" date 2022-11-06 De stad", "2022-11-06", None, "De stad"),
        ("\ufeff date 2022-11-06\nDe stad", "2022-11-06", None, "De stad"),
        ("date 2022 De stad", "2022", None, "De stad"),
        ("title: Brug weg\npublished: 2022-11-06\npublisher: Blad\n\nDe stad", "2022-11-06", "Blad", "De stad"),
        ("---\ntitel: Brug weg\ndatum: 6 november 2022\n---\nDe stad", "2022-11-06", None, "De stad"),
        ('Date: November 6, 2022\nOutlet: "Blad"\n\nDe stad', "2022-11-06", "Blad", "De stad"),
        ("published: 2022-11-06T09:30\n\nDe stad", "2022-11-06T09:30", None, "De stad"),
        ("publisher: Blad\n\n date 2022-10 De stad", "2022-10", "Blad", "De stad"),
        ("Kyiv: two dead\n\nDe stad", None, None, "Kyiv: two dead"),
        ("title: no empty line\nDe stad", None, None, "title: no empty line"),
        ("De datum date 2022-10 staat midden in", None, None, "De datum date"),
        (" date 2022-103 De stad", None, None, "date 2022-103"),
    ],
)
def test_plain_text_knows_its_date_and_metadata(
    text: str, published: str | None, publisher: str | None, begins: str
) -> None:
    """A date before the first words, or lines of metadata above them; anything else is text."""
    document = read(text)
    assert (document.published, document.publisher) == (published, publisher)
    assert body(document).startswith(begins)


def test_the_stored_text_is_unicode_as_it_came() -> None:
    """Offsets count what the file holds: byte order mark, line ends and odd spaces stay."""
    text = "\ufeffDe\u00a0brug\r\nis “weg”.\n"
    assert read(text).text == text


def test_utf16_is_told_by_its_mark() -> None:
    """A file saved as Unicode by an old editor."""
    assert "brug" in read("De brug is weg.".encode("utf-16")).text


@pytest.mark.parametrize(
    ("raw", "by", "words"),
    [
        (b"caf\xe9", "text", "byte 3 (0xe9)"),
        (b"", "text", "holds no text"),
        (b"\0\0\0", "text", "holds no text"),
        (b"title: only\n\n", "text", "holds no text"),
        (b"published: someday\n\nText.", "text", "'someday' is not a date"),
        (b"published: 2023-02-30\n\nText.", "text", "2023-02-30"),
        (b"x" * 1_000_001, "text", "split it"),
        (b"{", "jsonl", "is not JSON"),
        (b"[1]", "jsonl", "not a JSON object"),
        (b'{"title": "x"}', "jsonl", "has no text"),
        (b'{"text": "a \\udfff"}', "jsonl", "lone surrogate"),
        (b"<html><body></body></html>", "html", "no article"),
        (b"%PDF-1.4 junk", "pdf", "damaged PDF"),
        (b"PK\x03\x04", "docx", "Word document"),
    ],
)
def test_what_cannot_be_read_says_why(raw: bytes, by: str, words: str) -> None:
    """A ReadError whose message is a sentence about the file."""
    with pytest.raises(ReadError, match=words.replace("(", r"\(").replace(")", r"\)")):
        read(raw, by=by)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_document_or_a_reason(raw: bytes) -> None:
    """Mangled input never raises anything but a ReadError, and the text is what the bytes spell."""
    try:
        document = read(raw)
    except ReadError:
        return
    assert (
        document.text.encode(
            "utf-16-le" if raw[:2] == b"\xff\xfe" else "utf-16-be" if raw[:2] == b"\xfe\xff" else "utf-8"
        )
        == raw
    )
    assert 0 <= document.body.start <= document.body.end == len(document.text)


def test_what_the_file_says_goes_before_what_the_caller_assumes() -> None:
    """Options fill gaps only."""
    assumed = Options(Metadata(publisher="Assumed", published="2020", language="EN-gb"))
    document = read("publisher: Blad\n\nDe stad", options=assumed)
    assert (document.publisher, document.published, document.language) == ("Blad", "2020", "en")


def test_identity_is_the_bytes() -> None:
    """The same bytes are the same document under any name."""
    assert read("De stad.", name="a").id == read("De stad.", name="b").id != read("De stad!", name="a").id


def test_html_gives_title_date_publisher_and_text() -> None:
    """The example page: menus and footers stay out, headings and quotes stay in."""
    document = read((EXAMPLES / "2023-12-19_rivierbode.html").read_bytes(), by="html", name="x.html")
    assert (document.published, document.publisher, document.language) == (
        "2023-12-19",
        "De Rivierbode (voorbeeld)",
        "nl",
    )
    assert document.title == "Wad Madani gevallen, zegt RSF; leger zwijgt"
    assert document.text.startswith(document.title + "\n\n")
    assert document.text.count(document.title) == 1
    assert "Voorpagina" not in document.text
    assert "@amna_madani_example" in document.text
    assert [span.of(document.text) for span in document.headings] == [document.title, "Plunderingen"]


def test_jsonl_is_one_report_a_line() -> None:
    """Each line has its own name and identity; empty lines are none."""
    raw = b'{"text": "One."}\n\n{"text": "Two."}\n'
    assert [(name, piece) for name, piece in READERS["jsonl"].items(raw, "a.jsonl")] == [
        ("a.jsonl#1", b'{"text": "One."}'),
        ("a.jsonl#3", b'{"text": "Two."}'),
    ]


def test_jsonl_fields_can_be_mapped() -> None:
    """By name, and by a path into nested objects."""
    options = Options(fields={"text": "article.content", "published": "when"})
    document = read(
        '{"article": {"content": "De stad."}, "when": "2022-10", "text": "Not this."}', by="jsonl", options=options
    )
    assert (document.text, document.published) == ("De stad.", "2022-10")


def test_docx_gives_paragraphs_and_headings() -> None:
    """Headings by their style."""
    from docx import Document as Word

    word = Word()
    word.add_heading("De brug", level=1)
    word.add_paragraph("De brug is weg.")
    word.add_paragraph("Niemand weet waarom.")
    stream = io.BytesIO()
    word.save(stream)
    document = read(stream.getvalue(), by="docx", name="a.docx")
    assert document.text == "De brug\n\nDe brug is weg.\n\nNiemand weet waarom.\n"
    assert [span.of(document.text) for span in document.headings] == ["De brug"]
    assert document.published is None


def pdf(*lines: str) -> bytes:
    """A PDF of one page with a text layer."""
    drawn = " ".join(f"BT /F1 12 Tf 72 {720 - 14 * number} Td ({line}) Tj ET" for number, line in enumerate(lines))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, starts = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        starts.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    tail = f"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return f"{out}xref\n0 6\n0000000000 65535 f \n{table}{tail}".encode()


def test_pdf_mends_lines_and_broken_words() -> None:
    """Lines of one paragraph are one line again; the file's own date is not the report's."""
    document = read(pdf("The bridge near the sta-", "tion is gone."), by="pdf", name="a.pdf")
    assert document.text == "The bridge near the station is gone.\n"
    assert document.published is None


def test_a_scan_is_refused() -> None:
    """A PDF without text needs recognition first."""
    with pytest.raises(ReadError, match="text layer"):
        read(pdf(), by="pdf")


def test_folders_are_walked_in_order_and_kinds_told_apart(tmp_path: Path) -> None:
    """By signature before suffix; hidden files are passed over."""
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.txt").write_text("Two.")
    (tmp_path / "a.txt").write_bytes(pdf("A file whose name lies."))
    (tmp_path / "c.md").write_text("Three.")
    (tmp_path / "d").write_text("Four.")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "e.txt").write_text("Hidden.")
    found = list(items([str(tmp_path)], recipes.readers()))
    assert [item.name for item in found] == ["a.txt", "c.md", "d", "b/2.txt"]
    assert found[0].read(Options()).text == "A file whose name lies.\n"


def test_a_format_can_be_forced(tmp_path: Path) -> None:
    """A file whose name says nothing."""
    (tmp_path / "feed.dat").write_text('{"text": "De stad."}\n')
    (item,) = items([str(tmp_path / "feed.dat")], recipes.readers(), format="jsonl")
    assert item.read(Options()).text == "De stad."
    (item,) = items([str(tmp_path / "feed.dat")], recipes.readers())
    with pytest.raises(ReadError, match="cannot be read"):
        item.read(Options())


def test_the_examples_are_all_readable() -> None:
    """Eight reports, five Dutch and three English, each marked as an example and dated."""
    found = [item.read(Options()) for item in items([str(EXAMPLES)], recipes.readers())]
    assert len(found) == 8
    assert all(document.published for document in found)
    assert all(
        "(voorbeeld)" in document.text + str(document.publisher) or "(example)" in str(document.publisher)
        for document in found
    )
    assert sum(document.language == "en" for document in found) == 3
