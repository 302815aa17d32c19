"""Sentences -> companies and other organisations that no table has, by their quotes, Latin letters or the network."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from servanda.lang import load
from servanda.lang.words import Token
from servanda.reading.named import OPENING, Found, Words, network_names

_QUOTED = re.compile(r"[«„“\"]([A-ZА-ЯЁ0-9][^«»„“”\"\n]{1,80})[»“”\"]")
_LATIN = re.compile(r"[A-Z][\w&.'-]*(?: (?:[A-Z&][\w&.'-]*|of|and|de))*")
_JOINT = re.compile(r"(?:,| и) ")
_SMALL_RUSSIAN = re.compile("[а-яё]")
_QUOTES = OPENING | {"»", "”"}


def find_sites(words: Words, sites: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind of the places named in quotes after their noun: «пункты пропуска «Х» и «У»»."""
    if sites.keys().isdisjoint(words.sentence.lemmas):
        return
    for token in words.sentence.tokens:
        kind = sites.get(token.lemma)
        if not kind:
            continue
        offset = token.end + 1
        while match := _QUOTED.match(words.text, offset):
            yield match.start(1), match.end(1), kind
            joint = _JOINT.match(words.text, match.end())
            if joint is None:
                break
            offset = joint.end()


def find_companies(
    words: Words, taken: Sequence[tuple[int, int]], companies: frozenset[str], organs: frozenset[str]
) -> Iterator[Found]:
    """Names in quotes or Latin letters after «компания», and those that the network takes for an organisation.

    `companies` and `organs` are nouns by which the sort of organisation is told; what is taken stays as it is.
    """
    seen = list(taken)
    for one in (*_after_nouns(words, companies), *_organisations(words, companies, organs)):
        if not any(a < one.end and one.start < b for a, b in seen):
            seen.append((one.start, one.end))
            yield one


def find_partners(words: Words, found: Sequence[Found], documents: frozenset[str]) -> Iterator[Found]:
    """Companies that no noun tells: «контракт с Parus», «датская Parus», «с датской «Парус»»."""
    if not documents.isdisjoint(words.sentence.lemmas):
        for token, after in pairwise(words.sentence.tokens):
            if token.lemma in documents and after.text.lower() in _WITH:
                yield from _foreign(_LATIN.match(words.text, after.end + 1, words.sentence.end))
    for one in found:
        if one.kind == "adjective" and len(one.codes) == 1:
            nation, before = words.at(one.start), words.text[max(0, one.start - 4) : one.start].split()[-1:]
            if nation is None or nation.feats.get("Number") != "Sing":
                continue
            name = _LATIN.match(words.text, one.end + 1, words.sentence.end)
            if name is None and before and before[0].lower() in _WITH and nation.feats.get("Case") == "Ins":
                name = _QUOTED.match(words.text, one.end + 1, words.sentence.end)
            yield from _foreign(name)


_WITH = {"с", "со"}


def _foreign(match: re.Match[str] | None) -> Iterator[Found]:
    """The company that was matched; what has a digit in its name is a thing that it makes."""
    group = match.lastindex or 0 if match is not None else 0
    if match is not None and not any(c.isdigit() for c in match.group(group)):
        name = match.group(group).strip(" .")
        yield _company(match.start(group), match.start(group) + len(name), name, "partner of a document")


def may_hold_company(words: Words, companies: frozenset[str]) -> bool:
    """Whether `find_companies` may find any."""
    return bool(network_names(words, "ORG")) or not companies.isdisjoint(words.sentence.lemmas)


def widen_organs(words: Words, found: list[Found], organs: frozenset[str]) -> list[Found]:
    """«Национальный олимпийский комитет Казахстана»: one that ends or begins with its state is its organ."""
    for tokens in network_names(words, "ORG") if found else ():
        start, end = tokens[0].start, tokens[-1].end
        inside = [f for f in found if f.start < end and start < f.end]
        if len(inside) == 1 and _is_organ(tokens, organs) and not words.quoted(start):
            one = inside[0]
            if one.kind in ("state", "adjective") and len(one.codes) == 1 and (one.start == start) != (one.end == end):
                one.start, one.end, one.kind, one.how, one.rule = (
                    start,
                    end,
                    "organ",
                    "resolved",
                    "organisation of a state",
                )
    return found


def _is_organ(tokens: Sequence[Token], organs: frozenset[str]) -> bool:
    return any(t.lemma in organs for t in tokens)


def _after_nouns(words: Words, nouns: frozenset[str]) -> Iterator[Found]:
    for token in words.sentence.tokens:
        if token.lemma in nouns:
            offset = token.end + 1
            if match := _QUOTED.match(words.text, offset) or _LATIN.match(words.text, offset, words.sentence.end):
                group = match.lastindex or 0
                yield _company(
                    match.start(group), match.end(group), match.group(group).strip(" ."), "named after its kind"
                )


def _organisations(words: Words, companies: frozenset[str], organs: frozenset[str]) -> Iterator[Found]:
    for run in network_names(words, "ORG"):
        tokens = _core(run)
        if not tokens or not _may_name(tokens) or (len(tokens) == 1 and tokens[0].lemma in companies):
            continue
        start, end = tokens[0].start, tokens[-1].end
        quoted = words.quoted(start)
        if not quoted and _is_organ(tokens, organs):
            yield Found(start, end, (), "organ", "resolved", "organisation")
        elif quoted or len(tokens) > 1 or tokens[0].pos in ("PROPN", "X"):
            plain = quoted or not _SMALL_RUSSIAN.search(words.text, start, end)
            name = words.text[start:end] if plain else load("ru").nominative(tokens)
            yield _company(start, end, " ".join(name.split()), "organisation")


def _may_name(tokens: Sequence[Token]) -> bool:
    return tokens[0].text[0].isupper() and all(t.pos != "VERB" for t in tokens)


def _core(tokens: Sequence[Token]) -> list[Token]:
    """The name without its quotes, and without what stands in brackets or quotes after it."""
    inner = list(tokens)
    while inner and inner[0].text in _QUOTES:
        inner.pop(0)
    for i, token in enumerate(inner):
        if token.text in _QUOTES or token.text in "()":
            return inner[:i]
    return inner


def _company(start: int, end: int, name: str, rule: str) -> Found:
    return Found(start, end, (f"name:{name}",), "company", "normalised", rule)
