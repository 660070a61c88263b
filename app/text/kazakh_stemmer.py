"""A light stemmer for Kazakh: takes off endings of case, possession, number and the commonest verb forms.

It works on folded words (`normalize.folded`), where қ, ғ, ң, ә, ө, ү, ұ, һ and і have become their Russian-keyboard
neighbours, so «қоғамының» and «когамынын» end alike. Each ending is taken off only where Kazakh would have put it:

1. the sound before it must be one that asks for this variant (жол+дар, but ат+тар, and бала+лар);
2. front and back endings do not mix, and a stem whose last vowel is е or ы decides which may follow;
3. what stays has at least three letters and a vowel, or is one of the short everyday nouns.

Endings of nouns are taken off until none fits, so a base form that happens to look inflected ends where its inflected
forms end. It errs towards cutting: exact forms are indexed beside the stems.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

VOWELS = frozenset("аеиоуыэюя")
_VOICELESS = frozenset("пкстшфхцчщбвгд")  # final voiced stops of loanwords are said voiceless: «завод+тың»
_SONOROUS = frozenset("лмнрйузжью")
_ANY = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюя")
_CONSONANTS = _ANY - VOWELS | {"у"}  # у closes a syllable too: «жөндеу+ді»
_VOICED = _SONOROUS | VOWELS

MIN_STEM = 3
# Nouns of two letters that are written about: water, house, land, man, month, thought, work, horse, dog, food.
_SHORT_STEMS = frozenset({"су", "уй", "ел", "ер", "ай", "ой", "ис", "ат", "ит", "ас"})

# Base forms that end like inflected ones and would fall together with another word.
_PROTECTED = frozenset((Path(__file__).parent / "data" / "kazakh_base_forms.txt").read_text("utf-8").split())

# A vowel is lost inside the stem when an ending with a vowel follows: халық, халқы.
_LOST_VOWEL = {
    "халк": "халык",
    "карк": "карык",
    "ерк": "ерик",
    "орн": "орын",
    "мойн": "мойын",
    "карн": "карын",
    "мурн": "мурын",
    "ауз": "ауыз",
    "кулк": "кулык",
    "дауз": "дауыз",
    "гурп": "гурип",
    "гурип": "гурып",
}


@dataclass(frozen=True, slots=True)
class Ending:
    text: str
    after: frozenset[str]
    min_stem: int = MIN_STEM
    is_verbal: bool = False

    @property
    def is_front(self) -> bool | None:
        """Whether its vowels are front ones; None for endings that have one form (-мен) or no vowel."""
        if self.text in {"мен", "бен", "пен", "менен", "у"}:
            return None
        return next((letter in "еи" for letter in self.text if letter in "еиаыоу"), None)


def _pairs(
    back_and_front: str, after: frozenset[str], min_stem: int = MIN_STEM, *, is_verbal: bool = False
) -> list[Ending]:
    return [Ending(text, after, min_stem, is_verbal) for text in back_and_front.split()]


_HIGH = frozenset("ыи")

_ENDINGS = sorted(
    [
        # number
        *_pairs("лар лер", VOWELS | frozenset("рйь")),
        *_pairs("дар дер", frozenset("лмнзжь")),
        *_pairs("тар тер", _VOICELESS),
        # genitive, accusative
        *_pairs("нын нин", VOWELS | frozenset("мн")),
        *_pairs("дын дин ды ди", _SONOROUS),
        *_pairs("тын тин ты ти", _VOICELESS),
        *_pairs("ны ни", VOWELS),
        # dative
        *_pairs("га ге", _VOICED),
        *_pairs("ка ке", _VOICELESS),
        *_pairs("на не нда нде нан нен ндагы ндеги", _HIGH),
        # locative, and the adjective made of it
        *_pairs("да де дагы деги", _VOICED),
        *_pairs("та те тагы теги", _VOICELESS),
        # ablative
        *_pairs("дан ден", _VOICED - frozenset("мн")),
        *_pairs("нан нен", frozenset("мн")),
        *_pairs("тан тен", _VOICELESS),
        # instrumental
        *_pairs("мен менен", VOWELS | frozenset("лрймнь")),
        *_pairs("бен", frozenset("зж")),
        *_pairs("пен", _VOICELESS),
        # possession: his, our, your; and his in the accusative
        *_pairs("ы и", _CONSONANTS),
        *_pairs("ын ин", _CONSONANTS, 4),
        *_pairs("сы си сын син", VOWELS - frozenset("у")),
        *_pairs("мыз миз ныз низ", VOWELS),
        *_pairs("ымыз имиз ыныз иниз", _CONSONANTS),
        # what has a quality or a name: қоғамдық, әкімдік
        *_pairs("лык лик", VOWELS | frozenset("рй"), 4),
        *_pairs("дык дик", frozenset("лмнзж"), 4),
        *_pairs("тык тик", _VOICELESS, 4),
        # verbs: to do, let it be done, done, does, we do, doing
        *_pairs("у", _CONSONANTS | frozenset("еаы"), is_verbal=True),
        *_pairs("сын син", _CONSONANTS - frozenset("у"), is_verbal=True),
        *_pairs("ган ген", _VOICED, 4, is_verbal=True),
        *_pairs("кан кен", _VOICELESS, 4, is_verbal=True),
        *_pairs("ады еди атын етин амыз емиз", _CONSONANTS, is_verbal=True),
        *_pairs("йды йди йтын йтин ймыз ймиз", VOWELS, is_verbal=True),
    ],
    key=lambda ending: -len(ending.text),
)
_BY_LAST_LETTER: dict[str, list[Ending]] = {}
for _ending in _ENDINGS:
    _BY_LAST_LETTER.setdefault(_ending.text[-1], []).append(_ending)


def _fits(ending: Ending, rest: str, is_front: bool | None) -> bool:
    """Whether `ending` may follow `rest`, given the front or back endings already taken off."""
    if rest[-1] not in ending.after:
        return False
    if len(rest) < ending.min_stem and not (ending.min_stem == MIN_STEM and rest in _SHORT_STEMS):
        return False
    if ending.text in {"сы", "си", "сын", "син"} and rest[-1] in "ыи" and rest[-2:] not in {"шы", "ши"}:
        # «облысы» is облыс + ы; only the doers in -шы have -шысы.
        return False
    last_vowel = next((letter for letter in reversed(rest) if letter in VOWELS), None)
    if last_vowel is None:
        return False
    wanted = ending.is_front
    if wanted is None:
        return True
    if is_front is not None and wanted is not is_front:
        return False
    # и is also the Russian и of «дефицит+тың», а, о, у also stand for ә, ө, ү: only е and ы tell for sure.
    return not (last_vowel == "е" and not wanted or last_vowel == "ы" and wanted)


def _outermost_ending(word: str, is_front: bool | None) -> Ending | None:
    """The longest ending that may be taken off `word`; one that leaves a protected word goes first."""
    fitting = [
        ending
        for ending in _BY_LAST_LETTER.get(word[-1], ())
        if len(word) > len(ending.text)
        and word.endswith(ending.text)
        and _fits(ending, word[: -len(ending.text)], is_front)
    ]
    leaves_protected = (ending for ending in fitting if word[: -len(ending.text)] in _PROTECTED)
    return next(leaves_protected, fitting[0] if fitting else None)


def _whole(stem: str) -> str:
    """`stem` as it is without an ending: қ and п come back where a vowel had voiced them, a lost vowel returns."""
    if stem in _LOST_VOWEL:
        return _LOST_VOWEL[stem]
    return _voiceless(stem)


def _voiceless(stem: str) -> str:
    return stem[:-1] + {"г": "к", "б": "п"}.get(stem[-1], stem[-1])


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of one folded word; words with other than Cyrillic letters come back as they are."""
    if not word or not all(letter in _ANY for letter in word):
        return word
    is_front: bool | None = None
    while word not in _PROTECTED and (ending := _outermost_ending(word, is_front)):
        word = _whole(word[: -len(ending.text)])
        if ending.is_verbal:
            # «таңда+у» is not таң+да: what a noun wears does not stand inside a verb's ending.
            break
        is_front = ending.is_front if ending.is_front is not None else is_front
    return _voiceless(word) if len(word) > MIN_STEM else word
