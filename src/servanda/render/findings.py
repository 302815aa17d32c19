"""Findings -> lines for a terminal: how grave, what, in which dossiers, and the words that they rest on."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from servanda.model.dossier import Cited, Discrepancy
from servanda.render.marks import printable
from servanda.render.text import BOLD, DIM, Paper, fill
from servanda.render.words import labels

LEVELS = {"error": "31", "doubt": "33", "note": "36"}
_INDENT = "    "


Title = Callable[[str], str]  # of a dossier, by its id


def untitled(dossier: str) -> str:
    """No title."""
    return ""


def render_findings(findings: Iterable[Discrepancy], paper: Paper, title: Title = untitled) -> str:
    """A block for each finding, the gravest first, ending in a line feed; empty where there is none."""
    blocks = ["\n".join(_block(finding, paper, title)) for finding in by_gravity(findings)]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def by_gravity(findings: Iterable[Discrepancy]) -> list[Discrepancy]:
    """Errors, doubts, notes; in each by code and dossier."""
    return sorted(findings, key=lambda f: (list(LEVELS).index(f.level), f.code, f.dossiers))


def message_of(finding: Discrepancy, ui: str) -> str:
    """What was found, in the reader's language where it is said in it."""
    return finding.message_ru if ui == "ru" and finding.message_ru else finding.message


def _block(finding: Discrepancy, paper: Paper, title: Title) -> Iterator[str]:
    word = labels(paper.ui)
    where = "".join(f" · {f'{dossier} {title(dossier)}'.rstrip()}" for dossier in finding.dossiers)
    level = (word[f"level/{finding.level}"], f"{BOLD};{LEVELS[finding.level]}")
    yield from fill([level, (where, ""), (f" [{finding.code}]", DIM)], paper, _INDENT)
    yield from fill([(_INDENT + printable(message_of(finding, paper.ui)), BOLD)], paper, _INDENT)
    for cited in _once(finding.cited):
        yield from fill([(_INDENT + _cited(cited), DIM)], paper, _INDENT)


def _cited(cited: Cited) -> str:
    """The report, the words and their place in it."""
    words = " ".join(printable(cited.words).split())
    places = ", ".join(f"{start}-{end}" for start, end in cited.spans)
    return printable(cited.report) + (f": «{words}»" if words else "") + (f" ({places})" if places else "")


def _once(cited: Sequence[Cited]) -> list[Cited]:
    """Each place once: two records may rest on the same words."""
    return list({(c.report, c.words, c.spans): c for c in cited}.values())
