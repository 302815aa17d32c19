"""Why each field has its value."""

from servanda.model.reading import Reading
from servanda.render.grounds import leaves, render_grounds
from servanda.render.text import Paper
from servanda.world.tables import Tables


def name(code: str) -> str:
    return code


def test_words_way_rule_and_neighbours(reading: Reading) -> None:
    page = render_grounds(reading, 1, Paper("en", 100, False), name, Tables.default())
    assert "amounts/0 = 500" not in page  # an amount is one value
    block = page[page.index("terms/0 = безвозмездно") :].split("\n\n")[0]
    assert "«безвозмездно»" in block
    assert "brought to its dictionary form" in block
    assert "by hand" in block
    when = page[page.index("when = ../2024-12-31") :].split("\n\n")[0]
    assert "«2024» 2024" in when  # the other date of the clause


def test_every_field_of_every_record_is_a_leaf(reading: Reading) -> None:
    paths = [path for record in reading.records for path, _ in leaves(record)]
    assert {"steps/0/date", "by/0", "to/0", "participants/0/name", "amount/number", "metric"} & set(paths)
    assert "evidence" not in paths
