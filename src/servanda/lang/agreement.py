"""Trees mended where the forms of words contradict them: who is subject and who object, what a verb of the future
governs.

The network sees words in a window and takes what stands first for the subject; Russian puts the object there too, and
agreement tells them apart: «контракты никто не отменял», «срок стороны обсуждают», «первый раунд прервали».
"""

from collections.abc import Callable, Mapping, Sequence

from rumorph import Analysis

from servanda.lang.words import Sentence, Token, fold

Readings = Callable[[str], Sequence[Analysis]]  # all that the dictionary knows of one word

_SUBJECTS = ("nsubj", "nsubj:pass")
_NOUNS = ("NOUN", "PROPN", "PRON")
_LOOSE = ("nmod", "appos", "amod", "flat:name")
_BARE = ("obj", "iobj", "nmod", "nsubj", "conj")
_PARTING = (";", ":")
_BELOW = ("acl", "acl:relcl", "advcl", "ccomp", "csubj")
_GOVERNED = ("nsubj", "nsubj:pass", "obj", "iobj", "obl", "advmod")
_FUTURES = ("быть", "стать")
_GOVERNING = frozenset(  # verbs that mean little without an infinitive
    (
        *("начать", "начинать", "перестать", "продолжить", "продолжать", "прекратить", "мочь", "смочь", "успеть"),
        *("хотеть", "намереваться", "планировать", "собираться", "рассчитывать", "обещать", "пообещать", "обязаться"),
        *("отказаться", "отказываться", "согласиться", "решить", "раздумать", "передумать", "попытаться"),
    )
)
_GROUPING = ("conj", "nummod", "nummod:gov")
_QUANTITIES = frozenset(("большинство", "меньшинство", "множество", "часть", "ряд", "половина", "треть"))
_CLOSING = frozenset((",", ";", ":", ".", "(", ")", "–", "—", "и", "а", "но", "или"))


def mend(sentence: Sentence, readings: Readings) -> None:
    """Mends the tree and, where a verb tells that a genitive is a nominative, the form of its subject."""
    tokens = sentence.tokens
    for token in tokens:
        if token.pos == "ADP":
            _part_phrases(sentence, token)
        elif token.lemma == "управлять":
            _preside(sentence, token)
        elif token.pos == "ADJ" and token.head >= 0:
            _describe(sentence, token)
        elif token.rel == "conj" and token.pos == "NOUN":
            _join(sentence, token)
        elif token.rel == "conj" and token.pos == "VERB":
            _leave(sentence, token)
        elif token.rel in ("nmod", "amod") and token.head > token.index and token.feats.get("Case") == "Dat":
            _give(sentence, token)
    if any(t.text in _PARTING for t in tokens):
        _stay(sentence)
    for verb in tokens:
        feats = verb.feats
        if feats.get("VerbForm") != "Fin":
            continue
        future = feats.get("Tense") == "Fut" and verb.lemma in _FUTURES
        if (future or verb.lemma in _GOVERNING) and verb.rel not in ("aux", "cop", "aux:pass"):
            _govern(sentence, verb)
        subjects = [tokens[i] for i in sentence.children[verb.index] if tokens[i].rel in _SUBJECTS]
        for noun in subjects:
            if _is_of_first(sentence, noun, verb):
                _hang(sentence, noun, verb.head, noun.rel)
        subjects = [noun for noun in subjects if noun.head == verb.index]
        for noun in subjects:
            _read_plural(sentence, noun, verb, readings)
        if feats.get("Voice") == "Act":
            _part(sentence, verb, subjects)
        if feats.get("Voice") == "Act" and feats.get("Person", "3") == "3":
            _find_subject(sentence, verb, readings)
            _find_sides(sentence, verb, readings)
            _find_object(sentence, verb)


def _read_plural(sentence: Sentence, noun: Token, verb: Token, readings: Readings) -> None:
    """«срок стороны обсуждают»: the subject of a plural verb is no genitive of one, where it may be a plural."""
    if noun.pos != "NOUN" or noun.feats.get("Case") not in ("Gen", "Acc") or noun.feats.get("Number") != "Sing":
        return
    if verb.feats.get("Number") != "Plur" or _is_grouped(sentence, noun):
        return
    for reading in readings(noun.text):
        feats = reading.feats
        if (feats.get("Case"), feats.get("Number")) == ("Nom", "Plur") and fold(reading.lemma) == noun.lemma:
            noun.feats = feats
            return


