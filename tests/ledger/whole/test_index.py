"""The index: what lists and findings show equals what is made anew from the ledger, whatever was done."""

import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from desk import REPORTS, Clock, Desk, Plain, give, judgements, on_reports, plain_record, reading_of, readings, undoing
from servanda.ledger.brief import shorten
from servanda.ledger.checking import sameness
from servanda.ledger.found import FindingsWanted
from servanda.ledger.ledger import Ledger
from servanda.ledger.listing import Sought
from servanda.ledger.questions import parse_terms
from servanda.ledger.schema import INDEX, sketch
from servanda.ledger.views import View
from servanda.ledger.words import PLAIN
from servanda.model.dossier import Dossier

_values = st.tuples(
    st.sampled_from(("2019", "2020", "2021")), st.sampled_from((1.2e6, 1.3e6, 2e6, 1.4e9)), st.sampled_from((None, 20))
)
figures = st.tuples(st.just("figures"), st.sampled_from(REPORTS), st.lists(_values, min_size=1, max_size=3))
odd = st.one_of(figures, figures, readings)
steps = st.one_of(odd, judgements, undoing, on_reports, st.just(("freshen",)))


class Analyst(Desk):
    """Also adds figures that do not add up, and brings the index up to date in between."""

    def figures(self, report: str, values: list[tuple[str, float, int | None]]) -> None:
        """A report of trade in some years, each with its growth."""
        told = [
            plain_record(
                "figure",
                f"товарооборот {year}: {number}",
                period=year,
                amount={"number": number, "unit": "USD", "bound": "exactly"},
                changes=[_growth(year, percent)] if percent else [],
            )
            for year, number, percent in values
        ]
        self.ledger.add([give(report, *told, text=str(values), reader="figures")], "desk")

    def freshen(self) -> None:
        """In small portions."""
        self.ledger.freshen(portion=2)


def _growth(year: str, percent: int) -> Plain:
    return {"percent": percent, "times": None, "against": str(int(year) - 1)}


def check_index(ledger: Ledger) -> None:
    """The index holds what the ledger tells, as of today."""
    assert ledger.freshen().left == 0
    live = {one.id: one for one in ledger.all(View(on=ledger.today()))}
    listing = ledger.listing(Sought(limit=1_000))
    assert {row.dossier.id: row.dossier for row in listing.rows} == {n: shorten(one) for n, one in live.items()}
    assert listing.total == len(live)
    for row in listing.rows:
        assert (row.records, row.origins) == (len(live[row.dossier.id].told), len(live[row.dossier.id].origins))
    stored, total = ledger.find_stored(FindingsWanted(limit=None))
    made = list(ledger.find_discrepancies())
    assert total == len(stored)
    assert {sameness(one) for one in stored} == {sameness(one) for one in made}
    assert len(stored) == len(made)
    waiting, count = ledger.waiting(limit=1_000)
    unseen = {
        (t.id, one.id)
        for one in live.values()
        for t in one.told
        if t.review is None and not t.carrier.withdrawn and not t.carrier.purged
    }
    assert {(one.told.id, one.dossier) for one in waiting} == unseen
    assert count == len(unseen)


@settings(max_examples=40, deadline=None)
@given(st.lists(odd, min_size=1, max_size=5), st.lists(steps, max_size=10))
def test_the_index_is_what_is_made_anew(new_ledger, first, done) -> None:
    desk = Analyst(new_ledger())
    for operation in [*first, *done]:
        desk.do(operation)
    check_index(desk.ledger)


def test_after_a_purge_no_word_stands_in_the_index(ledger: Ledger) -> None:
    figure = plain_record("figure", "цитата о тайном", who=["name:ТайныйЗавод", "KG"])
    ledger.add([give(f"r{n}", _promise(tonnes), figure) for n, tonnes in enumerate((500, 900))], "desk")
    ledger.merge([(1, 3)], "Аня")
    ledger.freshen()
    assert ledger.find_stored(FindingsWanted(codes=("amounts",)))[1] == 1
    ledger.correct(1, "object", "тайный предмет и пшеница", "Аня")
    ledger.purge("r0", "Аня")
    ledger.purge("r1", "Аня")
    words = ("тайный предмет", "цитата о тайном", "тайныйзавод")
    assert not [word for word in words if word in bytes_of(ledger)]
    ledger.freshen()
    assert not [word for word in words if word in bytes_of(ledger)]
    check_index(ledger)


