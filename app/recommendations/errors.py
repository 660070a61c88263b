"""Why a service on recommendations said no.

Conflict
├── EditedMeanwhile        another officer saved a newer answer; `revision`, `kind`, `language`, `change`, `by_when`, `reasons`, `by`
├── RowsEmpty              nothing is published while these rows have no answer; `rows`, their numbers
└── NothingRecommended     the list has no rows: no answer is owed to it
InvalidInput
├── LanguageMissing        a recommendation is in Kazakh and in Russian; `rows`, the numbers of those that are not
├── TooManyRows            a list may have `limit` rows and has `rows`
├── TooLong                `field` may have `limit` characters and has `length`; nothing was cut
├── TextMissing            `field` is empty, or shorter than `shortest` characters
└── DayMissing             `field` needs a day, not before `earliest`
"""

from app.errors import Conflict, InvalidInput


class EditedMeanwhile(Conflict): ...


class RowsEmpty(Conflict): ...


class NothingRecommended(Conflict): ...


class LanguageMissing(InvalidInput): ...


class TooManyRows(InvalidInput): ...


class TooLong(InvalidInput): ...


class TextMissing(InvalidInput): ...


class DayMissing(InvalidInput): ...
