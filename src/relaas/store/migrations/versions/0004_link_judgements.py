"""Judgements of links: what people decided about proposed links, the labels that a claim bears with its corrections, and days in an index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
KIND = ("topic", "evidence", "certainty", "status", "latest", "earliest", "known_last", "known_first")
PAIR = ("one", "other", "one_labels", "other_labels")


def upgrade() -> None:
    """Add the tables; the store fills the derived ones when it opens."""
    op.add_column("shown", sa.Column("labels", sa.String(24), nullable=False, server_default=""))
    op.create_table(
        "link_judgements",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        *(sa.Column(name, sa.String(24), nullable=False) for name in PAIR),
        sa.Column("type", sa.String(20), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("why", sa.Text),
        sa.Column("undoes", sa.Integer),
    )
    op.create_table(
        "judged_links",
        *(sa.Column(name, sa.String(24), primary_key=True) for name in PAIR),
        sa.Column("type", sa.String(20), primary_key=True),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("basis", sa.Integer, sa.ForeignKey("link_judgements.number"), nullable=False),
    )
    op.create_index("link_judgements_by_claims", "link_judgements", ["one", "other"])
    op.create_index("link_judgements_by_other", "link_judgements", ["other"])
    op.create_index("judged_links_by_basis", "judged_links", ["basis"])
    op.drop_index("shown_by_kind", "shown")
    op.create_index("shown_by_kind", "shown", list(KIND))
    op.create_index("links_by_score", "links", ["linker", "proposed", "score", "one", "other"])
