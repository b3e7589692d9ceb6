"""What a reporting verb introduces, or is set behind: the clauses that can be its content."""

from __future__ import annotations

from typing import Any

from relaas.propositions.clauses import Clause
from relaas.propositions.lexicon import small_words
from relaas.steps.step import Part
from relaas.text import OPENERS, QUOTE_MARKS

Token = Any
CONTENT = frozenset({"ccomp", "csubj", "csubj:pass", "xcomp"})
HOSTED = frozenset({"parataxis", "advcl", "conj", "acl", "acl:relcl", "ccomp", "discourse"})
BEFORE = QUOTE_MARKS | {",", "—", "–", "-"}


def is_content(child: Clause) -> bool:
    """Whether a clause is what the one above it can report: a complement, or what follows its colon."""
    if child.relation in CONTENT:
        return True
    above = child.parent
    if child.relation in {"advcl", "acl"} and above is not None and child.head > above.head:
        declared = child.marks() & small_words(child.doc.vocab.lang, "declaratives")
        if declared or (child.doc.vocab.lang == "nl" and child.marks() == {"te"}):
            return bool(declared) or above.predicate.pos_ == "VERB"
    if child.relation in {"parataxis", "conj", "root", "advcl"} and above is not None and child.head > above.head:
        return any(token.text == ":" for token in child.part.doc[above.head + 1 : child.head])
    return False


def host_of(clause: Clause) -> Clause | None:
    """The clause that a reporting verb set behind or between belongs to ("…, zegt X"), None where the verb stands on its own."""
    above = clause.parent
    if above is None or clause.relation not in HOSTED or clause.marks():
        return None
    first = min((i for i in clause.tokens if not clause.doc[i].is_punct), default=clause.head)
    if first == 0 or clause.doc[first - 1].text not in BEFORE:
        return None
    if clause.relation == "acl:relcl" and clause.doc[first].lower_ in small_words(clause.doc.vocab.lang, "relatives"):
        return None
    if clause.relation == "conj" and any(child.dep_ == "cc" for child in clause.predicate.children):
        return None
    return above if above.head < clause.head or clause.relation == "parataxis" else None


def beside_verb(clause: Clause) -> Token | None:
    """The head of the noun phrase right after a verb, else right before it."""
    doc = clause.doc
    after = [t for t in doc[clause.head + 1 : clause.head + 7] if t.pos_ not in {"ADV", "PART"}]
    start = next((t for t in after if t.pos_ in {"NOUN", "PROPN", "PRON"}), None)
    if start is None or any(t.is_punct for t in doc[clause.head + 1 : start.i]):
        before = doc[clause.head - 1] if clause.head else None
        if before is None or before.pos_ not in {"NOUN", "PROPN", "PRON"}:
            return None
        start = before
    while (
        start.head.pos_ in {"NOUN", "PROPN"}
        and abs(start.head.i - clause.head) <= 6
        and start.head.i != start.i
        and start.dep_ in {"flat", "compound", "nmod:desc", "nmod:unmarked", "amod", "appos"}
        and not any(t.is_punct for t in doc[min(start.i, start.head.i) : max(start.i, start.head.i)])
    ):
        start = start.head
    return start


def region(part: Part, clause: Clause, subject: Token | None, content: list[Clause]) -> frozenset[int]:
    """The tokens of the reporting words: the verb with its subject and what stands between, to the sentence's end where nothing resumes."""
    own = set(clause.tokens) | ({token.i for token in subject.subtree} if subject is not None else set())
    inside = {token.i for child in content for token in child.predicate.subtree if child.head < clause.head} - own
    later = [min(child.tokens) for child in content if child.head > clause.head]
    if later or not content:
        return frozenset(own - {i for child in content for i in child.tokens})
    first = min((i for i in own if i > max(child.head for child in content)), default=clause.head)
    last = part.token_at(clause.sentence.span.end - 1)
    end = last.i if last is not None else clause.head
    for i in range(clause.head + 1, end + 1):
        if part.doc[i].text in OPENERS and i in inside:
            end = i - 1
            break
    return frozenset(range(first, end + 1))
