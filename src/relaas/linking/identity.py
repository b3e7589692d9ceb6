"""Which linker made a link: its code, its weights and the language data that it reads, by their content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from relaas.ids import content_hash

ROOT = Path(__file__).parents[1]
STANDS_ON = ("linking", "model/link.py", "ontology/certainty.yaml", "text.py", "dates.py")
CONCEPTS = (
    "bodies",
    "revisions",
    "ground",
    "ground_roles",
    "sites",
    "spelling",
    "conditions",
    "topic_concepts",
    "demonyms",
)


@cache
def linker_identity() -> str:
    """The same for the same linker on every machine; another one links everything anew and leaves the old links as they are."""
    named = [path for name in STANDS_ON for path in _files(ROOT / name)]
    data = [path for concept in CONCEPTS for path in sorted((ROOT / "ontology/languages").glob(f"*/{concept}.yaml"))]
    return content_hash(
        [[str(path.relative_to(ROOT)), hashlib.sha256(path.read_bytes()).hexdigest()] for path in [*named, *data]]
    )


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.suffix in {".py", ".json"})
