"""What does not add up: a page of findings with their words side by side, and the same as a file or a feed."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from fastapi import APIRouter
from starlette.responses import Response

from servanda.checks import ALL
from servanda.errors import InputError
from servanda.exports.atom import FeedEntry
from servanda.exports.lists import table
from servanda.ledger.deciding import parse_number
from servanda.ledger.found import FindingsWanted
from servanda.model.dossier import Cited, Discrepancy
from servanda.model.reading import plain
from servanda.render.findings import LEVELS, message_of
from servanda.web.desk import At, Desk
from servanda.web.files import FEED, MOST, absolute, array, feed, refuse_view, stream
from servanda.web.templating import dossier_url

router = APIRouter()
COLUMNS = ("level", "code", "message", "dossiers", "reports", "words")
CODES = tuple(dict.fromkeys((*(check.code for check in ALL), "weekday_clash", "published", "not_compared")))
_PAGE, _MOST = 25, 200  # findings on a page, and at most
_SEEN = 2_000  # of those seen from an earlier day
_FILTERS = ("level", "code", "party", "dossier", "report")


@dataclass(frozen=True)
class FindingsAsked:
    """The findings that an address asks for. InputError where a value of it cannot be used."""

    desk: Desk

    @cached_property
    def wanted(self) -> FindingsWanted:
        """What is asked of the ledger."""
        desk = self.desk
        return FindingsWanted(
            levels=self._known("level", tuple(LEVELS)),
            codes=self._known("code", CODES),
            parties=tuple(dict.fromkeys(map(desk.served.party_code, desk.all_asked("party")))),
            dossiers=tuple(map(_number, desk.all_asked("dossier"))),
            report=desk.asked("report") or None,
            limit=desk.number("limit", _PAGE, _MOST),
            offset=desk.number("offset", 0),
        )

    def _known(self, name: str, values: Sequence[str]) -> tuple[str, ...]:
        asked = self.desk.all_asked(name)
        if strange := [one for one in asked if one not in values]:
            raise InputError(name, f"{strange[0][:40]!r} is none", f"give one of {', '.join(values)}")
        return asked

    def page(self) -> tuple[list[Discrepancy], int]:
        """The findings of the page, and how many there are in all."""
        wanted = self.wanted
        if self.desk.view.is_now:
            return self.desk.ledger.find_stored(wanted)
        found = list(self._then(wanted))
        return found[wanted.offset : wanted.offset + (wanted.limit or _PAGE)], len(found)

    def all(self, most: int) -> list[Discrepancy]:
        """From the beginning, at most so many."""
        wanted = replace(self.wanted, offset=0, limit=most)
        return self.desk.ledger.find_stored(wanted)[0] if self.desk.view.is_now else list(self._then(wanted))

    def _then(self, wanted: FindingsWanted) -> Iterator[Discrepancy]:
        """As seen from an earlier day, made anew."""
        found = self.desk.ledger.find_discrepancies(wanted.parties, self.desk.view)
        yield from islice((one for one in found if _fits(one, wanted)), _SEEN)

    def chosen(self) -> Iterator[tuple[str, str, str]]:
        """What narrows the list: name and value in the address, and how the page says it."""
        for name in _FILTERS:
            for value in self.desk.all_asked(name):
                yield name, value, self._say(name, value)

    def _say(self, name: str, value: str) -> str:
        if name == "party":
            return self.desk.name(self.desk.served.party_code(value))
        return self.desk.words.get(f"{'level' if name == 'level' else 'findings'}/{value}", value)


def _number(text: str) -> int:
    number = parse_number(text)
    if number is None:
        raise InputError("dossier", f"{text[:40]!r} is no id", "they look like U345")
    return number


def _fits(one: Discrepancy, wanted: FindingsWanted) -> bool:
    own = {parse_number(id) for id in one.dossiers}
    return (
        (not wanted.levels or one.level in wanted.levels)
        and (not wanted.codes or one.code in wanted.codes)
        and (not wanted.dossiers or bool(own & set(wanted.dossiers)))
        and (wanted.report is None or any(c.report == wanted.report for c in one.cited))
    )


@router.get("/findings")
def findings(desk: At) -> Response:
    """A page of them, the gravest first."""
    asked = FindingsAsked(desk)
    found, total = asked.page()
    homes = desk.ledger.listed([int(id[1:]) for one in found for id in one.dossiers])
    names = ("csv", "json", "atom")
    return desk.page(
        "findings.html",
        asked=asked,
        found=[(one, once(one.cited)) for one in found],
        total=total,
        behind=desk.ledger.freshness(),
        homes={row.dossier.id: row.dossier for row in homes},
        codes=desk.ledger.finding_codes(asked.wanted.levels),
        levels=tuple(LEVELS),
        files={kind: desk.link(offset=None, said=None).replace("/findings", f"/findings.{kind}", 1) for kind in names},
    )


def once(cited: Sequence[Cited]) -> list[Cited]:
    """Each place once: two records may rest on the same words."""
    return list({(c.report, c.words): c for c in cited if c.words}.values())


@router.get("/findings.csv")
def as_table(desk: At) -> Response:
    """A row for each finding."""
    rows = (cells(one, desk.ui) for one in FindingsAsked(desk).all(MOST))
    return stream(table(rows, COLUMNS), "text/csv", "findings.csv")


def cells(one: Discrepancy, ui: str) -> list[str]:
    """A finding as cells of a table, in the order of COLUMNS."""
    reports = dict.fromkeys(c.report for c in one.cited)
    words = [f"«{c.words}»" for c in once(one.cited)]
    return [one.level, one.code, message_of(one, ui), " ".join(one.dossiers), " | ".join(reports), " | ".join(words)]


@router.get("/findings.json")
def as_json(desk: At) -> Response:
    """An array; each finding on a line of its own, with its words and their places."""
    return stream(array(map(plain, FindingsAsked(desk).all(MOST))), "application/json", "findings.json")


@router.get("/findings.atom")
def as_feed(desk: At) -> Response:
    """The gravest findings, each since the last of its reports was recorded."""
    refuse_view(desk)
    found = FindingsAsked(desk).all(FEED)
    recorded = desk.ledger.last_recorded([c.report for one in found for c in one.cited])
    return feed(desk, desk.word("nav/findings"), [_entry(desk, one, recorded) for one in found])


def _entry(desk: Desk, one: Discrepancy, recorded: dict[str, str]) -> FeedEntry:
    places = sorted((c.report, [list(s) for s in c.spans]) for c in one.cited)
    key = json.dumps([one.code, sorted(one.dossiers), places], ensure_ascii=False)
    at = max((recorded[c.report] for c in one.cited if c.report in recorded), default="1970-01-01T00:00:00Z")
    path = dossier_url(one.dossiers[0]) if one.dossiers else "/findings"
    title = f"{desk.word(f'level/{one.level}')}: {message_of(one, desk.ui)}"
    words = " · ".join(f"{c.report}: «{c.words}»" for c in once(one.cited))
    return FeedEntry(key, title, absolute(desk, path), at, words, one.level)
