"""The tables of a ledger. `entry` and `text` are what happened; STATE is folded from them, INDEX is made from state.

STATE follows from the entries at once, and is compared by `verify`. INDEX is made later, as of a day, by `fresh`.
"""

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, LargeBinary, MetaData, String, Table, Text

metadata = MetaData()

# What happened. Entries are never changed, but for a purge, which takes the words out of a report's entries.
entry = Table(
    "entry",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),  # UTC, ISO 8601
    Column("who", String(200), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("report", String(500), index=True),
    Column("body", Text, nullable=False),  # JSON
    Column("digest", String(64), nullable=False),  # SHA-256 of the entry as it was written, or left by a purge
    Column("purged", Integer),  # the entry that took its words out
)
text = Table("text", metadata, Column("sha256", String(64), primary_key=True), Column("text", Text, nullable=False))

# What follows from it.
carrier = Table(
    "carrier",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),  # the entry of the report version
    Column("report", String(500), nullable=False),
    Column("version", Integer, nullable=False),
    Column("published", String(32)),
    Column("agency", String(200)),
    Column("lang", String(16)),
    Column("url", Text),
    Column("sha256", String(64)),
    Column("recorded", String(32), nullable=False),
    Column("day", String(10), nullable=False),  # first day of publication, else of recording
    Column("withdrawn", Integer),  # the entries that did it
    Column("purged", Integer),
    Index("carrier_report", "report", "version"),
)
record = Table(
    "record",
    metadata,
    Column("row", Integer, primary_key=True, autoincrement=False),
    Column("id", Integer, nullable=False, index=True),  # the number of the record, the same through all its rows
    Column("since", Integer, nullable=False),  # the entry that made this row
    Column("until", Integer),  # the entry that put another in its place
    Column("carrier", Integer, nullable=False, index=True),
    Column("source", Integer, nullable=False),  # the entry whose body holds the record
    Column("place", Integer, nullable=False),  # its place there, from 0
    Column("type", String(16), nullable=False),
    Column("over", Integer),  # the version of its report that took its place
    Column("day", String(10), nullable=False),  # of its version
    Column("under", Integer),
    Column("part_of", Integer),
    Column("patch", Text),  # corrections in force, JSON {path: value}
    Column("features", Text, nullable=False),
    Column("component", Integer, nullable=False, index=True),
    Column("dossier", Integer, index=True),  # number of the founding record; empty where the row is not current
)
block = Table(
    "block",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("row", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
# The sketch of each text that is kept; it goes with the text.
sketch = Table(
    "sketch",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("sketch", LargeBinary, nullable=False),
)
# Each row under its parties, alone and in pairs ("KZ", "KZ|TJ"), so that the newest are found first.
party = Table(
    "party",
    metadata,
    Column("parties", String(200), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("row", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
judgement = Table(
    "judgement",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("record", Integer, nullable=False, index=True),
    Column("undone", Integer),  # the entry that undid it
)
bond = Table(
    "bond",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),  # the judgement
    Column("a", Integer, primary_key=True, autoincrement=False, index=True),  # numbers of records, a < b
    Column("b", Integer, primary_key=True, autoincrement=False),
    Column("together", Boolean, nullable=False),
)
# The dossiers of the rows in force.
dossier = Table(
    "dossier",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("due", String(10)),  # the last day of the deadline of one that is not done
)
# Rows that may tell of one thing, and what the dossiers that hold them may be to each other now.
maybe = Table(
    "maybe",
    metadata,
    Column("row", Integer, primary_key=True, autoincrement=False),  # the lower one
    Column("other", Integer, primary_key=True, autoincrement=False, index=True),
    Column("score", Float, nullable=False),
    Column("reasons", Text, nullable=False),  # JSON list of words
)
possible = Table(
    "possible",
    metadata,
    Column("a", Integer, primary_key=True, autoincrement=False),  # dossiers, a < b
    Column("b", Integer, primary_key=True, autoincrement=False),
    Column("score", Float, nullable=False),
    Column("reasons", Text, nullable=False),  # JSON list of words
    Index("possible_b", "b"),
    Index("possible_score", "score", "a", "b"),
)
# The words of each row by which it is found, in dictionary form; see `search`.
search = Table(
    "search",
    metadata,
    Column("key", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("words", Text, nullable=False),
    Column("facets", Text, nullable=False),
)
# Each deadline told, under its parties, alone and in pairs, and under "" for all.
deadline = Table(
    "deadline",
    metadata,
    Column("parties", String(200), primary_key=True),
    Column("day", String(10), primary_key=True),  # the last one
    Column("row", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# The index: what lists show, made of the dossiers that changed, as of the day on which it was made.
stale = Table("stale", metadata, Column("dossier", Integer, primary_key=True, autoincrement=False))
# What is to be checked again: "r" and a report version, "p" and a pair of parties; see `findings`.
unchecked = Table("unchecked", metadata, Column("unit", String(200), primary_key=True))
brief = Table(
    "brief",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),  # of the dossier
    Column("type", String(16), nullable=False),
    Column("act", String(32), nullable=False),  # act, kind or metric of the record that lists show
    Column("status", String(32), nullable=False),
    Column("first", String(10), nullable=False),  # days of the first and the last report
    Column("last", String(10), nullable=False),
    Column("due", String(10)),  # the last day of the deadline by which something promised is still to be done
    Column("until", String(10)),  # the first day to come on which it stands otherwise by itself
    Column("reports", Integer, nullable=False),
    Column("records", Integer, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("grade", String(1), nullable=False),
    Column("withdrawn", Boolean, nullable=False),  # all that tells it
    Column("waiting", Integer, nullable=False),  # records that no person has seen
    Column("rank", Float, nullable=False),  # the highest of theirs
    Column("parties", Text, nullable=False),  # JSON lists
    Column("agencies", Text, nullable=False),
    Column("carriers", Text, nullable=False),  # numbers of report versions
    Index("brief_last", "last", "number"),
    Index("brief_first", "first", "last", "number"),
    Index("brief_type", "type", "last", "number"),
    Index("brief_act", "act", "last", "number"),
    Index("brief_status", "status", "last", "number"),
    Index("brief_due", "due", "number"),
    Index("brief_until", "until"),
    Index("brief_rank", "rank", "number"),
    Index("brief_reports", "reports", "number"),
)
brief_body = Table(
    "brief_body",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),  # JSON of the dossier as lists need it
)
# Each dossier under its parties, alone and in pairs, its agencies, and what it is compared by; the last told first.
filed = Table(
    "filed",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("last", String(10), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Index("filed_number", "number"),
    sqlite_with_rowid=False,
)
# The records that no person has seen; see `weight`.
waiting = Table(
    "waiting",
    metadata,
    Column("record", Integer, primary_key=True, autoincrement=False),
    Column("dossier", Integer, nullable=False, index=True),
    Column("type", String(16), nullable=False),
    Column("day", String(10), nullable=False),
    Column("doubt", Float, nullable=False),
    Column("weight", Float, nullable=False),
    Column("rank", Float, nullable=False),
    Index("waiting_rank", "rank", "record"),
    Index("waiting_doubt", "doubt", "record"),
    Index("waiting_weight", "weight", "record"),
    Index("waiting_day", "day", "record"),
)
GRAVITY = {"error": 2, "doubt": 1, "note": 0}
# What the checks find in one dossier ("d"), report version ("r") or pair of parties ("p").
finding = Table(
    "finding",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit", String(200), nullable=False, index=True),
    Column("same", String(64), nullable=False, index=True),  # what several units find alike has one
    Column("shown", Boolean, nullable=False),  # the first of those
    Column("code", String(32), nullable=False),
    Column("level", Integer, nullable=False),  # see GRAVITY
    Column("day", String(10), nullable=False),  # of the last report that it cites
    Column("body", Text, nullable=False),  # JSON
    Index("finding_level", "shown", "level", "day", "id"),
    Index("finding_code", "shown", "code", "level", "day", "id"),
)
finding_dossier = Table(
    "finding_dossier",
    metadata,
    Column("dossier", Integer, primary_key=True, autoincrement=False),
    Column("finding", Integer, primary_key=True, autoincrement=False, index=True),
    sqlite_with_rowid=False,
)

LOG = (entry, text)
STATE = (carrier, sketch, record, block, party, judgement, bond, dossier, maybe, possible, search, deadline)
INDEX = (stale, unchecked, brief, brief_body, filed, waiting, finding, finding_dossier)
