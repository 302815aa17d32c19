"""Document -> drafts of meetings: encounters told in many places brought together, one record a meeting."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from servanda.lang.protocol import Language
from servanda.lang.words import Token
from servanda.model import edtf
from servanda.model.reading import Participant
from servanda.model.spans import Span
from servanda.model.terms import How
from servanda.reading.attendance import Attendee
from servanda.reading.document import Document, Page, TimeMention
from servanda.reading.draft import Draft
from servanda.reading.encounters import Encounter, Reader, body_codes, of_place
from servanda.reading.offices import case_of
from servanda.reading.scene import Scene
from servanda.reading.whereabouts import Place, states
from servanda.world.tables import Tables

_SPOKEN = frozenset({"talks", "call", "session"})
_HISTORY = 5  # years after which a meeting is history
_FRONT = 4  # sentences in which the news itself is told
_OPEN = 40  # meetings that the next encounter may belong to
_SEATS = frozenset(("Брюссель", "Женева", "Вена", "Нью-Йорк", "Страсбург", "Люксембург"))  # of many bodies
_ENOUGH = 60  # places that tell of one meeting
_REACH = 3  # sentences from a meeting to its topics
_TOGETHER = frozenset({"talks", "session"})
_OF_STATES = frozenset({"страна", "государство", "оба"})
_DAY = 10  # letters of a day in EDTF
_STEM = 5  # letters of a word that bending leaves
_SPEAKER = "who-speaks-first"
_TWIN = {"talks": "call", "call": "talks"}


@dataclass(slots=True, eq=False)
class _Meeting:
    """One meeting and all that is told of it."""

    told: list[Encounter]
    people: list[Attendee] = field(default_factory=list)
    visit: "_Meeting | None" = None  # of which the talks are a part

    @property
    def kind(self) -> str:
        """A call is not less than talks, once it is named so."""
        kinds = [e.kind for e in self.told if e.kind]
        return "call" if "call" in kinds else kinds[0]

    @property
    def time(self) -> TimeMention | None:
        return next((e.time for e in self.told if e.time and e.time.edtf), None)

    @property
    def place(self) -> Place | None:
        """Where, by the body before the title."""
        return next((e.place for e in sorted(self.told, key=lambda e: e.title) if e.place), None)

    @property
    def status(self) -> str | None:
        ranked = sorted((e for e in self.told if e.status), key=lambda e: (not e.settled, e.title))
        return ranked[0].status if ranked else None

    @property
    def parties(self) -> set[str]:
        return {p.party for p in self.people if p.party}


class _Scene:
    """Who is spoken of, worked out when it is first asked."""

    def __init__(self, document: Document, tables: Tables) -> None:
        self.document, self.tables = document, tables
        self.states = tables.derive(states)
        self.bodies = tables.derive(body_codes)

    @cached_property
    def _scene(self) -> Scene:
        return Scene(self.document, self.tables)

    def speaker(self, sentence: int) -> tuple[str, ...]:
        """The party of who speaks in a sentence."""
        number = self.document.sentences[sentence]
        return tuple(w.code for w in self._scene.speaker(number, Span(number.start, number.end)))

    def in_one_item(self, one: Encounter, two: Encounter) -> bool:
        """Whether two are told in one sentence, and not in two news of a list («...; ...»)."""
        start, end = min(one.trigger, two.trigger).start, max(one.trigger, two.trigger).end
        return one.sentence == two.sentence and ";" not in self.document.page.text[start:end]

    def is_seat(self, place: Place, meeting: _Meeting) -> bool:
        """«встреча с генсеком ООН в Женеве»: a body receives in its own seat."""
        return place.name in _SEATS and not self.bodies.isdisjoint(meeting.parties)

    def unnamed(self, meeting: _Meeting) -> None:
        """Gives those whom «принимающая сторона», «альянс», «лидеры республики», «министр» mean their party."""
        for told in meeting.told:
            sentence = self.document.sentences[told.sentence]
            for index in told.unnamed:
                owners = (i for i in sentence.children[index] if _is_owner(sentence.tokens[i]))
                who = next((w for i in (index, *owners) if (w := self._scene.actors(sentence, i))), ())
                group = next((p for p in meeting.people if not p.known and _stands_at(p, sentence.tokens[index])), None)
                if group is not None and len(who) == 1:
                    meeting.people.remove(group)
                    known = replace(group, party=who[0].code, how=who[0].how, rule=who[0].rule)
                    meeting.people = _merge(meeting.people, [known])
                    continue
                new = [Attendee(None, None, w.code, w.span, how=w.how, rule=w.rule) for w in who]
                meeting.people += [p for p in new if p.party not in meeting.parties]

    def land(self, told: Encounter, visitors: set[str]) -> Place | None:
        """The state that «посетил республику» means: the one spoken of, or the other of the two of whom the news is."""
        if told.goal is None:
            return None
        sentence = self.document.sentences[told.sentence]
        spoken_of = [w.code for w in self._scene.actors(sentence, told.goal)]
        code = next(
            (c for c in (*spoken_of, *self.pair(told.sentence)) if c in self.states and c not in visitors), None
        )
        token = sentence.tokens[told.goal]
        return Place(self.states[code], Span(token.start, token.end), code) if code else None

    def each(self, group: Attendee, told: Encounter) -> str | None:
        """The office of each of «министры (иностранных дел двух стран)»."""
        if group.office_span is None:
            return None
        tokens = self.document.tokens_in(self.document.sentences[told.sentence], *group.office_span)
        whose = next((n for n, t in enumerate(tokens) if t.pos == "NUM" or t.lemma in _OF_STATES), len(tokens))
        head = next((n for n, t in enumerate(tokens[:whose]) if t.pos == "NOUN"), None)
        if head is None:
            return None
        return " ".join([tokens[head].lemma, *(t.text for t in tokens[head + 1 : whose])])

    def pair(self, sentence: int) -> tuple[str, ...]:
        """The two parties of whom the news is at a sentence."""
        return self._scene.pair(self.document.sentences[sentence])


def find_meetings(document: Document, language: Language, tables: Tables) -> list[Draft]:
    """The meetings that the report tells, in the order in which it first tells them."""
    reader = Reader(document, language, tables)
    meetings: list[_Meeting] = []
    for number in range(len(document.sentences)):
        for encounter in sorted(
            reader.read(number), key=lambda e: e.form == "theme"
        ):  # topics may come before their meeting
            _place(encounter, meetings)
    scene = _Scene(document, tables)
    for meeting in meetings:
        _take_land(meeting, scene)
        _take_addressee(meeting, meetings)
        _take_visitor(meeting, meetings)
        _take_speaker(meeting, document)
        _take_last(meeting, meetings)
        _complete(meeting, meetings, scene)
        _take_visit(meeting, meetings)
        _take_place(meeting, meetings)
        _take_host(meeting, meetings)
    for meeting in meetings:
        _keep_going(meeting, meetings)
    kept = [m for m in meetings if _stands(m, scene.bodies) and not _is_history(m, document)]
    return [_draft(m, document, meetings) for m in kept]


def _place(encounter: Encounter, meetings: list[_Meeting]) -> None:
    """With the meeting that it tells of, or as a new one."""
    near = [m for m in reversed(meetings[-_OPEN:]) if m.told[0].item == encounter.item]
    if not encounter.kind:
        home = next((m for m in near if _is_home(encounter, m)), None)
        if home and len(home.told) < _ENOUGH:
            home.told.append(encounter)
            home.people = _merge(home.people, _other_head(encounter.people, home))
        return
    near.sort(key=lambda m: m.kind not in (encounter.kind, _TWIN.get(encounter.kind)))
    for meeting in near:
        if _same(encounter, meeting):
            if len(meeting.told) < _ENOUGH:
                meeting.told.append(encounter)
            meeting.people = _merge(meeting.people, encounter.people)
            return
    meetings.append(_Meeting([encounter], _merge([], encounter.people)))
    if encounter.kind == "talks" and not encounter.people:
        _follow_visit(meetings[-1], near)


def _other_head(people: list[Attendee], meeting: _Meeting) -> list[Attendee]:
    """«чешскую делегацию возглавил министр, сербскую — посол»: the second is of the side that is left."""
    named = {p.party for p in people if p.party} | {p.party for p in meeting.people if p.name}
    left = meeting.parties - named
    unknown = [p for p in people if p.name and not p.party]
    if len(unknown) != 1 or len(left) != 1:
        return people
    return [replace(p, party=min(left), how=How.RESOLVED, rule="other-side") if p in unknown else p for p in people]


def _is_home(topics: Encounter, meeting: _Meeting) -> bool:
    """Whether topics may be of a meeting: of talks told not long before, or of a visit by «для обсуждения ...»."""
    past = topics.sentence - meeting.told[-1].sentence
    if topics.form == "attend" and meeting.kind == "ceremony":
        return past <= 1 and meeting.told[0].form == "noun"
    return past <= _REACH and (meeting.kind in _SPOKEN or (meeting.kind == "visit" and past == 0))


def _follow_visit(talks: _Meeting, near: list[_Meeting]) -> None:
    """«По итогам переговоров» after a visit: the visitor's talks with the host, on the same days."""
    first = talks.told[0]
    for visit in near:
        place = next((e.place for e in visit.told if e.place and e.place.code), None)
        host = of_place(place) if place else None
        if visit.kind != "visit" or host is None or first.sentence - visit.told[-1].sentence > 1:
            continue
        talks.people = [*visit.people, host]
        talks.visit = visit
        first.place = first.place or place
        first.time = visit.time or first.time
        first.status = visit.status
        return


