"""The shape of promises in the open data, and of what may be asked for."""

from marshmallow import Schema, fields
from marshmallow.validate import OneOf, Regexp

from app.promises.lifecycle import Action, State
from app.promises.queries import Facet
from app.web.schemas import BodyNamesSchema, Instant, OfItself, PageQuery, PagesSchema, said

SLUG = Regexp(r"^[a-z0-9-]{0,120}$")


class PromisesQuery(PageQuery):
    """What is wanted of the list."""

    state = fields.String(
        load_default=Facet.ALL.value,
        validate=OneOf([facet.value for facet in Facet]),
        metadata={"description": "One state; `late` are open promises whose day is over."},
    )
    body = fields.String(
        load_default="",
        validate=SLUG,
        metadata={"description": "The slug of the body that promised; see the list of agencies."},
    )
    council = fields.String(
        load_default="",
        validate=SLUG,
        metadata={"description": "The slug of the council whose recommendations were answered."},
    )


class PromisingBodySchema(Schema):
    slug = said(fields.String, "The body’s name in addresses")
    names = said(OfItself, "What it is called", BodyNamesSchema)


class PromiseAboutSchema(Schema):
    """What a promise was found in, or what it is about."""

    kind = said(fields.String, "What kind of thing it is, such as `draft` or `petition`")
    number = said(fields.Integer, "Its number among things of its kind")


class PromiseEntrySchema(Schema):
    action = said(
        fields.String,
        "What was done",
        validate=OneOf([action.value for action in Action if action is not Action.FOLLOW]),
    )
    at = said(Instant, "When")
    was_due_on = said(fields.Date, "The due day before", null=True)
    due_on = said(fields.Date, "The due day from then on", null=True)
    words = said(fields.String, "The reason, or what was done", null=True)


class PromiseSchema(Schema):
    number = said(fields.Integer, "Its number")
    state = said(fields.String, "Its state", validate=OneOf([state.value for state in State]))
    is_late = said(fields.Boolean, "Whether it is open and its day is over")
    body = said(fields.Nested, "Who promised", PromisingBodySchema)
    council = said(fields.String, "The slug of the council that recommended it", null=True)
    what = said(fields.String, "What is promised, in short")
    quote = said(fields.String, "The sentence in which it is promised, word for word")
    language = said(fields.String, "The language of the sentence", validate=OneOf(["kk", "ru", "en"]))
    due_on = said(fields.Date, "The last day on which it is on time")
    source = said(fields.Nested, "The text in which it stands", PromiseAboutSchema)
    subject = said(fields.Nested, "What it is about", PromiseAboutSchema, null=True)
    entered_at = said(Instant, "When somebody entered it")
    done_on = said(fields.Date, "The day on which it was done", null=True)
    closed_at = said(Instant, "When it was done or dropped", null=True)
    closing_words = said(fields.String, "What was done, or why it was dropped", null=True)
    proof_link = said(fields.String, "The link that proves it", null=True)
    pages = said(fields.Nested, "Its page for people", PagesSchema)


class PromisesSchema(Schema):
    promises = said(fields.List, "The promises of this page", fields.Nested(PromiseSchema))
    next = said(fields.URL, "The next page", null=True)


class WholePromiseSchema(PromiseSchema):
    history = said(
        fields.List,
        "What happened to it, oldest first",
        fields.Nested(PromiseEntrySchema),
        attribute="entries",
    )
