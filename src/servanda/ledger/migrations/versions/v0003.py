"""The sketches of texts; those of texts that are there come with `servanda verify --rebuild`."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make their table."""
    op.create_table(
        "sketch",
        sa.Column("sha256", sa.String(length=64), primary_key=True),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
    )
