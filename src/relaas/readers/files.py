"""Finds the reports that a caller names: files, folders walked to their depth, and standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from relaas.errors import ReadError
from relaas.model.document import Document
from relaas.readers.reader import Options, Reader

LARGEST = 64 * 1024 * 1024
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Item:
    """One report still unread: its name and bytes with the reader for it, or the reason why there are none."""

    name: str
    raw: bytes
    read: Callable[[Options], Document]


def items(paths: Iterable[str], readers: Sequence[Reader], *, format: str | None = None) -> Iterator[Item]:
    """Every report under the given paths, folders in the order of their names; hidden files are passed over.

    What cannot be opened is an item too: reading it raises the ReadError, so that it is set aside like any other.
    """
    for path in paths:
        for name, raw, fault in _contents(path):
            if fault:
                yield Item(name, raw, _refuse(fault))
                continue
            reader = _reader_for(name, raw, readers, format)
            if reader is None:
                yield Item(name, raw, _refuse(f"is of a kind that cannot be read ({Path(name).suffix or 'no suffix'})"))
                continue
            found = False
            for part, piece in reader.items(raw, name):
                found = True
                yield Item(part, piece, _read(reader, piece, part))
            if not found:
                yield Item(name, raw, _refuse("holds no report"))


def _read(reader: Reader, raw: bytes, name: str) -> Callable[[Options], Document]:
    return lambda options: reader.read(raw, name, options)


def _refuse(reason: str) -> Callable[[Options], Document]:
    def refuse(options: Options) -> Document:
        raise ReadError(reason)

    return refuse


def _contents(path: str) -> Iterator[tuple[str, bytes, str | None]]:
    if path == STDIN:
        yield "stdin", sys.stdin.buffer.read(), None
        return
    root = Path(path)
    if not root.exists():
        yield storable(path), b"", "does not exist"
        return
    for file in [root] if not root.is_dir() else _walk(root):
        name = storable(file.name if file == root else file.relative_to(root).as_posix())
        try:
            if not file.is_file():
                yield name, b"", "is not a regular file"
            elif file.stat().st_size > LARGEST:
                yield name, b"", f"is larger than {LARGEST // 1024 // 1024} MB"
            else:
                yield name, file.read_bytes(), None
        except OSError as error:
            yield name, b"", f"cannot be opened: {error.strerror or error}"


def storable(name: str) -> str:
    """A file's name as text: bytes that are not UTF-8 are written out ("caf\\xe9.txt")."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _walk(root: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                yield Path(folder) / name


def _reader_for(name: str, raw: bytes, readers: Sequence[Reader], format: str | None) -> Reader | None:
    """The reader by the given format, else by the bytes' own signature, else by the suffix; text for what has none."""
    by_name = {reader.name: reader for reader in readers}
    if format:
        return by_name.get(format)
    head = raw[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-"):
        return by_name.get("pdf")
    if head[:14].lower().startswith((b"<!doctype html", b"<html")):
        return by_name.get("html")
    suffix = Path(name).suffix.lower()
    if name == "stdin":
        return by_name.get("jsonl") if head.startswith(b"{") else by_name.get("text")
    return next((reader for reader in readers if suffix in reader.suffixes), None)
