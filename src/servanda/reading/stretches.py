"""Tokens of a sentence -> its stretches, each around one finite verb."""

from collections.abc import Sequence
from dataclasses import dataclass

from servanda.lang.words import Token
from servanda.reading.offices import case_of, is_title

SIGNS = frozenset('.,;:!?—–-()«»"“”„…*')
_CONJUNCTIONS = frozenset({"и", "а", "но"})
_PARTING = frozenset({",", ";", "—", "–", ":"})
_OPENERS = frozenset(
    {"где", "куда", "откуда", "когда", "что", "чтобы", "если", "хотя", "поскольку", "пока", "как", "после", "чем"}
)
_LEAD = 5  # words between a comma and its «который»


@dataclass(slots=True, eq=False)
class Stretch:
    """Tokens [first, last) around one finite verb. `relative` is its «который», `previous` the stretch before.

    `glued`: begins a new sentence that no sign parts from the last, as titles often stand before the lead.
    """

    first: int
    last: int
    verb: int | None = None
    relative: int | None = None
    previous: "Stretch | None" = None
    glued: bool = False

    @property
    def main(self) -> "Stretch":
        """The stretch before that is no relative clause."""
        before = self.previous or self
        while before.relative is not None and before.previous is not None and self.relative is None:
            before = before.previous
        return before


def cut_stretches(tokens: Sequence[Token]) -> list[Stretch]:
    """The stretches in order, which together cover the sentence."""
    out = [Stretch(0, len(tokens))]
    for k, token in enumerate(tokens):
        current = out[-1]
        if k > current.first and k < len(tokens) - 1:
            relative = _relative_after(tokens, k)
            glued = _is_glued(tokens, k)
            if glued or relative is not None or (current.verb is not None and _new_verb_after(tokens, k)):
                current.last = k
                pronoun = relative if relative is not None and tokens[relative].lemma == "который" else None
                start = k if glued or token.text in _CONJUNCTIONS else k + 1
                out.append(Stretch(start, len(tokens), None, pronoun, None if glued else current, glued))
                current = out[-1]
        if current.verb is None and is_predicate(token):
            current.verb = k
    return out


def is_predicate(token: Token) -> bool:
    """A finite verb or a short participle."""
    form = token.feats.get("VerbForm")
    short = form == "Part" and (token.feats.get("Variant") == "Short" or not case_of(token))
    return token.pos in ("VERB", "AUX") and (form == "Fin" or short)


def tense_of(verb: Token, inner: Sequence[Token]) -> str:
    """Held, under way or planned, by the tense of a verb among the words of its stretch; «будет» makes the future."""
    if any(t.lemma == "быть" and t.feats.get("Tense") == "Fut" for t in inner if verb.index in (t.head, t.index)):
        return "planned"
    tense = verb.feats.get("Tense")
    if verb.feats.get("VerbForm") == "Inf" or tense == "Fut":
        return "planned"
    if tense == "Pres" and verb.feats.get("VerbForm") == "Fin":
        return "planned" if verb.feats.get("Aspect") == "Perf" else "under_way"
    return "held"


def _relative_after(tokens: Sequence[Token], k: int) -> int | None:
    """The «который», «где», «что» that a sign brings in."""
    if tokens[k].text == ";" or tokens[k].text not in _PARTING:
        return None
    for j in range(k + 1, min(k + _LEAD, len(tokens))):
        t = tokens[j]
        if t.lemma == "который" or (j == k + 1 and t.lemma in _OPENERS and t.pos != "ADP"):
            return j
        if t.pos not in ("ADP", "NOUN") or t.text in SIGNS:
            return None
    return None


def _new_verb_after(tokens: Sequence[Token], k: int) -> bool:
    """Whether a sign or conjunction brings in another finite verb before the next one."""
    text = tokens[k].text
    if text not in _PARTING and text not in _CONJUNCTIONS:
        return False
    for j in range(k + 1, len(tokens)):
        t = tokens[j]
        if t.text in _PARTING or t.text in _CONJUNCTIONS:
            return False
        if is_predicate(t) or (t.feats.get("VerbForm") == "Conv" and text == ","):
            return True
    return False


def _is_glued(tokens: Sequence[Token], k: int) -> bool:
    """A capitalised verb or preposition in mid-sentence: the line before had no full stop."""
    t, before = tokens[k], tokens[k - 1]
    if not is_title(t) or t.ner or before.text in SIGNS or before.text in ("В", "На"):
        return False
    return is_predicate(t) or (t.pos == "ADP" and len(t.text) < 4 and before.end < t.start)
