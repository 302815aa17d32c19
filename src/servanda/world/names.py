"""Tables of states, places, bodies, organs and companies -> one tree of name forms, and the names in a text."""

import re
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, field
from itertools import chain
from threading import Lock
from typing import Any

from servanda.world.declension import ANY, adjective_forms, case_forms, fold
from servanda.world.tables import Row, Tables, values

_ATOM = re.compile(r"\w+|[^\w\s]")
_END = ""  # the key of a node under which its entries stand; no atom is empty


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A thing with a name. `sort`: state, people, adjective, compound, place, body, organ, company or media.

    `name` is the dictionary form as the table has it, `row` the table's line; `code` what the name stands for, "" for
    an organ of any state.
    `capitals` is how much of the first word the text must write in capitals.
    """

    sort: str
    name: str
    code: str
    row: Row
    capitals: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in the text, the cases that its form may stand in, and whether another name begins at the same place."""

    start: int
    end: int
    entries: tuple[tuple[Entry, int], ...]

    def of(self, *sorts: str) -> tuple[Entry, int] | None:
        """The first entry of these sorts."""
        for meant in self.entries:
            if meant[0].sort in sorts:
                return meant
        return None


@dataclass(slots=True)
class Stretch:
    """A stretch of a text as names are looked for in it: its words and signs, folded, in order, and as a set."""

    text: str
    start: int
    folded: str
    atoms: list[str]
    forms: frozenset[str]

    @staticmethod
    def of(text: str, start: int, end: int) -> "Stretch":
        """The stretch between two offsets."""
        folded = fold(text[start:end])
        atoms = _ATOM.findall(folded)
        return Stretch(text, start, folded, atoms, frozenset(atoms))

    def starts(self) -> list[int]:
        """Where each atom begins in the text: between atoms stand blanks alone."""
        starts, at, offset = list[int](), 0, self.start
        for atom in self.atoms:
            at = self.folded.index(atom, at)
            starts.append(offset + at)
            at += len(atom)
        return starts


Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Names:
    """All name forms, as a tree of folded atoms; build it with `tables.derive(build_names)`."""

    root: Node = field(default_factory=dict)
    waiting: "dict[str, list[Named]]" = field(default_factory=dict)  # by first letters; declined once a text has these
    seen: set[str] = field(default_factory=set)  # forms of the texts for which all is declined
    party_names: dict[tuple[str, str], str] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def find(self, stretch: Stretch) -> list[Hit]:
        """The longest name at each place, left to right, without overlaps."""
        if unseen := stretch.forms - self.seen:
            self._wake(unseen)
        root, hits = self.root, list[Hit]()
        opening = root.keys() & stretch.forms
        if not opening:
            return hits
        starts, after = stretch.starts(), 0
        for i, atom in enumerate(stretch.atoms):
            if atom in opening and i >= after:
                hit, after = self._longest(stretch.text, starts, stretch.atoms, i, root[atom])
                if hit is not None:
                    hits.append(hit)
        return hits

    def _wake(self, forms: Set[str]) -> None:
        """Decline the names that begin as one of these does; another thread may be at it."""
        for prefix in self.waiting.keys() & {form[:_PREFIX] for form in forms}:
            with self.lock:
                self._grow(self.waiting.get(prefix, ()))
                self.waiting.pop(prefix, None)
        if len(self.seen) > _SEEN:
            self.seen.clear()
        self.seen.update(forms)

    def _grow(self, named: "Iterable[Named]") -> None:
        for entry, name, decline in named:
            for form, cases in decline(name).items():
                node = self.root
                for atom in form:
                    node = node.setdefault(atom, {})
                node.setdefault(_END, []).append((entry, cases))

    def _longest(self, text: str, starts: list[int], words: list[str], i: int, node: Node) -> tuple[Hit | None, int]:
        """The longest name from atom i on, and the atom after it."""
        best, after, j, start = None, i + 1, i, starts[i]
        while True:
            j += 1
            if _END in node:
                entries = tuple([e for e in node[_END] if _written(text, start, e[0])])
                counted = best is not None and words[j - 1].isdigit()  # «из России 24 тыс. тонн» is no channel
                if entries and not (counted and not _TITLED.search(text, max(0, start - 10), start)):
                    best, after = Hit(start, starts[j - 1] + len(words[j - 1]), entries), j
            if j == len(words) or (node := node.get(words[j], _NOTHING)) is _NOTHING:
                return best, after


_NOTHING: Node = {}
_TITLED = re.compile(r"(?:[«\"“„]|канал\w{0,2} )\Z")


def _written(text: str, start: int, entry: Entry) -> bool:
    """Whether the text has capitals where the table has them."""
    n = entry.capitals
    return n == 0 or text[start : start + n].isupper()


