"""What people type to come in, and what they may change about themselves."""

from dataclasses import dataclass
from typing import Any

from app.accounts.errors import WrongIdentity
from app.accounts.labels import WRONG_IDENTITY
from app.i18n import LANGUAGE_NAMES, _, _l
from app.territories import queries as territories
from app.web.fields import EmailField, HiddenField, PasswordField, RadioField, SelectField, StringField
from app.web.forms import EmailAddress, Filled, Form, cleaned


@dataclass(frozen=True, slots=True)
class Credentials:
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class SettingsDetails:
    """What a person changed; `email` and `region_code` None where nothing stands."""

    language: str
    email: str | None
    region_code: str | None


class SignInForm(Form):
    """The page of the trial provider: it stands in for the page of a real one."""

    iin = StringField(
        _l("Individual identification number (IIN)"),
        description=_l("12 digits"),
        validators=[Filled(_l("Type your IIN."))],
    )
    given_name = StringField(
        _l("Given name"), filters=[cleaned], validators=[Filled(_l("Type your given name."))]
    )
    family_name = StringField(
        _l("Family name"), filters=[cleaned], validators=[Filled(_l("Type your family name."))]
    )
    next = HiddenField()

    def answer(self) -> dict[str, str]:
        """What a provider would answer."""
        return {name: self[name].data or "" for name in ("iin", "given_name", "family_name")}

    def explain(self, error: WrongIdentity) -> None:
        """Says at the field what the provider refused."""
        field, reason = str(error.data["field"]), str(error.data["reason"])
        self[field].errors = [*self[field].errors, str(WRONG_IDENTITY[field, reason])]


class StaffSignInForm(Form):
    email = EmailField(_l("E-mail"), filters=[cleaned], validators=[Filled(_l("Type your e-mail address."))])
    password = PasswordField(_l("Password"), validators=[Filled(_l("Type your password."))])
    next = HiddenField()

    def credentials(self) -> Credentials:
        return Credentials(self.email.data, self.password.data)

    def refuse(self) -> None:
        """One sentence for every way of being wrong: which it was is nobody's business."""
        self.password.errors = [
            _("E-mail and password do not belong together. Check the e-mail and type the password again.")
        ]


class SettingsForm(Form):
    """What a citizen may change; a member of staff has no region here, and signs in with the e-mail."""

    language = RadioField(
        _l("Language of letters to you"), choices=list(LANGUAGE_NAMES.items()), default="kk"
    )
    email = EmailField(
        _l("E-mail"),
        description=_l(
            "For letters about the petitions that you wrote. Nobody else sees it. You may leave it empty."
        ),
        filters=[cleaned],
        validators=[EmailAddress()],
    )
    region = SelectField(
        _l("Region where you live"),
        description=_l("Filled in for you when you sign; you can choose another one each time."),
        filters=[lambda code: code or ""],
    )

    def __init__(self, *args: Any, is_staff: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_staff:
            del self.email, self.region
        else:
            self.region.choices = [
                ("", _("Not chosen")),
                *((region.code, region.name) for region in territories.regions()),
            ]

    def details(self) -> SettingsDetails:
        return SettingsDetails(
            language=self.language.data,
            email=self.email.data or None if "email" in self else None,
            region_code=self.region.data or None if "region" in self else None,
        )
