"""The index of what lists show; every dossier that is there waits to be put into it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make its tables."""
    op.create_table("stale", sa.Column("dossier", sa.Integer(), primary_key=True, autoincrement=False))
    op.create_table("unchecked", sa.Column("unit", sa.String(length=200), primary_key=True))
    _make_briefs()
    op.create_table(
        "waiting",
        sa.Column("record", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("dossier", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("doubt", sa.Float(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("rank", sa.Float(), nullable=False),
    )
    op.create_index("possible_score", "possible", ["score", "a", "b"])
    op.create_index("ix_waiting_dossier", "waiting", ["dossier"])
    for name in ("rank", "doubt", "weight", "day"):
        op.create_index(f"waiting_{name}", "waiting", [name, "record"])
    _make_findings()
    op.execute("INSERT INTO stale (dossier) SELECT id FROM dossier")


def _make_briefs() -> None:
    op.create_table(
        "brief",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("act", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("first", sa.String(length=10), nullable=False),
        sa.Column("last", sa.String(length=10), nullable=False),
        sa.Column("due", sa.String(length=10), nullable=True),
        sa.Column("until", sa.String(length=10), nullable=True),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("origins", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(length=1), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Float(), nullable=False),
        sa.Column("parties", sa.Text(), nullable=False),
        sa.Column("agencies", sa.Text(), nullable=False),
        sa.Column("carriers", sa.Text(), nullable=False),
    )
    for name in ("type", "act", "status"):
        op.create_index(f"brief_{name}", "brief", [name, "last", "number"])
    for name in ("last", "due", "rank", "reports"):
        op.create_index(f"brief_{name}", "brief", [name, "number"])
    op.create_index("brief_first", "brief", ["first", "last", "number"])
    op.create_index("brief_until", "brief", ["until"])
    op.create_table(
        "brief_body",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("body", sa.Text(), nullable=False),
    )
    op.create_table(
        "filed",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("last", sa.String(length=10), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "last", "number"),
        sqlite_with_rowid=False,
    )
    op.create_index("filed_number", "filed", ["number"])


def _make_findings() -> None:
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("same", sa.String(length=64), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
    )
    for name in ("unit", "same"):
        op.create_index(f"ix_finding_{name}", "finding", [name])
    op.create_index("finding_level", "finding", ["shown", "level", "day", "id"])
    op.create_index("finding_code", "finding", ["shown", "code", "level", "day", "id"])
    op.create_table(
        "finding_dossier",
        sa.Column("dossier", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("finding", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("dossier", "finding"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_finding_dossier_finding", "finding_dossier", ["finding"])
