"""The shape of public control in the open data."""

from typing import Any

from marshmallow import Schema, fields, post_dump
from marshmallow.validate import OneOf, Regexp

from app.control.lifecycle import PUBLIC_STATES, Assessment, Form, Role
from app.duties.schemas import DutySchema
from app.web.openapi import address, pages
from app.web.schemas import BodyNamesSchema, Instant, OfItself, PageQuery, PagesSchema, said

FORMS = [form.value for form in Form]
STATES = sorted(state.value for state in PUBLIC_STATES)
SLUG = Regexp(r"^[a-z0-9-]{0,120}$")


class ControlQuery(PageQuery):
    """What is wanted of the list."""

    form = fields.String(
        load_default="", validate=OneOf(["", *FORMS]), metadata={"description": "One form of public control."}
    )
    state = fields.String(
        load_default="", validate=OneOf(["", *STATES]), metadata={"description": "One state."}
    )
    council = fields.String(
        load_default="", validate=SLUG, metadata={"description": "The slug of the council that leads it."}
    )
    body = fields.String(
        load_default="", validate=SLUG, metadata={"description": "The slug of the body under control."}
    )


def by_language(description: str, attribute: str) -> fields.Dict:
    return said(fields.Dict, description, attribute=attribute, keys=fields.String(), values=fields.String())


class ControlBodySchema(Schema):
    slug = said(fields.String, "The body’s name in addresses")
    names = said(OfItself, "What it is called", BodyNamesSchema)


class ControlCouncilSchema(Schema):
    slug = said(fields.String, "The council’s name in addresses")
    names = said(OfItself, "What it is called", BodyNamesSchema)


class ControlActSchema(Schema):
    """An act of public control on a list."""

    number = said(fields.Integer, "Its number for ever")
    form = said(fields.String, "Its form; see the rules", attribute="form.value", validate=OneOf(FORMS))
    state = said(fields.String, "Where it stands", attribute="state.value", validate=OneOf(STATES))
    titles = by_language("Its title by language", "titles")
    subjects = by_language("What it is about, by language", "subjects")
    council = said(fields.Nested, "The council that leads it", ControlCouncilSchema)
    body = said(fields.Nested, "The body under control", ControlBodySchema, attribute="agency")
    rules = said(fields.String, "The wording of the rules that it began under", attribute="rules_version")
    announced_at = said(Instant, "When the notice was published")
    starts_at = said(Instant, "When it begins", attribute="gathering.starts_at")
    place = said(fields.String, "Where", attribute="gathering.place")
    held_on = said(fields.Date, "The day on which it ended", null=True)
    concluded_at = said(Instant, "When its final document was published", null=True)
    url = said(fields.URL, "This act as JSON")
    pages = said(fields.Nested, "Its pages", PagesSchema)

    @post_dump
    def add_links(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        number = data["number"]
        return {
            **data,
            "url": address("control_api.act", number=number),
            "pages": pages("control.show", number=number),
        }


class ControlActsSchema(Schema):
    acts = said(fields.Nested, "The page", ControlActSchema, many=True)
    next = said(fields.URL, "The next page; null on the last", null=True)


class ControlPersonSchema(Schema):
    role = said(
        fields.String,
        "What the person does",
        attribute="role.value",
        validate=OneOf([role.value for role in Role]),
    )
    name = said(fields.String, "The name")
    position = said(fields.String, "Position, organisation")
    qualification = said(fields.String, "An expert’s degree", null=True)
    years_in_field = said(fields.Integer, "An expert’s years in the field", null=True)


class ControlMoveSchema(Schema):
    at = said(Instant, "When it was moved")
    was_at = said(Instant, "When it would have begun")
    was_place = said(fields.String, "Where it would have been")
    reason = said(fields.String, "Why")


class ControlVisitSchema(Schema):
    on = said(fields.Date, "When")
    place = said(fields.String, "Where")
    note = said(fields.String, "What was seen")


class ControlQuestionSchema(Schema):
    id = said(fields.Integer, "Its number")
    lang = said(fields.String, "Its language", attribute="language")
    text = said(fields.String, "The question")
    asked_at = said(Instant, "When it was sent")
    supports = said(fields.Integer, "How many want it asked")
    answer = said(fields.String, "What was answered", null=True)


class ControlAnswerSchema(Schema):
    kind = said(fields.String, "accepted, partly or refused", attribute="kind.value")
    lang = said(fields.String, "Its language", attribute="language")
    change = said(fields.String, "What changes")
    by_when = said(fields.Date, "By when", null=True)
    reasons = said(fields.String, "Why not, or why only in part")


class ControlRecommendationSchema(Schema):
    number = said(fields.Integer, "Its number in the document", attribute="row.position")
    texts = by_language("The recommendation by language", "row.texts")
    answer = said(fields.Nested, "The body’s published answer", ControlAnswerSchema, null=True)


class WholeControlActSchema(ControlActSchema):
    """Everything that is public about one act but the files."""

    programmes = by_language("Its programme by language", "programmes")
    participants = said(fields.Nested, "Who takes part", ControlPersonSchema, many=True)
    moves = said(
        fields.Nested, "How it was moved, oldest first", ControlMoveSchema, many=True,
        attribute="gathering.moves",
    )  # fmt: skip
    visits = said(fields.Nested, "Visits of a monitoring group", ControlVisitSchema, many=True)
    questions = said(
        fields.Nested, "Questions, the most wanted first; at most 500", ControlQuestionSchema, many=True
    )
    present = said(fields.Integer, "How many were present", null=True)
    in_favour = said(fields.Integer, "How many were in favour of the final document", null=True)
    assessment = said(
        fields.String, "What the council says of a head’s report", null=True,
        validate=OneOf([one.value for one in Assessment]),
    )  # fmt: skip
    final_texts = by_language("The final document by language; empty before it is signed", "final_texts")
    recommendations = said(
        fields.Nested, "Its recommendations with the answers", ControlRecommendationSchema, many=True
    )
    document_duty = said(fields.Nested, "The term of the final document", DutySchema, null=True)
    answer_duty = said(fields.Nested, "The term of the answers", DutySchema, null=True)
    cancellation_reason = said(fields.String, "Why it does not take place", null=True)
