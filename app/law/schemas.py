"""The shape of the rules in the open data."""

from marshmallow import Schema, fields
from marshmallow.validate import OneOf

from app.law.consultation_rules import Level, Procedure, Rank, Stage
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


class BasisSchema(Schema):
    names = said(
        fields.Nested,
        "The act or document; sources begin with its English name",
        WordsSchema,
        attribute="name",
    )
    notes = said(fields.Nested, "What we read of it", WordsSchema, attribute="note")


class StageSchema(SourcedSchema):
    id = said(fields.String, "Its name here", validate=OneOf(list(Stage)))
    names = said(fields.Nested, "In words", WordsSchema, attribute="name")


class ActKindSchema(SourcedSchema):
    id = said(fields.String, "Its name here")
    names = said(fields.Nested, "In words", WordsSchema, attribute="name")
    rank = said(fields.String, "What it would be once adopted", validate=OneOf(list(Rank)))
    levels = said(fields.List, "How far it can reach", fields.String(validate=OneOf(list(Level))))
    stages = said(fields.List, "What it passes", fields.String(validate=OneOf(list(Stage))))


class DiscussionSchema(Schema):
    stage = said(fields.String, "At which stage", validate=OneOf(list(Stage)))
    rank = said(fields.String, "For texts of this rank; null if kinds are named", null=True)
    kinds = said(fields.List, "For these kinds, before any rank", fields.String())
    term = said(fields.String, "The name of the period", attribute="term.name")


class ExemptionSchema(SourcedSchema):
    id = said(fields.String, "Its name here")
    texts = said(fields.Nested, "In short, in our words", WordsSchema, attribute="text")
    stages = said(fields.List, "At which stages", fields.String(validate=OneOf(list(Stage))))
    releases_from = said(fields.List, "From what", fields.String(validate=OneOf(list(Procedure))))


class RuleTextSchema(SourcedSchema):
    id = said(fields.String, "Its name here")
    texts = said(fields.Nested, "In our words", WordsSchema, attribute="text")


class ConsultationWordingSchema(Schema):
    """One wording of the rules of consultation on draft acts."""

    id = said(fields.String, "Its name here")
    act = said(fields.Nested, "The acts", WordsSchema)
    in_force_from = said(fields.Date, "The first day in force")
    in_force_until = said(fields.Date, "The last day in force; null for the newest", null=True)
    in_force_mark = said(fields.String, "How sure we are of these days", validate=MARKS)
    bases = said(fields.Nested, "What the rules rest on", BasisSchema, many=True)
    stages = said(fields.Nested, "Stages", StageSchema, many=True)
    kinds = said(fields.Nested, "Kinds of act", ActKindSchema, many=True)
    deadlines = said(fields.Nested, "Periods that this site counts", DeadlineSchema, many=True)
    deadlines_elsewhere = said(fields.Nested, "Periods that others keep", DeadlineSchema, many=True)
    discussions = said(fields.Nested, "Which period of discussion holds where", DiscussionSchema, many=True)
    exemptions = said(fields.Nested, "Grounds for leaving a procedure out", ExemptionSchema, many=True)
    hiding_reasons = said(fields.Nested, "Why a comment may be hidden", RuleTextSchema, many=True)
    readings = said(fields.Nested, "How silent passages are read", RuleTextSchema, many=True)


class RulesSchema(Schema):
    wordings = said(fields.Nested, "Of the petition rules, oldest first", WordingSchema, many=True)
    consultations = said(
        fields.Nested,
        "Of the rules of consultation, oldest first",
        ConsultationWordingSchema,
        many=True,
    )
