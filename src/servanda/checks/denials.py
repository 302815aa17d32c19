"""A record that denies -> whether it denies what another one tells. Pure."""

from servanda.model.reading import Instrument, Record, Step, Undertaking

_LIFE = ("negotiated", "planned", "initialled", "approved", "signed", "ratified", "in_force", "implemented")
_PRESUPPOSES = {  # a step outside the line of life -> the one that it takes for granted
    "suspended": "negotiated",  # talks, or what was signed
    "rejected": "negotiated",
    "extended": "signed",
    "amended": "signed",
    "withdrawn": "signed",
    "terminated": "signed",
}
_PROGRESS = ("announced", "under_way", "fulfilled")


def denies(denied: Record, told: Record) -> bool:
    """Whether both cannot be: who denies that a thing was done does not deny that it is promised."""
    if isinstance(denied, Undertaking) and isinstance(told, Undertaking):
        return _rank(told.progress) >= _rank(denied.progress)
    if isinstance(denied, Instrument) and isinstance(told, Instrument):
        return not denied.steps or any(_is_denied(s, d, told) for s in told.steps for d in denied.steps)
    return True


def _rank(progress: str) -> int:
    """How far a thing has come; what is late or halted was promised."""
    return _PROGRESS.index(progress) if progress in _PROGRESS else 0


def _is_denied(step: Step, denied: Step, told: Instrument) -> bool:
    """Whether a step, or what it takes for granted, is the one denied or a later one, of the same party."""
    if denied.by and step.by != denied.by and not (step.by is None and len(told.parties) == 2):
        return False
    if step.step == denied.step:
        return True
    reached = _PRESUPPOSES.get(step.step, step.step)
    return denied.step in _LIFE and reached in _LIFE and _LIFE.index(reached) >= _LIFE.index(denied.step)
