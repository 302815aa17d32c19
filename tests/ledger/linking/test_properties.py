"""A partition depends on the records and the links, on nothing else; keys lose nothing that a comparison would find."""

from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.ledger.linking import (
    Features,
    Knowledge,
    block_keys,
    compare,
    make_features,
    pack,
    partition,
    probe_keys,
    unpack,
)
from servanda.model.dossier import Carrier, Told
from servanda.model.reading import Amount, Change, Figure, Instrument, Meeting, Participant, Record, Step, Undertaking

dates = st.sampled_from([None, "2031", "2031-03", "2031-03-02", "2031-12-07", "../2031-12-31", "2031-03/.."])
published = st.sampled_from([None, "2031-03-02", "2031-03-05", "2031-04-20", "2032-01-15", "2033-06-01", "2031"])
parties = st.lists(
    st.sampled_from(["KZ", "KG", "TJ", "EU", "UN", "name:Gazprom", "name:Gazprom Export"]), max_size=6, unique=True
).map(tuple)
phrases = st.sampled_from([None, "military aid", "aid", "loan for a road", "road", "gas", "", "trucks for the army"])
amounts = st.builds(
    Amount,
    st.sampled_from([1, 9, 40, 45, 100.5]),
    st.sampled_from(["USD", "%", "truck", "car"]),
    st.sampled_from(["exactly", "about", "over", "under"]),
)
common = {
    "quote": phrases.map(lambda p: f"they {p}"),
    "certainty": st.sampled_from(["stated", "denied"]),
    "source": st.sampled_from([None, "minister", "press office"]),
}
instruments = st.builds(
    Instrument,
    kind=st.sampled_from(["agreement", "contract", "statement", "other"]),
    parties=parties,
    subject=phrases,
    count=st.sampled_from([None, None, 12]),
    steps=st.lists(
        st.builds(Step, st.sampled_from(["signed", "ratified", "negotiated", "planned", "extended"]), dates, st.none()),
        max_size=2,
    ).map(tuple),
    valid=dates,
    **common,
)
undertakings = st.builds(
    Undertaking,
    modality=st.just("obligation"),
    progress=st.sampled_from(["announced", "fulfilled", "under_way", "delayed"]),
    act=st.sampled_from(["give", "supply", "buy", "lend", "build", "other", "refrain"]),
    by=parties,
    to=parties,
    object=phrases,
    amounts=st.lists(amounts, max_size=2).map(tuple),
    terms=st.just(()),
    places=st.sampled_from([(), ("Osh",), ("Osh", "Bishkek")]),
    when=dates,
    under=st.none(),
    **common,
)
figures = st.builds(
    Figure,
    metric=st.sampled_from(["trade", "exports"]),
    who=parties,
    period=dates,
    amount=st.none() | amounts,
    changes=st.just(()) | st.just((Change(5.0, None, None),)),
    forecast=st.booleans(),
    **common,
)
people = st.builds(
    Participant,
    st.sampled_from([None, "Ivan Petrov", "Petrov", "Asan Usenov"]),
    st.sampled_from([None, "minister", "president"]),
    st.sampled_from(["KZ", "KG", None]),
)
meetings = st.builds(
    Meeting,
    kind=st.sampled_from(["visit", "talks", "session"]),
    participants=st.lists(people, max_size=3).map(tuple),
    place=st.sampled_from([None, "Osh", "Astana"]),
    date=dates,
    status=st.sampled_from(["held", "planned"]),
    topics=st.just(()),
    **common,
)


@st.composite
def features(draw: st.DrawFn) -> Features:
    record: Record = draw(instruments | undertakings | figures | meetings)
    carrier = Carrier(
        draw(st.sampled_from("abc")), 1, draw(published), None, None, None, "2031-03-02T00:00:00", "given"
    )
    under = draw(st.none() | instruments) if isinstance(record, Undertaking) else None
    return make_features(Told(1, record, carrier), under, lambda phrase: tuple(phrase.lower().split()))


some = st.lists(features(), max_size=20).map(lambda found: dict(enumerate(found, 1)))