def _take_last(meeting: _Meeting, meetings: list[_Meeting]) -> None:
    """«Следующее заседание пройдёт в Казани»: those who met the last time."""
    if meeting.parties or meeting.kind not in _TOGETHER or not any(e.again for e in meeting.told):
        return
    if meeting.status != "planned":
        return
    first = meeting.told[0]
    last = [m for m in meetings if m.kind in _TOGETHER and m.told[0].item == first.item and m.parties]
    last = [m for m in last if m is not meeting and (len(m.parties) > 1 or m.kind == "session")]
    last = [m for m in last if m.told[0].sentence <= first.sentence]
    last.sort(key=lambda m: (m.kind != meeting.kind, -m.told[0].sentence))
    if last:
        meeting.people = [replace(p, how=How.RESOLVED, rule="those-of-the-last") for p in last[0].people if p.party]


def _take_occasion(ceremony: _Meeting, meetings: list[_Meeting]) -> None:
    """«По итогам переговоров состоялась церемония обмена документами»: those of the talks told with it."""
    told = {e.sentence for e in ceremony.told}
    for talks in meetings:
        if talks.kind in _TOGETHER and len(talks.parties) > 1 and told & {e.sentence for e in talks.told}:
            ceremony.people = [replace(p, how=How.RESOLVED, rule="those-of-the-talks") for p in talks.people if p.party]
            return


