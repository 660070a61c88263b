"""What a person types to follow a petition, a draft act or a public council, or to be told of new draft acts."""

from typing import Any

from app import clock
from app.agencies import queries as agencies
from app.consultations.forms.reading import LONGEST_SEARCH
from app.consultations.queries import listing
from app.consultations.queries.listing import Wish
from app.i18n import LANGUAGE_NAMES, _, _l
from app.law import consultation_rules_in_force
from app.notifications.labels import FREQUENCIES
from app.notifications.models import Frequency
from app.notifications.services.following import FollowDetails, SearchDetails
from app.territories import queries as territories
from app.text import topics
from app.web.fields import EmailField, RadioField, SearchField, SelectField
from app.web.forms import EmailAddress, Filled, Form, NoHiddenControls, UpTo, cleaned


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


class FollowDraftForm(FollowForm):
    email = EmailField(
        _l("E-mail"),
        description=_l("Only for letters about this draft act. Nobody else sees it."),
        filters=[cleaned],
        validators=[Filled(_l("Type your e-mail address.")), NoHiddenControls(), EmailAddress()],
    )


class FollowCouncilForm(FollowForm):
    email = EmailField(
        _l("E-mail"),
        description=_l("Only for letters about this council. Nobody else sees it."),
        filters=[cleaned],
        validators=[Filled(_l("Type your e-mail address.")), NoHiddenControls(), EmailAddress()],
    )


class SearchForm(Form):
    """The wishes of the list that stay the same from day to day, and where the letters go."""

    words = SearchField(
        _l("Words"),
        description=_l("In Kazakh, Russian or English; empty for any."),
        filters=[cleaned],
        validators=[NoHiddenControls(), UpTo(LONGEST_SEARCH)],
    )
    stage = SelectField(_l("Stage"))
    topic = SelectField(_l("Topic"))
    body = SelectField(_l("Body"))
    region = SelectField(_l("Region"))
    frequency = RadioField(_l("How often"), choices=[(one.value, text) for one, text in FREQUENCIES.items()])
    email = EmailField(
        _l("E-mail"),
        description=_l("Only for letters about new draft acts. Nobody else sees it."),
        filters=[cleaned],
        validators=[Filled(_l("Type your e-mail address.")), NoHiddenControls(), EmailAddress()],
    )
    language = RadioField(_l("Language of letters to you"), choices=list(LANGUAGE_NAMES.items()))

    def __init__(self, wish: Wish, **values: Any) -> None:
        """`wish` is what the list showed."""
        chosen = agencies.by_id(wish.agency_id) if wish.agency_id else None
        super().__init__(
            words=wish.words,
            stage=wish.stage,
            topic=wish.topic,
            body=chosen.slug if chosen else "",
            region=wish.region,
            frequency=Frequency.DAILY.value,
            **values,
        )
        stages = consultation_rules_in_force(clock.today()).stages
        # A body without a draft can be chosen by its address alone.
        bodies = dict.fromkeys([*listing.bodies(), *([chosen] if chosen else [])])
        self.stage.choices = [("", _("All stages")), *((s.id.value, str(s.name)) for s in stages)]
        self.topic.choices = [("", _("All topics")), *((t.id, str(t.name)) for t in topics.topics())]
        self.body.choices = [("", _("All bodies")), *((body.slug, body.name) for body in bodies)]
        self.region.choices = [("", _("All of Kazakhstan")), *territories.region_names().items()]

    def details(self) -> SearchDetails:
        body = agencies.by_slug(self.body.data) if self.body.data else None
        return SearchDetails(
            email=self.email.data or "",
            language=self.language.data,
            frequency=Frequency(self.frequency.data),
            stage=self.stage.data or "",
            topic=self.topic.data or "",
            agency_id=body.id if body else None,
            region=self.region.data or "",
            words=self.words.data or "",
        )
