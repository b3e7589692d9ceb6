"""Spellings of a place name as keys: one for equal names, a looser one for names that sound alike."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DROPPED = "'’‘ʼ`´ʹʻʿʾ′\"“”„.ʺ״׳"
_SPACED = "-–—‐_/,()[]·・:;"
_LETTERS = {
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ə": "a",
    "ħ": "h",
    "ŋ": "n",
}
_TABLE = str.maketrans({**dict.fromkeys(_DROPPED, ""), **dict.fromkeys(_SPACED, " "), **_LETTERS})
_MARKS = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670]")


@lru_cache(maxsize=50_000)
def key(name: str) -> str:
    """The name without case, accents, apostrophes and hyphens: ``key("Slov'jansk") == "slovjansk"``.

    Letters of other scripts stay, so a Ukrainian or Arabic spelling has a key too.
    """
    lowered = name.casefold()
    if not lowered.isascii():
        lowered = _MARKS.sub("", unicodedata.normalize("NFKD", lowered))
    return " ".join(lowered.translate(_TABLE).split())


# Longest first: "sjtsj" must be read before "sj". What one language writes as oe, another writes as ou, u or oo.
_SOUNDS = (
    ("sjtsj", "1"),
    ("shch", "1"),
    ("szcz", "1"),
    ("chtch", "1"),
    ("schtsch", "1"),
    ("tsch", "c"),
    ("tsj", "c"),
    ("tch", "c"),
    ("cz", "c"),
    ("dzj", "j"),
    ("dzh", "j"),
    ("dsch", "j"),
    ("dj", "j"),
    ("sch", "s"),
    ("sh", "s"),
    ("sj", "s"),
    ("sz", "s"),
    ("zh", "z"),
    ("zj", "z"),
    ("kh", "h"),
    ("ch", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("ts", "z"),
    ("tz", "z"),
    ("ck", "k"),
    ("qu", "k"),
    ("q", "k"),
    ("x", "ks"),
    ("c", "k"),
    ("oe", "u"),
    ("ou", "u"),
    ("oo", "u"),
    ("ie", "i"),
    ("ee", "i"),
    ("ij", "i"),
    ("yi", "i"),
    ("yy", "i"),
    ("ii", "i"),
    ("ji", "i"),
    ("w", "v"),
    ("j", "i"),
    ("y", "i"),
    ("aa", "a"),
    ("g", "h"),
)
_SOUND = re.compile("|".join(sorted((re.escape(a) for a, _ in _SOUNDS), key=len, reverse=True)))
_SOUND_OF = dict(_SOUNDS)
_DOUBLE = re.compile(r"(.)\1+")
_ARTICLE = re.compile(r"^(?:al|el|ar|as|ash|at|ad|an|az|the|la|le|los|las|les) (?=\w{3})")


@lru_cache(maxsize=20_000)
def sound(name_key: str) -> str:
    """A key that spellings by different tables share: ``sound("charkov") == sound("kharkow")``; empty for other
    scripts.

    It is deliberately coarse and only ever proposes names, which are then compared letter by letter.
    """
    if not name_key.isascii():
        return ""
    bare = _ARTICLE.sub("", name_key).replace(" ", "")
    folded = _SOUND.sub(lambda match: _SOUND_OF[match.group()], bare)
    folded = _DOUBLE.sub(r"\1", folded)
    if len(folded) > 4:
        folded = re.sub(r"(?:ah|h)$", "a" if folded.endswith("ah") else "", folded)
    return folded


_INNER_ARTICLE = re.compile(r"\b(?:al|el|ul|as|ash|at|ad|ar|an|az|ed|es|er|et|en)\b ?")
_SEMITIC = (("kh", "h"), ("ch", "h"), ("gh", "g"), ("dh", "d"), ("dj", "j"), ("dz", "z"), ("sh", "s"), ("sj", "s"),
            ("th", "t"), ("ph", "f"), ("tz", "z"), ("ts", "z"), ("ck", "k"), ("q", "k"), ("c", "k"), ("x", "ks"),
            ("g", "j"), ("w", ""), ("v", ""), ("p", "b"))  # fmt: skip


@lru_cache(maxsize=20_000)
def consonants(name_key: str) -> str:
    """What newspapers' spellings of an Arabic, Hebrew, Persian or Ethiopian name share:
    ``consonants("tel abyad") == consonants("tall abyad")``; empty where fewer than three are left.

    Articles, vowels, doubled letters and what only some tables tell apart (q and k, kh and h, sh and s) are dropped.
    """
    if not name_key.isascii():
        return ""
    bare = _INNER_ARTICLE.sub("", name_key).replace(" ", "")
    for old, new in _SEMITIC:
        bare = bare.replace(old, new)
    bare = re.sub(r"h$|(?<=[^aeiouy])h(?=[^aeiouy])", "", bare)
    bare = _DOUBLE.sub(r"\1", re.sub("[aeiouy]", "", bare))
    return "~" + bare if len(bare) >= 3 else ""


def without_article(name_key: str) -> str:
    """The key less a leading article: ``al hudaydah`` gives ``hudaydah``."""
    return _ARTICLE.sub("", name_key)