def _take_place(session: _Meeting, meetings: list[_Meeting]) -> None:
    """«За два дня визита он принял участие в саммите»: where the visit goes; «на полях саммита»: where that is."""
    first = session.told[0]
    if session.place is None and first.beside:
        sessions = (m for m in reversed(meetings) if m.kind == "session" and m.place and m.told[0].item == first.item)
        beside = (m.place for m in sessions if 0 <= first.sentence - m.told[0].sentence <= 1)
        first.place = next(beside, None)
    if session.kind != "session" or session.place is not None:
        return
    for visit in meetings:
        near = visit.told[0].item == first.item and 0 <= first.sentence - visit.told[0].sentence <= _REACH
        if (
            visit.kind == "visit"
            and visit.place
            and near
            and any(_alike(p, q) for p in session.people for q in visit.people)
        ):
            first.place = visit.place
            return


def _take_host(visit: _Meeting, meetings: list[_Meeting]) -> None:
    """«Китайский лидер прибудет с визитом» to where the session is, of which the report has told."""
    if visit.kind != "visit" or visit.place is not None or not any(e.settled for e in visit.told):
        return
    first = visit.told[0]
    for other in meetings:
        place = other.place if other.kind == "session" and other.told[0].sentence < first.sentence else None
        if place and place.code and visit.parties and place.code not in visit.parties:
            first.place = place
            return


