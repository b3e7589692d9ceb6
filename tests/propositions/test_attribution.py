"""Who says it, on what footing and how surely: one sentence a rule, failures among them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from relaas.errors import ModelError
from relaas.model.claim import Claim
from relaas.model.document import Document
from relaas.readers.plain import PlainText
from relaas.readers.reader import Metadata, Options
from relaas.steps.step import Analysis

Read = Callable[[str, str], Analysis]


def report(text: str, language: str) -> Document:
    """A report of the second of January 2024."""
    return PlainText().read(text.encode(), "r.txt", Options(Metadata(published="2024-01-02", language=language)))


@pytest.fixture(scope="module")
def read() -> Read:
    """The pipeline on a text in a language."""
    from relaas.recipes import pipeline

    try:
        recipe = pipeline()
    except ModelError as error:
        pytest.skip(f"the reading model is not here: {error}")
    return lambda text, language: recipe.run(report(text, language))


def claim_of(analysis: Analysis, words: str) -> Claim:
    """The claim whose quote shares most with some words."""
    start = analysis.text.index(words)
    end = start + len(words)

    def shared(claim: Claim) -> tuple[int, int]:
        return min(claim.quote.end, end) - max(claim.quote.start, start), -len(claim.quote)

    return max(analysis.claims, key=shared)


SPEAKERS = [
    (
        "nl",
        "Aan Georgische kant klinken, nog onbevestigde, berichten dat de brug weg is.",
        "de brug weg is",
        "Georgische kant",
    ),
    ("nl", "Onze leiders spelen met vuur, foetert de leraar Somchai.", "spelen met vuur", "Somchai"),
    ("nl", "Met hen wordt niet gesproken, laat de minister weten.", "niet gesproken", "minister"),
    ("nl", "De stad is leeg, licht hoofdinspecteur Patrick Peka toe.", "stad is leeg", "Patrick Peka"),
    ("nl", "Daar gaan wij niet heen, had president Bush al beloofd.", "Daar gaan wij", "Bush"),
    ("nl", "De loods is leeg, meldt zendingsorganisatie Nijlbrood.", "loods is leeg", "Nijlbrood"),
    (
        "nl",
        "Er zijn 33 doden, meldt het Thaise ministerie van Volksgezondheid.",
        "33 doden",
        "Thaise ministerie van Volksgezondheid",
    ),
    ("nl", "Het persbureau meldde, op gezag van een diplomaat, dat de brug weg is.", "brug weg", "diplomaat"),
    ("nl", "Wij hebben zulke munitie niet, reageerde kolonel Aidi namens het leger.", "zulke munitie", "leger"),
    ("nl", "De rebellen zijn weg. Dat meldt het hospitaal.", "rebellen zijn weg", "hospitaal"),
    (
        "nl",
        "De rebellen zijn weg. Dat melden bewoners en een woordvoerder van het leger.",
        "rebellen zijn weg",
        "bewoners en een woordvoerder van het leger",
    ),
    ("nl", 'De vrouw zegt dat haar buurman weg is. "Ze kwamen in de nacht met drie auto\'s."', "Ze kwamen", "vrouw"),
    ("nl", "Lviv zit zonder stroom, meldt burgemeester Sadovy.", "zonder stroom", "Sadovy"),
    ("nl", "De stad is leeg, meldt de burgemeester van Lviv.", "stad is leeg", "burgemeester van Lviv"),
    ("nl", "Volgens de plaatselijke radio vielen er tien granaten.", "tien granaten", "plaatselijke radio"),
    ("nl", "Het leger kent dat verhaal niet, zegt zijn woordvoerder.", "dat verhaal", "leger"),
    ("nl", "Onze verslaggevers zagen zeven pantserwagens de weg op rijden.", "zeven pantserwagens", None),
    ("nl", "Op beelden van een tankstation staan twee tanks.", "twee tanks", None),
    ("en", "One minister said that the road is open.", "road is open", "minister"),
    (
        "en",
        "Thousands camp in the park in Kabul; a mother of four said that she had sold her ring.",
        "sold her ring",
        "mother of four",
    ),
    ("en", "The roads are full, the archbishop preached.", "roads are full", "archbishop"),
    ("en", "The airport, the harbour master said, is under fire.", "under fire", "harbour master"),
    ("en", "The wells are dry, a teacher, Hama Dicko, said on Monday.", "wells are dry", "Hama Dicko"),
    ("en", "There may be 600 people inside, the United Nations says.", "600 people", "United Nations"),
    ("en", '"We cut quickly because we must," one of the surgeons wrote.', "cut quickly", "surgeon"),
    ("en", "France and Russia say that the convoy was hit.", "convoy was hit", "France and Russia"),
    ("en", "A statement by the ministry said that the bridge is gone.", "bridge is gone", "ministry"),
    ("en", "The governor's office thinks that half have left.", "half have left", "governor's office"),
    ("en", "The governor, who arrived on Monday, said that the road is open.", "arrived on Monday", None),
    ("en", "The ministry has promised help, and the town waits.", "the town waits", None),
    ("en", "The Harbour Front left the port. It says that the port is empty.", "port is empty", "Harbour Front"),
    ("en", "Northern leaders met in Lome. They say that a force is ready.", "a force is ready", "Northern leaders"),
    (
        "en",
        "Mara Bell met General Ode on Monday. Her husband said that the road was open.",
        "road was open",
        "Mara Bell's husband",
    ),
    ("nl", "Anna Smit wacht in de haven. Haar broer zegt dat de boot weg is.", "boot weg is", "broer van Anna Smit"),
    ("en", "Two hundred people are trapped in the school, it is feared.", "trapped in the school", None),
    ("nl", "Volgens onbevestigde berichten is de brug weg.", "brug weg", None),
    ("nl", "Een meetbureau zou zondag al hebben gewaarschuwd.", "gewaarschuwd", None),
    ("nl", "De coalitie vuurde raketten af. Het was een depot, zei een woordvoerder.", "was een depot", "coalitie"),
    ("nl", "De junta spreekt van zestig doden, de rebellen van tachtig.", "tachtig", "rebellen"),
    ("nl", "De junta spreekt van zestig doden, de rebellen van tachtig.", "zestig doden", "junta"),
    ("en", "The base suffered, by the army's account, slight damage.", "slight damage", "army"),
    ("en", "Three men were hurt while, friends said, they were guarding a shop.", "guarding a shop", "friends"),
    ("en", "The ministry accuses the rebels of looting, which the rebels deny.", "looting", "ministry"),
    ("nl", "Kolonel Aidi, die de stad leidt, noemde het plan onmogelijk.", "het plan onmogelijk", "Aidi"),
    ("nl", '"De soldaten beloofden ons te blijven", vertelt Nareen.', "beloofden ons te blijven", "Nareen"),
    ("nl", "De rebellen zouden weg zijn. Dat melden bewoners.", "Dat", "bewoners"),
]


@pytest.mark.parametrize(("language", "text", "words", "name"), SPEAKERS)
def test_the_speaker_is_found(read: Read, language: str, text: str, words: str, name: str | None) -> None:
    """The source of a claim is the one whom the report makes say it."""
    source = claim_of(read(text, language), words).source
    assert (source.name if source else None) == name


KINDS = [
    ("en", '"It is over," said Emre Solak of the Bosphorus Institute.', "It is over", "expert"),
    ("en", '"It is over," said Emre Solak of Ankara.', "It is over", "civilian"),
    ("nl", "De strijd is voorbij, zegt oud-kolonel Frits Aalbersberg.", "strijd is voorbij", "expert"),
    ("nl", "De strijd is voorbij, zegt kolonel Frits Aalbersberg.", "strijd is voorbij", "military"),
    ("en", "There is food for ten days, an aid worker said.", "food for ten days", "witness"),
    ("en", "There is food for ten days, an aid agency said.", "food for ten days", "organisation"),
    ("en", "The front has stalled, says Gita Moran, who studies the war in Lisbon.", "front has stalled", "expert"),
    ("nl", "De strijd is een pat, stelt kolonel b.d. Wim Havinga.", "strijd is een pat", "expert"),
    ("en", "Robert Okello told the nation that the mutiny was over.", "mutiny was over", "official"),
    ("en", '"I lost my goats," said Okello Robert, 61.', "lost my goats", "civilian"),
    ("en", "The road is mined, aid workers say.", "road is mined", "witness"),
]


@pytest.mark.parametrize(("language", "text", "words", "kind"), KINDS)
def test_the_kind_of_speaker_is_found(read: Read, language: str, text: str, words: str, kind: str) -> None:
    """A speaker's kind follows from how he is described, else from the body that he is named with."""
    source = claim_of(read(text, language), words).source
    assert source is not None
    assert source.kind == kind


