"""The templates, and what they may call: everything that comes from a report passes `shown` before it is escaped."""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from servanda.ledger.entries import JUDGEMENTS
from servanda.ledger.history import Event
from servanda.ledger.reports import ReportLine
from servanda.model.dossier import Discrepancy, Dossier
from servanda.model.edtf import last_day
from servanda.model.reading import Finding, Record
from servanda.render.amounts import render_amount
from servanda.render.cards import Writer, one_line
from servanda.render.counts import counted
from servanda.render.dates import render_at, render_period
from servanda.render.dossiers import dossier_title
from servanda.render.entries import say_entry
from servanda.render.fields import label_of
from servanda.render.findings import message_of
from servanda.render.marks import printable
from servanda.render.notes import say_note
from servanda.render.reasons import say_reason
from servanda.render.standing import Standing

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
_OF_ONE = ("confirm", "reject", "correct", "add")  # decisions on one record
_FAR = 60  # days
_HEADLINE = 110  # characters


def make_templates() -> Environment:
    """Templates that escape what they are given, and fail where a value is missing."""
    env = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters |= {"shown": shown, "one_line": lambda text: printable(one_line(text)), "day": _day, "until": _until}
    env.filters |= {
        "amount": _amount,
        "title": _title,
        "standing": _standing,
        "party": _party,
        "event": _event,
        "said": _said,
        "sentence": _sentence,
        "label": _label,
        "counted": _counted,
        "message": _message,
        "reason": _reason,
        "grouped": _grouped,
        "headline": headline,
        "days_left": _days_left,
        "note": _note,
    }
    env.globals["undoable_kinds"] = JUDGEMENTS
    env.globals |= {"static": static_url, "dossier_url": dossier_url, "report_url": report_url, "quoted": quote}
    return env


def shown(text: object) -> str:
    """Words of a report as a page may show them: nothing unseen, nothing that turns a line round."""
    return "" if text is None else printable(str(text))


def headline(line: ReportLine) -> str:
    """How a report begins, cut at a word; its id where its text is not kept."""
    first = next(filter(None, map(str.strip, line.opening.splitlines())), line.carrier.report)
    words = one_line(printable(first))
    return words if len(words) <= _HEADLINE else words[:_HEADLINE].rpartition(" ")[0] + " …"


@lru_cache
def static_url(name: str) -> str:
    """The address of a file of ours, which changes with what it holds."""
    digest = sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def dossier_url(id: str) -> str:
    """The page of a dossier, by its id or the number of any record in it."""
    return f"/dossiers/{quote(id, safe='')}"


def report_url(report: str, record: int | None = None, version: int | None = None) -> str:
    """The page of a report, with one of its records lit."""
    more = (f"&version={version}" if version else "") + (f"&record={record}" if record else "")
    return f"/report?id={quote(report, safe='')}{more}"


@pass_context
def _day(context: Context, edtf: str | None) -> str:
    """A date as people write it."""
    return render_period(edtf, context["desk"].ui) if edtf else ""


@pass_context
def _until(context: Context, edtf: str | None) -> str:
    """A deadline as people write it: "by 31 December 2021"."""
    return render_at(edtf, context["desk"].ui) if edtf else ""


@pass_context
def _amount(context: Context, amount: object) -> str:
    return render_amount(amount, context["desk"].ui)  # type: ignore[arg-type]


@pass_context
def _title(context: Context, dossier: Dossier) -> str:
    """What a dossier is, in one sentence."""
    return dossier_title(dossier, context["desk"].ui, context["desk"].name)


@pass_context
def _label(context: Context, path: str) -> str:
    """A field in words."""
    return label_of(path, context["desk"].ui)


@pass_context
def _sentence(context: Context, record: Record) -> str:
    """What a record says, in one sentence."""
    return printable(Writer(context["desk"].ui, context["desk"].name).title(record))


@pass_context
def _standing(context: Context, dossier: Dossier) -> str:
    """How it stands, in a word or two."""
    return Standing(dossier, Writer(context["desk"].ui, context["desk"].name)).brief()


@pass_context
def _party(context: Context, code: str) -> str:
    return printable(str(context["desk"].name(code)))


@pass_context
def _counted(context: Context, number: int, kind: str) -> str:
    """A number and what it counts: "2 reports"."""
    return counted(number, kind, context["desk"].ui)


@pass_context
def _grouped(context: Context, number: int) -> str:
    """A number with its thousands apart."""
    return f"{number:,}".replace(",", "," if context["desk"].ui == "en" else "\N{NO-BREAK SPACE}")


@pass_context
def _days_left(context: Context, dossier: Dossier) -> str:
    """How far a deadline is away: "in 3 days", "12 days ago"; of one long past or far ahead the day."""
    desk = context["desk"]
    end = last_day(dossier.due) if dossier.due else None
    left = (end - desk.today).days if end else None
    if left is None or abs(left) > _FAR:
        return _day(context, dossier.due)
    if left in (0, 1):
        return str(desk.word(f"today/left/{left}"))
    return str(desk.word("today/left" if left > 0 else "today/passed", days=counted(abs(left), "day", desk.ui)))


@pass_context
def _reason(context: Context, reason: str) -> str:
    """Why two dossiers are perhaps one."""
    return say_reason(reason, context["desk"].ui)


@pass_context
def _message(context: Context, finding: Discrepancy) -> str:
    """What was found, with the arithmetic, on one line."""
    return printable(one_line(message_of(finding, context["desk"].ui)))


@pass_context
def _note(context: Context, finding: Finding) -> str:
    """What the reader itself found odd in a report, on one line."""
    return printable(one_line(say_note(finding, context["desk"].ui)))


@pass_context
def _event(context: Context, event: Event) -> str:
    """What happened, in one sentence."""
    return say_entry(event.kind, event.report, event.records, event.body, context["desk"].ui)


@pass_context
def _said(context: Context, events: Sequence[Event]) -> str:
    """What was just decided: one thing in a sentence with the record that it concerns, several of a kind counted."""
    first, desk = events[0], context["desk"]
    if len(events) > 1:
        numbers = ", ".join(map(str, sorted({number for event in events for number in event.records})))
        return str(desk.word(f"said/{first.kind}", count=len(events), records=numbers))
    undone = desk.ledger.event(first.body["entry"]) if first.kind == "undo" else None
    own = undone or first
    about = desk.ledger.records(own.records) if own.kind in _OF_ONE else ()
    said = [_event(context, first), *([_event(context, undone)] if undone else [])]
    return ": ".join([*said, *(_sentence(context, told.record) for told in about)])