def contents(groups: tuple[tuple[int, ...], ...], of: dict[int, Features]) -> list[list[str]]:
    """What the groups hold, without the numbers."""
    return sorted(sorted(pack(of[n]) for n in group) for group in groups)


@given(features())
def test_packed_features_come_back(one: Features) -> None:
    assert unpack(pack(one)) == one


@settings(max_examples=600)
@given(features(), features())
def test_a_comparison_looks_the_same_from_both_sides_and_keys_lose_nothing(a: Features, b: Features) -> None:
    verdict = compare(a, b)
    assert verdict == compare(b, a)
    found = not set(block_keys(a)).isdisjoint(probe_keys(b))
    assert found == (not set(block_keys(b)).isdisjoint(probe_keys(a)))
    assert found or verdict.kind in ("different", "unrelated")


@settings(max_examples=200)
@given(some)
def test_keys_find_every_pair_that_speaks_for_a_join(of: dict[int, Features]) -> None:
    edges = [p for p in combinations(of, 2) if compare(of[p[0]], of[p[1]]).kind in ("same", "possible")]
    assert sorted(Knowledge(of).edges(of)) == edges


@settings(max_examples=200)
@given(some, st.data())
def test_what_is_remembered_changes_nothing(of: dict[int, Features], data: st.DataObject) -> None:
    """Some records are stored, the others come one by one and find those that were before."""
    order = data.draw(st.permutations(sorted(of)))
    stored = data.draw(st.integers(0, len(order)))
    known = {n: of[n] for n in order[:stored]}
    knowledge = Knowledge(of)
    for n in order[stored:]:
        knowledge.meet(n, [m for m in known if not set(block_keys(of[m])).isdisjoint(probe_keys(of[n]))])
        known[n] = of[n]
        if data.draw(st.booleans()):
            assert partition(known, knowledge=knowledge) == partition(known)
        if data.draw(st.booleans()):
            knowledge.forget_edges()


@settings(max_examples=200)
@given(some, st.randoms(use_true_random=False))
def test_neither_order_nor_numbering_matters(of: dict[int, Features], random: Random) -> None:
    numbers = random.sample(range(100), len(of))
    renumbered = dict(sorted(zip(numbers, of.values(), strict=True), key=lambda item: random.random()))
    made, again = partition(of), partition(renumbered)
    assert contents(made.groups, of) == contents(again.groups, renumbered)
    assert sorted(o.score for o in made.possible) == sorted(o.score for o in again.possible)


@settings(max_examples=200)
@given(some)
def test_what_hangs_not_together_is_parted_by_itself(of: dict[int, Features]) -> None:
    edges = [p for p in combinations(of, 2) if compare(of[p[0]], of[p[1]]).kind in ("same", "possible")]
    island = reach(min(of, default=0), edges)
    rest = [partition({n: f for n, f in of.items() if (n in island) == inside}) for inside in (True, False)]
    made = partition(of)
    assert made.groups == tuple(sorted(rest[0].groups + rest[1].groups))
    assert sorted(made.possible) == sorted(rest[0].possible + rest[1].possible)


def reach(start: int, edges: list[tuple[int, int]]) -> set[int]:
    """All that hangs together with one record."""
    found: set[int] = set()
    ahead = {start}
    while ahead:
        found |= ahead
        ahead = {m for e in edges for n, m in (e, e[::-1]) if n in found} - found
    return found


@settings(max_examples=200)
@given(some, st.data())
def test_links_of_people_are_obeyed(of: dict[int, Features], data: st.DataObject) -> None:
    pairs = list(combinations(of, 2))
    must = data.draw(st.lists(st.sampled_from(pairs), max_size=2)) if pairs else []
    one = partition(of, must=must)
    group = {n: g for g in one.groups for n in g}
    assert all(group[a] == group[b] for a, b in must)
    cannot = [p for p in pairs if group[p[0]] == group[p[1]] and p not in must]
    parted = {n: g for g in partition(of, must=must[:0], cannot=cannot).groups for n in g}
    assert all(parted[a] != parted[b] for a, b in cannot)
