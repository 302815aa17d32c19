"""Names and noun phrases as they stand in the text -> the same in the nominative."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rumorph import Analysis, FormNotFoundError

from servanda.lang.morphology import PERSONAL, Morphology
from servanda.lang.tables import read_table
from servanda.lang.words import Token

_FORMS = tuple((case, gender) for case in ("Nom", "Gen", "Dat", "Acc", "Ins", "Loc") for gender in ("Masc", "Fem"))
_SHORT = 3  # letters: «Ким», «Мин», «Бен»
_SURNAMES = {
    "Masc": ("ов", "ев", "ёв", "ин", "ын", "ский", "цкий"),
    "Fem": ("ова", "ева", "ёва", "ина", "ына", "ская", "цкая"),
}
_VOWELS = "аеёиоуыэюя"


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name: the nominative of each word, the case it stands in, and the sex."""

    words: tuple[str, ...]
    case: str
    gender: str


class Names:
    """Finds the nominative of people's names, by the dictionary and a table of endings."""

    def __init__(self, morphology: Morphology, code: str) -> None:
        self._morphology = morphology
        self._endings: dict[str, dict[tuple[str, str], str]] = {}  # by ending the nominative, by case and gender
        for row in read_table(code, "name_endings"):
            for case in row["cases"].split("|"):
                for gender in row["genders"].split("|"):
                    self._endings.setdefault(row["ending"], {})[case, gender] = row["nominative"]
        self._longest = max(map(len, self._endings))
        self.read = lru_cache(maxsize=8_192)(self._read)
        self._part = lru_cache(maxsize=8_192)(self._judge)

    def _read(self, words: tuple[str, ...], cases: tuple[str, ...], genders: tuple[str, ...], beside: str = "") -> Name:
        """The name's words in the nominative. Hints: what the sentence makes of each word, and the case of the office
        that the name stands beside («вице-премьера Эдиля Каримова»), or "".
        """
        # What the sentence makes of a short word of a stranger's name is a guess.
        said = [c for c, w in zip(cases, words, strict=True) if len(w) > _SHORT] + 2 * [beside]
        best, choice = float("-inf"), ("Nom", "Masc")
        parts = [self._part(word, place == 0, place == len(words) - 1) for place, word in enumerate(words)]
        for n, (case, gender) in enumerate(_FORMS):
            score = sum([part.fits[n] for part in parts])
            score += 0.9 * said.count(case) + 0.3 * genders.count(gender)
            if score > best:
                best, choice = score, (case, gender)
        return Name(tuple(_nominative(part, *choice) for part in parts), *choice)

    def _judge(self, word: str, first: bool, last: bool) -> "_Part":
        readings = self._personal(word)
        # A first name in a later place, or a short one, is part of a stranger's name: «Аль Тани» is no «Таня».
        native = len(word) > _SHORT and (first or any(a.feats["NameType"] != "Giv" for a in readings))
        low, endings = word.lower(), dict[tuple[str, str], tuple[str, str]]()
        for size in range(1, min(self._longest, len(word) - 2) + 1):
            ending = low[-size:]
            endings.update({form: (ending, end) for form, end in self._endings.get(ending, {}).items()})
        if native and readings:
            weight = 3.0 if first else 2.0
            fits = tuple(_fit_known(readings, weight, *form) for form in _FORMS)
        else:
            fits = tuple(_fit_ending(low, endings.get(form), last, *form) for form in _FORMS)
        return _Part(word, readings, endings, fits)

    def _personal(self, word: str) -> list[Analysis]:
        """The readings of a word as a name of a person that the dictionary has."""
        return [
            a
            for a in self._morphology.readings(word)
            if a.source == "dictionary" and a.feats.get("NameType") in PERSONAL and a.feats.get("Number") != "Plur"
        ]


