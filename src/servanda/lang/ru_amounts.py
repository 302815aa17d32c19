"""Tables of Russian numerals, units, bounds and currencies -> one lexicon, looked up by the printed form."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from servanda.world.tables import Row, Tables, values

_ENDINGS = (
    "", "а", "я", "у", "ю", "о", "е", "ы", "и", "ь", "ой", "ей", "ом", "ем", "ов", "ев",
    "ам", "ям", "ами", "ями", "ах", "ях", "ого", "ому", "ым", "ых", "ыми",
)  # fmt: skip

Numbers = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the tables. `kind`: percent, points, times, measure, count or money; money words may have rivals."""

    unit: str
    kind: str
    rivals: tuple[tuple[str, tuple[str, ...], str], ...] = ()  # (code, qualifier stems, choice), for money


@dataclass(frozen=True, slots=True)
class AmountWords:
    """What the reader of amounts asks of Russian. Words are lower-case with «ё» as «е»; abbreviations keep case."""

    cardinals: Numbers
    collectives: Numbers
    scales: Numbers
    single_scales: frozenset[str]  # «миллион», «тысячу»: one of it, without a number before
    fused: Numbers
    percents: Numbers
    times: Numbers
    shares: Numbers
    units: Mapping[str, tuple[tuple[str, Unit], ...]]  # by the first word
    stops: frozenset[str]
    pairs: frozenset[str]
    tallies: frozenset[str]  # «число студентов»: what follows is counted
    named: frozenset[str]  # «статья 5», «рейс 777»: the number is a name
    before: Mapping[str, str]
    after: Mapping[str, str]
    verbs: Mapping[str, str]
    goals: frozenset[str]
    signs: Mapping[str, str]
    openers: frozenset[str]  # words with which an amount may begin


def amount_words(tables: Tables) -> AmountWords:
    """The lexicon, for `Tables.derive`."""
    numbers: dict[str, dict[str, float]] = {}
    single: set[str] = set()
    for row in tables.rows("ru/numerals"):
        words = values(row["words"]) + values(row["alone"])
        numbers.setdefault(row["kind"], {}).update(dict.fromkeys(words, _plain(row["value"])))
        single.update(values(row["alone"]))
    units = tables.rows("ru/units")
    bounds = tables.rows("ru/bounds")
    opening = [of for kind, of in numbers.items() if kind != "scale"]
    return AmountWords(
        **{name: numbers[kind] for name, kind in _KINDS.items()},
        openers=frozenset(single.union(LOOSE_SCALES, *({first_word(w) for w in of} for of in opening))),
        single_scales=frozenset(single),
        units=_by_first_word((*_units(tables), *_currencies(tables))),
        stops=_words_of(r["words"] for r in units if r["kind"] == "stop"),
        pairs=_words_of(r["words"] for r in units if r["kind"] == "pair"),
        tallies=_words_of(r["words"] for r in units if r["kind"] == "tally"),
        named=_words_of(r["words"] for r in units if r["kind"] == "named"),
        before=_bounds(bounds, "before"),
        after=_bounds(bounds, "after"),
        verbs=_bounds(bounds, "verb"),
        goals=_words_of(r["words"] for r in bounds if r["place"] == "goal"),
        signs={s: r["code"] for r in tables.rows("currencies") for s in values(r["signs"])},
    )


LOOSE_SCALES = ("десятка", "сотни", "тысячи")  # «десятка два», «за тысячи»: scales in cases of their own
_KINDS = {
    "cardinals": "cardinal",
    "collectives": "collective",
    "scales": "scale",
    "fused": "fused",
    "percents": "percent",
    "times": "times",
    "shares": "share",
}


def _plain(cell: str) -> float:
    return float(cell) if "." in cell else int(cell)


def _words_of(cells: Iterable[str]) -> frozenset[str]:
    return frozenset(w for cell in cells for w in values(cell))


def forms(word: str) -> Iterator[str]:
    """The forms that a word of the tables stands for: itself, or its stem with every ending of a noun."""
    if word.endswith("+"):
        yield from (word[:-1] + ending for ending in _ENDINGS)
    else:
        yield word


def _units(tables: Tables) -> Iterator[tuple[str, Unit]]:
    for row in tables.rows("ru/units"):
        if row["kind"] not in ("stop", "pair", "named", "tally"):
            unit = Unit(row["unit"], row["kind"])
            yield from ((form, unit) for word in values(row["words"]) for form in forms(word))


def _currencies(tables: Tables) -> Iterator[tuple[str, Unit]]:
    """Each currency word with all the currencies that bear it."""
    rivals: dict[str, list[tuple[str, tuple[str, ...], str]]] = {}
    for row in tables.rows("currencies"):
        rival = (row["code"], values(row["qualifiers"]), row["choice"])
        for form in {form for word in values(row["words"]) for form in forms(word)}:
            rivals.setdefault(form, []).append(rival)
    for form, of in rivals.items():
        default = next((code for code, _, choice in of if choice), of[0][0])
        yield form, Unit(default, "money", tuple(of))


def _by_first_word(pairs: Iterable[tuple[str, Unit]]) -> dict[str, tuple[tuple[str, Unit], ...]]:
    index: dict[str, dict[str, Unit]] = {}
    for form, unit in pairs:
        index.setdefault(first_word(form), {}).setdefault(form, unit)
    return {w: tuple(sorted(of.items(), key=lambda f: (-len(f[0]), f[0]))) for w, of in index.items()}


def first_word(text: str) -> str:
    """The letters that open a text, or its first sign."""
    n = 0
    while n < len(text) and text[n].isalpha():
        n += 1
    return text[: n or 1]


def _bounds(rows: Iterable[Row], place: str) -> dict[str, str]:
    return {words: r["bound"] for r in rows if r["place"] == place for words in values(r["words"])}
