"""Letters of a campaign: what joins, what must not, what is kept bounded. Quality on whole sets is measured beside."""

import subprocess
import sys
import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.text.letters import body
from app.text.near_duplicates import SKETCH, Grouper, additions, group, is_near, likeness, sketch, words_of
from app.text.normalize import words
from app.text.opposites import turned_round
from app.text.redline import Op

LIBRARY = (
    "Просим не переносить сельскую библиотеку в здание клуба. Там нет отопления, книги отсыреют за одну зиму. "
    "Читальный зал нужен школьникам, у половины дома нет интернета. Оставьте библиотеку на прежнем месте и "
    "выделите деньги на ремонт крыши."
)
KITAPHANA = (
    "Ауыл кітапханасын клуб ғимаратына көшірмеуді сұраймыз. Онда жылу жоқ, кітаптар бір қыста дымқыл тартады. "
    "Оқу залы оқушыларға керек, үйлердің жартысында интернет жоқ. Кітапхананы орнында қалдырып, шатырын жөндеуге "
    "қаражат бөліңіздер."
)
OWN = (
    "Я двадцать лет веду там кружок краеведения, и мы собрали архив писем фронтовиков. Перевозить его некуда и "
    "не на чем, а опись не закончена."
)


@pytest.mark.parametrize(
    "typed",
    [
        LIBRARY.upper(),
        LIBRARY.replace(".", "...\n\n").replace(",", " ,"),
        f"Здравствуйте!\n{LIBRARY}\nС уважением,\nА. Б., село Каменка",
        f"Добрый день, уважаемые депутаты! {LIBRARY} Спасибо за внимание!",
        f"Уважаемый аким!\n\n{LIBRARY}\n\nЗаранее благодарю.\nВ. Г.\n12.03.2026",
        LIBRARY.replace("о", "o").replace("с", "c"),
        LIBRARY.replace("и", "и\u200b"),
    ],
    ids=["capitals", "signs", "signature", "thanks", "date", "Latin look-alikes", "zero width"],
)
def test_manners_and_typing_do_not_count(typed: str) -> None:
    assert words_of(typed) == words_of(LIBRARY)


@pytest.mark.parametrize(
    "typed",
    [
        f"Құрметті әкім мырза!\n{KITAPHANA}\nҚұрметпен,\nА. Б.",
        f"Сәлеметсіздер ме! {KITAPHANA} Алдын ала рахмет.",
        KITAPHANA.translate(str.maketrans("әғқңөұүһіҚӨ", "агкноуухиКО")),
    ],
    ids=["signature", "thanks", "Russian keyboard"],
)
def test_kazakh_manners_and_typing_do_not_count(typed: str) -> None:
    assert words_of(typed) == words_of(KITAPHANA)


def test_a_letter_of_manners_alone_keeps_its_words() -> None:
    assert words_of("Спасибо!") == ["спасибо"]
    assert words_of("👍") == []
    assert (
        body("Thank you for keeping the ramp; now please mend the lift in the second block as well, will you")
        != ""
    )


@given(st.text(alphabet="аёқӘiİßЖz9-_' .№«»\u0306", max_size=60))
def test_words_are_those_of_the_search(text: str) -> None:
    assert words_of(f"да {text} да") == words(f"да {text} да")


NEAR = {
    "lengthened": f"{LIBRARY}\n\n{OWN}",
    "lengthened before": f"{OWN} {LIBRARY}",
    "shortened": LIBRARY.split(" Читальный")[0] + " Оставьте библиотеку на прежнем месте.",
    "reworded": LIBRARY.replace("Просим", "Очень прошу")
    .replace("за одну зиму", "за зиму")
    .replace("дома ", ""),
}


@pytest.mark.parametrize("text", NEAR.values(), ids=NEAR.keys())
def test_a_changed_letter_belongs_to_its_campaign(text: str) -> None:
    assert is_near(LIBRARY, text)
    assert is_near(text, LIBRARY)
    assert set(sketch(text)) & set(sketch(LIBRARY))


FAR = {
    "opposite demand": LIBRARY.replace("не переносить", "перенести"),
    "one word less": LIBRARY.replace("Просим не ", "Просим "),
    "one quoted sentence": f"{OWN} Соседи пишут: «там нет отопления, книги отсыреют за одну зиму». {OWN[::-1]}",
    "same opening": "Просим не переносить сельскую библиотеку в здание клуба, пока не утверждён её устав. Штатное "
    "расписание не меняли с прошлого века, методист уволилась, должность надо ввести снова.",
    "other language": KITAPHANA,
    "nothing": "",
}


