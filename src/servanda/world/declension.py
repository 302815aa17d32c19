"""A Russian name in the nominative -> its forms in all cases, by rule and not by dictionary: names are mostly in none.

More forms are made than a name has (both genders of «-ь», say): one that nobody writes does no harm.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

NOM, GEN, DAT, ACC, INS, LOC = (1 << i for i in range(6))
ANY = NOM | GEN | DAT | ACC | INS | LOC

_CASES = (NOM, GEN, DAT, ACC, INS, LOC)
_ATOM = re.compile(r"\w+|[^\w\s]")
ADJECTIVE_ALONE = ("ый", "ое", "ский", "цкий", "ская")  # towns: «Грозный», «Золотое», «Жуковский»
_ADJECTIVE = re.compile(r"\w{2,}(ый|ий|ой|ая|яя|ое|ее|ые|ие)")

# Endings by case in the order of _CASES: several, parted by «|», where gender, number or life decides.
_NOUNS: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("ец", 2, ("ец", "ца", "цу", "ец|ца", "цем|цом", "це")),
    ("ипет", 2, ("ет", "та", "ту", "ет", "том", "те")),
    ("ин", 0, ("", "а", "у", "|а", "ом", "е")),
    ("ство", 1, ("о", "а", "у", "о", "ом", "е")),
    ("во", 1, ("о", "о|а", "о|у", "о", "о|ом", "о|е")),  # «Косово» declines or not, as the writer likes
    ("но", 1, ("о", "о|а", "о|у", "о", "о|ом", "о|е")),
    ("море", 1, ("е", "я", "ю", "е", "ем", "е")),
    ("ние", 1, ("е", "я", "ю", "е", "ем", "и")),
    ("ье", 1, ("е", "я", "ю", "е", "ем", "е|и")),
    ("ия", 1, ("я", "и", "и", "ю", "ей", "и")),
    ("ий", 1, ("й", "я", "ю", "й|я", "ем", "и|е")),
    ("й", 1, ("й", "я", "ю", "й|я", "ем", "е")),
    ("ь", 1, ("ь", "я|и", "ю|и", "ь|я", "ем|ью|ом", "е|и")),
    ("я", 1, ("я", "и", "е", "ю", "ей|ею", "е")),
    ("а", 1, ("а", "ы|и", "е", "у", "ой|ою|ей", "е")),
    ("ы", 1, ("ы", "ов|", "ам", "ы|ов|", "ами", "ах")),
    ("ики", 1, ("и", "ов|", "ам", "и|ов", "ами", "ах")),
    ("ичи", 1, ("и", "ей", "ам", "и", "ами", "ах")),
    ("сти", 1, ("и", "ей", "ям", "и", "ями", "ях")),
)
_ADJECTIVES = {
    "m": ("ый|ой", "ого", "ому", "ый|ой|ого", "ым", "ом"),
    "f": ("ая", "ой", "ой", "ую", "ой|ою", "ой"),
    "n": ("ое", "ого", "ому", "ое", "ым", "ом"),
    "p": ("ые", "ых", "ым", "ые|ых", "ыми", "ых"),
}
_SOFT = str.maketrans("ыоау", "иеяю")  # «верхний», «верхняя»
_VELAR = str.maketrans("ы", "и")  # «русский», «русского»
_SIBILANT = str.maketrans("ыо", "ие")  # «рабочий», «рабочего»
_GENDERS = {"ый": "m", "ий": "m", "ой": "m", "ая": "f", "яя": "f", "ое": "n", "ее": "n", "ые": "p", "ие": "p"}


def fold(text: str) -> str:
    """Lower case with «ё» as «е», one kind of dash and apostrophe; as long as the text."""
    low = text.replace("İ", "I").lower().replace("ё", "е").replace("–", "-").replace("—", "-")
    return low.replace("‑", "-").replace("−", "-").replace("’", "'").replace("ʼ", "'")


def atoms(text: str) -> list[str]:
    """Runs of letters and digits, and single signs: the units in which names are compared."""
    return _ATOM.findall(fold(text))


def case_forms(name: str) -> dict[tuple[str, ...], int]:
    """Every form of a name as folded atoms, with the cases (a sum of NOM, GEN, ...) that it may stand in.

    The words up to the first noun decline, and those after «и» with a capital («Боснии и Герцеговины»); the rest stays.
    """
    parts, flags = atoms(name), _declined(name)
    out: dict[tuple[str, ...], int] = {}
    for index, case in enumerate(_CASES):
        phrases: list[tuple[str, ...]] = [()]
        for part, flag in zip(parts, flags, strict=True):
            phrases = [(*p, form) for p in phrases for form in (_forms(part, flag)[index] if flag else (part,))]
        for phrase in phrases:
            out[phrase] = out.get(phrase, 0) | case
    return out


def adjective_forms(adjective: str) -> dict[tuple[str, ...], int]:
    """Every form of an adjective in all genders and numbers, with the cases it may stand in."""
    parts = atoms(adjective)
    out: dict[tuple[str, ...], int] = {}
    for gender in _ADJECTIVES:
        for case, endings in zip(_CASES, _adjective(parts[-1], gender), strict=True):
            for form in endings:
                key = (*parts[:-1], form)
                out[key] = out.get(key, 0) | case
    return out


def _declined(name: str) -> list[str]:
    """For each atom "a" (declines as an adjective), "n" (as a noun) or "" (stays)."""
    parts = _ATOM.findall(name.replace("ё", "е"))
    flags: list[str] = []
    head = False
    for i, part in enumerate(parts):
        joined = i + 1 < len(parts) and parts[i + 1] in "-—–"
        if head and part == "и" and i + 1 < len(parts) and parts[i + 1][0].isupper():
            head = False
            flags.append("")
        elif head or not part[0].isalpha() or (joined and not _river(parts, i)) or _is_acronym(part):
            flags.append("")
            head = head or _is_acronym(part)
        elif _ADJECTIVE.fullmatch(part.lower()) and (part.endswith(ADJECTIVE_ALONE) or _noun_follows(parts, i)):
            flags.append("a")
        else:
            flags.append("n")
            head = True
    return flags


def _river(parts: Sequence[str], i: int) -> bool:
    """«Ростов-на-Дону»: the first word of the three declines."""
    return i + 2 < len(parts) and parts[i + 2] in ("на", "над", "де")


def _noun_follows(parts: Sequence[str], i: int) -> bool:
    return i + 1 < len(parts) and parts[i + 1][0].isalpha()


def _is_acronym(part: str) -> bool:
    """Capitals throughout do not decline, but for a few that are spoken as words."""
    return part.isupper() and len(part) > 1 and part not in _SPOKEN


_SPOKEN = frozenset({"МИД", "БРИКС", "КАМАЗ", "ЛУКОЙЛ"})  # «МИДа», «БРИКСом»


def _forms(part: str, flag: str) -> tuple[tuple[str, ...], ...]:
    return _adjective(part, _GENDERS[part[-2:]]) if flag == "a" else _noun(part)


@lru_cache(4096)
def _noun(word: str) -> tuple[tuple[str, ...], ...]:
    for suffix, cut, endings in _NOUNS:
        if word.endswith(suffix) and len(word) > len(suffix):
            return _expand(word[: len(word) - cut] if cut else word, endings)
    if word[-1] in "бвгджзклмнпрстфхцчшщ":
        return _expand(word, ("", "а", "у", "|а", "ом|ем", "е"))
    return ((word,),) * len(_CASES)


@lru_cache(4096)
def _adjective(word: str, gender: str) -> tuple[tuple[str, ...], ...]:
    stem = word[:-2]
    return tuple(
        tuple(
            stem + e[0].translate(row) + e[1:] for e in variants.split("|") for row in _stem_rows(stem[-1], word[-2:])
        )
        for variants in _ADJECTIVES[gender]
    )


def _stem_rows(last: str, ending: str) -> tuple[dict[int, int], ...]:
    """How the endings are spelt after the stem's last letter."""
    if last in "гкх":
        return (_VELAR,)
    if last in "жшчщ":
        return (_VELAR, _SIBILANT)
    return (_SOFT,) if ending in ("ий", "яя", "ее", "ие") else ({},)


def _expand(stem: str, endings: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(stem + e for e in variants.split("|")) for variants in endings)