def _complete(meeting: _Meeting, meetings: list[_Meeting], scene: _Scene) -> None:
    """The side that is not told in words: the host of talks in its capital, or the two of whom the news is."""
    if meeting.kind == "session" and not meeting.people and any(e.joint or e.again or e.summit for e in meeting.told):
        _take_pair(meeting, scene)
    if len(meeting.parties) < (2 if meeting.kind in ("talks", "call", "ceremony") else 1):
        scene.unnamed(meeting)
    if meeting.kind not in ("talks", "call", "ceremony"):
        return
    if meeting.kind == "ceremony" and not meeting.people and any(e.happens for e in meeting.told):
        _take_occasion(meeting, meetings)
    if len(meeting.parties) == 1 and (meeting.kind == "ceremony" or any(p.personal for p in meeting.people)):
        stranger = next((p for p in meeting.people if p.name and not p.party), None)
        if not any(m.kind == "visit" and any(_alike(p, q) for p in m.people for q in meeting.people) for m in meetings):
            stranger = None
        place = next((e.place for e in meeting.told if e.place and (e.form == "noun" or stranger)), None)
        host = of_place(place) if place and not scene.is_seat(place, meeting) else None
        if stranger and host and host.party not in meeting.parties:
            meeting.people.remove(stranger)
            host = replace(stranger, party=host.party, how=How.RESOLVED, rule="host")
        if host and host.party not in meeting.parties:
            meeting.people.append(host)
        if len(meeting.parties) == 1:
            _take_other(meeting, meetings, scene)
    elif len(meeting.parties) == 1 and any(e.one_sided for e in meeting.told):
        _take_other(meeting, meetings, scene)
    elif meeting.kind != "ceremony" and not meeting.parties and any(_is_of_the_news(e) for e in meeting.told):
        _take_pair(meeting, scene)


def _stands_at(p: Attendee, token: Token) -> bool:
    return p.span.start <= token.start < p.span.end


def _is_owner(token: Token) -> bool:
    """«(лидеры) республики»."""
    return token.rel == "nmod" and case_of(token) == "Gen"


def _is_of_the_news(e: Encounter) -> bool:
    """Whether a place tells of one meeting, as by its day or place («после видеоконференции во вторник»)."""
    dated = e.form == "noun" and (e.place is not None or e.time is not None)
    several = e.form == "noun" and any(p.plural and not p.party for p in e.people)  # «встреча президентов»
    both = e.joint and (e.settled or e.form == "noun")
    return (e.happens or e.called_off or both or dated or several) and not e.title


def _take_other(talks: _Meeting, meetings: list[_Meeting], scene: _Scene) -> None:
    """The state visited («во время визита в Чехию мы обсудили ...»), or the other of whom the news is."""
    first = talks.told[0]
    for visit in meetings:
        if visit.kind == "visit" and visit.place and scene.in_one_item(visit.told[0], first):
            host = of_place(visit.place)
            if host and visit.parties == talks.parties and host.party not in talks.parties:
                talks.people.append(host)
                return
    if first.by_us:
        own = [c for c in scene.speaker(first.sentence) if c not in talks.parties][:1]
        talks.people += [replace(_of_the_news(c, first), rule="speaker") for c in own]
        return
    if _take_stranger(talks, scene.pair(first.sentence)):
        return
    alone = not any(m.kind in _SPOKEN and m.told[0].item == first.item for m in meetings if m is not talks)
    codes = scene.pair(first.sentence) if (first.spoken_at or first.one_sided) and alone else ()
    if talks.parties & set(codes):
        others = [c for c in codes if c not in talks.parties and not c.startswith("name:")]
        talks.people += [_of_the_news(c, first) for c in others]


def _take_visitor(talks: _Meeting, meetings: list[_Meeting]) -> None:
    """«В программе визита — встреча с президентом»: whoever visits the state of him who is told."""
    first = talks.told[0]
    if talks.kind != "talks" or len(talks.parties) != 1 or not first.one_sided:
        return
    for visit in meetings:
        near = visit.told[0].item == first.item and abs(first.sentence - visit.told[0].sentence) <= _REACH
        if visit.kind == "visit" and near and visit.place and visit.place.code in talks.parties:
            talks.people += [p for p in visit.people if p.party and p.party not in talks.parties]
            return


