"""What a person types to follow a petition."""

from app.i18n import LANGUAGE_NAMES, _l
from app.notifications.services.following import FollowDetails
from app.web.fields import EmailField, RadioField
from app.web.forms import EmailAddress, Filled, Form, NoHiddenControls, cleaned


class FollowForm(Form):
    email = EmailField(
        _l("E-mail"),
        description=_l("Only for letters about this petition. Nobody else sees it."),
        filters=[cleaned],
        validators=[Filled(_l("Type your e-mail address.")), NoHiddenControls(), EmailAddress()],
    )
    language = RadioField(_l("Language of letters to you"), choices=list(LANGUAGE_NAMES.items()))

    def details(self) -> FollowDetails:
        return FollowDetails(email=self.email.data or "", language=self.language.data)
