"""What is seen as of a day, and as known at a time: never the future, and always what was there."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from desk import Desk, beginnings, judgements, on_reports, readings, undoing
from servanda.ledger.ledger import Ledger
from servanda.ledger.views import View, Wanted
from servanda.model.dossier import Dossier, dossier_json

DAYS = ("2021-02-28", "2021-03-01", "2021-03-02", "2021-12-01", "2021-12-08", "2022-02-01", "2031-01-01")
days = st.sampled_from([date.fromisoformat(day) for day in DAYS])
later = st.one_of(readings, judgements, undoing, on_reports.filter(lambda o: o[0] == "withdraw"))


@settings(max_examples=12, deadline=None)
@given(beginnings, st.lists(later, max_size=6), days)
def test_what_was_known_at_a_time_is_what_the_ledger_held_then(new_ledger, first, done, day) -> None:
    """Of all, as of a day, of some parties, and by the number of a record."""
    desk = Desk(new_ledger())
    held = []
    for operation in [*first, *done]:
        desk.do(operation)
        held.append((desk.ledger.clock.now, list(desk.ledger.all())))
    asked = in_other_ways(desk.ledger, View(day))
    last = held[-1][0]
    desk.do(("add", "a later report", 0, "given", "2021-03-01", [0, 4, 9]))
    desk.ledger.rebuild()
    for moment, dossiers in held:
        assert list(desk.ledger.all(desk.ledger.view(known_at=moment))) == dossiers
    assert in_other_ways(desk.ledger, desk.ledger.view(day, last)) == asked


def in_other_ways(ledger: Ledger, view: View) -> list[list[Dossier | None]]:
    """What a ledger shows, asked in several ways."""
    found = ledger.find(Wanted(parties=("KZ", "KG"), until=date(2021, 12, 8)), view)
    one_by_one = [ledger.dossier(n, view) for n in range(1, 4)]
    return [list(ledger.all(view)), one_by_one, sorted(found, key=lambda d: d.id)]


@settings(max_examples=20, deadline=None)
@given(st.lists(readings.filter(lambda o: o[4]), min_size=1, max_size=9), days)
def test_as_of_a_day_nothing_is_seen_of_later_reports(new_ledger, done, day) -> None:
    whole, early = Desk(new_ledger()), Desk(new_ledger())
    versions: dict[str, list[tuple[int, str]]] = {}
    for operation in done:
        _, report, text, _, published, _ = operation
        own = versions.setdefault(report, [])
        if (text, published) in own[:-1]:
            continue  # what reads an older version anew adds nothing
        own.append((text, published)) if (text, published) not in own else None
        whole.do(operation)
        if published <= day.isoformat():
            early.do(operation)
    assert by_words(whole.ledger, day) == by_words(early.ledger, day)


def by_words(ledger: Ledger, day: date) -> list[object]:
    """The dossiers seen as of a day, with the quotes of their records instead of their numbers."""
    dossiers = list(ledger.all(View(day)))
    names = {t.id: f"{t.carrier.report}, {t.record.quote}" for one in dossiers for t in one.told}
    names |= {one.id: sorted(names[t.id] for t in one.told) for one in dossiers}
    return sorted((named(dossier_json(one), names) for one in dossiers), key=str)


def named(value: object, names: dict[object, object], key: str = "") -> object:
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if k not in ("recorded", "version")}
        return {k: v if k == "record" else named(v, names, k) for k, v in kept.items()}
    if isinstance(value, list):
        found = [named(v, names, key) for v in value]
        return sorted(found, key=str) if key in ("told", "origins", "points", "progress", "steps") else found
    numbered = key in ("id", "told", "origins", "under", "part_of", "dossier", "possible")
    return names.get(value, value) if numbered else value
