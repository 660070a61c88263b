"""Why a service on comments said no.

Conflict
├── AlreadyHidden          another moderator was faster; `reason`, `by_other`
├── AlreadyDecided         another moderator decided the appeal; `is_upheld`
├── AppealTooLate          the term for appeals is over; `until`
├── EditedMeanwhile        another officer saved a newer answer; `revision`, `kind`, `language`, `text`, `by`
├── AlreadyAnswered        an answer in the open never changes; `answers`, or the `comments` that have one
├── NotApproved            the head has not approved these `answers`
└── GroupNotConfirmed      nobody of the body has looked at the letters of these `groups`
InvalidInput
├── TooLong                `field` may have `limit` characters and has `length`; nothing was cut
├── TextMissing            `field` is empty, or shorter than `shortest` characters
├── OrganisationMissing    somebody speaks for a body and does not say for which
├── ReasonUnknown          the rules know no such class of reasons
├── PlaceGone              there is no such clause in that version; `path`, `version`
├── SelectionGone          the words are not (any more) in one clause; `path`, `version`, `label`, `quote`
├── ProposalWithoutPlace   a replacement wording replaces something: a clause is to be chosen first
├── NoAnswerOwed           a reply, or a comment that is not shown, gets no answer; `comment_id`
├── NotInThisGroup         these `comments` are no letters of the group
└── GroupsDiffer           the letters are not of one thread, or not in one language; `field`
"""

from app.errors import Conflict, InvalidInput


class AlreadyHidden(Conflict): ...


class AlreadyDecided(Conflict): ...


class AppealTooLate(Conflict): ...


class EditedMeanwhile(Conflict): ...


class AlreadyAnswered(Conflict): ...


class NotApproved(Conflict): ...


class GroupNotConfirmed(Conflict): ...


class TooLong(InvalidInput): ...


class TextMissing(InvalidInput): ...


class OrganisationMissing(InvalidInput): ...


class ReasonUnknown(InvalidInput): ...


class PlaceGone(InvalidInput): ...


class SelectionGone(InvalidInput): ...


class ProposalWithoutPlace(InvalidInput): ...


class NoAnswerOwed(InvalidInput): ...


class NotInThisGroup(InvalidInput): ...


class GroupsDiffer(InvalidInput): ...
