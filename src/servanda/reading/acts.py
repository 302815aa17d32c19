"""Tables of acts -> the act of a predicate with its object, and the force of the words above it."""

from dataclasses import dataclass

from servanda.world.tables import Row, Tables, values

# Bodies whose money is lent, unless the report says otherwise. Source: their statutes; the grants of their funds
# are named as such.
LENDERS = frozenset(("WB", "IMF", "EBRD", "EIB", "ADB", "AIIB", "EDB", "IsDB", "AfDB", "NDB"))


@dataclass(frozen=True, slots=True)
class ActRule:
    """One line of acts.tsv: `to` and `obj` are marks (`dat`, `в+acc`); `turn` where the subject is the addressee."""

    family: str
    classes: frozenset[str]  # of the object; empty for any
    act: str
    to: tuple[str, ...]
    obj: tuple[str, ...]
    turn: bool


@dataclass(frozen=True, slots=True)
class Force:
    """What a word of modality says of the act below it; progress "as_tense" leaves that to the tense."""

    name: str
    modality: str
    certainty: str
    progress: str

    @property
    def turned(self) -> bool:
        """Whether it holds only under «не»."""
        return self.name.startswith("not-")


@dataclass(frozen=True, slots=True)
class Acts:
    """The tables of acts as indexes by lemma."""

    rules: dict[str, tuple[ActRule, ...]]
    things: dict[str, frozenset[str]]
    forces: dict[str, tuple[Force, ...]]
    terms: dict[str, frozenset[str]]  # sort -> words
    conveying: frozenset[str]  # verbs that only tell of a deed («выразить готовность», «дать понять»)
    discussing: frozenset[str]  # verbs whose objects are topics («обсудить», «затронуть»)
    silent: frozenset[str]  # verbs of speech, meeting and treaty steps: no acts of their own
    documents: frozenset[str]  # nouns of instruments and of what they consist of («меры», «мероприятия»)
    foreign: frozenset[str]  # words of sport, crime and show: no acts between states there

    def choose(self, lemma: str, classes: frozenset[str]) -> ActRule | None:
        """The rule of a predicate for an object of these classes: the first that names one of them, else the one
        for any.
        """
        rules = self.rules.get(lemma, ())
        for rule in rules:
            if rule.classes & classes:
                return rule
        return next((r for r in rules if not r.classes), None)

    def classes(self, lemma: str) -> frozenset[str]:
        """The classes of a thing; a compound («референс-лаборатория») is of its last part's."""
        return self.things.get(lemma) or self.things.get(lemma.rpartition("-")[2], frozenset())

    def force(self, lemma: str) -> Force | None:
        """The force of a word of modality: the first line that has it."""
        found = self.forces.get(lemma)
        return found[0] if found and not found[0].turned else None

    def turned(self, lemma: str) -> Force | None:
        """The force of a word of modality under «не»: «не исключает» is a possibility, «не возражает» a leave."""
        return next((f for f in self.forces.get(lemma, ()) if f.turned), None)


def build_acts(tables: Tables) -> Acts:
    """The indexes; made once for each set of tables (`tables.derive(build_acts)`)."""
    families = {row["family"]: values(row["words"]) for row in tables.rows("ru/families")}
    rules: dict[str, list[ActRule]] = {}
    for row in tables.rows("ru/acts"):
        rule = _rule(row)
        for word in families.get(rule.family, ()):
            rules.setdefault(word, []).append(rule)
    things: dict[str, set[str]] = {}
    for row in tables.rows("ru/things"):
        for word in values(row["words"]):
            things.setdefault(word, set()).add(row["class"])
    forces: dict[str, list[Force]] = {}
    for row in tables.rows("ru/modality"):
        force = Force(row["force"], row["modality"], row["certainty"], row["progress"])
        for word in values(row["words"]):
            forces.setdefault(word, []).append(force)
    return Acts(
        {w: tuple(r) for w, r in rules.items()},
        {w: frozenset(c) for w, c in things.items()},
        {w: tuple(f) for w, f in forces.items()},
        {row["sort"]: frozenset(values(row["words"])) for row in tables.rows("ru/terms")},
        _sorted_as("conveying", tables),
        _sorted_as("discussing", tables),
        _silent(tables),
        frozenset(row["noun"] for row in tables.rows("ru/instruments")) | {"мера", "мероприятие", "действие"},
        frozenset(word for row in tables.rows("ru/scope") for word in values(row["words"])),
    )


def _sorted_as(sort: str, tables: Tables) -> frozenset[str]:
    return frozenset(w for row in tables.rows("ru/silent") if row["sort"] == sort for w in values(row["words"]))


def _silent(tables: Tables) -> frozenset[str]:
    """Verbs that other extractors read, or that tell no act: of speech, thought, meeting, steps of instruments."""
    words = {word for row in tables.rows("ru/speech") for word in row["lemma"].split()}
    words |= {word for row in tables.rows("ru/silent") for word in values(row["words"])}
    return frozenset(words)


def _rule(row: Row) -> ActRule:
    classes = frozenset(values(row["object"])) - {"*"}
    return ActRule(row["family"], classes, row["act"], values(row["to"]), values(row["obj"]), row["turn"] == "yes")
