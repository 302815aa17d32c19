"""A report's headline against its body -> what the headline alone says, and the body weaker."""

import re
from collections.abc import Iterator, Sequence

from servanda.checks.found import Found, cite
from servanda.checks.say import Line, line
from servanda.model.dossier import Told
from servanda.model.reading import Instrument, Undertaking

_STEPS = ("negotiated", "planned", "initialled", "approved", "signed", "ratified", "in_force", "implemented")
_BEFORE = ("negotiated", "planned", "initialled", "approved")  # told of what is not concluded yet
_PROGRESS = ("announced", "under_way", "fulfilled")
_CERTAINTY = ("possible", "stated")
_MODALITY = ("intention", "obligation")

_STEM = 5  # letters of a word that stay when it is bent
_LONGEST = 200  # code points of a headline

_SAID = {
    "negotiated": Line("negotiated", "обсуждают"),
    "planned": Line("to be signed", "планируют подписать"),
    "initialled": Line("initialled", "парафировали"),
    "approved": Line("approved", "одобрили"),
    "signed": Line("signed", "подписали"),
    "ratified": Line("ratified", "ратифицировали"),
    "in_force": Line("in force", "в силе"),
    "implemented": Line("carried out", "выполнили"),
    "announced": Line("announced", "объявлено"),
    "under_way": Line("under way", "выполняется"),
    "fulfilled": Line("done", "выполнено"),
    "possible": Line("possible", "возможно"),
    "stated": Line("stated", "утверждается"),
    "intention": Line("an intention", "намерение"),
    "obligation": Line("an obligation", "обязательство"),
}


def find_stronger_headlines(told: Sequence[Told]) -> Iterator[Found]:
    """A headline that tells as done, or as sure, what the body tells as less.

    yes: «Лесия ратифицировала договор» over «парламент одобрил договор в первом чтении»
    no:  «Лесия передаст зерно» over «договор предусматривает передачу зерна»
    """
    above = [t for t in told if _stands_above(t, "quote")]
    body = [t for t in told if not _stands_above(t, "quote")]
    for head in above:
        alike = [t for t in body if _alike(head, t)]
        weaker = [_weaker(head, t) for t in alike]
        if alike and all(weaker) and (words := weaker[0]):
            yield _found(head, alike[0], *words)
    for t in told:
        yield from _step_above(t)


def _step_above(told: Told) -> Iterator[Found]:
    """A record whose furthest step stands in the headline alone, and weaker ones in the body."""
    record = told.record
    if not isinstance(record, Instrument) or not record.evidence:
        return
    ranked = [(_STEPS.index(s.step), i) for i, s in enumerate(record.steps) if s.step in _STEPS]
    above = [(rank, i) for rank, i in ranked if _stands_above(told, f"steps/{i}")]
    below = [(rank, i) for rank, i in ranked if (rank, i) not in above]
    if above and below and max(above)[0] > max(below)[0] and _STEPS[max(below)[0]] in _BEFORE:
        strong, weak = max(above), max(below)
        if _returns(told, f"steps/{strong[1]}"):
            return
        message = _message(_SAID[_STEPS[strong[0]]], _SAID[_STEPS[weak[0]]])
        yield Found("headline", "doubt", message, (cite(told, f"steps/{strong[1]}"), cite(told, f"steps/{weak[1]}")))


def _returns(told: Told, path: str) -> bool:
    """Whether the body has the words of the headline too."""
    text = told.carrier.text or ""
    body = text[headline_end(text) :].lower()
    words = " ".join(span.of(text) for span in told.record.evidence.get(path, ())).lower()
    return all(word[:_STEM] in body for word in re.findall(r"[^\W\d]{5,}", words))


def _found(head: Told, body: Told, strong: Line, weak: Line) -> Found:
    return Found("headline", "doubt", _message(strong, weak), (cite(head, "quote"), cite(body, "quote")))


def _message(strong: Line, weak: Line) -> Line:
    return line(
        "the headline says {strong}, the body only {weak}",
        "в заголовке – {strong}, в тексте лишь {weak}",
        strong=strong,
        weak=weak,
    )


def _alike(a: Told, b: Told) -> bool:
    """Whether two records may tell one thing."""
    x, y = a.record, b.record
    if isinstance(x, Instrument) and isinstance(y, Instrument):
        return x.kind == y.kind and set(x.parties) == set(y.parties) and _furthest(y) is not None
    if isinstance(x, Undertaking) and isinstance(y, Undertaking):
        same = x.act == y.act and set(x.by) == set(y.by) and set(x.to) == set(y.to)
        return same and _share_numbers(x, y) and _share_words(x.quote, y.quote)
    return False


def _share_numbers(head: Undertaking, body: Undertaking) -> bool:
    """Whether they give a number in common, or one of them none."""
    above, below = ({(a.number, a.unit) for a in record.amounts} for record in (head, body))
    return not above or not below or bool(above & below)


def _share_words(head: str, body: str) -> bool:
    """Whether half of the longer words of a headline return in the body, by their beginnings."""
    above, below = ({w[:_STEM].lower() for w in re.findall(r"[^\W\d]{5,}", words)} for words in (head, body))
    return bool(above) and 2 * len(above & below) >= len(above)


def _weaker(head: Told, body: Told) -> tuple[Line, Line] | None:
    """What the headline says and the body says less of; None where the body says as much."""
    x, y = head.record, body.record
    if isinstance(x, Instrument) and isinstance(y, Instrument):
        return _less(_STEPS, _furthest(x), _furthest(y)) if _furthest(y) in _BEFORE else None
    assert isinstance(x, Undertaking)
    assert isinstance(y, Undertaking)
    if y.progress == "fulfilled":
        return None
    return (
        (_less(_PROGRESS, x.progress, y.progress) if x.progress == "fulfilled" else None)
        or _less(_CERTAINTY, x.certainty, y.certainty)
        or _less(_MODALITY, x.modality, y.modality)
    )


def _less(scale: Sequence[str], strong: str | None, weak: str | None) -> tuple[Line, Line] | None:
    if strong is None or weak is None or not {strong, weak} <= set(scale) or scale.index(strong) <= scale.index(weak):
        return None
    return _SAID[strong], _SAID[weak]


def _furthest(instrument: Instrument) -> str | None:
    return max((s.step for s in instrument.steps if s.step in _STEPS), key=_STEPS.index, default=None)


def _stands_above(told: Told, path: str) -> bool:
    """Whether the words of a field stand in the headline and nowhere else."""
    text, spans = told.carrier.text, told.record.evidence.get(path, ())
    end = headline_end(text) if text else 0
    if not text or not end:
        return False
    if spans:
        return all(span[1] <= end for span in spans)
    return path == "quote" and told.record.quote in text[:end] and told.record.quote not in text[end:]


def headline_end(text: str) -> int:
    """Where the lines before the first sentence end; 0 where the text begins with one, or has nothing else.

    A line that goes on in small letters is no headline: the text is broken to a width.
    """
    end = 0
    for match in re.finditer(r"[^\n]+", text):
        if end and match.group().lstrip()[:1].islower():
            return 0
        if len(match.group()) > _LONGEST or re.search(r"[.!?…][»\")]*\s*$", match.group()):
            return end
        end = match.end()
    return 0
