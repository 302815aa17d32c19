"""Drafts of one report -> one draft per thing: a title, a lead, a body and a quotation of the same act become one."""

import re
from collections.abc import Iterable
from functools import lru_cache

from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.document import Document
from servanda.reading.draft import Draft

_WORD = re.compile(r"[^\W_]+")
_STEM = 5  # letters that tell a Russian word from its fellows whatever its ending

_NEAR = 60  # acts at the head of a report, and before this one, among which its twin is looked for


@lru_cache(maxsize=8192)
def stems(text: str) -> frozenset[str]:
    """The words of a text by their first letters, short ones left out; numbers whole."""
    return frozenset(
        w if w.isdigit() else w[:_STEM]
        for w in _WORD.findall(text.lower().replace("ё", "е"))
        if len(w) > 2 or w.isdigit()
    )


def overlap(a: str | None, b: str | None) -> float:
    """How much two texts share, 0 to 1: twice the common stems over all of them."""
    left, right = stems(a or ""), stems(b or "")
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def merge_undertakings(document: Document, drafts: Iterable[Draft]) -> list[Draft]:
    """Joins drafts that tell the same act; the fuller one keeps its quote and takes what it lacks from the other."""
    kept: list[Draft] = []
    for draft in drafts:
        near = kept if len(kept) <= 2 * _NEAR else [*kept[:_NEAR], *kept[-_NEAR:]]
        twin = next((k for k in near if _same_act(document, k, draft)), None)
        if twin is None:
            kept.append(draft)
        elif _rank(document, draft) > _rank(document, twin):
            kept[kept.index(twin)] = draft
            _take_from(draft, twin)
        else:
            _take_from(twin, draft)
    return kept


_PRONOUNS = frozenset(("их", "его", "ее", "её", "они", "это"))

_TOLD_BY = {  # the acts that a quantity of each metric says nothing new of
    "exports": {"supply", "other"},
    "imports": {"buy", "supply"},
    "energy": {"supply", "buy", "give"},
    "projects": {"build"},
    "traffic": {"other"},
    "transit": {"other"},
}
_CHANGING = {
    "raise",
    "cut",
    "supply",
    "buy",
    "transport",
    "other",
}  # the acts that a change of a quantity tells already


def drop_statistics(drafts: list[Draft], figures: Iterable[Draft]) -> list[Draft]:
    """Leaves out acts that only tell a quantity over again which a figure states in the same words: «в 2025 году страна
    экспортировала в Китай 1,1 млн тонн ячменя».
    """
    told = list(figures)
    return [d for d in drafts if d.under or not any(_retells(d, figure) for figure in told)]


def drop_steps(drafts: list[Draft], instruments: Iterable[Draft]) -> list[Draft]:
    """Leaves out acts that only tell over again a step that an instrument has taken: «договор продлён», «вышла из
    пакта».
    """
    taken = ((i, path) for i in instruments for path in i.evidence if path.startswith("steps/"))
    steps = {s for i, path in taken if not i.basis[path].rule.endswith("coming") for s in i.evidence[path]}
    return [
        d
        for d in drafts
        if (d.get("act") != "other" and d.get("object") not in _PRONOUNS) or steps.isdisjoint(d.evidence.get("act", ()))
    ]


def _retells(draft: Draft, figure: Draft) -> bool:
    given = [s for path, spans in draft.evidence.items() if path.startswith("amounts/") for s in spans]
    if draft.get("act") in _CHANGING and draft.get("progress") != "announced":
        changes = [s for path, spans in figure.evidence.items() if path.startswith("changes/") for s in spans]
        if _touch(given, changes):
            return True
    if draft.get("act") not in _TOLD_BY.get(str(figure.get("metric")), ()):
        return False
    if figure.get("period") is None and figure.get("metric") in ("exports", "imports", "energy"):
        return False
    if not given and draft.get("progress") == "fulfilled":  # «больше всего продал телефонов – на 610 млн»
        return bool(figure.evidence["quote"][0].overlaps(draft.evidence["quote"][0]))
    return _touch(given, figure.evidence.get("amount", ()))


def _touch(some: Iterable[Span], others: Iterable[Span]) -> bool:
    """Whether a span of the one shares a letter with a span of the other."""
    return any(a.start < b.end and b.start < a.end for a in some for b in others)


def _same_act(document: Document, a: Draft, b: Draft) -> bool:
    if a.item != b.item:
        return False
    quotes = a.evidence["quote"][0], b.evidence["quote"][0]
    if quotes[0] == quotes[1] and a.evidence.get("object") == b.evidence.get("object"):
        return True
    if (a.get("modality") == "prohibition") != (b.get("modality") == "prohibition"):
        return False
    if _retold(document, a, b):
        return True
    if a.get("act") != b.get("act") and "other" not in (a.get("act"), b.get("act")) and not _same_money(a, b):
        return False
    if not _agree(a, b, "by") or not _agree(a, b, "to") or _differ_in_numbers(a, b):
        return False
    if b.get("object") in _PRONOUNS and b.sentence - a.sentence == 1 and a.get("act") == b.get("act"):
        return bool(a.get("by") == b.get("by"))  # «обучит сапёров. Учить их будут …»
    if a.get("act") != b.get("act") and _same_money(a, b):
        return True
    if a.get("object") and b.get("object"):
        return max(overlap(x, y) for x in (a.get("object"), a.alias) for y in (b.get("object"), b.alias)) >= 0.5
    return overlap(a.get("quote"), b.get("quote")) >= 0.5


