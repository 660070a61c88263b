"""The shape of councils in the open data."""

from typing import Any

from marshmallow import Schema, fields, post_dump
from marshmallow.validate import Length, OneOf

from app.councils.models import CouncilLevel, OfficeKind, Origin
from app.territories.data import REGION_CODES
from app.web.openapi import address, pages
from app.web.schemas import BodyNamesSchema, PageQuery, PagesSchema, WordsSchema, said

LEVEL_NAMES = [level.value for level in CouncilLevel]


class CouncilsQuery(PageQuery):
    """What is wanted of the register."""

    level = fields.String(
        load_default="",
        validate=OneOf(["", *LEVEL_NAMES]),
        metadata={"description": "Only councils of that level."},
    )
    region = fields.String(
        load_default="",
        validate=OneOf(["", *sorted(REGION_CODES)]),
        metadata={
            "description": "ISO 3166-2 code: the council of the region and those of its cities and districts."
        },
    )
    q = fields.String(
        load_default="",
        validate=Length(max=200),
        metadata={"description": "Beginnings of words of the name, in any of the three languages."},
    )


class CouncilBodySchema(Schema):
    """The body at which a council stands."""

    slug = said(
        fields.String, "Its name in the list of bodies; null if it is not a body of that list", null=True
    )
    names = said(fields.Nested, "What it is called", BodyNamesSchema)


class CouncilSchema(Schema):
    """A council on a list."""

    slug = said(fields.String, "The council’s name in addresses", attribute="council.slug")
    level = said(fields.String, "Where it stands", attribute="council.level", validate=OneOf(LEVEL_NAMES))
    names = said(fields.Nested, "What it is called", WordsSchema)
    territory = said(
        fields.String,
        "ISO 3166-2 or KATO code of its territory; null for a council of the republic",
        null=True,
    )
    region = said(fields.String, "ISO 3166-2 code of the region in which it stands", null=True)
    body = said(fields.Nested, "The body at which it stands", CouncilBodySchema)
    topics = said(fields.List, "What it looks at", fields.String(), attribute="council.topics")
    confidence = said(
        fields.String, "How its place in the register came about", attribute="council.confidence"
    )
    members = said(fields.Integer, "How many sit in it today; 0 where no composition was entered")
    url = said(fields.URL, "This council as JSON")
    pages = said(fields.Nested, "Its pages", PagesSchema)

    @post_dump
    def add_links(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        slug = data["slug"]
        return {
            **data,
            "url": address("councils_api.council", slug=slug),
            "pages": pages("councils.show", slug=slug),
        }


class CouncilsSchema(Schema):
    councils = said(fields.Nested, "The page", CouncilSchema, many=True)
    next = said(fields.URL, "The next page; null on the last", null=True)


class MemberSchema(Schema):
    """A member as everybody sees them."""

    name = said(fields.String, "Name", attribute="member.name")
    origin = said(
        fields.String, "From where", attribute="member.origin", validate=OneOf([o.value for o in Origin])
    )
    ngo = said(fields.String, "The organisation", null=True, attribute="member.ngo")
    term = said(fields.Integer, "Which term in a row", attribute="member.term")
    starts_on = said(fields.Date, "First day of the seat", attribute="member.starts_on")
    ends_on = said(fields.Date, "Last day of the seat", attribute="member.last_day")
    offices = said(
        fields.List, "Offices held today", fields.String(validate=OneOf([k.value for k in OfficeKind]))
    )
    in_presidium = said(fields.Boolean, "Whether in the presidium")


class CommissionSeatSchema(Schema):
    name = said(fields.String, "Name", attribute="member.name")
    is_head = said(fields.Boolean, "Whether the head of the commission")


class CommissionSchema(Schema):
    names = said(fields.Nested, "What it is called", BodyNamesSchema)
    members = said(fields.Nested, "Who works in it", CommissionSeatSchema, many=True)


class CompositionSchema(Schema):
    on = said(fields.Date, "The day of this composition")
    seats = said(fields.Integer, "Seats by its regulation; the number of members where none is named")
    civil_society = said(fields.Integer, "Members of civil society")
    civil_society_least = said(fields.Integer, "How many of them the law asks for")
    is_enough = said(fields.Boolean, "Whether the share of civil society is kept; false for an empty council")
    members = said(fields.Nested, "Who sits in it", MemberSchema, many=True)
    commissions = said(fields.Nested, "Its commissions", CommissionSchema, many=True)


class WholeCouncilSchema(CouncilSchema):
    composition = said(fields.Nested, "Its composition today", CompositionSchema)
