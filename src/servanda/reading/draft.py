"""A record while it is being gathered: values, the words of each, and the rule that read it."""

from dataclasses import dataclass, field
from typing import Any

from servanda.model.reading import Basis
from servanda.model.spans import Span
from servanda.model.terms import How


@dataclass(slots=True, eq=False)
class Draft:
    """One record to be. Spans are of the clean text; exact-word fields hold the span's words until `finish` re-cuts
    them.

    `sentence` is the index of the sentence that states it, `item` the news of a digest that it belongs to, `letters`
    how long that news is, `setting` the traits of where it stands (`setting.py`).
    """

    type: str
    sentence: int
    item: int
    values: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    basis: dict[str, Basis] = field(default_factory=dict)
    under: "Draft | None" = None  # the instrument that an undertaking rests on
    part_of: "Draft | None" = None
    alias: str = ""  # other words of the report for the object
    letters: int = 0
    setting: tuple[str, ...] = ()
    score: float = 0.5  # odds that the judge gives, of an undertaking
    weighed: tuple[list[str], dict[str, tuple[str, ...]]] = field(default_factory=lambda: ([], {}))  # by the judge
    mentions: list[Span] = field(default_factory=list)  # of an instrument: all phrases that name or recall it

    def put(self, name: str, value: Any, *spans: Span, how: How, rule: str) -> None:
        """Set a field, its words and its rule; a later call replaces an earlier one."""
        self.values[name] = value
        if spans:
            self.evidence[name] = spans
        else:
            self.evidence.pop(name, None)
        self.basis[name] = Basis(how, rule)

    def add(self, name: str, value: Any, *spans: Span, how: How, rule: str) -> None:
        """Append to a list field, under the path "name/index"."""
        values: list[Any] = self.values.setdefault(name, [])
        path = f"{name}/{len(values)}"
        values.append(value)
        if spans:
            self.evidence[path] = spans
        self.basis[path] = Basis(how, rule)

    def note(self, path: str, *spans: Span, how: How, rule: str) -> None:
        """Give the words and the rule of a part of a value ("steps/0/date", "participants/1/office")."""
        if spans:
            self.evidence[path] = spans
        self.basis[path] = Basis(how, rule)

    def get(self, name: str) -> Any:
        """The value so far, or None."""
        return self.values.get(name)
