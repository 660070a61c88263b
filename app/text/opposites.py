"""Whether a small change of a text turns its demand round: «не закрывать» and «закрыть», «за» and «против».

Words only, no grammar: a list of signs that is wrong now and then. It is used to keep two letters apart, where an
error costs a missed join, never to join them.
"""

import re
from collections.abc import Sequence
from itertools import product
from os.path import commonprefix

_NEGATION = re.compile(r"(?:не|нет|нельзя|никогда|ни|емес|жок|not?|never|cannot|t|dont|doesnt|without)$")

# Whole words, then beginnings of words, both folded.
_FOR = re.compile(
    r"(?:за|можно|more|yes)$"
    r"|поддерж|одобр|соглас|приня|разреш|сохран|остав|вернуть|увелич|повы|открыт|построи"
    r"|колда|келис|макул|сакта|калдыр|руксат|арттыр|кобейт"
    r"|support|agree|keep|adopt|approv|allow|increas|rais|restor|favou?r"
)
_AGAINST = re.compile(
    r"(?:алып|жою|drop|ban|less|stop)$"
    r"|против|возраж|отклон|отверг|отмен|запре|снес|сниз|уменьш|исключ|закры"
    r"|карсы|тыйым|кыскарт|азайт|томендет"
    r"|oppos|against|object|reject|repeal|decreas|lower|remov|withdraw"
)

# Endings of Kazakh negative verbs after folding: жабыл-ма-сын, сал-ма-ңыз, қолда-ма-ймын, жап-пау-ды.
_NEGATIVE_VERB = re.compile(
    r"[мбп][ае](?:й(?:мын|мин|мыз|миз|сын|син|сыз|сиз|ды|ди|ик|ык)?|у(?:ды|ди|ы|и|га|ге|дан|ден|ын|ин)?|сын|син"
    r"|[нс][ыи]з(?:дар|дер)?|ндар|ндер|ды|ди|ган|ген|стан|стен|йтын|йтин|са|се|с)$"
)
_NEGATIVE_PREFIXES = ("не", "un", "dis")
_SHORTEST_STEM = 2
# «do not», «не надо»: a «not» among more new words belongs to a thought of its own.
_LONGEST_NEGATION = 2


def _stance(words: Sequence[str]) -> int:
    return sum(bool(_FOR.match(word)) - bool(_AGAINST.match(word)) for word in words)


def _negations(words: Sequence[str]) -> int:
    return sum(bool(_NEGATION.match(word)) for word in words)


def _is_negated(word: str, other: str) -> bool:
    """Whether `word` is `other` with a negation in it: a prefix, or a Kazakh suffix after their common stem."""
    if any(word == prefix + other for prefix in _NEGATIVE_PREFIXES):
        return True
    stem = len(commonprefix((word, other)))
    if stem < _SHORTEST_STEM or _NEGATIVE_VERB.search(other):
        return False
    # жап-пау-ды and жаб-у-ды: the last sound of the stem changes too.
    return _NEGATIVE_VERB.search(word, max(stem - 1, _SHORTEST_STEM)) is not None


def turned_round(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether `new` in the place of `old` (folded words, either may be empty) says the opposite."""
    if any(_is_negated(a, b) or _is_negated(b, a) for a, b in product(old, new)):
        return True
    odd = (_negations(old) + _negations(new)) % 2 == 1
    before, after = _stance(old), _stance(new)
    if before and after:
        return ((before > 0) != (after > 0)) != odd
    return odd and max(len(old), len(new)) <= _LONGEST_NEGATION
