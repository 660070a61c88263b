"""The shape of proposals in the open data, and of what may be asked for."""

from typing import Any

from marshmallow import Schema, fields, post_dump
from marshmallow.validate import Length, OneOf, Regexp

from app.duties.models import ClockState
from app.duties.schemas import DutySchema
from app.i18n import LANGUAGES
from app.proposals.lifecycle import PUBLIC_STATES, Action
from app.proposals.queries.listing import Facet, Order
from app.territories.data import REGION_CODES
from app.text.topics import topics
from app.web.openapi import address, pages
from app.web.schemas import BodyNamesSchema, Instant, OfItself, PageQuery, PagesSchema, said

PUBLIC_STATE_NAMES = sorted(state.value for state in PUBLIC_STATES)
STATE_NAMES = list(dict.fromkeys([*(facet.value for facet in Facet), *PUBLIC_STATE_NAMES]))
TOPIC_NAMES = [topic.id for topic in topics()]
SLUG = Regexp(r"^[a-z0-9-]{0,120}$")
EVENTS = ["submit", *(action.value for action in Action)]


class ProposalsQuery(PageQuery):
    """What is wanted of the list."""

    state = fields.String(
        load_default=Facet.ALL.value,
        validate=OneOf(STATE_NAMES),
        metadata={
            "description": "One public state, or a group of them as on the site. `all` leaves out what its author "
            "took back."
        },
    )
    q = fields.String(
        load_default="",
        validate=Length(max=200),
        metadata={"description": "Words of titles and texts, in any of the three languages; all must occur."},
    )
    topic = fields.String(
        load_default="", validate=OneOf(["", *TOPIC_NAMES]), metadata={"description": "One topic."}
    )
    region = fields.String(
        load_default="",
        validate=OneOf(["", *sorted(REGION_CODES)]),
        metadata={"description": "ISO 3166-2 code of the region that it is about."},
    )
    council = fields.String(
        load_default="",
        validate=SLUG,
        metadata={"description": "The slug of the public council that it is addressed to."},
    )
    body = fields.String(
        load_default="",
        validate=SLUG,
        metadata={"description": "The slug of the state body that it is addressed to."},
    )
    order = fields.String(
        load_default=Order.SUPPORT.value,
        validate=OneOf([order.value for order in Order]),
        metadata={"description": "What comes first."},
    )


class AddresseeOfProposalSchema(Schema):
    slug = said(fields.String, "Its name in addresses")
    names = said(OfItself, "What it is called", BodyNamesSchema)


class ProposalSchema(Schema):
    """One proposal of a list. Its author and its supporters are not named."""

    number = said(fields.Integer, "Its number", attribute="proposal.number")
    state = said(
        fields.String, "Its state", attribute="proposal.state.value", validate=OneOf(PUBLIC_STATE_NAMES)
    )
    title = said(fields.String, "What is proposed, in one sentence", attribute="proposal.title")
    text = said(fields.String, "The description", attribute="proposal.text")
    language = said(
        fields.String,
        "The language of both",
        attribute="proposal.language",
        validate=OneOf(list(LANGUAGES)),
    )
    topic = said(fields.String, "Its topic", attribute="proposal.topic", validate=OneOf(TOPIC_NAMES))
    region = said(fields.String, "ISO 3166-2 code of the region", null=True, attribute="proposal.region_code")
    council = said(
        fields.Nested,
        "The public council that it is addressed to; null if it is a body",
        AddresseeOfProposalSchema,
        null=True,
        attribute="proposal.council",
    )
    body = said(
        fields.Nested,
        "The state body that it is addressed to; null if it is a council",
        AddresseeOfProposalSchema,
        null=True,
        attribute="proposal.agency",
    )
    created_at = said(Instant, "When it was sent", attribute="proposal.created_at")
    supports = said(fields.Integer, "People who want it too", attribute="proposal.supports")
    due_on = said(fields.Date, "The last day for the answer; null once nothing is owed", null=True)
    clock = said(
        fields.String,
        "What the clock of that day says",
        null=True,
        validate=OneOf([state.value for state in ClockState]),
    )
    answered_at = said(Instant, "When it was answered", null=True, attribute="proposal.answered_at")
    answer = said(
        fields.String, "What happens next, or why it was declined", null=True, attribute="proposal.answer"
    )
    result = said(fields.String, "What came of it", null=True, attribute="proposal.result")
    result_link = said(fields.String, "A page that shows it", null=True, attribute="proposal.result_link")
    url = said(fields.URL, "This proposal as JSON")
    pages = said(fields.Nested, "Its pages", PagesSchema)

    @post_dump
    def add_links(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        number = data["number"]
        return {
            **data,
            "url": address("proposals_api.proposal", number=number),
            "pages": pages("proposals.show", number=number),
        }


class ProposalsSchema(Schema):
    proposals = said(fields.Nested, "The page", ProposalSchema, many=True)
    next = said(fields.URL, "The next page; null on the last", null=True)


class ProposalStepSchema(Schema):
    action = said(fields.String, "What happened", validate=OneOf(EVENTS))
    at = said(Instant, "When")
    words = said(fields.String, "What was said of it", null=True)
    from_council = said(
        fields.String,
        "The council that sent it on",
        null=True,
        attribute="from_council.slug",
        dump_default=None,
    )
    from_body = said(
        fields.String, "The body that sent it on", null=True, attribute="from_agency.slug", dump_default=None
    )
    to_council = said(
        fields.String, "The council that got it", null=True, attribute="to_council.slug", dump_default=None
    )
    to_body = said(
        fields.String, "The body that got it", null=True, attribute="to_agency.slug", dump_default=None
    )


class WholeProposalSchema(ProposalSchema):
    """One proposal with what its addressees owed and what happened to it."""

    duties = said(fields.Nested, "What its addressees owe or did, the first one first", DutySchema, many=True)
    history = said(
        fields.Nested, "What happened, oldest first", ProposalStepSchema, many=True, attribute="steps"
    )
