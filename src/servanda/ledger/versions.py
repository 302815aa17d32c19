"""A report -> what the ledger has of it: its versions, the newest first, and the readings of each."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, select

from servanda.ledger.entries import Body, parse_body
from servanda.ledger.schema import carrier, entry
from servanda.ledger.told import chunks

Version = Any  # a row of the table of carriers


def find_versions(connection: Connection, report: str) -> Sequence[Version]:
    """All versions of a report, the newest first."""
    query = select(carrier).where(carrier.c.report == report).order_by(carrier.c.version.desc())
    return connection.execute(query).all()


def find_known(connection: Connection, reports: Sequence[str]) -> set[str]:
    """Those of some reports of which there is a version."""
    query = select(carrier.c.report).distinct()
    return {
        one for some in chunks(reports) for one in connection.execute(query.where(carrier.c.report.in_(some))).scalars()
    }


def match_version(versions: Sequence[Version], sha: str | None, **said: str | None) -> Version | None:
    """The newest version that has this text and what else is `said` of the report; None says nothing."""
    told = {name: value for name, value in {"sha256": sha, **said}.items() if value is not None}
    return next((v for v in versions if all(getattr(v, name) == value for name, value in told.items())), None)


def find_readings(connection: Connection, report: str) -> Iterator[Body]:
    """The bodies of all readings of a report, in order."""
    query = select(entry.c.body).where(entry.c.report == report, entry.c.kind == "reading").order_by(entry.c.seq)
    yield from map(parse_body, connection.execute(query).scalars().all())
