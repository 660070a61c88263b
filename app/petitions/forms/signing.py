"""What a citizen sends to sign: the region, and which text of consent stood on the page."""

from wtforms import ValidationError
from wtforms.fields import Field

from app import clock
from app.i18n import _, _l
from app.law import rules_in_force
from app.law.rules import Consent
from app.petitions.services.signing import SignatureDetails
from app.territories import queries as territories
from app.web.fields import HiddenField, SelectField
from app.web.forms import Form


def consent_now() -> Consent:
    """The text that is agreed to today."""
    return rules_in_force(clock.today()).consent


class SignatureForm(Form):
    """Checked without a query: the codes of regions are known. Their names are asked for when the page is drawn."""

    region = SelectField(
        _l("Region where you live"),
        description=_l("Signatures are counted by region. Regions with few signatures are shown together."),
        validate_choice=False,
    )
    consent_version = HiddenField()
    token = HiddenField()

    def validate_region(self, field: Field) -> None:
        if field.data not in territories.region_codes():
            raise ValidationError(_("Choose the region where you live."))

    def validate_consent_version(self, field: Field) -> None:
        if field.data != consent_now().version:
            raise ValidationError(
                _("The text of the consent changed while the page was open. Read it again before you sign.")
            )

    @property
    def support_token(self) -> str | None:
        return self.token.data or None

    def details(self) -> SignatureDetails:
        return SignatureDetails(region_code=self.region.data, consent_version=self.consent_version.data)

    def offer(self) -> None:
        """Readies the form for being drawn: the regions by name, and today's consent."""
        self.region.choices = [
            ("", _("Choose a region")),
            *((region.code, region.name) for region in territories.regions()),
        ]
        self.consent_version.data = consent_now().version
