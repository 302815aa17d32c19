"""What is printed rounded is never held against itself."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from servanda.checks import check_report
from servanda.model.dossier import Carrier, Told
from servanda.model.reading import Amount, Change, Figure

_CARRIER = Carrier("a", 1, "2024-03-05", None, "ru", None, "2024-03-06T00:00:00Z", "given")


def figure(number: int, quote: str, period: str, value: float, changes: tuple[Change, ...] = ()) -> Told:
    record = Figure(
        quote=quote,
        certainty="stated",
        source=None,
        metric="trade",
        who=("XA", "XB"),
        period=period,
        amount=Amount(value, "USD"),
        changes=changes,
        forecast=False,
    )
    return Told(number, record, _CARRIER)


def clashes(now: float, base: float, percent: float, decimals: int) -> list[Any]:
    """Findings over two values printed in millions and a change in per cent, each to so many decimals."""
    value, earlier, change = (f"{x:.{decimals}f}" for x in (now, base, percent))
    told = [
        figure(1, f"${value} млн, {change}%", "2023", float(value) * 1e6, (Change(float(change), None, "2022"),)),
        figure(2, f"${earlier} млн", "2022", float(earlier) * 1e6),
    ]
    return [f for f in check_report(told) if f.code == "growth"]


values = st.floats(min_value=20, max_value=900)


@given(values, values, st.integers(min_value=0, max_value=2))
def test_a_true_change_fits_however_it_is_rounded(now: float, base: float, decimals: int) -> None:
    assert not clashes(now, base, (now / base - 1) * 100, decimals)


@given(values, values, st.floats(min_value=12, max_value=90))
def test_a_change_that_is_far_off_does_not(now: float, base: float, off: float) -> None:
    assert clashes(now, base, (now / base - 1) * 100 + off * now / base, 1)
