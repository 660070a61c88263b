"""The individual identification number (ЖСН / ИИН): what its twelve digits say. Never stored, never logged."""

from dataclasses import dataclass
from datetime import date

from app.accounts.errors import WrongIdentity

# Decree of the Government No. 565 of 11.06.2003: first the weights 1…11, and if the sum leaves 10, the second row.
FIRST_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
CENTURIES = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}


@dataclass(frozen=True, slots=True)
class Iin:
    digits: str
    born_on: date

    def __repr__(self) -> str:
        return "Iin(…)"


def parse(text: str) -> Iin:
    """The IIN that `text` is, spaces forgiven; WrongIdentity(field="iin") if it cannot be one.

    Only ASCII digits count: `str.isdigit` also takes Arabic-Indic and full-width ones.
    """
    digits = "".join(text.split())
    if len(digits) != 12 or any(c not in "0123456789" for c in digits):
        raise WrongIdentity(field="iin", reason="digits")
    born_on = _birthday(digits)
    if born_on is None:
        raise WrongIdentity(field="iin", reason="date")
    if check_digit(digits[:11]) != int(digits[11]):
        raise WrongIdentity(field="iin", reason="checksum")
    return Iin(digits, born_on)


def check_digit(first_eleven: str) -> int | None:
    """The twelfth digit; None for a number that is never issued."""
    for weights in (FIRST_WEIGHTS, SECOND_WEIGHTS):
        rest = sum(int(d) * w for d, w in zip(first_eleven, weights, strict=True)) % 11
        if rest != 10:
            return rest
    return None


def _birthday(digits: str) -> date | None:
    century = CENTURIES.get(digits[6])
    if century is None:
        return None
    try:
        return date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return None
