"""What a person types to search -> terms: any text is a question, and none can break the store's own syntax."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from servanda.errors import InputError
from servanda.ledger.words import Words
from servanda.model.spans import Span

Named = Callable[[tuple[str, ...]], str | None]
"""The code of the party that these lemmas name; None where they name none."""

_PIECE = re.compile(
    r"""
      [\"“”„«]([^\"“”„«»]*)[\"“”»]?            # "a phrase"
    | ((?<!\S)\d{1,3}(?:\s\d{3})++(?!\S)      # 10 080
    | [^\s\"“”„«»]+)
    """,
    re.VERBOSE,
)
_PARTS = re.compile(r"[^\W_]+")
_FEWEST = 3  # letters before *: fewer begin too many words
_MOST = 32  # terms of one question


@dataclass(frozen=True, slots=True)
class Form:
    """Lemmas that stand one after the other; of an `open` one the last is but a beginning."""

    lemmas: tuple[str, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase that must be there: in one of its forms, or as a party of the record."""

    forms: tuple[Form, ...]
    parties: tuple[str, ...] = ()


def parse_terms(text: str, words: Words, named: Named = lambda _: None) -> tuple[Term, ...]:
    """The terms of a question: words, "phrases", and beginnings of words (подпис*). Stop words alone ask nothing.

    InputError where a beginning is too short, or where there are words and nothing to look for.
    """
    pieces = [(match[1], match[2]) for match in _PIECE.finditer(text)]
    made = [_phrase(phrase, words, named) if word is None else _word(word, words, named) for phrase, word in pieces]
    terms = tuple(dict.fromkeys(term for term in made if term.forms))
    if text.strip() and not terms:
        raise InputError(text.strip(), "holds no word that says something", "add a word such as помощь or Kazakhstan")
    return terms[:_MOST]


def _word(piece: str, words: Words, named: Named) -> Term:
    body = piece.rstrip("*.,;:!?)")
    if not piece[len(body) :].startswith("*"):
        return _phrase(piece, words, named)
    parts = _PARTS.findall(body)
    if sum(map(len, parts)) < _FEWEST:
        raise InputError(piece, "begins too many words", f"give {_FEWEST} letters or more before *")
    *before, last = parts
    beginning = Form((*words(" ".join(before)), last.lower().replace("ё", "е")), open=True)
    term = _phrase(body, words, named)
    return Term((beginning, *term.forms), term.parties)


def _phrase(text: str, words: Words, named: Named) -> Term:
    """As typed, and as if it were a name or an acronym: «жапаров» is looked for as «Жапаров», too."""
    ways = dict.fromkeys(words(way) for way in (text, text.lower(), text.title(), text.upper()))
    forms = [lemmas for lemmas in ways if lemmas]
    parties = dict.fromkeys(code for lemmas in forms if (code := named(lemmas)))
    return Term(tuple(map(Form, forms)), tuple(parties))


def find_marks(terms: Collection[Term], placed: Sequence[tuple[str, Span]]) -> Iterator[Span]:
    """Where the terms stand among lemmas with their places, in order; a phrase from its first word to its last."""
    forms = [form for term in terms for form in term.forms]
    after = 0
    for at, (_, start) in enumerate(placed):
        sizes = [len(form.lemmas) for form in forms if at >= after and _stands(form, placed[at:])]
        if sizes:
            after = at + max(sizes)
            yield Span(start.start, placed[after - 1][1].end)


def _stands(form: Form, placed: Sequence[tuple[str, Span]]) -> bool:
    """Whether the form stands at the beginning of the lemmas."""
    found = [lemma for lemma, _ in placed[: len(form.lemmas)]]
    if form.open and found:
        found[-1] = found[-1][: len(form.lemmas[-1])]
    return tuple(found) == form.lemmas
