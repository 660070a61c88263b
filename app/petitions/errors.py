"""Why a service on petitions said no.

Conflict
├── AlreadySigned          this person's signature stands already
├── SigningClosed          the term is over, or the petition is decided
├── NotSigned              there is no signature of this person to withdraw
├── WithdrawalClosed       handed over: the count is with the addressee
├── AlreadyDecided         another moderator was faster; `state`, `by_other`
└── EditedMeanwhile        another officer saved a newer text; `revision`
InvalidInput
├── DraftIncomplete        `missing`: the steps that are not finished
├── TooYoung               `years`
├── RegionUnknown
├── ReasonMissing          a reason of at least `shortest` characters
├── NoticeTooShort         `earliest`: the first day that the notice allows
└── DecisionIncomplete     `missing`: boxes of the decision that are empty
Forbidden
└── SessionEnded           signed out, or away for too long
"""

from app.errors import Conflict, Forbidden, InvalidInput


class AlreadySigned(Conflict): ...


class SigningClosed(Conflict): ...


class NotSigned(Conflict): ...


class WithdrawalClosed(Conflict): ...


class AlreadyDecided(Conflict): ...


class EditedMeanwhile(Conflict): ...


class DraftIncomplete(InvalidInput): ...


class TooYoung(InvalidInput): ...


class RegionUnknown(InvalidInput): ...


class ReasonMissing(InvalidInput): ...


class NoticeTooShort(InvalidInput): ...


class DecisionIncomplete(InvalidInput): ...


class SessionEnded(Forbidden): ...
