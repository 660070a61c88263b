"""What a letter says apart from its manners: its words without greeting, signature and date, folded for comparing."""

import re
from functools import lru_cache

from app.text.normalize import words

# Neither a signature nor a greeting is longer; what is longer says something.
MAX_SIGNATURE_WORDS = 12
MAX_GREETINGS = 3
MAX_SIGNATURE_LINES = 5
_TAIL = 400

_GREETING = re.compile(
    r"\W*(?:здравствуй\w*|добр(?:ый|ого|ое)\s+(?:день|дня|вечер|утро|времени)|привет\w*|уважаем\w+|многоуважаем\w+"
    r"|(?:с[әа]леметс[іи]\w*(?:\s+бе)?|[ас]+[ас]?лаума[ғг]алейк[үу]м|[қк]айырлы|[қк][ұу]рметт[іи])"
    r"|dear|hello|hi|greetings|good\s+(?:day|morning|afternoon|evening)|to\s+whom\s+it\s+may\s+concern)"
    r"\b[^\n!.,:;?]{0,80}(?:[!.,:;?\n]+|$)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:^|(?<=[\n.!?;…]))[ \t*–—-]*"
    r"(?:с\s+(?:\w+\s+)?(?:и\s+\w+\s+)?уважением|заранее\s+(?:вас\s+)?(?:благодар\w+|спасибо)|спасибо|благодар(?:ю|им)"
    r"|[қк][ұу]рметпен|[іи]зг[іи]\s+(?:тілекпен|тилекпен|ниетпен)|алдын\s+ала\s+ра[хқк]мет|ра[хқк]мет|назарлары[ңн]ыз\w*"
    r"|sincerely|respectfully|(?:kind|best|warm)?\s*regards|yours\s+(?:faithfully|sincerely|truly)"
    r"|thank\s+you|thanks|best\s+wishes)\b",
    re.IGNORECASE,
)
_DATE_OR_INITIALS = re.compile(
    r"\W*(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?:\s*(?:г|ж|жыл)\.?)?"
    r"|\d{1,2}\s+\w{3,12}\s+\d{4}(?:\s*(?:года|г)\.?)?|\d{4}\s+(?:жыл\w*|ж\.)(?:\s+\d{1,2}\s+\w{3,12})?"
    r"|(?:[^\W\d_]\.\s?){1,3}(?:[^\W\d_]{2,20})?|[^\W\d_]{2,20}\s+(?:[^\W\d_]\.\s?){1,2}|\[name removed\])\W*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
# Letters for which folding a word by itself gives what folding the whole text gives; the rest takes the long way.
_UNUSUAL = re.compile(r"[^\n\r\t\x20-\x7eа-яА-ЯёЁәғқңөұүһіӘҒҚҢӨҰҮҺІ«»„“”‘’–—…№\u00a0]")
_LONGEST_REMEMBERED = 30


def body(text: str) -> str:
    """`text` without opening greetings and without the signature, thanks, date and initials at its end."""
    start = 0
    for _ in range(MAX_GREETINGS):
        greeting = _GREETING.match(text, start)
        if greeting is None:
            break
        start = greeting.end()
    end = len(text.rstrip())
    for _ in range(MAX_SIGNATURE_LINES):
        line = text.rfind("\n", start, end) + 1
        if end - line > _TAIL or line <= start or not _DATE_OR_INITIALS.fullmatch(text, line, end):
            break
        end = len(text[:line].rstrip())
    for closing in _CLOSING.finditer(text, max(start, end - _TAIL), end):
        if len(_WORD.findall(text, closing.start(), end)) <= MAX_SIGNATURE_WORDS:
            end = closing.start()
            break
    return text[start:end]


@lru_cache(maxsize=1 << 16)
def _remembered(word: str) -> str:
    return " ".join(words(word))


def _folded_words(text: str) -> list[str]:
    """As `normalize.words`, several times faster: letters repeat words, so each is folded once."""
    found = _WORD.findall(text)
    if _UNUSUAL.search(text) or max(map(len, found), default=0) > _LONGEST_REMEMBERED:
        return words(text)
    return list(map(_remembered, found))


def words_of(text: str) -> list[str]:
    """The folded words of the body of `text`; of the whole of it where it is nothing but manners."""
    return _folded_words(body(text)) or _folded_words(text)
