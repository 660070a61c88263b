"""Names in the order in which Kazakh people expect them."""

from app.text.alphabet import KAZAKH, in_order


def test_names_stand_in_the_order_of_the_alphabet():
    names = ["Ясин", "Әлия", "Қайрат", "Бауыржан", "Нұржан", "Айнұр", "Ғалым", "Гүлсім", "Камила", "Smith"]
    assert sorted(names, key=in_order) == [
        "Smith",
        "Айнұр",
        "Әлия",
        "Бауыржан",
        "Гүлсім",
        "Ғалым",
        "Камила",
        "Қайрат",
        "Нұржан",
        "Ясин",
    ]
    assert len(set(KAZAKH)) == 42
