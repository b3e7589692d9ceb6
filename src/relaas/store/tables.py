"""The tables, by SQLAlchemy Core. Rows of the record are only ever added; ``shown``, links and the text index follow from them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

metadata = MetaData()

documents = Table(
    "documents",
    metadata,
    Column("id", String(24), primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("raw", LargeBinary, nullable=False),
)

# Every name and every set of metadata under which a document was seen; what holds is derived, the same in any order.
sightings = Table(
    "sightings",
    metadata,
    Column("id", String(24), primary_key=True),
    Column("document_id", String(24), ForeignKey("documents.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("publisher", Text),
    Column("published", String(40)),
    Column("retrieved", String(40)),
    Column("language", String(8)),
)

texts = Table(
    "texts",
    metadata,
    Column("document_id", String(24), ForeignKey("documents.id"), primary_key=True),
    Column("reader", String(200), primary_key=True),
    Column("text", Text, nullable=False),
    Column("body_start", Integer, nullable=False),
    Column("title", Text),
    Column("headings", Text, nullable=False),
)

# Clock times live here alone.
runs = Table(
    "runs",
    metadata,
    Column("id", String(24), primary_key=True),
    Column("steps", Text, nullable=False),
    Column("version", String(40), nullable=False),
    Column("first_used", String(40), nullable=False),
)

# One reading of one document by one run with one set of metadata; the newest of a document is the current one.
readings = Table(
    "readings",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("document_id", String(24), ForeignKey("documents.id"), nullable=False, index=True),
    Column("run_id", String(24), ForeignKey("runs.id"), nullable=False),
    Column("reader", String(200), nullable=False),
    Column("circumstances", String(24), nullable=False),
    Column("name", Text, nullable=False),
    Column("publisher", Text),
    Column("published", String(40)),
    Column("retrieved", String(40)),
    Column("language", String(8)),
    Column("known_first", Integer),
    Column("known_last", Integer),
)

claims = Table(
    "claims",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("reading", Integer, ForeignKey("readings.number"), nullable=False, index=True),
    Column("id", String(24), nullable=False, index=True),
    Column("version", String(24), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("topic", String(20), nullable=False),
    Column("evidence", String(20), nullable=False),
    Column("certainty", String(4), nullable=False),
    Column("source", Text),
    Column("said_by", Text, nullable=False),
    Column("earliest", Integer),
    Column("latest", Integer),
    Column("payload", Text, nullable=False),
    # Set on what a correction or a split made: the judgement, and the claim of the pipeline's that it began with.
    Column("judgement", Integer, ForeignKey("judgements.number")),
    Column("root", String(24)),
)

# What holds now, one row a claim: derived from the tables above in the same transaction that adds to them, so that a page
# of a hundred thousand claims is a walk along an index. `Writer.derive` makes it anew.
shown = Table(
    "shown",
    metadata,
    Column("claim", Integer, ForeignKey("claims.number"), primary_key=True),
    Column("document_id", String(24), nullable=False),
    Column("root", String(24), nullable=False),
    Column("id", String(24), nullable=False),
    Column("version", String(24), nullable=False),
    # The labels as they stand, corrections included: what a judgement of a link was made on.
    Column("labels", String(24), nullable=False),
    Column("status", String(12), nullable=False),
    Column("basis", Integer),
    Column("grade", Text),
    Column("published", String(40), nullable=False),
    Column("name", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("soundness", Integer, nullable=False),
    Column("topic", String(20), nullable=False),
    Column("evidence", String(20), nullable=False),
    Column("certainty", String(4), nullable=False),
    Column("said_by", Text, nullable=False),
    Column("earliest", Integer),
    Column("latest", Integer),
    Column("day", Integer),
    Column("known_first", Integer),
    Column("known_last", Integer),
)

claim_places = Table(
    "claim_places",
    metadata,
    Column("claim", Integer, ForeignKey("claims.number"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, index=True),
    Column("geonameid", Integer, index=True),
    Column("kind", Text),
    Column("country", String(2), index=True),
    Column("usage", String(12), nullable=False),
    Column("lat", Float),
    Column("lon", Float),
)

claim_actors = Table(
    "claim_actors",
    metadata,
    Column("claim", Integer, ForeignKey("claims.number"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("role", String(12), nullable=False),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, index=True),
)

mentions = Table(
    "mentions",
    metadata,
    Column("reading", Integer, ForeignKey("readings.number"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("label", String(8), nullable=False),
    Column("text", Text, nullable=False),
)

judgements = Table(
    "judgements",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("claim_id", String(24), nullable=False, index=True),
    Column("version", String(24), nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("why", Text),
    Column("what", Text),
    Column("undoes", Integer),
)

set_asides = Table(
    "set_asides",
    metadata,
    Column("id", String(24), primary_key=True),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("raw", LargeBinary),
    Column("kept", Boolean, nullable=False),
)

# What linking stands on: the reading model's vectors (16-bit floats, little-endian), and form and lemma of the words of each quote.
sentence_vectors = Table(
    "sentence_vectors",
    metadata,
    Column("reading", Integer, ForeignKey("readings.number"), primary_key=True),
    Column("sentence", Integer, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)

claim_words = Table(
    "claim_words",
    metadata,
    Column("claim", Integer, ForeignKey("claims.number"), primary_key=True),
    Column("words", Text, nullable=False),
)

# What a linker (named by its content) made of a reading; a reading with a row here has been linked to all others that have one.
link_facts = Table(
    "link_facts",
    metadata,
    Column("reading", Integer, ForeignKey("readings.number"), primary_key=True),
    Column("linker", String(24), primary_key=True),
    Column("facts", Text, nullable=False),
)

link_keys = Table(
    "link_keys",
    metadata,
    Column("linker", String(24), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("reading", Integer, ForeignKey("readings.number"), primary_key=True),
)

links = Table(
    "links",
    metadata,
    Column("linker", String(24), primary_key=True),
    Column("one", String(24), primary_key=True),
    Column("other", String(24), primary_key=True),
    Column("one_reading", Integer, ForeignKey("readings.number"), primary_key=True),
    Column("other_reading", Integer, ForeignKey("readings.number"), primary_key=True),
    Column("type", String(20), nullable=False),
    Column("score", Float, nullable=False),
    Column("proposed", Boolean, nullable=False),
    Column("dependent", Boolean, nullable=False),
    Column("why", String(20)),
    Column("reasons", Text, nullable=False),
)

# What people decided about links: which two claims with which labels, and as what the linker tied them.
link_judgements = Table(
    "link_judgements",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("one", String(24), nullable=False),
    Column("other", String(24), nullable=False),
    Column("one_labels", String(24), nullable=False),
    Column("other_labels", String(24), nullable=False),
    Column("type", String(20), nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("why", Text),
    Column("undoes", Integer),
)

# The judgement on which each judged link rests: derived from the table above in the same transaction that adds to it.
judged_links = Table(
    "judged_links",
    metadata,
    Column("one", String(24), primary_key=True),
    Column("other", String(24), primary_key=True),
    Column("one_labels", String(24), primary_key=True),
    Column("other_labels", String(24), primary_key=True),
    Column("type", String(20), primary_key=True),
    Column("verdict", String(20), nullable=False),
    Column("basis", Integer, ForeignKey("link_judgements.number"), nullable=False),
)

Index("link_judgements_by_claims", link_judgements.c.one, link_judgements.c.other)
Index("link_judgements_by_other", link_judgements.c.other)
Index("judged_links_by_basis", judged_links.c.basis)
Index("links_by_score", links.c.linker, links.c.proposed, links.c.score, links.c.one, links.c.other)
Index("link_keys_by_reading", link_keys.c.reading)
Index("links_by_other", links.c.other, links.c.linker)
Index("links_by_reading", links.c.one_reading)
Index("links_by_other_reading", links.c.other_reading)
Index("claims_by_topic", claims.c.topic, claims.c.evidence)
Index("judgements_by_version", judgements.c.claim_id, judgements.c.version)

# The orders in which claims are leafed through; all end in the order of the record, so that every claim has one place.
RECORD = ("published", "name", "document_id", "start", "id")
ORDERS = {
    "report": RECORD,
    "time": ("day", *RECORD),
    "source": ("said_by", *RECORD),
    "topic": ("topic", *RECORD),
    "footing": ("evidence", *RECORD),
    "doubt": ("soundness", *RECORD),
}
for _order, _columns in ORDERS.items():
    Index(f"shown_by_{_order}", *(shown.c[column] for column in _columns))
Index("readings_newest", readings.c.document_id, readings.c.number)
Index("shown_by_status", shown.c.status, *(shown.c[column] for column in ORDERS["doubt"]))
Index("shown_by_document", shown.c.document_id, shown.c.root)
# The days stand in the index, so that a period is counted without opening a row.
KIND = ("topic", "evidence", "certainty", "status", "latest", "earliest", "known_last", "known_first")
Index("shown_by_kind", *(shown.c[column] for column in KIND))
Index("shown_by_id", shown.c.id)
Index("shown_by_root", shown.c.root)
