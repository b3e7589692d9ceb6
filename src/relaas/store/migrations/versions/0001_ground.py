"""The first tables, and the full-text index of claims where the database is SQLite."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table as the first version had it."""
    op.create_table(
        "documents",
        sa.Column("id", sa.String(24), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("raw", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "sightings",
        sa.Column("id", sa.String(24), primary_key=True),
        sa.Column("document_id", sa.String(24), sa.ForeignKey("documents.id"), nullable=False, index=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("publisher", sa.Text),
        sa.Column("published", sa.String(40)),
        sa.Column("retrieved", sa.String(40)),
        sa.Column("language", sa.String(8)),
    )
    op.create_table(
        "texts",
        sa.Column("document_id", sa.String(24), sa.ForeignKey("documents.id"), primary_key=True),
        sa.Column("reader", sa.String(200), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("body_start", sa.Integer, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("headings", sa.Text, nullable=False),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.String(24), primary_key=True),
        sa.Column("steps", sa.Text, nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("first_used", sa.String(40), nullable=False),
    )
    op.create_table(
        "readings",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("document_id", sa.String(24), sa.ForeignKey("documents.id"), nullable=False, index=True),
        sa.Column("run_id", sa.String(24), sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("reader", sa.String(200), nullable=False),
        sa.Column("circumstances", sa.String(24), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("publisher", sa.Text),
        sa.Column("published", sa.String(40)),
        sa.Column("retrieved", sa.String(40)),
        sa.Column("language", sa.String(8)),
        sa.Column("known_first", sa.Integer),
        sa.Column("known_last", sa.Integer),
    )
    op.create_table(
        "claims",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("reading", sa.Integer, sa.ForeignKey("readings.number"), nullable=False, index=True),
        sa.Column("id", sa.String(24), nullable=False, index=True),
        sa.Column("version", sa.String(24), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("topic", sa.String(20), nullable=False),
        sa.Column("evidence", sa.String(20), nullable=False),
        sa.Column("certainty", sa.String(4), nullable=False),
        sa.Column("source", sa.Text),
        sa.Column("said_by", sa.Text, nullable=False),
        sa.Column("earliest", sa.Integer),
        sa.Column("latest", sa.Integer),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_index("claims_by_topic", "claims", ["topic", "evidence"])
    op.create_table(
        "claim_places",
        sa.Column("claim", sa.Integer, sa.ForeignKey("claims.number"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False, index=True),
        sa.Column("geonameid", sa.Integer, index=True),
        sa.Column("kind", sa.Text),
        sa.Column("country", sa.String(2), index=True),
        sa.Column("usage", sa.String(12), nullable=False),
        sa.Column("lat", sa.Float),
        sa.Column("lon", sa.Float),
    )
    op.create_table(
        "claim_actors",
        sa.Column("claim", sa.Integer, sa.ForeignKey("claims.number"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("role", sa.String(12), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False, index=True),
    )
    op.create_table(
        "mentions",
        sa.Column("reading", sa.Integer, sa.ForeignKey("readings.number"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("label", sa.String(8), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "judgements",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("claim_id", sa.String(24), nullable=False, index=True),
        sa.Column("version", sa.String(24), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("why", sa.Text),
    )
    op.create_index("judgements_by_version", "judgements", ["claim_id", "version"])
    op.create_table(
        "set_asides",
        sa.Column("id", sa.String(24), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("raw", sa.LargeBinary),
        sa.Column("kept", sa.Boolean, nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute('CREATE VIRTUAL TABLE claims_text USING fts5(words, tokenize = "unicode61 remove_diacritics 2")')