@pytest.mark.parametrize("text", FAR.values(), ids=FAR.keys())
def test_another_letter_stays_apart(text: str) -> None:
    assert not is_near(LIBRARY, text)
    assert not is_near(text, LIBRARY)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Я за принятие этого закона в первом чтении", "Я против принятия этого закона в первом чтении"),
        ("Прошу строить мост через реку у села", "Прошу не строить мост через реку у села"),
        ("Ауылда жаңа мектеп салуды сұраймыз биыл", "Ауылда жаңа мектеп салмауды сұраймыз биыл"),
        ("Бұл жобаны біздің ауыл толық қолдаймыз", "Бұл жобаны біздің ауыл толық қолдамаймыз"),
        ("Бұл заң біздің ауылға өте керек", "Бұл заң біздің ауылға өте керек емес"),
        ("I support the new rule on school meals", "I oppose the new rule on school meals"),
        ("You should adopt the rule on meals now", "You should not adopt the rule on meals now"),
        ("Просим построить школу в нашем микрорайоне", "Просим построить больницу в нашем микрорайоне"),
    ],
)
def test_one_word_makes_a_short_letter_another(old: str, new: str) -> None:
    assert not is_near(old, new)
    assert is_near(old, old.upper())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("согласен", "согласна"),
        ("прошу", "просим"),
        ("сұраймын", "сұраймыз"),
        ("бағдарламасы", "бағдарламасын"),
        ("", "категорически"),
        ("не закрывать", "не надо закрывать"),
    ],
)
def test_a_small_change_that_turns_nothing_round(old: str, new: str) -> None:
    assert not turned_round(words(old), words(new))


def test_very_short_letters_join_only_when_equal() -> None:
    found = group([(1, "Қолдаймын!"), (2, "колдаймын"), (3, "Қолдамаймын"), (4, "👍"), (5, "👍"), (6, "👎")])
    assert sorted(sorted(str(member.key) for member in each.members) for each in found) == [
        ["1", "2"],
        ["3"],
        ["4", "5"],
        ["6"],
    ]


def test_a_sketch_fits_a_column_of_integers_and_is_the_same_everywhere() -> None:
    made = sketch(LIBRARY)
    assert len(made) == SKETCH
    assert list(made) == sorted(set(made))
    assert all(-(2**31) <= number < 2**31 for number in made)
    code = f"from app.text.near_duplicates import sketch; print(sketch({LIBRARY!r}) == {made!r})"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "True\n"
    assert sketch("") == ()


def test_likeness_is_a_share() -> None:
    assert likeness(LIBRARY, LIBRARY) == 1
    assert 0.7 < likeness(LIBRARY, NEAR["lengthened"]) < 1
    assert likeness(LIBRARY, KITAPHANA) < 0.1
    assert likeness("", "") == 0


def test_a_group_knows_who_changed_the_text() -> None:
    texts = [("long", NEAR["lengthened"]), ("first", LIBRARY), ("copy", LIBRARY.upper()), ("far", KITAPHANA)]
    campaign, alone = group(texts)
    assert campaign.sample == "first"
    assert {member.key for member in campaign.members} == {"first", "copy", "long"}
    assert campaign.changed == ["long"]
    assert alone.changed == []


def test_additions_are_marked() -> None:
    pieces = additions(LIBRARY, NEAR["lengthened"])
    assert "".join(piece.text for piece in pieces if piece.op is Op.INSERTED).strip() == OWN


def test_a_new_letter_joins_at_once() -> None:
    grouper = Grouper()
    assert grouper.add(1, LIBRARY) == 1
    assert grouper.add(2, KITAPHANA) == 2
    assert grouper.add(3, NEAR["reworded"]) == 1
    assert [len(each.members) for each in grouper.groups()] == [2, 1]


def test_a_chain_does_not_run_away() -> None:
    alphabet = [f"слово{number}" for number in range(400)]
    texts = [(start, " ".join(alphabet[start : start + 60])) for start in range(0, 340, 10)]
    samples = dict(texts)
    found = group(texts)
    assert len(found) > 5
    for each in found:
        assert all(
            is_near(samples[int(str(each.sample))], samples[int(str(member.key))]) for member in each.members
        )


LETTERS = [LIBRARY, LIBRARY.upper(), KITAPHANA, f"{KITAPHANA}\nҚұрметпен, С.", *NEAR.values(), *FAR.values()]


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(len(LETTERS))))
def test_the_order_of_letters_changes_no_group(order: Sequence[int]) -> None:
    def partition(numbers: Sequence[int]) -> set[frozenset[object]]:
        found = group((number, LETTERS[number]) for number in numbers)
        return {frozenset(member.key for member in each.members) for each in found}

    assert partition(order) == partition(range(len(LETTERS)))
    grouper = Grouper()
    sample = {number: grouper.add(number, LETTERS[number]) for number in order}
    assert sample[0] == sample[1]
    assert sample[2] == sample[3]


@pytest.mark.parametrize(
    "texts",
    [
        [LIBRARY] * 5_000,
        [f"Прошу рассмотреть мои замечания к проекту слово{n} {' '.join(str(n * k) for k in range(20, 60))}" for n in range(700)],
        ["не да " * 60_000, "да не " * 60_000],
        ["Спасибо. " * 40_000, "1.1.2026\n" * 40_000, "Здравствуйте " * 30_000, " " * 400_000],
        ["а" * 200_000, "ъ\u0301" * 50_000],
    ],
    ids=["equal", "one opening", "two words", "manners", "one word"],
)  # fmt: skip
def test_hostile_letters_take_bounded_time(texts: list[str]) -> None:
    begun = time.process_time()
    found = group(enumerate(texts))
    assert sum(len(each.members) for each in found) == len(texts)
    assert time.process_time() - begun < 20
