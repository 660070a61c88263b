"""The shape of draft acts in the open data, and of what may be asked for."""

from typing import Any

from marshmallow import Schema, fields, post_dump
from marshmallow.validate import Length, OneOf, Range, Regexp

from app.comments.schemas import CommentFiguresSchema
from app.consultations.lifecycle import PUBLIC_STATES
from app.consultations.models import ReportFormat
from app.consultations.queries.listing import Facet, Order
from app.documents.tree import BlockKind
from app.duties.models import ClockState
from app.duties.schemas import DutySchema
from app.law import Stage
from app.law.consultation_rules import Level
from app.law.rules import Mark, Unit
from app.territories.data import REGION_CODES
from app.text.topics import topics
from app.web.openapi import address, pages
from app.web.schemas import BodyNamesSchema, Instant, OfItself, PageQuery, PagesSchema, said

PUBLIC_STATE_NAMES = sorted(state.value for state in PUBLIC_STATES)
STATE_NAMES = list(dict.fromkeys([*(facet.value for facet in Facet), *PUBLIC_STATE_NAMES]))
TOPIC_NAMES = [topic.id for topic in topics()]
TEXT_LANGUAGES = ["kk", "ru"]
LONGEST_WAIT = 365


class DraftsQuery(PageQuery):
    """What is wanted of the list."""

    state = fields.String(
        load_default=Facet.ALL.value,
        validate=OneOf(STATE_NAMES),
        metadata={
            "description": "One public state, or a group of them as on the site. `all` leaves out what is exempt "
            "from discussion."
        },
    )
    q = fields.String(
        load_default="",
        validate=Length(max=200),
        metadata={
            "description": "Words of titles, summaries, notes and texts, in any of the three languages; all of "
            "them must occur."
        },
    )
    stage = fields.String(
        load_default="",
        validate=OneOf(["", *(stage.value for stage in Stage)]),
        metadata={"description": "At which point of lawmaking it is discussed."},
    )
    topic = fields.String(
        load_default="", validate=OneOf(["", *TOPIC_NAMES]), metadata={"description": "One topic."}
    )
    region = fields.String(
        load_default="",
        validate=OneOf(["", *sorted(REGION_CODES)]),
        metadata={"description": "ISO 3166-2 code of the region in which the act would hold."},
    )
    body = fields.String(
        load_default="",
        validate=Regexp(r"^[a-z0-9-]{0,120}$"),
        metadata={"description": "The slug of the body that develops it; see the list of agencies."},
    )
    days = fields.Integer(
        load_default=None,
        allow_none=True,
        validate=Range(min=1, max=LONGEST_WAIT),
        metadata={"description": "Only what takes comments and closes within so many days."},
    )
    order = fields.String(
        load_default=Order.NEWEST.value,
        validate=OneOf([order.value for order in Order]),
        metadata={"description": "What comes first."},
    )


class ClausesQuery(PageQuery):
    """Which text of a version, from where."""

    language = fields.String(
        validate=OneOf(TEXT_LANGUAGES),
        metadata={"description": "The text’s language; the one in which the draft was written if left out."},
    )


class RowsQuery(PageQuery):
    """A page of the comparative table."""


class DeveloperSchema(Schema):
    slug = said(fields.String, "The body’s name in addresses")
    names = said(OfItself, "What it is called", BodyNamesSchema)


class TermSchema(Schema):
    opens_on = said(fields.Date, "The first day on which comments are taken")
    closes_on = said(fields.Date, "The last day")
    value = said(fields.Integer, "How long the rules have it discussed", null=True, attribute="term_value")
    unit = said(
        fields.String,
        "Of what",
        null=True,
        attribute="term_unit",
        validate=OneOf([unit.value for unit in Unit]),
    )
    article = said(fields.String, "Where it is written", null=True, attribute="term_source")
    mark = said(
        fields.String,
        "How sure we are of it",
        null=True,
        attribute="term_mark",
        validate=OneOf([mark.value for mark in Mark]),
    )
    reason = said(
        fields.String, "Why it is longer, or on which ground shorter", null=True, attribute="term_reason"
    )


class ExemptDraftSchema(Schema):
    ground = said(fields.String, "The ground; see the rules’ `exemptions`", attribute="exemption_ground")
    note = said(fields.String, "What the body says of it", null=True, attribute="exemption_note")


class AdoptedSchema(Schema):
    on = said(fields.Date, "When it was adopted", null=True, attribute="adopted_on")
    link = said(fields.String, "Its official text", attribute="adopted_link")
    title = said(fields.String, "What it is called there", null=True, attribute="adopted_title")


def words_by_language(description: str, attribute: str) -> fields.Dict:
    return said(fields.Dict, description, attribute=attribute, keys=fields.String(), values=fields.String())


