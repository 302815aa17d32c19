"""A stretch of a sentence -> the places and the time of what it tells."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from servanda.lang.protocol import Language
from servanda.lang.speech import is_speech
from servanda.lang.words import Token, fold
from servanda.model.spans import Span
from servanda.reading.attendance import Argument
from servanda.reading.document import PlaceMention, TimeMention, starting
from servanda.reading.offices import PartyIndex, case_of
from servanda.reading.stretches import Stretch
from servanda.world.tables import Tables

_INTO = frozenset({"в", "во", "на", "под"})
_WITH = frozenset({"с", "со"})
_WHITHER = frozenset({"где", "куда"})
_SORTS = frozenset({"город", "порт", "остров", "провинция", "штат", "регион", "поселок", "село", "область", "столица"})
_SHIFTED = {"г": "ж", "к": "ч"}  # «пражский»
_UNBENT = "еёиоуыэю"  # last letters of names that do not bend
_GRAINS = ("day", "week", "month", "span", "season", "quarter", "half", "year")
_COARSE = 3  # from this grain on, a finer one farther off says more
STAYING = frozenset({"побывать", "находиться", "пребывать", "гостить"})
_SEAT = "seat of power"


class Place(NamedTuple):
    """A place in its dictionary form, its words, and the party it lies in, where known."""

    name: str
    span: Span
    code: str | None


class Stand(NamedTuple):
    """A place in a sentence: the index of its preposition, of its first word, Loc, Acc or "" for either."""

    at: int
    word: int
    case: str
    place: Place


def town_adjectives(tables: Tables) -> dict[str, tuple[str, str]]:
    """The adjectives that a town may have («женевский», «токийский», «бакинский») -> its name and state."""
    made: dict[str, tuple[str, str]] = {}
    for row in tables.rows("cities"):
        name = row["city"]
        if row["kind"] not in ("capital", "city") or not name.isalpha():
            continue
        low = fold(name)
        stem = low.rstrip("аяоеиыу") if low[-1] in "аяоеиыу" else low
        forms = {low + "ский", stem + "ский", stem + "инский", stem.removesuffix("ск") + "ский"}
        forms |= {stem[:-1] + _SHIFTED[stem[-1]] + "ский"} if stem[-1:] in _SHIFTED else set()
        forms |= {low[:-1] + "йский"} if low.endswith("ио") else set()
        for form in forms:
            made.setdefault(form, (name, row["code"]))
    return made


def states(tables: Tables) -> dict[str, str]:
    """Code of a state -> its name."""
    return {row["code"]: row["name"] for row in tables.rows("states")}


def capitals(tables: Tables) -> dict[str, str]:
    """Code of a state -> its capital."""
    return {row["code"]: row["capital"] for row in tables.rows("states") if row["capital"]}


class Whereabouts:
    """The places of one sentence."""

    def __init__(
        self,
        tokens: Sequence[Token],
        parties: PartyIndex,
        places: Mapping[int, PlaceMention],
        language: Language,
        tables: Tables,
        times: Sequence[TimeMention] = (),
    ) -> None:
        self.tokens, self.parties, self.places, self.language = tokens, parties, places, language
        self.times = {t.start: t.end for t in times}
        self.towns = tables.derive(town_adjectives)
        self.capitals, self.states = tables.derive(capitals), tables.derive(states)

    def near(self, first: int, last: int, stretch: Stretch, people: Sequence[Argument] = ()) -> Place | None:
        """«в Астане» of the meeting whose words are first..last: the nearest that hangs on no other noun or office."""
        found = [s for s in self._stands(stretch) if s.case != "Acc" and self._is_of(s, first, last)]
        found = [s for s in found if not any(p.first <= s.at < p.last for p in people)]
        found.sort(key=lambda s: (abs(s.at - last), s.at))
        return found[0].place if found else None

    def goal(self, index: int, stretch: Stretch, lemma: str = "") -> Place | None:
        """Where a visit goes: «в Астану», «находится в Астане»."""
        found = [s for s in self._stands(stretch) if s.at > index]
        staying = lemma in STAYING
        into = [s for s in found if s.case != "Loc" or staying or not lemma]
        before = [s for s in self._stands(stretch) if s.at < index and (s.case != "Loc" or staying)] if lemma else []
        return next((s.place for s in [*into, *reversed(before)]), None)

    def before(self, index: int, stretch: Stretch) -> Place | None:
        """Where somebody stays or goes «с визитом»: the last place before the noun."""
        found = [s for s in self._stands(stretch) if s.at < index]
        return found[-1].place if found else None

    def object_of(self, index: int, stretch: Stretch) -> Place | None:
        """The place visited: «посетил Астану», «посетил в Астане завод»."""
        k = index + 1
        while k < stretch.last and not self._starts_name(k):
            if end := self.times.get(self.tokens[k].start):  # «посетит 4 июня Астану»
                k = next((j for j in range(k, stretch.last) if self.tokens[j].start >= end), stretch.last)
            elif self.tokens[k].text in _WITH and (noun := self._noun_of(k)) is not None:
                k = noun + 1  # «посетит с рабочим визитом Астану»
            elif (
                self.tokens[k].lemma in _SORTS
                or self.tokens[k].pos in ("ADJ", "ADV", "DET", "NUM", "PART")
                or self.tokens[k].text == ","
            ):
                k += 1
            else:
                break
        if k < stretch.last and self.tokens[k].pos != "ADP" and (place := self.named(k)) is not None:
            return place
        objects = [t for t in self.tokens[stretch.first : stretch.last] if t.rel == "obj" and t.head == index]
        if objects and (objects[0].index < index or self.named(objects[0].index) is not None):
            return self.named(objects[0].index)  # «Ирак посетил вице-президент», «посетивший на днях Ирак»
        found = [s for s in self._stands(stretch) if s.at > index]
        return found[0].place if found and found[0].case != "Acc" else None

    def pointed_at(self, stretch: Stretch) -> Place | None:
        """The place before «где», «куда»."""
        end = stretch.first - 2
        if end < 0 or self.tokens[stretch.first].lemma not in _WHITHER:
            return None
        places = (self.named(k) for k in range(max(0, end - 2), end + 1))
        return next((p for p in places if p and p.span.end == self.tokens[end].end), None)

    def adjective_before(self, first: int, stretch: Stretch) -> Place | None:
        """«женевская встреча», «Мюнхенская конференция»: the town of the adjective."""
        for t in reversed(self.tokens[max(stretch.first, first - 3) : first]):
            found = self.towns.get(t.lemma) if t.pos == "ADJ" else None
            if found:
                return Place(found[0], Span(t.start, t.end), found[1])
        return None

    def _noun_of(self, preposition: int) -> int | None:
        """The noun to which a preposition leads."""
        after = self.tokens[preposition + 1 : preposition + 5]
        return next((t.index for t in after if t.pos == "NOUN" and t.head != preposition), None)

    def and_then(self, place: Place, stretch: Stretch) -> Iterator[Place]:
        """The further places of a list: «посетит Индию, Непал и Бутан»."""
        inner = self.tokens[stretch.first : stretch.last]
        k = next((t.index + 1 for t in inner if t.end >= place.span.end), stretch.last)
        while k + 1 < len(self.tokens) and self.tokens[k].text in (",", "и"):
            j = k + 2 if self.tokens[k + 1].text.lower() in _INTO else k + 1
            found = self.named(j) if j < len(self.tokens) else None
            if found is None or case_of(self.tokens[j]) in ("Ins", "Dat"):
                return
            yield found
            k = next((t.index + 1 for t in self.tokens if t.end >= found.span.end), len(self.tokens))

    def named(self, index: int) -> Place | None:
        """The name of a state or town that begins with the token."""
        t = self.tokens[index]
        known = self.places.get(t.start)
        if known and known.kind != "seat" and known.code:
            return Place(known.name, Span(known.start, known.end), known.code)
        found = [m for m in self.parties.within(t.start, t.end) if m.kind in ("state", "capital") and m.codes]
        end = index + 1
        if found:
            while end < len(self.tokens) and self.tokens[end].end <= found[0].end:
                end += 1
        elif t.ner.endswith("LOC"):
            while end < len(self.tokens) and self.tokens[end].ner == "I-LOC":
                end += 1
        else:
            return None
        inner = self.tokens[index:end]
        span = Span(inner[0].start, inner[-1].end)
        code = found[0].codes[0] if found else None
        if found and code and found[0].rule == _SEAT and code in self.capitals:
            return Place(self.capitals[code], span, code)
        return Place(self.language.nominative(inner), span, code)

    def _stands(self, stretch: Stretch) -> Iterator[Stand]:
        for k in range(stretch.first, stretch.last - 1):
            if self.tokens[k].text.lower() not in _INTO:
                continue
            j = k + 1
            while j < stretch.last - 1 and self.tokens[j].pos == "ADJ" and not self._starts_name(j):
                j += 1
            capital = self._capital(k + 1, j)
            if not capital and self.tokens[j].lemma in _SORTS and j + 1 < stretch.last and self._starts_name(j + 1):
                j += 1  # «в городе Ниш»
            place = capital or self.named(j)
            if place:
                last = next((t for t in self.tokens if t.end >= place.span.end), self.tokens[j])
                yield Stand(k, j, self._case(self.tokens[j], last), place)

    def _case(self, first: Token, last: Token) -> str:
        """Acc or Loc; "" for a name that does not bend («в Баку», «в КНДР»), which the verb decides."""
        if first is last and (not case_of(first) or (first.lemma == fold(first.text) and first.text[-1] in _UNBENT)):
            return ""
        return "Acc" if "Acc" in (case_of(first), case_of(last)) else "Loc"

    def _capital(self, first: int, noun: int) -> Place | None:
        """«в казахстанскую столицу», «в столице Казахстана» where no town is named."""
        if self.tokens[noun].lemma != "столица":
            return None
        end = noun + 2 if noun + 1 < len(self.tokens) else noun + 1
        for m in self.parties.within(self.tokens[first].start, self.tokens[end - 1].end):
            if m.codes and m.codes[0] in self.capitals and m.kind in ("adjective", "state"):
                span = Span(min(self.tokens[first].start, m.start), max(self.tokens[noun].end, m.end))
                return Place(self.capitals[m.codes[0]], span, m.codes[0])
        return None

    def _starts_name(self, index: int) -> bool:
        t = self.tokens[index]
        if t.ner.endswith("LOC") or t.start in self.places:
            return True
        return any(m.start == t.start and m.kind in ("state", "capital") for m in self.parties.within(t.start, t.end))

    def is_town(self, index: int) -> bool:
        """Whether the name of a town begins with the token."""
        t = self.tokens[index]
        place = self.places.get(t.start)
        return place is not None and place.kind in ("city", "capital")

    def _is_of(self, stand: Stand, first: int, last: int) -> bool:
        """Whether a place is the meeting's, not of a noun in its topic («ситуацию на Украине»)."""
        if any(t.feats.get("VerbForm") == "Inf" for t in self.tokens[last + 1 : stand.at]):
            return False  # «на встрече предложил открыть завод в ...»
        inner = [t for t in self.tokens[stand.word :] if t.end <= stand.place.span.end]
        own = {t.index for t in inner}
        head = next((t.head for t in inner if t.head not in own), -1)
        if stand.at < first and head >= 0 and is_speech(self.tokens[head], "deny"):
            return False  # «в Праге опровергли слухи о встрече»
        if head < 0 or first <= head <= last or head == stand.word or self.tokens[head].pos != "NOUN":
            return True
        if head > last and self.tokens[last].pos == "VERB" and self.tokens[head].rel == "obj":
            return False  # «обсудили аварию в Нише»
        if self.is_town(stand.word):
            return True
        return head > last and case_of(self.tokens[head]) == "Gen"


def time_of(
    times: Sequence[TimeMention], tokens: Sequence[Token], trigger: Span, stretch: Stretch
) -> TimeMention | None:
    """The time told in a stretch that is nearest to the words of the meeting."""
    start, end = tokens[stretch.first].start, tokens[stretch.last - 1].end
    here = [t for t in starting(times, start, end) if t.grain in _GRAINS and t.deadline != "by"]
    near = sorted(here, key=lambda t: (_GRAINS.index(t.grain) > _COARSE, abs(t.start - trigger.start)))
    return near[0] if near else None