def _take_stranger(talks: _Meeting, pair: tuple[str, ...]) -> bool:
    """«встреча дипломата с президентом Чехии»: he is of the other of the two of whom the news is."""
    stranger = next((p for p in talks.people if not (p.known or p.plural)), None)
    others = [c for c in pair if c not in talks.parties]
    if stranger is None or (stranger.role != "envoy" and " " in (stranger.office or "")):
        return False  # «глава Росимущества» is told in words of his own
    if len(others) != 1 or len(pair) != 2 or others[0].startswith("name:"):
        return False
    known = replace(stranger, party=others[0], how=How.RESOLVED, rule="other-side")
    talks.people = [known if p is stranger else p for p in talks.people]
    return True


def _take_land(visit: _Meeting, scene: _Scene) -> None:
    """Where «посетил республику» went."""
    for told in visit.told:
        if visit.place is None and told.goal is not None:
            told.place = scene.land(told, visit.parties)


def _take_addressee(visit: _Meeting, meetings: list[_Meeting]) -> None:
    """«Вашего визита в Россию»: he with whom the host talks in the report."""
    if visit.people or visit.place is None or not any(e.yours for e in visit.told):
        return
    for talks in meetings:
        guests = {p.party for p in talks.people if p.party} - {visit.place.code}
        if talks.kind in ("talks", "call") and visit.place.code in talks.parties and len(guests) == 1:
            visit.people = [p for p in talks.people if p.party in guests]
            return


def _take_speaker(talks: _Meeting, document: Document) -> None:
    """«Встреча с президентом Боливии» over a transcript: he whose words come first («В.Путин: ...»)."""
    if talks.kind not in ("talks", "call") or len(talks.parties) != 1 or not talks.told[0].title:
        return
    text = document.page.text
    for p in document.people:
        if p.name and p.party and text[p.end : p.end + 1] == ":":
            if p.party not in talks.parties:
                span = Span(p.start, p.end)
                talks.people.append(Attendee(p.name, p.office, p.party, span, p.name_span, rule=_SPEAKER))
            return


def _take_visit(tour: _Meeting, meetings: list[_Meeting]) -> None:
    """Who goes to see the sights, and where: the visitor of the visit told with them."""
    first = tour.told[0]
    if first.form != "tour":
        return
    for visit in meetings:
        if visit.kind != "visit" or visit.told[0].form == "tour" or visit.told[0].item != first.item:
            continue
        near = any(abs(first.sentence - e.sentence) <= _REACH for e in visit.told)
        if near and visit.place and (not tour.people or any(_alike(p, q) for p in tour.people for q in visit.people)):
            tour.people = tour.people or list(visit.people)
            first.place = visit.place
            return


def _keep_going(visit: _Meeting, meetings: list[_Meeting]) -> None:
    """«Прибыл с визитом» is under way while parts of the visit are still to come."""
    begun = [e for e in visit.told if e.begun]
    if begun and any(m.status == "planned" and (_is_hosted(visit, m) or _is_sight(visit, m)) for m in meetings):
        for e in begun:
            e.status = "under_way"


def _is_sight(visit: _Meeting, tour: _Meeting) -> bool:
    """Whether sights are seen on a visit."""
    return tour.told[0].form == "tour" and tour.place == visit.place


def _take_pair(meeting: _Meeting, scene: _Scene) -> None:
    """The two states of whom the news is, where «состоялись переговоры» names nobody."""
    first = meeting.told[0]
    if any(e.manifold for e in meeting.told):
        return
    codes = scene.pair(first.sentence)
    if codes and not any(c.startswith("name:") for c in codes):
        each = next((scene.each(p, e) for e in meeting.told for p in e.people if p.plural and p.office_span), None)
        meeting.people = [replace(_of_the_news(c, first), office=each) for c in codes]


def _of_the_news(code: str, told: Encounter) -> Attendee:
    """One of the two of whom the news is."""
    return Attendee(None, None, code, told.trigger, how=How.RESOLVED, rule="pair-of-the-news")


def _same(encounter: Encounter, meeting: _Meeting) -> bool:
    return (
        "tour" not in (encounter.form, meeting.told[0].form)
        and not (encounter.yours and meeting.people)
        and _kinds_agree(encounter, meeting)
        and _times_agree(encounter.time, meeting.time)
        and _statuses_agree(encounter, meeting)
        and _people_agree(encounter, meeting)
    )


