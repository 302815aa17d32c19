"""What a reading holds: records of four types, every field with the words that say it. The shape of the JSON, no
other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

from servanda.model.spans import Span
from servanda.model.terms import How

SCHEMA_VERSION = "1.0"

Evidence = Mapping[str, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Basis:
    """How a value came from the words, and the name of the rule that read it."""

    how: How
    rule: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit: an ISO 4217 code, `%`, or a word in its dictionary form."""

    number: int | float
    unit: str
    bound: str = "exactly"


@dataclass(frozen=True, slots=True)
class Change:
    """A growth (a fall is negative) in per cent or as a factor, against an EDTF period."""

    percent: float | None
    times: float | None
    against: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """A stage of an instrument, its EDTF date, and the party that takes a one-sided one."""

    step: str
    date: str | None
    by: str | None


@dataclass(frozen=True, slots=True)
class Participant:
    """Who meets: name and office in the nominative, party code."""

    name: str | None
    office: str | None
    party: str | None


@dataclass(frozen=True, slots=True)
class Dateline:
    """The wire's own line: place, EDTF day, agency."""

    place: str | None
    date: str | None
    agency: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Common:
    """What every record carries. Spans are code points of the report's text, by path of the field ("by/0",
    "steps/0/date").
    """

    quote: str
    certainty: str
    source: str | None
    via: str | None = None
    evidence: Evidence = field(default_factory=dict)
    basis: Mapping[str, Basis] = field(default_factory=dict)
    confidence: Mapping[str, float] = field(default_factory=dict)  # "" = of the record


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument(_Common):
    """A document or deal between parties, named as such."""

    type: ClassVar[str] = "instrument"
    kind: str
    parties: tuple[str, ...]
    subject: str | None
    count: int | None
    steps: tuple[Step, ...]
    valid: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undertaking(_Common):
    """What one party does or is to do for, with or towards another, or refrains from."""

    type: ClassVar[str] = "undertaking"
    modality: str
    progress: str
    act: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    object: str | None
    amounts: tuple[Amount, ...]
    terms: tuple[str, ...]
    places: tuple[str, ...]
    when: str | None
    under: int | None
    purpose: str | None = None
    part_of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(_Common):
    """A reported quantity of a relation between parties, past or forecast."""

    type: ClassVar[str] = "figure"
    metric: str
    who: tuple[str, ...]
    period: str | None
    amount: Amount | None
    changes: tuple[Change, ...]
    forecast: bool
    part_of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(_Common):
    """People of different parties meet, visit, call or confer, or are to."""

    type: ClassVar[str] = "meeting"
    kind: str
    participants: tuple[Participant, ...]
    place: str | None
    date: str | None
    status: str
    topics: tuple[str, ...]


Record = Instrument | Undertaking | Figure | Meeting


@dataclass(frozen=True, slots=True)
class Finding:
    """What does not fit, said so that a person can decide: the report's fault, never an exception."""

    code: str
    message: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A time, amount, party, person, place or instrument named in the text, with the value it resolves to."""

    type: str  # time, amount, party, person, place, instrument
    span: Span
    text: str
    value: Any
    rule: str
    used: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that one report says, in the order of GUIDE's output: the answer to `servanda.read`."""

    id: str
    published: str | None
    dateline: Dateline | None
    undisclosed: tuple[str, ...]
    records: tuple[Record, ...]
    findings: tuple[Finding, ...] = ()
    mentions: tuple[Mention, ...] = ()
    evidence: Evidence = field(default_factory=dict)
    basis: Mapping[str, Basis] = field(default_factory=dict)
    confidence: Mapping[str, float] = field(default_factory=dict)
    text: str = ""
    lang: str | None = None

    @property
    def unused(self) -> tuple[Mention, ...]:
        """Times and amounts that no record uses: the alarm for what was missed."""
        return tuple(m for m in self.mentions if m.type in ("time", "amount") and not m.used)

    def to_json(self) -> dict[str, Any]:
        """The plain object that `servanda read --format jsonl` prints, keys in their documented order."""
        return {
            "id": self.id,
            "published": self.published,
            "dateline": plain(self.dateline),
            "undisclosed": list(self.undisclosed),
            "records": [record_json(r) for r in self.records],
            "findings": [plain(f) for f in self.findings],
            "unused": [
                {"type": m.type, "span": list(m.span), "text": m.text, "value": plain(m.value)} for m in self.unused
            ],
            "evidence": plain(self.evidence),
            "basis": plain(self.basis),
            "confidence": plain(self.confidence),
        }

    def _repr_html_(self) -> str:
        """The marked report and the cards, for a notebook."""
        from servanda.render.html import render_html

        return render_html(self)


_LAST = ("source", "via", "purpose", "part_of", "evidence", "basis", "confidence")
_OPTIONAL = ("via", "purpose", "part_of")


def record_json(record: Record) -> dict[str, Any]:
    """One record as a plain object; optional keys only where they are filled."""
    names = [f.name for f in fields(record)]
    order = ["quote", *[n for n in names if n not in (*_LAST, "quote")], *[n for n in _LAST if n in names]]
    out: dict[str, Any] = {"type": record.type}
    for name in order:
        value = getattr(record, name)
        if value is not None or name not in _OPTIONAL:
            out[name] = plain(value)
    return out


def plain(value: Any) -> Any:
    """Dataclasses, spans, tuples and mappings as JSON has them."""
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, Mapping):
        return {k: plain(v) for k, v in value.items()}
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return value
