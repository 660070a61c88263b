"""What the regulation of a council says of its votes, its notices and its size."""

from wtforms.validators import Optional

from app.councils.forms.forming import Between
from app.councils.models import Council
from app.councils.services.regulating import Regulation
from app.i18n import _l
from app.law import CouncilRules, MajorityKind, TieKind
from app.web.fields import IntegerField, RadioField, StringField
from app.web.forms import Form, UpTo, WebAddress

# What a person could mean; which size the law allows is the service's question.
MOST_SEATS, MOST_DAYS, LINK = 200, 60, 500
DEFAULT = ""


class RegulationForm(Form):
    majority = RadioField(_l("When is a question adopted?"), validators=[Optional()])
    tie = RadioField(_l("What does a tie mean?"), validators=[Optional()])
    seats = IntegerField(
        _l("Members by the regulation (may stay empty)"),
        validators=[Optional(), Between(1, MOST_SEATS)],
    )
    notice_days = IntegerField(
        _l("Days from the notice to the sitting (may stay empty)"),
        validators=[Optional(), Between(1, MOST_DAYS)],
    )
    minutes_working_days = IntegerField(
        _l("Working days until the minutes are published (may stay empty)"),
        validators=[Optional(), Between(1, MOST_DAYS)],
    )
    link = StringField(
        _l("Address of the regulation (may stay empty)"),
        validators=[Optional(), UpTo(LINK), WebAddress()],
    )

    def offer(self, rules: CouncilRules) -> None:
        """The rules' choices, and first of all that the regulation is not known."""
        unknown = (DEFAULT, _l("Not known here: the default of this site holds"))
        self.majority.choices = [unknown, *((one.id.value, str(one.text)) for one in rules.majorities)]
        self.tie.choices = [unknown, *((one.id.value, str(one.text)) for one in rules.ties)]

    def show(self, council: Council) -> None:
        """What is written down now."""
        self.majority.data, self.tie.data = council.majority or DEFAULT, council.tie or DEFAULT
        self.seats.data, self.link.data = council.seats, council.regulation_link or ""
        self.notice_days.data = council.notice_days
        self.minutes_working_days.data = council.minutes_working_days

    def details(self) -> Regulation:
        return Regulation(
            seats=self.seats.data,
            majority=MajorityKind(self.majority.data) if self.majority.data else None,
            tie=TieKind(self.tie.data) if self.tie.data else None,
            notice_days=self.notice_days.data,
            minutes_working_days=self.minutes_working_days.data,
            link=self.link.data or None,
        )
