"""The shape of the rules in the open data."""

from marshmallow import Schema, fields
from marshmallow.validate import OneOf

from app.law.consultation_rules import Level, Procedure, Rank, Stage
from app.law.council_rules import CouncilLevel, MajorityKind, OutcomeSubject, TieKind
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


class LevelSchema(SourcedSchema):
    id = said(fields.String, "Its name here", validate=OneOf(list(CouncilLevel)))
    names = said(fields.Nested, "In words", WordsSchema, attribute="name")
    members_least = said(fields.Integer, "The least members; null if the law names none", null=True)
    members_most = said(fields.Integer, "The most members; null if the law names none", null=True)


class ShareSchema(SourcedSchema):
    id = said(fields.String, "Its name here")
    numerator = said(fields.Integer, "So many parts")
    denominator = said(fields.Integer, "Of so many")
    titles = said(fields.Nested, "In words", WordsSchema, attribute="title")


class FigureSchema(SourcedSchema):
    id = said(fields.String, "Its name here")
    value = said(fields.Integer, "The number")
    titles = said(fields.Nested, "In words", WordsSchema, attribute="title")


class RemovalGroundSchema(RuleTextSchema):
    is_shown = said(fields.Boolean, "Whether the public is told this ground when it is used")


class RequirementSchema(RuleTextSchema):
    levels = said(
        fields.List, "For councils of these levels", fields.String(validate=OneOf(list(CouncilLevel)))
    )
    is_certified = said(fields.Boolean, "Whether a certificate is handed in")


class OutcomeSchema(SourcedSchema):
    id = said(fields.String, "Its name here")
    subject = said(fields.String, "What is spoken of", validate=OneOf(list(OutcomeSubject)))
    names = said(fields.Nested, "In words", WordsSchema, attribute="name")
    needs_recommendations = said(fields.Boolean, "Whether it says nothing without recommendations")


class MatterSchema(SourcedSchema):
    id = said(fields.String, "Its name here")
    names = said(fields.Nested, "In words", WordsSchema, attribute="name")
    answer = said(fields.String, "The name of the period of the answer", attribute="answer.name")


class ControlFormSchema(SourcedSchema):
    id = said(fields.String, "Its name here")
    names = said(fields.Nested, "In words", WordsSchema, attribute="name")
    final_documents = said(fields.Nested, "What ends it", WordsSchema, attribute="final_document")
    deadlines = said(fields.List, "The names of the periods it keeps", fields.Pluck(DeadlineSchema, "name"))
    answer = said(fields.String, "The name of the period of the answer", attribute="answer.name")


class CouncilWordingSchema(Schema):
    """One wording of the rules of public councils and public control."""

    id = said(fields.String, "Its name here")
    act = said(fields.Nested, "The acts", WordsSchema)
    in_force_from = said(fields.Date, "The first day in force")
    in_force_until = said(fields.Date, "The last day in force; null for the newest", null=True)
    in_force_mark = said(fields.String, "How sure we are of these days", validate=MARKS)
    bases = said(fields.Nested, "What the rules rest on", BasisSchema, many=True)
    levels = said(fields.Nested, "Kinds of council", LevelSchema, many=True)
    without_council = said(fields.Nested, "Bodies that form no council", RuleTextSchema, many=True)
    shares = said(fields.Nested, "Parts of a whole", ShareSchema, many=True)
    figures = said(fields.Nested, "Numbers", FigureSchema, many=True)
    requirements = said(fields.Nested, "What a candidate must be", RequirementSchema, many=True)
    candidate_bars = said(fields.Nested, "Who cannot be a candidate", RuleTextSchema, many=True)
    removal_grounds = said(fields.Nested, "Why a membership ends early", RemovalGroundSchema, many=True)
    majorities = said(fields.Nested, "How many must be for", RuleTextSchema, many=True)
    default_majority = said(
        fields.String,
        "The one that holds unless a council says otherwise",
        attribute="default_majority.id",
        validate=OneOf(list(MajorityKind)),
    )
    ties = said(fields.Nested, "What a tie means", RuleTextSchema, many=True)
    default_tie = said(
        fields.String,
        "The one that holds unless a council says otherwise",
        attribute="default_tie.id",
        validate=OneOf(list(TieKind)),
    )
    outcomes = said(fields.Nested, "What a council says", OutcomeSchema, many=True)
    matters = said(fields.Nested, "What else it takes up", MatterSchema, many=True)
    publicity = said(fields.Nested, "What the public is told", RuleTextSchema, many=True)
    deadlines = said(fields.Nested, "Periods", DeadlineSchema, many=True)
    forms = said(fields.Nested, "Forms of public control", ControlFormSchema, many=True)
    subject_bars = said(fields.Nested, "Who may not take part in control", RuleTextSchema, many=True)
    readings = said(fields.Nested, "How silent passages are read", RuleTextSchema, many=True)


class RulesSchema(Schema):
    wordings = said(fields.Nested, "Of the petition rules, oldest first", WordingSchema, many=True)
    consultations = said(
        fields.Nested,
        "Of the rules of consultation, oldest first",
        ConsultationWordingSchema,
        many=True,
    )
    councils = said(
        fields.Nested,
        "Of the rules of public councils, oldest first",
        CouncilWordingSchema,
        many=True,
    )