def _promise(tonnes: int) -> Plain:
    amount = {"number": tonnes, "unit": "тонна", "bound": "exactly"}
    evidence = {"quote": [[0, 5]], "amounts/0": [[6, 11]]}
    words = f"цитата о тайном: {tonnes}"
    return plain_record("undertaking", words, object="тайный предмет", amounts=[amount], evidence=evidence)


def bytes_of(ledger: Ledger) -> str:
    """All that stands in the file and beside it, in lower case."""
    files = ledger.store.path.parent.glob(ledger.store.path.name + "*")
    return b"".join(path.read_bytes() for path in files).decode("utf-8", "replace").lower()


def test_a_deadline_that_passes_is_seen_on_its_day(ledger: Ledger) -> None:
    ledger.add([give("r1", plain_record("undertaking", "передаст", when="../2030-01-02"))], "desk")
    ledger.freshen()
    assert [row.dossier.status for row in ledger.listing(Sought(due_from=ledger.today())).rows] == ["open"]
    ledger.clock.start += timedelta(days=3)  # type: ignore[attr-defined]
    assert ledger.freshness() == 1
    check_index(ledger)
    assert [row.dossier.status for row in ledger.listing(Sought(overdue=True)).rows] == ["overdue_no_report"]


def test_an_older_ledger_is_put_into_the_index(ledger: Ledger) -> None:
    ledger.add([reading_of("r1", 0, "given", "2021-12-08", [0, 4, 9, 12])], "desk")
    path = ledger.store.path
    ledger.close()
    with closing(sqlite3.connect(path)) as old:
        for table in (sketch, *INDEX):
            old.execute(f"DROP TABLE {table.name}")
        old.execute("DROP INDEX possible_score")
        old.execute("UPDATE alembic_version SET version_num = '0001'")
        old.commit()
    opened = Ledger.open(path, PLAIN, clock=Clock())
    assert opened.freshness() == 4
    check_index(opened)
    opened.close()


def test_a_rebuild_makes_the_index_anew(ledger: Ledger) -> None:
    ledger.add([reading_of("r1", 0, "given", "2021-12-08", [0, 4, 9, 12])], "desk")
    ledger.freshen()
    ledger.rebuild()
    assert ledger.freshness() == 4
    check_index(ledger)


def test_two_processes_may_freshen_at_once(ledger: Ledger) -> None:
    for n in range(12):
        ledger.add([reading_of(f"r{n}", 0, "given", "2021-12-08", [n, (n + 3) % 14, 9])], "desk")
    code = "import sys; from pathlib import Path; from servanda.ledger.ledger import Ledger; "
    code += "from servanda.ledger.words import PLAIN; print(Ledger.open(Path(sys.argv[1]), PLAIN).freshen(1).left)"
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(ledger.store.path)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    ledger.add([reading_of("later", 0, "given", "2021-12-08", [1, 4])], "desk")
    assert [(one.communicate()[0], one.returncode) for one in running] == [("0\n", 0)] * 2
    check_index(ledger)


def test_what_is_sought_is_listed_counted_and_sorted(ledger: Ledger) -> None:
    for n, day in enumerate(("2021-03-01", "2021-12-08", "2022-02-01")):
        given = reading_of(f"r{n}", 0, "given", day, [4 * n, 4 * n + 1, 13])
        ledger.add([replace(given, agency=f"лента {n % 2}")], "desk")
    ledger.freshen()
    everything = [row.dossier for row in ledger.listing(Sought()).rows]
    for sought, fits in _FILTERS.items():
        listing = ledger.listing(sought)
        assert [row.dossier.id for row in listing.rows] == [one.id for one in everything if fits(one)], sought
        assert listing.total == len(listing.rows)
        facets = ledger.facets(sought)
        assert facets.looked == listing.total
        assert sum(count for _, count in facets.values["type"]) == listing.total
        assert dict(facets.values["type"]) == Counter(row.dossier.type for row in listing.rows)
    page = ledger.listing(Sought(limit=2, offset=1))
    assert [row.dossier for row in page.rows] == everything[1:3]
    assert page.total == len(everything)