def _part(sentence: Sentence, verb: Token, subjects: Sequence[Token]) -> None:
    """The subject that the verb does not agree with is what is acted on, where its form is an accusative's too."""
    if any(sentence.tokens[i].rel == "obj" for i in sentence.children[verb.index]):
        return
    if verb.feats.get("Person", "3") != "3":  # «технологии передадим»
        others = [t for t in subjects if t.pos == "NOUN"]
        if (
            len(others) == len(subjects) == 1
            and _may_be_object(others[0])
            and not _is_parted(sentence, others[0], verb)
        ):
            others[0].rel = "obj"
        return
    others = [t for t in subjects if not _agrees(sentence, t, verb)]
    plural = verb.feats.get("Number") == "Plur"
    if len(others) != 1 or len(subjects) != (1 if plural else 2):
        return
    noun = others[0]
    if _may_be_object(noun) and not _is_parted(sentence, noun, verb):
        noun.rel = "obj"


def _is_of_first(sentence: Sentence, noun: Token, verb: Token) -> bool:
    """«Банк выделит деньги, договор подпишут»: before two verbs, of which the first has none, its own subject."""
    first = sentence.tokens[verb.head] if verb.rel == "conj" and verb.head >= 0 else None
    if first is None or not noun.index < first.index < verb.index or first.feats.get("VerbForm") != "Fin":
        return False
    alone = not any(sentence.tokens[i].rel in _SUBJECTS for i in sentence.children[first.index])
    return alone and _agrees(sentence, noun, first)


def _is_parted(sentence: Sentence, one: Token, other: Token) -> bool:
    """Whether a sign or a conjunction stands between two words."""
    low, high = sorted((one.index, other.index))
    return any(t.text in _CLOSING for t in sentence.tokens[low:high])


def _find_subject(sentence: Sentence, verb: Token, readings: Readings) -> None:
    """«Монголии Лаос уступит …», «въезд лаосцам Монголия открыла»: the nominative before the verb that the tree hangs
    on the noun beside it.
    """
    tokens, children = sentence.tokens, sentence.children
    taken = next((tokens[i] for i in children[verb.index] if tokens[i].rel in _SUBJECTS), None)
    if taken and (taken.feats.get("Case") not in ("Gen", "Dat") or taken.feats.get("Animacy") == "Anim"):
        return
    if taken and _is_grouped(sentence, taken):
        return
    for token in reversed(tokens[: verb.index]):
        if token.text in _CLOSING or token.feats.get("VerbForm") == "Fin":
            return
        if token.rel not in (*_LOOSE, "obj") or token.feats.get("Case") != "Nom" or token.pos not in ("NOUN", "PROPN"):
            continue
        noun = tokens[token.head]
        if token.rel == "obj" and noun.feats.get("VerbForm") != "Inf":
            continue
        other = noun.feats.get("Case") != "Nom" or (noun.rel in ("obj", "conj") and _may_be_object(noun))
        acting = noun.feats.get("VerbForm") == "Inf" and token.pos == "PROPN"
        bare = acting or (noun.pos in _NOUNS and other and noun.rel in _BARE and noun.head <= verb.index)
        if not bare or not _agrees(sentence, token, verb) or any(tokens[i].rel == "case" for i in children[noun.index]):
            continue
        if taken is noun:
            noun.rel, noun.feats = "iobj", _dative(noun, readings)
        _hang(sentence, token, verb.index, "nsubj")
        return


def _find_sides(sentence: Sentence, verb: Token, readings: Readings) -> None:
    """«соглашение о свободах стороны менять не стали»: a plural verb whose subject the tree takes for a genitive."""
    tokens, children = sentence.tokens, sentence.children
    if verb.feats.get("Number") != "Plur" or any(tokens[i].rel in _SUBJECTS for i in children[verb.index]):
        return
    for token in reversed(tokens[: verb.index]):
        if token.pos not in ("PART", "ADV") and token.feats.get("VerbForm") != "Inf":
            break
    else:
        return
    loose = token.rel == "nmod" and token.lemma == "сторона" and not children[token.index]
    if loose and token.feats.get("Case") == "Gen" and token.feats.get("Number") == "Sing":
        _hang(sentence, token, verb.index, "nsubj")
        _read_plural(sentence, token, verb, readings)


def _find_object(sentence: Sentence, verb: Token) -> None:
    """«По приглашению президента Кению посетит …»: an accusative under no preposition is of a verb, not of a noun."""
    tokens, children = sentence.tokens, sentence.children
    if any(tokens[i].rel in ("obj", "xcomp") for i in children[verb.index]):
        return
    for token in reversed(tokens[: verb.index]):
        if token.text in _CLOSING or token.pos == "VERB":
            return
        alone = token.pos == "PROPN" and token.rel in _LOOSE and token.text.endswith(("у", "ю"))
        if not alone or token.feats.get("Case") != "Acc" or token.feats.get("NameType") != "Geo":
            continue
        if tokens[token.head].feats.get("Case") == "Acc" or tokens[token.index - 1].pos == "ADP":
            return
        _hang(sentence, token, verb.index, "obj")
        return