FOOTINGS = [
    (
        "nl",
        "Satellietbeelden die onderzoeksgroep Helder Zicht heeft geverifieerd, laten twee kraters zien.",
        "twee kraters",
        "verified",
        "CT+",
    ),
    ("nl", "Een verslaggever van de krant telde veertien doden.", "veertien doden", "observed", "CT+"),
    ("nl", "Op de foto's die Kaartkamer bekeek, staan twee tanks.", "twee tanks", "observed", "CT+"),
    ("nl", "Wie de brug heeft opgeblazen, weet de politie niet.", "brug heeft opgeblazen", "attributed", "Uu"),
    ("nl", "Het kabinet bevestigt noch ontkent de aanval.", "de aanval", "attributed", "Uu"),
    ("nl", "Dat valt niet te controleren.", "niet te controleren", "unconfirmed", "Uu"),
    ("nl", "De dader kan al in het buitenland zitten.", "in het buitenland", "stated", "PS+"),
    ("nl", "Hij vreest dat de stad een doelwit wordt.", "een doelwit", "attributed", "FUT"),
    ("nl", "De minister noemt dat bericht onzin.", "bericht", "attributed", "CT-"),
    ("en", "Images verified by the North Desk show three trucks.", "three trucks", "verified", "CT+"),
    ("en", "The number of victims could not be established.", "number of victims", "stated", "Uu"),
    ("en", "The colonel is believed to be hiding in the hills.", "hiding in the hills", "stated", "PR+"),
    ("en", "The minister seemed to concede that the town was lost.", "town was lost", "attributed", "PR+"),
    ("en", "The road has been closed since May.", "road has been closed", "stated", "CT+"),
    ("en", "Nobody doubts that the attackers left.", "attackers left", "stated", "CT+"),
    (
        "en",
        "The town has been attacked, allegedly more than 400 times, and people stay.",
        "town has been attacked",
        "stated",
        "CT+",
    ),
]


