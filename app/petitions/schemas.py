"""The shape of petitions in the open data, and of what may be asked for."""

from typing import Any

from marshmallow import Schema, fields, post_dump
from marshmallow.validate import Length, OneOf, Regexp

from app.duties.models import ClockState
from app.duties.schemas import DutySchema
from app.law.thresholds import AddresseeKind, Computation
from app.petitions.lifecycle import PUBLIC_STATES
from app.petitions.models import AnswerKind, InvalidationReason, Outcome
from app.petitions.queries.listing import Facet, Order
from app.territories.data import REGION_CODES
from app.text.topics import topics
from app.web.openapi import address, pages
from app.web.schemas import BodyNamesSchema, Instant, OfItself, PageQuery, PagesSchema, said

PUBLIC_STATE_NAMES = sorted(state.value for state in PUBLIC_STATES)
STATE_NAMES = list(dict.fromkeys([*(facet.value for facet in Facet), *PUBLIC_STATE_NAMES]))
TOPIC_NAMES = [topic.id for topic in topics()]


class PetitionsQuery(PageQuery):
    """What is wanted of the list."""

    state = fields.String(
        load_default=Facet.ALL.value,
        validate=OneOf(STATE_NAMES),
        metadata={"description": "One public state, or a group of them as on the site."},
    )
    q = fields.String(
        load_default="",
        validate=Length(max=200),
        metadata={"description": "Words, in any of the three languages; all of them must occur."},
    )
    topic = fields.String(
        load_default="", validate=OneOf(["", *TOPIC_NAMES]), metadata={"description": "One topic."}
    )
    region = fields.String(
        load_default="",
        validate=OneOf(["", *sorted(REGION_CODES)]),
        metadata={
            "description": "ISO 3166-2 code of a region: petitions to its bodies and its districts’ bodies."
        },
    )
    agency = fields.String(
        load_default="",
        validate=Regexp(r"^[a-z0-9-]{0,120}$"),
        metadata={"description": "The addressee’s slug; see the list of agencies."},
    )
    order = fields.String(
        load_default=Order.NEWEST.value,
        validate=OneOf([order.value for order in Order]),
        metadata={"description": "What comes first."},
    )


class AddresseeSchema(Schema):
    slug = said(fields.String, "The body’s name in addresses")
    names = said(OfItself, "What it is called", BodyNamesSchema)
    kind = said(
        fields.String,
        "Which threshold is its own",
        null=True,
        attribute="addressee_kind",
        validate=OneOf([kind.value for kind in AddresseeKind]),
    )


class ThresholdSchema(Schema):
    votes = said(fields.Integer, "Signatures that make it a supported petition", attribute="threshold_votes")
    rule = said(
        fields.String,
        "A fixed number, or a share of the residents",
        attribute="threshold_rule",
        validate=OneOf([computation.value for computation in Computation]),
    )
    percent = said(fields.Integer, "The share", null=True, attribute="threshold_percent")
    population = said(fields.Integer, "Residents that the share was taken of", null=True)
    population_date = said(fields.Date, "The day of that figure", null=True, attribute="population_on")
    article = said(fields.String, "Where the law says so", null=True, attribute="threshold_source")


class DemandSchema(Schema):
    number = said(fields.Integer, "Its place, from 1", attribute="position")
    text = said(fields.String, "What is asked, in the petition’s language")


class AnswerSchema(Schema):
    demand = said(fields.Integer, "The number of the demand", attribute="demand.position")
    kind = said(fields.String, "The answer in a word", validate=OneOf([kind.value for kind in AnswerKind]))
    text = said(fields.String, "The answer")
    responsible = said(fields.String, "Who carries it out; empty if nobody has to")
    by_when = said(fields.Date, "By when", null=True)


class DecisionSchema(Schema):
    outcome = said(fields.String, "As a whole", validate=OneOf([outcome.value for outcome in Outcome]))
    published_at = said(Instant, "When it was published")
    language = said(fields.String, "The language of the answers")
    signed_by = said(fields.String, "The head who signed it")
    answers = said(fields.Nested, "One answer per demand", AnswerSchema, many=True)


def links_of(number: int) -> dict[str, Any]:
    return {
        "url": address("petitions_api.petition", number=number),
        "history": address("petitions_api.history", number=number),
        "history_csv": address("petitions_api.history_csv", number=number),
        "comments": address("petitions_api.comments", number=number),
        "pages": pages("petitions.show", number=number),
    }


