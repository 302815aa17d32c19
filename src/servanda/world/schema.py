"""Which tables there are, which columns they have, and what a cell may hold. A new table is one line in `TABLES`.

A line names the columns in order. `*` marks a key (the keys together name a row), `?` a cell that may be empty; after
`:` stands the sort of value (one of `SORTS`, else any text), after `=` the words allowed. Lists are parted by «|».
Tables of the world have a bare name (`states` is world/data/states.tsv), those of a tongue its folder (`ru/acts` is
lang/data/ru/acts.tsv).
"""

import re
from dataclasses import dataclass
from functools import cache

TABLES = {
    "states": (
        "code*:code name:name names?:names adjectives?:names compounds?:names people?:names english:names capital?:name"
    ),
    "cities": (
        "city*:name code?:code kind=capital|city|crossing|region|seat metonym=yes|no stands?:code from*?:day until?:day"
    ),
    "bodies": "code*:code name:name names?:names english:names organs?:names",
    "organs": "organ*:name code?:code kind=organ|side|part|power open=yes|no number=one|many",
    "companies": "name*:name names?:names code:code",
    "media": "name*:name names?:names",
    "treaties": "names*:lemmas kind=agreement|memorandum|protocol|plan|statement|other parties?:text signed?:day",
    "ru/abbreviations": "word*:text kind=before|number|unit|last",
    "ru/words": "word*:word like:word",
    "ru/homographs": "lemma*:lemma forms:lemmas",
    "ru/stop_words": "sort*:word words:lemmas",
    "en/stop_words": "sort*:word words:lemmas",
    "ru/name_endings": "ending*:word nominative*?:word cases*:names genders:names",
    "ru/calendar": "word*:text kind*:word value:text",
    "ru/company_nouns": "word*:lemma",
    "ru/organisation_nouns": "word*:lemma",
    "ru/not_national": "word*:lemma",
    "ru/site_nouns": "word*:lemma kind=crossing|unknown",
    "ru/families": "family*:lemma words:lemmas",
    "ru/acts": (
        "family*:lemma object*:text act=give|lend|supply|buy|finance|build|transport|raise|cut|train|share|ease"
        "|restrict|deploy|cooperate|host|recognise|refrain|pay|other|none to?:text obj?:text turn=yes|no"
    ),
    "ru/instruments": (
        "noun*:lemma kind=agreement|memorandum|protocol|plan|statement|contract|other force=named|deal|loose|talks|echo"
    ),
    "ru/steps": (
        "step*=initialled|approved|signed|ratified|in_force|implemented|extended|amended|suspended|withdrawn|terminated"
        "|rejected|negotiated role*=object|subject|oblique side*=one|both words:lemmas"
    ),
    "ru/signing": "sort*:word words:lemmas",
    "ru/things": "class*:word words:lemmas",
    "ru/terms": "sort*=word|preposition|noun|phrase|mark|soon|event|rate|span words:lemmas",
    "ru/generic": "sort*=side|state|republic|realm|organ|body|people|neighbour words:lemmas",
    "ru/speech": "lemma*:text kind*:word",
    "ru/silent": "sort*=being|discussing|meeting|step|thought|change|conveying words:lemmas",
    "ru/scope": "scope*=sport|crime|show words:lemmas",
    "ru/modality": (
        "force*:word words:lemmas modality=obligation|intention|prohibition|permission"
        " certainty=stated|possible|denied"
        " progress=announced|under_way|fulfilled|delayed|suspended|broken|cancelled|as_tense"
    ),
    "leaders": (
        "surname:name name*:name state*:code role*=state|government|foreign|body|other from*:number until?:number"
    ),
    "ru/offices": (
        "office*:lemma role=state|heir|government|foreign|parliament|minister|envoy|official|body|head|of|company|group"
        "|colleague|deputy-state|deputy-government|deputy-foreign|deputy-minister stands=alone|of state?:code"
    ),
    "currencies": ("code*:word state?:code words:text qualifiers?:text signs:text english:text choice?=always|first"),
    "ru/numerals": "kind*=cardinal|collective|scale|fused|percent|times|share value*:number words:text alone?:text",
    "ru/units": "unit*:text kind=percent|points|times|measure|count|stop|pair|named|tally words:text",
    "ru/metrics": (
        "form*=noun|verb|dated|total|count|share|partner words*:lemmas"
        " metric=trade|exports|imports|investment|aid|debt|transit|traffic|energy|people|projects|other"
        " relation=mutual|from|to|any units:text"
    ),
    "ru/figure_words": (
        "sort*=stock|level|rise|fall|goal|forecast|base|possible|both|source|speech|foreign|number|now|sum|rest"
        "|deal|tally|generic|total|able|inflow|since|domestic|it|visit|mutual|ranking|place|fuel|beside|peak|loan"
        " words:lemmas"
    ),
    "ru/bounds": "place*=before|after|verb|goal words*:text bound=exactly|about|over|under",
    "ru/meetings": (
        "words*:lemma form*=noun|meet|discuss|receive|go|stay|attend|hold|happen|planned|cancelled|possible|topic"
        "|barred|video|sign|visited|arrive|frame|no_topic|set|signature|about|vague"
        "|joint|sides|both|dial|invite|postponed|before|theme|copula|single|attention|denied|organ|begin|itself"
        "|mode|tour|bond|managed|manifold|await|speak|again|paper|summon|impersonal|deal|part|schedule|discussed"
        "|hailing|during|propose|of_body|convene|board|entry|back|agree|no_deed|lead|led|rite|land|margin"
        "|only_held|honorific|urge|send|sent|able|unveil|annulled|leave|court"
        " kind?=visit|talks|call|session|ceremony|credentials"
    ),
    "ru/page": "role*=start|brief|list|whole|part|stamp|digest|flash|end|first|particle|outlet phrase*:text",
    "ru/name_parts": "part*:lemma sort*=ending|particle|passing|standing-in|own-country|field",
}

# Read by the grammar itself, before any folder is laid over: changing them takes a change of the shipped file.
FIXED = frozenset(("ru/abbreviations", "ru/calendar", "ru/name_endings", "ru/speech", "ru/words"))

SORTS = {
    "text": r".+",
    "code": r"[A-Z][A-Za-z]*\d*\+?|name:\S.*",  # of a state or body in the tables
    "day": r"\d{4}-\d\d-\d\d",
    "number": r"-?\d+(\.\d+)?",
    "word": r"[^\s|]+",
    "lemma": r"[^A-ZА-ЯЁё|]+",  # one word or several
    "lemmas": r"[^A-ZА-ЯЁё|]+(\|[^A-ZА-ЯЁё|]+)*",
    "name": r"[^|]+",
    "names": r"[^|]+(\|[^|]+)*",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: whether it is of the key, whether it may be empty, and the pattern of a whole cell."""

    name: str
    key: bool
    optional: bool
    sort: str
    pattern: re.Pattern[str]


_COLUMN = re.compile(r"(\w+)(\*?)(\??)(?::(\w+)|=(\S+))?")


def _column(text: str) -> Column:
    match = _COLUMN.fullmatch(text)
    if match is None:
        raise ValueError(f"the registry of tables has a column that cannot be read: {text!r}")
    name, key, optional, sort, words = match.groups()
    sort = "one of" if words else sort or "text"
    pattern = "|".join(map(re.escape, words.split("|"))) if words else SORTS[sort]
    return Column(name, bool(key), bool(optional), sort, re.compile(pattern))


@cache
def columns(table: str) -> tuple[Column, ...]:
    """The columns of a registered table; KeyError for an unknown one."""
    return tuple(map(_column, TABLES[table].split()))