@pytest.mark.parametrize(("language", "text", "words", "evidence", "certainty"), FOOTINGS)
def test_footing_and_certainty(read: Read, language: str, text: str, words: str, evidence: str, certainty: str) -> None:
    """A claim carries the footing and certainty that the predicates above and the words in it give."""
    claim = claim_of(read(text, language), words)
    assert (claim.evidence, claim.certainty) == (evidence, certainty)


def test_a_present_tense_with_a_later_day_is_the_future(read: Read) -> None:
    """ "The council votes on 5 January" in a report of 2 January is told to come."""
    assert claim_of(read("The council votes on 5 January 2024.", "en"), "council votes").certainty == "FUT"


def test_who_passes_it_on_stands_in_via(read: Read) -> None:
    """A chain names the one who makes the claim; the agency that cites him is the way it came."""
    source = claim_of(read("Het persbureau meldde op gezag van een diplomaat dat de brug weg is.", "nl"), "brug").source
    assert source is not None
    assert source.via == ("persbureau",)


def test_content_is_the_whole_quotation(read: Read) -> None:
    """A quotation of two sentences is one continuous piece, with its marks; the source keeps its apposition."""
    text = 'John Smith, the mayor, said: "The bridge is gone. The road is open."'
    found = read(text, "en").attributions[0]
    assert [piece.of(text) for piece in found.content] == ['"The bridge is gone. The road is open."']
    assert found.source_span is not None
    assert found.source_span.of(text) == "John Smith, the mayor"


def test_the_cue_takes_auxiliaries_and_negation_along(read: Read) -> None:
    """ "Did not say" is one cue."""
    text = "The ministry did not say whether the road is open."
    assert read(text, "en").attributions[0].cue.of(text) == "did not say"


def test_wanting_is_an_attribution_that_changes_no_source(read: Read) -> None:
    """ "Plans to" counts among the attributions, while the claim stays the outlet's."""
    analysis = read("The army plans to reopen the road.", "en")
    assert [one.cue.of(analysis.text) for one in analysis.attributions] == ["plans"]
    assert analysis.claims[0].source is None


def test_a_label_records_its_path(read: Read) -> None:
    """From the denying verb down to the denied clause, with the relation between them."""
    text = "De burgemeester zegt dat het leger ontkent dat de brug weg is."
    cue = claim_of(read(text, "nl"), "brug weg").cues["certainty"]
    assert cue.rule == "nl.deny.ontkennen"
    assert [(relation, span.of(text)) for relation, span in cue.path] == [("ccomp", "ontkent"), ("ccomp", "weg")]
