"""The shape of a duty in the open data."""

from marshmallow import Schema, fields
from marshmallow.validate import OneOf

from app.duties.models import DutyKind
from app.web.schemas import said


class DutySchema(Schema):
    kind = said(fields.String, "What is owed", validate=OneOf([kind.value for kind in DutyKind]))
    article = said(fields.String, "Where the law says so", attribute="source")
    started_on = said(fields.Date, "The day of the fact from which the days are counted")
    due_on = said(fields.Date, "The first due date")
    extended_to = said(fields.Date, "The due date after an extension", null=True)
    extension_reason = said(fields.String, "Why it was extended", null=True)
    fulfilled_on = said(fields.Date, "The day on which it was done", null=True)