def _kinds_agree(encounter: Encounter, meeting: _Meeting) -> bool:
    if encounter.kind == meeting.kind:
        return encounter.kind != "visit" or _places_agree(encounter, meeting)
    pair = {encounter.kind, meeting.kind}
    if pair == {"talks", "call"}:
        talks = encounter if encounter.kind == "talks" else meeting
        return talks.place is None or talks.status != "planned"  # what is to be held in one place is no call
    if pair != {"talks", "session"} or encounter.kind != "talks":
        return False
    met = {p.party for p in encounter.people}  # «обменялись мнениями на круглом столе»
    return not met or (met == meeting.parties and encounter.sentence == meeting.told[-1].sentence)


def _places_agree(encounter: Encounter, meeting: _Meeting) -> bool:
    places = [e.place for e in meeting.told if e.place]
    if not places or not encounter.place:
        return True
    code = encounter.place.code
    return any(p.name == encounter.place.name or (p.code == code and code is not None) for p in places)


def _times_agree(one: TimeMention | None, two: TimeMention | None) -> bool:
    if one is None or two is None or one.edtf is None or two.edtf is None:
        return True
    a, b = one.edtf.split("/")[0], two.edtf.split("/")[0]
    return a.startswith(b) or b.startswith(a) or two.edtf == one.edtf


def _statuses_agree(encounter: Encounter, meeting: _Meeting) -> bool:
    """Held and under way are one; what is said of something else («по итогам») yields, unless it tells who met."""
    told = {encounter.status, meeting.status}
    if None in told or len(told) == 1 or told <= {"held", "under_way"}:
        return True
    if encounter.status == "held" and all(e.title for e in meeting.told):
        return True
    if meeting.kind == "visit" and encounter.place and meeting.place and not (encounter.time or meeting.time):
        return True  # «накануне визита в Израиль … в ходе визита в Израиль»: no day tells the two apart
    return not encounter.settled and len({p.party for p in encounter.people}) < 2 and encounter.place is None


def _people_agree(encounter: Encounter, meeting: _Meeting) -> bool:
    named = [p for p in encounter.people if p.party] or [p for p in encounter.people if p.name]
    if not named:
        return True
    if not meeting.people:
        return encounter.sentence - meeting.told[-1].sentence <= _REACH
    matched = [p for p in named if any(_alike(p, q) for q in meeting.people)]
    if meeting.kind == "visit":
        return bool(matched) and len(matched) == len(named)
    if len(matched) == len(named):
        return True
    clash = any(p.name and q.name and p.party == q.party and p.name != q.name for p in named for q in meeting.people)
    return len(meeting.parties) < 2 and bool(matched) and not clash


def _alike(one: Attendee, two: Attendee) -> bool:
    """Whether two may be one: by name, else by party."""
    if one.name and two.name:
        return one.name == two.name
    return bool(one.party) and one.party == two.party


def _merge(people: list[Attendee], more: list[Attendee]) -> list[Attendee]:
    """Each once, in the fullest form."""
    out = list(people)
    for new in more:
        if not new.party and not new.name:
            out.append(new)
            continue
        twin = next((i for i, old in enumerate(out) if _alike(old, new) and _absorbs(old, new)), None)
        if twin is None:
            out.append(new)
        elif _fullness(new) > _fullness(out[twin]):
            out[twin] = new
    return out


def _absorbs(old: Attendee, new: Attendee) -> bool:
    """Not two offices of one party side by side («министры» of one list)."""
    return (
        bool(old.name and new.name)
        or not (old.personal and new.personal)
        or bool(old.name) != bool(new.name)
        or old.office == new.office
        or old.role == new.role == "envoy"
    )


def _fullness(p: Attendee) -> int:
    return 4 * bool(p.name) + (1 if p.plural else 2) * bool(p.office)


def _stands(meeting: _Meeting, bodies: frozenset[str]) -> bool:
    """Whether enough is told for a record: two parties, a visit abroad, or a body that meets."""
    if all(e.form in ("topic", "theme", "attend", "setting") for e in meeting.told):
        return False
    known = meeting.parties
    if meeting.kind == "visit":
        place = next((e.place for e in meeting.told if e.place), None)
        return bool(known) and place is not None and place.code not in known
    if len(known) > 1 or (meeting.kind == "session" and known & bodies):
        return True
    place = meeting.place
    if meeting.kind == "session" and place and place.code and any(p.personal for p in meeting.people):
        return place.code not in known and bool(known)
    return False


