"""TSV files of words and facts, with a user's folder laid over them -> rows.

A table has `#` lines on top that name its source, a header row, and cells parted by tabs. In the folder laid over, a
file of the same name replaces the rows with the same key, adds new ones, drops those whose first cell begins with `-`,
and adds to the lists of those whose first cell begins with `+` («+передать», then the verbs that are new).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from servanda.world.schema import FIXED, TABLES, Column, columns

Row = Mapping[str, str]
T = TypeVar("T")

_PACKAGE = Path(__file__).resolve().parent.parent
_LIST = "|"
_LISTS = frozenset(("lemmas", "names"))  # sorts of cells that hold lists


@dataclass(frozen=True, slots=True)
class TableFault:
    """What is wrong at one line of a table, and what to do about it. Line 0 is the file as a whole."""

    file: str
    line: int
    message: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message}; {self.remedy}"


class TableError(ValueError):
    """A table cannot be used: says file, line and remedy, which `fault` holds where one file is at fault."""

    def __init__(self, said: str | TableFault) -> None:
        super().__init__(str(said))
        self.fault = said if isinstance(said, TableFault) else None


@dataclass(frozen=True, eq=False, slots=True)
class Tables:
    """All tables, with one folder laid over or none. What is derived from them is built once for each such object."""

    overlay: Path | None = None
    _derived: dict[Any, Any] = field(default_factory=dict, repr=False)

    @staticmethod
    @cache
    def default() -> "Tables":
        """The tables as shipped."""
        return Tables()

    @staticmethod
    @cache
    def with_overlay(folder: Path) -> "Tables":
        """The shipped tables with those of the folder laid over."""
        if not folder.is_dir():
            raise TableError(f"{folder}: no such folder of tables; give one that holds files like states.tsv")
        return Tables(folder)

    def __reduce__(self) -> tuple[type["Tables"], tuple[Path | None]]:
        """Another process gets the folder, and derives anew."""
        return Tables, (self.overlay,)

    def rows(self, name: str) -> tuple[Row, ...]:
        """The rows of a table, in the order of its file."""
        return load_table(name, self.overlay)

    def derive(self, build: "Callable[[Tables], T]") -> T:
        """What `build` makes of these tables (an index, an automaton), made at the first call."""
        if build not in self._derived:
            self._derived[build] = build(self)
        made: T = self._derived[build]
        return made


def values(cell: str) -> tuple[str, ...]:
    """The values of a list cell: «РК|Республика Казахстан»."""
    return tuple(cell.split(_LIST)) if cell else ()


@cache
def load_table(name: str, overlay: Path | None = None) -> tuple[Row, ...]:
    """The rows of a table, laid over where the folder has a file of its name; TableError where one cannot be read."""
    if name not in TABLES:
        raise TableError(f"no table is called {name!r}; register it in world/schema.py")
    base: list[Row] = [MappingProxyType(row) for _, row in _read(table_file(name), columns(name))]
    over = overlay and _overlay_file(overlay, name)
    if not over:
        return tuple(base)
    return tuple(_lay_over(base, [row for _, row in _read(over, columns(name))], columns(name)))


def table_file(name: str) -> Path:
    """Where a shipped table lies: `states` in world/data, `ru/acts` in lang/data/ru."""
    return _PACKAGE / ("lang/data" if "/" in name else "world/data") / f"{name}.tsv"


def _overlay_file(folder: Path, name: str) -> Path | None:
    """The file laid over a table: `ru/acts.tsv` or, without the tongue, `acts.tsv`."""
    return next((f for f in (folder / f"{name}.tsv", folder / f"{name.split('/')[-1]}.tsv") if f.is_file()), None)


def _read(file: Path, spec: tuple[Column, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Line numbers and rows; cells that the file leaves out are empty."""
    names = [c.name for c in spec]
    header: list[str] | None = None
    for number, cells in _lines(file):
        if header is None:
            header = cells
            _demand_header(file, number, header, spec)
            blank = dict.fromkeys(names, "")
        elif len(cells) > len(header):
            what = f"{len(cells)} cells under {len(header)} columns"
            raise TableError(TableFault(file.name, number, what, _TABS))
        else:
            yield number, {**blank, **dict(zip(header, cells, strict=False))}


_TABS = "part cells by single tabs, as many as there are columns"


