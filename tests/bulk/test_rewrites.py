"""Rows of a run -> groups of rewrites: who belongs together, who names the group, and that the order is no matter."""

from collections import defaultdict
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from servanda.bulk import rewrites
from servanda.bulk.rewrites import Rewrite, Row
from servanda.bulk.sketch import sketch
from servanda.model.sketch import DAYS
from wires import find_others, find_rewrites, find_wires

WIRES = find_wires()


def row(place: str, text: str, published: str | None = "2021-12-08", **said: bytes | None) -> Row:
    digest = sha256(text.encode()).hexdigest()
    return Row(place, f"id of {place}", published, digest, said.get("sketch", sketch(text)))


def find(rows: list[Row], folder: Path) -> dict[str, set[str]]:
    """The places of each group, by its name."""
    groups = defaultdict(set)
    for one in rewrites.find_rewrites(lambda: iter(rows), folder):
        groups[one.group].add(one.place)
    return dict(groups)


def test_each_rewrite_goes_to_its_wire(tmp_path: Path) -> None:
    wires = {wire: f"a:{n}" for n, wire in enumerate(WIRES)}
    made = [(wires[wire], f"b:{n}", text) for n, (_, wire, text) in enumerate(find_rewrites())]
    rows = [row(place, wire, "2021-12-07") for wire, place in wires.items()] + [
        row(place, text) for _, place, text in made
    ]
    Random(1).shuffle(rows)
    groups = {frozenset(members) for members in find(rows, tmp_path).values()}
    assert groups == {frozenset({home, *(p for h, p, _ in made if h == home)}) for home in wires.values()}


def test_what_is_told_of_other_things_stays_alone(tmp_path: Path) -> None:
    pairs = [(one, other) for shared, one, other in find_others() if shared in ("background", "form")]
    for n, (one, other) in enumerate(pairs):
        assert find([row(f"{n}:1", one), row(f"{n}:2", other)], tmp_path) == {}


def test_the_earliest_names_the_group_then_the_first(tmp_path: Path) -> None:
    text = WIRES[0]
    rows = [row("c", text + " Конец.", "2021-12-09"), row("b", text), row("a", text)]
    assert find(rows, tmp_path) == {"b": {"a", "b", "c"}}


def test_doubles_are_a_group_without_a_sketch_and_after_years(tmp_path: Path) -> None:
    rows = [row("a", "нет", "2020-01-01", sketch=None), row("b", "нет", None, sketch=None), row("c", "да", sketch=None)]
    assert find(rows, tmp_path) == {"a": {"a", "b"}}


@pytest.mark.parametrize(("later", "found"), [(DAYS, True), (DAYS + 1, False)])
def test_a_rewrite_comes_within_days(later: int, found: bool, tmp_path: Path) -> None:
    rows = [row("a", WIRES[0], "2021-12-01"), row("b", f"Заголовок\n{WIRES[0]}", f"2021-12-{1 + later:02}")]
    assert bool(find(rows, tmp_path)) is found


def test_days_do_not_add_up_from_rewrite_to_rewrite(tmp_path: Path) -> None:
    rows = [row(f"{n}", f"{WIRES[0]} Номер {n}.", f"2021-12-{1 + 5 * n:02}") for n in range(4)]
    assert find(rows, tmp_path) == {"0": {"0", "1"}, "2": {"2", "3"}}


def test_one_without_a_day_may_be_a_rewrite_of_any(tmp_path: Path) -> None:
    rows = [row("a", f"Заголовок\n{WIRES[0]}", None), row("b", WIRES[0], "2021-12-01"), row("c", WIRES[1], None)]
    assert find(rows, tmp_path) == {"b": {"a", "b"}}


def test_rows_come_in_the_order_of_the_run_with_their_names(tmp_path: Path) -> None:
    rows = [row("b", WIRES[0], "2021-12-02"), row("x", WIRES[1]), row("a", WIRES[0], "2021-12-01")]
    found = list(rewrites.find_rewrites(lambda: iter(rows), tmp_path))
    assert found == [Rewrite("b", "id of b", "a"), Rewrite("a", "id of a", "a")]
    assert list(tmp_path.iterdir()) == []


def test_many_small_parts_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row(f"{n}", text) for n, (_, wire, rewrite) in enumerate(find_rewrites()) for text in (wire, rewrite)]
    whole = list(rewrites.find_rewrites(lambda: iter(rows), tmp_path))
    monkeypatch.setattr(rewrites, "_PORTION", 1_000)
    monkeypatch.setattr(rewrites, "_AT_ONCE", 7)
    assert list(rewrites.find_rewrites(lambda: iter(rows), tmp_path)) == whole


def test_nothing_gives_nothing(tmp_path: Path) -> None:
    assert find([], tmp_path) == {}
    assert find([row("a", "", None, sketch=None)], tmp_path) == {}
