"""Why a service on promises said no.

Conflict
└── AlreadyEntered         this sentence of this text is a promise already; `number`
InvalidInput
├── SourceGone             there is no such published text to find a promise in; `kind`, `number`
├── QuoteNotFound          the sentence does not stand word for word in the text in that language; `field`
├── TextMissing            `field` is empty, or shorter than `shortest` characters
├── TooLong                `field` may have `limit` characters and has `length`; nothing was cut
├── DayRefused             `field` needs a day; after `after`, or not later than `latest`, where they are given
└── ProofMissing           done needs a link or a file; `field`
"""

from app.errors import Conflict, InvalidInput


class AlreadyEntered(Conflict): ...


class SourceGone(InvalidInput): ...


class QuoteNotFound(InvalidInput): ...


class TextMissing(InvalidInput): ...


class TooLong(InvalidInput): ...


class DayRefused(InvalidInput): ...


class ProofMissing(InvalidInput): ...
