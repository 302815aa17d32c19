"""Russian text -> sentences of tokens with lemma, form, tree and names; and its words back in their dictionary form."""

from collections.abc import Sequence
from functools import cached_property
from itertools import count

from servanda.lang.agreement import mend
from servanda.lang.context import Form
from servanda.lang.morphology import PERSONAL, Morphology
from servanda.lang.names import Declension, Names, find_runs, hints
from servanda.lang.network import Doubles, Networks, Parsed
from servanda.lang.sentences import Splitter
from servanda.lang.speech import is_speech
from servanda.lang.tables import read_table
from servanda.lang.tokens import Cut, cut_tokens
from servanda.lang.words import Sentence, Token, fold
from servanda.model.spans import Span


class Russian:
    """Russian as `protocol.Language` asks for it. Weights and dictionary are read at first use."""

    code = "ru"

    def split(self, text: str, span: Span) -> list[Span]:
        """Sentences of a block, in order, without the blanks between them."""
        return list(self._splitter.split(text, span))

    def analyse(self, text: str, spans: Sequence[tuple[Span, int]]) -> list[Sentence]:
        """Tokens with lemma, form, tree and names for each (sentence span, block number)."""
        cuts = [cut_tokens(text, *span) for span, _ in spans]
        words = [cut.words for cut in cuts]
        columns = zip(spans, cuts, self._networks.parse(words), self._morphology.tag(words), strict=True)
        sentences = [
            Sentence(_make_tokens(cut, forms, tree), *span, block, _find_children(tree.heads))
            for (span, block), cut, tree, forms in columns
        ]
        for sentence in sentences:
            _mend_speakers(sentence)
            self._mend_homographs(sentence.tokens)
            self._mend_names(sentence.tokens)
            mend(sentence, self._morphology.readings)
        return sentences

    def lemma(self, word: str) -> str:
        """The dictionary form of one word out of context, lower-case, «ё» as «е»."""
        return self._morphology.lemma(word)

    def lemmas(self, word: str) -> tuple[str, ...]:
        """All dictionary forms that one word may be of."""
        return self._morphology.lemmas(word)

    def vector(self, lemma: str) -> Doubles | None:
        """The meaning of a lemma as 300 numbers, near for words of like meaning; None where it is not known."""
        return self._networks.vector(lemma)

    def nominative(self, tokens: Sequence[Token]) -> str:
        """A noun phrase with its head in the nominative; letter case as in the text."""
        return self._declension.nominative(tokens)

    @cached_property
    def _morphology(self) -> Morphology:
        return Morphology(self.code)

    @cached_property
    def _networks(self) -> Networks:
        return Networks()

    @cached_property
    def _splitter(self) -> Splitter:
        rows = read_table(self.code, "abbreviations")
        return Splitter({row["word"]: row["kind"] for row in rows}, self._morphology.is_common)

    def _mend_homographs(self, tokens: list[Token]) -> None:
        """A noun under another noun is in no nominative: «переговоры премьера» are of a premier, not of a première."""
        for token in tokens:
            if token.rel != "nmod" or token.pos != "NOUN" or token.feats.get("Case") != "Nom" or token.text.isupper():
                continue
            readings = [r for r in self._morphology.readings(token.text) if r.pos == "NOUN"]
            other = next((r for r in readings if r.feats.get("Case") == "Gen" and fold(r.lemma) != token.lemma), None)
            if other is not None:
                token.lemma, token.feats = fold(other.lemma), other.feats

    def _mend_names(self, tokens: list[Token]) -> None:
        """Words that the networks take for a person's name agree with each other: «Аскара Мамина» is no possessive."""
        for start, end in find_runs(tokens):
            run = tokens[start:end]
            if not any(t.ner for t in run):
                continue
            name = self._names.read(*hints(run), _case_beside(run[0], tokens))
            for token, word in zip(run, name.words, strict=True):
                kind = token.feats.get("NameType")
                if kind not in PERSONAL:
                    kind = "Giv" if token is run[0] and len(run) > 1 else "Sur"
                token.lemma, token.pos = fold(word), "PROPN"
                token.feats = {
                    "Animacy": "Anim",
                    "Case": name.case,
                    "Gender": name.gender,
                    "NameType": kind,
                    "Number": "Sing",
                }

    @cached_property
    def _names(self) -> Names:
        return Names(self._morphology, self.code)

    @cached_property
    def _declension(self) -> Declension:
        return Declension(self._morphology, self._names)


def _make_tokens(cut: Cut, forms: Sequence[Form], tree: Parsed) -> list[Token]:
    """The tokens of a sentence from its columns, each made but once."""
    lemmas, tags, feats = zip(*forms, strict=True) if forms else ((), (), ())
    return list(map(Token, count(), *cut, lemmas, tags, feats, tree.heads, tree.rels, tree.names))


def _find_children(heads: Sequence[int]) -> list[list[int]]:
    """The words that hang on each."""
    children: list[list[int]] = [[] for _ in heads]
    for i, head in enumerate(heads):
        if head >= 0:
            children[head].append(i)
    return children


def _mend_speakers(sentence: Sentence) -> None:
    """«…, сообщило таможенное управление»: the subject behind an inserted verb of speech is its own, not that of the
    verb before.
    """
    tokens, children = sentence.tokens, sentence.children
    for verb in tokens:
        inserted = verb.rel in ("parataxis", "conj") and 0 <= verb.head < verb.index
        if not inserted or tokens[verb.index - 1].text != "," or not is_speech(verb, "say"):
            continue
        behind = tokens[verb.index + 1 : verb.index + _WORDS_OF_SPEAKER]
        noun = next((t for t in behind if t.pos not in ("ADJ", "DET")), None)
        subjects = [i for i in children[verb.head] if tokens[i].rel == "nsubj"]
        if noun and noun.index in subjects[1:] and all(tokens[i].rel != "nsubj" for i in children[verb.index]):
            children[noun.head].remove(noun.index)
            children[verb.index].append(noun.index)
            noun.head, verb.rel = verb.index, "parataxis"


_WORDS_OF_SPEAKER = 6


def _case_beside(token: Token, tokens: list[Token]) -> str:
    """The case of the person or office that a name stands beside, or ""."""
    if token.rel != "appos" or token.head < 0:
        return ""
    noun = tokens[token.head]
    return noun.feats.get("Case", "") if noun.feats.get("Animacy") == "Anim" else ""
