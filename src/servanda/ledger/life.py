"""The records of one thing -> its dossier as of a day: what was told, by whom, and how it stands. Pure.

Order of arrival does not matter: records are laid out by the day of their report, then by number. Reports that were
withdrawn are kept and shown, but nothing is built on them while others stand.
"""

from collections.abc import Sequence
from datetime import date

from servanda.ledger.days import published
from servanda.ledger.origins import find_grade, find_origins
from servanda.ledger.performance import CLOSED, find_deeds, fold_dues, fold_progress, judge
from servanda.ledger.points import fold_points
from servanda.ledger.rewrites import mark_rewrites
from servanda.ledger.steps import fold_steps, furthest
from servanda.ledger.words import Speaker, Words, rough_words, unknown_speaker
from servanda.model.dossier import Dossier, Possible, StepTold, Told, find_fullest, parties_of
from servanda.model.edtf import last_day
from servanda.model.reading import Figure, Instrument, Meeting, Undertaking


def make_dossier(
    id: str,
    told: Sequence[Told],
    *,
    under: str | None = None,
    possible: Sequence[Possible] = (),
    as_of: date | None = None,
    speaker: Speaker = unknown_speaker,
    words: Words = rough_words,
) -> Dossier:
    """What the records tell together. Reports published after `as_of` are left out by who calls.

    Without a day things stand as they do on that of the last report. `speaker` knows for which party a source speaks,
    `words` the lemmas by which two names of one source are compared.
    """
    told = mark_rewrites(_laid_out(told), words)
    standing = _standing(told)
    reported = [t for t in told if t.carrier.published]
    day = as_of or _last_day(told)
    origins = find_origins(standing, words, speaker)
    deeds = find_deeds(standing, speaker)
    dues = fold_dues(deeds)
    steps = fold_steps(standing, day)
    points = fold_points(standing, {number: origin[0] for origin in origins for number in origin})
    return Dossier(
        id=id,
        type=told[0].record.type,
        told=tuple(told),
        parties=_parties(standing),
        status=_status(standing, steps, judge(deeds, dues[-1].due if dues else None, day)),
        first=reported[0].carrier.published if reported else None,
        last=reported[-1].carrier.published if reported else None,
        as_of=as_of.isoformat() if as_of else None,
        due=dues[-1].due if dues else None,
        dues=dues,
        under=under,
        steps=steps,
        progress=fold_progress(deeds),
        points=points,
        grade=find_grade([t for t in standing if t.record.certainty != "denied"] or standing, speaker),
        origins=origins,
        possible=tuple(sorted(possible, key=lambda p: (-p.score, p.dossier))),
    )


def find_open_deadline(told: Sequence[Told], speaker: Speaker = unknown_speaker) -> date | None:
    """The last day of the deadline in force of an undertaking that is not done on the day of the last report."""
    told = _laid_out(told)
    deeds = find_deeds(_standing(told), speaker)
    dues = fold_dues(deeds)
    if not dues or judge(deeds, dues[-1].due, _last_day(told)) in CLOSED:
        return None
    return last_day(dues[-1].due)


def _laid_out(told: Sequence[Told]) -> list[Told]:
    return sorted(told, key=lambda t: (published(t), t.id))


def _standing(told: Sequence[Told]) -> Sequence[Told]:
    """What is built on: all but the withdrawn, while others stand."""
    return [t for t in told if not t.carrier.withdrawn] or told


def _last_day(told: Sequence[Told]) -> date:
    """The day of the last report."""
    return max((published(t) for t in told if t.carrier.published), default=date.min)


def _parties(told: Sequence[Told]) -> tuple[str, ...]:
    """Those of the fullest record in its order, then whom others name."""
    others = sorted({party for t in told for party in parties_of(t.record)})
    return tuple(dict.fromkeys((*parties_of(find_fullest(told).record), *others)))


def _status(told: Sequence[Told], steps: Sequence[StepTold], performance: str) -> str:
    """How the thing stands; denied where nobody tells it otherwise."""
    telling = [t.record for t in told if t.record.certainty != "denied"]
    match next(iter(telling), None):
        case None:
            return "denied"
        case Instrument():
            return furthest(steps)
        case Undertaking():
            return performance
        case Figure():
            return "forecast" if all(isinstance(r, Figure) and r.forecast for r in telling) else "reported"
        case Meeting():
            return _meeting_status([r for r in telling if isinstance(r, Meeting)])


def _meeting_status(meetings: Sequence[Meeting]) -> str:
    """By the latest report; what was held stays so."""
    return "held" if any(m.status == "held" for m in meetings) else meetings[-1].status
