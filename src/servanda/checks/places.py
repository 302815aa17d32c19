"""Where the amounts of a report stand in its text, in order, with their sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from servanda.checks.ranges import find_number
from servanda.model.dossier import Told
from servanda.model.reading import Amount, Figure, Undertaking
from servanda.model.spans import sentence_at


@dataclass(frozen=True, slots=True)
class Place:
    """An amount at its place in a text."""

    told: Told
    path: str
    amount: Amount
    text: str
    at: int
    sentence: int

    def until(self, other: "Place") -> str:
        """The words between this amount and a later one."""
        return self.text[self.at : other.at]


def find_places(told: Sequence[Told]) -> list[Place]:
    """The amounts of one report in the order of its text; without it, those of each clause in its order."""
    places = [p for t in told for p in _places(t)]
    return sorted(places, key=lambda p: (p.told.carrier.report, p.sentence, p.at))


def _places(told: Told) -> Iterator[Place]:
    record, text = told.record, told.carrier.text
    if isinstance(record, Undertaking):
        amounts = {f"amounts/{i}": a for i, a in enumerate(record.amounts)}
    else:
        amounts = {"amount": record.amount} if isinstance(record, Figure) and record.amount else {}
    start = _only(text, record.quote) if text else None
    for path, amount in amounts.items():
        spans = record.evidence.get(path)
        if text and spans:
            yield Place(told, path, amount, text, spans[0].start, sentence_at(text, spans[0].start))
        elif (offset := find_number(float(amount.number), record.quote)) is None:
            continue
        elif text and start is not None:
            yield Place(told, path, amount, text, start + offset, sentence_at(text, start + offset))
        else:
            yield Place(told, path, amount, record.quote, offset, -told.id)


def _only(text: str, quote: str) -> int | None:
    """Where the quote stands, if only once."""
    return text.index(quote) if text.count(quote) == 1 else None
