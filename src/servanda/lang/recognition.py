"""Text -> the code of its language, or that its letters are wrong.

What stands in Russian words is Russian by letters and frequent words, which no weights that were tried know as well.
All else is asked of CLD2, whose weights are part of its package, unless the letters of the text speak against its
answer; where it knows none, letters and words decide.
"""

import re

_SAMPLE = 2_000
_STEM = 4  # letters of a word that is known by its end, more than
_WORD = re.compile(r"[^\W\d_]+(?:['’ʻ‘][^\W\d_]+)*")
_APOSTROPHE = re.compile("[’ʻ‘]")

# Letters that Russian has not, in the order in which a tie is decided («і» alone: Ukrainian; «ң» alone: Kyrgyz).
_LETTERS = {
    "uk": "іїєґ",
    "be": "ўі",
    "ky": "ңөү",
    "uz": "ўқғҳ",
    "tg": "ӣӯҷҳқғ",
    "kk": "әғқңөұүһі",
    "other": "ђјљњћџѓќѕєҗѣ",
}
_STRANGE = frozenset("".join(_LETTERS.values()))

# Letters of its script that a language does not write; a fifth of the words may be names that do.
_LACKING = {
    "ru": _STRANGE,
    "uk": frozenset("ыэъёўәғқңөұүһҳӣӯҷј"),
    "be": frozenset("ищъїєґәғқңөұүһҳӣӯҷј"),
    "kk": frozenset("ўҳӣӯҷїєґј"),
    "ky": frozenset("әғқұһіїєґўҳӣӯҷј"),
    "uz": frozenset("ыщңөұүһіїєґӣӯҷә"),
    "tg": frozenset("ыщцьңөұүһіїєґўә"),
    "sr": frozenset("ыэъщйюяьё"),
    "mk": frozenset("ыэъщйюяьё"),
    "bg": frozenset("ыэё"),
}
_KNOWN = ("ru", "en", "kk", "ky", "uk", "be", "uz", "tg")

# Frequent words: those of Russian, those that Russian has not, and those of Latin script.
_FREQUENT = {
    "ru": "и в с о к из что как для его ее это этот при был была были также об ко со не на по от за до он она они или"
    " ли если нет уже еще ещё почему может могут который которые которая после перед между над под без вновь во себя"
    " себе них него тоже лишь чтобы чем кто где когда раз год года году лет более два три один свой свою своей том тем"
    " этом эти все всё всех мы вы нам вам им их быть будет будут стал стала стали заявил сообщил",
    "uk": "та що від про який яка які із він вона були буде також щодо",
    "be": "што гэта для ад пра каб ён яна быў якія таксама",
    "ky": "жана менен деп бул болгон эмес боюнча тууралуу",
    "uz": "ва билан учун бўйича ҳам каби",
    "tg": "ва дар аз ба барои бо ки ин аст",
    "kk": "және мен үшін туралы бойынша деп болып",
    "other": "се да са ще че беше която нь байна юм болон је су као би",
    "en": "the of and to in a an is was on for with by that at from as its it has have said will be are were after",
    "other latin": "der die das und mit den von hat le les des et du el los las del il che ve ile bir",
    "uz latin": "va bilan uchun haqida bo'yicha ham bu",
}
_MISREADINGS = (("utf-8", "cp1251"), ("utf-8", "cp1252"), ("cp1251", "cp1252"))
_RUSSIAN = re.compile("[А-яЁё]")
_LETTERS_ENOUGH = 20
_WORDS = {lang: frozenset(words.split()) for lang, words in _FREQUENT.items()}
_FOREIGN = frozenset().union(*(_WORDS[lang] for lang in _LETTERS)) - _WORDS["ru"]
_ENDS = (
    "аго ого его ыго ый ий ая яя ость ости ние нию ней ний ии ия ию ал ел ил ла ло ли ся ть ых их ым им ом ами ой ов"
)
_RUSSIAN_ENDS = tuple(_ENDS.split())
_BULGARIAN = re.compile("ъ(?![еёюяі])(?<!коммерсантъ)")  # before a vowel in Russian
_ODD = re.compile(f"[{''.join(sorted(_STRANGE))}]|{_BULGARIAN.pattern}")  # what Russian does not write


