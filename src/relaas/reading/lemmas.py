"""Edit scripts: how a word becomes its lemma, as a label that a classifier can choose and that fits words never seen.

A script is `case|prefix|suffix`: `l` lowers the word and `k` keeps it; in the other two `=` keeps a character, `-`
drops one and `+x` writes x, from the left and for the end. `Opgevangen` → `opvangen` is `l|==--|`; a script that does
not fit gives None. A form that shares nothing with its lemma has the lemma itself, as `!lemma`.
"""

from __future__ import annotations

from functools import lru_cache


def script(form: str, lemma: str) -> str:
    """Return the script that makes `lemma` of `form`."""
    case = "k" if lemma != lemma.lower() else "l"
    base = form if case == "k" else form.lower()
    start, at, length = _shared(base, lemma)
    if not length or "|" in lemma:
        return "!" + lemma
    before = _edits(base[:start], lemma[:at])
    after = _edits(base[start + length :], lemma[at + length :])
    return f"{case}|{before}|{after}"


@lru_cache(maxsize=65536)
def lemma(form: str, edits: str) -> str | None:
    """Return what the script makes of the form; None where it does not fit or leaves nothing."""
    if edits.startswith("!"):
        return edits[1:]
    case, before, after = edits.split("|", 2)
    base = form if case == "k" else form.lower()
    taken = _taken(after)
    if _taken(before) + taken >= len(base):
        return None if base and (taken or _taken(before)) else base
    head, used = _apply(base, before)
    tail, _ = _apply(base[len(base) - taken :], after)
    return (head + base[used : len(base) - taken] + tail) or None


def _taken(edits: str) -> int:
    """How many characters the edits take: what follows a plus is written, whatever it is."""
    taken = index = 0
    while index < len(edits):
        taken += edits[index] != "+"
        index += 2 if edits[index] == "+" else 1
    return taken


def _apply(text: str, edits: str) -> tuple[str, int]:
    out, at, index = [], 0, 0
    while index < len(edits):
        sign = edits[index]
        if sign == "+":
            out.append(edits[index + 1])
            index += 1
        else:
            if sign == "=":
                out.append(text[at])
            at += 1
        index += 1
    return "".join(out), at


def _shared(one: str, two: str) -> tuple[int, int, int]:
    """The first longest common substring: its start in each, and its length."""
    best = (0, 0, 0)
    row = [0] * (len(two) + 1)
    for i, left in enumerate(one):
        previous = 0
        for j, right in enumerate(two):
            here = previous + 1 if left == right else 0
            previous, row[j + 1] = row[j + 1], here
            if here > best[2]:
                best = (i - here + 1, j - here + 1, here)
    return best


def _edits(one: str, two: str) -> str:
    """The shortest edits without replacement, dropping before writing, so that equal changes get equal scripts."""
    size, wide = len(one), len(two)
    cost = [[0] * (wide + 1) for _ in range(size + 1)]
    for i in range(size, -1, -1):
        for j in range(wide, -1, -1):
            if i == size or j == wide:
                cost[i][j] = (size - i) + (wide - j)
            elif one[i] == two[j]:
                cost[i][j] = cost[i + 1][j + 1]
            else:
                cost[i][j] = 1 + min(cost[i + 1][j], cost[i][j + 1])
    out, i, j = [], 0, 0
    while i < size or j < wide:
        if i < size and j < wide and one[i] == two[j]:
            out.append("=")
            i, j = i + 1, j + 1
        elif i < size and (j == wide or cost[i + 1][j] <= cost[i][j + 1]):
            out.append("-")
            i += 1
        else:
            out.append("+" + two[j])
            j += 1
    return "".join(out)
