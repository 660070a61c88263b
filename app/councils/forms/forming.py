"""What those who form a council send: the competition, its working group, and what was decided on each candidate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms.fields import Field
from wtforms.validators import Optional, ValidationError

from app import clock
from app.councils import labels
from app.councils.errors import Problem
from app.councils.lifecycle import CandidacyState
from app.councils.models import Candidacy, Competition, Origin
from app.councils.queries import forming as queries
from app.councils.services.deciding import Decision, Found
from app.councils.services.forming import GroupPerson
from app.i18n import LANGUAGES, _, _l
from app.text.normalize import shown_line
from app.web.fields import (
    BooleanField,
    DateField,
    EmailField,
    FieldList,
    FormField,
    IntegerField,
    RadioField,
    StringField,
    TextAreaField,
)
from app.web.forms import EmailAddress, Filled, Form, NoHiddenControls, UpTo, cleaned

TEXT, REASON, NAME = 20_000, 3000, 200
FARTHEST_YEARS = 5
LARGEST_GROUP, SPARE_ROWS, FIRST_ROWS = 30, 3, 6
MOST_SEATS = 100


class Between:
    """Refuses a number outside of its bounds; nothing in the box is another validator's matter."""

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def __call__(self, form: Any, field: Field) -> None:
        if field.data is not None and not self.least <= field.data <= self.most:
            raise ValidationError(
                _("Enter a whole number from %(least)s to %(most)s.", least=self.least, most=self.most)
            )


class NearDay:
    """Refuses a day so far away that it can only be mistyped."""

    def __call__(self, form: Any, field: Field) -> None:
        if field.data and abs(field.data.year - clock.today().year) > FARTHEST_YEARS:
            raise ValidationError(_("This year cannot be right. Type the year with four digits."))


def one_line(value: Any) -> Any:
    return shown_line(value) if isinstance(value, str) else value


