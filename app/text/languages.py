"""Which language a text is surely in; made to refuse a redline of Kazakh against Russian, not to guess at headings."""

import re

# A language is named only from this many words on, and with this margin over every other.
MIN_WORDS = 8
MIN_MARGIN = 2.0
MAX_READ = 100_000

_WORD = re.compile(r"[^\W\d_]+")
_ONLY_KAZAKH = frozenset("әғқңөұүһ")  # «і» is Ukrainian too
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[a-z\u00df-\u024f]")

# Words that carry no subject, so that every text has them; each list leaves out what another language also writes.
_EVERYDAY = {
    "kk": """және мен бен пен үшін туралы бойынша немесе осы бұл сол болып болған табылады сондай ақ қарай кейін дейін
        жылғы сәйкес арқылы тиіс емес бар жоқ егер оның олар бір кез келген өз ретінде бекітілсін
        жане бул ушин уйымдар болса онын""",
    "ru": """и в на не с по для или от к из что при о об за его также до если со под это их который которые которого
        является статьи пункта соответствии настоящего настоящий быть лица может без иных между""",
    "en": """the of and to or shall by be is for that with from as on this any which not such are everyone has his
        their no it an at have other all right""",
    "de": """der die und den das des dem zu im für von mit auf ist nach oder durch eine einer einem eines werden
        wird sowie bei sich nicht als über dieses dieser sind kann soweit gegen aus""",
}
_LISTS = {language: frozenset(words.split()) for language, words in _EVERYDAY.items()}
_CYRILLIC_LANGUAGES, _LATIN_LANGUAGES = ("kk", "ru"), ("en", "de")


def is_other_language(old: str, new: str) -> bool:
    """Whether the two are surely not in one language (or not in one alphabet); False whenever there is doubt."""
    first, second = _script_and_language(old), _script_and_language(new)
    if first is None or second is None:
        return False
    if first[0] != second[0]:
        return True
    return None not in (first[1], second[1]) and first[1] != second[1]


def _script_and_language(text: str) -> tuple[str, str | None] | None:
    """The alphabet of a text and its language (None if unsure); None for a text too short or too mixed to say."""
    text = text[:MAX_READ].lower()
    words = _WORD.findall(text)
    if len(words) < MIN_WORDS:
        return None
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    letters = cyrillic + latin
    if cyrillic >= 0.85 * letters > 0:
        return "cyrillic", _most_spoken(words, _CYRILLIC_LANGUAGES)
    if latin >= 0.85 * letters > 0:
        return "latin", _most_spoken(words, _LATIN_LANGUAGES)
    return None


def _most_spoken(words: list[str], languages: tuple[str, ...]) -> str | None:
    """The language whose everyday words (for Kazakh, also its letters) clearly prevail."""
    scores = dict.fromkeys(languages, 0)
    for word in words:
        for language in languages:
            is_kazakh_spelling = language == "kk" and not _ONLY_KAZAKH.isdisjoint(word)
            scores[language] += word in _LISTS[language] or is_kazakh_spelling
    ranked = sorted(languages, key=lambda language: scores[language], reverse=True)
    best, other = scores[ranked[0]], scores[ranked[1]]
    if best < max(2, 0.06 * len(words)) or best < MIN_MARGIN * other:
        return None
    return ranked[0]