def _is_history(meeting: _Meeting, document: Document) -> bool:
    """Older than the report by more than `_HISTORY`."""
    year = _year(meeting.time)
    return year is not None and document.year is not None and year < document.year - _HISTORY


def _year(time: TimeMention | None) -> int | None:
    return int(time.edtf[:4]) if time and time.edtf and time.edtf[:4].isdigit() else None


def _draft(meeting: _Meeting, document: Document, meetings: list[_Meeting]) -> Draft:
    best = max(meeting.told, key=lambda e: _telling(e, meeting))
    draft = Draft("meeting", best.sentence, best.item)
    draft.put("quote", best.quote.of(document.page.text), best.quote, how=How.STATED, rule="clause")
    draft.put("kind", meeting.kind, best.trigger, how=How.INFERRED, rule=f"meeting-{best.form}")
    _put_people(draft, meeting)
    _put_place(draft, meeting, document, meetings)
    _put_date(draft, meeting, document, meetings)
    status = _status(meeting, document)
    start = edtf.first_day(draft.get("date")) if draft.get("date") else None
    if status == "held" and start and document.page.day and start > document.page.day:
        status = "planned"  # «условились о проведении в ноябре заседания»
    draft.put("status", status, best.trigger, how=How.INFERRED, rule="tense-and-words")
    rule = best.certainty if best.certainty != "stated" else "asserted"
    draft.put("certainty", best.certainty, how=How.INFERRED, rule=rule)
    draft.values.setdefault("topics", [])
    for span in _topics(meeting, document):
        draft.add("topics", span.of(document.page.text), span, how=How.STATED, rule="topic")
    return draft


def _telling(e: Encounter, meeting: _Meeting) -> tuple[bool, bool, int, bool, bool, int]:
    """How well a place tells the meeting: its own kind, who meets, in the body, plainly, early."""
    named = len({p.party for p in e.people if p.party})
    return (e.form != "setting", bool(e.kind), min(named, 2), not e.title, e.settled, -e.sentence)


def _put_people(draft: Draft, meeting: _Meeting) -> None:
    draft.values["participants"] = []
    known = [p for p in meeting.people if p.party]  # beside these, who is of no party meets none («эксперт Новак»)
    people = sorted(known or (p for p in meeting.people if p.name and p.office), key=lambda p: p.span)
    personal = {p.party for p in people if p.name}
    for p in people:
        if not p.name and p.party in personal and (p.plural or not p.office):
            continue
        path = f"participants/{len(draft.values['participants'])}"
        how = How(p.how)
        draft.add("participants", Participant(p.name, p.office, p.party), p.span, how=how, rule=p.rule)
        if p.name:
            draft.note(f"{path}/name", p.name_span or p.span, how=how if p.name_span else How.RESOLVED, rule=p.rule)
        if p.office:
            draft.note(
                f"{path}/office", p.office_span or p.span, how=how if p.office_span else How.RESOLVED, rule=p.rule
            )
        if p.party:
            draft.note(f"{path}/party", p.span, how=How.RESOLVED if p.personal else how, rule=p.rule)


def _put_place(draft: Draft, meeting: _Meeting, document: Document, meetings: list[_Meeting]) -> None:
    if meeting.kind == "call":
        return
    if meeting.place:
        draft.put("place", meeting.place.name, meeting.place.span, how=How.NORMALISED, rule="place-in")
        return
    page = document.page
    if page.dateline and page.dateline.place and any(p.rule == _SPEAKER for p in meeting.people):
        spans = page.evidence.get("dateline/place", ())
        draft.put("place", page.dateline.place, *spans, how=How.INHERITED, rule="place-of-the-page")
        return
    host = next((m for m in meetings if m.place and (_one_occasion(m, meeting) or _is_hosted(m, meeting))), None)
    towns = (m for m in meetings if m.place and _is_of_visit(m, meeting) and _is_town(m.place, document))
    host = host or next(towns, None)
    if host is not None and host.place is not None and meeting.kind != "visit":
        draft.put("place", host.place.name, host.place.span, how=How.INHERITED, rule="place-of-occasion")


