"""Records of one undertaking -> who reports which progress, the deadlines told, and how it stands on a day. Pure.

Nothing here concludes that a promise was broken: a deadline that passes in silence is `overdue_no_report`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from servanda.ledger.amounts import falls_short
from servanda.ledger.days import Reach, published, reach, same_end
from servanda.ledger.origins import is_unnamed
from servanda.ledger.words import Speaker
from servanda.model.dossier import DueTold, ProgressTold, Side, Told
from servanda.model.edtf import OPEN, last_day
from servanda.model.reading import Amount, Record, Undertaking
from servanda.model.terms import Progress

CLOSED = ("did", "performed", "performed_late", "cancelled", "denied")  # nothing is left to be done
_DONE = ("fulfilled", "under_way")
_ORDER = {p.value: rank for rank, p in enumerate(Progress)}
_CERTAINTY = ("stated", "possible", "denied")
_WEIGHT = ("under_way", "fulfilled", "delayed", "suspended", "cancelled", "broken")  # of reports of one day
_STANDING = {
    "under_way": "in_progress",
    "delayed": "delayed",
    "suspended": "suspended",
    "broken": "reported_not_performed",
    "cancelled": "cancelled",
}


@dataclass(frozen=True, slots=True)
class Deed:
    """A record of an undertaking with who reports it."""

    told: Told
    record: Undertaking
    reporter: str | None

    @property
    def done_on(self) -> str | None:
        """The day of what was done, where it is told: neither a deadline nor a day to come."""
        when = self.record.when
        told_of = self.record.progress == "fulfilled" and when and not when.startswith(OPEN)
        return when if told_of else None

    @property
    def side(self) -> Side:
        gives, takes = self.reporter in self.record.by, self.reporter in self.record.to
        if self.reporter is None:
            return "unknown"
        return "both" if gives and takes else "giver" if gives else "taker" if takes else "third"


def find_deeds(told: Sequence[Told], speaker: Speaker) -> list[Deed]:
    """The undertakings among the records; the speaker's side is that of the party he speaks for."""
    return [Deed(t, t.record, _reporter(t, speaker)) for t in told if isinstance(t.record, Undertaking)]


def _reporter(told: Told, speaker: Speaker) -> str | None:
    source = told.record.source
    return speaker(source) if source and not is_unnamed(source) else None


@dataclass(slots=True)
class _Line:
    """One report of progress by one side, and all who carry it; the first to be put here tells it most exactly."""

    deed: Deed
    reach: Reach
    told: list[Told] = field(default_factory=list)


def fold_progress(deeds: Sequence[Deed]) -> tuple[ProgressTold, ...]:
    """Progress by the day of the deed, else of the report; each side's word is a line of its own.

    An announcement is one however often it is repeated; so is a thing done, where the days told do not part.
    """
    lines: dict[tuple[object, ...], list[_Line]] = defaultdict(list)
    for deed in sorted(deeds, key=_exactness):
        days = _reach(deed)
        alike = lines[deed.record.progress, deed.reporter, deed.record.certainty == "denied"]
        line = next((line for line in alike if line.reach.meets(days)), None)
        if line is None:
            alike.append(line := _Line(deed, days))
        line.told.append(deed.told)
    return tuple(sorted((_say(line) for alike in lines.values() for line in alike), key=_place))


def _reach(deed: Deed) -> Reach:
    """When it may have been: of a state that lasts, the days of its report."""
    if deed.record.progress == "announced":
        return Reach(date.min, date.max)
    if deed.record.progress == "fulfilled":
        return reach(deed.done_on, deed.told)
    return reach(deed.told.carrier.published, deed.told)


def _exactness(deed: Deed) -> tuple[object, ...]:
    days = _reach(deed)
    return deed.done_on is None, days.days, days, published(deed.told), deed.told.id


