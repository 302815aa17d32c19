"""Sketches: what makes no difference to them, and which texts they find to be rewrites of one wire."""

import os
import subprocess
import sys
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.bulk.sketch import sketch
from servanda.model.sketch import OPENING, SAMPLE, Sketch, compare, unpack
from wires import BACKGROUNDS, find_others, find_rewrites, find_wires

WIRE = find_wires()[0]


def seen(text: str) -> Sketch:
    return unpack(sketch(text))


@pytest.mark.parametrize(("how", "wire", "rewrite"), list(find_rewrites()))
def test_a_rewrite_is_found(how: str, wire: str, rewrite: str) -> None:
    assert compare(seen(wire), seen(rewrite)).one_wire, how


@pytest.mark.parametrize(("shared", "one", "other"), list(find_others()))
def test_other_news_is_no_rewrite(shared: str, one: str, other: str) -> None:
    assert not compare(seen(one), seen(other)).one_wire, shared


def test_a_sketch_is_the_same_on_any_machine_and_with_any_seed() -> None:
    program = "import sys, servanda.bulk.sketch as s; sys.stdout.buffer.write(s.sketch(sys.stdin.read()))"
    for seed in "12":
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
        made = subprocess.run([sys.executable, "-c", program], input=WIRE.encode(), capture_output=True, env=env)
        assert made.stdout == sketch(WIRE), made.stderr
    assert sha256(sketch(WIRE)).hexdigest()[:16] == "dd8ce10f6951edeb"


@pytest.mark.parametrize(
    "same",
    [
        "Еще в мае министр приехал в Ош, сообщает ТАСС.",
        "ЕЩЁ В МАЕ МИНИСТР ПРИЕХАЛ В ОШ - сообщает Интерфакс!",
        "Ещё в ма\u0301е мини\u00adстр прие\u0301хал в «Ош»: сообщает /Reuters/",
        "БИШКЕК, 3 июня. /ТАСС/. Еще в мае министр приехал в Ош, сообщает",
    ],
)
def test_signs_marks_datelines_and_agencies_make_no_difference(same: str) -> None:
    assert sketch(same) == sketch("Еще в мае министр приехал в Ош, сообщает")


def test_figures_are_read_whole() -> None:
    assert sketch("выросло на 1,5 млн") == sketch("выросло на 1.5 млн") != sketch("выросло на 1 5 млн")


@pytest.mark.parametrize("text", ["", " \n", "…", "слово", "два слова", "\ud800 \U0001f600 ﷽", "1"])
def test_short_and_odd_texts_have_a_sketch(text: str) -> None:
    assert seen(text).runs in (0, 1)


def test_texts_without_words_are_no_rewrites_of_each_other() -> None:
    assert not compare(seen(""), seen("…")).one_wire


@given(st.text())
def test_a_sketch_is_small_and_ascending(text: str) -> None:
    made = seen(text)
    assert len(made.opening) <= OPENING
    assert list(made.sample) == sorted(set(made.sample))[:SAMPLE]
    assert len(made.sample) == min(made.runs, SAMPLE)


@given(st.permutations(BACKGROUNDS * 3), st.permutations(BACKGROUNDS))
def test_likeness_is_the_same_both_ways(one: list[str], other: list[str]) -> None:
    a, b = seen(" ".join(one)), seen(" ".join(other))
    assert compare(a, b) == compare(b, a)
    assert compare(a, a).one_wire
