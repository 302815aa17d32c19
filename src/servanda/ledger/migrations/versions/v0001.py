"""The first tables."""

import sqlalchemy as sa
from alembic import op

from servanda.ledger import sqlite

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "block",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "row"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "bond",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("a", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("b", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("together", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("seq", "a", "b"),
    )
    op.create_index(op.f("ix_bond_a"), "bond", ["a"], unique=False)
    op.create_table(
        "carrier",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("published", sa.String(length=32), nullable=True),
        sa.Column("agency", sa.String(length=200), nullable=True),
        sa.Column("lang", sa.String(length=16), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("recorded", sa.String(length=32), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("withdrawn", sa.Integer(), nullable=True),
        sa.Column("purged", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("carrier_report", "carrier", ["report", "version"], unique=False)
    op.create_table(
        "dossier",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("due", sa.String(length=10), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("report", sa.String(length=500), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("purged", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index(op.f("ix_entry_report"), "entry", ["report"], unique=False)
    op.create_table(
        "judgement",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("record", sa.Integer(), nullable=False),
        sa.Column("undone", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index(op.f("ix_judgement_record"), "judgement", ["record"], unique=False)
    op.create_table(
        "maybe",
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("other", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("row", "other"),
    )
    op.create_index(op.f("ix_maybe_other"), "maybe", ["other"], unique=False)
    op.create_table(
        "party",
        sa.Column("parties", sa.String(length=200), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("parties", "day", "row"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "possible",
        sa.Column("a", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("b", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("a", "b"),
    )
    op.create_index("possible_b", "possible", ["b"], unique=False)
    op.create_table(
        "record",
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.Column("carrier", sa.Integer(), nullable=False),
        sa.Column("source", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("over", sa.Integer(), nullable=True),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("under", sa.Integer(), nullable=True),
        sa.Column("part_of", sa.Integer(), nullable=True),
        sa.Column("patch", sa.Text(), nullable=True),
        sa.Column("features", sa.Text(), nullable=False),
        sa.Column("component", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("row"),
    )
    op.create_index(op.f("ix_record_carrier"), "record", ["carrier"], unique=False)
    op.create_index(op.f("ix_record_component"), "record", ["component"], unique=False)
    op.create_index(op.f("ix_record_dossier"), "record", ["dossier"], unique=False)
    op.create_index(op.f("ix_record_id"), "record", ["id"], unique=False)
    op.create_table(
        "text",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "search",
        sa.Column("key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("facets", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    sqlite.make_index(op.get_bind())
    op.create_table(
        "deadline",
        sa.Column("parties", sa.String(length=200), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("parties", "day", "row"),
        sqlite_with_rowid=False,
    )
