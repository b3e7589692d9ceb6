"""Identities as hashes of content, so that the same input has the same name on every machine and in every order."""

from __future__ import annotations

import hashlib
import json
from typing import Any

LENGTH = 24


def bytes_hash(raw: bytes) -> str:
    """The full SHA-256 of a document's raw bytes, in hexadecimal."""
    return hashlib.sha256(raw).hexdigest()


def content_hash(*parts: Any) -> str:
    """A short hash over JSON-able parts; dictionaries count by content, not by the order of their keys."""
    canonical = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]