def _part_phrases(sentence: Sentence, preposition: Token) -> None:
    """«обсудят в Момбасе порт»: the noun behind a preposition ends its phrase where the next is in another case."""
    tokens, at = sentence.tokens, preposition.index
    if preposition.rel != "case" or preposition.head <= at + 1:
        return
    noun, head = tokens[at + 1], tokens[preposition.head]
    loose = noun.pos == "PROPN" and noun.head == head.index and noun.rel in ("amod", "nmod", "appos")
    cases = noun.feats.get("Case"), head.feats.get("Case")
    if not loose or head.pos != "NOUN" or None in cases or cases[0] == cases[1] or cases[0] == "Nom" or head.head < 0:
        return
    _hang(sentence, noun, head.head, "obl" if tokens[head.head].pos == "VERB" else "nmod")
    _hang(sentence, preposition, noun.index, "case")
    if head.rel == "obl" and cases[1] in ("Acc", "Nom"):
        head.rel = "obj"


def _preside(sentence: Sentence, participle: Token) -> None:
    """«с управляющей Центральным банком Армении»: an office, which the tree takes for a participle of the bank."""
    tokens, at = sentence.tokens, participle.index
    if participle.feats.get("VerbForm") != "Part" or (at and tokens[at - 1].text == ","):
        return
    ruled = next((t for t in tokens[at + 1 : at + 4] if t.pos == "NOUN"), None)
    if ruled is None or ruled.feats.get("Case") != "Ins":
        return
    if participle.head == ruled.index:
        head, rel = ruled.head, ruled.rel
        _hang(sentence, ruled, at, "nmod")
        _hang(sentence, participle, head, rel)
        for i in [i for i in sentence.children[ruled.index] if i < at]:
            _hang(sentence, tokens[i], at, tokens[i].rel)
    case = {k: v for k, v in participle.feats.items() if k in ("Case", "Gender", "Number")}
    participle.lemma, participle.pos, participle.feats = "управляющий", "NOUN", {"Animacy": "Anim", **case}


def _describe(sentence: Sentence, adjective: Token) -> None:
    """«откроет оманским рыбакам доступ»: an adjective is of the noun behind it that it agrees with, not of another."""
    tokens, head = sentence.tokens, sentence.tokens[adjective.head]
    behind = tokens[adjective.index + 1] if adjective.index + 1 < len(tokens) else adjective
    if behind is head or behind.pos != "NOUN" or head.pos != "NOUN" or adjective.rel not in ("amod", "acl", "nmod"):
        return
    case, number = adjective.feats.get("Case"), adjective.feats.get("Number")
    if not case or case == head.feats.get("Case") or adjective.index in sentence.subtree(behind.index):
        return
    if (case, number) == (behind.feats.get("Case"), behind.feats.get("Number")):
        _hang(sentence, adjective, behind.index, "amod")


def _join(sentence: Sentence, noun: Token) -> None:
    """«строительство двух плотин и обмен данными»: a noun is joined to one in its own case."""
    tokens, case, head = sentence.tokens, noun.feats.get("Case"), sentence.tokens[noun.head]
    if not case or head.pos != "NOUN" or _bends_alike(noun, head):
        return
    over = tokens[head.head] if head.head >= 0 else head
    below = head.rel == "nmod" and not any(tokens[i].rel == "case" for i in sentence.children[head.index])
    if below and over.pos == "NOUN" and over.index < head.index and _bends_alike(noun, over):
        _hang(sentence, noun, over.index, "conj")


def _leave(sentence: Sentence, verb: Token) -> None:
    """«пообещала 5 тонн муки и отгрузила одну»: what stands before the conjunction is of the verb before it."""
    tokens, children = sentence.tokens, sentence.children
    first = tokens[verb.head]
    joints = [i for i in children[verb.index] if tokens[i].rel == "cc" and first.index < i < verb.index]
    if first.pos != "VERB" or not joints:
        return
    for i in list(children[verb.index]):
        if first.index < i < joints[-1] and tokens[i].rel not in ("cc", "punct"):
            _hang(sentence, tokens[i], first.index, tokens[i].rel)


