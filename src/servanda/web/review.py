"""The review queue: the records that no person has seen, one of them in focus with what is known of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from fastapi import APIRouter
from starlette.responses import Response

from servanda.ledger.queue import Waiting, WaitingOrder
from servanda.web.desk import At, Desk
from servanda.web.focus import make_focus
from servanda.web.report import make_field

router = APIRouter()
ORDERS: Sequence[WaitingOrder] = ("rank", "doubt", "weight", "last")
TYPES = ("undertaking", "instrument", "figure", "meeting")
_BEFORE, _LISTED = 2, 8  # neighbours listed before the record in focus, and in all


@dataclass
class Queue:
    """The queue as the address asks for it: `n` is the place in it, `at` a record that is looked at wherever it is."""

    desk: Desk

    @cached_property
    def order(self) -> WaitingOrder:
        """By what is to be expected of a look: doubt, consequence, both, or the day."""
        asked = self.desk.asked("order")
        return next((one for one in ORDERS if one == asked), ORDERS[0])

    @cached_property
    def place(self) -> int:
        """How many records come before the one in focus."""
        return self.desk.number("n", 0)

    @cached_property
    def first(self) -> int:
        """How many come before the first that is listed."""
        return max(0, self.place - _BEFORE)

    @cached_property
    def types(self) -> tuple[str, ...]:
        """The types of records that are wanted."""
        return tuple(one for one in self.desk.all_asked("type") if one in TYPES)

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """The parties that are wanted, by their codes."""
        return tuple(map(self.desk.served.party_code, self.desk.all_asked("party")))

    @cached_property
    def agencies(self) -> tuple[str, ...]:
        """The agencies that are wanted."""
        return self.desk.all_asked("agency")

    @cached_property
    def _page(self) -> tuple[Sequence[Waiting], int]:
        return self.desk.ledger.waiting(
            self.order,
            types=self.types,
            parties=self.parties,
            agencies=self.agencies,
            limit=_LISTED,
            offset=self.first,
        )

    @property
    def rows(self) -> Sequence[Waiting]:
        """The record in focus among its neighbours."""
        return self._page[0]

    @property
    def total(self) -> int:
        """How many records wait."""
        return self._page[1]

    @cached_property
    def number(self) -> int | None:
        """The record in focus; None where none is left."""
        asked = self.desk.number("at", 0)
        here = self.rows[self.place - self.first :] or self.rows[-1:]
        return asked or next((row.told.id for row in here), None)

    @property
    def is_waiting(self) -> bool:
        """Whether the record in focus is one of the queue."""
        return any(row.told.id == self.number for row in self.rows)

    def link(self, n: int) -> str:
        """The address of a place in the queue."""
        return self.desk.link(n=n or None, at=None, field=None, said=None)

    @property
    def next(self) -> str:
        """The address of the next record; what was just decided left its place to it."""
        return self.link(min(self.place + self.is_waiting, max(0, self.total - 1)))

    @property
    def previous(self) -> str:
        """The address of the one before."""
        return self.link(max(0, self.place - 1))

    @property
    def after(self) -> str:
        """The address to which a decision leads: the next one moves up into this place."""
        return self.link(self.place)

    @property
    def stay(self) -> str:
        """The address of the record in focus, whether it waits or not."""
        return self.desk.link(n=self.place or None, at=self.number, field=None, said=None)


@router.get("/review")
def show_queue(desk: At) -> Response:
    """The record in focus, its neighbours, and how many are left; `field` is one that is corrected."""
    queue = Queue(desk)
    focus = make_focus(desk, queue.number) if queue.number else None
    if queue.number and focus is None:  # it was rejected, or is no more
        return desk.go(queue.after)
    if queue.total and not queue.rows:
        return desk.go(queue.link(queue.total - 1))
    path = desk.asked("field")
    kept = desk.ledger.kept(focus.told.carrier.report) if focus and path else None
    return desk.page(
        "review.html",
        queue=queue,
        focus=focus,
        kept=kept,
        field=make_field(desk, kept, focus.told.id, path) if focus and kept else None,
        doubles=desk.ledger.doubles(limit=1)[1],
        orders=ORDERS,
        types=TYPES,
    )