class PersonForm(Form):
    """One row of the working group; an empty name is an empty row."""

    class Meta(Form.Meta):
        # Part of the competition's form, which carries the token.
        csrf = False

    name = StringField(_l("Full name"), filters=[one_line], validators=[NoHiddenControls(), UpTo(NAME)])
    email = EmailField(
        _l("E-mail of their account (may stay empty)"),
        filters=[one_line],
        validators=[UpTo(254), EmailAddress()],
    )
    origin = RadioField(
        _l("Comes from"),
        choices=[(origin.value, name) for origin, name in labels.ORIGINS.items()],
        default=Origin.CIVIL_SOCIETY.value,
        validators=[Optional()],
    )
    is_head = BooleanField(_l("Head of the working group"))

    def validate_email(self, field: Field) -> None:
        if field.data and not field.errors and queries.account_by_email(field.data) is None:
            raise ValidationError(
                _("No account has this confirmed address. Without one, the person can still be named.")
            )

    def person(self) -> GroupPerson | None:
        if not self.name.data:
            return None
        account = queries.account_by_email(self.email.data) if self.email.data else None
        return GroupPerson(
            name=self.name.data,
            origin=Origin(self.origin.data or Origin.CIVIL_SOCIETY),
            is_head=bool(self.is_head.data),
            account_id=account.id if account else None,
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """A competition as it was described."""

    seats: int
    texts: Mapping[str, str]
    applications_until: date
    term_from: date
    working_group: Sequence[GroupPerson]


class CompetitionForm(Form):
    seats = IntegerField(
        _l("Seats to be filled"),
        description=_l("Seats of civil society only; the body names its representatives itself."),
        validators=[Filled(_l("Enter how many seats are filled.")), Between(1, MOST_SEATS)],
    )
    applications_until = DateField(
        _l("Last day for applications"),
        description=_l("Applications are taken until the end of this day, and close by themselves."),
        validators=[Filled(_l("Enter the last day for applications.")), NearDay()],
    )
    term_from = DateField(
        _l("First day of the new term"),
        validators=[Filled(_l("Enter the first day of the new term.")), NearDay()],
    )
    text_kk = TextAreaField(
        _l("Announcement in Kazakh"), filters=[cleaned], validators=[NoHiddenControls(), UpTo(TEXT)]
    )
    text_ru = TextAreaField(
        _l("Announcement in Russian"), filters=[cleaned], validators=[NoHiddenControls(), UpTo(TEXT)]
    )
    text_en = TextAreaField(
        _l("Announcement in English (may stay empty)"),
        filters=[cleaned],
        validators=[NoHiddenControls(), UpTo(TEXT)],
    )
    group = FieldList(FormField(PersonForm), max_entries=LARGEST_GROUP)

    @classmethod
    def of(cls, competition: Competition | None, *, more_rows: bool = False) -> "CompetitionForm":
        """The form as it was sent, else as the competition was saved, with empty rows for the working group."""
        form = cls(data=_saved(competition) if competition is not None else None)
        filled = sum(bool(row.form.name.data) for row in form.group)
        rows = max(len(form.group), FIRST_ROWS, filled + SPARE_ROWS * more_rows)
        while len(form.group) < min(rows, LARGEST_GROUP):
            form.group.append_entry()
        return form

    def details(self) -> Plan:
        applications_until, term_from = self.applications_until.data, self.term_from.data
        assert applications_until is not None and term_from is not None  # noqa: S101, PT018  the form is valid
        people = [row.form.person() for row in self.group]
        return Plan(
            seats=int(self.seats.data),
            texts={code: self[f"text_{code}"].data or "" for code in LANGUAGES},
            applications_until=applications_until,
            term_from=term_from,
            working_group=[person for person in people if person is not None],
        )


def _saved(competition: Competition) -> dict[str, Any]:
    emails = queries.emails_of(competition)
    return {
        "seats": competition.seats,
        "applications_until": competition.applications_until,
        "term_from": competition.term_from,
        **{f"text_{code}": competition.texts.get(code, "") for code in LANGUAGES},
        "group": [
            {
                "name": person.name,
                "origin": person.origin.value,
                "is_head": person.is_head,
                "email": emails.get(person.account_id or 0, ""),
            }
            for person in competition.working_group
        ],
    }


class CancelForm(Form):
    reason = TextAreaField(
        _l("Why is the competition cancelled?"),
        description=_l("Everybody reads it, those who applied first of all."),
        filters=[cleaned],
        validators=[
            Filled(_l("Say why the competition is cancelled.")),
            NoHiddenControls(),
            UpTo(REASON),
        ],
    )


class DecisionForm(Form):
    """What was decided on every candidate; its fields are made for the candidates of one competition."""

    candidates: Sequence[Candidacy] = ()

    def of_candidate(self, candidate: Candidacy) -> dict[str, Field]:
        return {name: self[f"{name}_{candidate.id}"] for name in _fields()}

    def details(self) -> dict[int, Decision]:
        return {one.id: self._decision(self.of_candidate(one)) for one in self.candidates}

    def _decision(self, fields: Mapping[str, Field]) -> Decision:
        outcome = fields["outcome"].data
        return Decision(
            outcome=CandidacyState(outcome) if outcome else None,
            reason=fields["reason"].data or "",
            votes_for=fields["votes_for"].data,
            votes_against=fields["votes_against"].data,
            reserve_place=fields["place"].data,
        )

    def explain(self, problems: Sequence[Found]) -> None:
        """Each problem at the field where it is mended, with the candidate's name; what is wrong with the whole above."""
        names = {one.id: one.name for one in self.candidates}
        for problem, candidacy_id, values in problems:
            why = values.get("why")
            sentence = labels.refusal(why) if why else str(labels.PROBLEMS[problem]) % values
            if candidacy_id is None:
                self.form_errors.append(sentence)
                continue
            field = self[f"{_PLACES.get(problem, 'outcome')}_{candidacy_id}"]
            said = _("%(name)s: %(problem)s", name=names[candidacy_id], problem=sentence)
            field.errors = [*field.errors, said]


# At which field of a candidate a problem is shown; the others stand at the decision itself.
_PLACES = {
    Problem.REASON_MISSING: "reason",
    Problem.VOTES_MISSING: "votes_for",
    Problem.TOO_MANY_VOTES: "votes_for",
    Problem.RESERVE_PLACES: "place",
}


def _uncounted(characters: int) -> UpTo:
    """The limit without the counter: forty of them on a page would be noise."""
    limit = UpTo(characters)
    limit.field_flags = {}
    return limit


def _fields() -> dict[str, Field]:
    """Unbound fields of one candidate, in the order of the keyboard."""
    return {
        "outcome": RadioField(
            _l("Decision"),
            choices=[(state.value, name) for state, name in labels.DECISIONS.items()],
            validators=[Optional()],
        ),
        "votes_for": IntegerField(_l("Votes for"), validators=[Optional(), Between(0, LARGEST_GROUP)]),
        "votes_against": IntegerField(
            _l("Votes against"), validators=[Optional(), Between(0, LARGEST_GROUP)]
        ),
        "place": IntegerField(_l("Place on the reserve list"), validators=[Optional(), Between(1, 999)]),
        "reason": TextAreaField(
            _l("Reason"),
            filters=[cleaned],
            validators=[NoHiddenControls(), _uncounted(REASON)],
        ),
    }


def decision_form(candidates: Sequence[Candidacy]) -> DecisionForm:
    """The form for these candidates, as it was sent or empty."""
    fields = {f"{name}_{one.id}": field for one in candidates for name, field in _fields().items()}
    made: DecisionForm = type("DecisionForm", (DecisionForm,), fields)()
    made.candidates = candidates
    return made
