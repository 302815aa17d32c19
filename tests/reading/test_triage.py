"""Triage: sentences that can hold a record are read, others keep their place; a page without any is passed over."""

import json
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from servanda.cli.bulk import KEEP
from servanda.errors import InputError
from servanda.lang import load
from servanda.model.report import Report
from servanda.model.spans import Span
from servanda.reading.document import Block
from servanda.reading.glance import Glance
from servanda.reading.layout import lay_out
from servanda.reading.read import Reader, split
from servanda.reading.triage import Trees, Triage, load_trees
from servanda.sources import find_reports
from servanda.world.tables import Tables

EXAMPLES = Path(__file__).parents[2] / "examples"
SHARES = (0.995, 0.98, 0.95, 0.9)
RECIPE = (
    "Пирог с вишней\n\nВишню промыть и освободить от косточек. Тесто раскатать тонко и выложить в форму.\n\n"
    "Выпекать сорок минут, пока края не подрумянятся. Подавать теплым, посыпав сахарной пудрой."
)
WIRE = (
    "АСТАНА, 14 мая. Казахстан и Сербия подписали соглашение о поставке зерна.\n\n"
    "Погода в городе стояла теплая, и на площади играла музыка.\n\n"
    "Казахстан обязуется поставить Сербии 40 тыс. тонн пшеницы до 1 сентября 2026 года."
)


def _reports() -> list[Report]:
    return [r for r in find_reports([EXAMPLES]) if isinstance(r, Report)]


def test_the_settings_of_the_command_are_those_of_the_trees() -> None:
    assert tuple(load_trees().thresholds) == KEEP[1:] == tuple(map(str, SHARES))


def test_the_smaller_the_share_the_fewer_sentences() -> None:
    tables, language = Tables.default(), load("ru")
    chosen = {share: [] for share in SHARES}  # type: dict[float, list[bool]]
    for report in _reports():
        page = lay_out(report, tables)
        sentences = [(span, page.blocks[block]) for span, block in split(page, language)]
        for share in SHARES:
            chosen[share] += Triage(share, tables, language.lemmas).choose(page.text, sentences)
    for more, fewer in pairwise(SHARES):
        assert all(m or not f for m, f in zip(chosen[more], chosen[fewer], strict=True))
    assert sum(chosen[0.995]) > sum(chosen[0.9])


def test_nearly_all_records_of_the_examples_are_found() -> None:
    full, fewer = Reader(), Reader(keep=0.995)
    quotes = [(r.id, x.type, x.quote) for r in _reports() for x in full.read(r).records]
    found = {(r.id, x.type, x.quote) for r in _reports() for x in fewer.read(r).records}
    assert len(quotes) > 50
    assert sum(q in found for q in quotes) >= 0.99 * len(quotes)


def test_a_page_without_a_promise_is_passed_over_and_says_so() -> None:
    reading = Reader(keep=0.995).read(Report("-", RECIPE, "2026-05-14", "ru"))
    assert not reading.records
    assert [f.code for f in reading.findings] == ["triage"]
    assert not [f for f in Reader().read(Report("-", RECIPE, "2026-05-14", "ru")).findings if f.code == "triage"]


def test_a_sentence_that_is_not_read_keeps_its_place() -> None:
    reader = Reader(keep=0.95)
    document = reader.document(lay_out(Report("-", WIRE, "2026-05-14", "ru"), reader.tables), "ru")
    read = [bool(s.tokens) for s in document.sentences]
    assert (read[0], read[-1], all(read)) == (True, True, False)
    plain = Reader().read(Report("-", WIRE, "2026-05-14", "ru"))
    assert [r.quote for r in reader.read(Report("-", WIRE, "2026-05-14", "ru")).records] == [
        r.quote for r in plain.records
    ]


def test_what_was_looked_at_before_changes_nothing() -> None:
    tables, language = Tables.default(), load("ru")
    spans = [(Span(0, len(RECIPE)), Block("body", 0, len(RECIPE))), (Span(0, 14), Block("title", 0, 14))]
    worn, fresh = Glance(tables, language.lemmas), Glance(tables, language.lemmas)
    worn.look(WIRE, [(Span(0, len(WIRE)), Block("body", 0, len(WIRE)))])
    assert np.array_equal(worn.look(RECIPE, spans), fresh.look(RECIPE, spans))
    assert worn.look(RECIPE, []).shape == (0, len(worn.columns))


def test_numbers_tell_words_and_who_is_named() -> None:
    glance = Glance(Tables.default(), load("ru").lemmas)
    text = "Россия поставит Сербии 3 млн тонн нефти?"
    (row,) = glance.look(text, [(Span(0, len(text)), Block("body", 0, len(text)))])
    seen = dict(zip(glance.columns, row.tolist(), strict=True))
    assert [seen[name] for name in ("codes", "foreign", "question", "number")] == [2, 1, 1, 1]
    assert sum(number for name, number in seen.items() if name.startswith("act:")) == 1


def test_trees_add_what_their_leaves_say() -> None:
    def ints(*numbers: int) -> "np.ndarray[tuple[int], np.dtype[np.int32]]":
        return np.array(numbers, np.int32)

    value = np.array([1.5, 10.0, 20.0, 3.0], np.float32)
    trees = Trees(ints(0, 3), ints(1, -1, -1, -1), ints(2, 0, 0, 0), value, 0.5, {}, ("a", "b"))
    scores = trees.scores(np.array([[9, 1], [9, 1.5], [0, 2]], np.float32))
    assert scores.tolist() == [13.5, 13.5, 23.5]


def test_columns_of_a_folder_of_tables_find_their_place(tmp_path: Path) -> None:
    (tmp_path / "silent.tsv").write_text("sort\twords\n-thought\t\n", encoding="utf-8")
    tables, language = Tables.with_overlay(tmp_path), load("ru")
    page = lay_out(Report("-", WIRE, "2026-05-14", "ru"), tables)
    sentences = [(span, page.blocks[block]) for span, block in split(page, language)]
    assert any(Triage(0.995, tables, language.lemmas).choose(page.text, sentences))


def test_a_setting_that_is_none_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match=r"no setting 0\.5; choose one of 0\.995, 0\.98"):
        Reader(keep=0.5).read(Report("-", WIRE, "2026-05-14", "ru"))


def test_the_trees_are_well_formed() -> None:
    data = json.loads(files("servanda.reading").joinpath("data/triage.json").read_text(encoding="utf-8"))
    nodes = len(data["column"])
    assert len(data["above"]) == len(data["value"]) == nodes
    assert all(0 <= root < nodes for root in data["roots"])
    assert all(-1 <= column < len(data["columns"]) for column in data["column"])
    assert all(
        n < above < nodes for n, (c, above) in enumerate(zip(data["column"], data["above"], strict=True)) if c >= 0
    )