class PetitionSchema(Schema):
    """A petition on a list."""

    number = said(fields.Integer, "Its number for ever", attribute="petition.number")
    lang = said(
        fields.String,
        "The language in which it was written",
        attribute="petition.language",
        validate=OneOf(["kk", "ru", "en"]),
    )
    titles = said(
        fields.Dict,
        "Its title by language: the original, and those that the author gave besides",
        attribute="petition.titles",
        keys=fields.String(),
        values=fields.String(),
    )
    state = said(
        fields.String, "Where it stands", attribute="petition.state", validate=OneOf(PUBLIC_STATE_NAMES)
    )
    topic = said(fields.String, "What it is about", attribute="petition.topic")
    addressee = said(fields.Nested, "The body that is asked", AddresseeSchema, attribute="petition.addressee")
    region = said(
        fields.String, "ISO 3166-2 code of the addressee’s region; null for a central body", null=True
    )
    threshold = said(
        fields.Nested, "As it was on the day of publication", ThresholdSchema, attribute="petition"
    )
    signatures = said(fields.Integer, "Signatures that count now")
    published_at = said(Instant, "When signing began", attribute="petition.published_at")
    closes_at = said(
        Instant, "The first instant after the last day of signing", attribute="petition.closes_at"
    )
    supported_at = said(
        Instant,
        "When the threshold was reached; it stays reached",
        null=True,
        attribute="petition.supported_at",
    )
    due_on = said(fields.Date, "The last day on which the addressee is on time", null=True)
    clock = said(
        fields.String,
        "What the addressee’s clock says",
        null=True,
        attribute="clock_state",
        validate=OneOf([state.value for state in ClockState]),
    )
    demands = said(fields.Nested, "What is asked", DemandSchema, many=True, attribute="petition.demands")
    decision = said(fields.Nested, "The published decision", DecisionSchema, null=True)
    url = said(fields.URL, "This petition as JSON")
    history = said(fields.URL, "Its count, hour by hour")
    history_csv = said(fields.URL, "The same as CSV")
    comments = said(fields.URL, "What people said about it")
    pages = said(fields.Nested, "Its pages", PagesSchema)

    @post_dump
    def add_links(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**data, **links_of(data["number"])}


class PetitionsSchema(Schema):
    petitions = said(fields.Nested, "The page", PetitionSchema, many=True)
    next = said(fields.URL, "The next page; null on the last", null=True)


class FirstSupportSchema(Schema):
    needed = said(
        fields.Integer, "Citizens who had to join before publication", attribute="first_support_needed"
    )
    reached_at = said(Instant, "When they had", attribute="first_support_at")


class RegionSchema(Schema):
    code = said(fields.String, "ISO 3166-2 code")
    signatures = said(fields.Integer, "Signers who declared it; null where too few to be shown", null=True)


class RegionsSchema(Schema):
    cells = said(fields.Nested, "Region by region", RegionSchema, many=True)
    merged = said(fields.Integer, "The sum of the regions that show null")


class EventSchema(Schema):
    action = said(fields.String, "What happened")
    state = said(fields.String, "The state after it", attribute="target")
    at = said(Instant, "When")


class RatingSchema(Schema):
    """Signers only, not representative."""

    demand = said(fields.Integer, "The number of the demand")
    yes = said(fields.Integer, "Signers who say that the answer meets it", attribute="figures.yes")
    partly = said(fields.Integer, "In part", attribute="figures.partly")
    no = said(fields.Integer, "Not", attribute="figures.no")


class StatementSchema(Schema):
    text = said(fields.String, "The official statement about the decision", attribute="statement_text")
    link = said(fields.String, "Where it was made", null=True, attribute="statement_link")
    on = said(fields.Date, "When", null=True, attribute="statement_on")


class LetterSchema(Schema):
    answered_at = said(Instant, "When the letter was answered", attribute="letter_answered_at")
    text = said(fields.String, "The answer", attribute="letter_answer")


class WholePetitionSchema(PetitionSchema):
    """Everything that is public about one petition."""

    arguments = said(fields.String, "Why, in the petition’s language", attribute="petition.arguments")
    first_support = said(fields.Nested, "What preceded publication", FirstSupportSchema)
    rules = said(
        fields.String, "The wording of the law that it was filed under", attribute="petition.rules_version"
    )
    regions = said(
        fields.Nested, "By the region that signers declared; small cells are merged", RegionsSchema
    )
    registration_number = said(
        fields.String, "The addressee’s number", null=True, attribute="petition.registration_number"
    )
    duty = said(fields.Nested, "What the addressee owes or did", DutySchema, null=True)
    decision_parts = said(
        fields.Dict,
        "The parts that the law requires of a decision, by their ids",
        keys=fields.String(),
        values=fields.String(),
    )
    ratings = said(
        fields.Nested,
        "What signers said of each answer: signers only, not representative",
        RatingSchema,
        many=True,
        attribute="rated_answers",
    )
    statement = said(fields.Nested, "About the decision", StatementSchema, null=True)
    letter = said(fields.Nested, "The answer to an unsupported petition", LetterSchema, null=True)
    timeline = said(fields.Nested, "What happened, oldest first", EventSchema, many=True)


class HourSchema(Schema):
    hour = said(Instant, "When the hour began")
    added = said(fields.Integer, "Signatures that joined less those that were withdrawn; may be negative")
    invalidated = said(fields.Integer, "Signatures taken out of the count, with a public reason")
    total = said(fields.Integer, "The count at the end of the hour")


class FallSchema(Schema):
    hour = said(Instant, "When the hour began")
    reason = said(
        fields.String, "The class of reason", validate=OneOf([reason.value for reason in InvalidationReason])
    )
    count = said(fields.Integer, "Signatures")


class HistorySchema(Schema):
    number = said(fields.Integer, "The petition’s number")
    signatures = said(fields.Integer, "Signatures that count now")
    hours = said(
        fields.Nested, "Oldest first; hours in which nothing changed are absent", HourSchema, many=True
    )
    falls = said(fields.Nested, "Invalidations, oldest first", FallSchema, many=True)