def find_misreading(text: str) -> tuple[str, str] | None:
    """The encoding of a Russian text whose bytes were read as another one, and that one; None for letters as they are.

    «Казахстан» read so is «РљР°Р·Р°С…СЃС‚Р°РЅ» or «Êàçàõñòàí».
    """
    sample = text[:_SAMPLE]
    strange = len(sample) - len(sample.encode("ascii", "ignore"))
    if strange * 2 < len(sample) and strange * 2 < sum(map(str.isalpha, sample)):
        return None
    for right, wrong in _MISREADINGS:
        back = sample.encode(wrong, "ignore").decode(right, "ignore")
        russian = len(_RUSSIAN.findall(back))
        if russian >= _LETTERS_ENOUGH and russian * 3 >= strange and not _WORDS["ru"].isdisjoint(back.split()):
            return right, wrong
    return None


def recognise(text: str) -> str:
    """The language of a text: ru, en, kk, ky, uk, be, uz, tg, or other; also of a single line."""
    sample = text[:_SAMPLE]
    small = sample.lower()
    words = _WORD.findall(small)
    cyrillic = [w for w in words if "\u0400" <= w[0] <= "\u052f"]
    if len(cyrillic) * 5 < len(words):  # pages carry scripts and links
        return _ask_weights(sample, words, "en") or _of_latin(words)
    if not words:
        return "other"
    odd = [w for w in cyrillic if _ODD.search(w)] if _ODD.search(small) else []
    russian = sum(1 for w in cyrillic if w in _WORDS["ru"] or (len(w) > _STEM and w.endswith(_RUSSIAN_ENDS)))
    if len(cyrillic) > 1 and (len(odd) * 10 >= len(cyrillic) or russian * 10 <= len(cyrillic) * 3):
        found = _ask_weights(sample, cyrillic, "ru") or _ask_weights(sample, cyrillic)
        return found or _of_cyrillic(cyrillic, odd, russian)
    return _of_cyrillic(cyrillic, odd, russian)


def _ask_weights(sample: str, words: list[str], hint: str | None = None) -> str | None:
    """What CLD2 takes a text for; None where it does not know, or where the language lacks letters of the text.

    Made for some machines only: where it is not, letters and words alone decide.
    """
    try:
        from pycld2 import detect, error
    except ImportError:
        return None
    data = sample.encode("utf-8", "replace")
    try:
        *_, found = detect(data, isPlainText=True, bestEffort=True, **({"hintLanguage": hint} if hint else {}))
    except error:  # signs that are no text
        return None
    code = found[0][1]
    lacking = _LACKING.get(code, frozenset())
    if code == "un" or sum(1 for w in words if not lacking.isdisjoint(w)) * 5 > len(words):
        return None
    return code if code in _KNOWN else "other"


def _of_cyrillic(words: list[str], odd: list[str], russian: int) -> str:
    """By letters and words alone: `odd` are words that Russian does not write, `russian` counts those that it has."""
    foreign = len(odd) + sum(1 for w in words if w in _FOREIGN)
    if foreign * 10 < len(words) or (foreign <= russian and len(odd) * 3 <= len(words)):
        return "ru"
    if any(map(_BULGARIAN.search, odd)) and not any(c in _STRANGE for w in odd for c in w):
        return "other"
    return max(_LETTERS, key=lambda lang: _fit(lang, words))


def _fit(lang: str, words: list[str]) -> int:
    """How well the strange letters and words suit a language; one that it has not counts three against."""
    own = frozenset(_LETTERS[lang])
    letters = [c for w in words for c in w if c in _STRANGE]
    known = sum(1 for c in letters if c in own)
    return known - 3 * (len(letters) - known) + 3 * sum(1 for w in words if w in _WORDS[lang])


def _of_latin(words: list[str]) -> str:
    uzbek = sum(1 for w in words if _APOSTROPHE.sub("'", w) in _WORDS["uz latin"])
    english = sum(1 for w in words if w in _WORDS["en"])
    if uzbek > english and uzbek * 20 > len(words):
        return "uz"
    other = sum(1 for w in words if w in _WORDS["other latin"])
    short = len(words) <= 12 and not other and all(w.isascii() for w in words)
    return "en" if english * 10 > len(words) or short else "other"
