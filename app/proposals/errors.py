"""Why a service on proposals said no.

Conflict
└── ProposedAlready     the same person proposed the same words; `number` of that proposal
InvalidInput
├── TooLong             `field` may have `limit` characters and has `length`; nothing was cut
├── TextMissing         `field` is empty
├── AddresseeMissing    neither a council nor a body, or both
├── AddresseeGone       the council or body does not work (any more)
├── SameAddressee       it is forwarded to whoever has it already
└── ReasonUnknown       the rules know no such class of reasons

A reason that is too short is `app.comments.errors.TextMissing` with `shortest`.
"""

from app.errors import Conflict, InvalidInput


class ProposedAlready(Conflict): ...


class TooLong(InvalidInput): ...


class TextMissing(InvalidInput): ...


class AddresseeMissing(InvalidInput): ...


class AddresseeGone(InvalidInput): ...


class SameAddressee(InvalidInput): ...


class ReasonUnknown(InvalidInput): ...