WHEAT = "зерно пшеницы"
_FILTERS: dict[Sought, Callable[[Dossier], bool]] = {
    Sought(parties=("KZ",)): lambda d: "KZ" in d.parties,
    Sought(parties=("KG", "KZ")): lambda d: {"KG", "KZ"} <= set(d.parties),
    Sought(types=("undertaking", "figure")): lambda d: d.type in ("undertaking", "figure"),
    Sought(types=("figure",), parties=("KZ",)): lambda d: d.type == "figure" and "KZ" in d.parties,
    Sought(statuses=("held",)): lambda d: d.status == "held",
    Sought(acts=("trade", "give")): lambda d: getattr(d.listed.record, "act", "") == "give" or "trade" in str(d),
    Sought(since=date(2022, 1, 1)): lambda d: (d.last or "") >= "2022",
    Sought(until=date(2021, 3, 1)): lambda d: (d.first or "") <= "2021-03-01",
    Sought(agencies=("лента 1",)): lambda d: any(t.carrier.agency == "лента 1" for t in d.told),
    Sought(terms=parse_terms("зерно", PLAIN.words)): lambda d: (
        getattr(d.listed.record, "object", "") == "зерно пшеницы"
    ),
}


def test_findings_are_found_by_level_code_party_dossier_and_report(ledger: Ledger) -> None:
    ledger.add([give(f"r{n}", _promise(tonnes)) for n, tonnes in enumerate((500, 900))], "desk")
    ledger.add([give("r2", plain_record("figure", "вырос", who=["RU", "BY"]))], "desk")
    ledger.merge([(1, 2)], "Аня")
    ledger.freshen()
    (found,) = ledger.find_discrepancies()
    for wanted in ({"levels": ("doubt",)}, {"codes": ("amounts",)}, {"parties": ("KZ", "TJ")}, {"dossiers": (1,)}):
        assert ledger.find_stored(FindingsWanted(**wanted)) == ([found], 1), wanted
    assert ledger.find_stored(FindingsWanted(report="r1")) == ([found], 1)
    for none in ({"levels": ("note",)}, {"codes": ("growth",)}, {"parties": ("RU",)}, {"dossiers": (3,)}):
        assert ledger.find_stored(FindingsWanted(**none)) == ([], 0), none
    assert ledger.find_stored(FindingsWanted(report="r2")) == ([], 0)
    assert [row.doubts for row in ledger.listed([1, 3])] == [1, 0]
    assert ledger.overview().doubts == 1


def test_a_report_is_shown_with_its_records_their_dossiers_and_who_else_tells_them(ledger: Ledger) -> None:
    ledger.add([give(f"r{n}", _promise(500), plain_record("figure", f"вырос {n}")) for n in range(2)], "desk")
    ledger.reject(4, "Аня")
    shown = ledger.report("r1")
    assert shown is not None
    assert [t.id for t in shown.told] == [3]
    assert (shown.homes, shown.also) == ({3: "U1"}, {"U1": 1})
    assert shown.carrier.text.startswith("Текст r1")
    assert ledger.report("r9") is None
    lines, total = ledger.reports(limit=1)
    assert ([(one.carrier.report, one.records) for one in lines], total) == ([("r1", 1)], 2)


def test_what_waits_is_gone_through_one_after_the_other(ledger: Ledger) -> None:
    ledger.add([reading_of("r1", 0, "given", "2021-12-08", [0, 4, 9, 12])], "desk")
    ledger.freshen()
    for order in ("rank", "doubt", "weight", "last"):
        waiting, total = ledger.waiting(order)
        assert total == len(waiting) == 4
        rest, _ = ledger.waiting(order, after=waiting[0].told.id)
        assert rest == waiting[1:]
    first = ledger.waiting()[0][0]
    assert first.rank == max(one.rank for one in waiting)
    ledger.confirm(first.told.id, "Аня")
    ledger.freshen()
    assert first.told.id not in [one.told.id for one in ledger.waiting()[0]]


def test_pairs_are_of_parties_alone(ledger: Ledger) -> None:
    trade = plain_record(
        "figure", "товарооборот", amount={"number": 1.0, "unit": "USD", "bound": "exactly"}, period="2021"
    )
    ledger.add([give("r1", trade, agency="А|Б")], "desk")
    ledger.freshen()
    assert ledger.busiest_pairs(9) == [(("KG", "KZ"), 1)]


def test_a_line_of_a_report_tells_how_it_begins_and_where_its_records_are(ledger: Ledger) -> None:
    ledger.add([give("r1", _promise(500), _promise(500), text="Начало. " * 100), give("r2", text=None)], "desk")
    (last, first), _ = ledger.reports()
    assert (len(first.opening), first.opening[:7], first.homes) == (400, "Начало.", tuple(dict.fromkeys(first.homes)))
    assert first.homes[0] == "U1"
    assert (last.opening, last.homes) == ("", ())
