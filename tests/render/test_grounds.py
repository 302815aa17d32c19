"""Why each field has its value."""

import re
from pathlib import Path

import servanda
from servanda.model.reading import Reading
from servanda.model.report import Report
from servanda.reading.read import Reader
from servanda.render.fields import leaves
from servanda.render.grounds import render_grounds, render_no_grounds
from servanda.render.text import Paper
from servanda.render.words import rule_words, trait_words
from servanda.world.tables import Tables

EXAMPLES = Path(__file__).parents[2] / "examples"


def name(code: str) -> str:
    return code


def test_words_way_rule_and_neighbours(reading: Reading) -> None:
    page = render_grounds(reading, 1, Paper("en", 100, False), name, Tables.default())
    assert "amount: 500 tonnes" in page  # an amount is one value
    block = page[page.index("condition: безвозмездно") :].split("\n\n")[0]
    assert "«безвозмездно»" in block
    assert "brought to its dictionary form" in block
    assert "by hand" in block
    when = page[page.index("when: by the end of 2024") :].split("\n\n")[0]
    assert "«2024» 2024" in when  # the other date of the clause


def test_nothing_is_shown_raw_in_either_language() -> None:
    for path in sorted(EXAMPLES.glob("*.txt")):
        reading = servanda.read(path.read_text(encoding="utf-8"), published="2024-05-14", lang="ru")
        for ui in ("en", "ru"):
            for index in range(len(reading.records)):
                page = render_grounds(reading, index, Paper(ui, 100, False), name, Tables.default())
                assert "{" not in page
                assert not [line for line in page.splitlines() if "/0" in line or "/1" in line]
            for record in reading.records:
                for basis in record.basis.values():
                    assert basis.rule.partition(":")[0] in rule_words(ui), basis.rule


def test_a_report_without_a_record_says_so() -> None:
    reading = servanda.read("Мэрия Омска отремонтировала дорогу.", published="2024-05-14", lang="ru")
    assert "Записей нет" in render_no_grounds(reading, Paper("ru", 100, False))
    unread = servanda.read("The two presidents met in the capital on Monday.", published="2024-05-14", lang="en")
    assert "not read yet" in render_no_grounds(unread, Paper("en", 100, False))


def test_every_field_of_every_record_is_a_leaf(reading: Reading) -> None:
    paths = [path for record in reading.records for path, _ in leaves(record)]
    assert {"steps/0/date", "by/0", "to/0", "participants/0/name", "amount/number", "metric"} & set(paths)
    assert "evidence" not in paths


def test_what_weighed_for_and_against_is_told_in_plain_words() -> None:
    text = "Казахстан передаст Таджикистану партию полевых госпиталей."
    reader = Reader(Tables.default())
    report = Report("r", text, "2024-05-14", "ru")
    reading = reader.read(report)
    ((place, reasons),) = reader.reasons(report).items()
    assert place == reading.records[0].evidence["quote"][0]
    for ui, said in (("en", "for it      the verb and what"), ("ru", "за          глагол и то")):
        page = render_grounds(reading, 0, Paper(ui, 100, False), name, Tables.default(), reasons)
        assert said in page
        known = trait_words(ui)
        assert all(t in known or re.split("[=/:]", t)[0] in known for t in reasons)
