"""The shape of the rules in the open data."""

from marshmallow import Schema, fields
from marshmallow.validate import OneOf

from app.law.rules import GroundKind, Mark, Unit
from app.law.thresholds import AddresseeKind
from app.web.schemas import WordsSchema, said

MARKS = OneOf([mark.value for mark in Mark])


class SourcedSchema(Schema):
    """Something that the rules state: its article, and how sure we are of it."""

    article = said(fields.String, "Where it is written", attribute="source")
    mark = said(fields.String, "How sure we are of it", validate=MARKS)


class ThresholdRuleSchema(SourcedSchema):
    addressee = said(
        fields.String,
        "The kind of body that is asked",
        validate=OneOf([kind.value for kind in AddresseeKind]),
    )
    votes = said(fields.Integer, "A fixed number of signatures", null=True)
    if_population_over = said(fields.Integer, "The number holds above so many residents", null=True)
    percent = said(fields.Integer, "The share of the residents, elsewhere", null=True)


class DeadlineSchema(SourcedSchema):
    name = said(fields.String, "What it is for")
    value = said(fields.Integer, "How many; 0 is the day of the fact itself")
    unit = said(fields.String, "Of what", validate=OneOf([unit.value for unit in Unit]))
    starts = said(fields.String, "The fact from which it is counted")
    titles = said(fields.Nested, "In words", WordsSchema, attribute="title")


class GroundRuleSchema(SourcedSchema):
    id = said(fields.String, "Its name here")
    kind = said(
        fields.String, "What sort of reason it is", validate=OneOf([kind.value for kind in GroundKind])
    )
    number = said(fields.Integer, "Its number in the law’s list", null=True)
    texts = said(fields.Nested, "In short, in our words", WordsSchema, attribute="text")


class WordingSchema(Schema):
    """One wording of the petition rules."""

    id = said(fields.String, "Its name here")
    act = said(fields.Nested, "The act", WordsSchema)
    in_force_from = said(fields.Date, "The first day in force")
    in_force_until = said(fields.Date, "The last day in force; null for the newest", null=True)
    in_force_mark = said(fields.String, "How sure we are of these days", validate=MARKS)
    thresholds = said(fields.Nested, "Signatures needed", ThresholdRuleSchema, many=True)
    deadlines = said(fields.Nested, "Periods", DeadlineSchema, many=True)
    grounds = said(fields.Nested, "Why publication may be refused", GroundRuleSchema, many=True)


class RulesSchema(Schema):
    wordings = said(fields.Nested, "Oldest first", WordingSchema, many=True)