def _capitals(name: str) -> int:
    first = _ATOM.search(name)
    word = first.group() if first else name
    if word.isupper():
        return len(word)
    return 1 if word[0].isupper() else 0


Decline = Callable[[str], dict[tuple[str, ...], int]]
Named = tuple[Entry, str, Decline]

_PREFIX = 3
_SEEN = 65_536
_ENDING = 2  # letters that a first word may change when it declines


def build_names(tables: Tables) -> Names:
    """The tree of all names in the tables; use it as `tables.derive(build_names)`."""
    names = Names()
    short: list[Named] = []
    for named in chain(_states(tables), _bodies(tables), _places(tables), _others(tables)):
        first = _first_word(named[1])
        long = len(first) >= _PREFIX + _ENDING
        (names.waiting.setdefault(first[:_PREFIX], []) if long else short).append(named)
    names._grow(short)
    for table in ("states", "bodies"):
        for row in tables.rows(table):
            names.party_names[row["code"], "ru"] = row["name"]
            names.party_names[row["code"], "en"] = values(row["english"])[0]
    return names


def _first_word(name: str) -> str:
    match = _ATOM.search(fold(name))
    return match.group() if match else ""


def _states(tables: Tables) -> Iterator[Named]:
    for row in tables.rows("states"):
        for name in (row["name"], *values(row["names"])):
            yield _entry("state", name, row["code"], row), name, case_forms
        for adjective in values(row["adjectives"]):
            yield _entry("adjective", adjective, row["code"], row), adjective, adjective_forms
            yield _entry("compound", adjective, row["code"], row), adjective[:-2] + "о", _as_it_stands
        for part in values(row["compounds"]):
            yield _entry("compound", part, row["code"], row), part, _as_it_stands
        for person in values(row["people"]):
            yield _entry("people", person, row["code"], row), person, _people_forms


def _fixed(part: str) -> tuple[str, ...]:
    return tuple(_ATOM.findall(fold(part)))


def _as_it_stands(part: str) -> dict[tuple[str, ...], int]:
    return {_fixed(part): ANY}


def _people_forms(person: str) -> dict[tuple[str, ...], int]:
    """A demonym in both numbers: «россиянин», «россияне», «казахстанец», «казахстанцы», «сириец», «сирийцы»."""
    cut, plural = next((_PLURALS[e] for e in (person[-3:], person[-2:], person[-1:]) if e in _PLURALS), _PLURALS[""])
    base = fold(person[: len(person) - cut])
    return case_forms(person) | {(base + ending,): ANY for ending in plural}


_PLURALS = {
    "": (0, ("ы", "ов", "ам", "ами", "ах")),
    "к": (0, ("и", "ов", "ам", "ами", "ах")),
    "х": (0, ("и", "ов", "ам", "ами", "ах")),
    "ок": (2, ("ки", "ок", "кам", "ками", "ках")),  # «турок»
    "ец": (2, ("цы", "цев", "цам", "цами", "цах")),
    "лец": (2, ("ьцы", "ьцев", "ьцам", "ьцами", "ьцах")),  # «непалец»
    **{vowel + "ец": (2, ("йцы", "йцев", "йцам", "йцами", "йцах")) for vowel in "аеи"},  # «китаец», «сириец»
    "нин": (2, ("е", "", "ам", "ами", "ах")),
    "рин": (2, ("ы", "", "ам", "ами", "ах")),  # «болгарин»
    "зин": (0, ("ы", "", "ам", "ами", "ах")),  # «грузин»
}


def _bodies(tables: Tables) -> Iterator[Named]:
    for row in tables.rows("bodies"):
        for name in (row["name"], *values(row["names"])):
            yield _entry("body", name, row["code"], row), name, case_forms
        for organ in values(row["organs"]):
            yield _entry("body organ", organ, row["code"], row), organ, case_forms


def _places(tables: Tables) -> Iterator[Named]:
    for row in tables.rows("cities"):
        yield _entry("place", row["city"], row["code"], row), row["city"], case_forms


def _others(tables: Tables) -> Iterator[Named]:
    for row in tables.rows("organs"):
        yield _entry("organ", row["organ"], row["code"], row), row["organ"], case_forms
    for sort, table in (("company", "companies"), ("media", "media")):
        for row in tables.rows(table):
            for name in (row["name"], *values(row["names"])):
                yield _entry(sort, name, f"name:{name}", row), name, _title_forms


def _title_forms(name: str) -> dict[tuple[str, ...], int]:
    """A company's or paper's name, whose last word may decline instead of its first: «Газпром экспортом»."""
    forms = case_forms(name)
    *first, last = name.split(" ")
    if first:
        before = _fixed(" ".join(first))
        forms = {(*before, *form): cases for form, cases in case_forms(last).items()} | forms
    return forms


def _entry(sort: str, name: str, code: str, row: Row) -> Entry:
    return Entry(sort, name, code, row, _capitals(name))