def _say(line: _Line) -> ProgressTold:
    tellers = sorted(line.told, key=lambda t: (published(t), t.id))
    certainty = min((t.record.certainty for t in tellers), key=_CERTAINTY.index)
    return ProgressTold(
        line.deed.record.progress,
        line.deed.done_on or tellers[0].carrier.published,
        line.deed.reporter,
        line.deed.side,
        tuple(t.id for t in tellers),
        certainty,
    )


def _place(progress: ProgressTold) -> tuple[object, ...]:
    return progress.date or "9999", _ORDER[progress.progress], progress.reporter or "", progress.told


def fold_dues(deeds: Sequence[Deed]) -> tuple[DueTold, ...]:
    """Deadlines in the order in which they were told, the last in force; one said again, or more coarsely, is one."""
    dues: list[DueTold] = []
    for deed in deeds:
        when = deed.record.when
        if not when or deadline_of(deed.record) is None:
            continue
        if dues and same_end(dues[-1].due, when):
            finer = max(dues[-1].due, when, key=lambda due: len(due.rpartition("/")[2]))
            dues[-1] = DueTold(finer, (*dues[-1].told, deed.told.id))
        else:
            dues.append(DueTold(when, (deed.told.id,)))
    return tuple(dues)


def deadline_of(record: Record) -> date | None:
    """The last day of the deadline that an undertaking tells; what is done or denied has none."""
    if not isinstance(record, Undertaking) or record.certainty == "denied" or record.progress == "fulfilled":
        return None
    return last_day(record.when) if record.when else None


def judge(deeds: Sequence[Deed], due: str | None, day: date) -> str:
    """How the undertaking stands on a day, by what was reported: one of `Performance`."""
    telling = [d for d in deeds if d.record.certainty != "denied"]
    if not telling:
        return "denied"
    news = [d for d in telling if d.record.certainty == "stated" and d.record.progress != "announced"]
    news.sort(key=lambda d: (published(d.told), _WEIGHT.index(d.record.progress)))
    if not news or news[-1].record.progress in ("under_way", "delayed"):
        if any(d.record.progress == "fulfilled" for d in news):
            return _how_done(telling, due, the_rest=True)
        if _is_overdue(telling, news, due, day):
            return "overdue_no_report"
        return _STANDING[news[-1].record.progress] if news else "open"
    last = news[-1].record.progress
    return _how_done(telling, due) if last == "fulfilled" else _STANDING[last]


def _is_overdue(telling: Sequence[Deed], news: Sequence[Deed], due: str | None, day: date) -> bool:
    """Whether the deadline has passed and no report since says how it stands.

    Bans and leave have no deadline; one that had passed when it was first told is history.
    """
    end = last_day(due) if due else None
    if end is None or day <= end or not all(is_promise(d.record) for d in telling):
        return False
    if min(published(d.told) for d in telling) > end:
        return False
    return not news or published(news[-1].told) <= end


def is_promise(record: Undertaking) -> bool:
    """Whether it is to be done by a day: bans and leave only end then."""
    return record.modality not in ("prohibition", "permission")


def _how_done(telling: Sequence[Deed], due: str | None, the_rest: bool = False) -> str:
    """Done: in full, late, in part, or, where nobody had promised it, just done.

    `the_rest`: reports after it say that something is still under way or delayed.
    """
    done = [d for d in telling if d.record.progress == "fulfilled" and d.record.certainty == "stated"]
    promised = [d for d in telling if d.record.progress not in _DONE]
    if not promised:
        return "in_progress" if the_rest else "did"
    if the_rest or falls_short(_amounts(done), _amounts(promised)):
        return "partly_performed"
    end = last_day(due) if due else None
    days = [reach(d.done_on, d.told).first for d in done if d.done_on]
    return "performed_late" if end and days and min(days) > end else "performed"


def _amounts(deeds: Iterable[Deed]) -> list[Amount]:
    return [amount for deed in deeds for amount in deed.record.amounts]
