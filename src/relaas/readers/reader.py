"""What a reader is: bytes in, a Document out, or a ReadError that says why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from relaas.dates import is_date, written_date
from relaas.errors import ReadError
from relaas.ids import bytes_hash
from relaas.model.document import Document
from relaas.model.span import Span

LONGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a report beside its text; None where nobody says it."""

    publisher: str | None = None
    published: str | None = None
    retrieved: str | None = None
    language: str | None = None
    title: str | None = None

    def filled_from(self, other: Metadata) -> Metadata:
        """This metadata, with the other's where this says nothing."""
        return Metadata(*(mine or theirs for mine, theirs in zip(self.values(), other.values(), strict=True)))

    def values(self) -> tuple[str | None, ...]:
        """The fields in their order."""
        return self.publisher, self.published, self.retrieved, self.language, self.title


@dataclass(frozen=True, slots=True)
class Options:
    """How to read: what to assume where a file is silent, its encoding, and the names of a JSONL file's fields."""

    metadata: Metadata = field(default_factory=Metadata)
    encoding: str = "utf-8"
    fields: Mapping[str, str] = field(default_factory=dict)


class Reader:
    """Reads one format. ``version`` changes whenever the same bytes would give another text."""

    name: ClassVar[str]
    version: ClassVar[str] = "1"
    suffixes: ClassVar[tuple[str, ...]]

    def items(self, raw: bytes, name: str) -> Iterator[tuple[str, bytes]]:
        """The reports that one file holds, each with its name and bytes; one, unless the format holds many."""
        yield name, raw

    def read(self, raw: bytes, name: str, options: Options) -> Document:
        """One report; raises ReadError with a sentence that says what is wrong."""
        raise NotImplementedError

    def described(self, options: Options) -> str:
        """The reader's name and version with the options that change the text it makes."""
        encoding = "" if options.encoding.lower().replace("-", "") == "utf8" else f";{options.encoding.lower()}"
        fields = "".join(f";{key}={name}" for key, name in sorted(options.fields.items()))
        return f"{self.name}/{self.version}{encoding}{fields}"[:200]

    def document(
        self,
        raw: bytes,
        name: str,
        text: str,
        metadata: Metadata,
        options: Options,
        *,
        body: int = 0,
        headings: tuple[Span, ...] = (),
    ) -> Document:
        """A Document from a text whose body begins at ``body``; checks length, emptiness and dates."""
        if not text[body:].strip("\ufeff\0 \t\r\n"):
            raise ReadError("holds no text")
        if (at := half_character(text)) is not None:
            raise ReadError(f"holds half a character (a lone surrogate) at character {at}")
        if len(text) > LONGEST:
            raise ReadError(f"is {len(text):,} characters long; a report may have {LONGEST:,}: split it")
        known = metadata.filled_from(options.metadata)
        digest = bytes_hash(raw)
        return Document(
            id=digest[:24],
            sha256=digest,
            name=name,
            text=text,
            body=Span(body, len(text)),
            publisher=known.publisher,
            published=checked_date(known.published, "published"),
            retrieved=checked_date(known.retrieved, "retrieved"),
            language=known.language.lower()[:2] if known.language else None,
            title=known.title,
            reader=self.described(options),
            headings=headings,
        )


def half_character(text: str) -> int | None:
    """Where a surrogate stands alone: JSON can spell one, but no encoding can store it."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        return error.start
    return None


def decoded(raw: bytes, encoding: str) -> str:
    """The text of bytes as they came; raises ReadError naming the first byte that is none.

    A byte order mark decides between UTF-8 and UTF-16, and stays in the text, so that offsets count what the file
    holds.
    """
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16-le" if raw[:2] == b"\xff\xfe" else "utf-16-be"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        at = f"byte {error.start} ({raw[error.start]:#04x})"
        raise ReadError(
            f"is not {encoding} text at {at}; if it was saved in another encoding, name it with --encoding"
        ) from error
    except LookupError as error:
        raise ReadError(f"cannot be read as {encoding!r}: there is no such encoding") from error


def checked_date(value: str | None, what: str) -> str | None:
    """A date in ISO form, of the precision it was given with; raises ReadError where it is none."""
    if value is None or not value.strip():
        return None
    value = value.strip()
    if is_date(value):
        return value.replace(" ", "T", 1)
    if written := written_date(value):
        return written
    raise ReadError(f"has a {what} date that cannot be used: {value!r} is not a date like 2022, 2022-10 or 2022-10-14")
