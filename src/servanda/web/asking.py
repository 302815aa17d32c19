"""The address of a list -> what it asks the ledger for, and the words in which a page says so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import get_args

from servanda.errors import InputError
from servanda.ledger.due import awaits
from servanda.ledger.listing import Listed, Listing, Order, Sought
from servanda.ledger.questions import Term, find_marks, parse_terms
from servanda.ledger.views import View, Wanted
from servanda.model.dossier import Dossier, Told
from servanda.model.edtf import last_day
from servanda.model.spans import Span
from servanda.render.words import verbs
from servanda.web.desk import Desk

TYPES = ("instrument", "undertaking", "figure", "meeting")
_FURTHER = ("since", "until", "due_from", "due_to", "overdue", "waiting")
FACETS = ("type", "act", "status", "party", "agency")
_ORDERS: tuple[Order, ...] = get_args(Order)
_PAGE, _MOST = 25, 200  # dossiers on a page, and at most
_PORTION = 100  # dossiers loaded at once
_SEEN = 5_000  # of those seen from an earlier day
_QUOTED = 2  # records of a dossier whose words are shown


@dataclass(frozen=True)
class Asking:
    """One list of dossiers, as its address has it. InputError where a value of the address cannot be used."""

    desk: Desk

    @cached_property
    def words(self) -> str:
        """The words looked for."""
        return self.desk.asked("q")

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The same, parsed."""
        served = self.desk.served
        return parse_terms(self.words, self.desk.ledger.tongue.words, served.party_lemmas.get) if self.words else ()

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """Codes of the parties that all have to be in it."""
        return tuple(dict.fromkeys(map(self.desk.served.party_code, self.desk.all_asked("party"))))

    @cached_property
    def sought(self) -> Sought:
        """What is asked of the index."""
        desk = self.desk
        strange = [one for one in desk.all_asked("type") if one not in TYPES]
        order = desk.asked("order") or "last"
        if strange or order not in _ORDERS:
            which = "type" if strange else "order"
            known = TYPES if strange else _ORDERS
            raise InputError(which, f"{(strange or [order])[0][:40]!r} is none", f"give one of {', '.join(known)}")
        return Sought(
            parties=self.parties,
            types=desk.all_asked("type"),
            acts=desk.all_asked("act"),
            statuses=desk.all_asked("status"),
            agencies=desk.all_asked("agency"),
            since=desk.day("since"),
            until=desk.day("until"),
            due_from=desk.day("due_from") or (date.min if order == "due" and not desk.is_on("overdue") else None),
            due_to=desk.day("due_to"),
            overdue=desk.is_on("overdue"),
            waiting=desk.is_on("waiting"),
            terms=self.terms,
            order=next(one for one in _ORDERS if one == order),
            limit=desk.number("limit", _PAGE, _MOST),
            offset=desk.number("offset", 0),
        )

    @property
    def is_now(self) -> bool:
        """Whether the index can answer."""
        return self.desk.as_of is None and self.desk.known_at is None

    def page(self, due: bool = False) -> Listing:
        """The page of the list; of an earlier day what is found by words, parties, types, acts and days.

        `due`: of what has a deadline alone, in its order.
        """
        if self.is_now:
            return self.desk.ledger.listing(self._by_deadline() if due else self.sought)
        sought = self._by_deadline() if due else self.sought
        found = list(islice(self._then(sought), sought.offset, sought.offset + sought.limit + 1))
        return Listing(tuple(found[: sought.limit]), sought.offset + len(found), len(found) > sought.limit)

    def _by_deadline(self) -> Sought:
        return replace(self.sought, due_from=self.sought.due_from or date.min, order="due")

    def facets(self) -> dict[str, tuple[tuple[str, int], ...]]:
        """Values and their counts; those of a facet of which some are chosen as if none were: several mean any."""
        if not self.is_now:
            return {}
        sought, count = self.sought, self.desk.ledger.facets
        found = dict(count(sought).values)
        chosen = {"type": "types", "act": "acts", "status": "statuses", "agency": "agencies"}
        for name, field in chosen.items():
            if getattr(sought, field):
                found[name] = count(replace(sought, **{field: ()})).values[name]  # type: ignore[arg-type]
        return found

    def all(self, most: int, due: bool = False) -> Iterator[Dossier]:
        """The dossiers of the list from its beginning, whole, at most so many; memory holds a portion.

        `due`: those with a deadline alone, in its order.
        """
        sought = self._by_deadline() if due else self.sought
        if not self.is_now:
            yield from (one.dossier for one in islice(self._then(sought), most))
            return
        for offset in range(0, most, _PORTION):
            rows = self.desk.ledger.listing(replace(sought, offset=offset, limit=min(_PORTION, most - offset))).rows
            yield from self.desk.ledger.dossiers([row.dossier.id for row in rows], self.desk.view)
            if len(rows) < _PORTION:
                return

    def _then(self, sought: Sought) -> Iterator[Listed]:
        """The list seen from an earlier day, made anew; at most so many."""
        for one in islice((one for one in self._made(sought) if _fits(one, sought, self.desk.view)), _SEEN):
            reports = len({t.carrier.report for t in one.told})
            yield Listed(one, reports, len(one.told), len(one.origins), 0, 0, 0)

    def _made(self, sought: Sought) -> Iterator[Dossier]:
        ledger, view = self.desk.ledger, self.desk.view
        wanted = Wanted(sought.parties, sought.types, sought.acts, sought.since, sought.until)
        if sought.terms:
            return (hit.dossier for hit in ledger.search(sought.terms, wanted, view))
        if sought.order == "due":
            return ledger.due(view, parties=sought.parties, first=sought.due_from, last=sought.due_to)
        return ledger.find(wanted, view)

    def hits(self, rows: Sequence[Listed]) -> dict[str, list[tuple[Told, list[Span]]]]:
        """Of each dossier on the page the records that hold the words, with the places of the words in their quotes."""
        numbers = {int(row.dossier.id[1:]): row.dossier.id for row in rows}
        found = self.desk.ledger.found_in(self.sought, list(numbers)) if self.is_now else {}
        return {numbers[home]: [(one, self.marks(one)) for one in told[:_QUOTED]] for home, told in found.items()}

    def marks(self, told: Told) -> list[Span]:
        """Where the words stand in a quote."""
        return list(find_marks(self.terms, self.desk.served.find_lemmas(told.record.quote)))

    @property
    def is_further(self) -> bool:
        """Whether more is asked for than words, a party and an order."""
        return any(self.desk.asked(name) for name in _FURTHER)

    def chosen(self) -> Iterator[tuple[str, str, str]]:
        """What narrows the list: name and value in the address, and how a page says it."""
        for name in (*FACETS, *_FURTHER):
            for value in self.desk.all_asked(name):
                yield name, value, self.say(name, value)

    def say(self, name: str, value: str) -> str:
        """A value of the address in words."""
        desk = self.desk
        if name == "party":
            return desk.name(desk.served.party_code(value))
        if name in ("overdue", "waiting"):
            return desk.word(f"lists/{name}")
        if name in ("since", "until", "due_from", "due_to"):
            return f"{desk.word(f'lists/{name}')} {value}"
        return say_value(desk, name, value)


def _fits(made: Dossier, sought: Sought, view: View) -> bool:
    """What an index would have narrowed by."""
    end = last_day(made.due) if made.due and awaits(made) else None
    due = (
        sought.due_from is None or (end is not None and end >= sought.due_from),
        sought.due_to is None or (end is not None and end <= sought.due_to),
        not sought.overdue or (end is not None and view.on is not None and end < view.on),
    )
    return (
        all(due)
        and (not sought.types or made.type in sought.types)
        and (not sought.statuses or made.status in sought.statuses)
        and (not sought.agencies or any(t.carrier.agency in sought.agencies for t in made.told))
        and (not sought.waiting or any(t.review is None for t in made.told))
    )


def say_value(desk: Desk, name: str, value: str) -> str:
    """A type, act or status in words."""
    tables = ("lists/act", "kind", "metric", "meeting")
    keys = {"type": ("lists/type",), "status": ("lists/status", "brief", "step", "status"), "act": tables}
    for table in keys.get(name, ()):
        if found := desk.words.get(f"{table}/{value}"):
            return found if name == "type" else found[:1].lower() + found[1:]
    verb = verbs().get(value) if name == "act" else None
    return value if verb is None else verb.ru_inf if desk.ui == "ru" else verb.base