def _retold(document: Document, a: Draft, b: Draft) -> bool:
    """Whether one is a headline that tells in its own way what its report tells."""
    kinds = {_block(document, a), _block(document, b)}
    acts = {a.get("act"), b.get("act")}
    if not kinds & {"title", "lead"} or (len(acts) > 1 and not (acts <= _HANDING and a.get("to") and b.get("to"))):
        return False
    for name in ("by", "to"):
        if not _agree(a, b, name) and not (_is_brought(a, name) or _is_brought(b, name)):
            return False
    left, right = ({x.number for x in d.get("amounts") or ()} for d in (a, b))
    same = set(a.get("by")) == set(b.get("by")) or _is_brought(a, "by") or _is_brought(b, "by")
    return same and not (left and right and left.isdisjoint(right))


_HANDING = frozenset(("give", "supply", "lend", "finance", "transport"))  # acts that a headline takes for one another
_FUNDING = ("lend", "give", "finance")  # acts for one sum of money, the most telling first


def _same_money(a: Draft, b: Draft) -> bool:
    """«выделит $70 млн», «предоставит кредит в $70 млн»: one sum from the one to the other, funded by either word."""
    if not {a.get("act"), b.get("act")} <= set(_FUNDING) or a.get("by") != b.get("by") or a.get("to") != b.get("to"):
        return False
    left, right = ({(x.unit, x.number) for x in d.get("amounts") or () if x.unit.isupper()} for d in (a, b))
    return bool(left & right)


def _block(document: Document, draft: Draft) -> str:
    """The kind of the block that tells it: title, lead, body."""
    return document.page.blocks[document.sentence_at(draft.evidence["quote"][0].start).block].kind


def _agree(a: Draft, b: Draft, name: str) -> bool:
    left, right = set(a.get(name) or ()), set(b.get(name) or ())
    return not left or not right or bool(left & right)


def _is_brought(draft: Draft, name: str) -> bool:
    """Whether a side is named by no words of the act."""
    return bool(draft.get(name)) and all(
        draft.basis[f"{name}/{i}"].how == How.INHERITED for i in range(len(draft.get(name)))
    )


def _differ_in_numbers(a: Draft, b: Draft) -> bool:
    left = {(x.unit, x.number) for x in a.get("amounts") or ()}
    right = {(x.unit, x.number) for x in b.get("amounts") or ()}
    return bool(left) and bool(right) and not left & right


def _rank(document: Document, draft: Draft) -> tuple[bool, int, int]:
    """Body before title, more fields, then the longer quote."""
    quote: Span = draft.evidence["quote"][0]
    if draft.alias:
        return True, 99, 0
    body = _block(document, draft) == "body"
    filled = sum(1 for v in draft.values.values() if v)
    return body, filled, quote.end - quote.start


_SINGLE = ("object", "when", "purpose")
_LISTS = ("by", "to", "amounts", "terms")


def _take_from(draft: Draft, other: Draft) -> None:
    """Fills what the draft lacks from its twin, with the twin's words and rules."""
    if _same_money(draft, other) and _FUNDING.index(other.get("act")) < _FUNDING.index(draft.get("act")):
        act = other.basis["act"]
        draft.put("act", other.get("act"), *other.evidence["act"], how=act.how, rule=act.rule)
    by, to = set(other.get("by") or ()), set(other.get("to") or ())
    if by and to and not _is_brought(other, "by") and _is_brought(draft, "by"):
        draft.values["by"], draft.values["to"] = [], []  # the other names who acts
    elif to and not _is_brought(other, "to") and _is_brought(draft, "to") and to.isdisjoint(draft.get("by")):
        draft.values["to"] = []
    for name in _SINGLE:
        if draft.get(name) is None and other.get(name) is not None:
            draft.put(
                name,
                other.get(name),
                *other.evidence.get(name, ()),
                how=other.basis[name].how,
                rule=other.basis[name].rule,
            )
    for name in _LISTS:
        if not draft.get(name) and other.get(name) and not (name == "to" and len(draft.get("by") or ()) > 1):
            for i, value in enumerate(other.get(name)):
                path = f"{name}/{i}"
                draft.add(
                    name, value, *other.evidence.get(path, ()), how=other.basis[path].how, rule=other.basis[path].rule
                )
    if draft.under is None:
        draft.under = other.under
