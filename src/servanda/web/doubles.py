"""Dossiers that may be one, two at a time: side by side, with what differs, the words of each, and deciding on them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from fastapi import APIRouter
from starlette.responses import Response

from servanda.ledger.deciding import find_home, parse_number
from servanda.model.dossier import Dossier, Told
from servanda.render.fields import Fields, label_of, leaves
from servanda.render.reasons import say_reason
from servanda.web.desk import At, Desk

router = APIRouter()
_NOT_COMPARED = ("quote", "source", "via", "certainty", "under", "part_of")
_LAST = ("modality", "progress", "kind")  # of these most pairs tell the same
_QUOTED = 6  # reports quoted of each


@dataclass(frozen=True, slots=True)
class Line:
    """One field of both, in words; `differs` where both tell it, and not alike."""

    label: str
    sides: tuple[str, str]
    differs: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two dossiers, what their fields say, and the words of each, the fullest first."""

    sides: tuple[Dossier, Dossier]
    lines: Sequence[Line]
    told: tuple[Sequence[Told], Sequence[Told]]
    reasons: Sequence[str]


@router.get("/review/doubles")
def show_doubles(desk: At) -> Response:
    """A pair of the list, or the two that `a` and `b` name."""
    n, named = desk.number("n", 0), [parse_number(desk.asked(name)) for name in ("a", "b")]
    found, total = desk.ledger.doubles(limit=1, offset=n)
    if not found and total:  # the last was decided
        n = total - 1
        found, _ = desk.ledger.doubles(limit=1, offset=n)
    if not all(named):
        named = [parse_number(id) for one in found for id in (one.a, one.b)]
    sides = [find_home(desk.ledger, number) for number in named if number]
    pair = make_pair(desk, *sides) if len({side.id for side in sides}) == 2 else None
    waiting = desk.ledger.waiting(limit=1)[1]
    listed = not desk.asked("a")
    return desk.page("doubles.html", pair=pair, n=n, total=total, waiting=waiting, listed=listed)


def make_pair(desk: Desk, one: Dossier, other: Dossier) -> Pair:
    """Two dossiers beside each other."""
    reasons = next((p.reasons for p in one.possible if p.dossier == other.id), ())
    return Pair(
        sides=(one, other),
        lines=list(compare_fields(desk, one.fullest, other.fullest)),
        told=(_fullest_first(one), _fullest_first(other)),
        reasons=[say_reason(reason, desk.ui) for reason in reasons],
    )


def _fullest_first(dossier: Dossier) -> list[Told]:
    first = dossier.fullest
    return [first, *(t for t in reversed(dossier.told) if t.id != first.id)][:_QUOTED]


def compare_fields(desk: Desk, one: Told, other: Told) -> Iterator[Line]:
    """The fields that either tells, in the order of the record, those of lists joined."""
    sides = [_said(desk, told) for told in (one, other)]
    names = dict.fromkeys(key for pair in zip_longest(*sides) for key in pair if key)
    for name in sorted(names, key=lambda name: name in _LAST):
        left, right = (side.get(name, ()) for side in sides)
        differs = bool(left and right) and set(left) != set(right)
        yield Line(label_of(name, desk.ui), ("; ".join(left), "; ".join(right)), differs)


def _said(desk: Desk, told: Told) -> Mapping[str, Sequence[str]]:
    """The fields that are filled, by name, each with all its values in words."""
    fields, found = Fields(told.record, desk.ui, desk.name), dict[str, list[str]]()
    for path, value in leaves(told.record):
        name = "/".join(part for part in path.split("/") if not part.isdigit())
        if value not in (None, []) and name not in _NOT_COMPARED:
            found.setdefault(name, []).append(fields.said(path, value))
    return {name: list(dict.fromkeys(values)) for name, values in found.items()}
