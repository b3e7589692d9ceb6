"""Review: what a judgement changes and takes back, the claims it makes, and the derived table of what holds now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
RECORD = ("published", "name", "document_id", "start", "id")
ORDERS = {
    "report": (), "time": ("day",), "source": ("said_by",), "topic": ("topic",), "footing": ("evidence",), "doubt": ("soundness",),
}  # fmt: skip


def upgrade() -> None:
    """Add columns and the derived table; the store fills it when it opens."""
    op.add_column("judgements", sa.Column("what", sa.Text))
    op.add_column("judgements", sa.Column("undoes", sa.Integer))
    op.add_column("claims", sa.Column("judgement", sa.Integer))
    op.add_column("claims", sa.Column("root", sa.String(24)))
    op.create_index("link_keys_by_reading", "link_keys", ["reading"])
    op.create_index("readings_newest", "readings", ["document_id", "number"])
    op.create_table(
        "shown",
        sa.Column("claim", sa.Integer, sa.ForeignKey("claims.number"), primary_key=True),
        sa.Column("document_id", sa.String(24), nullable=False),
        sa.Column("root", sa.String(24), nullable=False),
        sa.Column("id", sa.String(24), nullable=False),
        sa.Column("version", sa.String(24), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("basis", sa.Integer),
        sa.Column("grade", sa.Text),
        sa.Column("published", sa.String(40), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("soundness", sa.Integer, nullable=False),
        sa.Column("topic", sa.String(20), nullable=False),
        sa.Column("evidence", sa.String(20), nullable=False),
        sa.Column("certainty", sa.String(4), nullable=False),
        sa.Column("said_by", sa.Text, nullable=False),
        sa.Column("earliest", sa.Integer),
        sa.Column("latest", sa.Integer),
        sa.Column("day", sa.Integer),
        sa.Column("known_first", sa.Integer),
        sa.Column("known_last", sa.Integer),
    )
    for order, columns in ORDERS.items():
        op.create_index(f"shown_by_{order}", "shown", [*columns, *RECORD])
    op.create_index("shown_by_status", "shown", ["status", "soundness", *RECORD])
    op.create_index("shown_by_document", "shown", ["document_id", "root"])
    op.create_index("shown_by_kind", "shown", ["topic", "evidence", "certainty", "status"])
    op.create_index("shown_by_id", "shown", ["id"])
    op.create_index("shown_by_root", "shown", ["root"])
