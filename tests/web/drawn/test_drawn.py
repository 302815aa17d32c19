"""Pictures: whatever is drawn lies inside, says only what was said, and is well formed."""

import xml.etree.ElementTree as ET
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.model.dossier import Point
from servanda.model.reading import Amount
from servanda.model.totals import Series
from servanda.render.moments import Moment
from servanda.web.drawn.axis import make_days, make_numbers
from servanda.web.drawn.series import _room_below, draw_series
from servanda.web.drawn.timeline import draw_timeline

LANES = {"step": "Steps", "progress": "Progress", "due": "Deadlines"}
days = st.dates(date(1, 1, 1), date(9999, 12, 31)).map(date.isoformat)
grains = st.sampled_from((4, 7, 10))
points = st.builds(lambda day, grain: day[:grain], days, grains)
edtf = st.one_of(
    points,
    points.map(lambda p: f"../{p}"),
    points.map(lambda p: f"{p}/.."),
    st.tuples(points, points).map(sorted).map("/".join),
)
moments = st.builds(
    Moment,
    st.sampled_from(tuple(LANES)),
    st.none() | edtf,
    st.text(max_size=20),
    st.text(max_size=40),
    st.just(()),
    st.just((1,)),
    to_come=st.booleans(),
)
amounts = st.builds(
    Amount,
    st.floats(-1e15, 1e15) | st.integers(0, 10**15),
    st.just("USD"),
    st.sampled_from(("exactly", "about", "over", "at_least", "up_to", "under")),
)
values = st.builds(Point, st.none() | edtf, st.none() | amounts, st.none(), st.just((1,)), st.booleans(), st.booleans())


def check(picture: str) -> ET.Element:
    """The picture, parsed; no coordinate is none, or outside."""
    root = ET.fromstring(picture)
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    for one in root.iter():
        for name, limit in (("x", width), ("cx", width), ("x1", width), ("x2", width), ("y", height), ("cy", height)):
            if name in one.attrib:
                assert -1 <= float(one.attrib[name]) <= limit + 1, (one.tag, one.attrib)
    return root


@settings(max_examples=150)
@given(st.lists(moments, max_size=12), st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(("en", "ru")))
def test_a_strip_of_time_holds_every_dated_moment(some: list[Moment], today: date, ui: str) -> None:
    picture = draw_timeline(some, LANES, today, ui, "life & times <script>")
    dated = [one for one in some if one.day]
    if not dated:
        assert picture == ""
        return
    root = check(picture)
    numbers = [one.text for one in root.iter("text") if one.attrib.get("class") == "number"]
    assert sorted(map(int, filter(None, numbers))) == [n for n, one in enumerate(some, 1) if one.day]


@settings(max_examples=150)
@given(st.lists(values, max_size=10), st.sampled_from(("en", "ru")))
def test_a_chart_holds_every_value_that_has_a_period(some: list[Point], ui: str) -> None:
    picture = draw_series(Series("trade", ("KZ", "KG"), "USD", tuple(some), ()), {1: "F1"}, ui, str)
    drawn = [p for p in some if p.amount and p.period]
    if len(drawn) < 2:
        assert picture == ""
        return
    assert len(check(picture).findall(".//circle")) == len(drawn)


def test_a_bound_is_drawn_as_one() -> None:
    series = Series("trade", ("KZ", "KG"), "USD", (_point("2020", 600e6), _point("2021", 680e6, "over")), ())
    root = check(draw_series(series, {}, "en", str))
    assert len([one for one in root.iter("path") if one.attrib["class"] == "arrow"]) == 1
    target = Point("2025", Amount(1e9, "USD"), None, (1,), target=True)
    root = check(draw_series(Series("trade", ("KZ",), "USD", (*series.points, target), ()), {}, "en", str))
    assert any(one.attrib.get("class") == "target" for one in root.iter("line"))


def _point(period: str, number: float, bound: str = "exactly") -> Point:
    return Point(period, Amount(number, "USD", bound), None, (1,))


@given(st.lists(st.dates(), min_size=1, max_size=5))
def test_days_keep_their_order(some: list[date]) -> None:
    axis = make_days(some, 10.0, 500.0)
    places = [axis.place(day) for day in sorted(some)]
    assert places == sorted(places)
    assert len(list(axis.ticks())) <= 10


@given(st.lists(st.floats(-1e18, 1e18), min_size=1, max_size=5))
def test_numbers_have_a_few_round_ticks(some: list[float]) -> None:
    axis = make_numbers(some, 200.0, 10.0)
    hair = (axis.high - axis.low) * 1e-9  # what no eye sees
    assert axis.low <= min(*some, 0.0) + hair
    assert axis.high >= max(*some, 0.0) - hair
    assert len(axis.ticks()) <= 13


def test_words_of_values_at_one_place_stand_under_each_other() -> None:
    taken: list[tuple[float, float]] = []
    heights = [_room_below(100.0, 50.0, taken), _room_below(110.0, 51.0, taken), _room_below(300.0, 50.0, taken)]
    assert heights[0] == heights[2] == 68.0
    assert heights[1] >= heights[0] + 14
