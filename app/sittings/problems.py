"""What the services of sittings refuse, as sentences that say what to do next."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from app.errors import DomainError
from app.files.errors import AttachmentRefused
from app.files.labels import REFUSED
from app.gatherings import errors as gatherings
from app.i18n import _, ngettext
from app.recommendations.errors import TooLong, TooManyRows
from app.sittings import errors, labels
from app.sittings.lifecycle import Choice
from app.sittings.services import calling, examining
from app.web.filters import day

MISSING: Mapping[str, Callable[[], str]] = {
    "kk": lambda: _("The Kazakh text is missing."),
    "ru": lambda: _("The Russian text is missing."),
    "reason": lambda: _("Enter the reason."),
    "text": lambda: _("Enter the text."),
    "member": lambda: _("Choose the member."),
    "agenda": lambda: _("The agenda has no item yet."),
    "place": lambda: _("Neither a place nor a link is named: nobody could come."),
    "chair": lambda: _("Whoever presided has not signed yet."),
    "secretary": lambda: _("The secretary has not signed yet."),
}

# Sentences that need nothing of the error's data.
PLAIN: Mapping[type[DomainError], Callable[[], str]] = {
    errors.NotInThisState: lambda: _(
        "The sitting has moved on meanwhile: this cannot be done any more, or not yet."
    ),
    errors.NotAMember: lambda: _("This person has no seat in the council today."),
    errors.NotPresent: lambda: _(
        "The attendance does not show this member in the room or joined remotely. Note their attendance first."
    ),
    errors.InConflict: lambda: _(
        "A conflict of interest of this member was declared on this item: they take no part in its votes."
    ),
    errors.VoteClosed: lambda: _("The vote is closed and takes no more voices."),
    errors.VoteRunning: lambda: _("A vote is open in this sitting. Close or annul it first."),
    errors.NotPutToVote: lambda: _(
        "This item is not put to the vote any more: it was decided, postponed or dropped."
    ),
    errors.WouldChangeTheResult: lambda: _(
        "With this correction the result would turn round. A result is not corrected: the question is put to a new vote."
    ),
    errors.NothingToCorrect: lambda: _("The record says this already."),
    errors.PresidingAbsent: lambda: _("This member is not in the room. Note their attendance first."),
    errors.RecommendationsMissing: lambda: _(
        "This outcome says nothing without recommendations: write at least one."
    ),
    errors.StaleRuling: lambda: _("Somebody else saved the ruling while you were writing."),
    errors.ItemDropped: lambda: _(
        "What this item was about is no more, and so no ruling on it is published."
    ),
    errors.NotificationTooLate: lambda: _(
        "The draft is not in discussion any more: recommendations could not change it."
    ),
    calling.InThePast: lambda: _("This time is over. Choose a later one."),
    calling.NotPublic: lambda: _("There is nothing public under this number."),
    examining.NotThisCouncils: lambda: _("This person is not a member of the council today."),
    gatherings.InThePast: lambda: _("This time is over. Choose a later one."),
    gatherings.EndsBeforeStart: lambda: _("It would end before it begins."),
    gatherings.PlaceMissing: lambda: _("Name a place or a link: otherwise nobody could come."),
    gatherings.Over: lambda: _("It has begun, was held or was cancelled: nothing about it changes any more."),
}


def sentence(error: DomainError) -> str:
    """What happened, and what to do about it."""
    plain = PLAIN.get(type(error))
    if plain is not None:
        return str(plain())
    said = _with_data(error)
    if said is not None:
        return said
    raise error


# The same to the member whose own act was refused.
OWN: Mapping[type[DomainError], Callable[[], str]] = {
    errors.NotAMember: lambda: _("You have no seat in this council today, and so no vote."),
    errors.NotInThisState: lambda: _("The sitting is not in session: nothing can be pressed here now."),
    errors.NotPresent: lambda: _("You are not noted as present. Check in first, then vote."),
    errors.InConflict: lambda: _(
        "You declared an interest of your own in this item, and take no part in its votes."
    ),
    errors.VoteClosed: lambda: _("The vote was closed before your voice arrived. It was not counted."),
    errors.PresentMembersVote: lambda: _(
        "You are at the sitting: you vote. A written opinion is for members who cannot come."
    ),
    errors.NotPutToVote: lambda: _("This item was dealt with already; an opinion would come too late."),
    errors.NotOutvoted: lambda: _(
        "A dissenting opinion belongs to members who were present and did not vote with the result."
    ),
}


def own_sentence(error: DomainError) -> str:
    """What happened, said to the member who acted."""
    plain = OWN.get(type(error))
    if plain is not None:
        return str(plain())
    data: Mapping[str, Any] = error.data
    if isinstance(error, errors.TermOver):
        return str(
            _("Your seat in this council ended on %(day)s. You have no vote any more.", day=day(data["on"]))
        )
    if isinstance(error, errors.TooEarly):
        return str(_("You can check in on the day of the sitting, %(day)s.", day=day(data["on"])))
    if isinstance(error, errors.VotedElsewhere):
        choice = labels.CHOICES[Choice(data["stored"])].text
        return str(
            _(
                "Meanwhile your vote was recorded as “%(choice)s”, in another window or by the secretary. "
                "It stands so; press again to change it.",
                choice=choice,
            )
        )
    return sentence(error)


def _with_data(error: DomainError) -> str | None:
    data: Mapping[str, Any] = error.data
    if isinstance(error, errors.NoQuorum):
        return str(
            _(
                "%(present)s of the members count for the quorum and %(needed)s are needed: nothing is put to the vote, "
                "and no vote is closed.",
                present=data["present"],
                needed=data["needed"],
            )
        )
    if isinstance(error, errors.TermOver):
        on = data["on"]
        assert isinstance(on, date)  # noqa: S101
        return str(_("The seat of this person ended on %(day)s.", day=day(on)))
    if isinstance(error, errors.VotedElsewhere):
        choice = labels.CHOICES[Choice(data["stored"])].text
        return str(
            _(
                "This member has voted already, from another window: %(choice)s. That voice stands.",
                choice=choice,
            )
        )
    if isinstance(error, errors.Unfinished | errors.OneLanguageMissing):
        missing = data.get("missing") or data.get("languages") or []
        return " ".join(MISSING[one]() for one in missing if one in MISSING)
    if isinstance(error, calling.OnTheAgenda):
        return str(_("It stands on this agenda already, as item %(position)s.", position=data["position"]))
    if isinstance(error, gatherings.ReasonMissing):
        return str(
            ngettext(
                "This must be at least %(num)s character long, so that people learn the reason.",
                "This must be at least %(num)s characters long, so that people learn the reason.",
                int(data["shortest"]),
            )
        )
    if isinstance(error, AttachmentRefused):
        return (
            f"{error.file_name}: {REFUSED[error.reason]}" if error.file_name else str(REFUSED[error.reason])
        )
    if isinstance(error, TooManyRows):
        return str(_("A ruling has at most %(limit)s recommendations.", limit=data["limit"]))
    if isinstance(error, TooLong):
        return str(
            _(
                "Recommendation %(row)s is longer than %(limit)s characters.",
                row=data["row"],
                limit=data["limit"],
            )
        )
    return None


def show(form: Any, error: DomainError, **fields: str) -> None:
    """Puts the sentence beside the field that the error names, else above the form. `fields`: the form's name of a
    field, by the service's."""
    named = str(error.data.get("field") or "")
    name = fields.get(named, named)
    if name and getattr(form, name, None) is not None:
        form[name].errors = [*form[name].errors, sentence(error)]
    else:
        form.form_errors.append(sentence(error))
