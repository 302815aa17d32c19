"""Text -> the code of its language, by letters and frequent words: enough to say that a report is not Russian, or that
its letters are wrong.
"""

import re

_SAMPLE = 2_000
_WORD = re.compile(r"[^\W\d_]+(?:['’ʻ‘][^\W\d_]+)*")
_APOSTROPHE = re.compile("[’ʻ‘]")
_CYRILLIC = re.compile("[\u0400-\u052f]")

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

# Frequent words: those of Russian, those that Russian has not, and those of Latin script.
_FREQUENT = {
    "ru": "и в с о к из что как для его ее это этот при был была были также об ко со не на по от за до он она они",
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
_RUSSIAN_END = re.compile(
    r"...(?:[аоеы]го|[ыи]й|[ая]я|ост[ьи]|ни[еяюй]|и[ияю]|[аеи]л|л[аои]|ся|ть|[ыи]х|[ыио]м|ами|ой|ов)$"
)
_BULGARIAN = re.compile("ъ(?![еёюяі])(?<!коммерсантъ)")  # before a vowel in Russian


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
    words = [w.lower() for w in _WORD.findall(text[:_SAMPLE])]
    if not words:
        return "other"
    cyrillic = [w for w in words if _CYRILLIC.match(w)]
    if len(cyrillic) * 5 >= len(words):  # pages carry scripts and links
        return _of_cyrillic(cyrillic)
    return _of_latin(words)


def _of_cyrillic(words: list[str]) -> str:
    strange = [w for w in words if not _STRANGE.isdisjoint(w) or _BULGARIAN.search(w)]
    plain = [w for w in words if _STRANGE.isdisjoint(w) and not _BULGARIAN.search(w)]
    foreign = len(strange) + sum(1 for w in plain if w in _FOREIGN)
    russian = sum(1 for w in plain if w in _WORDS["ru"] or _RUSSIAN_END.search(w))
    if foreign * 10 < len(words) or (foreign <= russian and len(strange) * 3 <= len(words)):
        return "ru"
    if any(map(_BULGARIAN.search, strange)) and not any(c in _STRANGE for w in strange for c in w):
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