@dataclass(frozen=True, slots=True)
class _Part:
    """A word of a name: its readings as a name, by case and gender the longest ending of the table that it has, with
    that of the nominative; and how well it stands in each of `_FORMS`, by the dictionary, else by its ending.
    """

    word: str
    readings: Sequence[Analysis]
    endings: Mapping[tuple[str, str], tuple[str, str]]
    fits: tuple[float, ...]


def _fit_known(readings: Sequence[Analysis], weight: float, case: str, gender: str) -> float:
    lemmas = {a.lemma for a in readings if _has(a, case, gender)}
    # Of one lemma the cases are for the sentence to tell: «Сергея» is as good for either.
    likely = max((a.prob for a in readings if a.lemma in lemmas), default=None)
    return -weight if likely is None else weight * (0.2 + 0.8 * likely)


def _fit_ending(low: str, ending: tuple[str, str] | None, last: bool, case: str, gender: str) -> float:
    vowel = low[-1:] in _VOWELS
    if case == "Nom":
        if low.endswith(_SURNAMES[gender]):
            return 1.5
        fitting = low[-1:] in "ая" if gender == "Fem" else not vowel
        return 0.5 if fitting and len(low) > _SHORT else 0.0
    if ending is not None and ending[0] != ending[1]:
        return 1.5 if len(ending[0]) > 1 else 0.8
    # A man's surname that ends in a consonant would be declined; «Ким» in «Ким Чен Ыном» need not.
    return -1.0 if ending is None and last and gender == "Masc" and not vowel else 0.0


def _nominative(part: _Part, case: str, gender: str) -> str:
    if case == "Nom":
        return part.word
    for reading in part.readings:
        if _has(reading, case, gender):
            return dress(reading.lemma, part.word)
    ending = part.endings.get((case, gender))
    return part.word[: len(part.word) - len(ending[0])] + ending[1] if ending else part.word


class Declension:
    """Puts noun phrases into the nominative."""

    def __init__(self, morphology: Morphology, names: Names) -> None:
        self._morphology, self._names = morphology, names

    def nominative(self, tokens: Sequence[Token]) -> str:
        """The head, what agrees with it and the names beside it in the nominative; what depends on it as it stands."""
        words = [t.text for t in tokens]
        head = _find_head(tokens)
        case = tokens[head].feats.get("Case", "") if head is not None else ""
        if head is not None and case not in ("", "Nom") and not is_personal(tokens[head]):
            self._turn_head(tokens, head, words)
        for start, end in find_runs(tokens):
            if head is None or start <= head < end or _is_apposed(tokens, head, start):
                self._turn_name(tokens, start, end, words)
        return "".join(_join(tokens, words))

    def _turn_head(self, tokens: Sequence[Token], head: int, words: list[str]) -> None:
        """The head and the adjectives that agree with it."""
        noun = tokens[head]
        form = {"Case": "Nom", "Number": noun.feats.get("Number", "Sing")}
        words[head] = self._inflect(noun, form)
        gender = noun.feats.get("Gender")
        agreement = {**form, **({"Gender": gender} if gender and form["Number"] == "Sing" else {})}
        for i in range(head):
            if _is_adjective(tokens[i]) and tokens[i].feats.get("Case") == noun.feats["Case"]:
                words[i] = self._inflect(tokens[i], agreement)
        for i in range(head + 1, len(tokens)):
            if _is_partner(tokens, head, i):
                words[i] = self._inflect(tokens[i], {"Case": "Nom", "Number": tokens[i].feats.get("Number", "Sing")})

    def _turn_name(self, tokens: Sequence[Token], start: int, end: int, words: list[str]) -> None:
        words[start:end] = self._names.read(*hints(tokens[start:end])).words

    def _inflect(self, token: Token, form: dict[str, str]) -> str:
        """The token in another form; as it stands where that form is unknown."""
        readings = self._morphology.readings(token.text)
        same = [a for a in readings if a.pos == token.pos and a.feats.get("Case") == token.feats.get("Case")]
        for reading in same or readings[:1]:
            try:
                return dress(reading.inflect(**form), token.text)
            except (FormNotFoundError, ValueError):
                continue
        return token.text


