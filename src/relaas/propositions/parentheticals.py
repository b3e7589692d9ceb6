"""Reporting words set behind or between what is said: "…, zegt X", "…," X said, "…, zo meldt X" — by their order, whatever the tree makes of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from relaas.model.source import Source
from relaas.propositions.attribution import Attribution
from relaas.propositions.cast import Cast
from relaas.propositions.clauses import Clause, plain_lemma
from relaas.propositions.extents import pieces
from relaas.propositions.kinds import pronoun_classes, pronouns
from relaas.propositions.lexicon import Group, Lexicon
from relaas.propositions.phrases import member, phrase_top
from relaas.steps.step import Part
from relaas.text import OPENERS

Token = Any
CLOSERS = frozenset("\"”’»'")
BREAKS = frozenset({",", "—", "–"}) | CLOSERS
STOPS = frozenset({".", "!", "?", "…", ";", ":"})
PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"})
NAMES = frozenset({"NOUN", "PROPN"})
LONGEST_SUBJECT = 9
# "As X said" at the end of a sentence compares; in its midst it names who says it.
COMPARED = frozenset({"say", "confirm", "find"})


@dataclass(frozen=True, slots=True)
class Tag:
    """Reporting words between two breaks: tokens ``first`` to ``last``, the verb, and the head of the noun phrase that speaks.

    ``words`` is where they begin after "as" or "so".
    """

    first: int
    last: int
    verb: int
    speaker: Token
    group: Group
    name: str
    words: int


class Parentheticals:
    """Finds reporting words set behind or between what they report."""

    def __init__(self, cast: Cast, words: Lexicon) -> None:
        self.cast = cast
        self.words = words

    def find(self, part: Part, clauses: list[Clause], speaker: Source | None) -> Iterator[Attribution]:
        """Each tag of a sentence with the clauses that it reports; its words are left out of theirs."""
        if not clauses:
            return
        tokens = [token.i for token in part.tokens(clauses[0].sentence.span)]
        for tag in self._tags(part.doc, tokens):
            found = self._attribution(part, clauses, tokens, tag, speaker)
            if found is not None:
                yield found

    def _tags(self, doc: Any, tokens: list[int]) -> Iterator[Tag]:
        start, end = tokens[0], tokens[-1]
        i = start + 2
        while i <= end:
            tag = self._tag_at(doc, i, start, end) if doc[i - 1].text in BREAKS else None
            if tag is not None:
                yield tag
            i = tag.last + 1 if tag is not None else i + 1

    def _tag_at(self, doc: Any, i: int, start: int, end: int) -> Tag | None:
        """The tag that begins at a token: verb before speaker, or (in English) speaker before verb."""
        if self._subordinate(doc, start, i):
            return None
        said = any(doc[k].pos_ in {"VERB", "AUX"} for k in range(start, i))
        compared = doc[i].lower_ in self.words.small("comparing")
        at = i + 1 if (compared or doc[i].lower_ in self.words.small("pointers")) and i < end else i
        stop = next((k for k in range(at, end + 1) if doc[k].text in BREAKS | STOPS), end)
        found = self._verb_first(doc, at, stop)
        if found is not None:
            verb, subject, group, name = found
            last = self._until(doc, subject, verb, end)
            fits = last < end and group.name in COMPARED if compared else said or last < end
            return Tag(i, last, verb, subject, group, name, at) if fits else None
        tag = self._speaker_first(doc, at, end) if compared or self.words.language == "en" else None
        if tag is None or not (said or tag.last < end):
            return None
        if compared and not (tag.last < end and tag.group.name in COMPARED):
            return None
        return replace(tag, first=i)

    def _verb_first(self, doc: Any, at: int, stop: int) -> tuple[int, Token, Group, str] | None:
        """A finite verb of saying with its subject behind it; what it takes along may stand at the end ("laat X weten", "had X beloofd")."""
        subject = self._subject_after(doc, at + 1, stop - 1)
        if subject is None or self._has_other_subject(doc[at], subject):
            return None
        later = [doc[k] for k in range(subject.i + 1, stop)]
        lemma, small = plain_lemma(doc[at]), self.words.small
        if doc[at].pos_ in {"VERB", "AUX"} and (lemma in small("causatives") or lemma in small("perfect_auxiliaries")):
            for token in reversed([one for one in later if one.pos_ in {"VERB", "NOUN", "ADJ"}][-1:]):
                name = f"{lemma}{token.lower_}"
                groups = [group for group in self.words.verbs.get(name, ()) if group.attributes]
                if lemma in small("causatives") and groups:
                    return at, subject, groups[0], name
                if lemma in small("perfect_auxiliaries") and (said := self._reports(token)) is not None:
                    return token.i, subject, *said
        particle = later[-1].lower_ if later and later[-1].pos_ in {"ADP", "ADV"} else ""
        said = self._reports(doc[at], particle)
        return None if said is None else (at, subject, *said)

    def _has_other_subject(self, verb: Token, noun: Token) -> bool:
        """Whether the noun right behind a verb is no subject of it, and another before it is ("X, who leads it, called the plan mad")."""
        subjects = [child for child in verb.children if child.dep_ == "nsubj"]
        return bool(subjects) and all(child.i < verb.i for child in subjects) and noun.dep_ not in {"nsubj", "appos"}

    def _speaker_first(self, doc: Any, i: int, end: int) -> Tag | None:
        if doc[i].lower_ in self.words.small("relatives"):
            return None
        k, commas, described = i, 0, False
        while k <= end and k - i <= LONGEST_SUBJECT + 5 and (described or doc[k].pos_ not in {"VERB", "AUX"}):
            if doc[k].pos_ == "PRON" and doc[k].lower_ in self.words.small("relatives"):
                described = True
            elif doc[k].pos_ == "VERB":
                described = False
            ends = k + 1 > end or doc[k + 1].is_punct
            if doc[k].pos_ == "NOUN" and ends and k > i and doc[k - 1].pos_ in NAMES and self._reports(doc[k]):
                break
            commas += doc[k].text == ","
            if doc[k].text in STOPS or (doc[k].text in BREAKS and doc[k].text != ","):
                return None
            k += 1
        if k > end or k == i or commas not in {0, 2} or (commas and doc[k - 1].text != ","):
            return None
        verb = k
        while verb < end and doc[verb].pos_ in {"AUX", "ADV", "PART"} and doc[verb + 1].pos_ in {"VERB", "ADV", "AUX"}:
            verb += 1
        said = self._reports(doc[verb])
        if said is None or not self._closes(doc, verb, end):
            return None
        stretch = []
        for token in doc[i:k]:
            if token.text == ",":
                break
            stretch.append(token)
        head = self._counted(doc, i) or phrase_top([token for token in stretch if token.pos_ in PHRASE])
        if head is None or doc[i].pos_ not in PHRASE or head.lower_ in self.words.small("relatives"):
            return None
        return Tag(i, self._until(doc, head, verb, end), verb, head, *said, i)

    def _counted(self, doc: Any, first: int) -> Token | None:
        """The "one" of "one of the surgeons"."""
        return doc[first] if member(doc[first]) is not None else None

    def _closes(self, doc: Any, verb: int, end: int) -> bool:
        """Whether nothing that could be reported follows a verb up to the next break: its end, an adverbial or an addressee."""
        after = doc[verb + 1] if verb < end else None
        if after is None or after.is_punct:
            return True
        if after.lower_ in self.words.small("complementisers") or after.text in OPENERS:
            return False
        rest = []
        for k in range(verb + 1, end + 1):
            if doc[k].text in BREAKS | STOPS:
                break
            rest.append(doc[k])
        return after.pos_ in {"ADP", "ADV", "NOUN", "PROPN", "PRON", "DET"} and not any(
            t.pos_ in {"VERB", "AUX"} or t.text in OPENERS for t in rest
        )

    def _reports(self, token: Token, particle: str = "") -> tuple[Group, str] | None:
        """The group of a finite verb of saying, with its particle where one stands at the end; the tagger may have taken it for another word."""
        dutch, form = self.words.language == "nl", token.lower_
        if token.pos_ not in ({"VERB", "AUX", "NOUN", "ADJ"} if dutch else {"VERB", "AUX", "NOUN"}) or form.endswith(
            "ing"
        ):
            return None
        names = [plain_lemma(token), str(token.base), self.words.forms.get(form, form)]
        if dutch:
            names += [f"{form}en", f"{form.removesuffix('t')}en"]
        for name in dict.fromkeys([*(f"{particle}{name}" for name in names if particle), *names]):
            groups = [group for group in self.words.verbs.get(name, ()) if group.attributes]
            if groups:
                return groups[0], name
        return None

    def _subject_after(self, doc: Any, first: int, end: int) -> Token | None:
        """The head of the noun phrase right behind a verb; None where something else stands there."""
        while first < end and doc[first].pos_ == "ADV":
            first += 1
        if first > end or doc[first].pos_ not in PHRASE or doc[first].dep_ == "mark":
            return None
        if (counted := self._counted(doc, first)) is not None:
            return counted
        owning = doc[first].lower_ in self.words.small("possessives") and first < end and doc[first + 1].pos_ in PHRASE
        if pronouns(self.words.language).get(doc[first].lower_) and doc[first].pos_ == "PRON" and not owning:
            return (
                None
                if doc[first].dep_ in {"obj", "iobj"} and doc[first].lower_ in self.words.small("addressees")
                else doc[first]
            )
        stretch = []
        for k in range(first, min(first + LONGEST_SUBJECT, end + 1)):
            if doc[k].pos_ not in PHRASE and doc[k].text not in {"-", "'s", "’s", "’"}:
                break
            stretch.append(doc[k])
        return phrase_top([token for token in stretch if token.pos_ in NAMES])

    def _subordinate(self, doc: Any, start: int, i: int) -> bool:
        """Whether all that stands before is one subordinate clause ("When the troops left, residents said"), or a bare beginning."""
        before = [doc[k] for k in range(start, i - 1)]
        opening = next((token for token in before if not token.is_punct), None)
        if opening is None:
            return True
        breaks = sum(token.text in BREAKS for token in before)
        return opening.dep_ == "mark" and opening.pos_ in {"SCONJ", "ADP"} and not breaks

    def _until(self, doc: Any, subject: Token, verb: int, end: int) -> int:
        """The last token of a tag: up to the sentence's end, or to a comma after which the reported words go on."""
        last = max(subject.i, verb)
        for k in range(last + 1, end + 1):
            if doc[k].text in OPENERS and k < end and doc[k - 1].text != doc[k].text:
                return k - 1
            if doc[k].text in STOPS and k < end:
                return k - 1
            if doc[k].text == "," and self._resumes(doc, k + 1, end, subject):
                return k
        return end

    def _resumes(self, doc: Any, first: int, end: int, subject: Token) -> bool:
        """Whether what follows a comma goes on with what is said, and does not describe the speaker."""
        rest = [doc[k] for k in range(first, end + 1)]
        if not rest or rest[0].lower_ in self.words.small("relatives") or rest[0].dep_ == "appos":
            return False
        if rest[0].pos_ in {"VERB", "AUX"}:
            return True
        below = {token.i for token in subject.subtree}
        verbs = [
            t for t in rest if t.pos_ in {"VERB", "AUX"} and t.i not in below and t.dep_ not in {"acl", "acl:relcl"}
        ]
        return bool(verbs) and rest[0].i not in below

    def _attribution(
        self, part: Part, clauses: list[Clause], tokens: list[int], tag: Tag, speaker: Source | None
    ) -> Attribution | None:
        taken = set(range(tag.first, tag.last + 1))
        said = [one for one in clauses if one.head not in taken]
        said = self._quoted(part, said, tag) or self._around(part, said, tag) or self._beside(part, said, tag) or said
        tops = [one for one in said if one.parent is None or one.parent not in said]
        nobody = self._impersonal(part.doc, tag)
        if "it" in pronoun_classes(self.words.language).get(tag.speaker.lower_, frozenset()):
            self._meet_bodies(part, said, tag)
        source = None if nobody else self.cast.source(part, tag.speaker, speaker=speaker) or speaker
        if source is not None:
            source = self.cast.on_behalf(part, sorted(taken), source)
        elif not nobody:
            return None
        if not tops:
            said = tops = [one for one in clauses if one.parent is None][:1]
        for clause in clauses:
            described = clause.relation == "acl:relcl" and clause.head in taken and clause.is_finite()
            if described and clause.head > tag.speaker.i:
                continue
            clause.left_out |= taken & set(clause.tokens)
            if clause.head in taken and clause not in tops:
                clause.frame = True
        before = sorted(i for i in tokens if i < tag.first or (tag.last < i and part.doc[i].text not in STOPS))
        whole = {i for one in said for i in [*one.tokens, *(t.i for t in one.predicate.subtree)]}
        return Attribution(
            cue=part.span(*self._cue(part.doc, tag)),
            group=tag.group,
            source=source,
            source_span=None
            if nobody
            else self.cast.phrase(part, tag.speaker, within=(tag.words, tag.last), verb=tag.verb),
            content=pieces(part, [i for i in before if i in whole or part.doc[i].is_punct], taken),
            clauses=[one.number for one in tops],
            rule=f"{self.words.language}.{tag.group.name}.{tag.name}",
            taken=frozenset(taken),
            outside=frozenset(taken),
            within=any(one.head in taken for one in tops),
        )

    def _meet_bodies(self, part: Part, said: list[Clause], tag: Tag) -> None:
        """Take note of the bodies that the clauses before a tag are about: "it" says what it did ("the army left, it says")."""
        for clause in said:
            subject = clause.subject()
            if subject is not None and subject.i < tag.first and subject.lower_ == plain_lemma(subject):
                self.cast.meet(part, subject, main=True)

    def _impersonal(self, doc: Any, tag: Tag) -> bool:
        """Whether nobody is said to say it ("it is feared")."""
        passive = any(child.dep_ == "aux:pass" for child in doc[tag.verb].children)
        return passive and tag.speaker.pos_ == "PRON" and tag.speaker.lower_ in self.words.small("expletives")

    def _quoted(self, part: Part, clauses: list[Clause], tag: Tag) -> list[Clause]:
        """The clauses inside a quotation that ends where the tag begins, where others before it only stand beside them."""
        doc, close = part.doc, tag.first - 1
        while close > 0 and doc[close].text == ",":
            close -= 1
        if doc[close].text not in CLOSERS:
            return []
        opening = next((k for k in range(close - 1, -1, -1) if doc[k].text in OPENERS | {doc[close].text}), None)
        if opening is None:
            return []
        inside = [one for one in clauses if opening < one.head < close]
        outside = [one for one in clauses if one.head < opening]
        beside = all(one.relation in {"conj", "parataxis", "root"} for one in inside if one.parent in outside)
        finite = any(one.is_finite() for one in inside) and any(one.is_finite() for one in outside)
        return inside if finite and beside else []

    def _around(self, part: Part, clauses: list[Clause], tag: Tag) -> list[Clause]:
        """The innermost clause that a tag interrupts, with those below it: the clauses around that one are another's words."""
        split = []
        for one in clauses:
            words = [i for i in one.tokens if not part.doc[i].is_punct]
            if words and min(words) < tag.first and max(words) > tag.last:
                split.append(one)
        inner = max(split, key=lambda one: (sum(1 for _ in one.ancestors()), one.number), default=None)
        return [] if inner is None else [one for one in clauses if one is inner or inner in one.ancestors()]

    def _beside(self, part: Part, clauses: list[Clause], tag: Tag) -> list[Clause]:
        """The clauses behind the last semicolon before a tag, where any stand there."""
        before = [i for one in clauses for i in range(one.head, tag.first) if part.doc[i].text == ";"]
        start = max(before, default=-1)
        return (
            [one for one in clauses if one.head > start] if any(start < one.head < tag.first for one in clauses) else []
        )

    def _cue(self, doc: Any, tag: Tag) -> tuple[int, int]:
        first = last = tag.verb
        while first - 1 >= tag.first and doc[first - 1].pos_ in {"AUX", "ADV", "PART"}:
            first -= 1
        if tag.speaker.i < first and doc[first].pos_ == "ADV" and doc[first].i < tag.speaker.i:
            first = tag.verb
        if last + 1 <= tag.last and doc[last + 1].dep_ == "compound:prt":
            last += 1
        return first, last
