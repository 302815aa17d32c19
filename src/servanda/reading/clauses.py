"""Sentence -> its predicates, each with subject, objects, obliques, negation, tense and the words of modality above it.

Trees are hints: every climb is bounded, and a part that is not found is None.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from servanda.lang.words import Sentence, Token
from servanda.model.spans import Span

SUBJECTS = ("nsubj", "nsubj:pass", "csubj")
_BORROWING = frozenset(("conj", "xcomp", "csubj", "ccomp", "advcl", "acl", "obj", "obl", "nmod", "iobj", "nsubj"))
_REACH = 8  # levels that a climb may take


@dataclass(frozen=True, slots=True)
class Oblique:
    """A phrase under a predicate: its head, the preposition («в отношении» as one) and the case of the head."""

    head: int
    prep: str
    case: str

    @property
    def mark(self) -> str:
        """As tables write it: `dat`, `в+acc`."""
        return f"{self.prep}+{self.case}" if self.prep else self.case


@dataclass(slots=True, eq=False)
class Clause:
    """A predicate and what hangs on it. `kind`: finite, infinitive, short («передано»), converb, noun.

    `above` are the predicates over it, nearest first: «намерены довести» has намерены above довести.
    `subject` and `objects` are heads of noun phrases.
    """

    sentence: Sentence
    index: int
    kind: str
    subject: int | None = None
    agent: int | None = None
    objects: list[int] = field(default_factory=list)
    obliques: list[Oblique] = field(default_factory=list)
    above: list[int] = field(default_factory=list)
    negated: bool = False
    passive: bool = False
    tense: str = ""  # past, present, future; "" where no finite form says it
    perfective: bool = False
    conditional: bool = False  # in the subjunctive
    token: Token = field(init=False)  # the predicate

    def __post_init__(self) -> None:
        self.token = self.sentence.tokens[self.index]


def looks_ahead(sentence: Sentence, offset: int) -> bool | None:
    """Whether the verb on which the words at an offset hang is of the future (True) or the past (False); None where
    neither, or where a noun stands between.
    """
    at = first = bisect_left(sentence.tokens, offset, key=lambda t: t.start)
    for _ in range(_REACH):
        if not 0 <= at < len(sentence.tokens):
            return None
        token = sentence.tokens[at]
        auxiliaries = (sentence.tokens[i] for i in sentence.children[at] if sentence.tokens[i].rel == "aux")
        for verb in (token, *auxiliaries):
            if verb.feats.get("VerbForm") == "Fin" and verb.feats.get("Tense") in ("Fut", "Past"):
                return verb.feats["Tense"] == "Fut"
        if token.pos == "VERB" or not first <= at <= first + _TIME_WORDS:
            return None
        at = token.head
    return None


_TIME_WORDS = 4  # of one expression of time


def case_of(token: Token) -> str:
    """nom, gen, dat, acc, ins, loc or ""; the second genitive and locative count as the first."""
    case = token.feats.get("Case", "")
    return _SECOND.get(case) or case.lower()


_SECOND = {"Par": "gen"}


def preposition(sentence: Sentence, index: int) -> str:
    """The preposition of a noun phrase, compound ones joined by «_»; "" for none."""
    below = sentence.children[index]
    if not below:
        return ""
    tokens = sentence.tokens
    words = [i for i in below if i < index and tokens[i].rel == "case"]
    if not words:
        return ""
    first = words[-1] if len(words) > 1 and words[-1] - words[0] > 3 else words[0]
    parts = [i for i in sentence.children[first] if tokens[i].rel == "fixed"]
    text = "_".join([tokens[i].text.lower() for i in sorted((first, *parts))]) if parts else tokens[first].text.lower()
    return _PLAIN_PREPOSITION.get(text, text)


_PLAIN_PREPOSITION = {
    "во": "в",
    "со": "с",
    "ко": "к",
    "об": "о",
    "обо": "о",
    "изо": "из",
    "ото": "от",
    "передо": "перед",
}


def is_finite(token: Token) -> bool:
    """A verb in a personal form."""
    return token.pos in ("VERB", "AUX") and token.feats.get("VerbForm") == "Fin"


def is_personal(token: Token) -> bool:
    """A finite verb that wants a subject; «запрещается», «предстоит», «можно» want none."""
    return (
        is_finite(token)
        and token.feats.get("Voice") == "Act"
        and token.lemma not in ("предстоять", "надлежать", "следовать")
    )


def is_short(token: Token) -> bool:
    """A short passive participle as predicate: «передано»."""
    return token.feats.get("VerbForm") == "Part" and (
        token.feats.get("Variant") == "Short" or not token.feats.get("Case")
    )


def kind_of(token: Token) -> str:
    """The kind of predicate that a token makes, "" for none: full participles only repeat what is told elsewhere."""
    form = token.feats.get("VerbForm")
    if form is None:
        return "noun" if token.pos == "NOUN" else ""
    if is_finite(token):
        return "finite"
    if form == "Inf":
        return "infinitive"
    if is_short(token):
        return "short"
    if form == "Conv":
        return "converb"
    return "noun" if token.pos == "NOUN" else ""


def read_clause(sentence: Sentence, index: int) -> Clause:
    """The clause that the token at `index` is the predicate of."""
    tokens = sentence.tokens
    token = tokens[index]
    clause = Clause(sentence, index, kind_of(token))
    clause.perfective = token.feats.get("Aspect") == "Perf"
    voice = token.feats.get("Voice")
    clause.passive = clause.kind == "short" or voice == "Pass"
    for i in sentence.children[index]:
        _take_child(clause, tokens[i])
    if not clause.objects and clause.kind in ("noun", "finite", "infinitive"):
        _share_objects(clause)
    if not clause.objects and clause.kind in ("finite", "infinitive", "short"):
        _take_counted(clause)
    if not clause.objects and clause.kind == "noun" and clause.agent is not None and clause.token.head >= 0:
        beside = [sentence.children[clause.token.head], sentence.children[clause.agent]]
        behind = (tokens[i] for below in beside for i in below if i > clause.agent)
        clause.objects = [t.index for t in behind if t.rel in ("obj", "nmod") and _is_bare_genitive(sentence, t)][:1]
    if clause.agent is None and clause.kind == "noun":
        clause.agent = _agent_of_participle(clause)
    clause.above = list(climb(sentence, index))
    if clause.subject is None:
        clause.subject = _borrowed_subject(clause)
    _read_tense(clause)
    return clause


def _is_but_also(sentence: Sentence, word: Token) -> bool:
    """«не только … но и»: no negation."""
    after = sentence.tokens[word.index + 1 : word.index + 2]
    return any(t.text.lower() in ("только", "просто", "менее") for t in after)


def _take_child(clause: Clause, child: Token) -> None:
    sentence, rel = clause.sentence, child.rel
    if rel == "nsubj:pass" and case_of(child) == "ins":
        clause.agent = child.index
    elif rel in ("nsubj", "nsubj:pass"):
        if clause.subject is None or case_of(child) == "nom" != case_of(sentence.tokens[clause.subject]):
            clause.subject = child.index
        clause.passive = clause.passive or (rel == "nsubj:pass" and clause.kind in ("finite", "short"))
    elif child.text.lower() in ("не", "ни"):
        clause.negated = clause.negated or not _is_but_also(sentence, child)
    elif rel in ("obj", "iobj", "obl", "nmod", "obl:agent", "obl:tmod", "nummod:gov"):
        each = _is_for_each(sentence, child)
        prep = "" if each else preposition(sentence, child.index)
        case = case_of(child)
        mark = Oblique(child.index, prep, _COUNTED_CASES.get(prep, case) if case == "gen" else case)
        if not mark.prep and (
            rel == "obj" or each or (clause.kind == "noun" and mark.case in ("gen", "") and child.index > clause.index)
        ):
            clause.objects.append(child.index)
        elif not mark.prep and mark.case == "ins" and (clause.passive or clause.kind == "noun"):
            clause.agent = child.index
        clause.obliques.append(mark)
    elif rel == "nsubj:agent":
        clause.agent = child.index


def _is_bare_genitive(sentence: Sentence, token: Token) -> bool:
    """«передачу немецкой стороной спектрометра»: the thing behind the agent, wherever the tree hangs it."""
    return case_of(token) == "gen" and not preposition(sentence, token.index)


def _agent_of_participle(clause: Clause) -> int | None:
    """«введённое Бразилией эмбарго», «запрет, наложенный советом»: who did what the noun tells."""
    sentence = clause.sentence
    for i in sentence.children[clause.index]:
        if sentence.tokens[i].feats.get("VerbForm") == "Part":
            for j in sentence.children[i]:
                if sentence.tokens[j].rel == "obl:agent" and case_of(sentence.tokens[j]) in ("ins", ""):
                    return j
    return None


def _share_objects(clause: Clause) -> None:
    """«созданию и функционированию комплекса», «обнулят или снизят пошлины»: the object hangs on the last conjunct."""
    sentence, token = clause.sentence, clause.token
    for i in sentence.children[clause.index]:
        other = sentence.tokens[i]
        if other.rel != "conj" or (other.pos == "NOUN") != (token.pos == "NOUN") or i - clause.index > 2:
            continue
        for j in sentence.children[i]:
            child = sentence.tokens[j]
            wanted = child.rel == "obj" or (child.rel == "nmod" and case_of(child) == "gen" and clause.kind == "noun")
            if wanted and j > i and not preposition(sentence, j):
                clause.objects.append(j)


_COUNTED_CASES = {"о": "loc", "к": "dat"}  # of a number whose noun is in the genitive


def _is_for_each(sentence: Sentence, token: Token) -> bool:
    """«по 2000 долларов каждому»: the counted thing behind «по» is an object."""
    counted = any(sentence.tokens[i].rel in ("nummod", "nummod:gov") for i in sentence.children[token.index])
    return counted and case_of(token) == "gen" and preposition(sentence, token.index) == "по"


def _take_counted(clause: Clause) -> None:
    """«примет на лето 400 школьников»: what is counted, where the tree hangs it on the phrase before its number."""
    sentence, tokens = clause.sentence, clause.sentence.tokens
    for head in sentence.children[clause.index]:
        if tokens[head].rel not in ("obl", "iobj", "advmod") or tokens[head].lemma in _MEASURES:
            continue
        for i in sentence.children[head]:
            numbers = (j for j in sentence.children[i] if tokens[j].rel in ("nummod", "nummod:gov"))
            told = tokens[i].rel in ("nmod", "obj") and case_of(tokens[i]) == "gen" and not preposition(sentence, i)
            if told and any(head < j < i for j in numbers):
                clause.objects.append(i)


_MEASURES = frozenset(
    (
        *("сумма", "размер", "объем", "вес", "стоимость", "цена", "мощность", "емкость", "вместимость", "площадь"),
        *("срок", "период", "протяжение", "течение", "длина", "протяженность", "количество", "число"),
    )
)


def climb(sentence: Sentence, index: int) -> Iterator[int]:
    """The predicates above, nearest first, through complements, coordination and nouns of modality."""
    seen = {index}
    token = sentence.tokens[index]
    for _ in range(_REACH):
        if token.head < 0 or token.head in seen:
            return
        rel = token.rel
        head = sentence.tokens[token.head]
        if rel == "conj":
            seen.add(head.index)
            token = head
            continue
        if rel not in (
            "xcomp",
            "ccomp",
            "csubj",
            "csubj:pass",
            "obl",
            "obj",
            "iobj",
            "nmod",
            "acl",
            "nsubj",
            "nsubj:pass",
            "parataxis",
            "appos",
        ):
            return
        yield head.index
        seen.add(head.index)
        token = head


def _borrowed_subject(clause: Clause) -> int | None:
    """The subject of the first conjunct, or of the verb that governs the infinitive or noun."""
    sentence = clause.sentence
    token = clause.token
    if is_personal(token) and token.rel == "acl" and _is_plain_subject(sentence, token):
        return token.head
    if clause.kind == "infinitive" and (before := _before_dash(clause)) is not None:
        return before
    verbs: list[Token] = []  # finite ones on the way up
    for _ in range(_REACH):
        if token.head < 0 or token.rel not in _BORROWING:
            return None
        if is_personal(token):
            verbs.append(token)
        head = sentence.tokens[token.head]
        if token.rel in ("ccomp", "acl", "nmod") and head.pos in ("NOUN", "PROPN") and clause.kind == "noun":
            return None
        below = [sentence.tokens[i] for i in sentence.children[head.index]]
        if token.rel == "xcomp":  # «Литва обязалась закрыть порт, а Латвия – погасить долг»
            gap = gapped(sentence, head.index)
            if gap is not None and gap < token.index:
                return gap
        for child in below:
            if child.rel in ("nsubj", "nsubj:pass") and child.index != clause.index:
                return None if _disagrees(sentence, verbs, child) else child.index
        if token.rel in ("xcomp", "csubj", "nsubj") and not is_personal(head):
            for child in below:  # «сторонам запрещается размещать», «ему предстоит построить»
                if child.rel in ("iobj", "obl") and case_of(child) == "dat" and not preposition(sentence, child.index):
                    return child.index
        if head.feats.get("VerbForm") == "Part" and not is_short(head) and head.feats.get("Voice") == "Act":
            return head.head if head.head >= 0 else None
        token = head
    return None


def _before_dash(clause: Clause) -> int | None:
    """«обязалась не выпускать суда, перуанская – передавать …»: who is meant to do what stands behind a dash."""
    tokens = clause.sentence.tokens
    dash = clause.index - (2 if clause.negated else 1)
    if dash < 2 or tokens[dash].text not in ("-", "–", "—") or tokens[dash - 2].text not in (",", "а", ";"):
        return None
    name = tokens[dash - 1]
    return dash - 1 if name.pos in ("NOUN", "PROPN", "ADJ") and case_of(name) == "nom" else None


def _is_plain_subject(sentence: Sentence, verb: Token) -> bool:
    """«Банк развития отсрочил платежи», where the tree hangs the verb on the name before it, as if behind «который»."""
    head = sentence.tokens[verb.head]
    between = sentence.tokens[verb.head + 1 : verb.index]
    parted = any(t.text == "," or t.lemma == "который" for t in between)
    return (
        verb.head < verb.index
        and case_of(head) in ("nom", "")
        and not parted
        and not _disagrees(sentence, [verb], head)
    )


def gapped(sentence: Sentence, verb: int) -> int | None:
    """«обязалась закрыть порт, а Латвия – погасить долг»: the subject for whom the verb before is meant."""
    tokens = sentence.tokens
    for i in sentence.children[verb]:
        token = tokens[i]
        if token.rel == "conj" and i > verb and token.pos in ("NOUN", "PROPN") and case_of(token) == "nom":
            beside = (tokens[i - 1].text.lower(), tokens[i + 1].text if i + 1 < len(tokens) else "")
            if beside[0] == "а" or beside[1] in ("-", "–", "—"):
                return i
    return None


def _disagrees(sentence: Sentence, verbs: list[Token], subject: Token) -> bool:
    """«Министр сообщил, что в комитете предложили …»: a plural verb has no single subject from above."""
    if subject.feats.get("Number") != "Sing" or not any(v.feats.get("Number") == "Plur" for v in verbs):
        return False
    below = {sentence.tokens[i].rel for i in sentence.children[subject.index]}
    return below.isdisjoint(("conj", "nummod", "nummod:gov"))


def _read_tense(clause: Clause) -> None:
    sentence = clause.sentence
    chain = [clause.token, *(sentence.tokens[i] for i in clause.above)]
    if clause.kind not in ("finite", "short") and clause.token.rel == "conj" and clause.token.head >= 0:
        chain.append(sentence.tokens[clause.token.head])
    for token in chain:
        if is_finite(token):
            aux = _auxiliary(sentence, token.index)
            clause.tense = {"Past": "past", "Pres": "present", "Fut": "future"}.get(token.feats.get("Tense", ""), "")
            if (aux and aux.text.lower().startswith("буд")) or (
                clause.tense == "present" and token.feats.get("Aspect") == "Perf"
            ):
                clause.tense = "future"
        elif is_short(token):
            aux = _auxiliary(sentence, token.index)
            future = aux is not None and aux.text.lower().startswith("буд")
            clause.tense = "future" if future else "past" if token.feats.get("Aspect") == "Perf" else "present"
        elif token.feats.get("VerbForm") == "Part":
            clause.tense = "past" if token.feats.get("Tense") == "Past" else "present"
        elif (aux := _auxiliary(sentence, token.index)) is not None and token.feats.get("VerbForm") == "Inf":
            clause.tense = "future" if aux.text.lower().startswith("буд") else ""
        if clause.tense:
            break
    below = (i for t in chain for i in sentence.children[t.index])
    clause.conditional = any(_is_would(sentence, i) for i in below)


def _is_would(sentence: Sentence, index: int) -> bool:
    """«бы», «б», but no «б)» before a member of a list."""
    tokens = sentence.tokens
    listed = index + 1 < len(tokens) and tokens[index + 1].text == ")"
    return tokens[index].text.lower() in ("бы", "б") and not listed


def _auxiliary(sentence: Sentence, index: int) -> Token | None:
    """«будут» of a predicate, or of the participle that it is joined to («будут отменены или снижены»)."""
    tokens = sentence.tokens
    token = tokens[index]
    joined = token.rel == "conj" and token.head >= 0 and is_short(token) and is_short(tokens[token.head])
    for predicate in (index, token.head) if joined else (index,):
        for i in sentence.children[predicate]:
            if tokens[i].rel in ("aux", "aux:pass", "cop") and tokens[i].lemma == "быть":
                return tokens[i]
    return None


def antecedent(sentence: Sentence, index: int) -> int | None:
    """The noun that the relative clause of a «который» hangs on."""
    for _ in range(4):
        index = sentence.tokens[index].head
        if index < 0:
            return None
        if sentence.tokens[index].rel == "acl:relcl":
            return sentence.tokens[index].head if sentence.tokens[index].head >= 0 else None
    return None


def is_hypothetical(sentence: Sentence, index: int) -> bool:
    """Whether the word stands in a clause of condition or purpose («если …», «чтобы …»)."""
    for _ in range(_REACH):
        if index < 0:
            return False
        token = sentence.tokens[index]
        below = (sentence.tokens[i] for i in sentence.children[index])
        opened = any(t.text.lower() in ("если", "чтобы") and (token.rel == "advcl" or t.rel == "mark") for t in below)
        if opened and token.rel in ("advcl", "conj"):
            return True
        index = token.head
    return False


def extent(
    sentence: Sentence,
    index: int,
    *,
    drop: tuple[str, ...] = (),
    without: frozenset[int] = frozenset(),
    reach: int | None = None,
) -> Span:
    """The words of a phrase or clause: the run around the head that its subtree spans.

    Subtrees that hang by a relation of `drop` (of the head itself), or that start in `without`, are left out. With
    `reach`
    (the first token that must be in), the run goes on to the next sign: trees lose phrases at the end of a clause.
    """
    keep, out, todo = {index}, set(without), [index]
    while todo:
        i = todo.pop()
        for child in sentence.children[i]:
            if child in keep:
                continue
            if child in without or (i == index and sentence.tokens[child].rel in drop):
                out.update(sentence.subtree(child))
                continue
            keep.add(child)
            todo.append(child)
    first, last = min(keep), max(keep)
    out.update(_ends_of_clause(sentence, first, last, index))
    if sentence.tokens[index].rel != "conj":  # «один раз и бесплатно передаст»
        out.difference_update([i for i in sentence.children[index] if i > first and sentence.tokens[i].rel == "cc"])
    low = high = index
    while low > first and low - 1 not in out:
        low -= 1
    while high < last and high + 1 not in out:
        high += 1
    if reach is not None:
        if reach < low and not any(i in out for i in range(reach, low)):
            low = reach
        while high + 1 < len(sentence.tokens) and high + 1 not in without and _carries_on(sentence, high + 1):
            high += 1
    return trim(sentence, low, high)


def _ends_of_clause(sentence: Sentence, first: int, last: int, index: int) -> list[int]:
    """The semicolons of a run around its head that part its clause from that of another verb."""
    signs = [t.index for t in sentence.tokens[first : last + 1] if t.text == ";"]
    verbs = [t.index for t in sentence.tokens if is_finite(t)] if signs else []
    return [i for i in signs if verbs and (verbs[0] < i < index or index < i < verbs[-1])]


def _carries_on(sentence: Sentence, index: int) -> bool:
    """Whether a token belongs to the phrase before it: no sign, no new predicate, no «и» before one."""
    tokens = sentence.tokens
    token = tokens[index]
    if token.pos == "PUNCT" or is_finite(token) or token.text in _LOOSE or token.pos == "SCONJ":
        return False
    if token.pos == "CCONJ":
        after = tokens[index + 1 : index + 4]
        return bool(after) and not any(kind_of(t) in ("finite", "infinitive", "short") for t in after)
    return kind_of(token) not in ("infinitive", "short") or token.rel not in ("conj", "root", "parataxis")


_LOOSE = frozenset(",.;:-–—!?…()")
_OPENERS = (
    "и",
    "а",
    "но",
    "также",
    "что",
    "при_этом",
    "однако",
    "так",
    "причем",
    "причём",
    "кроме",
    "кроме_того",
    "то",
)


def trim(sentence: Sentence, low: int, high: int) -> Span:
    """The span of tokens low..high without loose signs and connectives at its edges; quotes stay where both are in."""
    tokens = sentence.tokens
    quotes = "\"«»“”„'"
    while low < high and (tokens[low].text in _LOOSE or tokens[low].text.lower() in _OPENERS):
        low += 2 if [t.text.lower() for t in tokens[low : low + 2]] == ["кроме", "того"] and low + 1 < high else 1
    while high > low and (
        (tokens[high].text in _LOOSE and tokens[high].text != ")")
        or tokens[high].text.lower() in ("и", "а", "но", "или")
    ):
        high -= 1
    inner = tokens[low : high + 1]
    if tokens[low].text in quotes and _unpaired(inner, quotes, 0):
        low += 1
    if high > low and tokens[high].text in quotes and _unpaired(tokens[low : high + 1], quotes, -1):
        high -= 1
    if high > low and tokens[high].text == ")" and not any(t.text == "(" for t in tokens[low:high]):
        high -= 1
    while high > low and tokens[high].text in _LOOSE and tokens[high].text not in ")":
        high -= 1
    return Span(tokens[low].start, tokens[high].end)


def _unpaired(inner: list[Token], quotes: str, end: int) -> bool:
    signs = [t.text for t in inner if t.text in quotes]
    if signs[end] in "«„":
        return signs.count("«") + signs.count("„") > signs.count("»") + signs.count("“")
    if signs[end] == "»":
        return signs.count("»") > signs.count("«")
    return len(signs) % 2 == 1


def noun_phrase(sentence: Sentence, index: int, without: frozenset[int] = frozenset()) -> Span:
    """A noun phrase without preposition, relative clauses and speech tags."""
    return extent(sentence, index, drop=("case", "acl:relcl", "parataxis", "cc", "mark"), without=without)