def _has(reading: Analysis, case: str, gender: str) -> bool:
    """Whether a reading has the case and the sex; a surname that is never declined (in -ко) has either."""
    feats = reading.feats
    if feats.get("Case") != case:
        return False
    stiff = feats["NameType"] == "Sur" and reading.lemma == reading.word.lower() and reading.lemma[-1] in "оеиуэю"
    return stiff or feats.get("Gender", gender) == gender


def is_personal(token: Token) -> bool:
    """Whether a token is a word of a person's name."""
    return token.text[:1].isupper() and (token.ner.endswith("PER") or token.feats.get("NameType") in PERSONAL)


def find_runs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The names of people: runs of such tokens, with particles between them («Мухаммед бен Сальман»)."""
    after = 0
    for start, token in enumerate(tokens):
        if start < after or not is_personal(token):
            continue
        after = start + 1
        while after < len(tokens) and _goes_on(tokens[after]):
            after += 1
        yield start, after


def _goes_on(token: Token) -> bool:
    """Whether a token goes on with the name before it."""
    return token.ner != "B-PER" and (token.ner == "I-PER" or is_personal(token))


def hints(run: Sequence[Token]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """What `Names.read` asks: words, and the case and gender that the sentence gives each."""
    return (
        tuple(t.text for t in run),
        tuple(t.feats.get("Case", "") for t in run),
        tuple(t.feats.get("Gender", "") for t in run),
    )


def dress(word: str, like: str) -> str:
    """A word written as another is: «нур-султан» like «Нур-Султане» is «Нур-Султан», and «ё» only where that has it."""
    if "ё" not in like.lower():
        word = word.replace("ё", "е").replace("Ё", "Е")
    if like.isupper() and len(like) > 1:
        return word.upper()
    parts, models = word.split("-"), like.split("-")
    if len(parts) != len(models):
        return word[:1].upper() + word[1:] if like[:1].isupper() else word
    return "-".join(p[:1].upper() + p[1:] if m[:1].isupper() else p for p, m in zip(parts, models, strict=True))


def _find_head(tokens: Sequence[Token]) -> int | None:
    """The first noun that no preposition governs, or a participle that takes an object («исполняющего обязанности»)."""
    for i, token in enumerate(tokens):
        if token.pos in ("NOUN", "PROPN", "PRON"):
            first = next((j for j in range(i) if _is_adjective(tokens[j])), None)
            if first is not None and tokens[first].feats.get("Case") != token.feats.get("Case"):
                return first
            return i
        if token.pos == "ADP":
            return None
    return next((i for i, t in enumerate(tokens) if _is_adjective(t)), None)


def _is_adjective(token: Token) -> bool:
    return token.pos in ("ADJ", "DET") or token.feats.get("VerbForm") == "Part"


def _is_partner(tokens: Sequence[Token], head: int, i: int) -> bool:
    """Whether a later word stands in the head's place too: «министром и депутатом», «королем и премьером»."""
    token, noun = tokens[i], tokens[head]
    if token.pos != "NOUN" or token.feats.get("Case") != noun.feats.get("Case"):
        return False
    return token.rel == "conj" and token.head == noun.index


def _is_apposed(tokens: Sequence[Token], head: int, start: int) -> bool:
    """Whether a name after the head is the one of whom the head speaks, and no genitive («фонда Иванова»)."""
    noun, name = tokens[head], tokens[start]
    case = noun.feats.get("Case", "")
    if noun.feats.get("Animacy") != "Anim" and not _is_adjective(noun):
        return False
    genitive = name.feats.get("Case") in ("Gen", "")
    return not genitive or case in ("Gen", "Acc", "")


def _join(tokens: Sequence[Token], words: list[str]) -> Iterator[str]:
    for i, word in enumerate(words):
        if i and tokens[i - 1].end < tokens[i].start:
            yield " "
        yield word
