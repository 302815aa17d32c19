"""The page of a report: its text with the words of each record lit, the records beside it, and deciding on them."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from fastapi import APIRouter, HTTPException
from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from servanda.checks import check_dossier
from servanda.errors import InputError
from servanda.ledger.found import FindingsWanted
from servanda.ledger.given import kind_at
from servanda.ledger.kept import Kept
from servanda.model.dossier import Carrier, Discrepancy, Dossier, Told
from servanda.model.reading import Mention
from servanda.model.reading import plain as as_json
from servanda.model.report import Report
from servanda.web import items
from servanda.web.blocks import make_blocks
from servanda.web.decisions import Decision, Sent, answer
from servanda.web.desk import At, Desk
from servanda.web.templating import report_url
from servanda.web.widgets import Maker, Widget, read_record, read_spans, read_value

router = APIRouter()
TYPES = ("undertaking", "instrument", "figure", "meeting")
_MOST = 200  # findings of one report
_READ = 16  # reports whose mentions are remembered


@router.get("/report")
def show_report(desk: At) -> Response:
    """A report and its records; `record` is the one that is lit, `field` one of its fields that is corrected."""
    kept = _kept(desk)
    maker = items.Maker(kept, *_known(desk, kept), desk.ui, desk.name)
    shown = maker.items()
    text = kept.carrier.text
    now = _now(desk, shown)
    return desk.page(
        "report.html",
        kept=kept,
        items=shown,
        now=now,
        blocks=make_blocks(text, [i.told for i in shown if not i.older and i.state != "rejected"]) if text else [],
        of_reader=maker.of_reader(),
        marks=[e for e in kept.decided if e.kind in ("withdraw", "purge")],
        field=make_field(desk, kept, now, desk.asked("field")) if now >= 0 and desk.asked("field") else None,
    )


@router.get("/report/field")
def show_field(desk: At) -> Response:
    """The form that corrects one field of a record."""
    kept = _kept(desk)
    return desk.page(
        "report_field.html", kept=kept, field=make_field(desk, kept, _asked(desk, kept), desk.asked("field"))
    )


@router.get("/report/new")
def show_new(desk: At) -> Response:
    """The form that adds a record that was missed; without `type` it asks for that."""
    kept, type = _kept(desk), desk.asked("type")
    widgets: list[Widget] = []
    if type in TYPES:
        widgets = list(Maker(type, desk.ui, lambda code: _say_party(desk, code)).all())
    start, end = desk.number("start", 0), desk.number("end", 0)
    words = (kept.carrier.text or "")[start:end]
    return desk.page(
        "report_new.html", kept=kept, type=type, types=TYPES, widgets=widgets, start=start, end=end, words=words
    )


@router.get("/report/mentions")
def show_mentions(desk: At) -> Response:
    """What the words of a report mean, wherever they stand: times, amounts, parties, people, places, instruments."""
    carrier = _kept(desk).carrier
    if carrier.text is None:
        return JSONResponse([])
    found = _mentions(desk.served.readers.mentions, _report_of(carrier))
    return JSONResponse([m for one in found if (m := _mention(desk, one))], headers={"cache-control": "max-age=600"})


@router.post("/report/correct")
def correct(desk: At, form: Sent) -> Response:
    """Set a field of a record to what a form gives, or empty it."""
    number, path = _number(form, "record"), str(form.get("path", ""))
    told = _told(desk, number, str(form.get("report", "")))
    kind = kind_at(told.record.type, path)
    if kind is None:
        raise InputError(path, "there is no such field", "choose one of the page")
    spans = read_spans(form, path)
    if form.get("empty"):
        path, value, spans = *_without(told, path), []
    else:
        value = read_value(form, path, kind, desk.served.party_code)
    decision = Decision(what="correct", records=[number], path=path, value=value, spans=spans, **_how(desk, form))
    return answer(desk, decision, form, str(form.get("back", "")) or report_url(told.carrier.report, number))


@router.post("/report/add")
def add(desk: At, form: Sent) -> Response:
    """Add a record that was missed."""
    report, sort = str(form.get("report", "")), str(form.get("type", ""))
    if sort not in TYPES:
        raise InputError("type", "is no type of record", f"choose one of {', '.join(TYPES)}")
    record = read_record(form, sort, desk.served.party_code)
    kept = desk.ledger.kept(report)
    text = (kept.carrier.text if kept else None) or ""
    spans = read_spans(form, "quote")
    record["quote"] = " … ".join(text[start:end] for start, end in spans)
    record["evidence"]["quote"] = [list(span) for span in spans]
    return answer(desk, Decision(what="add", report=report, value=record, **_how(desk, form)), form, report_url(report))


def _how(desk: Desk, form: FormData) -> dict[str, Any]:
    """Who decides, why, and the last entry when the form was made."""
    seen = _number(form, "seen") if form.get("seen") else None
    return {"who": desk.who, "why": str(form.get("why", "")).strip(), "seen": seen}


def _kept(desk: Desk) -> Kept:
    """The version of the report that is asked for."""
    report, version = desk.asked("id"), desk.number("version", 0)
    kept = desk.ledger.kept(report, version or None)
    if kept is None:
        raise HTTPException(404, desk.word("report/none", id=report[:200]))
    return kept


def _known(desk: Desk, kept: Kept) -> tuple[dict[str, Dossier], list[Discrepancy]]:
    """The dossiers of a report's records, and the findings that cite it: as the index has them, or made anew."""
    homes = sorted(set(kept.homes.values()))
    if not desk.view.is_now:
        dossiers = desk.ledger.dossiers(homes, desk.view)
        return {one.id: one for one in dossiers}, [f for one in dossiers for f in check_dossier(one)]
    found = {one.dossier.id: one.dossier for one in desk.ledger.listed([int(home[1:]) for home in homes])}
    left = [home for home in homes if home not in found]  # the index is behind
    found |= {one.id: one for one in desk.ledger.dossiers(left, desk.view)} if left else {}
    return found, desk.ledger.find_stored(FindingsWanted(report=kept.carrier.report, limit=_MOST))[0]