def _lines(file: Path) -> Iterator[tuple[int, list[str]]]:
    """Numbered lines, cut into cells, without comments and blank ones."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        fault = TableFault(file.name, 0, f"cannot be read ({error})", "it must be a text file in UTF-8")
        raise TableError(fault) from error
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            yield number, [cell.strip() for cell in line.split("\t")]


def _demand_header(file: Path, number: int, header: list[str], spec: tuple[Column, ...]) -> None:
    known = [c.name for c in spec]
    missing = [c.name for c in spec if c.key and not c.optional and c.name not in header]
    strange = [name for name in header if name not in known]
    if strange or missing:
        what = f"unknown columns {', '.join(strange)}" if strange else f"no column {', '.join(missing)}"
        raise TableError(TableFault(file.name, number, what, f"the columns are: {', '.join(known)}"))


def _lay_over(base: list[Row], over: list[Row], spec: tuple[Column, ...]) -> Iterator[Row]:
    """Replaced or widened where they stood, new ones at the end, dropped ones gone."""
    keys = [c.name for c in spec if c.key]
    rows = {_key(row, keys): row for row in base}
    for row in over:
        if row[keys[0]].startswith("-"):
            for gone in _dropped(rows, row, keys):
                del rows[gone]
        elif row[keys[0]].startswith("+"):
            _widen(rows, row, keys, [c.name for c in spec if c.sort in _LISTS])
        else:
            rows[_key(row, keys)] = MappingProxyType(dict(row))
    yield from rows.values()


def _widen(rows: dict[tuple[str, ...], Row], row: Row, keys: list[str], lists: list[str]) -> None:
    """Add the values of a `+` row to the lists of the row it names."""
    key = (row[keys[0]].removeprefix("+").strip(), *(row[k] for k in keys[1:]))
    if key in rows:
        more = {n: _LIST.join(dict.fromkeys([*values(rows[key][n]), *values(row[n])])) for n in lists}
        rows[key] = MappingProxyType({**rows[key], **more})


def _key(row: Row, keys: list[str]) -> tuple[str, ...]:
    return tuple(row[k] for k in keys)


def _dropped(rows: Mapping[tuple[str, ...], Row], row: Row, keys: list[str]) -> list[tuple[str, ...]]:
    """The keys that a `-` row drops: those that agree with all the key cells it fills."""
    wanted = (row[keys[0]].removeprefix("-").strip(), *(row[k] for k in keys[1:]))
    return [key for key in rows if key[0] == wanted[0] and all(w in ("", k) for w, k in zip(wanted, key, strict=True))]


def check_tables(overlay: Path | None = None) -> list[TableFault]:
    """All that is wrong in the shipped tables, or in a folder to be laid over them."""
    if overlay is not None:
        return _check_folder(overlay)
    faults = [TableFault(f.name, 0, "is in no registry", "add a line to world/schema.py") for f in _unregistered()]
    for name in TABLES:
        faults += _check_file(table_file(name), columns(name), _known_codes(None))
    return faults


def _unregistered() -> list[Path]:
    files = {table_file(name) for name in TABLES}
    found = [*(_PACKAGE / "world/data").glob("*.tsv"), *(_PACKAGE / "lang/data").glob("*/*.tsv")]
    return sorted(f for f in found if f not in files)


def _check_folder(folder: Path) -> list[TableFault]:
    if not folder.is_dir():
        return [TableFault(str(folder), 0, "is no folder", "give one that holds files like states.tsv")]
    used = {file: name for name in TABLES if (file := _overlay_file(folder, name))}
    faults = find_strange(folder)
    faults += [
        TableFault(file.name, 0, "cannot be laid over: the grammar reads the shipped one", "take it out of the folder")
        for file, name in used.items()
        if name in FIXED
    ]
    codes = _known_codes(folder)
    for file, name in used.items():
        faults += [*_check_file(file, columns(name), codes), *_check_dropped(file, name)]
    return faults


def find_strange(folder: Path) -> list[TableFault]:
    """Files in a folder that lie over no table: nothing reads them."""
    used = {_overlay_file(folder, name) for name in TABLES}
    known = ", ".join(f"{name}.tsv" for name in TABLES)
    return [
        TableFault(file.name, 0, "lies over no table", f"the tables are: {known}")
        for file in sorted(folder.rglob("*.tsv"))
        if file not in used
    ]


def _known_codes(overlay: Path | None) -> frozenset[str]:
    """Codes of states and bodies; none at all where their tables cannot be read, which is a fault of its own."""
    try:
        return frozenset(row["code"] for name in ("states", "bodies") for row in load_table(name, overlay))
    except TableError:
        return frozenset()


def _check_file(file: Path, spec: tuple[Column, ...], codes: frozenset[str]) -> list[TableFault]:
    try:
        rows = list(_read(file, spec))
    except TableError as error:
        return [error.fault or TableFault(file.name, 0, str(error), "mend it, then check again")]
    faults: list[TableFault] = []
    seen: dict[tuple[str, ...], int] = {}
    keys = [c.name for c in spec if c.key]
    for line, row in rows:
        first = seen.setdefault(_key(row, keys), line)
        if first != line:
            faults.append(TableFault(file.name, line, f"has the key of line {first}", "merge the two or drop one"))
        if not row[keys[0]].startswith(("-", "+")):
            faults += _check_row(file.name, line, row, spec, codes)
    return faults


def _check_row(file: str, line: int, row: Row, spec: tuple[Column, ...], codes: frozenset[str]) -> Iterator[TableFault]:
    for column in spec:
        cell = row[column.name]
        if not cell and not column.optional:
            yield TableFault(file, line, f"{column.name} is empty", "fill it in")
        elif cell and not column.pattern.fullmatch(cell):
            remedy = f"it must be {column.sort} ({column.pattern.pattern})"
            yield TableFault(file, line, f"{column.name} cannot be {cell!r}", remedy)
        elif cell and column.sort == "day" and not _is_day(cell):
            yield TableFault(file, line, f"{column.name} is no day: {cell}", "write it as 2019-03-23")
        elif cell and column.sort == "code" and codes and not cell.startswith("name:") and cell not in codes:
            yield TableFault(file, line, f"{column.name} {cell} is unknown", "add it to states.tsv or bodies.tsv")


def _is_day(cell: str) -> bool:
    try:
        date.fromisoformat(cell)
    except ValueError:
        return False
    return True


def _check_dropped(file: Path, name: str) -> Iterator[TableFault]:
    """Rows dropped that the table never had."""
    spec = columns(name)
    keys = [c.name for c in spec if c.key]
    try:
        over = list(_read(file, spec))
    except TableError:
        return
    rows = {_key(row, keys): row for row in load_table(name)}
    for line, row in over:
        if row[keys[0]].startswith("-") and not _dropped(rows, row, keys):
            yield TableFault(file.name, line, f"drops {row[keys[0]][1:]}, which is not there", "delete the line")
        elif row[keys[0]].startswith("+") and (row[keys[0]][1:].strip(), *(row[k] for k in keys[1:])) not in rows:
            yield TableFault(file.name, line, f"adds to {row[keys[0]][1:]}, which is not there", "leave out the +")