def _put_date(draft: Draft, meeting: _Meeting, document: Document, meetings: list[_Meeting]) -> None:
    time = meeting.time
    if time is not None:
        days = next((e.days for e in meeting.told if e.days), 0) if meeting.kind == "visit" else 0
        edtf = _lasting(time.edtf, days)
        how = How(time.how) if edtf == time.edtf else How.COMPUTED
        draft.put("date", edtf, Span(time.start, time.end), how=how, rule=time.rule)
        return
    host = next((m.time for m in meetings if m.time and _one_occasion(m, meeting)), None)
    if host is not None:
        draft.put("date", host.edtf, Span(host.start, host.end), how=How.INHERITED, rule="day-of-occasion")
        return
    page = document.page
    told = any(p.rule == _SPEAKER for p in meeting.people)  # a transcript's own line is the day of the talks
    stamped = page.published if told or (page.dateline is None and _has_stamp(page)) else None
    if stamped and _status(meeting, document) in ("held", "under_way") and _is_news(meeting):
        draft.put("date", stamped, *page.evidence.get("published", ()), how=How.INHERITED, rule="day-of-the-page")


def _lasting(edtf: str | None, days: int) -> str | None:
    """«начнёт 2 апреля двухдневный визит»: from the first day to the last."""
    if edtf is None or days < 2 or len(edtf) != _DAY:
        return edtf
    return f"{edtf}/{date.fromisoformat(edtf) + timedelta(days - 1)}"


def _has_stamp(page: Page) -> bool:
    return any(b.kind == "stamp" for b in page.blocks)


def _one_occasion(other: _Meeting, meeting: _Meeting) -> bool:
    """Whether two are told in one sentence, as a visit with talks, or «до церемонии состоялись переговоры»."""
    if (
        other is meeting
        or meeting.told[0].form == "tour"
        or not {e.sentence for e in other.told} & {e.sentence for e in meeting.told}
    ):
        return False
    if meeting.kind == "visit":
        return any(_alike(p, q) for p in other.people for q in meeting.people)
    return other.kind == "ceremony" and meeting.parties <= other.parties


def _is_hosted(visit: _Meeting, talks: _Meeting) -> bool:
    """Whether talks are of a visitor with somebody of the state that he visits."""
    code = visit.place.code if visit.kind == "visit" and visit.place else None
    guests = {p.party for p in visit.people}
    one, two = visit.told[0], talks.told[0]
    goes_with = one.trigger < two.trigger or (one.sentence == two.sentence and visit.status in ("held", "under_way"))
    return goes_with and talks.kind == "talks" and code in talks.parties and bool(guests & (talks.parties - {code}))


def _is_of_visit(visit: _Meeting, other: _Meeting) -> bool:
    """Whether a visitor and his host meet or sign as he is there or is to be."""
    code = visit.place.code if visit.kind == "visit" and visit.place else None
    if visit.told[0].item != other.told[0].item or other.kind not in ("talks", "ceremony"):
        return False
    if (visit.status == "planned") != (other.status == "planned") or not _times_agree(visit.time, other.time):
        return False
    return code in other.parties and bool(visit.parties & other.parties - {code})


def _is_town(place: Place, document: Document) -> bool:
    return not any(m.kind == "state" and m.start == place.span.start for m in document.parties)


def _is_news(meeting: _Meeting) -> bool:
    """Whether the report is about the meeting: told first, and of itself."""
    return any(e.sentence < _FRONT and (e.settled or e.title) for e in meeting.told)


def _status(meeting: _Meeting, document: Document) -> str:
    untold = "planned" if any(e.errand for e in meeting.told) else "held"
    status, time, day = meeting.status or untold, meeting.time, document.page.day
    if (
        status in ("held", "under_way")
        and time
        and time.edtf
        and day
        and len(time.edtf) == _DAY
        and time.edtf > day.isoformat()
    ):
        return "planned"
    return status


def _topics(meeting: _Meeting, document: Document) -> list[Span]:
    """Each topic once in its fullest words, those of the body before those of the title."""
    spans = [t for e in meeting.told if not e.title for t in e.topics] or [t for e in meeting.told for t in e.topics]
    words = {s: frozenset(w[:_STEM] for w in document.words(*s).lower().split()) for s in spans}
    once = {words[s]: s for s in reversed(spans)}
    return sorted(s for w, s in once.items() if not any(w < other for other in once))
