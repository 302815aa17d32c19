"""Why two dossiers are perhaps one -> in the reader's language: the ground, and the words or days that it rests on."""

import re

from servanda.model.reading import Amount
from servanda.render.amounts import render_amount
from servanda.render.dates import render_period
from servanda.render.words import labels, verbs

_SHAPES = tuple(  # how the linking says what holds a value, and the label that says it here
    (re.compile(words), f"reason/{key}")
    for words, key in (
        (r"told as (\w+) and as (\w+)", "told_as"),
        (r"valid (.+) in both", "valid"),
        (r"(\w+) of ([^ ].*) in both", "in_both_of"),
        (r"(.+) in both", "in_both"),
        (r"(\w+) and (\w+) of (.+)", "two_of"),
        (r"(.+) agrees with (.+)", "agrees"),
        (r"(-?\d.*) of (-?\d.*)", "share"),
        (r"both (.+)", "both"),
        (r"in (.+)", "place"),
    )
)
_NUMBER = re.compile(r"(-?\d[\d,]*(?:\.\d+)?) (\D+)")
_DAY = re.compile(r"(?:(?:(\d{1,2}) )?([A-Z][a-z]+) )?(\d{4})")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_TERMS = ("metric", "brief/step", "step", "meeting")


def say_reason(reason: str, ui: str) -> str:
    """A reason as the linking gives it, `ground`, `ground: what it rests on` or with a value inside; else as it is."""
    known = labels(ui)
    ground, colon, rest = reason.partition(": ")
    if f"reason/{ground}" in known:
        whole = known.get(f"reason/{rest}") or ", ".join(_say(part, ui) for part in rest.split(", "))
        return known[f"reason/{ground}"] + colon + whole
    for shape, label in _SHAPES:
        if found := shape.fullmatch(reason):
            return known[label].format(*(_say(part, ui) for part in found.groups()))
    return reason


def _say(words: str, ui: str) -> str:
    """A value in a reason: an act, a term, a number, a day; others are words of the reports."""
    if words in verbs():
        return verbs()[words].base if ui == "en" else verbs()[words].ru_inf
    known = labels(ui)
    if term := next((known[key] for table in _TERMS if (key := f"{table}/{words}") in known), None):
        return term.lower()
    if number := _NUMBER.fullmatch(words):
        return render_amount(Amount(float(number[1].replace(",", "")), number[2]), ui)
    edtf = _edtf(words)
    return render_period(edtf, ui) if edtf else words


def _edtf(words: str) -> str | None:
    """«7 December 2021», «December 2021», «by 31 October 2025», «1 May 2021 to 3 May 2021»; None for no days."""
    if words.startswith(("by ", "from ")):
        end = _point(words.partition(" ")[2])
        return end and (f"../{end}" if words.startswith("by ") else f"{end}/..")
    first, _, last = words.partition(" to ")
    start, end = _point(first), _point(last)
    return f"{start}/{end}" if start and end else None if last else start


def _point(words: str) -> str | None:
    found = _DAY.fullmatch(words)
    if found is None or (found[2] and found[2] not in _MONTHS):
        return None
    month = f"-{_MONTHS.index(found[2]) + 1:02}" if found[2] else ""
    return f"{found[3]}{month}" + (f"-{int(found[1]):02}" if found[1] else "")
