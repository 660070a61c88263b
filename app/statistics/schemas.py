"""The shape of bodies and of rejections in the open data."""

from marshmallow import Schema, fields
from marshmallow.validate import OneOf

from app.agencies.models import AgencyKind
from app.comments.schemas import CommentFiguresSchema
from app.law.rules import GroundKind
from app.law.thresholds import AddresseeKind, Computation
from app.web.schemas import BodyNamesSchema, Instant, PageQuery, PagesSchema, WordsSchema, said


class FiguresSchema(Schema):
    """What was owed to citizens: decisions on petitions, answers to unsupported ones, answers to the comments on a
    draft act (counted once a draft), reports on discussions."""

    on_time = said(fields.Integer, "Answered on time")
    late = said(fields.Integer, "Answered late")
    unanswered = said(fields.Integer, "Owed now")
    overdue = said(fields.Integer, "Owed now, and late already")


class BodyThresholdSchema(Schema):
    """What a petition to this body would need today."""

    votes = said(fields.Integer, "Signatures; null where no population is published", null=True)
    rule = said(
        fields.String,
        "A fixed number, or a share of the residents",
        validate=OneOf([computation.value for computation in Computation]),
    )
    percent = said(fields.Integer, "The share", null=True)
    population = said(fields.Integer, "Residents that the share is taken of", null=True)
    population_date = said(fields.Date, "The day of that figure", null=True)
    article = said(fields.String, "Where the law says so")


class BodySchema(Schema):
    slug = said(fields.String, "The body’s name in addresses")
    names = said(fields.Nested, "What it is called", BodyNamesSchema, attribute="agency")
    kind = said(
        fields.String,
        "What it is",
        attribute="agency.kind",
        validate=OneOf([kind.value for kind in AgencyKind]),
    )
    addressee_kind = said(
        fields.String,
        "Which threshold is its own; null where it cannot be petitioned",
        null=True,
        attribute="agency.addressee_kind",
        validate=OneOf([kind.value for kind in AddresseeKind]),
    )
    territory = said(
        fields.String, "ISO 3166-2 or KATO code of its territory; null for a central body", null=True
    )
    threshold = said(fields.Nested, "What a petition to it needs", BodyThresholdSchema, null=True)
    figures = said(fields.Nested, "How it answers", FiguresSchema)
    comments = said(
        fields.Nested, "The meter of the comments on its draft acts, all together", CommentFiguresSchema
    )
    pages = said(fields.Nested, "Its pages", PagesSchema)


class BodiesSchema(Schema):
    on = said(fields.Date, "The day of the figures")
    rules = said(fields.String, "The wording of the law in force on that day")
    agencies = said(fields.Nested, "Central bodies first, then by region", BodySchema, many=True)


class GroundSchema(Schema):
    id = said(fields.String, "Its name in the rules")
    kind = said(
        fields.String, "What sort of reason it is", validate=OneOf([kind.value for kind in GroundKind])
    )
    number = said(fields.Integer, "Its number in the law’s list", null=True)
    texts = said(fields.Nested, "In short, in our words", WordsSchema, attribute="text")
    article = said(fields.String, "Where the law says so", attribute="source")


class RejectionSchema(Schema):
    """A stub: the text of a rejected petition is not public."""

    number = said(fields.Integer, "The petition’s number")
    rejected_at = said(Instant, "When")
    addressee = said(fields.String, "The slug of the body that it was meant for")
    rules = said(fields.String, "The wording of the law that it was filed under")
    ground = said(fields.Nested, "The item of the law’s list", GroundSchema)


class RejectionsQuery(PageQuery):
    """A page of the register."""


class RejectionsSchema(Schema):
    rejections = said(fields.Nested, "The page, newest first", RejectionSchema, many=True)
    next = said(fields.URL, "The next page; null on the last", null=True)
