"""A record that no person has seen -> how doubtful it is, and how much would follow from it. Pure."""

from typing import NamedTuple

from servanda.model.dossier import Dossier, Told
from servanda.model.reading import Amount, Figure, Instrument, Undertaking

UNSURE = 0.5  # the doubt of a record that comes without a confidence
_LEAST = 0.001  # no reading is beyond doubt
_LARGE = 100e6  # of money, in whatever currency
_SIGNED = ("signed", "ratified", "in_force", "implemented", "extended", "amended", "suspended", "withdrawn")
_OF_MODALITY = {"obligation": 0.6, "prohibition": 0.6, "permission": 0.4, "intention": 0.3}
_CONCLUDED, _SOUGHT, _FIGURE, _MEETING = 0.6, 0.35, 0.3, 0.15
_BINDS = 0.6  # the consequence of what binds, or is concluded
_MORE = {"large": 0.2, "witnesses": 0.1, "odd": 0.1}  # what is added: by a large sum, several origins, a finding


class Weighed(NamedTuple):
    """`doubt` and `weight` from 0 to 1; `rank` is what is to be expected of a look at it: their product."""

    doubt: float
    weight: float
    grounds: tuple[str, ...] = ()  # what adds to its weight: binding, large, witnesses, odd

    @property
    def rank(self) -> float:
        return self.doubt * self.weight


def weigh(told: Told, dossier: Dossier, odd: bool) -> Weighed:
    """`odd`: something in its dossier does not add up."""
    confidence = told.record.confidence.get("")
    doubt = UNSURE if confidence is None else min(1.0, max(_LEAST, 1 - confidence))
    said = {"large": _is_large(told), "witnesses": len(dossier.origins) > 1, "odd": odd}
    more = [name for name, holds in said.items() if holds]
    own = _consequence(told)
    weight = own + sum(_MORE[name] for name in more)
    return Weighed(round(doubt, 4), round(weight, 4), (*(["binding"] if own >= _BINDS else []), *more))


def _consequence(told: Told) -> float:
    """What binds weighs more than what is meant, and that more than who met whom."""
    match told.record:
        case Undertaking(modality=modality):
            return _OF_MODALITY.get(modality, _SOUGHT)
        case Instrument(steps=steps):
            return _CONCLUDED if any(s.step in _SIGNED for s in steps) else _SOUGHT
        case Figure():
            return _FIGURE
    return _MEETING


def _is_large(told: Told) -> bool:
    return any(_is_money(a) and a.number >= _LARGE for a in _amounts(told))


def _amounts(told: Told) -> tuple[Amount, ...]:
    match told.record:
        case Undertaking(amounts=amounts):
            return amounts
        case Figure(amount=amount) if amount is not None:
            return (amount,)
    return ()


def _is_money(amount: Amount) -> bool:
    """Whether the unit is the code of a currency."""
    return len(amount.unit) == 3 and amount.unit.isascii() and amount.unit.isupper()
