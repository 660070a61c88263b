"""The order of the Kazakh alphabet: by code points Ә, Ғ, Қ and Ұ would all stand behind Я. Pure."""

KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_PLACES = {letter: place for place, letter in enumerate(KAZAKH)}


def in_order(text: str) -> list[tuple[int, int]]:
    """A key to sort names by; what is no letter of the alphabet comes before the letters."""
    return [(1, _PLACES[letter]) if letter in _PLACES else (0, ord(letter)) for letter in text.casefold()]