def _stay(sentence: Sentence) -> None:
    """«…; их судьбу выясняют; Казахстан хранит их»: what a verb governs stands on its side of a semicolon or colon."""
    tokens, part, parts = sentence.tokens, 0, []
    for token in tokens:
        part += token.text in _PARTING
        parts.append(part)
    for token in tokens:
        if token.rel not in _GOVERNED or token.head < 0 or parts[token.head] == parts[token.index]:
            continue
        verbs = [t for t in tokens if parts[t.index] == parts[token.index] and _is_predicate(t)]
        if verbs and tokens[token.head].pos == "VERB":
            near = min(verbs, key=lambda v: abs(v.index - token.index))
            if near is not token and near.index not in sentence.subtree(token.index):
                _hang(sentence, token, near.index, token.rel)


def _is_predicate(token: Token) -> bool:
    """A finite verb, or a short participle: «хранит», «отправлены»."""
    form = token.feats.get("VerbForm")
    said = form == "Fin" or (form == "Part" and token.feats.get("Variant") == "Short")
    return token.pos == "VERB" and said and token.rel not in _BELOW


def _bends_alike(one: Token, other: Token) -> bool:
    """Whether two nouns stand in one case, as far as their forms tell."""
    cases = {one.feats.get("Case"), other.feats.get("Case")}
    return len(cases) == 1 or cases == {"Nom", "Acc"}


def _give(sentence: Sentence, noun: Token) -> None:
    """«передаст Оману остров»: a dative before a noun is of the verb over both."""
    tokens = sentence.tokens
    head = tokens[noun.head]
    verb = tokens[head.head] if head.head >= 0 else head
    cases = [i for i in sentence.children[noun.index] if tokens[i].rel == "case"]
    nouns = noun.pos in ("NOUN", "PROPN") and head.pos == "NOUN" and head.feats.get("Case") != "Dat"
    if nouns and verb.pos == "VERB" and not cases:
        _hang(sentence, noun, verb.index, "iobj")


def _dative(noun: Token, readings: Readings) -> Mapping[str, str]:
    """Its form as a dative, where it may be one."""
    found = (r.feats for r in readings(noun.text) if r.feats.get("Case") == "Dat" and fold(r.lemma) == noun.lemma)
    return next(found, noun.feats)


def _agrees(sentence: Sentence, noun: Token, verb: Token) -> bool:
    """Whether number and, in the past, gender of a noun are those of the verb; a group may be either."""
    if _is_grouped(sentence, noun):
        return True
    for name in ("Number", "Gender"):
        one, other = noun.feats.get(name), verb.feats.get(name)
        if one and other and one != other and not (name == "Gender" and noun.feats.get("Number") == "Plur"):
            return False
    return True


def _is_grouped(sentence: Sentence, noun: Token) -> bool:
    """Whether others stand with it, or a number: its own form then says nothing of the verb's."""
    below = sentence.children[noun.index]
    first = min(below, default=noun.index)
    before = sentence.tokens[min(first, noun.index) - 1].text if min(first, noun.index) > 0 else ""
    return before in ("и", ",") or any(sentence.tokens[i].rel in _GROUPING for i in below)


def _may_be_object(noun: Token) -> bool:
    """Whether its form is that of an accusative too: «вопрос», «решения», not «вода»."""
    feats = noun.feats
    if noun.pos != "NOUN" or feats.get("Animacy") != "Inan" or noun.lemma in _QUANTITIES:
        return False
    if feats.get("Case") == "Acc":
        return True
    return feats.get("Case") == "Nom" and (feats.get("Number") == "Plur" or feats.get("Gender") in ("Masc", "Neut"))


def _govern(sentence: Sentence, verb: Token) -> None:
    """«закрывать границу не станет», «продлевать договор не будет»: the infinitive before hangs on the verb."""
    tokens, children = sentence.tokens, sentence.children
    if any(tokens[i].feats.get("VerbForm") == "Inf" for i in children[verb.index]):
        return
    infinitive = None
    for token in reversed(tokens[: verb.index]):
        if token.text in _CLOSING or token.feats.get("VerbForm") == "Fin":
            break
        if token.feats.get("VerbForm") == "Inf":
            infinitive = token
            break
    if infinitive is None:
        return
    if verb.index in sentence.subtree(infinitive.index):
        _hang(sentence, verb, infinitive.head, infinitive.rel)
    _hang(sentence, infinitive, verb.index, "xcomp")
    for i in list(children[infinitive.index]):
        if tokens[i].rel in _SUBJECTS:
            _hang(sentence, tokens[i], verb.index, tokens[i].rel)


def _hang(sentence: Sentence, token: Token, head: int, rel: str) -> None:
    """Moves a token, with what hangs on it, under another head."""
    if token.head >= 0:
        sentence.children[token.head].remove(token.index)
    token.head, token.rel = head, rel
    if head >= 0:
        sentence.children[head].append(token.index)
        sentence.children[head].sort()
