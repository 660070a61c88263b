"""The stemmer on real words: forms of one word meet, different words stay apart."""

import pytest

from app.text.kazakh_stemmer import stem
from app.text.normalize import words

FORMS = {
    "жол": "жолдар жолды жолға жолдарды жолдардың жолдарымыз жолдағы жолмен жолына",
    "қоғам": "қоғамның қоғамдық қоғамында коғам қоғамы қоғамға когамнын",
    "мектеп": "мектептер мектебі мектебінде мектебіміз мектептерге мектепке мектептегі",
    "бала": "балалар балаларымызға баласы балаларды балалардың баланың баламен",
    "құқық": "құқығы құқығын құқықтары құқықтардың құқығына құқықтық",
    "петиция": "петицияны петицияға петициялар петицияның",
    "халық": "халқы халқымыз халықтың халыққа",
    "дәрігер": "дәрігерлер дәрігердің дәрігерлерді",
    "аурухана": "ауруханада ауруханалар ауруханасы ауруханаға",
    "облыс": "облысы облыстық облысының облыста",
    "аудан": "ауданы аудандық ауданның ауданында",
    "қала": "қалада қаланың қаласы қалалық қаласында",
    "жөндеу": "жөндеуді жөндеуге жөндеңіздер жөндеңіз",
    "су": "суды сумен судың сулар",
    "завод": "заводтың заводтар заводта",
    "Қазақстан": "Қазақстанда Қазақстанның Қазақстандық",
    "тәртіп": "тәртібі тәртiбi тәртіпті тәртіппен тәртібіне",
    "азамат": "азаматтар азаматтардың азаматтық азаматтарымыз",
    "салық": "салықты салығы салықтар салығын",
    "баға": "бағаны бағасы бағалар бағаға",
    "басшы": "басшысы басшылар басшының",
    "шенеунік": "шенеуніктерге шенеуніктер шенеуніктің",
    "ойын": "ойындар ойындарға ойынға",
    "жұмыс": "жұмысы жұмысқа жұмыстар жұмысының",
}
PAIRS = [(base, form) for base, forms in FORMS.items() for form in forms.split()]


def stem_of(word: str) -> str:
    return stem(words(word)[0])


@pytest.mark.parametrize(("base", "form"), PAIRS)
def test_forms_of_a_word_meet(base: str, form: str) -> None:
    assert stem_of(form) == stem_of(base)


APART = [
    ("сауда", "сау"),
    ("пайда", "пай"),
    ("майдан", "май"),
    ("доллар", "дол"),
    ("қысқа", "қыс"),
    ("орман", "ор"),
    ("қалам", "қала"),
    ("ойын", "ой"),
    ("жөндеу", "жөн"),
    ("сусын", "су"),
    ("алтын", "алты"),
    ("қазан", "қаз"),
    ("балық", "бал"),
    ("адам", "ада"),
    ("мектеп", "мек"),
    ("жылқы", "жыл"),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert stem_of(one) != stem_of(other)


@pytest.mark.parametrize("word", ["", "road", "5", "2026", "covid19", "ы", "а"])
def test_other_words_come_back_as_they_are(word: str) -> None:
    assert stem(word) == word


def test_a_stem_keeps_at_least_two_letters() -> None:
    for _, form in PAIRS:
        assert len(stem_of(form)) >= 2


def test_it_does_not_cut_too_deep_in_real_prose() -> None:
    """Article 1 of the Universal Declaration in Kazakh: of its words with a stem of their own, none fall together."""
    text = (
        "Барлық адамдар тумысынан азат және қадір-қасиеті мен құқықтары тең болып дүниеге келеді. Адамдарға "
        "ақыл-парасат, ар-ождан берілген, сондықтан олар бір-бірімен туыстық, бауырмалдық қарым-қатынас жасаулары тиіс."
    )
    by_stem: dict[str, set[str]] = {}
    for word in words(text):
        by_stem.setdefault(stem(word), set()).add(word)
    together = sorted(sorted(forms) for forms in by_stem.values() if len(forms) > 1)
    assert together == [["адамдар", "адамдарга"], ["бир", "биримен"]]
