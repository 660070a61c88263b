"""Whether a small change of a text turns its demand round: «не закрывать» and «закрыть», «за» and «против».

Words only, no grammar: a list of signs that is wrong now and then. It is used to keep two letters apart, where an
error costs a missed join, never to join them.
"""

import re
from collections.abc import Iterator, Sequence
from os.path import commonprefix

_NEGATIONS = frozenset(
    [
        "не",
        "нет",
        "нельзя",
        "никогда",
        "ни",
        "емес",
        "жок",
        "not",
        "no",
        "never",
        "cannot",
        "t",
        "dont",
        "doesnt",
        "without",
    ]
)

# Beginnings of folded words. What is here in full is followed by a blank, so that «за» is not the opening of «закон».
_FOR = tuple(
    [
        "за_",
        "поддерж",
        "одобр",
        "соглас",
        "принять",
        "приня",
        "разреш",
        "сохран",
        "остав",
        "вернуть",
        "увелич",
        "повы",
        "можно_",
        "открыт",
        "построи",
        "колда",
        "келис",
        "макул",
        "сакта",
        "калдыр",
        "руксат",
        "арттыр",
        "кобейт",
        "support",
        "agree",
        "keep",
        "adopt",
        "approv",
        "allow",
        "increase",
        "rais",
        "restore",
        "more_",
        "yes_",
        "favor",
        "favour",
    ]
)
_AGAINST = tuple(
    [
        "против",
        "возраж",
        "отклон",
        "отверг",
        "отмен",
        "запре",
        "снес",
        "сниз",
        "уменьш",
        "исключ",
        "закры",
        "карсы",
        "карсымын",
        "алып_",
        "тыйым",
        "кыскарт",
        "жою_",
        "азайт",
        "томендет",
        "oppos",
        "against",
        "object",
        "reject",
        "drop_",
        "repeal",
        "ban_",
        "decrease",
        "lower",
        "remove",
        "less_",
        "stop_",
        "withdraw",
    ]
)

# Endings of Kazakh negative verbs after folding: жабыл-ма-сын, сал-ма-ңыз, қолда-ма-ймын, жап-пау-ды.
_NEGATIVE_VERB = re.compile(
    r"[мбп][ае](?:й(?:мын|мин|мыз|миз|сын|син|сыз|сиз|ды|ди|ик|ык)?|у(?:ды|ди|ы|и|га|ге|дан|ден|ын|ин)?|сын|син"
    r"|[нс][ыи]з(?:дар|дер)?|ндар|ндер|ды|ди|ган|ген|стан|стен|йтын|йтин|са|се|с)$"
)
_NEGATIVE_PREFIXES = ("не", "un", "dis", "in")
_SHORTEST_STEM = 2
# «do not», «не надо»: a «not» among more new words belongs to a thought of its own.
_LONGEST_NEGATION = 2


def _begins(word: str, beginnings: Sequence[str]) -> bool:
    return f"{word}_".startswith(tuple(beginnings))


def _stance(words: Sequence[str]) -> int:
    return sum(_begins(word, _FOR) - _begins(word, _AGAINST) for word in words)


def _negations(words: Sequence[str]) -> int:
    return sum(word in _NEGATIONS for word in words)


def _is_negated(word: str, other: str) -> bool:
    """Whether `word` is `other` with a negation in it: a prefix, or a Kazakh suffix after their common stem."""
    if any(word == prefix + other for prefix in _NEGATIVE_PREFIXES):
        return True
    stem = len(commonprefix((word, other)))
    if stem < _SHORTEST_STEM or _NEGATIVE_VERB.search(other):
        return False
    # жап-пау-ды and жаб-у-ды: the last sound of the stem changes too.
    return _NEGATIVE_VERB.search(word, max(stem - 1, _SHORTEST_STEM)) is not None


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    return ((a, b) for a in old for b in new)


def turned_round(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether `new` in the place of `old` (folded words, either may be empty) says the opposite."""
    if any(_is_negated(a, b) or _is_negated(b, a) for a, b in _pairs(old, new)):
        return True
    odd = (_negations(old) + _negations(new)) % 2 == 1
    before, after = _stance(old), _stance(new)
    if before and after:
        return ((before > 0) != (after > 0)) != odd
    return odd and max(len(old), len(new)) <= _LONGEST_NEGATION