class DraftSchema(Schema):
    """A draft act on a list."""

    number = said(fields.Integer, "Its number for ever", attribute="draft.number")
    lang = said(
        fields.String,
        "The language in which it was written",
        attribute="draft.language",
        validate=OneOf(TEXT_LANGUAGES),
    )
    titles = words_by_language("Its title by language", "draft.titles")
    summaries = words_by_language("In plain words, by language", "draft.summaries")
    state = said(
        fields.String, "Where it stands", attribute="draft.state", validate=OneOf(PUBLIC_STATE_NAMES)
    )
    stage = said(
        fields.String,
        "At which point of lawmaking it is discussed",
        attribute="draft.stage",
        validate=OneOf([stage.value for stage in Stage]),
    )
    kind = said(fields.String, "The kind of act; see the rules’ `kinds`", attribute="draft.kind")
    level = said(
        fields.String,
        "How far it would reach",
        attribute="draft.level",
        validate=OneOf([level.value for level in Level]),
    )
    topic = said(fields.String, "What it is about", attribute="draft.topic")
    region = said(
        fields.String, "ISO 3166-2 code of the region in which it would hold", null=True,
        attribute="draft.region_code",
    )  # fmt: skip
    affects = said(fields.List, "Whom it concerns", fields.String(), attribute="draft.affects")
    developer = said(fields.Nested, "The body that develops it", DeveloperSchema, attribute="draft.agency")
    announced_at = said(Instant, "When it was made public", attribute="draft.announced_at")
    term = said(fields.Nested, "When comments are taken; null if it is exempt", TermSchema, null=True)
    due_on = said(
        fields.Date, "The last day for comments while it is open, then for the answers to them", null=True
    )
    clock = said(
        fields.String,
        "What the clock of that day says",
        null=True,
        validate=OneOf([state.value for state in ClockState]),
    )
    figures = said(fields.Nested, "The meter of comments and answers", CommentFiguresSchema)
    likes = said(fields.Integer, "People who like it as a whole", attribute="draft.likes")
    dislikes = said(fields.Integer, "People who dislike it as a whole", attribute="draft.dislikes")
    url = said(fields.URL, "This draft as JSON")
    comments = said(fields.URL, "The comments on it and their answers")
    comments_csv = said(fields.URL, "The same as CSV")
    report = said(fields.URL, "The report; not found before it is published")
    pages = said(fields.Nested, "Its pages", PagesSchema)

    @post_dump
    def add_links(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        number = data["number"]
        return {
            **data,
            "url": address("consultations_api.draft", number=number),
            "comments": address("consultations_api.comments", number=number),
            "comments_csv": address("consultations_api.comments_csv", number=number),
            "report": address("consultations_api.report", number=number),
            "pages": pages("consultations.show", number=number),
        }


class DraftsSchema(Schema):
    drafts = said(fields.Nested, "The page", DraftSchema, many=True)
    next = said(fields.URL, "The next page; null on the last", null=True)


class DraftTextSchema(Schema):
    language = said(fields.String, "Its language", validate=OneOf(TEXT_LANGUAGES))
    clauses = said(fields.Integer, "How many clauses it has")
    url = said(fields.URL, "Its clauses")


class DraftVersionSchema(Schema):
    number = said(fields.Integer, "Its number, from 1")
    published_at = said(Instant, "When it was published")
    fingerprint = said(fields.String, "SHA-256 of its texts")
    changes = words_by_language("What is new in it, by language", "changes")
    texts = said(fields.Nested, "Its texts", DraftTextSchema, many=True)
    table = said(fields.URL, "Its comparative table")


class DraftEventSchema(Schema):
    action = said(fields.String, "What happened")
    at = said(Instant, "When")
    note = said(fields.String, "What the body said of it")


class WholeDraftSchema(DraftSchema):
    """Everything that is public about one draft but its text, its comments and its report."""

    notes = words_by_language("The explanatory note, by language", "draft.notes")
    rules = said(
        fields.String, "The wording of the rules that it is discussed under", null=True,
        attribute="draft.rules_version",
    )  # fmt: skip
    is_emergency = said(
        fields.Boolean, "Whether the shorter term of an emergency is claimed", attribute="draft.is_emergency"
    )
    versions = said(fields.Nested, "Its versions, oldest first", DraftVersionSchema, many=True)
    duties = said(fields.Nested, "What its body owes or did: answers, report", DutySchema, many=True)
    timeline = said(fields.Nested, "What happened, oldest first", DraftEventSchema, many=True)
    previous = said(fields.Integer, "The draft that it comes after", null=True)
    followed_by = said(fields.Integer, "The draft that came out of it", null=True)
    exemption = said(fields.Nested, "Why it is not discussed", ExemptDraftSchema, null=True)
    withdrawal_reason = said(
        fields.String, "Why it was given up", null=True, attribute="draft.withdrawal_reason"
    )
    adopted = said(fields.Nested, "The act that it became", AdoptedSchema, null=True)

    @post_dump
    def add_texts(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        for version in data["versions"]:
            place = {"number": data["number"], "version": version["number"]}
            version["table"] = address("consultations_api.table", **place)
            for text in version["texts"]:
                text["url"] = address("consultations_api.clauses", **place, language=text["language"])
        return data


class CellSchema(Schema):
    text = said(fields.String, "What stands in it")
    colspan = said(fields.Integer, "Columns that it spans", dump_default=1)
    rowspan = said(fields.Integer, "Rows that it spans", dump_default=1)
    header = said(fields.Boolean, "Whether it heads its column", dump_default=False)


class ClauseSchema(Schema):
    """One block of a text; its parent is the nearest block before it with less depth."""

    key = said(
        fields.String, "Its id, the same in both languages and in later versions", attribute="clause.key"
    )
    anchor = said(fields.String, "Its address in this version", attribute="clause.anchor")
    kind = said(
        fields.String, "What it is", attribute="clause.kind", validate=OneOf([k.value for k in BlockKind])
    )
    depth = said(fields.Integer, "How deep it stands", attribute="clause.depth")
    label = said(fields.String, "Its marker as written", attribute="clause.label")
    number = said(fields.String, "Its number, if it has one", attribute="clause.number")
    text = said(fields.String, "Its words without the marker", attribute="clause.text")
    cells = said(
        fields.List,
        "The rows of a table; null elsewhere",
        fields.List(fields.Nested(CellSchema)),
        null=True,
        attribute="clause.cells",
    )
    comments = said(fields.Integer, "Comments that were written on it")


class ClausesSchema(Schema):
    number = said(fields.Integer, "The draft’s number")
    version = said(fields.Integer, "The version’s number")
    language = said(fields.String, "The text’s language", validate=OneOf(TEXT_LANGUAGES))
    clauses = said(fields.Nested, "The page, in the order of reading", ClauseSchema, many=True)
    next = said(fields.URL, "The next page; null on the last", null=True)


class TableRowSchema(Schema):
    clause = said(fields.String, "The clause’s id", null=True, attribute="clause_key")
    element = words_by_language("The structural element, by language", "element")
    current = words_by_language("The text in force", "current")
    proposed = words_by_language("The text that is proposed", "proposed")
    reason = words_by_language("Why", "reason")


class ComparativeTableSchema(Schema):
    number = said(fields.Integer, "The draft’s number")
    version = said(fields.Integer, "The version’s number")
    rows = said(fields.Nested, "The page, in the table’s order", TableRowSchema, many=True)
    next = said(fields.URL, "The next page; null on the last", null=True)


class CampaignSchema(Schema):
    group = said(fields.Integer, "The group’s number, as in the comments", attribute="id")
    people = said(fields.Integer, "People who sent it")
    changed = said(fields.Integer, "Of these, who changed it")
    sample = said(fields.Integer, "The comment that shows its text", attribute="sample_id")


class ReportFileSchema(Schema):
    language = said(fields.String, "Its language", validate=OneOf(TEXT_LANGUAGES))
    format = said(fields.String, "Its format", validate=OneOf([kind.value for kind in ReportFormat]))
    url = said(fields.URL, "The file")


class ReportSchema(Schema):
    """The report on a discussion: what it counts, what proves it, and where it can be read."""

    number = said(fields.Integer, "The draft’s number", attribute="draft.number")
    published_at = said(Instant, "When it was published", attribute="report.published_at")
    fingerprint = said(
        fields.String,
        "SHA-256 of versions, comparative table, comments and answers",
        attribute="report.fingerprint",
    )
    figures = said(fields.Nested, "The meter of comments and answers", CommentFiguresSchema)
    campaigns = said(fields.Nested, "Letters that many sent", CampaignSchema, many=True)
    files = said(fields.Nested, "Its files", ReportFileSchema, many=True, attribute="report.files")
    comments = said(fields.URL, "Every comment with its answer")
    pages = said(fields.Nested, "Its pages", PagesSchema)

    @post_dump
    def add_links(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        number = data["number"]
        for file in data["files"]:
            file["url"] = address(
                "consultations.report_file",
                number=number,
                language=file["language"],
                kind=file["format"],
                lang=file["language"],
            )
        return {
            **data,
            "comments": address("consultations_api.comments", number=number),
            "pages": pages("consultations.report", number=number),
        }
