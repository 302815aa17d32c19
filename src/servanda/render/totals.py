"""Sums and series over dossiers -> lines for a terminal, each with the dossiers that it rests on."""

from collections.abc import Iterator, Sequence
from typing import get_args

from servanda.model.dossier import Point
from servanda.model.reading import Amount
from servanda.model.totals import LeftOut, Series, Sum, Totals, WhyLeft
from servanda.render.amounts import render_amount, render_amounts, render_change
from servanda.render.cards import Writer
from servanda.render.dates import render_period
from servanda.render.names import Namer
from servanda.render.text import BOLD, DIM, Paper, Run, fill
from servanda.render.words import verbs

_INDENT = "  "


def render_totals(totals: Totals, paper: Paper, name: Namer, series: Sequence[Series] = ()) -> str:
    """Sums with what they counted, series, and at the end what was left out and why; ends in a line feed."""
    writer = Writer(paper.ui, name)
    lines = list(fill([(writer.word("totals"), BOLD)], paper))
    for found in totals.sums:
        lines += fill([(_INDENT, ""), *_sum(found, writer)], paper, _INDENT * 2)
    lines += [line for one in series for line in ("", *_series(one, paper, writer))]
    if totals.left_out:
        lines += ["", *fill([(writer.word("left_out"), BOLD)], paper)]
    for said in say_left_out(totals.left_out, paper.ui, name):
        lines += fill([(_INDENT + said, "")], paper, _INDENT * 2)
    return "\n".join(lines) + "\n"


def say_sum(found: Sum, ui: str, name: Namer) -> list[str]:
    """A sum in phrases: its stage, the act, from whom to whom, how much."""
    writer, verb = Writer(ui, name), verbs()[found.act]
    sides = " → ".join(writer.names(side) for side in (found.by, found.to) if side)
    act = verb.base if ui == "en" else verb.ru_inf
    return [phrase for phrase in (writer.word(f"stage/{found.stage}"), act, sides, _between(found, writer)) if phrase]


def say_left_out(left_out: Sequence[LeftOut], ui: str, name: Namer) -> Iterator[str]:
    """What was left out, a phrase for each reason."""
    for why in get_args(WhyLeft):
        if left := [o for o in left_out if o.why == why]:
            yield _left(why, left, Writer(ui, name))


def _sum(found: Sum, writer: Writer) -> Iterator[Run]:
    stage, *between, amount = say_sum(found, writer.ui, writer.name)
    yield stage, BOLD
    yield "".join(f" · {phrase}" for phrase in between), ""
    yield f" · {amount}", BOLD
    yield f" · {', '.join(found.counted)}", DIM
    if found.doubtful:
        yield f" ({writer.word('doubtful')}: {', '.join(found.doubtful)})", DIM


def _between(found: Sum, writer: Writer) -> str:
    if found.high is None:
        return f"{writer.word('at_least')} {render_amount(Amount(found.low, found.unit), writer.ui)}"
    if found.low == found.high:
        return render_amount(Amount(found.low, found.unit), writer.ui)
    if not found.low:
        return render_amount(Amount(found.high, found.unit, "under"), writer.ui)
    ends = (Amount(found.low, found.unit, "over"), Amount(found.high, found.unit, "under"))
    return ", ".join(render_amounts(ends, writer.ui))


def _left(why: WhyLeft, left: Sequence[LeftOut], writer: Writer) -> str:
    """What was left out for one reason."""
    return f"{writer.word(f'left/{why}')}: " + ", ".join(f"{o.dossier} ({o.of})" if o.of else o.dossier for o in left)


def _series(series: Series, paper: Paper, writer: Writer) -> list[str]:
    """The values of a figure by period, targets beside what was reached."""
    rows = [(_period(p, writer), _value(p, writer)) for p in series.points]
    width = max((len(period) for period, _ in rows), default=0)
    title = f"{writer.word(f'metric/{series.metric}')}: {' → '.join(map(writer.name, series.who))}"
    if series.metric not in ("exports", "imports"):
        title = f"{writer.word(f'metric/{series.metric}')}: {writer.names(series.who)}"
    lines = list(fill([(title, BOLD), (f" · {', '.join(series.dossiers)}", DIM)], paper, _INDENT))
    for period, value in rows:
        lines += fill([(_INDENT + period.ljust(width) + _INDENT, ""), (value, "")], paper, " " * (width + 4))
    return lines


def _period(point: Point, writer: Writer) -> str:
    return render_period(point.period, writer.ui) if point.period else writer.word("no_period")


def _value(point: Point, writer: Writer) -> str:
    """The value, its changes, and what it is: a target, a forecast, revised since."""
    amount = [render_amount(point.amount, writer.ui)] if point.amount else []
    said = [*amount, *filter(None, (render_change(c, writer.ui) for c in point.changes))]
    marks = [writer.word(key) for key in ("target", "forecast", "revised") if getattr(point, key)]
    return (", ".join(said) or writer.word("no_value")) + (f" ({', '.join(marks)})" if marks else "")
