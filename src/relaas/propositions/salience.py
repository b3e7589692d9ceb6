"""Who has been spoken of last: whom the next "he", "it" or "they" means."""

from __future__ import annotations

from dataclasses import dataclass, field

from relaas.model.source import Source

PERSON, BODY, GROUP = "person", "body", "group"
STALE = 2
"""How many sentences a person may lie further back than a body that "she" may stand for as well."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody spoken of: as what, in which sentence, and the gender that words have given him."""

    source: Source
    form: str
    sentence: int
    gender: str | None = None


@dataclass(slots=True)
class Salience:
    """The persons, bodies and groups of a report in the order in which they were spoken of last, the latest at the end."""

    mentions: tuple[Mention, ...] = ()
    sentence: int = 0
    genders: dict[str, str] = field(default_factory=dict)

    def add(self, source: Source, form: str, gender: str | None = None) -> None:
        """Make somebody the one spoken of last; what is known of his gender is kept."""
        if gender is not None:
            self.genders[source.name] = gender
        known = self.genders.get(source.name)
        others = tuple(one for one in self.mentions if one.source.name != source.name or one.form != form)
        self.mentions = (*others, Mention(source, form, self.sentence, known))

    def last(self, *forms: str, gender: str | None = None) -> Mention | None:
        """The latest of these forms, in any where none is named; of persons, one whom words have not given the other gender."""
        for one in reversed(self.mentions):
            if forms and one.form not in forms:
                continue
            if gender is not None and self.genders.get(one.source.name, gender) != gender:
                continue
            return one
        return None

    def person(self, gender: str | None = None) -> Source | None:
        """Whom "he" and "she" mean, else whoever was spoken of last."""
        found = self.last(PERSON, gender=gender) or self.last(PERSON) or self.last()
        return found.source if found is not None else None

    def body(self) -> Source | None:
        """What "it" means."""
        found = self.last(BODY) or self.last(GROUP) or self.last()
        return found.source if found is not None else None

    def several(self) -> Source | None:
        """Whom "they" means: the people spoken of last, or the body where one was spoken of since."""
        group, body = self.last(GROUP), self.last(BODY)
        found = (
            (group if group.sentence >= body.sentence else body)
            if group is not None and body is not None
            else group or body or self.last()
        )
        return found.source if found is not None else None

    def she_or_body(self, gender: str) -> Source | None:
        """Whom a pronoun means that stands for women and for bodies: a woman, unless a body was spoken of long after her."""
        woman, body = self.last(PERSON, gender=gender), self.last(BODY)
        if woman is None and body is None:
            return self.person(gender)
        if woman is None or (body is not None and body.sentence - woman.sentence > STALE):
            assert body is not None
            return body.source
        return woman.source
