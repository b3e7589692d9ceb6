"""What linking stands on and what it finds: vectors of sentences, words of quotes, facts and keys of readings, links."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the tables; readings made before have no vectors and are linked by their words alone."""
    op.create_table(
        "sentence_vectors",
        sa.Column("reading", sa.Integer, sa.ForeignKey("readings.number"), primary_key=True),
        sa.Column("sentence", sa.Integer, primary_key=True),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "claim_words",
        sa.Column("claim", sa.Integer, sa.ForeignKey("claims.number"), primary_key=True),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_table(
        "link_facts",
        sa.Column("reading", sa.Integer, sa.ForeignKey("readings.number"), primary_key=True),
        sa.Column("linker", sa.String(24), primary_key=True),
        sa.Column("facts", sa.Text, nullable=False),
    )
    op.create_table(
        "link_keys",
        sa.Column("linker", sa.String(24), primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("reading", sa.Integer, sa.ForeignKey("readings.number"), primary_key=True),
    )
    op.create_table(
        "links",
        sa.Column("linker", sa.String(24), primary_key=True),
        sa.Column("one", sa.String(24), primary_key=True),
        sa.Column("other", sa.String(24), primary_key=True),
        sa.Column("one_reading", sa.Integer, sa.ForeignKey("readings.number"), primary_key=True),
        sa.Column("other_reading", sa.Integer, sa.ForeignKey("readings.number"), primary_key=True),
        sa.Column("type", sa.String(20), nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("proposed", sa.Boolean, nullable=False),
        sa.Column("dependent", sa.Boolean, nullable=False),
        sa.Column("why", sa.String(20)),
        sa.Column("reasons", sa.Text, nullable=False),
    )
    op.create_index("links_by_other", "links", ["other", "linker"])
    op.create_index("links_by_reading", "links", ["one_reading"])
    op.create_index("links_by_other_reading", "links", ["other_reading"])
