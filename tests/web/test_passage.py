"""The words of a record with the sentences around them: every place kept, the words of each field in pieces."""

from hypothesis import given
from hypothesis import strategies as st

from servanda.model.spans import Span, find_sentences
from servanda.web.passage import find_passages

TEXT = (
    "АСТАНА, 4 марта. Погода ясная. Стороны встретились утром. Казахстан передаст Киргизии зерно. "
    "Срок назовут позже. Погода пасмурная.\n\nОтправка начнется в мае, уточнило министерство."
)


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def test_a_clause_stands_between_its_neighbours() -> None:
    (passage,) = find_passages(TEXT, {"quote": [span("Казахстан передаст Киргизии зерно")]})
    words = "".join(lit.words for lit in passage)
    assert words == "Стороны встретились утром. Казахстан передаст Киргизии зерно. Срок назовут позже."


def test_far_words_of_a_field_bring_their_own_sentence() -> None:
    evidence = {"quote": [span("Казахстан передаст Киргизии зерно")], "when": [span("в мае")]}
    *_, last = find_passages(TEXT, evidence)
    assert "".join(lit.words for lit in last) == "Отправка начнется в мае, уточнило министерство."
    assert [lit.words for lit in last if "when" in lit.paths] == ["в мае"]


def test_overlapping_fields_share_their_words() -> None:
    evidence = {"by/0": [span("Казахстан передаст")], "act": [span("передаст Киргизии")]}
    (passage,) = find_passages(TEXT, evidence)
    assert {lit.words: lit.paths for lit in passage if lit.field} == {
        "Казахстан ": ("by/0",),
        "передаст": ("by/0", "act"),
        " Киргизии": ("act",),
    }


@given(st.text(st.sampled_from("аБ. \n😀\u202e!«»"), max_size=300), st.data())
def test_pieces_hold_every_place_once(text: str, data: st.DataObject) -> None:
    places = st.integers(0, len(text))
    pairs = data.draw(st.lists(st.tuples(places, places), max_size=4))
    evidence = {f"terms/{n}": [Span(min(pair), max(pair))] for n, pair in enumerate(pairs)}
    end = 0
    for passage in find_passages(text, evidence):
        assert passage[0].start >= end if passage else True
        for lit in passage:
            end = max(end, lit.start)
            assert lit.start == end
            end += len(lit.words)
            assert "\u202e" not in lit.words


@given(st.text(st.sampled_from("аБ. \n!?»"), max_size=200))
def test_sentences_leave_nothing_out_but_blanks(text: str) -> None:
    held = {place for sentence in find_sentences(text) for place in range(*sentence)}
    assert all(text[place].isspace() for place in set(range(len(text))) - held)