def _now(desk: Desk, shown: list[items.Item]) -> int:
    """The number of the record that is lit, the one just added unless another is named; -1 for none."""
    added = next((event.records[0] for event in desk.said if event.kind == "add" and event.records), -1)
    number = desk.number("record", 0) if desk.asked("record") else added
    return number if any(i.told.id == number for i in shown) else -1


def _asked(desk: Desk, kept: Kept) -> int:
    number = desk.number("record", 0)
    if all(t.id != number for t in kept.told):
        raise HTTPException(404, desk.word("report/no_record", record=number))
    return number


def _told(desk: Desk, number: int, report: str) -> Told:
    """A record of the newest version of a report."""
    kept = desk.ledger.kept(report)
    found = next((t for t in kept.told if t.id == number), None) if kept else None
    if found is None:
        raise InputError(f"record {number}", "is no record of this report now", "load the page again")
    return found


def make_field(desk: Desk, kept: Kept, number: int, path: str) -> Mapping[str, Any]:
    """What the form for a field shows."""
    told = next(t for t in kept.told if t.id == number)
    kind = kind_at(told.record.type, path)
    if kind is None:
        raise HTTPException(404, desk.word("report/no_field", path=path[:80]))
    links = [
        (str(t.id), f"[{n}] {t.record.quote[:60]}")
        for n, t in enumerate(kept.told, 1)
        if t.id != number and (path != "under" or t.record.type == "instrument") and t.id in kept.homes
    ]
    maker = Maker(told.record.type, desk.ui, lambda code: _say_party(desk, code), links)
    value = {"under": told.under, "part_of": told.part_of}.get(path, items.value_at(told, path))
    spans = () if told.carrier.version != kept.carrier.version else told.record.evidence.get(path, ())
    return {"widget": maker.make(path, kind, value), "told": told, "spans": spans, "filled": value is not None}


def _without(told: Told, path: str) -> tuple[str, Any]:
    """The path and value by which a field is emptied: of a list, the list without that element."""
    name, *keys = path.split("/")
    if len(keys) == 1 and keys[0].isdigit():
        values = list(as_json(getattr(told.record, name)))
        return name, [v for n, v in enumerate(values) if n != int(keys[0])]
    return path, None


def _say_party(desk: Desk, code: str) -> str:
    """The name of a party where it leads back to its code, else the code."""
    name = str(desk.name(code))
    try:
        return name if desk.served.party_code(name) == code else code
    except InputError:
        return code


def _number(form: FormData, name: str) -> int:
    text = str(form.get(name, ""))
    if not (text.isascii() and text.isdecimal() and len(text) < 17):
        raise InputError(name, f"{text[:40]!r} is no number", "load the page again")
    return int(text)


def _report_of(carrier: Carrier) -> Report:
    text = carrier.text or ""
    return Report(carrier.report, text, carrier.published, carrier.lang, carrier.agency, carrier.url)


@lru_cache(maxsize=_READ)
def _mentions(find: Callable[[Report], Sequence[Mention]], report: Report) -> tuple[Mention, ...]:
    return tuple(find(report))


def _mention(desk: Desk, mention: Mention) -> Mapping[str, Any] | None:
    """A mention as the page's script takes it; None where it has no value."""
    value = as_json(mention.value)
    if value is None:
        return None
    if mention.type == "party":
        value = [_say_party(desk, code) for code in value]
    if mention.type == "person":
        value = dict(value, party=_say_party(desk, value["party"]) if value.get("party") else None)
    return {"type": mention.type, "start": mention.span.start, "end": mention.span.end, "value": value}
